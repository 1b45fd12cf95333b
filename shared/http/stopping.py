"""Answers that take long (a stream, a long poll) look here whether their process was told to end."""

import threading

STOPPING = threading.Event()
"""Set in a worker once it takes no more requests."""
