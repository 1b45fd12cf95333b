"""What is wrong with the shape of a tree, in both languages: code → (what is wrong, what to write instead)."""

from shared.http.problems import Text


def _pair(indonesian: str, english: str) -> Text:
    return {"id": indonesian, "en": english}


SENTENCES: dict[str, tuple[Text, Text]] = {
    "tree_too_deep": (
        _pair(
            "Syarat ini bersarang lebih dari {most} tingkat.", "These conditions are nested more than {most} levels."
        ),
        _pair(
            "Ratakan: satu kelompok all di dalam all tidak perlu.", "Flatten it: an all inside an all is not needed."
        ),
    ),
    "tree_too_many_leaves": (
        _pair("Syarat ini lebih dari {most}.", "There are more than {most} conditions."),
        _pair("Tulis hanya syarat yang benar-benar diminta.", "Write only the conditions that are really asked for."),
    ),
    "tree_empty": (
        _pair("Kelompok {group} ini kosong.", "This {group} group is empty."),
        _pair("Isi paling sedikit satu syarat, atau hapus kelompoknya.", "Give at least one condition, or remove it."),
    ),
    "tree_not_a_list": (
        _pair("Di sini harus ada daftar syarat.", "A list of conditions belongs here."),
        _pair('Tulis [{{"kind": "age", "min": 21}}].', 'Write [{{"kind": "age", "min": 21}}].'),
    ),
    "tree_not_an_object": (
        _pair("Setiap syarat adalah satu objek.", "Every condition is an object."),
        _pair('Tulis {{"kind": "age", "min": 21}}.', 'Write {{"kind": "age", "min": 21}}.'),
    ),
    "tree_two_meanings": (
        _pair("Kelompok tidak boleh punya isian lain.", "A group has no other members."),
        _pair(
            "Tulis all atau any sendirian; syarat lain masuk ke daftarnya.",
            "Write all or any alone; the rest goes into its list.",
        ),
    ),
    "tree_without_kind": (
        _pair("Syarat ini tidak menyebut jenisnya.", "This condition does not name its kind."),
        _pair('Tambahkan "kind", misalnya "age".', 'Add "kind", for example "age".'),
    ),
    "tree_contradiction": (
        _pair(
            "Tidak seorang pun dapat memenuhi syarat ini bersama yang lain.",
            "Nobody can meet this beside the other conditions.",
        ),
        _pair(
            "Periksa batasnya, atau tulis sebagai pilihan any.", "Check the limits, or write them as choices of an any."
        ),
    ),
}
