"""What `import tagnorm` loads, and what stands in its face."""

from __future__ import annotations

import importlib
import inspect
import json
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import tagnorm

HEAVY = (
    "click", "duckdb", "hypothesis", "matplotlib", "narwhals", "numpy", "pandas", "polars",
    "pyarrow", "pyspark", "pytest", "rdflib", "rich", "scipy",
)  # fmt: skip
# Modules of the core: what each of them imports is part of the core too, or light.
CORE = (
    "arguments", "cells", "choice", "composition", "decisions", "decisions.store", "engine.costs",
    "engine.edits.grammar", "engine.model", "engine.prices.unknown_words",
    "engine.reading.confidence", "engine.reading.reader", "engine.search.best_path",
    "engine.search.lattice", "engine.search.nbest", "engine.search.paths",
    "engine.search.segmentation", "engine.summaries", "engine.text.tokens", "engine.words",
    "errors", "escaping", "explanation", "extras", "folding", "normalizer", "options", "paths",
    "replacement", "resolution", "vocabulary", "vocabulary.assembly", "vocabulary.cells",
    "vocabulary.codes", "vocabulary.comparison", "vocabulary.entries", "vocabulary.exports",
    "vocabulary.forms", "vocabulary.frozen", "vocabulary.loading", "vocabulary.packages",
    "vocabulary.records", "vocabulary.search", "vocabulary.shapes", "vocabulary.single_files",
    "vocabulary.sources", "vocabulary.suggestions", "vocabulary.tables", "vocabulary.validation",
    "wording",
)  # fmt: skip


def loaded(code: str) -> set[str]:
    """The modules that a fresh interpreter has loaded after some code."""
    program = f"{code}\nimport json, sys\nprint(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return set(json.loads(done.stdout.splitlines()[-1]))


def packages(modules: set[str]) -> set[str]:
    return {name.partition(".")[0] for name in modules}


@pytest.fixture(scope="module")
def bare() -> set[str]:
    """What an interpreter loads before any code."""
    return loaded("")


def test_the_import_alone_loads_neither_rapidfuzz_nor_attrs_nor_the_core(bare: set[str]) -> None:
    found = loaded("import tagnorm") - bare

    assert not packages(found) & {"attr", "attrs", "rapidfuzz", *HEAVY}
    assert {"tagnorm", "tagnorm.__about__"} == {n for n in found if n.startswith("tagnorm")}


@pytest.mark.parametrize(
    "code",
    [
        "tagnorm.split('PRELPGVO')",
        "tagnorm.resolve('KWHG')",
        "tagnorm.Normalizer().split_many(['PREL'])",
        "tagnorm.Taxonomy.load().lookup('spain')",
        "tagnorm.Decisions()",
        "tagnorm.read_tags('TAGS: PREL, PGOV')",
        "dir(tagnorm)",
    ],
)
def test_the_core_never_loads_a_heavy_library(code: str, bare: set[str]) -> None:
    found = packages(loaded(f"import tagnorm\n{code}") - bare)

    assert not found & set(HEAVY)


@pytest.mark.parametrize("module", CORE)
def test_a_module_of_the_core_imports_no_surface(module: str) -> None:
    found = {
        name.split(".")[1]
        for name in loaded(f"import tagnorm.{module}")
        if name.startswith("tagnorm.")
    }

    assert found <= {*CORE, "__about__", "engine"}


def test_nothing_is_printed_by_importing_and_splitting() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", "import tagnorm; tagnorm.split('PRELPGVO, X')"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert (done.stdout, done.stderr) == ("", "")


@pytest.mark.parametrize("name", tagnorm.__all__)
def test_every_public_name_is_there_and_listed(name: str) -> None:
    thing = getattr(tagnorm, name)

    assert thing is getattr(tagnorm, name)
    assert name in dir(tagnorm)
    if not isinstance(thing, str):
        assert inspect.getdoc(thing), "a public name without a docstring"


def test_everything_public_can_be_imported_at_once() -> None:
    # The functions for columns load narwhals and the like only when they are called.
    program = "from tagnorm import *\nprint(split('PRELPGVO'), Taxonomy.load()['SP'].name)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert done.stdout == "['PREL', 'PGOV'] Spain\n"
    assert not packages(loaded(program)) & {"pandas", "polars", "pyarrow", "duckdb", "pyspark"}


def test_no_public_name_is_listed_twice_and_the_verbs_are_there() -> None:
    assert len(set(tagnorm.__all__)) == len(tagnorm.__all__)
    assert {"split", "resolve", "join", "lookup", "is_canonical"} <= set(tagnorm.__all__)


def test_an_unknown_name_is_an_attribute_error_that_names_it() -> None:
    with pytest.raises(AttributeError, match="'no_such_name'"):
        tagnorm.no_such_name  # noqa: B018


@pytest.mark.parametrize("module", CORE)
def test_every_module_says_what_it_exports(module: str) -> None:
    found = importlib.import_module(f"tagnorm.{module}")

    assert found.__doc__
    assert len(set(found.__all__)) == len(found.__all__) > 0
    assert all(hasattr(found, name) for name in found.__all__)


def test_the_modules_listed_here_are_there() -> None:
    there = {module.name for module in pkgutil.walk_packages(tagnorm.__path__, "tagnorm.")}

    assert {f"tagnorm.{module}" for module in CORE} <= there
    assert Path(tagnorm.__file__).with_name("py.typed").exists()


def test_the_version_is_one_of_the_form_that_packages_have() -> None:
    assert all(part.isdigit() for part in tagnorm.__version__.split(".")[:2])
