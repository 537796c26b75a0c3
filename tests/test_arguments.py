"""Messages name an argument as the surface has it through which the call came."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import tagnorm
from tagnorm import cables
from tagnorm.arguments import argument, named_by
from tagnorm.cli.group import group
from tagnorm.cli.option_names import option_name
from tagnorm.errors import FormatError
from tagnorm.files import clean_file, read_column
from tagnorm.report import report_column, report_counts

HOME = Path(tagnorm.__file__).parent


@pytest.mark.parametrize(
    ("value", "python", "shell"),
    [
        (None, "columns", "--column"),
        (["TAGS"], "columns=['TAGS']", "--column TAGS"),
        ([" it's"], 'columns=[" it\'s"]', "--column ' it'\"'\"'s'"),
        (["état"], "columns=['état']", "--column 'état'"),
        (["e\u0301tat"], r"columns=['e\u0301tat']", r"--column $'e\u0301tat'"),
        (["a\tb'"], 'columns=["a\\tb\'"]', r"--column $'a\u0009b\''"),
    ],
)
def test_a_value_is_written_as_it_is_given(
    value: list[str] | None, python: str, shell: str
) -> None:
    assert argument("columns", value) == python
    assert option_name("columns", value) == shell


def test_how_arguments_are_named_ends_with_the_call() -> None:
    with pytest.raises(ZeroDivisionError), named_by(option_name):
        assert argument("from_format") == "--from"
        raise ZeroDivisionError

    assert argument("from_format") == "from_format"


@pytest.mark.parametrize(
    ("content", "python", "shell"),
    [
        ("TAGS\nPREL\n", "name it so: columns=['TAGS']", "name it so: --column TAGS"),
        ("id,tags\n1\n", "or pass on_error='report' to", "or pass --on-error report to"),
        ("id^tags\n1^PREL\n", "say by what with delimiter", "say by what with --delimiter"),
        ("tags,tags_c\n1,2\n", "pass another suffix", "pass another --suffix"),
    ],
)
def test_a_remedy_is_that_of_the_surface(
    tmp_path: Path, content: str, python: str, shell: str
) -> None:
    raw, out = tmp_path / "raw.csv", tmp_path / "out.csv"
    raw.write_text(content, encoding="utf-8")
    with pytest.raises(tagnorm.TagnormError) as caught:
        clean_file(raw, out, suffix="_c")
    done = CliRunner().invoke(group, ["clean", str(raw), "-o", str(out), "--suffix", "_c"])

    assert python in str(caught.value)
    assert shell in done.stderr


def test_a_column_is_named_by_the_argument_of_its_function(tmp_path: Path) -> None:
    (tmp_path / "raw.csv").write_text("TAGS\nPREL\n", encoding="utf-8")

    with pytest.raises(FormatError, match="name it so: column='TAGS'"):
        read_column(tmp_path / "raw.csv", "tags")


# What is public, and is called with arguments by name; what the program itself makes is not.
CALLED = {
    "tagnorm": (
        "Normalizer",
        "Taxonomy",
        "Decisions",
        "split_column",
        "resolve_column",
        "search",
        "join",
    ),
    "tagnorm.columns": ("split_column", "resolve_column"),
    "tagnorm.files": ("clean_file", "read_column"),
    "tagnorm.report": ("report_column", "report_counts", "report_read"),
    "tagnorm.serve": ("Settings", "create_app"),
    "tagnorm.spark": ("split_column", "resolve_column"),
    "tagnorm.pandas": ("TagnormAccessor", "TagnormFrameAccessor"),
    "tagnorm.polars": ("TagnormExpr", "TagnormSeries", "TagnormFrame", "TagnormLazyFrame"),
}


def _functions(module: str) -> Iterator[Callable[..., Any]]:
    for name in CALLED[module]:
        thing = getattr(importlib.import_module(module), name)
        yield thing
        if inspect.isclass(thing):
            methods = [getattr(thing, method) for method in dir(thing) if method[0] != "_"]
            yield from filter(callable, methods)


@pytest.mark.parametrize("module", CALLED)
def test_an_argument_that_is_misspelt_is_told_which_one_is_near(module: str) -> None:
    try:
        importlib.import_module(module)
    except ImportError as error:
        pytest.skip(f"not installed: {error.name}")
    for function in _functions(module):
        for name, one in inspect.signature(function).parameters.items():
            if one.default is not one.empty:
                misspelt = f"{name}x"
                message = f"no option '{misspelt}'; did you mean '{name}'"
                with pytest.raises(TypeError, match=re.escape(message)):
                    function(**{misspelt: None})


def test_an_argument_like_none_is_told_all_that_there_are() -> None:
    with pytest.raises(TypeError, match="no option 'zzz'; there are taxonomy, decisions, keep, e"):
        tagnorm.Normalizer(zzz=1)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="there are values, separator, lists, unresolved, min_conf"):
        tagnorm.split_column(["PREL"], zzz=1)


@pytest.mark.parametrize("name", ["taxonomy", "normalizer", "decisions", "keep", "era"])
@pytest.mark.parametrize(
    ("verb", "elsewhere"),
    [
        ("lookup", "Normalizer(...).lookup"),
        ("is_canonical", "Normalizer(...).is_canonical"),
        ("search", "Taxonomy.of(...).search"),
    ],
)
def test_what_asks_the_builtin_vocabulary_alone_says_what_asks_another(
    verb: str, elsewhere: str, name: str
) -> None:
    with pytest.raises(TypeError, match=re.escape(f"no option '{name}': {verb} asks")) as caught:
        getattr(tagnorm, verb)("PREL", **{name: None})

    assert str(caught.value).endswith(elsewhere)


def test_an_error_about_a_type_is_left_as_it_is() -> None:
    with pytest.raises(TypeError, match="keep is one string, 'PGVO', where several are expected"):
        tagnorm.Normalizer(keep="PGVO")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            {"source": ["PREL"]},
            "source is of type list; it takes the path of a file, or '-'; for a",
        ),
        ({"source": None}, "source is of type NoneType; it takes the path of a file, or '-'"),
        ({"output": 1}, "output is of type int; it takes the path of a file"),
        ({"explode": "no"}, "explode is 'no', of type str; it takes True or False"),
        ({"status": 1}, "status is 1, of type int; it takes True or False"),
        ({"escape_formulas": None}, "escape_formulas is None, of type NoneType; it takes True or"),
        ({"weighed": 1}, "weighed is 1, of type int; it takes True or False"),
        ({"counted": 0}, "counted is 0, of type int; it takes True or False"),
        ({"suffix": None}, "suffix is None; it takes a text, empty for none"),
        ({"progress": 5}, "progress is 5; it takes a function, or None"),
        ({"columns": "tags"}, "columns is one string, 'tags', where several are expected"),
    ],
)
def test_an_argument_of_another_type_is_told_by_name(
    tmp_path: Path, options: dict[str, Any], message: str
) -> None:
    raw = tmp_path / "raw.csv"
    raw.write_text("id,tags\n1,PREL\n")

    with pytest.raises(TypeError, match=message):
        clean_file(**{"source": raw, "output": tmp_path / "out.csv", **options})
    assert not (tmp_path / "out.csv").exists()


def test_a_column_to_read_is_one_name_in_a_file(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match=r"column is \['tags'\]; it takes the name of one column"):
        read_column(tmp_path / "raw.csv", ["tags"])  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="source is of type list; it takes the path of a file"):
        read_column(["PREL"])  # type: ignore[arg-type]
    with pytest.raises(tagnorm.TagnormError, match="it is a folder; name a file in it"):
        read_column(tmp_path)
    with pytest.raises(tagnorm.TagnormError, match="addresses are not read; download the file"):
        read_column("https://example.org/raw.csv")


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: tagnorm.Normalizer().split_many("PREL"), "texts is one string, 'PREL', where se"),
        (lambda: tagnorm.Normalizer().resolve_many("PREL"), "texts is one string, 'PREL', where"),
        (lambda: tagnorm.Normalizer().summarize_many(b"PREL"), "texts is one string, b'PREL', w"),
        (lambda: tagnorm.Normalizer().split_many(None), "texts is None; it takes several strings"),
        (
            lambda: tagnorm.Normalizer().resolve_many(5),
            "texts is 5; it takes several strings, such",
        ),
        (lambda: tagnorm.Decisions().get(None), "expected a string, got NoneType"),
        (lambda: tagnorm.Decisions().find(b"PREL"), "expected a string, got bytes: .* decode it"),
        (lambda: tagnorm.Decisions().without(5), "expected a string, got int: 5"),
        (lambda: tagnorm.Decisions().merge(["PREL"]), "decisions hold 'PREL', of type str; they"),
        (lambda: tagnorm.Decisions.of_bytes("raw"), "content is of type str; it takes bytes"),
        (lambda: tagnorm.Taxonomy.load().in_era(None), "era is None; it takes years as a string"),
        (lambda: cables.cables("TAGS: PREL"), "cables are read line by line; of a text give text."),
        (lambda: cables.era_of(None), "expected a string, got NoneType"),
        (
            lambda: cables.edition_of(b"TAGS: PREL"),
            "expected a string, got bytes: .* decode it",
        ),
        (lambda: tagnorm.join(["PREL"], 5), "expected a string, got int: 5"),
        (lambda: report_column(["PREL"], column=5), "column is 5, of type int; it takes text"),
        (lambda: report_column(["PREL"], source=Path("a")), "source is .*; it takes text"),
        (lambda: report_counts("PREL"), "a column of texts was expected, got str; pass the texts"),
    ],
)
def test_what_is_of_another_type_is_told_by_name(call: Callable[[], Any], message: str) -> None:
    with pytest.raises(TypeError, match=message):
        call()


@pytest.mark.parametrize("text", [None, 5, [], b"PREL"])
def test_what_is_no_string_is_no_code(text: object) -> None:
    assert not tagnorm.is_canonical(text)  # type: ignore[arg-type]


def test_rows_are_counted_from_none(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="missing is -1; it takes a number of rows"):
        report_counts({"PREL": 1}, missing=-1)

    assert report_counts({"PREL": -1, "PGOV": 2}, missing=1).figures["rows"]["all"] == 3


def test_what_is_saved_is_called_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "raw.csv").write_text("tags\nPREL\n")
    with pytest.raises(FormatError, match=r"choose \.html or \.htm or \.json"):
        report_column(["PREL"]).save(tmp_path / "page.pdf")
    with pytest.raises(FormatError, match=r"choose \.json or \.tsv"):
        clean_file(tmp_path / "raw.csv", tmp_path / "out.csv").save(tmp_path / "page.html")

    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.csv", "raw.csv"]


def test_what_belongs_to_the_vocabulary_is_not_said_of_a_reading() -> None:
    with pytest.raises(TypeError, match="'keep' is no option of a reading; give it to the Normal"):
        tagnorm.Normalizer().split("PREL", keep=["PGVO"])  # type: ignore[call-arg]


def test_no_error_of_the_library_names_an_option_of_the_command_line() -> None:
    said = [
        f"{path.relative_to(HOME)}:{inner.lineno}: {inner.value}"
        for path in HOME.rglob("*.py")
        if path.relative_to(HOME).parts[0] not in ("cli", "serve")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Raise | ast.Return | ast.Assign)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Constant) and isinstance(inner.value, str) and " --" in inner.value
    ]

    assert not said, said
