"""For the readers of files: the list of reasons why a whole file is refused, and how to save it instead."""

from shared.files.limits import HEADER_WITHIN, MOST_BYTES, MOST_COLUMNS, MOST_MEMORY, MOST_ROWS
from shared.http.problems import Fault, Invalid, Text

_MEGABYTE = 1024 * 1024


class FileRefused(Invalid):
    """The file as a whole cannot be read; not a single row was looked at."""

    code = "file_refused"
    title: Text = {"id": "Berkas ini tidak dapat dibaca", "en": "This file cannot be read"}


_SAVE_AS: Text = {
    "id": "Buka di Excel atau LibreOffice, lalu simpan sebagai XLSX atau CSV.",
    "en": "Open it in Excel or LibreOffice and save it as XLSX or CSV.",
}
_SEND_AGAIN: Text = {
    "id": "Kirim ulang, lalu bandingkan SHA-256 berkas.",
    "en": "Send it again and compare its SHA-256.",
}

_REASONS: dict[str, tuple[Text, Text]] = {
    "file_is_xls": (
        {"id": "Ini berkas XLS lama (Excel 97-2003).", "en": "This is an old XLS file (Excel 97-2003)."},
        _SAVE_AS,
    ),
    "file_is_ods": (
        {"id": "Ini berkas ODS (OpenDocument).", "en": "This is an ODS file (OpenDocument)."},
        {
            "id": "Di LibreOffice pilih Simpan sebagai, lalu jenis berkas Excel 2007-365 (.xlsx).",
            "en": "In LibreOffice choose Save as, and the file type Excel 2007-365 (.xlsx).",
        },
    ),
    "file_encrypted": (
        {"id": "Berkas ini dikunci dengan kata sandi.", "en": "This file is locked with a password."},
        {"id": "Hapus kata sandinya, lalu kirim ulang.", "en": "Remove the password and send it again."},
    ),
    "file_has_macros": (
        {"id": "Berkas ini berisi makro.", "en": "This file contains macros."},
        {"id": "Simpan sebagai XLSX tanpa makro.", "en": "Save it as XLSX without macros."},
    ),
    "file_cut_off": (
        {"id": "Berkas ini terpotong atau rusak.", "en": "This file is cut off or damaged."},
        _SEND_AGAIN,
    ),
    "file_damaged": ({"id": "Isi berkas ini rusak.", "en": "The content of this file is damaged."}, _SAVE_AS),
    "file_too_big": (
        {"id": "Berkas ini terlalu besar, atau menjadi terlalu besar.", "en": "This file is or becomes too large."},
        {
            "id": f"Bagi menjadi berkas sampai {MOST_BYTES // _MEGABYTE} MB.",
            "en": f"Split it into files of up to {MOST_BYTES // _MEGABYTE} MB.",
        },
    ),
    "file_holds_too_much": (
        {
            "id": "Berkas ini berisi terlalu banyak sel, baris, atau tanda untuk ukurannya.",
            "en": "This file holds too many cells, rows or marks for its size.",
        },
        {
            "id": "Salin tabelnya saja ke berkas baru, atau bagi menjadi beberapa berkas.",
            "en": "Copy the table alone into a new file, or split it into several files.",
        },
    ),
    "file_needs_too_much_memory": (
        {
            "id": f"Untuk membaca berkas ini diperlukan lebih dari {MOST_MEMORY // _MEGABYTE} MB memori.",
            "en": f"Reading this file needs more than {MOST_MEMORY // _MEGABYTE} MB of memory.",
        },
        {
            "id": "Hapus isi sel yang jauh di kanan atau di bawah tabel, atau bagi menjadi beberapa berkas.",
            "en": "Delete what stands far to the right of the table or far below it, or split the file.",
        },
    ),
    "file_takes_too_long": (
        {
            "id": "Membaca berkas ini lebih lama daripada waktu untuk berkas sebesar ini.",
            "en": "Reading this file takes longer than a file of its size is given.",
        },
        {
            "id": "Salin tabelnya saja ke berkas baru, atau bagi menjadi beberapa berkas.",
            "en": "Copy the table alone into a new file, or split it into several files.",
        },
    ),
    "file_not_a_sheet": (
        {"id": "Ini bukan lembar kerja XLSX atau CSV.", "en": "This is no XLSX or CSV sheet."},
        _SAVE_AS,
    ),
    "file_not_text": (
        {"id": "CSV ini berisi karakter yang bukan teks.", "en": "This CSV contains characters that are no text."},
        {"id": "Simpan sebagai CSV UTF-8.", "en": "Save it as CSV UTF-8."},
    ),
    "quote_not_closed": (
        {"id": "Ada tanda kutip yang tidak ditutup.", "en": "A quotation mark is never closed."},
        {"id": 'Tutup tanda kutip ("), atau hapus.', "en": 'Close the quotation mark ("), or delete it.'},
    ),
    "cell_too_long": (
        {"id": "Ada sel yang terlalu panjang.", "en": "A cell is far too long."},
        {"id": "Persingkat isi sel itu.", "en": "Shorten the content of that cell."},
    ),
    "too_many_rows": (
        {"id": f"Lebih dari {MOST_ROWS:,} baris.".replace(",", "."), "en": f"More than {MOST_ROWS:,} rows."},
        {"id": "Bagi menjadi beberapa berkas.", "en": "Split it into several files."},
    ),
    "too_many_columns": (
        {"id": f"Lebih dari {MOST_COLUMNS} kolom.", "en": f"More than {MOST_COLUMNS} columns."},
        {"id": "Hapus kolom yang tidak ada di templat.", "en": "Delete the columns that the template does not have."},
    ),
    "no_header": (
        {"id": "Baris judul kolom tidak ditemukan.", "en": "The row with the column titles was not found."},
        {
            "id": f"Tulis judul kolom seperti di templat pada {HEADER_WITHIN} baris pertama lembar yang terlihat.",
            "en": f"Write the titles as in the template, in the first {HEADER_WITHIN} rows of a visible sheet.",
        },
    ),
    "no_rows": (
        {"id": "Tidak ada baris data di lembar yang terlihat.", "en": "The visible sheets have no rows of data."},
        {"id": "Isi paling sedikit satu baris di bawah judul.", "en": "Fill in at least one row below the titles."},
    ),
}


def refused(code: str, place: str = "") -> FileRefused:
    """The refusal of a file. ``place`` says where it was noticed, for people."""
    message, fix = _REASONS[code]
    said = {lang: f"{text[:-1]} ({place})." if place else text for lang, text in message.items()}
    return FileRefused(said, code=code, errors=[Fault("/file", code, said, fix, where="file")])
