"""The contract is true: its examples are what the program answers, or are listed as not yet."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import tagnorm

PAGE = (Path(__file__).parents[1] / "docs" / "contract.md").read_text(encoding="utf-8")
PROMISED, _, DIFFERENT = PAGE.partition("## Where the program differs")
# `RAW` → TAG TAG ..., or the raw string again where it stays whole.
EXAMPLE = re.compile(r"`([^`]+)`\s+→\s+((?:[A-Z0-9][A-Z0-9/-]*)(?:\s+[A-Z0-9][A-Z0-9/-]*)*)")
EXAMPLES = sorted({(raw, " ".join(tags.split())) for raw, tags in EXAMPLE.findall(PROMISED)})
LISTED = set(re.findall(r"^\| `([^`]+)`", DIFFERENT, re.MULTILINE))


@pytest.mark.parametrize(("raw", "promised"), EXAMPLES)
def test_an_example_of_the_contract(
    raw: str, promised: str, request: pytest.FixtureRequest
) -> None:
    if raw in LISTED:
        request.applymarker(pytest.mark.xfail(reason="listed in the contract", strict=True))

    assert " ".join(tagnorm.split(raw)) == promised
    if promised == raw and not tagnorm.is_canonical(raw):
        codes = [segment.code for segment in tagnorm.resolve(raw).segments if segment.code]
        assert " ".join(codes) in ("", promised)  # whole, or a list of codes as they are


def test_the_examples_are_found_and_what_is_listed_is_among_them() -> None:
    assert len(EXAMPLES) > 40
    assert {raw for raw, _ in EXAMPLES} >= LISTED


def test_the_rules_are_numbered_one_to_fourteen() -> None:
    rules = re.findall(r"^(\d+)\. \*\*", PROMISED, re.MULTILINE)

    assert rules == [str(number) for number in range(1, 15)]


def test_the_laws_are_those_of_the_contract() -> None:
    laws = (Path(__file__).parent / "test_laws.py").read_text(encoding="utf-8")
    cited = re.findall(r'^class \w+:\n    """(\d+\..*?)[.;]?\s*"""', laws, re.MULTILINE | re.DOTALL)
    promised = re.sub(r"[\s*]+", " ", PROMISED.replace(":", ".").replace(";", "."))

    assert len(cited) >= 8
    for sentences in cited:
        said = re.sub(r"\s+", " ", sentences.replace(":", ".").replace(";", "."))
        assert said in promised
