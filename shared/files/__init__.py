"""For whoever must read a stranger's file: it is read in a short-lived child process, never in the one that serves.

A workbook of two kilobytes can ask for half a terabyte of memory, and no look at it beforehand finds every way of
saying so. ``asking.ask`` starts the child, which bounds itself (``limits``) before it sees a byte; what it found comes
back as JSON lines. The package imports nothing of ours but itself and little of anything else: the child must start in
a few hundredths of a second.
"""
