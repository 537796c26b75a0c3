"""The tests that can tell a mutant from the code: those that run its lines, the quickest first."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
import warnings
from collections.abc import Mapping, Sequence
from contextlib import suppress
from itertools import accumulate
from pathlib import Path
from xml.etree import ElementTree

import attrs
from coverage import Coverage, CoverageData
from coverage.exceptions import CoverageWarning

from benchmarks.mutants_contexts import RUNNING
from benchmarks.mutants_sample import CHECKOUT, Mutant

__all__ = ["AREAS", "Fate", "Reach", "copied", "tried"]

# Where the code lies, and the tests that look at it.
AREAS = {
    "engine": (
        *("test_answers", "test_resolve", "test_edits", "test_costs", "test_fields", "test_words"),
        *("test_split", "test_vocabularies", "test_odd_vocabularies", "test_oracle", "test_laws"),
        *("test_drawing", "test_doubts", "test_marks", "test_eras", "test_reported"),
        *("test_columns", "test_thresholds"),
    ),
    "files": ("test_files_*", "test_tsv", "test_clean*", "test_cli_paths", "test_cli_streams"),
    "decisions": (
        *("test_decisions*", "test_review", "test_states", "test_cli_review"),
        "test_reported",
    ),
}
_COPIED = ("tagnorm", "taxonomy", "tests", "benchmarks", "pyproject.toml", "README.md")
# The tests that hold what is pinned, and which of the others come next: those that together take
# so many seconds.
_PINNED = "tests/test_answers.py::"
_FIRST = 6.0
# The slow ones, which nobody timed, end within so many or are taken to hang.
_PATIENCE = 1200.0
# A test that has run wild takes no more bytes than that.
_MEMORY = 6 << 30


@attrs.frozen
class Fate:
    """What became of a mutant: `killed` or `alive`, by which test, or why else."""

    name: str
    by: str = ""


def copied(copy: Path) -> None:
    """The checkout in another place, compiled so that what changes within a second is seen."""
    for part in _COPIED:
        source = CHECKOUT / part
        if source.is_dir():
            shutil.copytree(source, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, copy / part)
    command = ["-m", "compileall", "-q", "--invalidation-mode", "checked-hash", "tagnorm"]
    subprocess.run([sys.executable, *command], cwd=copy, check=True)


@attrs.frozen
class Reach:
    """The tests of an area: the seconds of each, and those that reach each line of a module.

    `others` are those of which nothing is known: the slow ones, and what kills its commands.
    """

    seconds: Mapping[str, float]
    lines: Mapping[str, Mapping[int, Sequence[str]]]
    others: Sequence[str]

    @classmethod
    def of(cls, copy: Path, area: str) -> Reach:
        """What the tests of an area reach, on code without a fault; those that fail are left out.

        Raises:
            RuntimeError: none runs.
        """
        files = [
            str(path.relative_to(copy))
            for pattern in AREAS[area]
            for path in sorted((copy / "tests").glob(f"{pattern}.py"))
        ]
        times, data = copy / f"{area}.xml", copy / f"{area}.coverage"
        settings = _settings(copy, area, data)
        command = ["-m", "coverage", "run", f"--rcfile={settings}", "-m"]
        wanted = ["-p", "benchmarks.mutants_contexts", f"--junitxml={times}", "-m", "not slow"]
        measured = {"COVERAGE_PROCESS_START": str(_settings(copy, area, data, child=True))}
        code, end = _pytest(copy, [*wanted, *files], 3600, command, measured)
        if code not in (0, 1):
            raise RuntimeError(f"the tests of {area} do not run:\n{end[-2000:]}")
        seconds: dict[str, float] = {}
        failed = set()
        for case in ElementTree.parse(times).iter("testcase"):
            test = _node(f"{case.get('classname')}.{str(case.get('name')).partition('[')[0]}")
            seconds[test] = seconds.get(test, 0.0) + float(case.get("time") or 0.0)
            if case.find("failure") is not None or case.find("error") is not None:
                failed.add(test)
        for test in sorted(failed):  # as one of time may on a busy machine
            print(f"left out, since it fails without any mutant: {test}", flush=True)
            del seconds[test]
        lines = _lines(copy, settings, data, seconds)
        seen = {test for module in lines.values() for tests in module.values() for test in tests}
        blind = sorted(test for test in seconds if test not in seen)  # it may have killed commands
        return cls(seconds, lines, [*blind, *_slow(copy, files)])

    def tests(self, one: Mutant) -> list[str]:
        """The tests that reach what a mutant can be seen from, the quickest first.

        All of them, where none is known to.
        """
        first, last = one.reach
        lines = self.lines.get(one.module, {})
        found = {test for at in range(first, last + 1) for test in lines.get(at, ())}
        return sorted(found or self.seconds, key=lambda test: (self.seconds[test], test))


def tried(copy: Path, one: Mutant, reach: Reach, *, quick: bool) -> Fate:
    """A mutant in the copy, tried on the tests that reach it until one fails."""
    path = copy / one.module
    original = path.read_text(encoding="utf-8")
    path.write_text(one.text, encoding="utf-8")
    try:
        for names, limit in _stages(one, reach, quick=quick):
            by = _failing(copy, names, limit)
            if by is not None:
                return Fate("killed", by)
    finally:
        path.write_text(original, encoding="utf-8")
    return Fate("alive")


def _stages(one: Mutant, reach: Reach, *, quick: bool) -> list[tuple[list[str], float]]:
    reaching = reach.tests(one)
    # What is pinned tells most mutants from the code: it comes before all others.
    pinned = [test for test in reaching if test.startswith(_PINNED)]
    tests = [test for test in reaching if not test.startswith(_PINNED)]
    stages = []
    if pinned:
        stages.append((pinned, 45 + 4 * sum(reach.seconds[test] for test in pinned)))
    spent = list(accumulate(reach.seconds[test] for test in tests))
    few = sum(seconds <= _FIRST for seconds in spent)
    stages.append(([one.module, *tests[:few]], 45 + 4 * _FIRST))
    if tests[few:]:
        stages.append((tests[few:], 45 + 4 * spent[-1]))
    if reach.others and not quick:
        stages.append((list(reach.others), _PATIENCE))
    return stages


def _failing(copy: Path, tests: Sequence[str], seconds: float) -> str | None:
    """A test that fails, or `time`, if they do not end; a module without tests fails none."""
    code, said = _pytest(copy, ["-x", "--tb=no", *tests], seconds, ["-m"])
    if code not in (None, 0, 1, 5):  # pytest itself failed: that it does so again is the mutant's
        code, said = _pytest(copy, ["-x", "--tb=no", *tests], seconds, ["-m"])
    if code is None:
        return "time"
    if code in (0, 5):
        return None
    failed = [line for line in said.splitlines() if line.startswith(("FAILED ", "ERROR "))]
    name = failed[-1].partition(" ")[2].partition(" - ")[0].strip() if failed else ""
    return name or f"exit code {code}"


def _pytest(
    copy: Path,
    arguments: Sequence[str],
    seconds: float,
    how: Sequence[str],
    more: Mapping[str, str] | None = None,
) -> tuple[int | None, str]:
    """The exit code of a run of pytest in the copy, None if it took longer; and what it said."""
    command = [sys.executable, *how, "pytest", "-q", "-p", "no:cacheprovider"]
    with subprocess.Popen(
        [*command, "--hypothesis-profile=gate", *arguments],
        cwd=copy,
        env={**_environment(copy), **(more or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    ) as process:
        if hasattr(resource, "prlimit"):
            resource.prlimit(process.pid, resource.RLIMIT_DATA, (_MEMORY, _MEMORY))
        try:
            said, _ = process.communicate(timeout=seconds)
            return process.returncode, said.decode(errors="replace")
        except subprocess.TimeoutExpired:
            return None, ""
        finally:
            with suppress(ProcessLookupError):  # also what its tests have started
                os.killpg(process.pid, signal.SIGKILL)


def _settings(copy: Path, area: str, data: Path, *, child: bool = False) -> Path:
    """How coverage.py measures: the tests by a plugin, what they start by a variable."""
    path = copy / f"{area}{'_child' * child}.ini"
    lines = [f"source = {copy / 'tagnorm' / area}", f"data_file = {data}", "parallel = true"]
    if child:
        lines += [f"context = ${{{RUNNING}-}}", "sigterm = true"]
    path.write_text("\n".join(["[run]", *lines, ""]), encoding="utf-8")
    return path


def _lines(
    copy: Path, settings: Path, data: Path, seconds: Mapping[str, float]
) -> dict[str, dict[int, list[str]]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CoverageWarning)  # of what a killed command left
        Coverage(data_file=str(data), config_file=str(settings)).combine([str(copy)])
    reached = CoverageData(str(data))
    reached.read()
    found: dict[str, dict[int, list[str]]] = {}
    for file in reached.measured_files():
        module = str(Path(file).resolve().relative_to(copy.resolve()))
        found[module] = {
            line: [test for test in contexts if test in seconds]
            for line, contexts in reached.contexts_by_lineno(file).items()
        }
    return found


def _slow(copy: Path, files: Sequence[str]) -> list[str]:
    """The tests of some files that are marked as slow, as pytest calls them."""
    _, said = _pytest(copy, ["--collect-only", "-m", "slow", *files], 600, ["-m"])
    found = [line.partition("[")[0] for line in said.splitlines() if "::" in line]
    return list(dict.fromkeys(found))


def _node(case: str) -> str:
    """How pytest calls a test whose report calls it `tests.test_words.TestMemory.test_it`."""
    at, *names = case.removeprefix("tests.").split(".")
    return "::".join((f"tests/{at}.py", *names))


def _environment(copy: Path) -> dict[str, str]:
    """That of the tests of a copy: its own modules, also in the commands that they run.

    Options of the caller's pytest are not theirs: its workers would not be measured.
    """
    inherited = {name: value for name, value in os.environ.items() if name != "PYTEST_ADDOPTS"}
    return {**inherited, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(copy)}
