"""Every surface takes every option, by the same name, and means the same by it."""

from __future__ import annotations

import importlib
import inspect
import math
from decimal import Decimal as Number

import attrs
import pytest
from column_backends import RESOLVE, SCALAR, SLOW_TO_START, SPLIT, needs, params, random_fields
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import tagnorm
from tagnorm.choice import choose
from tagnorm.decisions.store import Decision, Decisions
from tagnorm.options import Options

_split, _resolve = SCALAR
_FIELDS = [*random_fields(300), "PREL PGOV PREL", "PGVO, PELOSI", "KWHG", "", None, "ECON ECNO"]
_ON_THE_COMMAND_LINE = ("command line, JSON lines", "command line, Parquet")
_QUICK = {name: one for name, one in SPLIT.items() if name not in SLOW_TO_START}


@pytest.fixture(scope="module")
def paths(tmp_path_factory):
    """A vocabulary and a file of decisions, as paths."""
    folder = tmp_path_factory.mktemp("options")
    rows = ["code\tname\tstatus\treplaced_by\tsource"]
    rows += [f"{code.tag}\t\tcurrent\t\tmade up" for code in list(tagnorm.Taxonomy.load())[::3]]
    (folder / "own").mkdir()
    (folder / "own" / "codes.tsv").write_text("\n".join([*rows, ""]), encoding="utf-8")
    Decisions([Decision("PELOSI", ["PGOV"]), Decision("PGVO", [])]).save(folder / "decisions.tsv")
    return folder


CASES = {
    "drop": {"unresolved": "drop"},
    "sure": {"min_confidence": 0.9},
    "sure and drop": {"min_confidence": 0.9, "unresolved": "drop"},
    "unique": {"unique": True},
    "unique, sure and drop": {"unique": True, "min_confidence": 0.5, "unresolved": "drop"},
    "decisions": {"decisions": "decisions.tsv"},
    "taxonomy": {"taxonomy": "own"},
    "keep": {"keep": ["PGVO", "ECON"]},
    "era": {"era": "1973-1979"},
    "all": {"keep": ["ECON"], "decisions": "decisions.tsv", "unique": True, "min_confidence": 0.7},
}


def test_what_a_file_is_is_said_by_the_same_names_everywhere() -> None:
    pytest.importorskip("pyarrow")
    form = pytest.importorskip("tagnorm.cli.input_form").InputForm
    files = importlib.import_module("tagnorm.files")
    names = importlib.import_module("tagnorm.files.interface").FORM_OPTIONS

    assert tuple(field.name for field in attrs.fields(form)) == names
    for function in (files.clean_file, files.read_column):
        taken = inspect.signature(function).parameters
        assert tuple(name for name in taken if name in names) == names


def _with_paths(options, folder):
    return {
        name: folder / value if name in ("taxonomy", "decisions") else value
        for name, value in options.items()
    }


def _cases(backends):
    for case, options in CASES.items():
        for one in params(backends):
            yield pytest.param(options, *one.values, id=f"{one.id}: {case}", marks=one.marks)


@pytest.mark.parametrize(("options", "split"), list(_cases(SPLIT)))
def test_an_option_means_the_same_wherever_a_column_is_split(options, split, paths) -> None:
    options = _with_paths(options, paths)

    assert _split(_FIELDS, **options) == split(_FIELDS, **options)


@pytest.mark.parametrize(("options", "resolve"), list(_cases(RESOLVE)))
def test_an_option_means_the_same_wherever_a_column_is_resolved(options, resolve, paths) -> None:
    options = _with_paths(options, paths)

    assert _resolve(_FIELDS, **options) == resolve(_FIELDS, **options)


@pytest.mark.parametrize("backend", params(_QUICK) + params(RESOLVE))
def test_a_normalizer_is_taken_in_place_of_what_it_is_made_of(backend) -> None:
    normalizer = tagnorm.Normalizer(keep=["PGVO"])

    assert backend(["PGVO"], normalizer=normalizer) == backend(["PGVO"], keep=["PGVO"])


_OPTIONS = st.fixed_dictionaries(
    {},
    optional={
        "unresolved": st.sampled_from(["keep", "drop"]),
        "min_confidence": st.sampled_from([0, 0.5, 0.9, 1.0]),
        "unique": st.booleans(),
        "keep": st.sampled_from([(), ("PGVO",), ["KWHG", "PRELPGOV"]]),
        "decisions": st.sampled_from([None, Decisions([Decision("PREL", ["SNAR", "SNAR"])])]),
    },
)
_SOME = st.lists(st.none() | st.sampled_from([field for field in _FIELDS if field]), max_size=6)


@pytest.mark.parametrize("split", params(_QUICK))
@pytest.mark.slow
def test_any_options_together_mean_the_same(split) -> None:
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(_SOME, _OPTIONS)
    def holds(fields, options) -> None:
        assert _split(fields, **options) == split(fields, **options)

    holds()


@pytest.mark.parametrize(
    "backend", params({k: v for k, v in SPLIT.items() if k not in _ON_THE_COMMAND_LINE})
)
def test_what_may_not_be_left_is_an_error_that_names_it(backend) -> None:
    assert backend(["PREL", None], unresolved="raise") == [["PREL"], None]
    with pytest.raises(Exception, match="cannot resolve 'PELOSI' in 'PREL, PELOSI'"):
        backend(["PREL, PELOSI"], unresolved="raise")


@pytest.mark.parametrize("backend", params(RESOLVE))
def test_resolving_may_be_told_to_raise_too(backend) -> None:
    assert backend(["PREL"], unresolved="raise") == _resolve(["PREL"])
    with pytest.raises(Exception, match="cannot resolve 'PELOSI' in 'PREL, PELOSI'"):
        backend(["PREL, PELOSI"], unresolved="raise")


BAD = {
    "a value that is none of three": ({"unresolved": "loose"}, "unresolved is 'loose'; it takes"),
    "a probability above 1": ({"min_confidence": 2}, "min_confidence is 2; it takes a number"),
    "a number of 400 digits": ({"min_confidence": 10**400}, "takes a number from 0 to 1"),
    "nan": ({"min_confidence": math.nan}, "min_confidence is nan; it takes a number from 0 to 1"),
    "a number as text": ({"min_confidence": "0.9"}, "min_confidence is '0.9', of type str; it"),
    "a truth value for a number": ({"min_confidence": True}, "min_confidence is True, of type b"),
    "no real number": (
        {"min_confidence": Number("0.9")},
        r"min_confidence is Decimal\('0.9'\), of",
    ),
    "a number for a truth value": ({"unique": 1}, "unique is 1, of type int; it takes True or"),
    "a string for several": ({"keep": "PGVO"}, r"keep is one string, 'PGVO', where several .*"),
    "a number among words": ({"keep": ["PGVO", 7]}, "keep holds 7, of type int; it takes strings"),
    "a blank word": ({"keep": ["PGVO", " "]}, "keep holds ' ', in which there is no word; leave"),
    "a number for words": ({"keep": 7}, "keep is 7; it takes several strings"),
    "a folder that is not there": ({"taxonomy": "no/such"}, r"no \*\.tsv file here|no such"),
    "no vocabulary": ({"taxonomy": 7}, "a vocabulary is a folder or file, strings"),
    "no decisions": ({"decisions": 7}, "decisions are 7, of type int; they are Decisions or"),
    "a normalizer and more": (
        {"normalizer": tagnorm.Normalizer(), "keep": ["PGVO"]},
        "a normalizer has its own .* give either the normalizer, or keep=",
    ),
    "no normalizer": ({"normalizer": "PREL"}, "normalizer is 'PREL', of type str; it takes"),
    "a name that there is not": ({"unresolve": "drop"}, "no option 'unresolve'; did you mean 'u"),
    "a name like none": ({"zzz": 1}, "no option 'zzz'; there are .*unresolved, min_confidence"),
}


def _surfaces():
    """Calls that have seen no text when they check their options."""

    def polars(**options):
        pl = importlib.import_module("polars")
        importlib.import_module("tagnorm.polars")
        pl.col("tags").tagnorm.split(**options)
        pl.col("tags").tagnorm.resolve(**options)

    def duckdb(**options):
        with importlib.import_module("duckdb").connect() as connection:
            importlib.import_module("tagnorm.duckdb").register(connection, **options)

    def pandas(**options):
        importlib.import_module("tagnorm.pandas")
        importlib.import_module("pandas").Series([], dtype=str).tagnorm.split(**options)

    def spark(**options):
        importlib.import_module("tagnorm.spark").split_column(None, "tags", **options)

    def file(**options):
        importlib.import_module("tagnorm.files").clean_file("no such file", "out.csv", **options)

    yield pytest.param(lambda **o: tagnorm.split("PREL", **o), id="split")
    yield pytest.param(lambda **o: tagnorm.resolve("PREL", **o), id="resolve")
    yield pytest.param(lambda **o: tagnorm.explain("PREL", **o), id="explain")
    yield pytest.param(lambda **o: tagnorm.split_column([], **o), id="split_column")
    yield pytest.param(lambda **o: tagnorm.resolve_column([], **o), id="resolve_column")
    yield pytest.param(lambda **o: tagnorm.read_tags("", **o), id="read_tags")
    yield pytest.param(polars, id="polars", marks=needs("polars", "pyarrow", "narwhals"))
    yield pytest.param(pandas, id="pandas", marks=needs("pandas", "pyarrow", "narwhals"))
    yield pytest.param(duckdb, id="duckdb", marks=needs("duckdb", "pyarrow"))
    yield pytest.param(spark, id="spark", marks=needs("pyspark", "pandas", "pyarrow"))
    yield pytest.param(file, id="clean_file", marks=needs("pyarrow", "charset_normalizer"))


@pytest.mark.parametrize("surface", list(_surfaces()))
@pytest.mark.parametrize(("options", "message"), BAD.values(), ids=BAD)
def test_a_bad_option_is_told_of_by_name_before_any_work(surface, options, message) -> None:
    with pytest.raises((TypeError, ValueError, tagnorm.TaxonomyError), match=message):
        surface(**options)


@pytest.mark.parametrize(("options", "message"), BAD.values(), ids=BAD)
def test_a_normalizer_refuses_the_same(options, message) -> None:
    own = {k: v for k, v in options.items() if k in ("taxonomy", "decisions", "keep")}
    reading = {k: v for k, v in options.items() if k not in {*own, "normalizer"}}
    if "normalizer" in options:
        return

    with pytest.raises((TypeError, ValueError, tagnorm.TaxonomyError), match=message):
        tagnorm.Normalizer(**own).split("PREL", **reading)


VERBS = (
    ("tagnorm", ("split", "resolve", "explain", "split_column", "resolve_column", "read_tags")),
    ("tagnorm.files", ("clean_file",)),
    ("tagnorm.duckdb", ("register",)),
    ("tagnorm.spark", ("split_column", "resolve_column")),
    ("tagnorm.pandas", ("TagnormAccessor.split", "TagnormAccessor.resolve")),
    (
        "tagnorm.polars",
        ("TagnormExpr.split", "TagnormExpr.resolve", "TagnormSeries.split"),
    ),
)


@pytest.mark.parametrize(("module", "names"), VERBS, ids=[module for module, _ in VERBS])
def test_every_verb_declares_the_same_options(module, names) -> None:
    try:
        found = importlib.import_module(module)
    except ImportError as error:
        pytest.skip(f"not installed: {error.name}")
    for name in names:
        verb = found
        for part in name.split("."):
            verb = getattr(verb, part)
        declared = inspect.signature(verb).parameters["options"]
        assert (declared.kind, declared.annotation) == (
            inspect.Parameter.VAR_KEYWORD,
            "Unpack[AnyOptions]",
        )


def test_options_are_what_they_were_given_and_no_more() -> None:
    assert Options.of({}) == Options("keep", 0.0, False)
    assert Options.of({"min_confidence": 1}).min_confidence == 1.0
    assert isinstance(Options.of({"min_confidence": 1}).min_confidence, float)
    assert Options(**Options("drop", 0.5, True).as_given()) == Options("drop", 0.5, True)


def test_a_normalizer_is_made_once_for_the_same_files_and_again_when_one_changes(tmp_path) -> None:
    path = tmp_path / "decisions.tsv"
    Decisions([Decision("PELOSI", ["PGOV"])]).save(path)
    options = {"decisions": path, "keep": ["PGVO"]}
    first, _ = choose(options)

    assert first is choose(options)[0]
    assert first is not choose({**options, "keep": ["KWHG"]})[0]

    Decisions([Decision("PELOSI", ["SNAR"])]).save(path)
    assert tagnorm.split("PELOSI PGVO", **options) == ["SNAR", "PGVO"]


def test_vocabularies_given_as_objects_are_told_apart_even_if_they_are_empty() -> None:
    codes = tagnorm.Taxonomy((tagnorm.Code("JAZZ"),)), tagnorm.Taxonomy((tagnorm.Code("FOLK"),))

    for _ in range(2):
        found = [tagnorm.split("JAZZ FOLK PREL", taxonomy=one, unresolved="drop") for one in codes]
        assert found == [["JAZZ"], ["FOLK"]]
        assert tagnorm.split("PREL", taxonomy=tagnorm.Taxonomy(()), unresolved="drop") == []


def test_a_vocabulary_is_given_as_anything_that_makes_one() -> None:
    for taxonomy in (["JAZZ", "FOLK"], {"JAZZ": "Jazz", "FOLK": "Folk"}):
        assert tagnorm.Normalizer(taxonomy).split("JAZZFLOK") == ["JAZZ", "FOLK"]
        assert tagnorm.split("JAZZFLOK", taxonomy=taxonomy) == ["JAZZ", "FOLK"]
        assert tagnorm.split_column(["JAZZFLOK"], taxonomy=taxonomy) == [["JAZZ", "FOLK"]]


def test_unique_leaves_a_resolution_its_segments() -> None:
    answer = tagnorm.resolve("PREL PGOV PREL", unique=True)

    assert answer.tags == ("PREL", "PGOV")
    assert [s.code for s in answer.segments if s.code] == ["PREL", "PGOV", "PREL"]
    assert all(len(set(other.tags)) == len(other.tags) for other in answer.alternatives)


@pytest.mark.parametrize(
    "thing",
    [
        tagnorm.Taxonomy.load(),
        tagnorm.Normalizer(keep=["PGVO"] * 5000),
        Decisions([Decision(f"WORD{n}", ["PREL"]) for n in range(5000)]),
        tagnorm.resolve("PREL, PGVO, ALIREZA; " * 500),
        tagnorm.read_tags("TAGS: OVIP (CLINTON, HILLARY), " + "PREL, PGVO, ZZXQ, " * 50),
    ],
    ids=lambda thing: type(thing).__name__,
)
def test_what_holds_much_shows_little(thing: object) -> None:
    assert len(repr(thing)) < 200
    assert type(thing).__name__ in repr(thing)
