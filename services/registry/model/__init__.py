"""For actions and hears: what is true of a candidate, in plain functions over plain documents.

One file per noun. Nothing here knows HTTP, MongoDB, Kafka or the wall clock: whoever calls hands in the day.
"""
