"""The province's list of organisations: training providers, placement companies, and partners abroad."""
