"""The matcher: pure Python and numpy, no database and no web. What the law allows, what fits, what opens a way."""
