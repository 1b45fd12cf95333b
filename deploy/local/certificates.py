"""`LUMBUNG_TLS=on`: Kafka and MongoDB of a home speak TLS, with a certificate that the home makes for itself.

A laptop needs none, because everything stays on loopback. It is there so that what production switches on
(KAFKA_SECURITY, KAFKA_CA_FILE, `tls=true` in MONGODB_URI) is the same code that ran here. For containers
(deploy/containers/docker-compose.tls.yml): ``python -m deploy.local.certificates FOLDER NAME…``
"""

import ipaddress
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from deploy.local.ports import HOST

SETTING = "LUMBUNG_TLS"
YEARS_10 = timedelta(days=3650)


@dataclass(frozen=True, slots=True)
class Certificates:
    """PEM files: `ca` is what clients trust, `chain` the servers' certificate, `key` theirs, `pair` both in one."""

    ca: Path
    chain: Path
    key: Path
    pair: Path


def wanted(environ: Mapping[str, str]) -> bool:
    """Whether the environment asks for TLS."""
    return environ.get(SETTING, "").lower() in ("on", "true", "1")


def of(folder: Path, hosts: Sequence[str] = ("localhost",)) -> Certificates:
    """The certificates of a home, made at the first use; the servers are called ``hosts`` and 127.0.0.1.

    Nobody keeps the authority's key: it signs once.
    """
    made = Certificates(*(folder / name for name in ("ca.pem", "server.pem", "server.key", "server-pair.pem")))
    if made.pair.exists():
        return made
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    authority, server = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    issuer = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Lumbung of one home")])
    names = [*map(x509.DNSName, hosts), x509.IPAddress(ipaddress.ip_address(HOST))]
    root = (
        _begun(issuer, issuer, authority.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(authority, hashes.SHA256())
    )
    leaf = (
        _begun(x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)]), issuer, server.public_key())
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(authority, hashes.SHA256())
    )
    chain = b"".join(one.public_bytes(serialization.Encoding.PEM) for one in (leaf, root))
    key = server.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    _write(made.ca, root.public_bytes(serialization.Encoding.PEM))
    _write(made.chain, chain)
    _write(made.key, key)
    _write(made.pair, key + chain)  # the last one: it says that all are there
    return made


def _begun(subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + YEARS_10)
    )


def _write(path: Path, content: bytes) -> None:
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit("python -m deploy.local.certificates FOLDER NAME…   for example: certificates kafka mongo")
    print(f"Made for {', '.join(sys.argv[2:])}: {of(Path(sys.argv[1]), sys.argv[2:]).pair.parent}")
