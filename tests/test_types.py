"""What type checkers know of the public face: what comes back, and options that are not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("mypy")

# `assert_type` fails where the type is another; an error that is wanted is named behind it.
_SAMPLE = """
from typing import Any, assert_type

import polars as pl

import tagnorm
import tagnorm.polars
from tagnorm import Normalizer, Resolution, resolve_column, split_column

assert_type(tagnorm.split("PREL", unresolved="drop"), list[str])
assert_type(tagnorm.resolve("PREL", unique=True), Resolution)
assert_type(tagnorm.explain("PREL", keep=["PGVO"]), str)
assert_type(Normalizer(["JAZZ"]).split("JAZZ", min_confidence=0.9), list[str])
assert_type(split_column(["PREL", None]), list[list[str] | None])
assert_type(split_column([["PREL"], None]), list[list[str] | None])
assert_type(split_column(["PREL"], separator=";"), list[str | None])
assert_type(resolve_column(["PREL"]), dict[str, list[Any]])
assert_type(split_column(pl.Series(["PREL"]), unique=True), pl.Series)
assert_type(resolve_column(pl.Series(["PREL"]), separator=";"), pl.DataFrame)
tagnorm.split("PREL", unresolved="loose")  # E: arg-type
tagnorm.split("PREL", unresolve="drop")  # E: call-arg
tagnorm.split_column(["PREL"], min_confidence="0.9")  # E: call-overload
Normalizer().split("PREL", keep=["PGVO"])  # E: call-arg
"""


@pytest.mark.slow
def test_what_comes_back_is_known_and_wrong_options_are_seen(tmp_path: Path) -> None:
    sample = tmp_path / "sample.py"
    sample.write_text(_SAMPLE, encoding="utf-8")
    wanted = {
        (number, line.rpartition("# E: ")[2])
        for number, line in enumerate(_SAMPLE.split("\n"), start=1)
        if "# E: " in line
    }

    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", str(sample)],
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
        check=False,
    )
    found = {
        (int(line.split(":")[1]), line.rpartition("[")[2].rstrip("]"))
        for line in done.stdout.splitlines()
        if line.startswith(str(sample)) and ": error: " in line
    }

    assert found == wanted, done.stdout + done.stderr
