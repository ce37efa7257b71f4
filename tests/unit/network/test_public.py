"""One answer to "is it public?" for all who ask."""

import pytest

from components.chat.urls import public_url
from components.network import is_public, may_be_public

INSIDE = [
    "127.0.0.1",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "255.255.255.255",
    "224.0.0.1",
    "192.0.0.192",
    "192.88.99.1",
    "168.63.129.16",
    "198.18.0.1",
    "203.0.113.5",
    "240.0.0.1",
    "::",
    "::1",
    "::7f00:1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "::ffff:0:127.0.0.1",
    "::ffff:0:0808:0808",
    "64:ff9b::7f00:1",
    "64:ff9b::808:808",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2001:20::1",
    "2002:7f00:1::1",
    "3fff::1",
    "3fff:fff::1",
    "5f00::1",
    "4000::1",
    "fc00::1",
    "fd12::1",
    "fe80::1",
    "fec0::1",
    "ff02::1",
    "fe80::1%eth0",
    "2606:4700::1%eth0",
]
OUTSIDE = [
    "8.8.8.8",
    "1.1.1.1",
    "93.184.216.34",
    "2606:4700:4700::1111",
    "2a00:1450::1",
    "2001:4860:4860::8888",
]


@pytest.mark.parametrize("address", INSIDE)
def test_what_lies_inside_is_not_public_for_anybody(address: str) -> None:
    assert not may_be_public(address)
    assert not is_public(address)
    written = f"[{address}]" if ":" in address else address
    assert public_url(f"https://{written}/picture.png") is None


@pytest.mark.parametrize("address", OUTSIDE)
def test_what_has_been_given_out_is_public(address: str) -> None:
    assert may_be_public(address)
    assert is_public(address)


@pytest.mark.parametrize(
    "host",
    ["", "localhost", "printer", "a.local", "x.internal", "127.1", "0x7f.1", "2130706433",
     "example.com.localhost.", "１２７.0.0.1", "127。0。0。1", "a" * 300, "..", "a..b"],
)  # fmt: skip
def test_a_name_that_leads_inside_by_its_looks_is_not_public(host: str) -> None:
    assert not is_public(host)


@pytest.mark.parametrize(
    "host", ["example.com", "EXAMPLE.com.", "bücher.example.org", "1.example.net"]
)
def test_other_names_are(host: str) -> None:
    assert is_public(host)


@pytest.mark.parametrize("text", ["", "example.com", "1.2.3", "::g", "127.1"])
def test_what_is_no_address_may_not_be_public(text: str) -> None:
    assert not may_be_public(text)
