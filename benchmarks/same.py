"""Whether two versions give the same answers: `python -m benchmarks same OLD NEW`.

A version is a Python interpreter that has tagnorm installed, a checkout, or a wheel; NEW is this
checkout unless it is given. Each is asked in a process of its own, which imports its own tagnorm
alone, for more than seventy thousand strings: the tag list, the labelled strings, every code and
alias, damage of two seeds, joins of all kinds, whole fields, random letters, words and odd texts.
Answers, segments, status, confidence and alternatives are compared bit for bit, of single strings
and of columns. The exit code is 1 if anything differs.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs

from benchmarks.sample import samples
from benchmarks.table import table
from tagnorm import Taxonomy

__all__ = ["Difference", "differences", "version"]

_CHECKOUT = Path(__file__).resolve().parents[1]
_PROGRAM = Path(__file__).with_name("same_program.py")
_SECONDS = 600


@attrs.frozen
class Difference:
    """A string that two versions answer differently: in what, and both answers."""

    group: str
    raw: str
    kinds: tuple[str, ...]
    old: Mapping[str, Any]
    new: Mapping[str, Any]


def version(given: str, folder: Path) -> tuple[list[str], dict[str, str]]:
    """The command and the environment in which a version's Python finds that version.

    Raises:
        ValueError: it is no interpreter, checkout or wheel.
    """
    path = Path(given).absolute()  # not resolved: an environment's Python is a link
    environment = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "PYTHONHOME")}
    if path.suffix == ".whl":
        with zipfile.ZipFile(path) as packed:
            packed.extractall(folder)
        path = folder
    if (path / "tagnorm").is_dir():
        return [sys.executable, "-P"], {**environment, "PYTHONPATH": str(path)}
    if path.is_file() and os.access(path, os.X_OK):
        return [str(path), "-P"], environment
    raise ValueError(f"{given} is no Python interpreter, no wheel and no checkout of tagnorm")


def differences(groups: Mapping[str, Sequence[str]], old: Path, new: Path) -> Iterator[Difference]:
    """Compare two files of answers to the strings of all groups, line by line."""
    raws = ((group, raw) for group, strings in groups.items() for raw in strings)
    with old.open(encoding="utf-8") as before, new.open(encoding="utf-8") as after:
        for (group, raw), was, now in zip(raws, before, after, strict=True):
            if was != now:
                one, other = json.loads(was), json.loads(now)
                kinds = tuple(kind for kind in {**one, **other} if one.get(kind) != other.get(kind))
                yield Difference(group, raw, kinds, one, other)


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("old", help="interpreter, checkout or wheel of the one version")
    parser.add_argument("new", nargs="?", default=str(_CHECKOUT), help="and of the other one")
    parser.add_argument("--share", type=float, default=1.0, help="compare a part of each set")
    parser.add_argument("--show", type=int, default=20, help="examples to print (default 20)")
    parser.add_argument(
        "--only", action="append", metavar="SET", help="sets whose name begins so (repeatable)"
    )
    parser.add_argument("-o", "--output", type=Path, help="write all differences to a TSV file")


def run(options: argparse.Namespace) -> int:
    groups = {
        name: strings
        for name, strings in samples(Taxonomy.load(), options.share).items()
        if not options.only or name.startswith(tuple(options.only))
    }
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        strings = folder / "strings"
        lines = (json.dumps(raw) + "\n" for group in groups.values() for raw in group)
        strings.write_text("".join(lines), encoding="utf-8")
        found = {}
        for side in ("old", "new"):
            command, environment = version(getattr(options, side), folder / side)
            found[side] = folder / f"{side}.answers"
            done = subprocess.run(
                [*command, str(_PROGRAM), str(strings), str(found[side])],
                env=environment,
                cwd=folder,
                check=False,
                capture_output=True,
                text=True,
                timeout=_SECONDS,
            )
            if done.returncode:
                print(f"{side}: {getattr(options, side)} failed:\n{done.stderr}")
                return 2
            print(f"{side}: {done.stdout.strip()}")
        differing = list(differences(groups, found["old"], found["new"]))
    print()
    print(_summary(groups, differing))
    for one in differing[: options.show]:
        print(f"\n{one.raw!r}  ({one.group})")
        for kind in one.kinds:
            print(f"  {kind}: {_shown(one.old.get(kind))}  ->  {_shown(one.new.get(kind))}")
    if options.output:
        rows = ["\t".join(("set", "raw", "kind", "old", "new"))]
        rows += [
            "\t".join(
                (one.group, json.dumps(one.raw), kind, _shown(one.old.get(kind)),
                 _shown(one.new.get(kind)))
            )
            for one in differing
            for kind in one.kinds
        ]  # fmt: skip
        options.output.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return 1 if differing else 0


def _summary(groups: Mapping[str, Sequence[str]], differing: Sequence[Difference]) -> str:
    """Strings compared and differing by set, and by what differs."""
    kinds = list(dict.fromkeys(kind for one in differing for kind in one.kinds))
    counts = Counter((one.group, kind) for one in differing for kind in (*one.kinds, "any"))
    rows: list[tuple[object, ...]] = [
        (name, len(strings), counts[name, "any"], *(counts[name, kind] for kind in kinds))
        for name, strings in groups.items()
    ]
    totals = [sum(int(str(row[at])) for row in rows) for at in range(1, len(kinds) + 3)]
    rows.append(("all", *totals))
    return table(["", "strings", "differ", *kinds], rows, title="Strings answered differently")


def _shown(value: Any) -> str:
    """A value in one line; a confidence as the number it is."""
    if isinstance(value, str) and value.startswith("0x"):
        return repr(float.fromhex(value))
    return json.dumps(value, ensure_ascii=False)
