"""What is unknown waits until a supervisor answers for it, by name and with a reason; figures count it."""

import httpx
import pytest
from prometheus_client import REGISTRY

from tests.integration.placement.conftest import Answer, Placement
from tests.integration.placement.judged import move, override, shown
from tests.support.served import a_rule


def test_what_is_unknown_waits_until_a_supervisor_answers_for_it(
    placement: Placement, officer: httpx.Client, supervisor: httpx.Client, applied: Answer
) -> None:
    unknown, paper = a_rule("EDUCATION", "UNKNOWN"), a_rule("FAMILY_CONSENT", "UNKNOWN", stage="AGREEMENT")
    placement.judge(applied["id"], unknown, paper)
    assert shown(officer, applied)["state"] == "APPLIED"
    assert move(officer, applied, "SELECTED").json()["code"] == "law_unknown"
    assert override(officer, applied, "EDUCATION").status_code == 403
    answer = override(supervisor, applied, "EDUCATION")
    assert answer.status_code == 201, answer.text
    assert [rule["overridden"] for rule in answer.json()["judgement"]["rules"]] == [True, False]
    assert answer.json()["overrides"][0]["reason"] == "Ijazah asli dilihat"
    assert move(officer, applied, "SELECTED").status_code == 200
    assert move(officer, applied, "AGREED").json()["code"] == "papers_missing"
    override(supervisor, applied, "FAMILY_CONSENT")
    assert move(officer, applied, "AGREED").status_code == 200
    path = f"/v1/applications/{applied['id']}"
    overridden = [row for row in officer.get(f"{path}/trail").json()["items"] if row["what"] == "OVERRIDDEN"]
    assert [row["rules"] for row in overridden] == [["EDUCATION"], ["FAMILY_CONSENT"]]
    # An answer for what was unknown is none for what turns out not to be met.
    placement.judge(applied["id"], a_rule("EDUCATION", "NOT_MET"))
    assert shown(officer, applied)["state"] == "STOPPED"
    assert move(officer, applied, "DEPARTED").json()["code"] == "unlawful"
    # And it stands no more when the fact is taken off the record: that is a new question.
    placement.judge(applied["id"], a_rule("EDUCATION", "UNKNOWN"))
    again = shown(officer, applied)
    assert (again["state"], [one["rules"][0]["rule"] for one in again["overrides"]]) == ("AGREED", ["FAMILY_CONSENT"])
    assert move(officer, applied, "DEPARTED").json()["code"] == "law_unknown"
    assert override(supervisor, applied, "EDUCATION").status_code == 201
    assert move(officer, applied, "DEPARTED").status_code == 200


def test_an_answer_that_turned_out_wrong_stands_no_more_while_the_application_was_stopped_or_of_a_paper(
    placement: Placement, officer: httpx.Client, supervisor: httpx.Client, applied: Answer
) -> None:
    unknown, paper = a_rule("EDUCATION", "UNKNOWN"), a_rule("FAMILY_CONSENT", "UNKNOWN", stage="AGREEMENT")
    placement.judge(applied["id"], a_rule("AGE_18"), unknown, paper)
    assert shown(officer, applied)["state"] == "STOPPED"
    assert override(supervisor, applied, "EDUCATION", "FAMILY_CONSENT").status_code == 201
    placement.judge(applied["id"], a_rule("AGE_18"), a_rule("EDUCATION", "NOT_MET"), paper)
    assert shown(officer, applied)["overrides"][0]["rules"][0]["rule"] == "FAMILY_CONSENT"
    placement.judge(applied["id"], unknown, paper)
    assert shown(officer, applied)["state"] == "APPLIED"
    assert move(officer, applied, "SELECTED").json()["code"] == "law_unknown"
    # What nobody answered for wrongly is touched by nothing; a paper that is refused is not answered for any more.
    assert override(supervisor, applied, "EDUCATION").status_code == 201
    assert move(officer, applied, "SELECTED").status_code == 200
    placement.judge(applied["id"], unknown, a_rule("FAMILY_CONSENT", "NOT_MET", stage="AGREEMENT"))
    placement.judge(applied["id"], unknown, paper)
    assert [one["rules"][0]["rule"] for one in shown(officer, applied)["overrides"]] == ["EDUCATION"]
    assert move(officer, applied, "AGREED").json()["code"] == "papers_missing"


@pytest.mark.parametrize(
    ("asked", "code"), [("AGE_18", "rule_not_met"), ("PASSPORT", "rule_not_open"), ("NONSENSE", "rule_not_open")]
)
def test_a_rule_that_is_not_met_binds_supervisors_too(
    placement: Placement, supervisor: httpx.Client, applied: Answer, asked: str, code: str
) -> None:
    placement.judge(applied["id"], a_rule("AGE_18"), a_rule("EDUCATION", "UNKNOWN"))
    refused = override(supervisor, applied, "EDUCATION", asked)
    (error,) = refused.json()["errors"]
    assert (refused.status_code, error["pointer"], error["code"]) == (422, "/rules/1", code)
    assert shown(supervisor, applied)["overrides"] == []


def test_an_override_sent_twice_is_one(placement: Placement, supervisor: httpx.Client, applied: Answer) -> None:
    placement.judge(applied["id"], a_rule("EDUCATION", "UNKNOWN"))
    path, body = f"/v1/applications/{applied['id']}/overrides", {"rules": ["EDUCATION"], "reason": "Dilihat"}
    for _ in range(2):
        answer = supervisor.post(path, json=body, headers={"Idempotency-Key": f"once-{applied['id']}"})
        assert (answer.status_code, len(answer.json()["overrides"])) == (201, 1)


def test_figures_count_what_stands_what_waits_and_what_was_answered_for(
    placement: Placement, officer: httpx.Client, supervisor: httpx.Client, applied: Answer
) -> None:
    def counted(name: str, key: str) -> dict[str, int]:
        answer = supervisor.get("/v1/applications/figures")
        assert answer.status_code == 200, answer.text
        return {row[key]: row["count"] for row in answer.json()[name]}

    waiting, answered = counted("waiting_for_judgement", "subject"), counted("overrides", "rule")
    states = counted("applications", "state")
    told = REGISTRY.get_sample_value("lumbung_overridden_total", {"rule": "EDUCATION"}) or 0
    placement.judge(applied["id"], a_rule("EDUCATION", "UNKNOWN"))
    assert override(supervisor, applied, "EDUCATION").status_code == 201
    assert counted("waiting_for_judgement", "subject")["APPLICATION"] == waiting["APPLICATION"] - 1
    assert counted("overrides", "rule")["EDUCATION"] == answered.get("EDUCATION", 0) + 1
    assert REGISTRY.get_sample_value("lumbung_overridden_total", {"rule": "EDUCATION"}) == told + 1
    placement.judge(applied["id"], a_rule("EDUCATION"))
    after = counted("applications", "state")
    assert (after["APPLIED"], after["STOPPED"]) == (states["APPLIED"] - 1, states["STOPPED"] + 1)
    assert officer.get("/v1/applications/figures").status_code == 403


@pytest.mark.parametrize("stage", ["APPLY", "AGREEMENT"])
def test_what_was_not_met_for_a_moment_is_a_new_question_however_short_it_stood(
    placement: Placement, officer: httpx.Client, supervisor: httpx.Client, applied: Answer, stage: str
) -> None:
    """Not met and not known again are heard before either is written down."""
    asked, step = a_rule("EDUCATION", "UNKNOWN", stage=stage), "SELECTED" if stage == "APPLY" else "AGREED"
    code = "law_unknown" if stage == "APPLY" else "papers_missing"
    placement.judge(applied["id"], asked)
    assert override(supervisor, applied, "EDUCATION").status_code == 201
    if stage != "APPLY":
        assert move(officer, applied, "SELECTED").status_code == 200
    placement.judge(applied["id"], asked)
    placement.judge(applied["id"], a_rule("EDUCATION", "NOT_MET", stage=stage), settle=False)
    placement.judge(applied["id"], asked, settle=False)
    assert shown(officer, applied)["overrides"] == [], "it counts from the moment in which it is heard"
    assert [rule["overridden"] for rule in shown(officer, applied)["judgement"]["rules"]] == [False]
    assert move(officer, applied, step).json()["code"] == code
    # Whoever answers now has seen both; that answer is not taken away by what was heard before it.
    assert override(supervisor, applied, "EDUCATION", reason="Dilihat lagi").status_code == 201
    placement.judge(applied["id"], asked)
    assert [one["reason"] for one in shown(officer, applied)["overrides"]] == ["Dilihat lagi"]
    assert move(officer, applied, step).status_code == 200


def test_an_answer_is_bound_to_what_the_rule_read_of_the_person(
    placement: Placement, officer: httpx.Client, supervisor: httpx.Client, applied: Answer
) -> None:
    """A second deportation is another question than the first; so is the same one after it was taken back."""

    def deported(facts: str) -> Answer:
        return {**a_rule("ENTRY_BAN", "UNKNOWN"), "facts": facts}

    once, twice = deported("0" * 16), deported("1" * 16)
    placement.judge(applied["id"], once)
    assert override(supervisor, applied, "ENTRY_BAN").status_code == 201
    placement.judge(applied["id"], once, a_rule("PASSPORT", "UNKNOWN", stage="DEPARTURE"))
    assert [rule["overridden"] for rule in shown(officer, applied)["judgement"]["rules"]] == [True, False]
    placement.judge(applied["id"], twice, settle=False)
    refused = move(officer, applied, "SELECTED")
    assert refused.json()["code"] == "law_unknown" and "facts" not in refused.text
    placement.judge(applied["id"], twice)
    placement.judge(applied["id"], once)
    assert shown(officer, applied)["overrides"] == []
    assert move(officer, applied, "SELECTED").json()["code"] == "law_unknown"
    assert override(supervisor, applied, "ENTRY_BAN").status_code == 201
    assert "facts" not in str(shown(officer, applied))
    assert move(officer, applied, "SELECTED").status_code == 200


def test_an_answer_from_before_there_were_seals_lapses_with_the_first_sealed_judgement(
    placement: Placement, officer: httpx.Client, supervisor: httpx.Client, applied: Answer
) -> None:
    unsealed = a_rule("ENTRY_BAN", "UNKNOWN")
    placement.judge(applied["id"], unsealed)
    assert override(supervisor, applied, "ENTRY_BAN").status_code == 201
    placement.judge(applied["id"], {**unsealed, "facts": "0" * 16})
    assert shown(officer, applied)["overrides"] == []
    assert move(officer, applied, "SELECTED").json()["code"] == "law_unknown"
