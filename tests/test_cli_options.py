"""Every command takes the same options by the same names, and they mean the same in each."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

import tagnorm
from tagnorm import Decision, Decisions, Normalizer
from tagnorm.cli.group import group

VOCABULARY = ("--taxonomy", "--decisions", "--keep", "--era")
READING = ("--unresolved", "--min-confidence", "--unique")
STRINGS = ("PRELPGOV", "PGVO, PGOV", "KWHG", "PREL; PELOSI; PREL", "PELOSI", "PGVO", "PREL")
# The commands that read strings, and how their tags are told from what they print.
Tags = Callable[[Path, list[str], list[str]], tuple[Result, list[list[str]]]]


def invoke(*arguments: str | Path, given: str = "") -> Result:
    return CliRunner().invoke(group, [str(part) for part in arguments], input=given)


def by_split(
    folder: Path, strings: list[str], options: list[str]
) -> tuple[Result, list[list[str]]]:
    done = invoke("split", "-q", *options, given="".join(f"{text}\n" for text in strings))
    return done, [line.split("\t")[1].split() for line in done.stdout.splitlines()]


def by_json(command: str) -> Tags:
    def run(folder: Path, strings: list[str], options: list[str]) -> Any:
        done = invoke(command, "-q", "--json", *options, "--", *strings)
        keep = "drop" not in options
        found = []
        for line in done.stdout.splitlines():
            record = json.loads(line)
            pieces = [
                s["code"] or s["raw"]
                for s in record["segments"]
                if s["code"] or (keep and s["how"] == "unresolved")
            ]
            unique = "--unique" in options
            assert record["tags"] == (
                list(dict.fromkeys(record["tags"])) if unique else record["tags"]
            )
            found.append(list(dict.fromkeys(pieces)) if unique else pieces)
        return done, found

    return run


def by_drawing(folder: Path, strings: list[str], options: list[str]) -> Any:
    done = invoke("explain", "-q", *options, "--", *strings)
    found: list[list[str]] = []
    for line in done.stdout.splitlines():
        if "confidence " in line:
            found.append([])
        elif " = " in line:
            found[-1].append(line.partition(" = ")[2].split()[0])
        elif " ? " in line:
            found[-1].append(line.split()[0])
    return done, found


def by_clean(folder: Path, strings: list[str], options: list[str]) -> Any:
    file = folder / "column.jsonl"
    file.write_text("".join(json.dumps({"tags": text}) + "\n" for text in strings))
    done = invoke("clean", "-q", *options, file)
    return done, [json.loads(line)["tags"] for line in done.stdout.splitlines()]


def test_what_a_file_is_is_said_alike_to_every_command_that_reads_one(tmp_path: Path) -> None:
    raw = tmp_path / "raw.data"
    raw.write_bytes("id|tags\n1|~PGVO|Ökonomie~\n2|PELOSI|x\n3|PREL\n".encode("cp850"))
    form = ("--from", "csv", "--delimiter", "|", "--quote", "~", "--encoding", "cp850")
    run = {
        "clean": invoke("clean", raw, "--to", "jsonl", *form, "--on-error", "report"),
        "review": invoke("review", raw, "--list", *form, "--on-error", "report"),
        "report": invoke("report", raw, "--json", *form, "--on-error", "report"),
        "fit": invoke("fit", raw, "--json", *form, "--on-error", "report"),
    }

    assert {name: done.exit_code for name, done in run.items()} == dict.fromkeys(run, 0)
    assert "Ökonomie" in run["clean"].stdout
    # Of the row with a cell too many, the last cell is all that is left of it.
    listed = {line.split("\t")[0] for line in run["review"].stdout.splitlines()[1:]}
    assert listed == {"Ökonomie", "PELOSI", "x"}
    assert json.loads(run["report"].stdout)["rows"]["all"] == 3
    assert json.loads(run["fit"].stdout)["words"] == 5
    assert all("bad rows: 1; the first, line 3" in done.stderr for done in run.values())
    for command in run:
        stopped = invoke(command, raw, *form, *(("--list",) if command == "review" else ()))
        assert stopped.exit_code == 65


COMMANDS: dict[str, Tags] = {
    "split": by_split,
    "split --json": by_json("split"),
    "explain": by_drawing,
    "explain --json": by_json("explain"),
    "clean": by_clean,
}


def all_commands(command: click.Command, name: str = "") -> Iterator[tuple[str, click.Command]]:
    if isinstance(command, click.Group):
        context = click.Context(command)
        for part in command.list_commands(context):
            found = command.get_command(context, part)
            assert found is not None
            yield from all_commands(found, f"{name} {part}".strip())
    else:
        yield name, command


def options_of(command: click.Command) -> dict[str, click.Option]:
    return {
        flag: option
        for option in command.params
        if isinstance(option, click.Option)
        for flag in option.opts
    }


ALL = dict(all_commands(group))
READERS = ("split", "explain", "clean", "report", "cables")
TALKERS = (*READERS, "review", "decisions apply")


@pytest.mark.parametrize("name", READERS)
def test_a_command_that_reads_strings_takes_all_options_of_vocabulary_and_reading(
    name: str,
) -> None:
    ours, first = options_of(ALL[name]), options_of(ALL["split"])

    for flag in (*VOCABULARY, *READING, "-q"):
        assert ours[flag].help == first[flag].help
        assert ours[flag].default == first[flag].default


@pytest.mark.parametrize(
    "command", [["clean"], ["report", "--json"], ["review", "--list"], ["fit"]]
)
def test_a_dash_is_standard_input_to_every_command_that_reads_a_column(command: list[str]) -> None:
    done = invoke(*command, "-", given="tags\nPREL\nKWHG\n")

    assert done.exit_code == 0, done.stderr
    assert done.stdout


def test_an_option_has_one_short_name_and_one_type_in_every_command() -> None:
    seen: dict[str, tuple[str, object]] = {}
    own = {"--decisions": ("decisions apply", "review")}  # there it is what is written
    for name, command in ALL.items():
        for flag in (*VOCABULARY, *READING, "-q", "--quiet", "--json"):
            option = options_of(command).get(flag)
            if option is None or name in own.get(flag, ()):
                continue
            shape = (tuple(option.opts), type(option.type), option.multiple)
            assert seen.setdefault(flag, shape) == shape, (name, flag)


@pytest.mark.parametrize("name", TALKERS)
def test_quiet_is_taken_by_all_that_say_something(name: str) -> None:
    assert "--quiet" in options_of(ALL[name])


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("unresolved", ["keep", "drop"])
@pytest.mark.parametrize("unique", [False, True])
@pytest.mark.parametrize("least", [0.0, 0.9, 1.0])
def test_the_options_of_a_reading_mean_what_they_mean_in_python(
    tmp_path: Path, name: str, unresolved: Any, unique: bool, least: float
) -> None:
    options = ["--unresolved", unresolved, "--min-confidence", str(least)]
    done, tags = COMMANDS[name](tmp_path, list(STRINGS), options + ["--unique"] * unique)

    assert done.exit_code == 0, done.stderr
    assert tags == [
        tagnorm.split(text, unresolved=unresolved, unique=unique, min_confidence=least)
        for text in STRINGS
    ]


@pytest.mark.parametrize("name", COMMANDS)
def test_the_options_of_a_vocabulary_mean_what_they_mean_in_python(
    tmp_path: Path, name: str
) -> None:
    folder = tmp_path / "vocabulary"
    folder.mkdir()
    (folder / "codes.tsv").write_text("code\nPREL\nPGOV\n")
    decided = Decisions([Decision("PELOSI", ["PREL"]), Decision("PRELPGOV", [])])
    decided.save(tmp_path / "d.tsv")
    paths = ["--taxonomy", str(folder), "--decisions", str(tmp_path / "d.tsv")]
    done, tags = COMMANDS[name](tmp_path, list(STRINGS), [*paths, "--keep", "PGVO"])

    assert done.exit_code == 0, done.stderr
    normalizer = Normalizer(folder, decisions=decided, keep=["PGVO"])
    assert tags == [normalizer.split(text) for text in STRINGS]
    assert tags != [tagnorm.split(text) for text in STRINGS]


@pytest.mark.parametrize("name", COMMANDS)
def test_the_era_means_what_it_means_in_python(tmp_path: Path, name: str) -> None:
    strings = ["EAXC", "ISTC", "SGOP", "PREL"]
    done, tags = COMMANDS[name](tmp_path, strings, ["--era", "1973-1979"])

    assert done.exit_code == 0, done.stderr
    assert tags == [Normalizer(era="1973-1979").split(text) for text in strings]
    assert tags != [tagnorm.split(text) for text in strings]


def test_the_era_means_the_same_to_lookup() -> None:
    then = Normalizer(era="1973-1979").lookup("WTO")
    told = json.loads(invoke("lookup", "--json", "--era", "1973-1979", "WTO").stdout)["matches"][0]

    assert then is not None
    assert (told["name"], told["status"]) == (then.name, then.status)
    assert told["name"] != Normalizer().taxonomy["WTO"].name


@pytest.mark.parametrize("name", COMMANDS)
def test_raise_ends_with_1_and_names_the_string(tmp_path: Path, name: str) -> None:
    good, _ = COMMANDS[name](tmp_path, ["PREL", "PGVO"], ["--unresolved", "raise"])
    bad, _ = COMMANDS[name](tmp_path, ["PREL", "PELOSI"], ["--unresolved", "raise"])

    assert (good.exit_code, bad.exit_code) == (0, 1)
    assert "cannot resolve 'PELOSI' in 'PELOSI'" in bad.stderr


def test_cables_take_the_same(tmp_path: Path) -> None:
    (tmp_path / "c.txt").write_text("E.O. 12958: N/A\nTAGS: PREL, PGVO, ZZXQ\nSUBJECT: VISIT\n")
    whole = json.loads(invoke("cables", "--json", tmp_path / "c.txt").stdout)
    kept = json.loads(invoke("cables", "--json", "--keep", "PGVO", tmp_path / "c.txt").stdout)
    sure = invoke("cables", "--json", "--min-confidence", "1", tmp_path / "c.txt")
    bad = invoke("cables", "--unresolved", "raise", tmp_path / "c.txt")

    assert (whole["tags"], whole["unresolved"]) == (["PREL", "PGOV"], ["ZZXQ"])
    assert (kept["tags"], kept["unresolved"]) == (["PREL"], ["PGVO", "ZZXQ"])
    assert "PGVO" in json.loads(sure.stdout)["unresolved"]
    assert bad.exit_code == 1
    assert "c.txt:1: cannot resolve 'ZZXQ'" in bad.stderr


SHARES = [
    (name, flag)
    for name, command in ALL.items()
    for flag in ("--min-confidence", "--fail-under", "--below")
    if flag in options_of(command)
]


@pytest.mark.parametrize(("name", "flag"), SHARES)
@pytest.mark.parametrize("value", ["nan", "-nan", "NaN", "-0.1", "1.1", "inf", "x", ""])
def test_what_is_no_number_from_0_to_1_is_refused_in_the_same_words(
    name: str, flag: str, value: str
) -> None:
    done = invoke(*name.split(), f"{flag}={value}")

    assert done.exit_code == 2
    assert f"Error: Invalid value for '{flag}': {value!r} is no number from 0 to 1" in done.stderr


def test_every_command_that_has_a_share_was_asked() -> None:
    assert len(SHARES) >= 7


def test_a_word_to_keep_is_not_blank() -> None:
    names = [name for name, command in ALL.items() if "--keep" in options_of(command)]
    for name in names:
        done = invoke(*name.split(), "--keep", "")
        assert done.exit_code == 2
        assert "Invalid value for '--keep': keep holds '', in which there is no word" in done.stderr

    assert len(names) >= 8


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["clean", "raw.cvs"], "raw.cvs: cannot be read: there is no such file or folder; did you "
         "mean 'raw.csv'?"),
        (["cables", "raw.cvs"], "there is no such file or folder; did you mean 'raw.csv'?"),
        (["cables", "dump"], "dump: cannot be read: there is no such file or folder; name a file "
         "that is there"),
        (["clean", "link.csv"], "link.csv: cannot be read: it is a link to 'gone.csv', and nothing "
         "is there"),
        (["report", "no/raw.csv"], "there is no folder 'no'; name a file that is there, or - for"),
        (["split", "--decisions", "mine", "PREL"], "leave --decisions out as long as there is"),
        (["codes", "--taxonomy", "x.csv"], "no such file or folder; without --taxonomy it is the"),
        (["codes", "--taxonomy", "own"], "without --taxonomy it is the built-in vocabulary"),
        (["taxonomy", "check", "own"], "no such file or folder; name a file or folder that is the"),
        (["taxonomy", "package", "raw.csv"], "raw.csv: cannot be read: it is no folder; name one"),
    ],
)  # fmt: skip
def test_what_is_not_there_is_told_with_the_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("raw.csv").write_text("tags\nPREL\n")
    Path("link.csv").symlink_to("gone.csv")
    done = invoke(*arguments)

    assert said in done.stderr
    assert done.exit_code == 66
