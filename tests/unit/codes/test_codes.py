"""Places, countries, schooling, languages and work are read the same way in every house."""

import re

import pytest

from shared.codes import countries, education, isco, languages, regencies

NTT = """
53.01 Kupang 5303
53.02 Timor Tengah Selatan 5304
53.03 Timor Tengah Utara 5305
53.04 Belu 5306
53.05 Alor 5307
53.06 Flores Timur 5309
53.07 Sikka 5310
53.08 Ende 5311
53.09 Ngada 5312
53.10 Manggarai 5313
53.11 Sumba Timur 5302
53.12 Sumba Barat 5301
53.13 Lembata 5308
53.14 Rote Ndao 5314
53.15 Manggarai Barat 5315
53.16 Nagekeo 5318
53.17 Sumba Tengah 5316
53.18 Sumba Barat Daya 5317
53.19 Manggarai Timur 5319
53.20 Sabu Raijua 5320
53.21 Malaka 5321
53.71 Kota Kupang 5371
""".strip().splitlines()


@pytest.mark.parametrize("line", NTT)
def test_the_regencies_of_ntt_have_their_kemendagri_codes(line: str) -> None:
    code, rest = line.split(" ", 1)
    name, bps = rest.rsplit(" ", 1)
    assert regencies.name(code) == name
    assert regencies.table()[code].bps == bps
    assert regencies.in_ntt(code)


def test_ntt_has_twenty_two_and_the_country_all_others() -> None:
    table = regencies.table()
    assert sum(regencies.in_ntt(code) for code in table) == 22
    assert len(table) == 514
    assert list(table) == sorted(table)
    assert len({code[:2] for code in table}) == 38
    for code, one in table.items():
        assert re.fullmatch(r"[1-9][0-9]\.[0-9]{2}", code)
        # 01-69 are regencies, 71-99 cities.
        assert one.name.startswith("Kota ") == (int(code[3:]) > 70)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("52.03", "Lombok Timur"),
        ("31.71", "Kota Jakarta Pusat"),
        ("35.78", "Kota Surabaya"),
        ("21.71", "Kota Batam"),
        ("21.72", "Kota Tanjung Pinang"),
        ("61.03", "Sanggau"),
        ("65.03", "Nunukan"),
    ],
)
def test_places_of_transit_and_training_are_known(code: str, name: str) -> None:
    assert regencies.name(code) == name
    assert not regencies.in_ntt(code)


def test_for_sixteen_regencies_the_same_digits_name_another_place() -> None:
    table = regencies.table()
    ntt = [code for code in table if regencies.in_ntt(code)]
    trapped = [code for code in ntt if table[code].bps != code.replace(".", "")]
    assert len(trapped) == 16
    for code in trapped:
        digits = code.replace(".", "")
        kemendagri, bps = regencies.readings(digits)
        assert kemendagri.code == code and bps.code != code
        assert not regencies.is_regency(digits)


def test_bare_digits_that_agree_have_one_reading() -> None:
    assert [one.code for one in regencies.readings("5371")] == ["53.71"]
    assert [one.code for one in regencies.readings("3578")] == ["35.78"]
    assert regencies.readings("9999") == regencies.readings("53.06") == regencies.readings("x") == []


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Flores Timur", "53.06"),
        ("  kab.  flores   TIMUR ", "53.06"),
        ("Kabupaten Flores Timur", "53.06"),
        ("Kab Flores Timur", "53.06"),
        ("flotim", "53.06"),
        ("Kota Kupang", "53.71"),
        ("Kabupaten Kupang", "53.01"),
        ("Kupang", None),
        ("Malang", None),
        ("Flores", None),
        ("", None),
    ],
)
def test_a_name_finds_its_code_unless_it_is_unclear(typed: str, code: str | None) -> None:
    assert regencies.find(typed) == code


def test_an_unknown_regency_is_shown_as_it_is() -> None:
    assert regencies.name("99.99") == "99.99"
    assert not regencies.in_ntt(None)
    assert not regencies.is_regency(None)


NAMES = [
    "MYS Malaysia",
    "SGP Singapura",
    "HKG Hong Kong",
    "TWN Taiwan",
    "KOR Korea Selatan",
    "JPN Jepang",
    "BRN Brunei",
    "SAU Arab Saudi",
    "ARE UEA",
    "QAT Qatar",
    "KWT Kuwait",
    "JOR Yordania",
    "OMN Oman",
    "DEU Jerman",
    "GBR Inggris",
    "POL Polandia",
    "TUR Turki",
    "ITA Italia",
    "NZL Selandia Baru",
    "TLS Timor-Leste",
    "KHM Kamboja",
    "MMR Myanmar",
    "THA Thailand",
    "LBY Libya",
]


@pytest.mark.parametrize("entry", NAMES)
def test_destinations_have_the_names_that_offices_use(entry: str) -> None:
    code, name = entry.split(" ", 1)
    assert countries.name(code) == name
    assert countries.find(name) == countries.find(code.lower()) == code


def test_all_countries_have_two_names() -> None:
    table = countries.all_countries()
    assert len(table) >= 249
    assert all(len(code) == 3 and all(pair) for code, pair in table.items())
    assert countries.name("FRA") == "Prancis" and countries.name("FRA", "en") == "France"
    assert countries.name("XXX") == "XXX"
    assert countries.find("UEA") == countries.find("united arab emirates") == "ARE"
    assert countries.find("x") is None
    for wrong in ("MY", "mys", "", None, 458, ["MYS"]):
        assert not countries.is_country(wrong)


def test_currencies_are_iso_4217() -> None:
    for code in ("IDR", "MYR", "SGD", "HKD", "TWD", "KRW", "JPY", "EUR", "USD", "BND", "SAR"):
        assert countries.is_currency(code)
    for wrong in ("RM", "Rp", "NTD", "", None, ["IDR"]):
        assert not countries.is_currency(wrong)


def test_the_ladder_has_years_and_equal_rungs() -> None:
    years = {code: rung.years for code, rung in education.LADDER.items()}
    assert years == {
        "NONE": 0, "SD": 6, "SMP": 9, "SMA": 12, "SMK": 12, "D1": 13, "D2": 14, "D3": 15, "D4": 16, "S1": 16,
        "PROFESI": 17, "S2": 18, "S3": 21,
    }  # fmt: skip
    assert education.at_least("SMK", "SMA") and education.at_least("SMA", "SMK")
    assert education.at_least("D4", "S1") and education.at_least("S1", "D4")
    assert education.at_least("D3", "SMA") and not education.at_least("SMP", "SMA")
    assert education.years("PROFESI") == 17
    ranks = [rung.rank for rung in education.LADDER.values()]
    assert ranks == sorted(ranks)
    assert set(education.ALIASES.values()) <= set(education.LADDER)
    with pytest.raises(KeyError):
        education.at_least("TK", "SD")


@pytest.mark.parametrize(
    ("test", "result", "minimum", "answer"),
    [
        ("JLPT", "N3", "N4", True),
        ("JLPT", "N4", "N4", True),
        ("JLPT", "N5", "N4", False),
        ("JLPT", "N1", None, True),
        ("JLPT", None, "N4", None),
        ("JLPT", "A2", "N4", None),
        ("JLPT", "N4", "A2", None),
        ("JFT_BASIC", "PASS", "PASS", True),
        ("NURSING_JAPANESE", "FAIL", "PASS", None),
        ("EPS_TOPIK", "200", "110", True),
        ("EPS_TOPIK", "99", "110", False),
        ("EPS_TOPIK", "201", "110", None),
        ("EPS_TOPIK", "110.5", "110", None),
        ("TOPIK", "3", "2", True),
        ("TOPIK", "0", "2", None),
        ("TOCFL", "B1", "A2", True),
        ("GOETHE", "A2", "B1", False),
        ("IELTS", "6.5", "6.0", True),
        ("IELTS", "6.5", "6", True),
        ("IELTS", "10", "6", None),
        ("IELTS", "6.25", "6", None),
        ("IELTS", "9", "6.5", True),
        ("CEFR", "C2", "A1", True),
        ("KLINGON", "A1", "A1", None),
    ],
)
def test_results_compare_within_their_own_test_only(
    test: str, result: str | None, minimum: str | None, answer: bool | None
) -> None:
    assert languages.meets(test, result, minimum) is answer


def test_every_test_knows_its_results() -> None:
    for code, test in languages.TESTS.items():
        assert set(test.languages) <= set(languages.LANGUAGES)
        for result in test.results:
            assert languages.is_result(code, result)
        if test.is_numeric:
            assert languages.is_result(code, str(int(test.high))) and not languages.is_result(code, str(test.high + 1))
    for wrong in ("", "-1", "1e1", "٣", " 3", 3, None):
        assert not languages.is_result("TOPIK", wrong)


def test_a_rough_level_is_for_ranking_and_sometimes_unknown() -> None:
    assert languages.rough_cefr("JFT_BASIC", "PASS") == languages.rough_cefr("JLPT", "N4") == "A2"
    assert languages.rough_cefr("GOETHE", "B1") == "B1"
    assert [languages.rough_cefr("IELTS", band) for band in ("3.5", "4", "5.5", "7")] == [None, "B1", "B2", "C1"]
    assert languages.rough_cefr("TOPIK", "2.0") == "A2"
    assert languages.rough_cefr("EPS_TOPIK", "180") is None
    assert languages.rough_cefr("JLPT", None) is None


def test_isco_08_has_436_unit_groups() -> None:
    assert len(isco.UNIT_GROUPS) == len(set(isco.UNIT_GROUPS)) == 436
    assert [len({code[:n] for code in isco.UNIT_GROUPS}) for n in (1, 2, 3)] == [10, 43, 130]
    assert list(isco.UNIT_GROUPS) == sorted(isco.UNIT_GROUPS)


KBJI = (
    "9111.01 9111.02 5152.01 5311.01 5311.03 5322.01 5321.02 2221.05 5120.00 5131.00 9112.02 7212.01 7112.01 "
    "7115.01 9313.01 9211.02 9211.03 8160.04 8153.01 9329.02 6223.01 9216.01 8322.01 9214.02 8160.99"
)


@pytest.mark.parametrize("kbji", KBJI.split())
def test_titles_of_kbji_belong_to_their_unit_group(kbji: str) -> None:
    assert isco.of_kbji(kbji) == kbji[:4]
    assert isco.is_unit_group(kbji[:4])
    assert not isco.is_unit_group(kbji)


def test_prefixes_and_neighbours() -> None:
    assert all(isco.is_prefix(code) for code in ("9", "91", "911", "9111"))
    assert not any(isco.is_prefix(code) for code in ("", "04", "99", "91111", None, 9))
    assert isco.near("9111.01") == isco.near("9110") == isco.near(" 9111 ") == "9111"
    assert isco.near("99") is None and isco.near("x") is None
    assert isco.of_kbji("9999.01") is None and isco.of_kbji("911101") == "9111"
