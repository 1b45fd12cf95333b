"""Papers as PDF/UA-1: what is printed stands in a dictionary of texts, how it looks in the `.typ` file of its name."""

from services.console.pdf.making import RefusedByTheStandard, made, square_code
from services.console.pdf.printable import initials_of, printable

__all__ = ["RefusedByTheStandard", "initials_of", "made", "printable", "square_code"]
