"""Cases: from the report to the closing, one verb a file."""
