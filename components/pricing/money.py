"""Amounts of money for people."""

from decimal import ROUND_HALF_UP, Decimal

from components.i18n import t

_LEAST = Decimal("0.0001")


def format_money(amount: Decimal | None, lang: str) -> str:
    """USD with as many digits as mean something: $12.40, $0.12, $0.0021, <$0.0001, $0.

    Cents from one dollar on, below it two significant digits. Negative amounts (a saving) carry
    a minus. "" for None: what is said of an unknown amount is up to the caller.
    """
    if amount is None:
        return ""
    if amount == 0:
        return t(lang, "pricing.money.amount", sign="", digits="0")
    sign, size = ("-" if amount < 0 else ""), abs(amount)
    if size < _LEAST:
        return t(lang, "pricing.money.below", sign=sign, digits=f"{_LEAST}")
    return t(lang, "pricing.money.amount", sign=sign, digits=_digits(size))


def _digits(size: Decimal) -> str:
    # adjusted() is the place of the first digit: 0.0021 -> -3, so two digits end at place 4.
    places = max(2, 1 - size.adjusted())
    rounded = size.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    whole, _, fraction = f"{rounded:,}".partition(".")
    return f"{whole}.{fraction.rstrip('0').ljust(2, '0')}"
