"""What messages of the library call its arguments in the service: as fields of a request."""

from __future__ import annotations

from tagnorm.arguments import Value

__all__ = ["field_name"]


def field_name(name: str, value: Value = None) -> str:
    """The field of a request that is an argument of the library, with a value for it.

    >>> field_name("encoding"), field_name("on_error", "report"), field_name("columns", [" TAGS"])
    ('encoding', 'on_error=report', "column=' TAGS'")
    """
    field = "column" if name == "columns" else name
    if value is None:
        return field
    (text,) = (value,) if isinstance(value, str) else value
    return f"{field}={text if text.isidentifier() and text.isascii() else ascii(text)}"
