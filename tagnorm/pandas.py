"""The pandas accessor: import this module, and every Series of text has `.tagnorm`.

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

from typing import Any, Unpack

import pandas as pd

from tagnorm.columns import resolve_column, split_column
from tagnorm.options import AnyOptions

__all__ = ["TagnormAccessor"]


@pd.api.extensions.register_series_accessor("tagnorm")
class TagnormAccessor:
    """`series.tagnorm`: `tagnorm.split_column` and `tagnorm.resolve_column` of a Series."""

    def __init__(self, series: pd.Series[Any]) -> None:
        self._series = series

    def split(self, **options: Unpack[AnyOptions]) -> pd.Series[Any]:
        """The tags of every row as `list<string>` on Arrow, with the Series' name and index.

        The options are those of `tagnorm.options`.

        >>> import pandas as pd
        >>> pd.Series(["PGVO, PELOSI", None]).tagnorm.split(unresolved="drop").tolist()
        [['PGOV'], <NA>]

        Raises:
            TypeError: a row holds something else than text; the error names it.
            UnresolvedError: a row holds something unresolved, and `unresolved` is "raise".
            ValueError: an option has a value that it does not take.
        """
        return split_column(self._series, **options)

    def resolve(self, **options: Unpack[AnyOptions]) -> pd.DataFrame:
        """Tags, status, confidence and unresolved pieces of every row, with the Series' index.

        The options are those of `tagnorm.options`.

        >>> import pandas as pd
        >>> pd.Series(["PRELPGOV", "PELOSI"]).tagnorm.resolve()["status"].tolist()
        ['concatenated', 'unresolved']

        Raises:
            TypeError, UnresolvedError, ValueError: as `split`.
        """
        return resolve_column(self._series, **options)
