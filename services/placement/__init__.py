"""The placement house: companies, job orders, slots, applications, and the law as dated data."""
