"""Paths and rankings need to know how far a training place is from a person's home; this derives the table they read.

``python -m deploy.data.distances`` prints deploy/data/distances.csv: kilometres by road and ferry between the centres
of the 22 regencies of NTT and of a few training places outside. How it is derived is told in README.md beside this
file. The network is written here and not downloaded: neighbouring centres are joined by legs, a leg is the great-circle
distance times the winding of its island's roads (or of a ferry's course), and a distance is the shortest way over
legs.
"""

import csv
import math
import sys
from itertools import product

EARTH_KM = 6371.0

# Centre of each regency: the town where its government sits, in degrees (latitude, longitude).
CENTRES: dict[str, tuple[str, float, float]] = {
    "53.01": ("Oelamasi, Kab. Kupang", -10.139, 123.853),
    "53.02": ("SoE, Timor Tengah Selatan", -9.861, 124.284),
    "53.03": ("Kefamenanu, Timor Tengah Utara", -9.447, 124.478),
    "53.04": ("Atambua, Belu", -9.106, 124.892),
    "53.05": ("Kalabahi, Alor", -8.219, 124.512),
    "53.06": ("Larantuka, Flores Timur", -8.344, 122.989),
    "53.07": ("Maumere, Sikka", -8.620, 122.211),
    "53.08": ("Ende, Ende", -8.843, 121.662),
    "53.09": ("Bajawa, Ngada", -8.787, 120.975),
    "53.10": ("Ruteng, Manggarai", -8.611, 120.463),
    "53.11": ("Waingapu, Sumba Timur", -9.657, 120.264),
    "53.12": ("Waikabubak, Sumba Barat", -9.635, 119.413),
    "53.13": ("Lewoleba, Lembata", -8.370, 123.407),
    "53.14": ("Ba'a, Rote Ndao", -10.736, 123.050),
    "53.15": ("Labuan Bajo, Manggarai Barat", -8.496, 119.888),
    "53.16": ("Mbay, Nagekeo", -8.556, 121.290),
    "53.17": ("Waibakul, Sumba Tengah", -9.617, 119.630),
    "53.18": ("Tambolaka, Sumba Barat Daya", -9.429, 119.243),
    "53.19": ("Borong, Manggarai Timur", -8.808, 120.616),
    "53.20": ("Seba, Sabu Raijua", -10.487, 121.838),
    "53.21": ("Betun, Malaka", -9.564, 124.945),
    "53.71": ("Kota Kupang", -10.178, 123.597),
    "31.71": ("Jakarta Pusat", -6.186, 106.834),
    "35.78": ("Surabaya", -7.258, 112.752),
    "51.71": ("Denpasar", -8.671, 115.213),
    "52.03": ("Selong, Lombok Timur", -8.649, 116.530),
    "52.71": ("Mataram", -8.583, 116.117),
    "52.72": ("Kota Bima", -8.460, 118.727),
    "73.71": ("Makassar", -5.148, 119.433),
}

# How much longer the way is than the straight line. Flores' trunk road crosses one mountain ridge after the other.
WINDING = {"timor": 1.4, "flores": 1.7, "sumba": 1.5, "lombok": 1.3, "sumbawa": 1.6, "java": 1.2, "ferry": 1.1}

# Neighbouring centres and what joins them. A ferry leg runs between the towns whose harbours it serves.
LEGS: tuple[tuple[str, str, str], ...] = (
    ("53.71", "53.01", "timor"),
    ("53.01", "53.02", "timor"),
    ("53.02", "53.03", "timor"),
    ("53.02", "53.21", "timor"),
    ("53.03", "53.04", "timor"),
    ("53.03", "53.21", "timor"),
    ("53.04", "53.21", "timor"),
    ("53.06", "53.07", "flores"),
    ("53.07", "53.08", "flores"),
    ("53.08", "53.16", "flores"),
    ("53.08", "53.09", "flores"),
    ("53.16", "53.09", "flores"),
    ("53.09", "53.19", "flores"),
    ("53.19", "53.10", "flores"),
    ("53.10", "53.15", "flores"),
    ("53.11", "53.17", "sumba"),
    ("53.17", "53.12", "sumba"),
    ("53.12", "53.18", "sumba"),
    ("52.03", "52.71", "lombok"),
    ("52.03", "52.72", "sumbawa"),
    ("31.71", "35.78", "java"),
    ("53.71", "53.14", "ferry"),
    ("53.71", "53.20", "ferry"),
    ("53.71", "53.06", "ferry"),
    ("53.71", "53.13", "ferry"),
    ("53.71", "53.05", "ferry"),
    ("53.71", "53.08", "ferry"),
    ("53.71", "53.11", "ferry"),
    ("53.04", "53.05", "ferry"),
    ("53.06", "53.13", "ferry"),
    ("53.13", "53.05", "ferry"),
    ("53.08", "53.11", "ferry"),
    ("53.09", "53.11", "ferry"),
    ("53.20", "53.11", "ferry"),
    ("53.20", "53.08", "ferry"),
    ("53.15", "52.72", "ferry"),
    ("53.18", "52.72", "ferry"),
    ("51.71", "52.71", "ferry"),
    ("51.71", "35.78", "java"),
    ("35.78", "73.71", "ferry"),
    ("53.15", "73.71", "ferry"),
    ("53.07", "73.71", "ferry"),
)


def straight_km(a: str, b: str) -> float:
    """Great-circle kilometres between two centres."""
    (_, lat_a, lon_a), (_, lat_b, lon_b) = CENTRES[a], CENTRES[b]
    lat_1, lon_1, lat_2, lon_2 = map(math.radians, (lat_a, lon_a, lat_b, lon_b))
    half = math.sin((lat_2 - lat_1) / 2) ** 2 + math.cos(lat_1) * math.cos(lat_2) * math.sin((lon_2 - lon_1) / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(half))


def table() -> dict[tuple[str, str], int]:
    """Whole kilometres of the shortest way for every ordered pair of centres.

    Legs are rounded before they are added, so the triangle inequality holds exactly in the table.
    """
    codes = sorted(CENTRES)
    km = {(a, b): 0 if a == b else 10**6 for a, b in product(codes, codes)}
    for a, b, way in LEGS:
        km[a, b] = km[b, a] = round(straight_km(a, b) * WINDING[way])
    for via, a, b in product(codes, codes, codes):
        km[a, b] = min(km[a, b], km[a, via] + km[via, b])
    return km


def main() -> None:
    """Print the table with one line for each unordered pair, zero diagonal included."""
    km = table()
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(("from", "to", "km"))
    writer.writerows((a, b, km[a, b]) for a, b in sorted(km) if a <= b)


if __name__ == "__main__":
    main()
