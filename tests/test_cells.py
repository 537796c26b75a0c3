"""The values of a column mean the same whatever holds them, for all that counts them."""

from __future__ import annotations

import pytest

pa = pytest.importorskip("pyarrow")
np = pytest.importorskip("numpy")
pd = pytest.importorskip("pandas")
pl = pytest.importorskip("polars")

from tagnorm import Normalizer  # noqa: E402
from tagnorm.cells import counted  # noqa: E402
from tagnorm.report import report_column  # noqa: E402

VALUES = ["PREL", None, "PELOSI", "PREL"]
LISTS = [["PREL", None, "PGOV"], None, []]
MAKERS = {
    "list": list,
    "tuple": tuple,
    "generator": iter,
    "numpy": lambda values: np.array(values, dtype=object),
    "arrow": pa.array,
    "arrow in chunks": lambda values: pa.chunked_array([pa.array(values)]),
    "pandas": pd.Series,
    "pandas on arrow": lambda values: pd.Series(values, dtype=pd.ArrowDtype(pa.array(values).type)),
    "polars": pl.Series,
}


@pytest.mark.parametrize("kind", MAKERS)
def test_a_column_of_any_library_is_counted_alike(kind: str) -> None:
    assert counted(MAKERS[kind](VALUES)) == ({"PREL": 2, "PELOSI": 1}, 1)


@pytest.mark.parametrize("kind", sorted(MAKERS.keys() - {"numpy"}))
def test_a_list_is_one_field_and_an_empty_one_an_empty_field(kind: str) -> None:
    assert counted(MAKERS[kind](LISTS)) == ({"PREL; PGOV": 1, "": 1}, 1)


def test_what_was_counted_is_taken_as_it_is() -> None:
    assert counted({"PREL": 3, "PGOV": 0}) == ({"PREL": 3}, 0)
    assert report_column({"PREL": 3}).figures["rows"]["all"] == 3


@pytest.mark.parametrize("take", [counted, report_column, Normalizer(["PREL"]).fit])
@pytest.mark.parametrize(
    "wrong",
    ["PREL", b"PREL", 7, None, ["PREL", 7], [["PREL", 7]], {7: 1}, {"PREL": ["A"]},
     pd.DataFrame({"PREL": ["A"]}), pl.DataFrame({"PREL": ["A"]}), pa.table({"PREL": ["A"]})],
)  # fmt: skip
def test_what_is_no_column_of_text_is_refused(take, wrong: object) -> None:
    with pytest.raises(TypeError, match="text"):
        take(wrong)
