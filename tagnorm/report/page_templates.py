"""The templates of pages: text with holes such as `{{ title }}`, filled with HTML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

__all__ = ["filled", "template"]

_HOLE = re.compile(r"\{\{ (\w+) \}\}")


@cache
def template(package: str, name: str) -> str:
    """The text of a file in the folder `templates` of a package.

    >>> "{{ title }}" in template("tagnorm.report", "report.html")
    True
    """
    return files(package).joinpath("templates", name).read_text(encoding="utf-8")


def filled(package: str, name: str, parts: Mapping[str, str]) -> str:
    """A template with its holes filled; the parts are HTML already.

    Raises:
        KeyError: a hole has no part.
    """
    return _HOLE.sub(lambda match: parts[match[1]], template(package, name))
