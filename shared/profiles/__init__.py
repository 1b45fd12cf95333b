"""What a person can do and wants, as several houses read it: the parts of a schema, and the codes for their words."""
