"""Whoever offers, filters or explains events finds each kind here: what it is for, whom it may reach, on which basis.

The catalogue that partners read is made from this table, and a test compares it with what the houses say.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.partners.model.organisation import KINDS

Text = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of event. `personal`: it is about one person, who appears as an id and nothing else.

    `audience` are the kinds of organisations that may subscribe. `topic` is where it comes from.
    """

    type: str
    topic: str
    purpose: Text
    personal: bool = False
    audience: Sequence[str] = tuple(KINDS)
    basis: str = "UU 14/2008 Pasal 9 (informasi berkala); PP 59/2021"


def _kind(type: str, topic: str, indonesian: str, english: str, **more: object) -> Kind:
    return Kind(type, topic, {"id": indonesian, "en": english}, **more)  # type: ignore[arg-type]


_COURSES, _BATCHES, _ENROLMENTS = "training.courses.v1", "training.batches.v1", "training.enrolments.v1"
_ORDERS, _QUOTAS, _POLICIES = "placement.job-orders.v1", "placement.quotas.v1", "placement.policies.v1"
_APPLICATIONS, _CONCERNS = "placement.applications.v1", "placement.concerns.v1"
_RECOMMENDATIONS, _DEMAND, _EDITIONS = "matching.recommendations.v1", "matching.demand.v1", "matching.editions.v1"

# People: public bodies with a task of their own under the law, and the provider whom the person is referred to.
_TRAINING = {
    "personal": True,
    "audience": ("MINISTRY", "PROVINCE", "PROVIDER"),
    "basis": "UU 18/2017 Pasal 40-41; UU 27/2022 Pasal 20 ayat (2) huruf e (tugas pelayanan publik)",
}
_PLACING = {
    "personal": True,
    "audience": ("MINISTRY", "PROVINCE"),
    "basis": "UU 18/2017 Pasal 39-41; UU 27/2022 Pasal 20 ayat (2) huruf e (tugas pelayanan publik)",
}
_LEAVING = {
    **_PLACING,
    "audience": ("MINISTRY", "PROVINCE", "TRANSIT_PROVINCE"),
    "basis": "UU 18/2017 Pasal 40 huruf e; kerja sama provinsi perlintasan; UU 27/2022 Pasal 20 ayat (2) huruf e",
}
_PROTECTING = {
    "audience": ("MINISTRY", "PROVINCE", "TASK_FORCE", "VILLAGE_TASK_FORCE", "REPORTING_SYSTEM"),
    "basis": "UU 21/2007 Pasal 58 (gugus tugas); UU 18/2017 Pasal 69",
}

_ALL = (
    _kind("course.submitted", _COURSES, "Kursus diajukan, belum ditinjau.", "A course was submitted."),
    _kind("course.published", _COURSES, "Kursus disetujui dan boleh disarankan.", "A course was approved."),
    _kind("course.rejected", _COURSES, "Kursus ditolak peninjau.", "A reviewer rejected a course."),
    _kind("course.changed", _COURSES, "Isi atau izin kursus berubah.", "A course or its licence changed."),
    _kind("course.withdrawn", _COURSES, "Kursus ditarik penyelenggara.", "A course was withdrawn."),
    _kind("course.seats_changed", _BATCHES, "Kursi satu angkatan berubah.", "The seats of a batch changed."),
    _kind("batch.planned", _BATCHES, "Angkatan direncanakan.", "A batch is planned."),
    _kind("batch.opened", _BATCHES, "Pendaftaran angkatan dibuka.", "A batch opened for registration."),
    _kind("batch.changed", _BATCHES, "Tanggal atau tempat angkatan berubah.", "Dates or place of a batch changed."),
    _kind("batch.cancelled", _BATCHES, "Angkatan dibatalkan.", "A batch was cancelled."),
    _kind("batch.finished", _BATCHES, "Angkatan selesai.", "A batch is over."),
    _kind("job_order.published", _ORDERS, "Lowongan diumumkan, belum diverifikasi.", "A job order was published."),
    _kind("job_order.changed", _ORDERS, "Isi lowongan berubah.", "A job order changed."),
    _kind("job_order.verified", _ORDERS, "Lowongan diverifikasi provinsi.", "The province verified a job order."),
    _kind("job_order.rejected", _ORDERS, "Lowongan ditolak provinsi.", "The province rejected a job order."),
    _kind("job_order.suspended", _ORDERS, "Lowongan dihentikan sementara.", "A job order is suspended."),
    _kind("job_order.released", _ORDERS, "Lowongan dilepas lagi.", "A suspended job order is open again."),
    _kind("job_order.closed", _ORDERS, "Lowongan ditutup.", "A job order is closed."),
    _kind("quota.changed", _QUOTAS, "Sisa kuota lowongan berubah.", "The slots of a job order changed."),
    _kind("policy.proposed", _POLICIES, "Kebijakan diusulkan, belum berlaku.", "A policy was proposed."),
    _kind("policy.changed", _POLICIES, "Kebijakan berlaku, berubah, atau berakhir.", "A policy is in force or ended."),
    _kind(
        "policy.moratorium_changed", _POLICIES,
        "Moratorium atau larangan berlaku, berubah, atau berakhir.", "A moratorium or ban began, changed or ended.",
    ),
    _kind("policy.rejected", _POLICIES, "Usulan kebijakan ditolak.", "A proposed policy was rejected."),
    _kind("demand.counted", _DEMAND, "Berapa orang butuh program, paling sedikit 10.", "People who need a programme."),
    _kind("demand.gone", _DEMAND, "Hitungan turun di bawah 10, hapus.", "The sum fell below ten: forget it."),
    _kind("stats.edition_published", _EDITIONS, "Edisi angka publik terbit.", "Public figures were frozen for a day."),
    _kind("stats.edition_corrected", _EDITIONS, "Edisi angka dikoreksi.", "Something in an edition was corrected."),
    _kind("referral.issued", _ENROLMENTS, "Calon dirujuk ke angkatan.", "A person was referred.", **_TRAINING),
    _kind("referral.accepted", _ENROLMENTS, "Lembaga menerima calon.", "The provider accepted.", **_TRAINING),
    _kind("referral.started", _ENROLMENTS, "Calon mulai berlatih.", "The person is in training.", **_TRAINING),
    _kind("referral.completed", _ENROLMENTS, "Calon selesai berlatih.", "Training completed.", **_TRAINING),
    _kind("referral.resulted", _ENROLMENTS, "Hasil uji kompetensi ada.", "The result of the test.", **_TRAINING),
    _kind("referral.declined", _ENROLMENTS, "Lembaga menolak calon.", "The provider declined.", **_TRAINING),
    _kind("referral.revoked", _ENROLMENTS, "Rujukan gugur atau dibatalkan.", "It lapsed or was revoked.", **_TRAINING),
    _kind("referral.erased", _ENROLMENTS, "Hapus rujukan ini pada Anda.", "Erase this referral.", **_TRAINING),
    _kind("placement.applied", _APPLICATIONS, "Calon melamar.", "A person applied.", **_PLACING),
    _kind("placement.selected", _APPLICATIONS, "Perusahaan memilih calon.", "The company selected.", **_PLACING),
    _kind("placement.agreed", _APPLICATIONS, "Perjanjian ditandatangani.", "Agreement signed.", **_PLACING),
    _kind("placement.stopped", _APPLICATIONS, "Dihentikan oleh hukum.", "The law stands against it.", **_LEAVING),
    _kind("placement.ended", _APPLICATIONS, "Lamaran berakhir.", "An application ended.", **_LEAVING),
    _kind("departure.announced", _APPLICATIONS, "Keberangkatan lewat wilayah Anda.", "A departure.", **_LEAVING),
    _kind("departure.suspended", _APPLICATIONS, "Keberangkatan ditangguhkan.", "It is suspended for now.", **_LEAVING),
    _kind("placement.departed", _APPLICATIONS, "Calon sudah berangkat.", "The person departed.", **_LEAVING),
    _kind("placement.erased", _APPLICATIONS, "Hapus lamaran ini pada Anda.", "Erase this application.", **_LEAVING),
    _kind("recommendation.decided", _RECOMMENDATIONS, "Saran diputuskan.", "Advice was decided on.", **_PLACING),
    _kind("recommendation.erased", _RECOMMENDATIONS, "Hapus keputusan ini.", "Erase this decision.", **_PLACING),
    _kind("concern.received", _CONCERNS, "Ada laporan tawaran mencurigakan.", "A report came in.", **_PROTECTING),
    _kind("concern.confirmed", _CONCERNS, "Laporan terbukti.", "The report was confirmed.", **_PROTECTING),
    _kind("concern.dismissed", _CONCERNS, "Laporan tidak terbukti.", "Nothing was in it.", **_PROTECTING),
    _kind("concern.resolved", _CONCERNS, "Laporan selesai ditangani.", "The report is settled.", **_PROTECTING),
)  # fmt: skip

CATALOGUE: Mapping[str, Kind] = {one.type: one for one in _ALL}


def of_audience(kind: str) -> list[str]:
    """The types that an organisation of this kind may subscribe to, in the order of the catalogue."""
    return [one.type for one in CATALOGUE.values() if kind in one.audience]
