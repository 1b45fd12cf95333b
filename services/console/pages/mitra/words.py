"""Words that the pages of partner systems share."""

from typing import Any

from services.console.frame import Answer, moment, partners, t, together, training
from services.console.frame.ask import House
from services.console.frame.words import both
from shared import clock

Body = dict[str, Any]

KINDS = {
    "MINISTRY": ("Kementerian atau lembaga pusat", "Ministry or national agency"),
    "PROVINCE": ("Pemerintah Provinsi NTT", "Province of NTT"),
    "TRANSIT_PROVINCE": ("Provinsi perlintasan", "Transit province"),
    "TASK_FORCE": ("Gugus tugas pencegahan TPPO", "Task force against trafficking"),
    "VILLAGE_TASK_FORCE": ("Gugus tugas desa", "Village task force"),
    "REPORTING_SYSTEM": ("Sistem pelaporan", "Reporting system"),
    "PROVIDER": ("Lembaga pelatihan", "Training provider"),
    "CITIZEN_APP": ("Aplikasi warga", "App for citizens"),
}
LEVELS = {
    "MINIMAL": ("Hanya id, kabupaten, sektor, dan keadaan", "Ids, regency, sector and state only"),
    "REFERENCES": ("Juga rujukan ke data yang boleh dibuka", "Also references to what may be opened"),
}
STATES = {
    "WAITING": ("info", "menunggu dikirim", "waits to be sent"),
    "DELIVERED": ("ok", "diterima", "accepted"),
    "FAILED": ("stop", "gagal", "failed"),
    "CANCELLED": ("plain", "dibatalkan", "cancelled"),
}
TROUBLES = {
    "not_a_url": ("bukan alamat web", "no web address"),
    "not_https": ("bukan https", "not https"),
    "with_login": ("alamat berisi kata sandi", "the address holds a login"),
    "with_fragment": ("alamat berisi #", "the address holds a #"),
    "not_a_host": ("nama server tidak terbaca", "the name of the server cannot be read"),
    "bad_port": ("port tidak ada", "there is no such port"),
    "private_address": ("alamat di jaringan tertutup", "an address on a closed network"),
    "unresolvable": ("nama server tidak ditemukan", "the name was not found"),
    "unreachable": ("server tidak dapat dihubungi", "the server cannot be reached"),
    "timed_out": ("tidak menjawab dalam 15 detik", "no answer within 15 seconds"),
    "tls_failed": ("sertifikat TLS tidak sah", "the TLS certificate is not valid"),
    "not_http": ("jawabannya bukan HTTP", "what it answered is no HTTP"),
    "redirected": ("server mengalihkan; isi alamat akhirnya", "it redirects; give the final address"),
    "gone": ("server menjawab 410: sudah tidak ada", "it answered 410: gone"),
    "refused": ("server menolak kiriman", "the server refused the delivery"),
    "secret_unreadable": ("rahasia tidak terbaca; putar rahasianya", "the secret cannot be read; rotate it"),
}
HOUSE: House = partners


def of(codes: dict[str, tuple[str, str]], code: str | None) -> str:
    """A code in words; one that nobody knows stands as it is."""
    return t(*codes[code]) if code in codes else code or ""


def agreed(one: Body) -> tuple[str, str]:
    """Tone and words of how an agreement stands today."""
    if one["status"] == "SUSPENDED":
        return "stop", t("dihentikan", "suspended")
    if one.get("valid_until") and one["valid_until"] < clock.today().isoformat():
        return "stop", t("perjanjiannya berakhir", "its agreement ended")
    return "ok", t("berlaku", "in force")


def standing(one: Body) -> tuple[str, str]:
    """Tone and words of how the deliveries to an endpoint go."""
    stands = one.get("standing") or {}
    if one["status"] == "CLOSED":
        return "plain", t("ditutup", "closed")
    if one["status"] == "DISABLED":
        why = (
            t("server menjawab 410", "it answered 410")
            if one.get("reason") == "GONE"
            else t("lima hari gagal", "five days of failures")
        )
        return "stop", t("berhenti sendiri: {why}", "it was stopped: {why}", why=why)
    if one["status"] == "PAUSED":
        return "unknown", t("dijeda", "paused")
    if stands.get("failing_since"):
        return "warn", t("gagal sejak {at}", "failing since {at}", at=moment(stands["failing_since"]))
    return "ok", t("berjalan", "in order")


def kinds_of_events(catalogue: Answer) -> list[tuple[str, str]]:
    """Every kind of event with its purpose; none while the house is silent."""
    return [(one["type"], f"{both(one['purpose'])} {one['type']}") for one in catalogue.items()]


def training_providers(listed: Answer) -> list[tuple[str, str]]:
    """The training providers by name; none while their house is silent."""
    return sorted(((one["id"], one["name"]) for one in listed.items()), key=lambda pair: pair[1].casefold())


def asked_for_a_form() -> dict[str, Answer]:
    """What the form of an agreement offers: the events there are, and the training providers."""
    return together(catalogue=HOUSE.get("/v1/catalogue"), providers=training.get("/v1/providers", limit=100))
