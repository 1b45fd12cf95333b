"""Where a delivery may go: the open internet, and nothing that only this network can reach, however it is written."""

import pytest

from services.partners.model.addresses import open_to_all, refusal


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "127.0.0.1", "127.9.9.9", "169.254.169.254", "172.16.0.1",
        "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.168.1.1", "198.18.0.1", "198.51.100.7", "203.0.113.9",
        "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "::", "::1", "::ffff:127.0.0.1",
        "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1",
        "2002:7f00:1::", "2002:a00:1::1", "2001:0:4136:e378:8000:63bf:f5ff:fffe", "fe80::1", "fe80::1%eth0",
        "fc00::1", "fd12:3456::1", "ff02::1", "2001:db8::1", "100::1", "fec0::1", "not an address", "",
    ],
)  # fmt: skip
def test_what_only_this_network_reaches_is_closed(address: str) -> None:
    assert not open_to_all(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "103.10.20.30", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_the_internet_is_open(address: str) -> None:
    assert open_to_all(address)
    assert open_to_all(address, development=True)


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "::ffff:127.0.0.1"])
def test_in_development_the_own_loopback_is_allowed_and_nothing_else(address: str) -> None:
    assert open_to_all(address, development=True)
    assert not open_to_all("10.0.0.1", development=True)
    assert not open_to_all("0.0.0.0", development=True)
    assert not open_to_all("169.254.169.254", development=True)


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("https://mitra.example.go.id/lumbung", None),
        ("https://mitra.example.go.id:8443/a?b=c", None),
        ("http://mitra.example.go.id/", "not_https"),
        ("ftp://mitra.example.go.id/", "not_a_url"),
        ("file:///etc/passwd", "not_a_url"),
        ("mitra.example.go.id", "not_a_url"),
        ("https://", "not_a_url"),
        ("https://nama:sandi@mitra.example.go.id/", "with_login"),
        ("https://mitra.example.go.id/#a", "with_fragment"),
        ("https://mitra.example.go.id:0/", "bad_port"),
        ("https://mitra.example.go.id:99999/", "bad_port"),
        ("https://127.0.0.1/", "private_address"),
        ("https://10.1.2.3/", "private_address"),
        ("https://[::1]/", "private_address"),
        ("https://[::ffff:10.0.0.1]/", "private_address"),
        ("https://169.254.169.254/latest/meta-data", "private_address"),
        ("https://localhost/", "private_address"),
        ("https://db.internal/", "private_address"),
        ("https://mongodb/", "private_address"),
        ("https://mitra_example.go.id/", "not_a_host"),
        *(
            (f"https://{host}/", "not_a_host")
            for host in (
                "2130706433",
                "0x7f000001",
                "017700000001",
                "127.1",
                "127.0.1",
                "0177.0.0.1",
                "0x7f.0.0.1",
                "127.0.0.0x1",
                "127.0.0.1.",
                "10.0.0.256",
                "1.2.3.4.5",
                "mitra.example.0x",
                "%31%32%37.0.0.1",
                "①②⑦.⓪.⓪.①",
                "127。0。0。1",
            )
        ),
        ("https://mitra.example.go.id/a b", "not_a_url"),
        ("https://mitra.example.go.id\\@evil.example/", "not_a_url"),
        ("https://mitra.example.go.id/a\r\nHost: x", "not_a_url"),
        ("https://[::1", "not_a_url"),
    ],
)
def test_what_can_be_an_endpoint(url: str, code: str | None) -> None:
    found = refusal(url)
    assert found == code or (code == "not_a_url" and found == "bad_port")


def test_in_development_plain_http_to_the_own_machine_is_enough() -> None:
    assert refusal("http://127.0.0.1:9999/", development=True) is None
    assert refusal("http://localhost:9999/", development=True) is None
    assert refusal("http://mitra.example.go.id/", development=True) == "not_https"
    assert refusal("http://10.0.0.1/", development=True) == "private_address"
