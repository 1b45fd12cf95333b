"""What is said of an endpoint that cannot be, that failed, or of an event that somebody missed."""

from collections.abc import Mapping

Text = Mapping[str, str]

_OPEN_NET: tuple[Text, Text] = (
    {"id": "Alamat ini ada di jaringan tertutup.", "en": "This address is on a closed network."},
    {"id": "Pakai alamat yang dapat dicapai dari internet.", "en": "Use one that the internet can reach."},
)
URLS: Mapping[str, tuple[Text, Text]] = {
    "not_a_url": (
        {"id": "Ini bukan alamat web.", "en": "This is no web address."},
        {"id": "Ketik seperti https://mitra.example.go.id/lumbung.", "en": "Like https://mitra.example.go.id/lumbung."},
    ),
    "not_https": (
        {"id": "Alamat harus https.", "en": "The address must be https."},
        {"id": "Awali dengan https://.", "en": "Begin with https://."},
    ),
    "with_login": (
        {"id": "Alamat tidak boleh berisi nama dan kata sandi.", "en": "The address must not hold a login."},
        {"id": "Hapus; periksa tanda tangan kiriman saja.", "en": "Remove it: verify the signature instead."},
    ),
    "with_fragment": (
        {"id": "Bagian sesudah # tidak pernah terkirim.", "en": "What follows # is never sent."},
        {"id": "Hapus # dan sesudahnya.", "en": "Remove # and what follows."},
    ),
    "not_a_host": (
        {"id": "Nama server ini tidak dapat dibaca.", "en": "This name of a server cannot be read."},
        {"id": "Pakai huruf, angka, titik, dan tanda hubung.", "en": "Use letters, digits, dots and hyphens."},
    ),
    "bad_port": (
        {"id": "Nomor port ini tidak ada.", "en": "There is no such port."},
        {"id": "Pakai 1 sampai 65535, atau kosongkan.", "en": "Use 1 to 65535, or leave it out."},
    ),
    "private_address": _OPEN_NET,
}
TROUBLES: Mapping[str, Text] = {
    **{code: texts[0] for code, texts in URLS.items()},
    "unresolvable": {"id": "Nama server tidak ditemukan di DNS.", "en": "The name was not found in the DNS."},
    "unreachable": {"id": "Server tidak dapat dihubungi.", "en": "The server cannot be reached."},
    "timed_out": {"id": "Server tidak menjawab dalam 15 detik.", "en": "There was no answer within 15 seconds."},
    "tls_failed": {"id": "Sertifikat TLS tidak sah.", "en": "The TLS certificate is not valid."},
    "not_http": {"id": "Jawabannya bukan HTTP.", "en": "What it answered is no HTTP."},
    "redirected": {
        "id": "Server mengalihkan; pengalihan tidak diikuti. Isi alamat akhirnya.",
        "en": "It redirects, which is not followed. Give the final address.",
    },
    "gone": {"id": "Server menjawab 410: sudah tidak ada.", "en": "It answered 410: gone."},
    "refused": {"id": "Server menolak kiriman ini.", "en": "The server refused this delivery."},
    "secret_unreadable": {
        "id": "Rahasia langganan tidak terbaca di sini. Putar rahasianya.",
        "en": "The secret of the subscription cannot be read here. Rotate it.",
    },
}
WHY: Mapping[str, Text] = {
    "DELIVERED": {"id": "Sudah terkirim dan diterima.", "en": "It was delivered and accepted."},
    "WAITING": {"id": "Belum diterima; akan dicoba lagi.", "en": "Not accepted yet; it will be tried again."},
    "FAILED": {
        "id": "Sepuluh kali gagal. Kirim ulang, atau pakai :recover.",
        "en": "It failed ten times. Send it again, or use :recover.",
    },
    "CANCELLED": {"id": "Dibatalkan: langganan ditutup, atau data dihapus.", "en": "Cancelled: closed, or erased."},
    "NOT_YET": {"id": "Belum sampai gilirannya.", "en": "Its turn has not come yet."},
    "PAUSED": {"id": "Langganan dijeda; menunggu.", "en": "The subscription is paused; it waits."},
    "DISABLED": {"id": "Langganan dihentikan; aktifkan lagi.", "en": "The subscription is disabled: set it ACTIVE."},
    "CLOSED": {"id": "Langganan sudah ditutup.", "en": "The subscription is closed."},
    "SUSPENDED": {"id": "Akses mitra dihentikan; menunggu.", "en": "The partner is suspended; it waits."},
    "BEFORE_YOU": {
        "id": "Terjadi sebelum langganan ini ada. Pakai :recover?since=.",
        "en": "It happened before this subscription began. Use :recover?since=.",
    },
    "TYPE_FILTER": {"id": "Jenisnya tidak Anda minta.", "en": "You did not ask for this type."},
    "REGION_FILTER": {"id": "Wilayahnya tidak Anda minta.", "en": "You did not ask for this region."},
    "ERASED": {"id": "Datanya sudah dihapus.", "en": "It has been erased."},
    "NOT_FOR_YOUR_KIND": {"id": "Bukan untuk jenis mitra Anda.", "en": "It is not for your kind of partner."},
    "NOT_AGREED": {"id": "Tidak termasuk perjanjian Anda.", "en": "It is not in your agreement."},
    "OTHER_REGION": {"id": "Wilayah lain daripada perjanjian.", "en": "Another region than agreed."},
    "OTHER_PROVIDER": {"id": "Milik lembaga lain.", "en": "It belongs to another provider."},
    "WAITS_FOR_ANOTHER": {
        "id": "Menunggu data yang menjadi tempatnya (orang, kursus, atau lowongan).",
        "en": "It waits for what it belongs to (a person, a course or an order) to be heard of.",
    },
    "NO_LONGER_KEPT": {"id": "Sudah tidak disimpan di umpan.", "en": "The feed keeps it no longer."},
    "PASSED_BY": {
        "id": "Dilewati dengan saringan yang berlaku waktu itu. Pakai :recover.",
        "en": "It was passed over by the filters of then. Use :recover.",
    },
}
