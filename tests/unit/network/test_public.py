"""One answer to "is it public?" for all who ask."""

import ipaddress

import pytest

from components.network import is_public, is_public_address, public_url

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
# IANA's registries of special-purpose addresses, with multicast and what is reserved.
SPECIAL = [
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.31.196.0/24",
    "192.52.193.0/24",
    "192.88.99.0/24",
    "192.168.0.0/16",
    "192.175.48.0/24",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/4",
    "240.0.0.0/4",
    "255.255.255.255/32",
    "::/128",
    "::1/128",
    "::/96",
    "::ffff:0:0/96",
    "::ffff:0:0:0/96",
    "64:ff9b::/96",
    "64:ff9b:1::/48",
    "100::/64",
    "100:0:0:1::/64",
    "200::/7",
    "2001::/23",
    "2001::/32",
    "2001:1::1/128",
    "2001:2::/48",
    "2001:3::/32",
    "2001:4:112::/48",
    "2001:10::/28",
    "2001:20::/28",
    "2001:30::/28",
    "2001:db8::/32",
    "2002::/16",
    "2620:4f:8000::/48",
    "3fff::/20",
    "5f00::/16",
    "4000::/3",
    "8000::/1",
    "fc00::/7",
    "fe80::/10",
    "fec0::/10",
    "ff00::/8",
]
PRIVATE = ("10.0.0.1", "127.0.0.1", "169.254.169.254", "192.168.1.1", "100.100.100.200")
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
    assert not is_public_address(address)
    assert not is_public(address)
    written = f"[{address}]" if ":" in address else address
    assert public_url(f"https://{written}/picture.png") is None


@pytest.mark.parametrize("network", SPECIAL)
def test_no_special_range_is_public_from_its_first_address_to_its_last(network: str) -> None:
    whole = ipaddress.ip_network(network)
    for address in (whole[0], whole[-1], whole[whole.num_addresses // 2]):
        assert not is_public_address(str(address))
        assert not is_public(address.exploded)


@pytest.mark.parametrize("private", PRIVATE)
def test_no_form_of_ipv6_hides_a_private_ipv4_address(private: str) -> None:
    packed = int(ipaddress.IPv4Address(private))
    teredo = (0x20010000 << 96) | (packed ^ 0xFFFFFFFF)
    to_4 = (0x2002 << 112) | (packed << 80)
    forms = [f"::ffff:{private}", f"::{private}", f"::ffff:0:{private}", f"64:ff9b::{private}",
             f"64:ff9b:1::{private}", str(ipaddress.IPv6Address(teredo)),
             str(ipaddress.IPv6Address(to_4))]  # fmt: skip
    for form in forms:
        assert not is_public_address(form), form
        assert public_url(f"http://[{form}]/a.png") is None, form


@pytest.mark.parametrize("address", OUTSIDE)
def test_what_has_been_given_out_is_public(address: str) -> None:
    assert is_public_address(address)
    assert is_public(address)


@pytest.mark.parametrize(
    "host",
    ["", "localhost", "printer", "a.local", "x.internal", "127.1", "0x7f.1", "2130706433",
     "example.com.localhost.", "fe80::1%a.example.com", "2606:4700::1%a.com", "１２７.0.0.1",
     "127。0。0。1", "a" * 300, "..", "a..b"],
)  # fmt: skip
def test_a_name_that_leads_inside_by_its_looks_is_not_public(host: str) -> None:
    assert not is_public(host)


@pytest.mark.parametrize(
    "host", ["example.com", "EXAMPLE.com.", "bücher.example.org", "1.example.net"]
)
def test_other_names_are(host: str) -> None:
    assert is_public(host)


@pytest.mark.parametrize("text", ["", "example.com", "1.2.3", "::g", "127.1"])
def test_what_is_no_address_is_no_public_one(text: str) -> None:
    assert not is_public_address(text)
