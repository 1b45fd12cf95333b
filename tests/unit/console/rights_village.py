"""Who may come to the page of a village's task force, and to what it sent in."""

from tests.unit.console.rights_officer import STAFF

MAY: dict[str, set[str | None]] = {
    "desa": {"village_task_force"},
    "kiriman.daftar": STAFF,
    "kiriman.satu": STAFF,
}
