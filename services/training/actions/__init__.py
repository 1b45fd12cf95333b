"""What can happen in the training house: rights first, then load, decide, and save together with the event."""
