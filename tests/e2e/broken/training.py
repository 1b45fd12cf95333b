"""What a provider, or an office that refers people, may get wrong."""

from tests.e2e.broken.table import NOBODY, V1, Body, Broken, members, questions
from tests.e2e.world import a_course, day

COURSE = "/v1/courses/{course}"


def a_batch() -> Body:
    return {"number": "B-1", "starts": day(20), "ends": day(60), "closes": day(15), "regency": "53.06", "seats": 16}


def a_provider() -> Body:
    return {
        "code": "BLK-RUSAK",
        "name": "BLK Contoh",
        "kind": "BLK",
        "regency": "53.06",
        "licence": {"number": "L-1", "until": None},
        "accreditations": [],
        "last_verified_on": day(-1),
    }


COURSES = members(
    "POST /v1/courses",
    a_course,
    ("no code", {"code": ...}, "required", "/code"),
    ("a title in one language", {"title": {"id": "Judul"}}, "required", "/title/en"),
    ("a title as text", {"title": "Judul"}, "not_an_object", "/title"),
    ("an occupation of five digits", {"isco08": ["91110"]}, "unknown_occupation", "/isco08/0"),
    ("an occupation as a number", {"isco08": [9111]}, "unknown_occupation", "/isco08/0"),
    ("hours below one", {"lesson_hours": 0}, "too_small", "/lesson_hours"),
    ("hours as text", {"lesson_hours": "200"}, "not_a_whole_number", "/lesson_hours"),
    ("hours without end", {"lesson_hours": 99999}, "too_large", "/lesson_hours"),
    ("a mode nobody knows", {"mode": "ZOOM"}, "unknown_code", "/mode"),
    ("money in ringgit", {"cost_to_trainee": {"amount": 1, "currency": "MYR"}}, "unknown_currency",
     "/cost_to_trainee"),
    ("money as text", {"cost_to_trainee": "gratis"}, "not_money", "/cost_to_trainee"),
    ("money as a yes", {"cost_to_trainee": True}, "not_money", "/cost_to_trainee"),
    ("funded by nobody", {"funding": "SPONSOR"}, "unknown_code", "/funding"),
    ("competence without a scheme", {"certificate": {"kind": "COMPETENCE"}}, "scheme_missing", "/certificate"),
    ("a certificate for no month", {"certificate": {"kind": "COMPLETION", "valid_months": 0}}, "too_small",
     "/certificate/valid_months"),
    ("a country of two letters", {"destinations": ["MY"]}, "unknown_country", "/destinations/0"),
    ("hours for nobody", {"hours_for": [{"hours": 3}]}, "required", "/hours_for/0/isco08"),
    ("a level ten", {"kkni_level": 10}, "too_large", "/kkni_level"),
    ("boarding in words", {"boarding": "asrama"}, "not_yes_or_no", "/boarding"),
    ("a prerequisite without a kind", {"prerequisites": {"all": [{"min": 18}]}}, "tree_without_kind",
     "/prerequisites/all/0"),
    ("a prerequisite of nothing", {"prerequisites": {"any": []}}, "tree_empty", "/prerequisites/any"),
    ("a prerequisite nobody could meet",
     {"prerequisites": {"all": [{"kind": "sex", "is": "F"}, {"kind": "sex", "is": "M"}]}}, "tree_contradiction",
     "/prerequisites/all/1"),
    ("a certificate that only the certified may learn for",
     {"certificate": {"kind": "COMPETENCE", "scheme": "HOUSEKEEPER"},
      "prerequisites": {"all": [{"kind": "certificate", "certificate": "COMPETENCE", "scheme": "HOUSEKEEPER"}]}},
     "prerequisite_in_a_circle", "/prerequisites/all/0"),
    ("prerequisites as text", {"prerequisites": "SMP"}, "tree_not_an_object", "/prerequisites"),
    ("somebody else's course", {"provider_id": "x"}, "not_an_id", "/provider_id"),
    ("a review of one's own", {"review": "APPROVED"}, "unknown_field", "/review"),
    who="provider",
)  # fmt: skip

BATCHES = members(
    f"POST {COURSE}/batches",
    a_batch,
    ("no seats", {"seats": ...}, "required", "/seats"),
    ("not one seat", {"seats": 0}, "too_small", "/seats"),
    ("seats for a village", {"seats": 5000}, "too_large", "/seats"),
    ("ends before it begins", {"ends": day(10)}, "ends_before_starts", "/ends"),
    ("registration closes after it began", {"closes": day(21)}, "closes_after_start", "/closes"),
    ("31 November", {"starts": "2026-11-31"}, "no_such_day", "/starts"),
    ("a year of five digits", {"starts": "20267-01-01"}, "not_a_date", "/starts"),
    ("the year 1", {"starts": "0001-01-01"}, "year_out_of_range", "/starts"),
    ("full by hand", {"status": "FULL"}, "unknown_code", "/status"),
    ("a regency by name", {"regency": "Ende"}, "unknown_regency", "/regency"),
    who="provider",
)

PROVIDERS = members(
    "POST /v1/providers",
    a_provider,
    ("a kind nobody knows", {"kind": "KURSUS"}, "unknown_code", "/kind"),
    ("a licence as text", {"licence": "L-1"}, "not_an_object", "/licence"),
    ("a licence without its number", {"licence": {"until": None}}, "required", "/licence/number"),
    ("accredited backwards",
     {"accreditations": [{"programme": "P", "from": "2020-01-02", "until": "2020-01-01"}]}, "until_before_from",
     "/accreditations/0/until"),
    ("accredited for nothing", {"accreditations": [{"from": "2020-01-01", "until": None}]}, "required",
     "/accreditations/0/programme"),
    who="reviewer",
)  # fmt: skip

MOVES = [
    Broken("a referral of nobody", "POST /v1/enrolments", 409, "candidate_not_known",
           json={"candidate_id": NOBODY, "batch_id": "{batch}"}),
    Broken("a referral to nothing", "POST /v1/enrolments", 404, "batch_not_found",
           json={"candidate_id": "{candidate}", "batch_id": NOBODY}),
    Broken("a person by number", "POST /v1/enrolments", 422, "not_an_id", "/candidate_id",
           json={"candidate_id": "LB-2026-000001", "batch_id": "{batch}"}),
    Broken("no batch", "POST /v1/enrolments", 422, "required", "/batch_id", json={"candidate_id": "{candidate}"}),
    Broken("an officer who completes", "PATCH /v1/enrolments/{enrolment}", 403, "forbidden",
           json={"state": "COMPLETED"}, headers=V1),
    Broken("completed before enrolled", "PATCH /v1/enrolments/{enrolment}", 409, "step_not_possible",
           json={"state": "COMPLETED"}, headers=V1, who="provider"),
    Broken("a state nobody knows", "PATCH /v1/enrolments/{enrolment}", 422, "unknown_code", "/state",
           json={"state": "LULUS"}, headers=V1, who="provider"),
    Broken("nobody's enrolment", f"GET /v1/enrolments/{NOBODY}", 404, "enrolment_not_found"),
    Broken("everybody's enrolments", "GET /v1/enrolments", 422, "filter_missing", "", who="officeless"),
    Broken("a review without the right", f"POST {COURSE}/review", 403, "forbidden", json={"decision": "APPROVED"},
           headers=V1, who="provider"),
    Broken("rejected for no reason", f"POST {COURSE}/review", 422, "reason_missing", "", json={"decision": "REJECTED"},
           headers=V1, who="reviewer"),
    Broken("a review of another version", f"POST {COURSE}/review", 412, "stale", json={"decision": "APPROVED"},
           headers={"If-Match": '"999"'}, who="reviewer"),
    Broken("a review without a version", f"POST {COURSE}/review", 428, "precondition_missing", "/If-Match",
           json={"decision": "APPROVED"}, who="reviewer"),
    Broken("fewer seats than none", "PATCH /v1/batches/{batch}", 422, "too_small", "/seats", json={"seats": -1},
           headers=V1, who="provider"),
    Broken("a new number for a batch", "PATCH /v1/batches/{batch}", 422, "unknown_field", "/number",
           json={"number": "C-1"}, headers=V1, who="provider"),
    Broken("another provider's door", f"PUT /v1/courses/by-code/{NOBODY}/X", 403, "not_yours",
           json={name: value for name, value in a_course().items() if name != "code"}, who="provider"),
    Broken("a course that is none", f"GET /v1/courses/{NOBODY}", 404, "course_not_found"),
    Broken("linked data of nothing", f"GET /v1/courses/{NOBODY}.jsonld", 404, "course_not_found", who="nobody"),
    Broken("a key for nobody", f"POST /v1/providers/{NOBODY}/keys", 404, "provider_not_found", who="reviewer"),
    Broken("a key of another provider", f"POST /v1/providers/{NOBODY}/keys", 403, "not_yours", who="provider"),
    Broken("a key by a company", "POST /v1/providers/{provider}/keys", 403, "forbidden", who="company"),
]  # fmt: skip

LISTS = [
    *questions("GET /v1/courses",
               ("a review that is none", {"review": "DONE"}, 422, "unknown_code", "/review"),
               ("an occupation by name", {"isco08": "perawat"}, 422, "unknown_occupation", "/isco08"),
               ("a provider by name", {"provider": "BLK Ende"}, 422, "not_an_id", "/provider")),
    *questions("GET /v1/demand", ("demand of everywhere", {}, 422, "required", "/regency")),
]  # fmt: skip

TRAINING = [*COURSES, *BATCHES, *PROVIDERS, *MOVES, *LISTS]
