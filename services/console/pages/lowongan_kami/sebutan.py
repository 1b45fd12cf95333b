"""What the fields of a job order are called."""

from services.console.frame import t


def labels() -> dict[str, str]:
    """Name of a field of :class:`~.isian.Order` → its label."""
    return {
        "code": t("Kode lowongan Anda", "Your code of the order"),
        "title_id": t("Judul", "Title (Indonesian)"),
        "title_en": t("Judul dalam bahasa Inggris, jika ada", "Title in English, if there is one"),
        "country": t("Negara tujuan", "Country"),
        "isco08": t("Jabatan", "Occupation"),
        "scheme": t("Jalur penempatan", "Scheme"),
        "visa_type": t("Jenis visa", "Kind of visa"),
        "title_scheme": t("Skema sertifikat untuk jabatan ini", "Scheme of the certificate for this job"),
        "employer": t("Pemberi kerja", "Employer"),
        "partner": t("Kode mitra di luar negeri, jika ada", "Code of the partner abroad, if there is one"),
        "household_income": t("Penghasilan rumah tangga sebulan", "Income of the household a month"),
        "household_size": t("Penghuni rumah", "People in the household"),
        "channel": t("Kanal", "Channel"),
        "hours_per_day": t("Jam kerja sehari", "Working hours a day"),
        "hours_per_week": t("Jam kerja seminggu", "Working hours a week"),
        "rest_per_day": t("Jam istirahat sehari", "Hours of rest a day"),
        "rest_per_week": t("Jam istirahat seminggu", "Hours of rest a week"),
        "slots": t("Tempat yang ditawarkan, jika berbeda dari kuota", "Places on offer, if other than the quota"),
        "opens_on": t("Hari pertama melamar, kosong berarti hari ini", "First day to apply, empty means today"),
        "departure_by": t("Berangkat paling lambat", "Departure by"),
        "description_id": t("Uraian pekerjaan", "Description (Indonesian)"),
        "description_en": t("Uraian dalam bahasa Inggris, jika ada", "Description in English, if there is one"),
        "wage": t("Upah sebulan", "Wage a month"),
        "currency": t("Mata uang", "Currency"),
        "term_months": t("Lama kontrak (bulan)", "Term (months)"),
        "permit": t("Nomor SIP2MI", "Number of the SIP2MI"),
        "permit_from": t("SIP2MI berlaku sejak", "SIP2MI valid from"),
        "permit_until": t("SIP2MI berlaku sampai", "SIP2MI valid until"),
        "quota": t("Kuota SIP2MI", "Quota of the SIP2MI"),
        "closes_on": t("Hari terakhir melamar", "Last day to apply"),
        "kbji": t("Kode KBJI, jika ada", "KBJI code, if there is one"),
        "skills_must": t("Keterampilan yang wajib", "Skills that must be there"),
        "skills_nice": t("Keterampilan yang membantu", "Skills that help"),
    }
