"""Amounts of money for people."""

from decimal import ROUND_HALF_UP, Decimal, localcontext

from components.i18n import t

_LEAST = Decimal("0.0001")
_DIGITS = 60  # of working precision, so that no amount is too long to be rounded


def format_money(amount: Decimal | None, lang: str) -> str:
    """USD with as many digits as mean something: $12.40, $0.12, $0.0021, <$0.0001, $0.

    Cents from one dollar on, below it two significant digits. Negative amounts (a saving) carry
    a minus. "" for None: what is said of an unknown amount is up to the caller.
    """
    return format_in(amount, "$", 2, lang)


def format_range(low: Decimal | None, high: Decimal | None, lang: str) -> str:
    """ "$0.0190 to $0.0236" in USD; see range_in."""
    return range_in(low, high, "$", 2, lang)


def range_in(
    low: Decimal | None,
    high: Decimal | None,
    symbol: str,
    decimals: int,
    lang: str,
    least: Decimal = _LEAST,
) -> str:
    """Both ends with the decimals that keep three digits of the lower, which isn't negative.

    One amount, as format_in has it, where they don't differ in those; "" when one isn't known.
    """
    if low is None or high is None:
        return ""
    if low < least:
        return format_in(high, symbol, decimals, lang, least)
    places = max(decimals, 2 - low.adjusted())
    texts = [_fixed(amount, places) for amount in (low, high)]
    if texts[0] == texts[1]:
        return format_in(high, symbol, decimals, lang, least)
    ends = [t(lang, "pricing.money.amount", sign="", symbol=symbol, digits=each) for each in texts]
    return t(lang, "pricing.money.range", low=ends[0], high=ends[1])


def format_in(
    amount: Decimal | None, symbol: str, decimals: int, lang: str, least: Decimal = _LEAST
) -> str:
    """An amount of a currency with that symbol and so many decimals, as format_money does; less
    than `least` is only said to be so."""
    if amount is None:
        return ""
    if amount == 0:
        return t(lang, "pricing.money.amount", sign="", symbol=symbol, digits="0")
    sign, size = ("-" if amount < 0 else ""), abs(amount)
    if size < least:
        return t(lang, "pricing.money.below", sign=sign, symbol=symbol, digits=f"{least:f}")
    digits = _digits(size, decimals)
    return t(lang, "pricing.money.amount", sign=sign, symbol=symbol, digits=digits)


def _digits(size: Decimal, decimals: int) -> str:
    # adjusted() is the place of the first digit: 0.0021 -> -3, so two digits end at place 4.
    places = max(decimals, 1 - size.adjusted())
    whole, _, fraction = _fixed(size, places).partition(".")
    fraction = fraction.rstrip("0").ljust(decimals, "0")
    return f"{whole}.{fraction}" if fraction else whole


def _fixed(size: Decimal, places: int) -> str:
    with localcontext() as context:
        context.prec = _DIGITS
        rounded = size.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{rounded:,}"
