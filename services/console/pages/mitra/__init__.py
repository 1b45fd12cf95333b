"""Systems of partners, for whoever signs agreements with them: what was agreed, their endpoints, and their log."""
