"""The public's two doors over a real socket: is this offer real, and something is wrong with it."""

import time
from collections.abc import Callable

import httpx
import pytest

from services.placement.app import create_app
from services.placement.store.typed import KEPT_SECONDS
from shared import clock
from tests.integration.placement.conftest import Answer, Placement, a_company, an_order, created, day
from tests.support.served import a_rule

OpenOrder = Callable[..., Answer]


def codes(client: httpx.Client, **asked: str) -> tuple[str, list[str]]:
    answer = client.get("/v1/check", params=asked)
    assert answer.status_code == 200, answer.text
    assert all(set(finding["text"]) == {"id", "en"} for finding in answer.json()["findings"])
    return answer.json()["verdict"], [finding["code"] for finding in answer.json()["findings"]]


@pytest.fixture
def real(placement: Placement, open_order: OpenOrder) -> Answer:
    """An offer that is verified, judged as it stands, open, and has a place left."""
    order = open_order()
    placement.judge(order["id"])
    return order


def typed(name: str) -> list[str]:
    """A name as people write it."""
    bare = name.removeprefix("PT ")
    return [name, name.upper(), f"pt. {bare}", bare.lower(), f"{bare} (Persero), Tbk.", name.replace(" ", "  "),
            f"P.T. {bare}", name.replace(" ", ""), f"  {bare}!"]  # fmt: skip


def test_a_checked_lawful_open_offer_is_real_however_it_is_written(
    anybody: httpx.Client, real: Answer, reviewer: httpx.Client
) -> None:
    company = reviewer.get(f"/v1/companies/{real['company']['id']}").json()
    number, code, permit = company["sip3mi"], real["code"], real["sip2mi"]["number"]
    for named in (company["id"], number, number.lower(), number.replace("-", " "), *typed(company["name"])):
        assert codes(anybody, company=named, job_order=code) == ("REAL", []), named
    for about in (real["id"], code, code.lower(), code.replace("-", ""), permit, permit.lower(), f" {code} "):
        assert codes(anybody, job_order=about) == ("REAL", []), about


def test_company_and_offer_are_told_apart(anybody: httpx.Client, real: Answer) -> None:
    answer = anybody.get("/v1/check", params={"job_order": real["code"]}).json()
    assert answer["company"]["licensed"] is True and answer["company"]["valid_until"] == day(400)
    offer = answer["job_order"]
    assert (offer["checked"], offer["lawful"], offer["open"], offer["places_left"]) == (True, True, True, True)
    for words in (answer["text"], answer["company"]["text"], offer["text"]):
        assert words["id"] and words["en"]
    assert "jangan bayar" in answer["text"]["id"].casefold() and "paspor" in answer["text"]["id"]


def test_a_companys_name_alone_makes_no_offer_real(anybody: httpx.Client, real: Answer, reviewer: httpx.Client) -> None:
    company = reviewer.get(f"/v1/companies/{real['company']['id']}").json()
    assert codes(anybody, company=company["name"]) == ("CAUTION", ["COMPANY_ALONE"])
    answer = anybody.get("/v1/check", params={"company": company["name"]}).json()
    assert (answer["company"]["licensed"], answer["job_order"]) == (True, None)
    held = created(reviewer, "/v1/companies", a_company(status="SUSPENDED"))
    assert codes(anybody, company=held["sip3mi"]) == ("NOT_REAL", ["COMPANY_NOT_LICENSED"])
    assert "nomor lowongannya" in answer["text"]["id"]


def test_an_unlawful_fee_an_unjudged_and_an_outdated_judgement_are_never_real(
    placement: Placement, anybody: httpx.Client, open_order: OpenOrder
) -> None:
    order = open_order()
    assert codes(anybody, job_order=order["code"]) == ("CAUTION", ["ORDER_NOT_JUDGED"])
    placement.judge(order["id"], a_rule("WAGE_FLOOR", "UNKNOWN"))
    assert codes(anybody, job_order=order["code"]) == ("CAUTION", ["ORDER_DOUBTFUL"])
    offer = anybody.get("/v1/check", params={"job_order": order["code"]}).json()["job_order"]
    assert [(rule["rule"], rule["status"]) for rule in offer["rules"]] == [("WAGE_FLOOR", "UNKNOWN")]
    assert offer["rules"][0]["text"]["id"]
    placement.judge(order["id"], a_rule("COST", field="/costs/0"))
    placement.judge(order["id"], a_rule("COST", field="/costs/0"))
    verdict, found = codes(anybody, job_order=order["code"])
    assert verdict == "NOT_REAL" and {"ORDER_SUSPENDED", "ORDER_UNLAWFUL"} <= set(found)
    offer = anybody.get("/v1/check", params={"job_order": order["code"]}).json()["job_order"]
    assert (offer["checked"], offer["lawful"], [rule["rule"] for rule in offer["rules"]]) == (True, False, ["COST"])
    placement.judge(order["id"], day=day(-1))
    verdict, found = codes(anybody, job_order=order["code"])
    assert verdict != "REAL" and "ORDER_NOT_JUDGED" in found


def test_full_and_closed_offers_are_never_real(
    placement: Placement, anybody: httpx.Client, officer: httpx.Client, reviewer: httpx.Client, real: Answer
) -> None:
    for _ in range(3):
        person = {"candidate_id": placement.a_candidate()}
        created(officer, f"/v1/job-orders/{real['id']}/reservations", person)
    assert codes(anybody, job_order=real["code"]) == ("CAUTION", ["ORDER_FULL"])
    reviewer.post(f"/v1/job-orders/{real['id']}/close", json={})
    # Nobody judges again what is closed for good: "check again in a moment" would be untrue.
    assert codes(anybody, job_order=real["code"]) == ("NOT_REAL", ["ORDER_CLOSED", "ORDER_FULL"])


def test_what_nobody_knows_is_not_real(anybody: httpx.Client) -> None:
    assert codes(anybody, company="Angin Lalu Selalu") == ("NOT_REAL", ["COMPANY_UNKNOWN"])
    assert codes(anybody, job_order="KHAYAL/9") == ("NOT_REAL", ["ORDER_UNKNOWN"])


def test_an_incomplete_or_misspelt_name_offers_those_that_are_like_it(
    anybody: httpx.Client, reviewer: httpx.Client
) -> None:
    company = created(reviewer, "/v1/companies", a_company(name="PT Lentera Samudra Timur Jaya"))
    order = created(reviewer, "/v1/job-orders", an_order(company=company["id"], code="JO-LENTERA-TIMUR-1"))
    time.sleep(KEPT_SECONDS)  # names are kept for a few seconds
    for name in (
        "Lentera Samudra",
        "lentera samudera timur jaya",
        "PT Samudra Timur Jaya",
        "Timur Jaya Samudra Lentera",
    ):
        answer = anybody.get("/v1/check", params={"company": name}).json()
        assert (answer["verdict"], [one["code"] for one in answer["findings"]]) == ("CAUTION", ["COMPANY_UNCLEAR"])
        assert {"name": company["name"], "sip3mi": company["sip3mi"]} in answer["near"]["companies"], name
        assert "jangan bayar" in answer["text"]["id"].casefold()
    answer = anybody.get("/v1/check", params={"job_order": "jo lentera timur"}).json()
    assert [one["code"] for one in answer["near"]["job_orders"]] == [order["code"]]
    assert (answer["verdict"], answer["findings"][0]["code"]) == ("CAUTION", "ORDER_UNCLEAR")


def test_what_was_typed_into_the_box_of_the_other_kind_is_offered(
    anybody: httpx.Client, reviewer: httpx.Client, real: Answer
) -> None:
    """Not "do not take it" of a lawful offer, because its code stands where the company is asked for."""
    company = reviewer.get(f"/v1/companies/{real['company']['id']}").json()
    for typed, kind, meant in (
        ({"company": real["code"]}, "job_orders", real["code"]),
        ({"job_order": company["name"]}, "companies", company["sip3mi"]),
        ({"job_order": company["sip3mi"]}, "companies", company["sip3mi"]),
    ):
        answer = anybody.get("/v1/check", params=typed).json()
        assert answer["verdict"] == "CAUTION" and answer["findings"][0]["code"].endswith("_UNCLEAR"), answer
        assert meant in [one.get("code") or one.get("sip3mi") for one in answer["near"][kind]]


def wide(text: str) -> str:
    """As some telephones write: letters of double width, and marks that nobody sees between them."""
    return "\u200b".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in text)


def test_ids_in_capitals_wide_letters_and_accents_are_understood(
    anybody: httpx.Client, real: Answer, reviewer: httpx.Client
) -> None:
    company = reviewer.get(f"/v1/companies/{real['company']['id']}").json()
    time.sleep(KEPT_SECONDS)
    for about in (real["id"].upper(), wide(real["code"]), f"\ufeff{real['code']}\u2060"):
        assert codes(anybody, job_order=about) == ("REAL", []), about
    for named in (company["id"].upper(), wide(company["name"]), company["name"].replace("o", "ó").replace("U", "Ü")):
        assert codes(anybody, company=named, job_order=real["code"]) == ("REAL", []), named


@pytest.mark.parametrize("nothing", ["PT", "pt.", "...", "印尼", "\U0001f600", "CV Persero Tbk"])
def test_a_legal_form_or_no_letters_at_all_name_nobody(anybody: httpx.Client, nothing: str) -> None:
    verdict, found = codes(anybody, company=nothing)
    assert (verdict, found) == ("CAUTION", ["COMPANY_NOT_NAMED"])
    verdict, found = codes(anybody, job_order=nothing)
    assert (verdict, found) in (("CAUTION", ["ORDER_NOT_NAMED"]), ("NOT_REAL", ["ORDER_UNKNOWN"]))
    assert (verdict == "CAUTION") is (len("".join(filter(str.isascii, nothing)).replace(".", "")) < 4)


def test_orders_that_differ_in_their_punctuation_alone_are_told_apart(
    placement: Placement, anybody: httpx.Client, open_order: OpenOrder, reviewer: httpx.Client
) -> None:
    lawful = open_order(code="JO-TITIK-1-23")
    placement.judge(lawful["id"])
    created(reviewer, "/v1/job-orders", an_order(code="JO-TITIK-12-3"))
    time.sleep(KEPT_SECONDS)
    assert codes(anybody, job_order="jo-titik-1-23") == ("REAL", [])
    assert codes(anybody, job_order="jo-titik-12-3")[0] != "REAL"
    unclear = anybody.get("/v1/check", params={"job_order": "JO TITIK 123"}).json()
    assert (unclear["verdict"], [one["code"] for one in unclear["findings"]]) == ("CAUTION", ["ORDER_UNCLEAR"])
    assert {one["code"] for one in unclear["near"]["job_orders"]} == {"JO-TITIK-1-23", "JO-TITIK-12-3"}


def test_a_permit_for_two_orders_names_neither_until_the_company_is_named(
    placement: Placement, anybody: httpx.Client, open_order: OpenOrder, real: Answer
) -> None:
    other = open_order(sip2mi=real["sip2mi"])
    placement.judge(other["id"], a_rule("COST", field="/costs/0"))
    time.sleep(KEPT_SECONDS)
    permit = real["sip2mi"]["number"]
    for written in (permit, permit.lower()):
        found = anybody.get("/v1/check", params={"job_order": written}).json()
        assert (found["verdict"], [one["code"] for one in found["findings"]]) == ("CAUTION", ["ORDER_UNCLEAR"])
        assert {one["code"] for one in found["near"]["job_orders"]} == {real["code"], other["code"]}
    assert codes(anybody, job_order=permit, company=real["company"]["id"]) == ("REAL", [])
    assert codes(anybody, job_order=permit, company=other["company"]["id"])[0] == "NOT_REAL"


def test_two_companies_of_one_name_are_both_offered(anybody: httpx.Client, reviewer: httpx.Client) -> None:
    name = f"PT Kembar {clock.monotonic()}"
    numbers = {created(reviewer, "/v1/companies", a_company(name=name))["sip3mi"] for _ in range(2)}
    found = anybody.get("/v1/check", params={"company": name.lower()}).json()
    assert (found["verdict"], [one["code"] for one in found["findings"]]) == ("CAUTION", ["COMPANY_UNCLEAR"])
    assert {one["sip3mi"] for one in found["near"]["companies"]} == numbers


@pytest.mark.parametrize(("last", "verdict"), [(1, "REAL"), (0, "REAL"), (-1, "NOT_REAL")])
def test_a_licence_counts_up_to_its_last_day_and_says_which_that_is(
    placement: Placement, anybody: httpx.Client, reviewer: httpx.Client, real: Answer, last: int, verdict: str
) -> None:
    path = f"/v1/companies/{real['company']['id']}"
    etag = reviewer.get(path).headers["ETag"]
    assert reviewer.patch(path, json={"valid_until": day(last)}, headers={"If-Match": etag}).status_code == 200
    placement.work()
    placement.judge(real["id"])
    found = anybody.get("/v1/check", params={"job_order": real["code"]}).json()
    assert (found["verdict"], found["company"]["licensed"]) == (verdict, last >= 0), found["findings"]
    assert found["company"]["valid_until"] == day(last)


def test_an_offer_under_another_companys_name_is_found_out(
    anybody: httpx.Client, reviewer: httpx.Client, real: Answer
) -> None:
    other = created(reviewer, "/v1/companies", a_company())
    found = codes(anybody, company=other["sip3mi"], job_order=real["code"])
    assert found == ("NOT_REAL", ["ORDER_OF_ANOTHER_COMPANY"])
    owner = reviewer.get(f"/v1/companies/{real['company']['id']}").json()["name"]
    answer = anybody.get("/v1/check", params={"company": other["sip3mi"], "job_order": real["code"]}).json()
    assert answer["findings"][0]["text"]["en"] == f"This job belongs to {owner}, not to {other['name']}."
    assert "owner" not in answer


def test_a_short_word_of_the_owners_name_beside_its_order_offers_the_owner(
    anybody: httpx.Client, reviewer: httpx.Client
) -> None:
    company = created(reviewer, "/v1/companies", a_company(name="PT Abc Laut Biru"))
    order = created(reviewer, "/v1/job-orders", an_order(company=company["id"], code="JO-ABC-LAUT-1"))
    answer = anybody.get("/v1/check", params={"company": "abc", "job_order": order["code"]}).json()
    assert [one["sip3mi"] for one in answer["near"]["companies"]] == [company["sip3mi"]]
    assert answer["findings"][0]["code"] == "COMPANY_UNCLEAR"
    assert codes(anybody, company="xyz", job_order=order["code"])[1][0] == "COMPANY_NOT_NAMED"


def test_an_expired_licence_and_an_unverified_order_are_said(anybody: httpx.Client, reviewer: httpx.Client) -> None:
    company = created(reviewer, "/v1/companies", a_company(valid_until=day(-1)))
    order = created(reviewer, "/v1/job-orders", an_order(company=company["id"]))
    assert codes(anybody, job_order=order["code"]) == (
        "NOT_REAL",
        ["COMPANY_NOT_LICENSED", "ORDER_UNVERIFIED", "ORDER_NOT_JUDGED"],
    )


def test_a_check_asks_for_something(anybody: httpx.Client) -> None:
    empty = anybody.get("/v1/check")
    assert (empty.status_code, empty.json()["errors"][0]["code"]) == (422, "about_nothing")


def test_a_confirmed_concern_suspends_every_order_of_the_company_until_it_is_resolved(
    placement: Placement, anybody: httpx.Client, reviewer: httpx.Client, open_order: OpenOrder
) -> None:
    order = open_order()
    report = {"kind": "MONEY_DEMANDED", "company": order["company"]["sip3mi"], "text": "Diminta uang dua juta."}
    receipt = created(anybody, "/v1/concerns", report)
    assert set(receipt) == {"id", "state"}
    path = f"/v1/concerns/{receipt['id']}"
    assert anybody.get(path).status_code == 401
    assert reviewer.get(path).json()["text"] == "Diminta uang dua juta."
    confirmed = reviewer.post(f"{path}/confirm", json={"decision": "Bukti kuitansi ada."})
    assert confirmed.json()["state"] == "CONFIRMED"
    placement.work()
    assert reviewer.get(f"/v1/job-orders/{order['id']}").json()["status"] == "SUSPENDED"
    assert codes(anybody, job_order=order["code"]) == (
        "NOT_REAL",
        ["COMPANY_HELD", "ORDER_SUSPENDED", "ORDER_NOT_JUDGED"],
    )
    reviewer.post(f"{path}/resolve", json={"decision": "Uang dikembalikan."})
    placement.work()
    assert reviewer.get(f"/v1/job-orders/{order['id']}").json()["status"] == "OPEN"
    again = reviewer.post(f"{path}/confirm", json={"decision": "x"})
    assert (again.status_code, again.json()["code"]) == (409, "step_not_possible")


def test_a_concern_about_an_order_without_a_company_suspends_that_order(
    reviewer: httpx.Client, anybody: httpx.Client
) -> None:
    order = created(reviewer, "/v1/job-orders", an_order(scheme=None, sip2mi=None))
    receipt = created(anybody, "/v1/concerns", {"kind": "NO_PERMIT", "job_order": order["code"]})
    reviewer.post(f"/v1/concerns/{receipt['id']}/confirm", json={"decision": "Benar."})
    assert reviewer.get(f"/v1/job-orders/{order['id']}").json()["status"] == "SUSPENDED"
    reviewer.post(f"/v1/concerns/{receipt['id']}/resolve", json={"decision": "Selesai."})
    assert reviewer.get(f"/v1/job-orders/{order['id']}").json()["status"] == "OPEN"


@pytest.mark.parametrize("named_by", ["report", "reviewer"])
def test_a_concern_with_a_good_name_on_the_order_of_another_company_holds_that_order_too(
    placement: Placement, anybody: httpx.Client, reviewer: httpx.Client, open_order: OpenOrder, named_by: str
) -> None:
    named, of_another, beside = open_order(), open_order(), open_order()
    both = {"company": named["company"]["sip3mi"], "job_order": of_another["code"]}
    ids = {"company_id": named["company"]["id"], "job_order_id": of_another["id"]}
    told = both if named_by == "report" else {"company": "PT yang tidak terdaftar"}
    path = f"/v1/concerns/{created(anybody, '/v1/concerns', {'kind': 'FALSE_PROMISE', **told})['id']}"

    def statuses() -> list[str]:
        placement.work()
        orders = (named, of_another, beside)
        return [reviewer.get(f"/v1/job-orders/{order['id']}").json()["status"] for order in orders]

    body = {"decision": "Benar."} | ({} if named_by == "report" else ids)
    confirmed = reviewer.post(f"{path}/confirm", json=body)
    assert confirmed.status_code == 200, confirmed.text
    assert statuses() == ["SUSPENDED", "SUSPENDED", "OPEN"]
    assert codes(anybody, job_order=of_another["code"])[0] == "NOT_REAL"
    assert reviewer.post(f"{path}/resolve", json={"decision": "Selesai."}).status_code == 200
    assert statuses() == ["OPEN", "OPEN", "OPEN"]


def test_an_order_that_is_closed_under_a_concern_is_no_doubt_of_the_operator(
    placement: Placement, reviewer: httpx.Client, anybody: httpx.Client
) -> None:
    order = created(reviewer, "/v1/job-orders", an_order(scheme=None, sip2mi=None))
    receipt = created(anybody, "/v1/concerns", {"kind": "NO_PERMIT", "job_order": order["code"]})
    reviewer.post(f"/v1/concerns/{receipt['id']}/confirm", json={"decision": "Benar."})
    assert order["id"] in [one["_id"] for one in placement.rooms.job_orders.not_closed()]
    etag = {"If-Match": reviewer.get(f"/v1/job-orders/{order['id']}").headers["ETag"]}
    closed = reviewer.post(f"/v1/job-orders/{order['id']}/close", json={"reason": "FILLED"}, headers=etag)
    assert closed.json()["status"] == "SUSPENDED", closed.text
    assert order["id"] not in [one["_id"] for one in placement.rooms.job_orders.not_closed()]


def test_a_concern_that_points_to_nobody_needs_a_name_before_it_is_confirmed(
    reviewer: httpx.Client, anybody: httpx.Client, company: Answer
) -> None:
    receipt = created(anybody, "/v1/concerns", {"kind": "OTHER", "text": "Ada orang mengajak berangkat."})
    path = f"/v1/concerns/{receipt['id']}/confirm"
    nobody = reviewer.post(path, json={"decision": "Benar."})
    assert (nobody.status_code, nobody.json()["errors"][0]["code"]) == (422, "about_nobody")
    assert reviewer.post(path, json={"decision": "Benar.", "company_id": company["id"]}).status_code == 200


def test_whoever_reports_is_never_stored_even_when_they_are_known(placement: Placement, officer: httpx.Client) -> None:
    receipt = created(officer, "/v1/concerns", {"kind": "THREATS", "company": "PT Angin Lalu"})
    kept = placement.database.collection("concerns").find_one({"_id": receipt["id"]})
    assert "ana-petugas" not in repr(kept) and "127.0.0.1" not in repr(kept)


def test_only_reviewers_and_those_who_see_risks_read_concerns(
    officer: httpx.Client, supervisor: httpx.Client, reviewer: httpx.Client
) -> None:
    assert officer.get("/v1/concerns").status_code == 403
    assert supervisor.get("/v1/concerns").status_code == 200
    assert reviewer.get("/v1/concerns?state=RECEIVED").status_code == 200


def test_a_script_that_tries_out_names_is_slowed_down_and_a_known_caller_is_not(
    placement: Placement, officer: httpx.Client
) -> None:
    client = create_app(placement.settings, database=placement.database).test_client()
    statuses = [client.get(f"/v1/check?company=PT+{number}").status_code for number in range(125)]
    assert statuses[:120] == [200] * 120 and 429 in statuses[120:]
    answer = client.get("/v1/check?company=PT+Maju")
    assert answer.get_json()["code"] == "too_many_requests" and int(answer.headers["Retry-After"]) > 0
    known = {"Authorization": officer.headers["Authorization"]}
    assert client.get("/v1/check?company=PT+Maju", headers=known).status_code == 200
