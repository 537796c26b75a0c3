"""The pandas accessors: import this module, and every Series and DataFrame has `.tagnorm`.

>>> import pandas as pd
>>> import tagnorm.pandas
>>> cables = pd.DataFrame({"cable": [7, 8], "tags": ["PRELPGOV", None]})
>>> cables["codes"] = cables["tags"].tagnorm.split()
>>> cables.explode("codes")[["cable", "codes"]]
   cable codes
0      7  PREL
0      7  PGOV
1      8  <NA>
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any, Unpack

from tagnorm.arguments import checked_names
from tagnorm.columns import resolve_column, split_column
from tagnorm.columns.layout import Lists
from tagnorm.columns.naming import answer_names, check_column, check_name
from tagnorm.extras import needing
from tagnorm.options import AnyOptions

with needing("pandas"):
    import narwhals  # noqa: F401 -- what turns columns into Arrow and back; told of now, not later
    import pandas as pd
    import pyarrow  # noqa: F401

__all__ = ["TagnormAccessor", "TagnormFrameAccessor"]


@pd.api.extensions.register_series_accessor("tagnorm")
class TagnormAccessor:
    """`series.tagnorm`: `tagnorm.split_column` and `tagnorm.resolve_column` of a Series."""

    def __init__(self, series: pd.Series[Any]) -> None:
        self._series = series

    @checked_names
    def split(
        self,
        *,
        separator: str | None = None,
        lists: Lists = "arrow",
        **options: Unpack[AnyOptions],
    ) -> pd.Series[Any]:
        """The tags of every row as `list<string>` on Arrow, with the Series' name and index.

        The arguments are those of `tagnorm.split_column`.

        >>> import pandas as pd
        >>> tags = pd.Series(["PGVO, PELOSI", None])
        >>> tags.tagnorm.split(unresolved="drop").tolist()
        [['PGOV'], <NA>]
        >>> tags.tagnorm.split(separator="; ")[0]
        'PGOV; PELOSI'

        Raises:
            TypeError: a row holds something else than text; the error names it.
            UnresolvedError: a row holds something unresolved, and `unresolved` is "raise".
            ValueError: an option has a value that it does not take.
        """
        return split_column(self._series, separator=separator, lists=lists, **options)

    @checked_names
    def resolve(
        self,
        *,
        separator: str | None = None,
        lists: Lists = "arrow",
        **options: Unpack[AnyOptions],
    ) -> pd.DataFrame:
        """Tags, status, confidence and unresolved pieces of every row, with the Series' index.

        The arguments are those of `tagnorm.resolve_column`.

        >>> import pandas as pd
        >>> pd.Series(["PRELPGOV", "PELOSI"]).tagnorm.resolve()["status"].tolist()
        ['concatenated', 'unresolved']

        Raises:
            TypeError, UnresolvedError, ValueError: as `split`.
        """
        return resolve_column(self._series, separator=separator, lists=lists, **options)


@pd.api.extensions.register_dataframe_accessor("tagnorm")
class TagnormFrameAccessor:
    """`frame.tagnorm`: the same for a column of a DataFrame, which comes back with the answers."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self._frame = frame

    @checked_names
    def split(
        self,
        column: Hashable,
        *,
        output: Hashable = None,
        separator: str | None = None,
        lists: Lists = "arrow",
        **options: Unpack[AnyOptions],
    ) -> pd.DataFrame:
        """The frame with the tags of a column, in `output` or in its place; all else as it is.

        Names may be whatever names a column: text, a number, a tuple of a name of several levels.

        >>> import pandas as pd
        >>> pd.DataFrame({"id": [7], "tags": ["PRELPGOV"]}).tagnorm.split("tags", separator=" ")
           id       tags
        0   7  PREL PGOV

        Raises:
            ValueError: there is not one column of that name, or an option does not take its value.
            TypeError, UnresolvedError: as `split` of a Series.
        """
        check_column(column, list(self._frame.columns))
        check_name("output", output)
        tags = split_column(self._frame[column], separator=separator, lists=lists, **options)
        return self._with({column if output is None else output: tags})

    @checked_names
    def resolve(
        self,
        column: Hashable,
        *,
        output: Hashable = None,
        separator: str | None = None,
        lists: Lists = "arrow",
        **options: Unpack[AnyOptions],
    ) -> pd.DataFrame:
        """The frame with four more columns: `tags_tags`, `tags_status` and so on for `tags`.

        `output` is what their names begin with in place of the column's own. Of a name of several
        levels, it is the last that is continued.

        >>> import pandas as pd
        >>> found = pd.DataFrame({"id": [7], "raw": ["PELOSI"]}).tagnorm.resolve("raw", output="my")
        >>> list(found), found["my_status"].tolist()
        (['id', 'raw', 'my_tags', 'my_status', 'my_confidence', 'my_unresolved'], ['unresolved'])

        Raises:
            ValueError: there is not one column of that name, or a new one is there already; or an
                option does not take its value.
            TypeError, UnresolvedError: as `resolve` of a Series.
        """
        check_column(column, list(self._frame.columns))
        names = answer_names(column if output is None else output, list(self._frame.columns))
        found = resolve_column(self._frame[column], separator=separator, lists=lists, **options)
        return self._with({new: found[name] for name, new in names.items()})

    def _with(self, columns: Mapping[Hashable, pd.Series[Any]]) -> pd.DataFrame:
        """The frame with some columns more; their names may be numbers, which `assign` refuses."""
        made = self._frame.assign()
        for name, values in columns.items():
            made[name] = values
        return made
