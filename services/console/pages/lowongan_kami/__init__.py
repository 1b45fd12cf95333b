"""A placement company's own pages: its job orders, what the law found in them, and who applied."""
