"""For routes, jobs and hears: what can happen in the registry. Rights first, then load, decide, save with the event."""
