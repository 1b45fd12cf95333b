"""What is asked of people by code, as an answer knows it: records of other countries, earlier programmes, the body.

Code → name inside a sentence, Indonesian and English.
"""

RECORDS: dict[str, tuple[str, str]] = {
    "DEPORTATION": ("pernah dideportasi", "a deportation"),
    "OVERSTAY": ("pernah tinggal melebihi izin", "an overstay"),
    "PRISON": ("pernah dihukum penjara", "a prison sentence"),
    "ENTRY_BAN": ("larangan masuk", "an entry ban"),
    "STAY": ("pernah tinggal terlalu lama di sana", "an earlier stay that was too long"),
}
PROGRAMMES: dict[str, tuple[str, str]] = {
    "TITP": ("magang di Jepang", "traineeship in Japan"),
    "SSW": ("kerja di Jepang dengan visa keahlian", "skilled-worker job in Japan"),
    "EPS": ("kerja di Korea lewat pemerintah", "job in Korea through the government"),
    "IJEPA": ("program perawat ke Jepang", "nurse programme to Japan"),
    "IKUSEI_SHURO": ("program kerja dan belajar di Jepang", "work-and-learn programme in Japan"),
    "SP2T": ("program perawat ke Taiwan", "care programme to Taiwan"),
    "TRIPLE_WIN": ("program perawat ke Jerman", "nurse programme to Germany"),
}
CONDITIONS: dict[str, tuple[str, str]] = {
    "COLOUR_VISION": ("tidak buta warna", "no colour blindness"),
    "EYESIGHT": ("penglihatan cukup", "good eyesight"),
    "HEARING": ("pendengaran cukup", "good hearing"),
    "COMPLETE_FINGERS": ("jari tangan lengkap", "complete fingers"),
    "COMPLETE_TOES": ("jari kaki lengkap", "complete toes"),
    "NO_TATTOO": ("tidak bertato", "no tattoo"),
    "NO_TB": ("bebas TBC", "free of tuberculosis"),
    "NO_EXCLUDED_ILLNESS": (
        "bebas dari penyakit yang dilarang negara tujuan",
        "free of the illnesses the country names",
    ),
    "LIFTING": ("kuat mengangkat beban", "able to lift"),
}
"""Conditions of the body, as met or not met. ``NO_EXCLUDED_ILLNESS`` is a destination's whole list of illnesses, so
that no answer tells which one it is; ``HEIGHT_158`` is at least so many centimetres."""
