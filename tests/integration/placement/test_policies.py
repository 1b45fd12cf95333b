"""Laws over a real socket: two people, two times, and every kind of content read strictly."""

import itertools
from typing import Any

import httpx
import pytest

from services.placement import says
from tests.integration.placement.conftest import Answer, Placement, created, day

_numbers = itertools.count(1)


def a_policy(kind: str = "AGE_FLOOR", content: Any = None, **changes: Any) -> Answer:
    return {
        "code": f"UJI-{next(_numbers)}",
        "kind": kind,
        "valid_from": "2020-01-01",
        "legal_basis": {"instrument": "Peraturan contoh", "article": "3", "source": "S61"},
        "confidence": "H",
        "verified_on": day(-1),
        "text": {"id": "Umur paling sedikit 21 tahun.", "en": "At least 21 years old."},
        "content": content or {"applies": {"employer_type": "HOUSEHOLD"}, "min_age": 21},
        **changes,
    }


def a_revision(**changes: Any) -> Answer:
    return {name: value for name, value in a_policy(**changes).items() if name not in ("code", "kind")}


def decide(client: httpx.Client, policy: Answer, number: int, word: str = "approve", **body: Any) -> httpx.Response:
    return client.post(f"/v1/policies/{policy['id']}/revisions/{number}/{word}", json=body or None)


def test_a_proposal_becomes_law_when_somebody_else_approves_it(
    placement: Placement, supervisor: httpx.Client, second_supervisor: httpx.Client
) -> None:
    policy = created(supervisor, "/v1/policies", a_policy())
    assert policy["in_force"] is None
    own = decide(supervisor, policy, 1)
    assert (own.status_code, own.json()["code"]) == (403, "four_eyes")
    approved = decide(second_supervisor, policy, 1)
    assert (approved.json()["in_force"], approved.json()["revisions"][0]["decided_by"]) == (1, "dev:budi-pengawas")
    again = decide(second_supervisor, policy, 1)
    assert (again.status_code, again.json()["code"]) == (409, "step_not_possible")
    proposed, told = placement.said(policy["id"], says.POLICIES)
    assert (proposed.type, told.type) == (says.POLICY_PROPOSED, says.POLICY_APPROVED)
    assert told.data is not None and proposed.data is not None
    assert proposed.data["revisions"][0]["known_from"] is None
    assert told.data["revisions"][0]["known_from"].endswith("Z")
    assert "budi" not in repr(told.data)


def test_officers_and_reviewers_neither_propose_nor_approve(
    officer: httpx.Client, reviewer: httpx.Client, supervisor: httpx.Client
) -> None:
    policy = created(supervisor, "/v1/policies", a_policy())
    for client in (officer, reviewer):
        assert client.post("/v1/policies", json=a_policy()).status_code == 403
        assert decide(client, policy, 1).status_code == 403
        assert client.get(f"/v1/policies/{policy['id']}").status_code == 200


def test_a_revision_takes_over_on_its_first_day_and_one_record_carries_them_all(
    placement: Placement, supervisor: httpx.Client, second_supervisor: httpx.Client
) -> None:
    policy = created(supervisor, "/v1/policies", a_policy())
    decide(second_supervisor, policy, 1)
    revision = a_revision(valid_from=day(-300), content={"applies": {}, "min_age": 25})
    created(supervisor, f"/v1/policies/{policy['id']}/revisions", revision)
    shown = decide(second_supervisor, policy, 2).json()
    assert shown["in_force"] == 2
    told = placement.said(policy["id"], says.POLICIES)[-1].data
    assert told is not None
    rows = [
        (row["number"], row["valid_from"], row["valid_until"], row["known_until"] is None) for row in told["revisions"]
    ]
    assert rows == [
        (1, "2020-01-01", None, False),
        (2, day(-300), None, True),
        (3, "2020-01-01", day(-301), True),
    ]


def test_the_same_revision_sent_twice_is_one_proposal(supervisor: httpx.Client) -> None:
    policy, revision = created(supervisor, "/v1/policies", a_policy()), a_revision(valid_from=day(-300))
    first = created(supervisor, f"/v1/policies/{policy['id']}/revisions", revision)
    again = created(supervisor, f"/v1/policies/{policy['id']}/revisions", revision)
    assert (again["version"], len(again["revisions"])) == (first["version"], 2)


def test_a_law_ends_when_two_people_agree_and_its_end_is_told(
    placement: Placement, supervisor: httpx.Client, second_supervisor: httpx.Client
) -> None:
    policy = created(supervisor, "/v1/policies", a_policy())
    decide(second_supervisor, policy, 1)
    end = {"ends_on": day(-1), "legal_basis": {"instrument": "Pencabutan contoh"}}
    created(supervisor, f"/v1/policies/{policy['id']}/end", end)
    assert decide(second_supervisor, policy, 2).json()["in_force"] is None
    last = placement.said(policy["id"], says.POLICIES)[-1]
    assert last.type == says.POLICY_ENDED and last.data is not None
    assert [(row["valid_until"], row["known_until"] is None) for row in last.data["revisions"]] == [
        (None, False),
        (day(-1), True),
    ]


def test_a_rejected_proposal_is_kept_with_its_reason(
    supervisor: httpx.Client, second_supervisor: httpx.Client, placement: Placement
) -> None:
    policy = created(supervisor, "/v1/policies", a_policy())
    rejected = decide(second_supervisor, policy, 1, "reject", reason="Sumber belum ada")
    assert rejected.json()["revisions"][0]["status"] == "REJECTED"
    assert placement.said(policy["id"], says.POLICIES)[-1].type == says.POLICY_REJECTED


def test_approving_another_version_than_the_one_that_was_read_is_stopped(
    supervisor: httpx.Client, second_supervisor: httpx.Client
) -> None:
    policy = created(supervisor, "/v1/policies", a_policy())
    created(supervisor, f"/v1/policies/{policy['id']}/revisions", a_revision(valid_from=day(-300)))
    path = f"/v1/policies/{policy['id']}/revisions/1/approve"
    assert second_supervisor.post(path, headers={"If-Match": '"1"'}).status_code == 412


def test_waiting_proposals_can_be_listed(supervisor: httpx.Client, second_supervisor: httpx.Client) -> None:
    waiting, decided = (created(supervisor, "/v1/policies", a_policy("RATE", RATE)) for _ in range(2))
    decide(second_supervisor, decided, 1)
    listed = [row["id"] for row in supervisor.get("/v1/policies?kind=RATE&waiting=true&limit=100").json()["items"]]
    assert waiting["id"] in listed and decided["id"] not in listed


RATE = {"currency": "MYR", "idr": 3900}
GATE = {"home_regency_prefix": "53.", "employer_type": "HOUSEHOLD", "isco08": None, "reading": "WIDE"}
CORRIDOR: Answer = {
    "applies": {"countries": ["MYS"], "employer_type": "HOUSEHOLD", "isco08": ["9111", "53"], "schemes": ["P2P"]},
    "order": [
        {"field": "channel", "op": "in", "value": ["ONE_CHANNEL_SYSTEM"]},
        {"field": "wage", "op": "min", "value": {"amount": 1500, "currency": "MYR"}},
        {"field": "household_size", "op": "max", "value": 6},
    ],
    "person": {"all": [{"kind": "sex", "is": "F"}, {"kind": "age", "min": 23, "max": 49}]},
}


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("GATE", GATE),
        ("GATE", {**GATE, "isco08": ["9111", "5152"], "reading": "NARROW"}),
        ("BAN", {"countries": ["SAU"], "employer_type": "HOUSEHOLD"}),
        ("CORRIDOR", CORRIDOR),
        ("COST", {"items": ["TRAINING"], "isco08": ["53"], "forbidden_payers": ["CANDIDATE"]}),
        ("AGE_FLOOR", {"applies": {"countries": ["SGP"]}, "min_age": 23}),
        ("HOURS", {"country": "MYS", "isco08": "9111", "hours": 200}),
        ("RATE", RATE),
    ],
)
def test_every_kind_of_law_can_be_proposed_and_is_told_whole(
    placement: Placement, supervisor: httpx.Client, kind: str, content: Answer
) -> None:
    policy = created(supervisor, "/v1/policies", a_policy(kind, content))
    [told] = placement.said(policy["id"], says.POLICIES)
    assert told.data is not None
    said = told.data["revisions"][0]["content"]
    assert {name: said[name] for name in content if kind != "AGE_FLOOR" and kind != "CORRIDOR"} == (
        {} if kind in ("AGE_FLOOR", "CORRIDOR") else content
    )


@pytest.mark.parametrize(
    ("kind", "content", "pointer", "code"),
    [
        ("GATE", {**GATE, "reading": "NARROW"}, "/content", "reading_and_jobs_differ"),
        ("GATE", {**GATE, "home_regency_prefix": "5399"}, "/content/home_regency_prefix", "unknown_regency"),
        ("BAN", {"countries": []}, "/content/countries", "wrong_length"),
        ("BAN", {"countries": ["SA"]}, "/content/countries/0", "unknown_country"),
        ("BAN", {"countries": ["SAU"], "isco08": ["0000"]}, "/content/isco08/0", "unknown_occupation"),
        ("CORRIDOR", {"applies": {}}, "/content", "demands_nothing"),
        ("CORRIDOR", {**CORRIDOR, "person": {"any": []}}, "/content/person/any", "tree_empty"),
        (
            "CORRIDOR",
            {**CORRIDOR, "order": [{"field": "wage", "op": "in", "value": 1}]},
            "/content/order/0/op",
            "op_does_not_fit",
        ),
        (
            "CORRIDOR",
            {**CORRIDOR, "order": [{"field": "wage", "op": "min", "value": "RM 1500"}]},
            "/content/order/0/value",
            "not_money",
        ),
        (
            "CORRIDOR",
            {**CORRIDOR, "order": [{"field": "channel", "op": "in", "value": ["OCS"]}]},
            "/content/order/0/value/0",
            "unknown_code",
        ),
        (
            "CORRIDOR",
            {**CORRIDOR, "order": [{"field": "gaji", "op": "min", "value": 1}]},
            "/content/order/0/field",
            "unknown_code",
        ),
        ("COST", {"items": ["TIKET"], "forbidden_payers": ["CANDIDATE"]}, "/content/items/0", "unknown_code"),
        ("COST", {"items": ["TRAINING"], "forbidden_payers": []}, "/content/forbidden_payers", "wrong_length"),
        ("AGE_FLOOR", {"applies": {}, "min_age": 17}, "/content/min_age", "too_small"),
        ("HOURS", {"isco08": "9111", "hours": 0}, "/content/hours", "too_small"),
        ("RATE", {"currency": "RM", "idr": 3900}, "/content/currency", "unknown_currency"),
        ("RATE", {"currency": "MYR", "idr": 0}, "/content/idr", "too_small"),
        ("RATE", {"currency": "MYR", "idr": 3900, "date": day(-300)}, "/content/date", "unknown_field"),
    ],
)
def test_a_wrong_content_is_refused_at_its_place(
    supervisor: httpx.Client, kind: str, content: Answer, pointer: str, code: str
) -> None:
    answer = supervisor.post("/v1/policies", json=a_policy(kind, content))
    assert answer.status_code == 422, answer.text
    assert [(error["pointer"], error["code"]) for error in answer.json()["errors"]] == [(pointer, code)]
    assert answer.json()["errors"][0]["fix"]


def test_the_last_day_of_a_law_has_two_names(supervisor: httpx.Client) -> None:
    policy = created(supervisor, "/v1/policies", a_policy(valid_to="2020-12-31"))
    assert [policy["revisions"][0][name] for name in ("valid_until", "valid_to")] == ["2020-12-31"] * 2
    both = supervisor.post("/v1/policies", json=a_policy(valid_to="2020-12-31", valid_until="2020-12-30"))
    assert (both.status_code, both.json()["errors"][0]["code"]) == (422, "two_last_days")
    backwards = supervisor.post("/v1/policies", json=a_policy(valid_to="2019-12-31"))
    assert (backwards.status_code, backwards.json()["errors"][0]["code"]) == (422, "until_before_from")
