"""What a company, a reviewer, a supervisor or a passer-by may get wrong."""

from tests.e2e.broken.table import NOBODY, V1, Body, Broken, members, questions
from tests.e2e.world import day

ORDER = "/v1/job-orders/{order}"
POLICY = "/v1/policies/{policy}"


def an_order() -> Body:
    return {
        "code": "JO-RUSAK",
        "title": {"id": "Penata laksana rumah tangga", "en": "Housekeeper"},
        "country": "NZL",
        "scheme": "P2P",
        "isco08": "9111",
        "employer": {"type": "HOUSEHOLD"},
        "wage": {"amount": 3500, "currency": "NZD"},
        "closes_on": day(90),
    }


def a_law() -> Body:
    return {
        "code": "RUSAK",
        "kind": "HOURS",
        "valid_from": day(-10),
        "legal_basis": {"instrument": "Peraturan contoh"},
        "confidence": "H",
        "verified_on": day(-1),
        "text": {"id": "Aturan contoh.", "en": "An example."},
        "content": {"country": "NZL", "isco08": "9111", "hours": 200},
    }


def a_company() -> Body:
    return {
        "sip3mi": "SIP3MI-RUSAK",
        "name": "PT Contoh",
        "status": "ACTIVE",
        "valid_from": day(-400),
        "valid_until": day(400),
        "snapshot_on": day(-1),
    }


ORDERS = members(
    "POST /v1/job-orders",
    an_order,
    ("no code", {"code": ...}, "required", "/code"),
    ("a code with spaces", {"code": "JO 1"}, "not_a_code", "/code"),
    ("a country by name", {"country": "Selandia Baru"}, "unknown_country", "/country"),
    ("a scheme nobody knows", {"scheme": "CALO"}, "unknown_code", "/scheme"),
    ("a visa nobody knows", {"visa_type": "HOLIDAY"}, "unknown_code", "/visa_type"),
    ("an occupation as a number", {"isco08": 9111}, "unknown_occupation", "/isco08"),
    ("a title of another job", {"kbji": "5322.01"}, "kbji_of_another_occupation", "/kbji"),
    ("an employer as text", {"employer": "HOUSEHOLD"}, "not_an_object", "/employer"),
    ("a wage as text", {"wage": "NZD 3500"}, "not_money", "/wage"),
    ("a wage of nothing known", {"wage": {"amount": 1, "currency": "DOLLAR"}}, "unknown_currency", "/wage"),
    ("a term of half a month", {"term_months": 0.5}, "not_a_whole_number", "/term_months"),
    ("a permit without its quota",
     {"sip2mi": {"number": "S-1", "valid_from": day(0), "valid_until": day(9)}}, "required", "/sip2mi/quota"),
    ("a cost nobody pays", {"costs": [{"item": "TRAINING"}]}, "required", "/costs/0/payer"),
    ("a cost of nothing known", {"costs": [{"item": "UANG_KOPI", "payer": "CANDIDATE"}]}, "unknown_code",
     "/costs/0/item"),
    ("closed before it opens", {"opens_on": day(91)}, "closes_before_opens", "/closes_on"),
    ("an age in words", {"requirements": {"kind": "age", "min": "dewasa"}}, "not_a_whole_number",
     "/requirements/min"),
    ("an age from 45 to 21", {"requirements": {"kind": "age", "min": 45, "max": 21}}, "range_backwards",
     "/requirements"),
    ("a tree of both", {"requirements": {"all": [], "any": []}}, "tree_two_meanings", "/requirements"),
    ("a tree that never ends", {"requirements": {"all": [{"all": [{"all": [{"all": [{"all": [{"all": [{"all": [
        {"all": [{"kind": "sex", "is": "F"}]}]}]}]}]}]}]}]}}, "tree_too_deep",
     "/requirements" + "/all/0" * 8),
    ("a tree of three hundred leaves", {"requirements": {"any": [{"kind": "age", "min": 18}] * 300}},
     "tree_too_many_leaves", "/requirements/any"),
    ("a skill of neither", {"skills": [{"essential": True}]}, "code_or_text", "/skills/0"),
    ("verified by oneself", {"verification": "VERIFIED"}, "unknown_field", "/verification"),
    who="reviewer",
)  # fmt: skip

LAWS = members(
    "POST /v1/policies",
    a_law,
    ("in force backwards", {"valid_until": day(-11)}, "until_before_from", "/valid_until"),
    ("read next year", {"verified_on": day(400)}, "in_the_future", "/verified_on"),
    ("a kind nobody knows", {"kind": "FATWA"}, "unknown_code", "/kind"),
    ("a confidence of ten", {"confidence": 10}, "unknown_code", "/confidence"),
    ("no legal basis", {"legal_basis": ...}, "required", "/legal_basis"),
    ("a basis without an instrument", {"legal_basis": {"article": "5"}}, "required", "/legal_basis/instrument"),
    ("a content as text", {"content": "200 jam"}, "not_an_object", "/content"),
    ("hours as text", {"content": {"isco08": "9111", "hours": "200"}}, "not_a_whole_number", "/content/hours"),
    ("the content of another kind", {"kind": "BAN"}, "required", "/content/countries"),
    ("a ban on nowhere", {"kind": "BAN", "content": {"countries": []}}, "wrong_length", "/content/countries"),
    ("a gate of nowhere", {"kind": "GATE", "content": {"home_regency_prefix": "99.", "employer_type": "HOUSEHOLD",
                                                       "reading": "WIDE"}}, "unknown_regency",
     "/content/home_regency_prefix"),
    ("an age below eighteen", {"kind": "AGE_FLOOR", "content": {"applies": {}, "min_age": 16}}, "too_small",
     "/content/min_age"),
    ("a corridor that asks nothing", {"kind": "CORRIDOR", "content": {"applies": {"countries": ["NZL"]}}},
     "demands_nothing", "/content"),
    ("a corridor with a field of its own", {"kind": "CORRIDOR", "content": {
        "applies": {}, "order": [{"field": "colour", "op": "in", "value": ["RED"]}]}}, "unknown_code",
     "/content/order/0/field"),
    ("rupiah for rupiah", {"kind": "RATE", "content": {"currency": "IDR", "idr": 1}}, "unknown_currency",
     "/content/currency"),
    who="supervisor",
)  # fmt: skip

COMPANIES = members(
    "POST /v1/companies",
    a_company,
    ("a licence that ends before it begins", {"valid_until": day(-500)}, "until_before_from", "/valid_until"),
    ("a status nobody knows", {"status": "AKTIF"}, "unknown_code", "/status"),
    ("a list of next year", {"snapshot_on": day(400)}, "in_the_future", "/snapshot_on"),
    ("a name of spaces", {"name": "   "}, "blank", "/name"),
    who="reviewer",
)

MOVES = [
    Broken("a company that verifies", f"POST {ORDER}/verify", 403, "forbidden", json={}, who="company"),
    Broken("rejected for no reason", f"POST {ORDER}/verify", 422, "reason_missing", "", json={"decision": "REJECTED"},
           who="reviewer"),
    Broken("a change without a version", f"PATCH {ORDER}", 428, "precondition_missing", "/If-Match",
           json={"term_months": 12}, who="company"),
    Broken("a change of another version", f"PATCH {ORDER}", 412, "stale", json={"term_months": 12},
           headers={"If-Match": '"999"'}, who="company"),
    Broken("a new code", f"PATCH {ORDER}", 422, "unknown_field", "/code", json={"code": "X"}, headers=V1,
           who="company"),
    Broken("an order that is none", f"GET /v1/job-orders/{NOBODY}", 404, "no_such_job_order"),
    Broken("a slot for nobody", f"POST {ORDER}/reservations", 409, "candidate_not_known",
           json={"candidate_id": NOBODY}),
    Broken("a slot for a year", f"POST {ORDER}/reservations", 422, "too_large", "/days",
           json={"candidate_id": NOBODY, "days": 365}),
    Broken("an application to nothing", "POST /v1/applications", 422, "unknown_job_order", "/job_order_id",
           json={"candidate_id": "{candidate}", "job_order_id": NOBODY}),
    Broken("everybody's applications", "GET /v1/applications", 422, "filter_missing", "", who="officeless"),
    Broken("one's own proposal", f"POST {POLICY}/revisions/1/approve", 409, "step_not_possible", who="supervisor 2"),
    Broken("a revision that is none", f"POST {POLICY}/revisions/99/approve", 404, "no_such_revision",
           who="supervisor 2"),
    Broken("a revision in words", f"POST {POLICY}/revisions/satu/approve", 404, "no_such_address", who="supervisor 2"),
    Broken("an end on no day", f"POST {POLICY}/end", 422, "no_such_day", "/ends_on",
           json={"ends_on": "2027-06-31", "legal_basis": {"instrument": "x"}}, who="supervisor"),
    Broken("a law by an officer", "POST /v1/policies", 403, "forbidden", json=a_law()),
    Broken("a concern about nothing", "POST /v1/concerns", 422, "about_nothing", "", json={"kind": "OTHER"},
           who="nobody"),
    Broken("a concern with a name", "POST /v1/concerns", 422, "unknown_field", "/name",
           json={"kind": "OTHER", "text": "x", "name": "Ana"}, who="nobody"),
    Broken("a check of nothing", "GET /v1/check", 422, "about_nothing", "", who="nobody"),
    Broken("a check of a book", "GET /v1/check", 422, "too_long", "/company", query={"company": "x" * 201},
           who="nobody"),
    Broken("concerns read by anybody", "GET /v1/concerns", 401, "unauthenticated", who="nobody"),
]  # fmt: skip

LISTS = questions(
    "GET /v1/job-orders",
    ("orders of two letters", {"country": "NZ"}, 422, "unknown_country", "/country"),
    ("orders that are anything", {"status": "ANY"}, 422, "unknown_code", "/status"),
    ("a cursor that is a query", {"after": '{"$gt":""}'}, 400, "cursor_unreadable", "/after"),
)

PLACEMENT = [*ORDERS, *LAWS, *COMPANIES, *MOVES, *LISTS]
