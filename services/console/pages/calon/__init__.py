"""Pages about one person who wants to work abroad."""
