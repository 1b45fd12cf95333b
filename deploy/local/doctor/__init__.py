"""`./lumbung doctor`: looks for what keeps Lumbung from running on this machine, and says how to mend each.

One function per complaint in `checks`; what a function looks at comes in as an argument, so that a test can show it a
machine that is ill. `examine` asks them all about the real one.
"""

from deploy.local.doctor.checks import BAD, GOOD, WARN, Finding
from deploy.local.doctor.examine import examine

__all__ = ["BAD", "GOOD", "WARN", "Finding", "examine"]
