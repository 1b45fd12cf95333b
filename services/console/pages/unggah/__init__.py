"""A provider's sheet: try it, read the report, publish the good rows."""
