"""Who acted, as a page says it: a name or a role, never the id of a sign-in of production."""

import pytest
from pymongo.errors import PyMongoError

from services.console.frame.called import KEY, called
from services.console.store.staff import Known, Staff
from tests.support.console import operators, people, supervisors
from tests.support.console.fake_houses import FakeHouses
from tests.support.console.people import ID
from tests.support.console.supervisors import POLICY
from tests.support.console.visits import Visits

SUBJECT = "7f3c6a52-8c0e-4f1a-9d6a-0b1c2d3e4f5a"


@pytest.mark.parametrize(
    ("subject", "kind", "said"),
    [
        (SUBJECT, "officer", "Petugas LTSA"),
        (SUBJECT, None, "seseorang yang namanya tidak tercatat"),
        (SUBJECT, "house", "Sistem"),
        ("dev:ana-petugas", "officer", "Ana Petugas"),
        (None, None, "seseorang yang namanya tidak tercatat"),
    ],
)
def test_somebody_unknown_is_a_role_and_never_an_id(
    visits: Visits, subject: str | None, kind: str | None, said: str
) -> None:
    with visits.app.test_request_context("/"):
        assert called(subject, kind) == said


def test_whoever_signed_in_once_has_a_name_on_every_page(visits: Visits, fakes: FakeHouses) -> None:
    visits.app.extensions[KEY].remember(SUBJECT, Known("Wilhelmina Bano", "supervisor"))
    people.tell(fakes)
    row = {**people.trail()[0], "who": {"id": SUBJECT, "kind": "supervisor", "centre": "KUPANG", "organisation": None}}
    fakes.says("registry", f"GET /v1/candidates/{ID}/trail", {"items": [row], "next": None})
    supervisors.tell(fakes, law=supervisors.policy(supervisors.row(proposed_by=SUBJECT)))
    alone = visits.as_("supervisor", shared=False)
    looks = {
        f"/calon/{ID}/jejak": alone,
        f"/pengawas/aturan/{POLICY}/2": alone,
    }
    for path, client in looks.items():
        text = client.get(path).get_data(as_text=True)
        assert "Wilhelmina Bano" in text and SUBJECT not in text, path


def test_who_put_a_model_in_force_is_told_as_the_command_was_told(visits: Visits, fakes: FakeHouses) -> None:
    operators.tell(fakes)
    fakes.says("matching", "GET /v1/model", operators.MODEL)
    text = visits.as_("operator").get("/ops/model").get_data(as_text=True)
    assert "oleh Oka: lulus ujian" in text and text.count("Oka") == 2 and "tidak tercatat" not in text


def test_a_name_is_sealed_and_a_silent_database_makes_no_page_fail(visits: Visits) -> None:
    staff: Staff = visits.app.extensions[KEY]
    staff.remember(SUBJECT, Known("Wilhelmina Bano", "supervisor"))
    assert SUBJECT not in str(visits.memory.rows) and "Wilhelmina" not in str(visits.memory.rows)
    fresh = Staff(visits.memory, key=b"0" * 32)  # type: ignore[arg-type]
    assert fresh.of(SUBJECT) == Known("Wilhelmina Bano", "supervisor")
    assert Staff(visits.memory, key=b"1" * 32).of(SUBJECT) is None  # type: ignore[arg-type]

    class Silent:
        def collection(self, name: str) -> None:
            raise PyMongoError(name)

    assert Staff(Silent(), key=b"0" * 32).of(SUBJECT) is None  # type: ignore[arg-type]
