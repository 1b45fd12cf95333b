"""What can happen in the placement house: rights first, then load, decide, and save together with the event."""
