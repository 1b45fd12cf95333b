"""What people at a counter say, and the codes it must become."""

import subprocess
import sys

import pytest

from shared.words import Words

words = Words.default()


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("merawat orang lanjut usia", "CARE_ELDERLY"),
        ("jaga oma", "CARE_ELDERLY"),
        ("Elderly care", "CARE_ELDERLY"),
        ("mengasuh adik", "CARE_CHILD"),
        ("jaga ade", "CARE_CHILD"),
        ("bamasa", "COOK_FAMILY"),
        ("bersih2 rumah", "HOUSE_CLEANING"),
        ("BAPUKAT", "FISH_NET"),
        ("pi laut", "FISH_NET"),
        ("tofa rumput", "FARM_WEEDING"),
        ("arc welding", "WELD_SMAW"),
        ("batanun", "WEAVE_IKAT"),
        ("papalele", "SELL_MARKET"),
        ("pi mancing", "FISH_LINE"),
        ("urus mama tua", "CARE_ELDERLY"),
        ("kutip brondolan", "FARM_PALM"),
        ("bekin kopra", "FARM_PLANTATION"),
        ("jemur agar-agar", "FISH_SEAWEED"),
        ("masa pesta besar", "COOK_COMMERCIAL"),
        ("housewife", "HOUSE_CLEANING"),
    ],
)
def test_a_name_in_any_of_the_three_languages_is_certain(said: str, code: str) -> None:
    assert (words.skills(said)[0].code, words.skills(said)[0].similarity) == (code, 1.0)


@pytest.mark.parametrize(
    ("said", "code"),
    [("menyeterika pakaian", "HOUSE_IRONING"), ("rawat lansia di panti", "CARE_ELDERLY"), ("bkin kue", "COOK_BAKING")],
)
def test_a_misspelt_or_longer_saying_is_found_with_less_certainty(said: str, code: str) -> None:
    best = words.skills(said)[0]
    assert best.code == code
    assert 0.5 <= best.similarity < 1


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("merawat ibu mertua yang lumpuh", "CARE_ELDERLY"),
        ("rawat bapak yang sakit gula", "CARE_SICK_AT_HOME"),
        ("cared for my bedridden mother", "CARE_SICK_AT_HOME"),
        ("menyemprot rumput di kebun sawit", "FARM_FERTILISER"),
        ("mengurus kebun orang tua", "FARM_CROPS"),
        ("bantu orang tua di kebun", "FARM_CROPS"),
        ("iko bapa pi laut tiap malam", "FISH_NET"),
        ("worked as a maid in Kuala Lumpur", "HOUSE_CLEANING"),
    ],
)
def test_unpaid_care_farm_and_sea_work_is_found_inside_how_people_tell_it(said: str, code: str) -> None:
    assert (best := words.skills(said)[0]).code == code and best.similarity >= 0.9


def test_who_was_there_is_no_skill() -> None:
    assert {match.code for match in words.skills("fishing with my father")} <= {"FISH_NET", "FISH_LINE"}
    assert words.skills("sama suami") == [] == words.skills("keluarga")


def test_a_sentence_gives_every_skill_it_names_with_the_words_that_named_it() -> None:
    found = {match.code: match.said for match in words.skills("biasa masak, jaga oma dan cuci baju")}
    assert found == {"COOK_FAMILY": "biasa masak", "CARE_ELDERLY": "jaga oma", "HOUSE_LAUNDRY": "cuci baju"}


@pytest.mark.parametrize("said", ["tidak bisa masak", "sonde tau masa", "cannot cook"])
def test_what_a_person_cannot_do_is_no_skill(said: str) -> None:
    assert words.skills(said) == []


@pytest.mark.parametrize(
    "word",
    [
        "listrik", "memandikan", "mandi", "restoran", "hotel", "kapal", "bayi", "lansia", "pasien", "rumah sakit",
        "mesin", "kayu", "pipa", "besi", "merawat", "jaga", "membuat", "kantor", "sekolah", "pabrik", "ikan", "sapi",
        "kerja listrik", "bisa memandikan", "kerja di restoran", "ganti popok",
        "mengganti popok", "injection", "kebun", "mobil", "kopi",
    ],
)  # fmt: skip
def test_a_word_that_fits_several_skills_is_asked_about_and_decides_nothing(word: str) -> None:
    assert words.skills(word) == []
    asked = words.asks(word)
    assert 2 <= len(asked) <= 3 and len(set(asked)) == len(asked) and set(asked) <= set(words.vocabulary.skills)


@pytest.mark.parametrize(
    "said",
    [
        "memandikan jenazah", "memandikan mobil", "listrik kapal", "listrik mobil", "merawat burung", "merawat makam",
        "merawat mobil", "menjaga gereja", "mengganti lampu", "mengganti oli", "memasang tenda", "memasang spanduk",
        "memasang CCTV", "potong kuku", "cuci darah", "cuci foto", "angkat jenazah", "angkat besi", "antar surat",
        "antar jenazah", "membaca puisi", "membaca meteran", "tanam modal", "tanam gigi", "kapal pesiar", "servis jam",
        "bahasa kalbu", "anak kos", "bayi tabung", "pelatih anjing", "bersihkan kapal", "bersihkan senjata",
        "wash a corpse",
    ],
)  # fmt: skip
def test_one_word_that_is_shared_carries_no_likeness_where_it_fits_several_skills(said: str) -> None:
    assert words.skills(said) == []


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("suntik ayam", "ANIMAL_HEALTH"), ("memberi makan ikan", "FISH_FARM"), ("panggang ikan", "COOK_FAMILY"),
        ("masak aspal", "BUILD_ROAD"), ("memandikan kuda", "LIVESTOCK_HORSES"), ("jaga kebun", "FARM_CROPS"),
        ("memandikan anjing", "HOUSE_PETS"), ("las kapal", "WELD_SMAW"), ("instalasi listrik gedung", "BUILD_ELECTRIC"),
        ("budidaya udang vaname", "FISH_FARM"), ("memelihara sapi potong", "LIVESTOCK_CATTLE"),
        ("membersihkan kamar tamu", "HOTEL_ROOM"),
    ],
)  # fmt: skip
def test_what_a_verb_is_about_decides_and_not_the_verb(said: str, code: str) -> None:
    assert [match.code for match in words.skills(said)] == [code]


@pytest.mark.parametrize(
    "word",
    [
        "restoran", "hotel", "bank", "toko", "universitas", "rumah sakit", "kimia", "kapal", "pabrik", "gudang kota",
        "manajer", "kepala", "ahli", "kerja di restoran", "kerja kantor", "sekolah", "puskesmas", "bandara", "tambak",
    ],
)  # fmt: skip
def test_no_word_alone_lifts_anybody_to_a_rank_that_it_does_not_name(word: str) -> None:
    assert [match.code for match in words.occupation(word) if match.code[0] in "123"] == []


def test_what_is_meant_is_asked_in_the_order_of_likelihood_and_not_where_it_was_denied() -> None:
    assert {"BUILD_ELECTRIC", "WELD_SMAW"} <= set(words.asks("listrik"))
    assert {"CARE_INFANT", "CARE_BATHING"} <= set(words.asks("memandikan"))
    assert set(words.asks("restoran", "occupations")) >= {"5131", "5120"}
    assert words.asks("memandikan bayi") == words.asks("las listrik") == words.asks("tidak bisa listrik") == []
    assert words.asks("masak, jaga oma") == [] == words.asks("") == words.asks("keluarga")


@pytest.mark.parametrize(
    "said", ["ART", "art", "kerja sebagai ART", "jadi ART di Malaysia", "PRT di Hong Kong", "plrt"]
)
def test_a_household_worker_is_known_by_what_they_are_called_for_short(said: str) -> None:
    assert words.occupation(said)[0].code == "9111"
    assert [match.code for match in words.skills(said)] == ["HOUSE_CLEANING"]


@pytest.mark.parametrize("said", ["", "   ", "?!", "qwrtz plmkj", "\u0000", "🙂", "a" * 5000])
def test_noise_is_no_skill_and_no_occupation(said: str) -> None:
    assert words.skills(said) == []
    assert words.occupation(said) == []
    assert words.language(said) == []


@pytest.mark.parametrize(
    ("title", "isco08"),
    [
        ("Tukang Las", "7212"),
        ("ART", "9111"),
        ("perawat", "2221"),
        ("pekerja kebun kelapa sawit", "9211"),
        ("iko kapal ikan", "6223"),
        ("caregiver", "5322"),
        ("room attendant", "9112"),
    ],
)
def test_a_title_leads_to_its_unit_group(title: str, isco08: str) -> None:
    assert words.occupation(title)[0].code == isco08


@pytest.mark.parametrize(
    ("said", "code"), [("nihongo", "ja"), ("bahasa Inggris", "en"), ("KOREA", "ko"), ("kantonis", "yue")]
)
def test_a_language_is_known_by_its_names(said: str, code: str) -> None:
    assert words.language(said)[0].code == code


def test_every_code_has_a_name_in_both_languages_and_every_taught_skill_exists() -> None:
    known = words.vocabulary
    for entry in (*known.skills.values(), *known.occupations.values(), *known.languages.values()):
        assert entry.english and entry.indonesian
    assert {code for entry in known.occupations.values() for code in entry.skills} <= set(known.skills)
    assert words.label("CARE_ELDERLY", "en") == "care for an elderly person"
    assert words.label("CARE_ELDERLY") == "merawat orang lanjut usia"
    assert words.label("NO_SUCH_CODE") == "NO_SUCH_CODE"


def test_a_house_that_only_asks_for_known_names_never_loads_the_learning_library() -> None:
    script = (
        "import sys; from shared.words import Words; "
        "assert Words.default().skills('masak')[0].code == 'COOK_FAMILY'; assert 'sklearn' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
