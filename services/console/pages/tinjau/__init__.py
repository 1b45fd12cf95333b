"""What waits for the province's reviewer: courses and job orders."""
