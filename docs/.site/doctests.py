"""Shows the examples of docstrings as code: a doctest in the text is put between fences."""

from __future__ import annotations

import re
from typing import Any

import griffe

EXAMPLE = re.compile(r"(?:^[ ]*>>> .*\n?(?:^[ ]*\S.*\n?)*(?:\n(?=[ ]*>>> ))?)+", re.MULTILINE)


def fenced(text: str) -> str:
    """The text with its examples between fences.

    >>> print(fenced("One line.\\n\\n>>> 1 + 1\\n2"))
    One line.
    <BLANKLINE>
    ```pycon
    >>> 1 + 1
    2
    ```
    """
    return EXAMPLE.sub(lambda found: f"```pycon\n{found[0].rstrip()}\n```\n", text).rstrip()


class Doctests(griffe.Extension):
    """Runs over everything that is documented."""

    def on_object(self, *, obj: griffe.Object, **_: Any) -> None:
        """Called for everything that has a name."""
        if obj.docstring:
            obj.docstring.value = fenced(obj.docstring.value)
