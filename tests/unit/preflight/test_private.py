"""Card numbers, identity numbers, keys and mail addresses in texts."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.preflight.private import find_private, is_chinese_id, luhn

DIGITS = st.text("0123456789", min_size=1)


def kinds(text: str) -> list[str]:
    return [one.kind for one in find_private(text)]


def with_luhn(digits: str) -> str:
    return next(digits + last for last in "0123456789" if luhn(digits + last))


def with_checksum(seventeen: str) -> str:
    return next(seventeen + last for last in "0123456789X" if is_chinese_id(seventeen + last))


@given(st.text("0123456789", min_size=14, max_size=14))
def test_every_valid_visa_number_is_found_in_groups_of_four(rest: str) -> None:
    number = with_luhn("4" + rest)
    if len(set(number)) > 1:
        spaced = " ".join(number[at : at + 4] for at in range(0, 16, 4))
        assert kinds(f"pay with {spaced}, please") == ["card"]
        assert kinds(number) == ["card"]


@given(st.text("0123456789", min_size=14, max_size=14), st.integers(1, 9))
def test_a_card_number_with_one_wrong_digit_is_none(rest: str, by: int) -> None:
    number = with_luhn("5" + "2" + rest)
    wrong = number[:-1] + str((int(number[-1]) + by) % 10)
    assert "card" not in kinds(wrong)


@given(
    st.dates(date(1920, 1, 1), date(2025, 12, 31)),
    st.sampled_from(["110105", "310101", "440305", "650102"]),
    st.integers(0, 999),
)
def test_every_valid_chinese_identity_number_is_found(born: date, region: str, serial: int) -> None:
    number = with_checksum(f"{region}{born:%Y%m%d}{serial:03d}")
    assert kinds(f"身份证号码：{number}。") == ["id"]
    assert kinds(number.lower()) == ["id"]


@given(st.dates(date(1920, 1, 1), date(2025, 12, 31)), st.integers(1, 9))
def test_a_wrong_checksum_is_no_identity_number(born: date, by: int) -> None:
    number = with_checksum(f"110105{born:%Y%m%d}123")
    order = "0123456789X"
    wrong = number[:-1] + order[(order.index(number[-1]) + by) % 11]
    assert "id" not in kinds(wrong)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("378282246310005", "card"),
        ("3782 822463 10005", "card"),
        ("6200 0000 0000 0005", "card"),
        ("SSN 219-09-9999", "id"),
        ("OPENAI_API_KEY=sk-proj-abcDEF0123456789ghiJKL", "key"),
        ("aws AKIAIOSFODNN7EXAMPLE", "key"),
        ("ghp_0123456789abcdefghijABCDEFGHIJ012345", "key"),
        ("-----BEGIN RSA PRIVATE KEY-----", "key"),
        ("-----BEGIN PRIVATE KEY-----", "key"),
        ("write to jo.bloggs+x@mail.example.co.uk", "mail"),
        ("邮箱：li@example.cn，谢谢", "mail"),
    ],
)
def test_private_text_is_found(text: str, kind: str) -> None:
    assert kinds(text) == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "0000 0000 0000 0000",
        "ISBN 978-3-16-148410-0",
        "order 1234567890123456",
        "call 030 1234 5678 or 138 0013 8000",
        "219-09-99999",
        "000-12-3456",
        "666-12-3456",
        "110105194913310020",  # no such month
        "a sk-inny risk-taking person",
        "the desk-organizer-for-everyone-2000",
        "AKIAMARU restaurant",
        "meet @ 10:30",
        "@someone said",
        "19491231 and 20260101",
    ],
)
def test_what_only_looks_like_it_is_left_alone(text: str) -> None:
    assert kinds(text) == []


@given(st.text(max_size=300))
def test_any_text_can_be_looked_at(text: str) -> None:
    for found in find_private(text):
        assert 0 <= found.start < found.end <= len(text)


def test_what_was_found_is_not_kept() -> None:
    (found,) = find_private("sk-abcdefghijklmnop0123")
    assert "abcdef" not in repr(found)
