"""How tests are shared out when they run side by side (`-n 2`): used by tests/conftest.py.

Each worker has servers of its own. The tests of a file stay together, for what they share, and so do all end-to-end
tests, whose houses (twelve processes) start once, and those of the architecture, which read every file once. Nothing is
sorted here: tests/conftest.py puts those first that take long, or are many.
"""

from typing import Any

from xdist.scheduler import LoadScopeScheduling

TOGETHER = ("tests/e2e/", "tests/architecture/")


class ByFile(LoadScopeScheduling):
    """xdist's scheduler of scopes, with ours, in the order of the collection."""

    def __init__(self, config: Any, log: Any = None) -> None:
        super().__init__(config, log)
        config.option.loadscopereorder = False

    def _split_scope(self, nodeid: str) -> str:
        return together(nodeid)


def together(nodeid: str) -> str:
    """The folder or file whose tests one worker runs, of the test's id (`tests/unit/test_x.py::test_y`)."""
    return next((folder for folder in TOGETHER if nodeid.startswith(folder)), nodeid.partition("::")[0])
