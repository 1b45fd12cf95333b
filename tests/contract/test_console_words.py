"""The console words codes of the houses: each code that a house may send has its words, and no word is left over."""

import ast
import inspect
from typing import cast

import pytest
from marshmallow import Schema

from services.console.frame import conditions
from services.console.pages import groups, kursus_memberi, laporkan, rujukan
from services.console.pages.calon import abroad, catatan, hapus, jejak, khusus_isian, words
from services.console.pages.capaian import kebutuhan
from services.console.pages.lembaga import isian as organisation_forms
from services.console.pages.lowongan_kami import biaya, isian, satu
from services.console.pages.lowongan_kami import words as company_words
from services.console.pages.mitra import words as partner_words
from services.console.pages.ops import keadaan
from services.matching.actions import allocating, counting, figures, withdrawals
from services.matching.matcher import fairness_slices
from services.partners.actions import feed, sentences
from services.partners.model import organisation
from services.partners.schemas import subscriptions
from services.placement.actions import reservations, retelling
from services.placement.model import application, concern, job_order, partner
from services.registry.actions import candidates, drafts, find, submissions
from services.registry.model.specific import Fitness
from services.registry.schemas import desks, specific
from services.registry.store.trail import Did
from services.training.actions import batches, providers, seats
from services.training.model import enrolment
from services.training.model import provider as provider_model
from shared.codes import certificates, offers
from shared.codes.asked import RECORDS
from shared.conditions.leaves import KINDS
from shared.http.fields import Code
from shared.imports import door
from shared.profiles.consents import Purpose
from tests.unit.matching.eligibility.test_kinds import SAMPLES


def test_purposes_of_consent() -> None:
    assert set(words.PURPOSES) == {one.value for one in Purpose}


def test_deeds_of_the_trail() -> None:
    assert set(jejak._DID) == {one.value for one in Did}


def test_steps_of_a_referral_and_why_it_ends() -> None:
    assert set(words._ENROLMENTS) == set(enrolment.STATES)
    assert set(rujukan._REASONS) == set(enrolment.DROP_REASONS)
    assert set(rujukan._RESULTS) == set(enrolment.RESULTS)


def test_steps_of_an_application() -> None:
    assert set(words._APPLICATIONS) == set(application.STATES)


def test_records_of_other_countries() -> None:
    assert set(abroad.KINDS) == set(RECORDS)


def test_kinds_of_concerns() -> None:
    assert set(laporkan.KINDS) == set(concern.KINDS)


def test_what_a_company_reads_of_its_orders() -> None:
    assert set(company_words.VERIFICATIONS) == set(offers.VERIFICATIONS)
    assert set(company_words.STATUSES) == set(offers.STATUSES)
    assert set(company_words.TONES) == set(application.STATES)
    assert set(satu._CLOSING) == set(job_order.CLOSE_REASONS)
    assert set(biaya.PAYERS) == set(offers.PAYERS)
    assert set(kursus_memberi.KINDS) == set(certificates.KINDS) == set(kebutuhan._KINDS) - {"HOURS"}
    assert set(isian.SCHEMES) == set(offers.SCHEMES)
    assert set(isian.EMPLOYERS) == set(offers.EMPLOYER_TYPES)


def test_kinds_of_leased_work() -> None:
    registry = {drafts.KIND, submissions.KIND, find.KEYS, candidates.FORGET_NIK}
    training = {seats.LAPSE, batches.FINISH, providers.RETELL}
    placement = {reservations.LAPSE, retelling.RETELL_COMPANY, retelling.RETELL_PARTNER}
    matching = {counting.KIND, allocating.KIND, figures.KIND, withdrawals.KIND}
    assert set(keadaan.JOBS) == registry | training | placement | matching | {feed.PRUNE, door.KIND, door.EXPIRY}


@pytest.mark.parametrize("kind", KINDS)
def test_what_an_order_asks_is_said_to_its_company_and_to_the_reviewer(kind: str) -> None:
    assert conditions.asked({"kind": kind, **SAMPLES[kind]}) not in ([], [""], ["syarat lain"])


def test_groups_of_people_in_figures() -> None:
    """All words in the functions that put somebody into a group; names of islands are names."""
    made = ast.parse(inspect.getsource(fairness_slices))
    found = {
        node.value
        for function in made.body
        if isinstance(function, ast.FunctionDef) and function.name in ("_island", "_education", "_age")
        for node in ast.walk(function)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert found - {"", "NTT"} | {fairness_slices._UNKNOWN} == set(groups.NAMES) - {"WORST_OFF_TENTH", "F", "M"}


def choices(schema: Schema, name: str) -> list[str]:
    """The codes that a field of a house takes."""
    return cast(Code, schema.fields[name]).choices


def test_what_the_desks_of_a_person_ask() -> None:
    assert set(khusus_isian.FITNESS) == {one.value for one in Fitness}
    assert set(khusus_isian._LENDERS) == set(choices(specific.LoanSchema(), "lender"))
    assert set(catatan.INDICATORS) == set(desks.INDICATORS)
    assert set(catatan.SEVERITIES) == set(choices(desks.RiskNoteSchema(), "severity"))
    assert set(hapus.REASONS) == set(choices(desks.ForgetSchema(), "reason"))


def test_what_the_province_keeps_of_organisations() -> None:
    assert set(organisation_forms._KINDS) == set(provider_model.KINDS)
    assert set(organisation_forms._STATUSES) == set(offers.LICENCES)
    assert set(organisation_forms._LISTED) == set(partner.LISTING_REASONS)


def test_what_is_told_of_partner_systems() -> None:
    assert {code: pair[0] for code, pair in partner_words.KINDS.items()} == {
        code: text["id"] for code, text in organisation.KINDS.items()
    }
    assert set(partner_words.LEVELS) == set(organisation.LEVELS)
    assert set(partner_words.STATES) == set(subscriptions.STATES)
    assert set(partner_words.TROUBLES) == set(sentences.TROUBLES)
