"""The console: pages for people in a browser, composed from the public APIs of the houses."""
