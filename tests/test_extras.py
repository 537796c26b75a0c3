"""What a user is told who has not installed what a surface needs, and what works all the same."""

from __future__ import annotations

import subprocess
import sys

import pytest

LIBRARIES = (
    "click", "duckdb", "narwhals", "numpy", "pandas", "polars", "pyarrow", "pyspark", "rich",
)  # fmt: skip
# The core installation: a module that is None in `sys.modules` cannot be imported.
BARE = f"import sys\nfor name in {LIBRARIES!r}: sys.modules[name] = None\n"


def run(program: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", BARE + program], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("surface", ["duckdb", "pandas", "polars", "spark"])
def test_a_surface_names_the_extra_to_install(surface: str) -> None:
    told = run(
        "try:\n"
        f"    import tagnorm.{surface}\n"
        "except ModuleNotFoundError as error:\n"
        "    print(error)\n"
        "import tagnorm\n"
        "try:\n"
        f"    tagnorm.{surface}\n"
        "except AttributeError as error:\n"
        "    print(error)\n"
        f"print(hasattr(tagnorm, {surface!r}))\n"
    ).splitlines()

    assert told[0] == told[1]
    assert told[0].startswith(f"tagnorm.{surface} needs ")
    assert told[0].endswith(f"python -m pip install 'tagnorm[{surface}]'")
    assert told[2] == "False"


@pytest.mark.parametrize(
    ("use", "extra", "library"),
    [
        ("import tagnorm.serve", "serve", "starlette"),
        ("from tagnorm.files import clean_file", "files", "pyarrow"),
    ],
)
def test_what_comes_of_a_package_names_the_extra_to_install(use, extra, library) -> None:
    told = run(
        "sys.modules['starlette'] = None\n"
        f"try:\n    {use}\nexcept ModuleNotFoundError as error:\n    print(error)\n"
    )

    assert told.startswith(f"tagnorm.{extra} needs {library}, which is not installed")
    assert told.endswith(f"python -m pip install 'tagnorm[{extra}]'\n")


@pytest.mark.parametrize("library", ["narwhals", "pyarrow"])
@pytest.mark.parametrize("surface", ["pandas", "polars"])
def test_a_surface_names_what_else_it_needs_when_it_is_imported(surface, library) -> None:
    pytest.importorskip(surface)
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            f"import sys\nsys.modules[{library!r}] = None\nimport tagnorm.{surface}",
        ],
        capture_output=True,
        text=True,
        check=False,
    )

    assert f"tagnorm.{surface} needs {library}, which is not installed" in done.stderr


def test_the_help_and_all_members_are_there_without_any_extra() -> None:
    out = run(
        "import inspect, pydoc, tagnorm\n"
        "print(len(dict(inspect.getmembers(tagnorm))) >= len(tagnorm.__all__))\n"
        "text = pydoc.render_doc(tagnorm, renderer=pydoc.plaintext)\n"
        "print('resolve_column' in text and 'split(text' in text)\n"
        "print(all(hasattr(tagnorm, name) for name in tagnorm.__all__))\n"
    )

    assert out == "True\nTrue\nTrue\n"


def test_the_plain_prompt_completes_names_without_any_extra() -> None:
    out = run(
        "import rlcompleter, tagnorm\n"
        "ask = rlcompleter.Completer({'tagnorm': tagnorm}).complete\n"
        "found = []\n"
        "while (one := ask('tagnorm.', len(found))) is not None: found.append(one)\n"
        "print(sorted(one for one in found if 'split' in one))\n"
    )

    assert "tagnorm.split(" in out
    assert "tagnorm.split_column(" in out


@pytest.mark.parametrize("value", ["'PREL'", "{'PREL'}", "{'tags': ['PREL']}", "iter(['PREL'])"])
def test_no_extra_is_named_for_what_no_library_would_make_a_column(value: str) -> None:
    out = run(
        "import tagnorm\n"
        f"try:\n    tagnorm.split_column({value})\nexcept TypeError as error:\n    print(error)\n"
    )

    assert out.startswith("expected a column, got ")
    assert "for one string use tagnorm.split" in out


def test_lists_are_split_and_resolved_without_any_extra() -> None:
    out = run(
        "import tagnorm\n"
        "print(tagnorm.split_column(['PRELPGOV', None], separator=' '))\n"
        "print(tagnorm.resolve_column(['PELOSI'])['status'])\n"
    )

    assert out == "['PREL PGOV', None]\n['unresolved']\n"
