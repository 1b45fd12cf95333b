"""Words that the pages of what villages sent in share."""

OUTCOMES = {
    "KNOWN_ALREADY": ("sudah terdaftar", "registered already"),
    "NOT_REACHED": ("tidak dapat dihubungi", "could not be reached"),
    "NOT_WANTED": ("orangnya tidak mau", "the person does not want it"),
    "WRONG": ("isian keliru", "a mistaken entry"),
}
"""How one is closed by hand; a registration closes it by itself."""
