"""The documents are true: their links lead somewhere, and what they show of the terminal happens.

Python in them runs as doctest. What a block of `console` shows is run here, in one folder for each
document; blocks of `sh` are commands to copy that are not run, since they install or go on.
"""

from __future__ import annotations

import doctest
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import attrs
import pytest

import tagnorm

CHECKOUT = Path(__file__).parents[1]
FOLDERS = (CHECKOUT, CHECKOUT / "docs", CHECKOUT / "taxonomy", CHECKOUT / "benchmarks")
DOCUMENTS = {
    path.relative_to(CHECKOUT).as_posix(): path.read_text(encoding="utf-8")
    for folder in FOLDERS
    for path in sorted(folder.glob("*.md"))
}
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(
    r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)|<img[^>]*src=\"([^\"]+)\"|!\[[^\]]*\]\(([^)\s]+)\)"
)
# Pages that the documentation site makes itself.
GENERATED = ("docs/vocabulary/", "docs/reference/")
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


@attrs.frozen
class Command:
    """A command of a block, and what the block shows of its output."""

    words: str
    shown: str


def without_code(text: str) -> str:
    return re.sub(r"`[^`\n]*`", "", FENCE.sub("", text))


def anchors(text: str) -> set[str]:
    """The anchors that a forge makes of the headings."""
    found = re.findall(r"^#+ (.+)$", FENCE.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in found}


def commands(text: str) -> list[Command]:
    """The commands of all blocks of `console`, in order; a line after `\\` or an open quote belongs
    to its command and begins with `> `."""
    found: list[tuple[list[str], list[str]]] = []
    for language, block in FENCE.findall(text):
        if language == "console":
            for line in block.splitlines():
                if line.startswith("$ "):
                    found.append(([line[2:]], []))
                elif line.startswith("> ") and not found[-1][1]:
                    found[-1][0].append(line[2:])
                else:
                    found[-1][1].append(line)
    return [Command("\n".join(words), "\n".join(shown)) for words, shown in found]


WITH_COMMANDS = [name for name, text in DOCUMENTS.items() if commands(text)]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_link_of_a_document_leads_somewhere(name: str) -> None:
    home = (CHECKOUT / name).parent
    wrong = []
    for found in LINK.finditer(without_code(DOCUMENTS[name])):
        target = next(filter(None, found.groups()))
        path, _, anchor = target.partition("#")
        if re.match(r"https?:|mailto:", target):
            continue
        place = (home / path).resolve() if path else CHECKOUT / name
        relative = Path(os.path.relpath(place, CHECKOUT)).as_posix()
        if relative.startswith(GENERATED):
            continue
        if not place.exists():
            wrong.append(f"{target}: there is no {relative}")
        elif anchor and place.suffix == ".md" and anchor not in anchors(place.read_text("utf-8")):
            wrong.append(f"{target}: no heading of {relative} has this anchor")

    assert not wrong, "\n".join(wrong)


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Where `tagnorm` is the program of the checkout, and a terminal has 80 columns."""
    programs = tmp_path_factory.mktemp("programs")
    program = programs / "tagnorm"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m tagnorm.cli "$@"\n')
    program.chmod(0o755)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TAGNORM")}
    paths = [str(programs), str(Path(sys.executable).parent), kept["PATH"]]
    own = {"PATH": os.pathsep.join(paths), "PYTHONPATH": str(CHECKOUT), "COLUMNS": "80"}
    return kept | own | {"LC_ALL": "C.UTF-8", "NO_COLOR": "1", "PYTHONWARNINGS": "ignore"}


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
@pytest.mark.parametrize("name", WITH_COMMANDS)
def test_what_a_document_shows_of_the_terminal_happens(
    name: str, tmp_path: Path, environment: dict[str, str]
) -> None:
    # The command line, files and their libraries are extras.
    for library in ("click", "rich", "pyarrow"):
        pytest.importorskip(library)
    checker = doctest.OutputChecker()
    wrong = []
    for command in commands(DOCUMENTS[name]):
        done = subprocess.run(
            ["bash", "-c", command.words],
            cwd=tmp_path,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=120,
            check=False,
        )
        output = done.stdout.decode()
        shown = command.shown + "\n" if command.shown else ""
        if not checker.check_output(shown, output, FLAGS):
            wrong.append(f"$ {command.words}\nshown:\n{shown}happens:\n{output}")

    assert not wrong, "\n".join(wrong)


def rows_of_examples() -> list[tuple[str, str, str]]:
    """The rows of the README's table of examples: a raw string, its codes, its status."""
    table = DOCUMENTS["README.md"].partition("## What it does, by examples")[2].split("\n\n")[1]
    found = []
    for row in table.splitlines()[2:]:
        raws, answers, status, _ = (cell.strip() for cell in row.strip("|").split("|"))
        strings = re.findall(r"`(\w+)`", raws)
        # One string has its codes before the first comma, several have one code each.
        told = (
            answers.split(", ") if len(strings) > 1 and "," in answers else [answers] * len(strings)
        )
        for raw, answer in zip(strings, told, strict=True):
            codes = "" if answer.startswith("none") else answer.partition(",")[0]
            found.append((raw, codes, status))
    return found


@pytest.mark.parametrize(("raw", "codes", "status"), rows_of_examples())
def test_an_example_of_the_readme(raw: str, codes: str, status: str) -> None:
    answer = tagnorm.resolve(raw)

    assert (" ".join(answer.tags), answer.status) == (codes, status)


def test_the_words_of_the_glossary_are_in_order_and_are_the_words_we_use() -> None:
    glossary = CHECKOUT / "docs" / "glossary.md"
    terms = re.findall(r"^\| \*\*(.+?)\*\*", glossary.read_text(encoding="utf-8"), re.MULTILINE)
    sources = [*(CHECKOUT / "tagnorm").rglob("*.py"), *(CHECKOUT / "docs").glob("*.md")]
    texts = [path.read_text(encoding="utf-8") for path in sources if path != glossary]
    used = " ".join("\n".join(texts).casefold().split())

    assert terms == sorted(terms)
    assert [term for term in terms if re.search(rf"\b{term}(e?s)?\b", used) is None] == []


@pytest.mark.parametrize("name", ["docs/architecture.md", "CONTRIBUTING.md"])
def test_the_modules_and_files_that_are_named_are_there(name: str) -> None:
    named = set(re.findall(r"`([\w./-]+(?:/|\.(?:py|tsv|txt|toml)))`", DOCUMENTS[name]))
    # Tables of the architecture leave out the name of the package where it goes without saying.
    homes = (CHECKOUT, CHECKOUT / "tagnorm")
    # Of a vocabulary that is not ours; of the folder before it; made by a build.
    own = {"costs.tsv", "confidence.tsv", "store.py", "dist/"}

    assert len(named) > 5
    assert not {one for one in named - own if not any((home / one).exists() for home in homes)}
