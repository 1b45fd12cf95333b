"""The officer's pages about one person, each state that product.md names and those that trouble brings."""

from typing import Any

from tests.browser.matrix import State
from tests.support.console import people
from tests.support.console.fake_houses import FakeHouses
from tests.support.console.people import BATCH, ID, ORDER

HOME = f"/calon/{ID}"
LONG_NAME = "Maria Fransiska Yuliana Kristina Wilhelmina Skolastika Rambu Ana Umbu Rara Nggadas"


def told(**more: Any) -> Any:
    return lambda houses: people.tell(houses, **more)


def told_and(*acts: Any) -> Any:
    def prepare(houses: FakeHouses) -> None:
        people.tell(houses)
        for act in acts:
            act(houses)

    return prepare


def checked(houses: FakeHouses) -> None:
    """A check that found nothing by this name, but something near it."""
    near = {"companies": [{"name": "PT Karya Contoh", "sip3mi": "SIP3MI-CONTOH-01"}], "job_orders": []}
    text = {"id": "Nama ini tidak persis ada di catatan.", "en": "This name is not quite on record."}
    answer: dict[str, Any] = {
        "verdict": "CAUTION",
        "text": text,
        "findings": [],
        "company": None,
        "job_order": None,
        "near": near,
    }
    houses.says("placement", "GET /v1/check", {**answer, "checked_on": people.clock.today().isoformat()})


def silent(*names: str) -> Any:
    return lambda houses: houses.silence(*names)


def shown_before(houses: FakeHouses) -> None:
    """At an earlier visit the person was shown another answer."""
    rows = [people.answered(), people.answered(id="earlier", given_at="2026-11-03T02:00:00Z")]
    houses.says("matching", "GET /v1/recommendations", {"items": rows, "next": None})
    houses.says("matching", "GET /v1/recommendations/earlier", people.advice("NO_PATH", id="earlier", pathways=[]))


def asked_already(houses: FakeHouses) -> None:
    houses.says("registry", f"GET /v1/candidates/{ID}/records", people.records_asked(asked=True))


def child() -> dict[str, Any]:
    born = people.clock.today().replace(day=1)
    return people.person(birth_date=born.replace(year=born.year - 16).isoformat())


NOW = people.advice("ELIGIBLE_NOW")
NOW["verdict"]["goal"] = None
NO_PATH = people.advice(
    "NO_PATH", pathways=[], courses=[], nearest_change={"text": "Satu angkatan baru di Kupang membukanya."}
)
NO_PATH["verdict"]["goal"] = None
FULL = people.advice()
MANY = people.advice(placements=(NOW["placements"] * 3)[:8], placements_in_all=261, placements_ranked=200)
for _row in FULL["courses"]:
    _row["seats_left"] = 0
EMPTY = people.advice("DATA_NEEDED", pathways=[], courses=[], placements=[], requirements=[], blocked=[], hidden=[])
EMPTY["verdict"]["goal"] = None
GET_IT = "GET /v1/applications/*"
STOPPED = people.application("UNLAWFUL", state="STOPPED", stopped_at="SELECTED")
WAITS = people.application("UNKNOWN")
ENDED = people.enrolment(state="DROPPED", drop_reason="LAPSED", hold_until=None)

MUCH = people.person(
    village="Lewolema",
    phone="+6281139109100",
    sex=None,
    languages=[{"language": "ms", "test": None, "result": None, "cefr": "B1"}],
    certificates=[{"kind": "COMPETENCE", "scheme": "HOUSEKEEPER", "number": "BNSP 7", "valid_until": "2029-11-30"}],
    training_hours=[{"isco08": "9111", "destination": "MYS", "hours": 200}],
    work_history=None,
    requirements={"PASSPORT": {"status": "MET", "number": "C 1234567", "valid_until": "2031-01-05", "note": "asli"}},
)

EXPIRED = people.letter(state="EXPIRED")


def letters(*rows: Any) -> Any:
    def prepare(houses: FakeHouses) -> None:
        houses.says("training", "GET /v1/enrolments/*/letters", {"items": list(rows), "next": None})

    return prepare


def letter_is(**changes: Any) -> Any:
    return lambda houses: houses.says("training", "GET /v1/letters/*", people.letter_check(**changes))


def nothing_before(houses: FakeHouses) -> None:
    for path in ("GET /v1/recommendations", "GET /v1/decisions"):
        houses.says("matching", path, {"items": [], "next": None})


def withdrawn(houses: FakeHouses) -> None:
    houses.refuses("matching", "GET /v1/recommendations/*", 410, "consent_withdrawn", "Persetujuan calon ini ditarik")
    look = {"recommendation": "00c8cadb", "by": "dev:budi-pengawas", "centre": "KUPANG", "at": "2026-11-30T02:00:00Z"}
    why = {"reason": "Pengaduan keluarga, surat 12 Maret"}
    houses.says("matching", "GET /v1/openings", {"items": [look | why], "next": None})


def referred(houses: FakeHouses) -> None:
    first = people.advice()["pathways"][0]["steps"][0]["batch"]
    houses.says("training", "GET /v1/enrolments", {"items": [people.enrolment(batch_id=first)], "next": None})


def referrals_wait(houses: FakeHouses) -> None:
    houses.says("training", "GET /v1/enrolments", {"items": [people.enrolment(), people.enrolment()], "next": None})


def letter_unknown(houses: FakeHouses) -> None:
    houses.refuses("training", "GET /v1/letters/*", 404, "letter_not_found", "Surat ini tidak dikenal")


LONG = {"name": "Balai Latihan Kerja Komunitas Pondok Karya Perempuan Flores Timur dan Lembata", "regency": "53.06"}
LETTER = "/surat/8C4R9F3D4K"
REFERRAL = f"/rujukan/{BATCH}"

STATES = [
    State("riwayat", "some", f"{HOME}/riwayat", prepare=told(), main=False),
    State("riwayat", "none", f"{HOME}/riwayat", prepare=told_and(nothing_before)),
    State("riwayat", "matcher down", f"{HOME}/riwayat", prepare=told_and(silent("matching"))),
    State("beranda", "referrals wait", "/", prepare=told_and(referrals_wait)),
    State("beranda", "houses down", "/", prepare=told_and(silent("training", "registry"))),
    State("surat", "empty", "/surat", role=None),
    State("surat", "valid", LETTER, role=None, prepare=letter_is(), main=True),
    State("surat", "expired", LETTER, role=None, prepare=letter_is(state="EXPIRED")),
    State("surat", "revoked long", LETTER, role=None, prepare=letter_is(state="REVOKED", destination=LONG)),
    State("surat", "unknown", "/surat/1111111111", role=None, prepare=letter_unknown, status=404),
    State("surat", "house down", LETTER, role=None, prepare=silent("training"), status=503),
    State("rujukan", "without a letter", REFERRAL, prepare=told_and(letters())),
    State("rujukan", "letter expired", REFERRAL, prepare=told_and(letters(EXPIRED))),
    State("calon", "blocked with a way", HOME, prepare=told(), main=True),
    State("calon", "all of it", f"{HOME}?semua=1", prepare=told()),
    State("calon", "referred already", HOME, prepare=told_and(referred)),
    State("calon", "open now", HOME, prepare=told(answer=NOW)),
    State("calon", "no path", HOME, prepare=told(answer=NO_PATH)),
    State("calon", "all seats full", HOME, prepare=told(answer=FULL)),
    State("calon", "many orders", HOME, prepare=told(answer=MANY)),
    State("calon", "data needed", HOME, prepare=told(answer=EMPTY)),
    State("calon", "consent missing", HOME, prepare=told(who=people.person(consent="NONE", consents=[]))),
    State("calon", "consent withdrawn", HOME, prepare=told(who=people.person(consent="WITHDRAWN"))),
    State("calon", "under 18", HOME, prepare=told(who=child())),
    State("calon", "data conflict", HOME, prepare=told(who=people.person(reviews=["nik_sex_differs"]))),
    State("calon", "long name", HOME, prepare=told(who=people.person(full_name=LONG_NAME))),
    State("calon", "matcher down", HOME, prepare=told_and(silent("matching")), main=True),
    State("calon", "others down", HOME, prepare=told_and(silent("training", "placement"))),
    State("calon", "registry down", HOME, prepare=told_and(silent("registry")), status=503),
    State("calon", "supervisor alone", HOME, role="supervisor", shared=False, prepare=told()),
    State("cari", "found", "/cari", prepare=told()),
    State("buka", "why", f"{HOME}/buka", prepare=told()),
    State("baru", "step 1", "/calon/baru", main=True),
    State("baru", "step 2", "/calon/baru?langkah=2"),
    State("baru", "step 3", "/calon/baru?langkah=3"),
    State("calon", "path changed", HOME, prepare=told_and(shown_before)),
    State("jalur saya", "path changed", f"{HOME}/jalur-saya", prepare=told_and(shown_before)),
    State("ekspor", "to ask", "/calon/ekspor", prepare=told()),
    State("luar negeri", "to ask", f"{HOME}/luar-negeri", prepare=told()),
    State("luar negeri", "asked", f"{HOME}/luar-negeri", prepare=told_and(asked_already)),
    State("luar negeri", "supervisor", f"{HOME}/luar-negeri", role="supervisor", prepare=told_and(asked_already)),
    State("luar negeri", "registry down", f"{HOME}/luar-negeri", prepare=told_and(silent("registry")), status=503),
    State("baru", "step 4", "/calon/baru?langkah=4"),
    State("syarat", "passport", f"{HOME}/syarat/PASSPORT", prepare=told()),
    State("syarat", "family", f"{HOME}/syarat/FAMILY_CONSENT", shared=False, prepare=told()),
    State("persetujuan", "some", f"{HOME}/persetujuan", prepare=told()),
    State("data", "much on record", f"{HOME}/data", prepare=told(who=MUCH)),
    State("data", "topics", f"{HOME}/data", prepare=told()),
    State("data", "nik", f"{HOME}/data", shared=False, prepare=told()),
    State("data", "identity", f"{HOME}/data?bagian=identitas", prepare=told()),
    State("data", "work", f"{HOME}/data?bagian=kerja", prepare=told()),
    State("data", "wishes", f"{HOME}/data?bagian=keinginan", prepare=told()),
    State(
        "bandingkan",
        "two",
        f"{HOME}/bandingkan?b={BATCH}&b={people.advice()['courses'][1]['batch']}",
        prepare=told(),
        main=True,
    ),
    State("bandingkan", "none", f"{HOME}/bandingkan", prepare=told()),
    State("rujukan baru", "choose", f"{HOME}/rujukan/baru", prepare=told()),
    State("rujukan baru", "what is sent", f"{HOME}/rujukan/baru?angkatan={BATCH}", prepare=told(), main=True),
    State("rujukan", "waiting", f"/rujukan/{BATCH}", prepare=told()),
    State(
        "rujukan",
        "ended",
        f"/rujukan/{BATCH}",
        prepare=told_and(lambda h: h.says("training", "GET /v1/enrolments/*", ENDED)),
    ),
    State("lamaran baru", "open", f"{HOME}/lamaran/baru?lowongan={ORDER}", prepare=told()),
    State("lamaran", "lawful", f"/lamaran/{BATCH}", prepare=told()),
    State("lamaran", "stopped", f"/lamaran/{BATCH}", prepare=told_and(lambda h: h.says("placement", GET_IT, STOPPED))),
    State(
        "lamaran",
        "supervisor",
        f"/lamaran/{BATCH}",
        role="supervisor",
        prepare=told_and(lambda h: h.says("placement", GET_IT, WAITS)),
    ),
    State("keputusan", "choices", f"{HOME}/keputusan", prepare=told()),
    State("jawaban lama", "again", f"{HOME}/jawaban/c8cadb", prepare=told()),
    State(
        "jawaban lama",
        "withdrawn",
        f"{HOME}/jawaban/c8cadb",
        role="supervisor",
        shared=False,
        prepare=told_and(withdrawn),
    ),
    State("jawaban lama", "shared", f"{HOME}/jawaban/c8cadb", role="supervisor", prepare=told_and(withdrawn)),
    State("jejak", "opened", f"{HOME}/jejak", role="supervisor", shared=False, prepare=told_and(withdrawn)),
    State("jalur saya", "print", f"{HOME}/jalur-saya", prepare=told()),
    State("whatsapp", "text", f"{HOME}/whatsapp", prepare=told()),
    State("jejak", "supervisor", f"{HOME}/jejak", role="supervisor", shared=False, prepare=told()),
    State("jejak", "shared", f"{HOME}/jejak", role="supervisor", prepare=told()),
    State("cara urutan", "nobody", "/cara-urutan", role=None),
    State("laporkan", "nobody", "/laporkan", role=None),
    State("periksa", "nobody", "/periksa", role=None),
    State("periksa", "not real", "/periksa?perusahaan=PT+Karya", prepare=told_and(checked)),
]
