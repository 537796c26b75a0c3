"""No path of a command may lead to what another one reads or writes: exit 2, nothing is touched."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import attrs
import click
import pytest
from click.testing import CliRunner
from command_line import called
from test_cli_options import ALL

from tagnorm.cli.group import group


@attrs.frozen
class Paths:
    """A call, the files that it reads and those that it writes, by the names they have in it."""

    call: str
    reads: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()
    prints: bool = True


COMMANDS = {
    "split": [
        Paths("split PREL --taxonomy codes.tsv --decisions made.tsv", ("codes.tsv", "made.tsv"))
    ],
    "explain": [
        Paths("explain PREL --taxonomy codes.tsv --decisions made.tsv", ("codes.tsv", "made.tsv"))
    ],
    "lookup": [Paths("lookup PREL --taxonomy codes.tsv", ("codes.tsv",))],
    "codes": [Paths("codes --taxonomy codes.tsv", ("codes.tsv",))],
    "clean": [
        Paths(
            "clean raw.csv -o out.csv --report told.json --taxonomy codes.tsv --decisions made.tsv",
            ("raw.csv", "codes.tsv", "made.tsv"),
            ("out.csv", "told.json"),
            prints=False,
        ),
        Paths("clean raw.csv", ("raw.csv",)),
        Paths("clean raw.csv --report told.json", ("raw.csv",), ("told.json",)),
    ],
    "report": [
        Paths(
            "report raw.csv -o told.html --taxonomy codes.tsv --decisions made.tsv",
            ("raw.csv", "codes.tsv", "made.tsv"),
            ("told.html",),
            prints=False,
        ),
        Paths("report raw.csv --json -o told.html", ("raw.csv",), ("told.html",)),
    ],
    "review": [
        Paths(
            "review raw.csv --taxonomy codes.tsv --decisions out.tsv",
            ("raw.csv", "codes.tsv"),
            ("out.tsv",),
            prints=False,
        ),
        Paths("review raw.csv --list --decisions made.tsv", ("raw.csv", "made.tsv")),
    ],
    "cables": [
        Paths(
            "cables raw.csv other.txt -o out.tsv --taxonomy codes.tsv --decisions made.tsv",
            ("raw.csv", "other.txt", "codes.tsv", "made.tsv"),
            ("out.tsv",),
            prints=False,
        ),
        Paths("cables raw.csv other.txt", ("raw.csv", "other.txt")),
    ],
    "fit": [
        Paths(
            "fit raw.csv -o . --decisions made.tsv",
            ("raw.csv", "made.tsv"),
            ("costs.tsv", "confidence.tsv", "frequencies.tsv"),
        ),
        Paths("fit raw.csv --taxonomy codes.tsv", ("raw.csv", "codes.tsv")),
    ],
    "serve": [Paths("serve --taxonomy codes.tsv --decisions made.tsv", ("codes.tsv", "made.tsv"))],
    "decisions diff": [
        Paths(
            "decisions diff made.tsv new.tsv --taxonomy codes.tsv",
            ("made.tsv", "new.tsv", "codes.tsv"),
        )
    ],
    "decisions apply": [
        Paths(
            "decisions apply new.tsv --decisions out.tsv --taxonomy codes.tsv",
            ("new.tsv", "codes.tsv"),
            ("out.tsv",),
            prints=False,
        )
    ],
    "decisions check": [
        Paths("decisions check made.tsv --taxonomy codes.tsv", ("made.tsv", "codes.tsv"))
    ],
    "taxonomy export": [
        Paths("taxonomy export codes.tsv --format csv", ("codes.tsv",)),
        Paths("taxonomy export --taxonomy codes.tsv --format csv", ("codes.tsv",)),
    ],
    "taxonomy check": [Paths("taxonomy check codes.tsv", ("codes.tsv",))],
    "taxonomy diff": [
        Paths("taxonomy diff codes.tsv other.tsv", ("codes.tsv", "other.tsv")),
    ],
    "taxonomy package": [Paths("taxonomy package folder", ("folder/codes.tsv",))],
}
CALLS = [paths for found in COMMANDS.values() for paths in found]
TEXTS = {
    "codes.tsv": "code\tname\nPREL\tRelations\nPGOV\tGovernment\n",
    "other.tsv": "code\tname\nPREL\tRelations\n",
    "made.tsv": "raw\ttags\nRELNS\tPREL\n",
    "new.tsv": "raw\ttags\nGOVT\tPGOV\n",
    "other.txt": "TAGS: PREL\nSUBJECT: X\n",
    "raw.csv": "id,tags\n1,PREL PGOV\n2,RELNS\n",
    "folder/codes.tsv": "code\tname\nPREL\tRelations\n",
}


def same(file: Path, path: Path) -> None:
    """The path is given as that of the file; it is not there itself."""


def link(file: Path, path: Path) -> None:
    path.symlink_to(file)


def link_to_folder(file: Path, path: Path) -> None:
    file.parent.joinpath("elsewhere").symlink_to(file.parent)


def second_name(file: Path, path: Path) -> None:
    os.link(file, path)


# How a path leads to another file, and how the path is then written in the call.
WAYS: dict[str, tuple[Callable[[Path, Path], None], Callable[[str, str], str]]] = {
    "same": (same, lambda file, _: file),
    "dotted": (same, lambda file, _: f"./folder/../{file}"),
    "link": (link, lambda _, path: path),
    "link to the folder": (link_to_folder, lambda file, _: f"elsewhere/{file}"),
    "second name": (second_name, lambda _, path: path),
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "folder").mkdir()
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def all_bytes(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize("name", ALL)
def test_every_path_of_every_command_is_in_the_table(folder: Path, name: str) -> None:
    command = ALL[name]
    wanted = {one.name for one in command.params if isinstance(one.type, click.Path)}

    seen = set()
    for paths in COMMANDS.get(name, []):
        words = paths.call.split()[len(name.split()) :]
        given = command.make_context(name, words).params
        seen |= {found for found in wanted if given[found]}

    assert seen == wanted


def collisions() -> Iterator[tuple[Paths, str, str, str]]:
    """Each call, with a path that must not lead to another one, the other, and the way there."""
    for paths in CALLS:
        # These outputs are named by the command, so no spelling is given for them.
        own_names = paths.call.startswith("fit")
        for number, written in enumerate(paths.writes):
            others = paths.reads if own_names else (*paths.reads, *paths.writes[:number])
            for other in others:
                for way in ("same", "link", "second name") if own_names else WAYS:
                    yield paths, other, written, way


def printing() -> Iterator[tuple[Paths, str]]:
    for paths in CALLS:
        if paths.prints:
            # What is learnt takes the place of its file before anything is printed.
            own = () if paths.call.startswith("fit") else paths.writes
            yield from ((paths, other) for other in (*paths.reads, *own))


@pytest.mark.parametrize(("paths", "other", "written", "way"), list(collisions()))
def test_what_is_written_is_no_other_path_of_the_call(
    folder: Path, paths: Paths, other: str, written: str, way: str
) -> None:
    make, spelled = WAYS[way]
    if way in ("link", "second name") and other in paths.writes:
        (folder / other).write_text("what was there\n")
    words = paths.call.split()
    if words[0] == "fit":  # which names its outputs itself, so that the input is called like them
        if way == "same":
            (folder / other).rename(folder / written)
            words = [written if word == other else word for word in words]
        else:
            make(folder / other, folder / written)
    else:
        make(folder / other, folder / written)
        words = [spelled(other, written) if word == written else word for word in words]
    before = all_bytes(folder)

    done = CliRunner().invoke(group, words)

    assert (done.exit_code, "itself" in done.output) == (2, True), done.output
    assert all_bytes(folder) == before


@pytest.mark.parametrize(("paths", "other"), list(printing()))
def test_what_is_printed_goes_into_no_path_of_the_call(
    folder: Path, paths: Paths, other: str
) -> None:
    (folder / other).touch()
    before = all_bytes(folder)

    with (folder / other).open("ab") as output:
        done = called(*paths.call.split(), output=output)

    assert (done.returncode, b"itself" in done.stderr) == (2, True), done.stderr
    assert all_bytes(folder) == before


@pytest.mark.parametrize("command", ["split", "lookup", "clean -", "cables -", "report - --json"])
def test_a_command_does_not_read_what_it_prints(folder: Path, command: str) -> None:
    before = all_bytes(folder)

    with (folder / "raw.csv").open("rb") as given, (folder / "raw.csv").open("ab") as output:
        done = called(*command.split(), given=given, output=output)

    assert (done.returncode, b"itself" in done.stderr) == (2, True), done.stderr
    assert all_bytes(folder) == before


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_cables_replaces_its_own_output_in_the_folder_that_it_reads_but_no_cable(
    folder: Path, options: list[str]
) -> None:
    cables = folder / "cables"
    cables.mkdir()
    (cables / "one.txt").write_text(TEXTS["other.txt"])
    call = ["cables", "cables", *options, "-o"]
    output = "cables/tags.jsonl" if options else "cables/tags.tsv"

    assert CliRunner().invoke(group, [*call, output]).exit_code == 0
    first = all_bytes(cables)
    assert CliRunner().invoke(group, [*call, output]).exit_code == 0
    assert all_bytes(cables) == first
    done = CliRunner().invoke(group, [*call, "cables/../cables/one.txt"])
    assert "no earlier output" in done.output
    assert all_bytes(cables) == first


def test_a_report_without_a_name_replaces_an_earlier_one_only(folder: Path) -> None:
    assert CliRunner().invoke(group, ["report", "raw.csv", "-q"]).exit_code == 0
    first = (folder / "report.html").read_bytes()
    assert CliRunner().invoke(group, ["report", "raw.csv", "-q"]).exit_code == 0

    (folder / "report.html").write_text("<title>Coverage</title>")
    done = CliRunner().invoke(group, ["report", "raw.csv", "-q"])
    assert "report.html: is there already" in done.output
    assert (folder / "report.html").read_text() == "<title>Coverage</title>"
    named = ["report", "raw.csv", "-q", "-o", "report.html"]
    assert CliRunner().invoke(group, named).exit_code == 0
    assert (folder / "report.html").read_bytes()[:200] == first[:200]


def emptied() -> Iterator[tuple[str, ...]]:
    """Each call, with each of its paths in turn made empty."""
    for paths in CALLS:
        words = paths.call.split()
        named = {*paths.reads, *paths.writes, ".", "folder"}
        for at, word in enumerate(words):
            if word in named:
                yield (*words[:at], "", *words[at + 1 :])


@pytest.mark.parametrize("words", list(emptied()), ids=" ".join)
def test_an_empty_path_is_refused_and_is_not_the_folder_that_one_is_in(
    folder: Path, words: tuple[str, ...]
) -> None:
    before = all_bytes(folder)

    done = CliRunner().invoke(group, words)

    assert (done.exit_code, "the path is empty; name one" in done.output) == (2, True), done.output
    assert all_bytes(folder) == before
