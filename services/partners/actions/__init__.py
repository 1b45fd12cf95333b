"""What can happen in the partners house: rights first, then load, decide, and save."""
