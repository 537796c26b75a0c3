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

from os import PathLike
from typing import TYPE_CHECKING

import pandas as pd

from tagnorm.columns import resolve_column, split_column

if TYPE_CHECKING:
    from tagnorm.decisions.store import Decisions
    from tagnorm.normalizer import Normalizer, Unresolved
    from tagnorm.vocabulary.codes import Taxonomy

__all__ = ["TagnormAccessor"]


@pd.api.extensions.register_series_accessor("tagnorm")
class TagnormAccessor:
    """`series.tagnorm`: `tagnorm.split_column` and `tagnorm.resolve_column` of a Series."""

    def __init__(self, series: pd.Series) -> None:
        self._series = series

    def split(
        self,
        *,
        unresolved: Unresolved = "keep",
        min_confidence: float = 0.0,
        unique: bool = False,
        normalizer: Normalizer | None = None,
        taxonomy: Taxonomy | str | PathLike[str] | None = None,
        decisions: Decisions | str | PathLike[str] | None = None,
    ) -> pd.Series:
        """The tags of every row as `list<string>` on Arrow, with the Series' name and index.

        The options are those of `tagnorm.split_column`.

        >>> import pandas as pd
        >>> pd.Series(["PGVO, PELOSI", None]).tagnorm.split(unresolved="drop").tolist()
        [['PGOV'], <NA>]

        Raises:
            TypeError: a row holds something else than text; the error names it.
            UnresolvedError: a row holds something unresolved, and `unresolved` is "raise".
            ValueError: an option has a value that it does not take.
        """
        return split_column(
            self._series,
            unresolved=unresolved,
            min_confidence=min_confidence,
            unique=unique,
            normalizer=normalizer,
            taxonomy=taxonomy,
            decisions=decisions,
        )

    def resolve(
        self,
        *,
        min_confidence: float = 0.0,
        unique: bool = False,
        normalizer: Normalizer | None = None,
        taxonomy: Taxonomy | str | PathLike[str] | None = None,
        decisions: Decisions | str | PathLike[str] | None = None,
    ) -> pd.DataFrame:
        """Tags, status, confidence and unresolved pieces of every row, with the Series' index.

        The options are those of `tagnorm.resolve_column`.

        >>> import pandas as pd
        >>> pd.Series(["PRELPGOV", "PELOSI"]).tagnorm.resolve()["status"].tolist()
        ['concatenated', 'unresolved']

        Raises:
            TypeError: a row holds something else than text; the error names it.
            ValueError: an option has a value that it does not take.
        """
        return resolve_column(
            self._series,
            min_confidence=min_confidence,
            unique=unique,
            normalizer=normalizer,
            taxonomy=taxonomy,
            decisions=decisions,
        )
