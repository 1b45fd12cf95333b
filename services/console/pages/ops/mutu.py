"""O5 `/ops/mutu`: records that can hardly be right: what, how many, since when, and who mends it where."""

from typing import Any

from flask.typing import ResponseReturnValue

from services.console.frame import Entry, Page, t, together
from services.console.frame.ask import House
from services.console.frame.troubles import house_name
from services.console.pages.ops.keadaan import houses

page = Page(
    __name__,
    "/ops/mutu",
    needs=("operations:read",),
    menu=Entry("Mutu data", "Data quality", 23),
)

Body = dict[str, Any]
Pair = tuple[str, str]

_SAID: dict[str, tuple[Pair, Pair]] = {
    "COURSE_WITHOUT_BATCH": (
        ("Kursus disetujui tanpa angkatan yang bisa diikuti", "Approved courses without a batch to join"),
        (
            "Lembaga mengumumkan angkatan berikut, lewat lembar kerja atau halaman Kursus kami.",
            "The provider announces the next batch, by sheet or on its page of courses.",
        ),
    ),
    "COURSE_WAITS": (
        ("Kursus menunggu tinjauan lebih dari 14 hari", "Courses that have waited for review for over 14 days"),
        ("Peninjau provinsi memutuskan di halaman Tinjauan.", "A reviewer of the province decides on the review page."),
    ),
    "SEATS_NOT_CONFIRMED": (
        (
            "Angkatan terbuka yang kursinya 14 hari tidak dipastikan",
            "Open batches whose seats nobody has confirmed for 14 days",
        ),
        (
            "Lembaga menjawab “Masih sekian kursi?” lewat tautan, atau mengubahnya di halaman Kursi.",
            "The provider answers “Still so many seats?” by its link, or changes them on its page of seats.",
        ),
    ),
    "HOURS_DO_NOT_FIT": (
        (
            "Angkatan berpeserta yang harinya kurang untuk jam pelajarannya",
            "Batches with people in them whose days are too few for their lessons",
        ),
        (
            "Peninjau provinsi menanyakan jadwalnya kepada lembaga sebelum hasilnya dipercaya.",
            "A reviewer of the province asks the provider for its timetable before the results are relied on.",
        ),
    ),
    "PROVIDER_NOT_VERIFIED": (
        ("Lembaga yang setahun tidak diperiksa", "Providers that nobody has verified for a year"),
        ("Peninjau provinsi mencatat pemeriksaan baru.", "A reviewer of the province records a new look at it."),
    ),
    "ORDER_PAST_CLOSING": (
        ("Lowongan lewat hari penutupan yang masih terbuka", "Job orders past their last day that are still open"),
        ("Perusahaan menutupnya, atau memperpanjang dengan izin yang berlaku.", "The company closes or renews it."),
    ),
    "ORDER_WAITS": (
        (
            "Lowongan menunggu pemeriksaan lebih dari 14 hari",
            "Job orders that have waited to be verified for over 14 days",
        ),
        ("Peninjau provinsi memutuskan di halaman Tinjauan.", "A reviewer of the province decides on the review page."),
    ),
    "LICENCE_ENDED": (
        ("Lowongan dari perusahaan yang izinnya habis", "Job orders of companies whose licence has ended"),
        (
            "Tidak disarankan kepada siapa pun. Peninjau mencatat izin baru, atau menutup lowongannya.",
            "They are recommended to nobody. A reviewer records the new licence, or closes the orders.",
        ),
    ),
    "LICENCE_NOT_SEEN": (
        (
            "Perusahaan yang izinnya 90 hari tidak dicocokkan dengan daftar kementerian",
            "Companies whose licence was not compared with the ministry's list for 90 days",
        ),
        ("Peninjau mencocokkan dan mencatat tanggalnya.", "A reviewer compares it and records the day."),
    ),
    "LAW_NOT_CHECKED": (
        (
            "Aturan yang setengah tahun tidak dicocokkan dengan sumbernya",
            "Laws that were not compared with their source for half a year",
        ),
        (
            "Pengawas mengusulkan aturan yang sama dengan tanggal periksa baru; orang kedua menyetujuinya.",
            "A supervisor proposes the same row with a new day of checking; a second person approves it.",
        ),
    ),
    "ENDPOINT_FAILING": (
        ("Alamat mitra yang sedang gagal", "Endpoints of partners that fail now"),
        ("Mitra memperbaikinya; kiriman diulang sendiri.", "The partner mends it; deliveries repeat by themselves."),
    ),
    "ENDPOINT_GIVEN_UP": (
        ("Langganan mitra yang dihentikan", "Subscriptions of partners that were disabled"),
        (
            "Mitra sudah diberi tahu; ia mengaktifkannya lagi dan mengambil yang terlewat.",
            "The partner was told; it sets it active again and fetches what it missed.",
        ),
    ),
}  # fmt: skip
"""Code of a check → what was found, and who mends it where."""


@page.get
def show() -> ResponseReturnValue:
    found = together(**{name: House(name).get("/v1/operations/quality") for name in houses()})
    for answer in found.values():
        if not answer.silent and answer.status != 404:
            answer.must()
    checks = [
        {**one, **_said(one["code"]), "house": house_name(name)} for name in houses() for one in found[name].items()
    ]
    return page.render(
        answers=list(found.values()),
        wrong=[one for one in checks if one["number"]],
        right=[one for one in checks if not one["number"]],
    )


def _said(code: str) -> Body:
    """A check of a newer house than this console is told by its code."""
    what, mended = _SAID.get(code, ((code, code), ("", "")))
    return {"what": t(*what), "mended": t(*mended) if mended[0] else ""}
