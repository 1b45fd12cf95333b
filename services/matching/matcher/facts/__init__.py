"""What the matcher knows of the world, as plain values: for every part that judges, ranks or searches.

`X.from_payload(dict)` reads the event payloads of the houses that own the data. Reading is tolerant on purpose: unknown
fields are ignored, missing or unreadable values become None, and None means "not known", never "no". The houses refuse
bad data at their own doors; here nothing raises, so that one odd record cannot stop the advice for everybody else.

Dates are `datetime.date`, both ends of every period inclusive. Everything is immutable and hashable.
"""
