"""What whoever asks for advice may get wrong."""

from tests.e2e.broken.placement import an_order
from tests.e2e.broken.table import NOBODY, Body, Broken, members, questions
from tests.e2e.world import day

ADVICE = "GET /v1/candidates/{candidate}/recommendations"

PROFILE: Body = {
    "birth_date": "2000-04-04",
    "sex": "F",
    "regency": "53.06",
    "consents": [{"purpose": "MATCHING"}],
}


def about(**changes: object) -> Body:
    """A request about somebody who is not stored."""
    return {"profile": {**PROFILE, **changes}}


QUESTIONS = questions(
    ADVICE,
    ("a day that is none", {"as_of_date": "2026-02-30"}, 422, "no_such_day", "/as_of_date"),
    ("a day in words", {"as_of_date": "besok"}, 422, "not_a_date", "/as_of_date"),
    ("no courses and one less", {"courses": "-1"}, 422, "too_small", "/courses"),
    ("all courses", {"courses": "1000"}, 422, "too_large", "/courses"),
    ("orders in words", {"placements": "semua"}, 422, "not_a_whole_number", "/placements"),
    ("a language that we do not speak", {"lang": "de"}, 422, "unknown_code", "/lang"),
    ("version nought", {"min_candidate_version": "0"}, 422, "too_small", "/min_candidate_version"),
    ("a wait of a minute", {"wait": "60"}, 422, "too_large", "/wait"),
    ("a wait of no number", {"wait": "NaN"}, 422, "not_a_number", "/wait"),
    ("a parameter that nobody knows", {"min_version": "1"}, 422, "unknown_field", "/min_version"),
)

PROFILES = members(
    "POST /v1/recommendations",
    about,
    ("no profile", {"profile": ...}, "required", "/profile"),
    ("a profile as a list", {"profile": []}, "not_an_object", "/profile"),
    ("a field that nobody knows", about(umur=26), "unknown_field", "/profile/umur"),
    ("born tomorrow in words", about(birth_date="besok"), "not_a_date", "/profile/birth_date"),
    ("a sex that is no code", about(sex="P"), "unknown_code", "/profile/sex"),
    ("a regency of elsewhere", about(regency="99.01"), "unknown_regency", "/profile/regency"),
    ("an occupation nobody has", about(wishes={"isco08": ["9110"]}), "unknown_occupation", "/profile/wishes/isco08/0"),
    ("hours as text", about(training_hours=[{"isco08": "9111", "hours": "200"}]), "not_a_whole_number",
     "/profile/training_hours/0/hours"),
    ("a scheme misspelt", about(certificates=[{"kind": "COMPETENCE", "scheme": "HOUSEKEPER"}]), "unknown_code",
     "/profile/certificates/0/scheme"),
    ("consent to nothing known", about(consents=[{"purpose": "ALL"}]), "unknown_code", "/profile/consents/0/purpose"),
)  # fmt: skip

ELIGIBILITY = [
    Broken("nobody", "POST /v1/eligibility", 422, "one_of_two", "", json={"job_order": "{order}"}),
    Broken("two at once", "POST /v1/eligibility", 422, "one_of_two", "",
           json={**about(), "candidate": "{candidate}", "job_order": "{order}"}),
    Broken("no order", "POST /v1/eligibility", 422, "required", "/job_order", json=about()),
    Broken("an order by code", "POST /v1/eligibility", 422, "not_an_id", "/job_order",
           json={**about(), "job_order": "JO-MYS-17"}),
    Broken("an order as a number", "POST /v1/eligibility", 422, "not_an_order", "/job_order",
           json={**about(), "job_order": 17}),
    Broken("an order nobody knows", "POST /v1/eligibility", 404, "job_order_not_found",
           json={**about(), "job_order": NOBODY}),
    Broken("a draft without a country", "POST /v1/eligibility", 422, "required", "/job_order/country",
           json={**about(), "job_order": {"isco08": "9111", "employer": {"type": "HOUSEHOLD"}}}),
    Broken("a draft with a wage in words", "POST /v1/eligibility", 422, "not_money", "/job_order/wage",
           json={**about(), "job_order": {**an_order(), "wage": "banyak"}}),
    Broken("a draft with a broken tree", "POST /v1/eligibility", 422, "tree_without_kind", "/job_order/requirements",
           json={**about(), "job_order": {**an_order(), "requirements": {"min": 18}}}),
    Broken("somebody nobody knows", "POST /v1/eligibility", 404, "candidate_not_found",
           json={"candidate": NOBODY, "job_order": "{order}"}),
    Broken("known on no day", "POST /v1/eligibility", 422, "no_such_day", "/known_on",
           json={**about(), "job_order": "{order}", "known_on": "2026-04-31"}),
]  # fmt: skip

DECISIONS = [
    Broken("an answer nobody gave", f"GET /v1/recommendations/{NOBODY}", 404, "recommendation_not_found"),
    Broken("a decision that is none", "POST /v1/recommendations/{recommendation}/decisions", 422, "unknown_code",
           "/decision", json={"decision": "MAYBE"}),
    Broken("a look without a reason", "POST /v1/recommendations/{recommendation}/openings", 422, "required", "/reason",
           json={}, who="supervisor"),
    Broken("openings of nobody", "GET /v1/openings", 422, "required", "/candidate", who="supervisor"),
    Broken("openings without the right", "GET /v1/openings", 403, "forbidden", query={"candidate": NOBODY}),
    Broken("no decision", "POST /v1/recommendations/{recommendation}/decisions", 422, "required", "/decision", json={}),
    Broken("a choice that was not shown", "POST /v1/recommendations/{recommendation}/decisions", 422,
           "not_in_recommendation", "/chosen/courses/0",
           json={"decision": "ACCEPTED", "chosen": {"courses": [NOBODY], "batches": [], "job_orders": []}}),
    Broken("a choice by name", "POST /v1/recommendations/{recommendation}/decisions", 422, "not_an_id",
           "/chosen/job_orders/0", json={"decision": "ACCEPTED", "chosen": {"job_orders": ["JO-1"]}}),
    Broken("a decision on nothing", f"POST /v1/recommendations/{NOBODY}/decisions", 404, "recommendation_not_found",
           json={"decision": "DECLINED"}),
    Broken("advice on a version of the future", ADVICE, 409, "not_yet_visible",
           query={"min_candidate_version": "99", "wait": "0"}),
    Broken("advice for nobody", f"GET /v1/candidates/{NOBODY}/recommendations", 404, "candidate_not_found"),
    Broken("advice without the right", ADVICE, 403, "forbidden", who="reviewer"),
    Broken("a law tried out without the right", "POST /v1/what-if", 403, "forbidden",
           json={"without_policy": "NTT-GATE"}),
    Broken("a draft that says nothing", "POST /v1/what-if", 422, "required", "/policy/revisions/0/content",
           json={"policy": {"code": "X", "kind": "BAN", "revisions": [{"valid_from": day(1)}]}}, who="supervisor"),
    Broken("nothing tried out", "POST /v1/what-if", 422, "one_of_three", "", json={}, who="supervisor"),
]  # fmt: skip

PLANS = [
    *(
        Broken(f"{what} a plan without the right", ask, 403, "forbidden", json=json)
        for what, ask, json in (
            ("making", "POST /v1/allocations", {}),
            ("listing", "GET /v1/allocations", None),
            ("opening", f"GET /v1/allocations/{NOBODY}", None),
            ("reading the people of", f"GET /v1/allocations/{NOBODY}/people", None),
            ("signing", f"POST /v1/allocations/{NOBODY}/sign-off", None),
            ("cancelling", f"POST /v1/allocations/{NOBODY}/cancel", None),
        )
    ),
    *(
        Broken(f"a plan nobody made: {ask}", ask, 404, "allocation_not_found", who="supervisor")
        for ask in (
            f"GET /v1/allocations/{NOBODY}",
            f"GET /v1/allocations/{NOBODY}/people",
            f"POST /v1/allocations/{NOBODY}/sign-off",
            f"POST /v1/allocations/{NOBODY}/cancel",
        )
    ),
    Broken("a floor above all", "POST /v1/allocations", 422, "too_large", "/worst_off",
           json={"worst_off": 1.5}, who="supervisor"),
    Broken("a floor in words", "POST /v1/allocations", 422, "not_a_number", "/island",
           json={"island": "setengah"}, who="supervisor"),
    Broken("a plan for a regency of elsewhere", "POST /v1/allocations", 422, "unknown_regency", "/regency",
           json={"regency": "99.01"}, who="supervisor"),
]  # fmt: skip

MATCHING = [*QUESTIONS, *PROFILES, *ELIGIBILITY, *DECISIONS, *PLANS]
