"""Columns that an attempt and a comparison's cell share: what an answer used, and how it ended.

Fresh ones on each call, because a Column belongs to one table.
"""

from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Integer

from db.engine.column_types import ExactDecimal, Name, Words


def used() -> tuple[Column[Any], ...]:
    """Money and tokens, and what was expected of them."""
    return (
        Column("cost", ExactDecimal),
        Column("usage_source", Name, nullable=False),
        Column("input_tokens", BigInteger),
        Column("cached_tokens", BigInteger),
        Column("output_tokens", BigInteger),
        Column("reasoning_tokens", BigInteger),
        Column("cache_write_tokens", BigInteger),
        Column("image_tokens", BigInteger),
        Column("estimated_input_tokens", BigInteger),
        Column("estimated_cost", ExactDecimal),
    )


def reasoning() -> Column[Any]:
    """What the model thought. Last in its table: it can be long, and few rows are read for it."""
    return Column("reasoning", Words, nullable=False, server_default="")


def ended() -> tuple[Column[Any], ...]:
    """Who answered, how it ended, and how long it took (ms)."""
    return (
        Column("model_answered", Words),
        Column("streamed", Boolean),
        Column("finish_reason", Words),
        Column("code", Name),
        Column("status", Integer),
        Column("request_id", Words),
        Column("attempts", Integer, nullable=False),
        Column("ms_first", BigInteger),
        Column("ms_total", BigInteger),
    )
