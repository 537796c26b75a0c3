"""What a cleaned file looks like: which columns are cleaned, and where their tags go."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from tagnorm.arguments import argument
from tagnorm.errors import FormatError

__all__ = ["STATUS", "Plan"]

# The columns that `status` adds, by the ends of their names.
STATUS = ("_status", "_confidence")


@attrs.frozen
class Plan:
    """Which columns are cleaned and how the tags are laid out.

    * `suffix` -- empty: the tags take the place of the raw strings; else they stand behind them,
      in a column with this at the end of its name;
    * `separator` -- what parts the tags where a cell is text;
    * `explode` -- one row for each tag; a row without a tag stays one row;
    * `status` -- two more columns for each: the status and the confidence of the answer;
    * `escape_formulas` -- in text, `'` stands before a cell that a spreadsheet would run.
    """

    columns: tuple[str, ...]
    suffix: str = ""
    separator: str = ";"
    explode: bool = False
    status: bool = False
    escape_formulas: bool = False

    def __attrs_post_init__(self) -> None:
        """See to it that no two of the new columns have one name.

        Raises:
            FormatError: two have.
        """
        new = self.all_new_names()
        twice = next((name for name in new if new.count(name) > 1), None)
        if twice is not None:
            raise FormatError(
                f"two new columns would be called {twice!r}; pass another {argument('suffix')}"
            )

    def names(self, names: Sequence[str], where: str = "") -> list[str]:
        """The names of the columns of the output; `where` they stand begins an error.

        Raises:
            FormatError: the input has a column already with the name of a new one.
        """
        found = []
        for name in names:
            found.append(name)
            if name in self.columns:
                new = self.new_names(name)
                taken = [one for one in new if one in names]
                if taken:
                    raise self.taken(taken[0], where)
                found += new
        return found

    def new_names(self, name: str) -> list[str]:
        """What comes behind a cleaned column."""
        new = [name + self.suffix] if self.suffix else []
        return new + ([name + end for end in STATUS] if self.status else [])

    def all_new_names(self) -> list[str]:
        """What comes behind the cleaned columns."""
        return [new for name in self.columns for new in self.new_names(name)]

    def taken(self, name: str, where: str = "") -> FormatError:
        """The error for a new column whose name the input has already."""
        is_status = self.status and name not in [one + self.suffix for one in self.columns]
        remedy = f"rename it, or leave out {argument('status')}"
        if not is_status:
            remedy = f"pass another {argument('suffix')}"
        return FormatError(f"{where}there is a column {name!r} already; {remedy}")
