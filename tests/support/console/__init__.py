"""For tests of the console: houses that answer what a test tells them, a signed-in visitor, a browser, a matrix."""
