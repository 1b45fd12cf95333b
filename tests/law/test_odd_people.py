"""Nobody leaves the counter with a bare "no": everybody hears what may be done, what is in the way, and who acts."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from services.matching.schemas.order import JobOrderSchema
from shared import ids
from tests.integration.matching.conftest import Matching, a_matching_house
from tests.integration.matching.heard import a_batch, a_course
from tests.law import reading
from tests.support.today import born, day

if TYPE_CHECKING:
    from deploy.local.stack import Stack

CONSENT = {"consents": [{"purpose": "MATCHING"}]}
ROSA = {"birth_date": born(26, days=234), "sex": "F", "regency": "53.06", "education": {"level": "SMP"}, **CONSENT}
HOME_WORK = {"wishes": {"isco08": ["9111"], "destinations": ["MYS"]}}

UNHEARD_OF = {"wishes": {"isco08": ["0110"], "destinations": ["NOR"]}}
ENDED = {"kind": "COMPETENCE", "scheme": "HOUSEKEEPER", "valid_until": day(-2000)}
NOBODY_KNOWS, TRAINING, NO = "ELIGIBLE_BY", "TRAINING", "NO_PATH"
PEOPLE: dict[str, tuple[dict[str, Any], str]] = {
    "nothing but consent": (CONSENT, "DATA_NEEDED"),
    "no consent": ({**ROSA, "consents": []}, "CONSENT_NEEDED"),
    "consent to something else": ({**ROSA, "consents": [{"purpose": "STATISTICS"}]}, "CONSENT_NEEDED"),
    "untrained and wishes for a home": ({**ROSA, **HOME_WORK}, TRAINING),
    "no home regency": ({**ROSA, **HOME_WORK, "regency": None}, TRAINING),
    "no birth date": ({**ROSA, "birth_date": None}, NOBODY_KNOWS),
    "seventeen": ({**ROSA, "birth_date": born(17, days=40)}, TRAINING),
    "twelve": ({**ROSA, "birth_date": born(12)}, TRAINING),
    "born tomorrow eighteen years ago": ({**ROSA, "birth_date": born(18, days=-1)}, TRAINING),
    "sixty": ({**ROSA, "birth_date": born(60)}, "ELIGIBLE_NOW"),
    "unfit": ({**ROSA, "fitness": "UNFIT"}, NO),
    "unfit for a while": ({**ROSA, "fitness": {"status": "TEMP_UNFIT", "on": day(-23)}}, NO),
    "a ban without an end": (
        {**ROSA, **HOME_WORK, "records": [{"kind": "ENTRY_BAN", "country": "MYS"}]},
        NO,
    ),
    "deported and in debt": ({**ROSA, "records": [{"kind": "DEPORTATION", "country": "MYS"}]}, "ELIGIBLE_NOW"),
    "never at school": ({**ROSA, "education": {"level": "NONE"}}, "ELIGIBLE_NOW"),
    "wishes for what nobody offers": ({**ROSA, **UNHEARD_OF}, NO),
    "wishes for a wage that nobody pays": (
        {**ROSA, "wishes": {"min_wage": {"amount": 900_000_000, "currency": "IDR"}}},
        "ELIGIBLE_NOW",
    ),
    "free on one day only": ({**ROSA, "wishes": {"available": [{"from": day(3), "until": day(3)}]}}, "ELIGIBLE_NOW"),
    "will not leave the village": ({**ROSA, "wishes": {"max_distance_km": 0, "boarding_ok": False}}, "ELIGIBLE_NOW"),
    "a certificate that ended": ({**ROSA, **HOME_WORK, "certificates": [ENDED]}, TRAINING),
    "words that mean nothing": ({**ROSA, "skills": [{"text": "xyzzy qwrtp", "source": "WORK"}]}, "ELIGIBLE_NOW"),
    "a man": ({**ROSA, **HOME_WORK, "sex": "M"}, TRAINING),
}  # fmt: skip


@pytest.fixture(scope="module")
def province(stack: "Stack", tmp_path_factory: pytest.TempPathFactory) -> Iterator[Matching]:
    """All orders of the cases, open, one course with a batch, and the published law."""
    with a_matching_house(stack, tmp_path_factory.mktemp("issuer")) as matching:
        for policy in reading.policies():
            matching.hear("policy", policy)
        for told in reading.orders_of_today().values():
            order = {**JobOrderSchema().load(told), "id": ids.new(), "version": 1}
            order.pop("quota")
            matching.hear("job_order", {**order, "verification": "VERIFIED", "status": "OPEN", "closes_on": day(200)})
            matching.hear("quota", {"id": order["id"], "version": 1, "quota": 20, "reserved": 0, "taken": 0})
        course = a_course()
        matching.hear("batch", a_batch(course))
        matching.hear("course", course)
        yield matching


def advised(matching: Matching, profile: dict[str, Any], lang: str = "en") -> Any:
    answer = matching.officer.post(
        "/v1/recommendations", params={"lang": lang, "placements": 20}, json={"profile": profile}
    )
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.parametrize(("profile", "state"), PEOPLE.values(), ids=list(PEOPLE))
def test_whoever_comes_is_told_where_they_stand_and_what_comes_next(
    province: Matching, profile: dict[str, Any], state: str
) -> None:
    answer = advised(province, profile)
    assert (answer["verdict"]["state"], bool(answer["verdict"]["text"])) == (state, True)
    if state in ("CONSENT_NEEDED", "DATA_NEEDED"):
        assert not (answer["placements"] or answer["courses"] or answer["blocked"] or answer["requirements"])
        return
    open_today = any(row["eligible"] for row in answer["placements"])
    assert open_today or state != "ELIGIBLE_NOW"
    assert open_today == (state == "ELIGIBLE_NOW" or "May be applied for now" in answer["verdict"]["text"])
    goal = answer["verdict"]["goal"]
    in_the_way = [*answer["blocked"], *(goal["blocked_by"] if goal else [])]
    assert in_the_way or answer["placements"], "neither an order nor a reason"
    for rule in in_the_way:
        assert rule["text"] and rule["next_action"] and rule["who"] and rule["legal_basis"]["instrument"], rule
    for row in answer["placements"]:
        assert row["eligible"] or row["missing"], row
    told = [len(answer["placements"]), *(row["count"] for part in ("blocked", "hidden") for row in answer[part])]
    assert sum(told) == len(reading.orders()), "an order was silently dropped"
    if goal:
        ways = goal["opened_by"] or answer["nearest_change"]
        assert ways or all(rule["next_action"] for rule in goal["blocked_by"])


@pytest.mark.parametrize("lang", ["id", "en"])
def test_a_province_without_orders_says_so(stack: "Stack", tmp_path: Any, lang: str) -> None:
    with a_matching_house(stack, tmp_path) as empty:
        answer = advised(empty, ROSA, lang)
    assert answer["verdict"]["state"] == "NO_PATH"
    assert ("No legal job order is on record yet" in answer["verdict"]["text"]) == (lang == "en")
