"""The matching benchmark reads its tasks here: rows of the public tasks become the asks and offers of the product.

Nothing here learns or scores anything: an adapter renames fields, and that is all it may do.
"""

from benchmarks.matching_tasks.tasks import TASKS, Task, read

__all__ = ["TASKS", "Task", "read"]
