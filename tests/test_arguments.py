"""Messages name an argument as the surface has it through which the call came."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from click.testing import CliRunner

import tagnorm
from tagnorm.arguments import argument, named_by
from tagnorm.cli.group import group
from tagnorm.cli.option_names import option_name
from tagnorm.errors import FormatError
from tagnorm.files import clean_file, read_column

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
