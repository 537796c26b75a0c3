"""What stands in Arrow columns of any type, as Python values that JSON has, and as text.

Nothing is rounded and nothing depends on what else is installed: PyArrow's own values lose
nanoseconds, or need pandas for them, and know no year behind 9999.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tagnorm.columns.arrays import taken
from tagnorm.columns.kinds import is_binary, is_list

__all__ = ["as_json", "decoded", "text_of", "twin_fields", "values_of"]

_PER_SECOND = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}
_DAY = 86_400
_EPOCH = datetime.date(1970, 1, 1).toordinal()
# Days of four hundred years, after which the calendar begins again.
_CYCLE_YEARS, _CYCLE_DAYS = 400, 146_097
_encoder = json.JSONEncoder(ensure_ascii=False, default=str, allow_nan=False)
_OUT_OF_RANGE = "<value out of range"


def values_of(column: pa.Array) -> list[Any]:
    """The values of a column, as JSON has them: what it has no type for is text.

    >>> values_of(pa.array([1500], pa.time64("ns"))), values_of(pa.array([b"x"]))
    (['00:00:00.000001500'], ['78'])
    """
    if _is_plain(column.type):
        found: list[Any] = column.to_pylist()
        return found
    return [_value(scalar) for scalar in column]


def text_of(column: pa.Array) -> pa.Array:
    """A column as text, as CSV has it; null stays null.

    Numbers, dates and the like are written as Arrow writes them, lists and structs as JSON.
    """
    kind = column.type
    if pa.types.is_string(kind):
        return column
    if pa.types.is_dictionary(kind):
        return text_of(taken(column.dictionary, column.indices))
    if not is_binary(kind) and not isinstance(kind, pa.BaseExtensionType):
        try:
            text = pc.cast(column, pa.string())
            return _with_misfits(text, column) if _may_be_out_of_range(kind) else text
        except (pa.ArrowNotImplementedError, pa.ArrowInvalid):
            pass
    texts = [None if v is None else v if type(v) is str else as_json(v) for v in values_of(column)]
    return pa.array(texts, pa.string())


def as_json(value: Any) -> str:
    """A value as JSON; no number is null."""
    try:
        return _encoder.encode(value)
    except ValueError:
        return _encoder.encode(_without_nan(value))


def decoded(column: pa.Array) -> pa.Array:
    """A column without an encoding by runs, which Arrow can do little with."""
    return pc.run_end_decode(column) if pa.types.is_run_end_encoded(column.type) else column


def twin_fields(kind: pa.DataType) -> str | None:
    """The name that two fields of a struct share, in a type or within it; else None."""
    if pa.types.is_struct(kind):
        names = [kind.field(at).name for at in range(kind.num_fields)]
        twins = sorted({name for name in names if names.count(name) > 1})
        if twins:
            return str(twins[0])
    inner = (twin_fields(kind.field(at).type) for at in range(kind.num_fields))
    return next((found for found in inner if found is not None), None)


def _is_plain(kind: pa.DataType) -> bool:
    """Whether PyArrow's own values are the ones that JSON has."""
    types = pa.types
    if types.is_list(kind) or types.is_large_list(kind) or types.is_fixed_size_list(kind):
        return _is_plain(kind.value_type)
    if types.is_dictionary(kind):
        return _is_plain(kind.value_type)
    if types.is_struct(kind):
        return all(_is_plain(kind.field(at).type) for at in range(kind.num_fields))
    return bool(
        types.is_boolean(kind)
        or types.is_integer(kind)
        or types.is_float32(kind)
        or types.is_float64(kind)
        or types.is_string(kind)
        or types.is_large_string(kind)
        or types.is_string_view(kind)
        or types.is_null(kind)
    )


def _value(scalar: pa.Scalar) -> Any:
    """A value as JSON has it."""
    if not scalar.is_valid:
        return None
    kind = scalar.type
    for is_of, value in _WAYS:
        if is_of(kind):
            return value(scalar)
    return _plain(scalar.as_py())


def _list(scalar: pa.Scalar) -> list[Any]:
    return [_value(one) for one in scalar.values]


def _map(scalar: pa.Scalar) -> list[list[Any]]:
    return [[_value(pair["key"]), _value(pair["value"])] for pair in scalar.values]


def _struct(scalar: pa.Scalar) -> dict[str, Any]:
    kind = scalar.type
    return {kind.field(at).name: _value(scalar[at]) for at in range(kind.num_fields)}


def _entry(scalar: pa.Scalar) -> Any:
    return _value(scalar.dictionary[scalar.index.as_py()])


def _inner(scalar: pa.Scalar) -> Any:
    value = getattr(scalar, "value", None)
    return _value(value) if isinstance(value, pa.Scalar) else _plain(scalar.as_py())


def _day(scalar: pa.Scalar) -> str:
    return _date(scalar.value // (1 if pa.types.is_date32(scalar.type) else _DAY * 1000))


def _time(scalar: pa.Scalar) -> str:
    if scalar.type.unit == "ns" and scalar.value % 1000:
        return str(pc.cast(scalar, pa.string()).as_py())
    return str(scalar.as_py().isoformat())


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if value is None or isinstance(value, str | int | float):
        return value
    return float(value) if type(value).__module__ == "numpy" else str(value)


def _timestamp(scalar: pa.Scalar) -> str:
    unit, zone = scalar.type.unit, scalar.type.tz
    value = scalar.value
    left = value % 1000 if unit == "ns" else 0
    micro = scalar
    if unit == "ns":
        micro = pa.scalar(value // 1000, pa.int64()).cast(pa.timestamp("us", zone))
    try:
        when = micro.as_py()
    except (OverflowError, ValueError):
        return _instant(value, unit) + ("+00:00" if zone else "")
    if not left:
        return str(when.isoformat())
    naive = when.replace(tzinfo=None).isoformat(timespec="microseconds")
    return f"{naive}{left:03}{when.isoformat()[len(when.replace(tzinfo=None).isoformat()) :]}"


def _instant(value: int, unit: str) -> str:
    """A moment of any year."""
    seconds, part = divmod(value, _PER_SECOND[unit])
    days, rest = divmod(seconds, _DAY)
    clock = f"{rest // 3600:02}:{rest // 60 % 60:02}:{rest % 60:02}"
    digits = len(str(_PER_SECOND[unit])) - 1
    return f"{_date(days)}T{clock}" + (f".{part:0{digits}}" if part else "")


def _date(days: int) -> str:
    """A day of any year, counted from 1970; years are as ISO 8601 has them, with a year 0."""
    cycles, ordinal = divmod(days + _EPOCH - 1, _CYCLE_DAYS)
    day = datetime.date.fromordinal(ordinal + 1)
    year = day.year + _CYCLE_YEARS * cycles
    return f"{'-' if year < 0 else ''}{abs(year):04}-{day.month:02}-{day.day:02}"


def _duration(scalar: pa.Scalar) -> str:
    value, unit = scalar.value, scalar.type.unit
    part = value % 1000 if unit == "ns" else 0
    micro = value // 1000 if unit == "ns" else value * (10**6 // _PER_SECOND[unit])
    try:
        text = str(datetime.timedelta(microseconds=micro))
    except OverflowError:
        return f"{value} {unit}"
    if not part:
        return text
    return f"{text if '.' in text else f'{text}.000000'}{part:03}"


def _interval(scalar: pa.Scalar) -> str:
    """Months, days and nanoseconds as ISO 8601 has them."""
    months, days, nanoseconds = scalar.as_py()
    sign = "-" if nanoseconds < 0 else ""
    seconds, part = divmod(abs(nanoseconds), 10**9)
    return f"P{months}M{days}DT{sign}{seconds}" + (f".{part:09}" if part else "") + "S"


def _may_be_out_of_range(kind: pa.DataType) -> bool:
    return bool(pa.types.is_date(kind) or pa.types.is_timestamp(kind))


def _with_misfits(text: pa.Array, column: pa.Array) -> pa.Array:
    """The texts of moments, with those in them for which Arrow has no words."""
    is_misfit = pc.starts_with(text, _OUT_OF_RANGE)
    if not pc.any(is_misfit).as_py():
        return text
    instead = [_value(scalar) for scalar in column.filter(is_misfit)]
    return pc.replace_with_mask(text, is_misfit, pa.array(instead, pa.string()))


def _without_nan(value: Any) -> Any:
    if isinstance(value, float):
        return value if value - value == 0 else None
    if isinstance(value, dict):
        return {name: _without_nan(v) for name, v in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_without_nan(v) for v in value]
    return value


# The types whose values JSON has not, or PyArrow has not in full, and what is written for one.
_WAYS: tuple[tuple[Callable[[pa.DataType], bool], Callable[[pa.Scalar], Any]], ...] = (
    (pa.types.is_dictionary, _entry),
    (pa.types.is_map, _map),
    (is_list, _list),
    (pa.types.is_struct, _struct),
    (pa.types.is_timestamp, _timestamp),
    (pa.types.is_date, _day),
    (pa.types.is_time, _time),
    (pa.types.is_duration, _duration),
    (pa.types.is_interval, _interval),
    (pa.types.is_union, _inner),
    (pa.types.is_run_end_encoded, _inner),
)
