"""What a file of boundaries holds, whatever its format: shapes with their properties."""
