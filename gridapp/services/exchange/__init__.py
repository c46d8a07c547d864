"""Tables in and out: CSV and XLSX files of areas, buildings, people, households and cases."""
