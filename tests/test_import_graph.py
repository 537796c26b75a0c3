"""Imports run one way, over the real import graph: those that run when a function runs included.

What is imported for types alone never runs, and is no arrow.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import attrs
import pytest

import tagnorm

HOME = Path(tagnorm.__file__).parent

# From the ground up. A module may import what stands in a line above its own, and its neighbours
# in its own package. A name covers its submodules, the longest one that fits counts. What is not
# listed is a surface of its own kind, and stands with `report` and `serve`.
LAYERS = (
    ("__about__", "arguments"),
    ("errors", "escaping", "extras", "folding", "markup"),
    ("encodings", "paths", "wording"),
    ("replacement",),
    ("cells",),
    ("notebook",),
    ("vocabulary",),
    # What a person decided is data, as the vocabulary is; the review that asks for it is a surface.
    ("decisions", "decisions.store"),
    ("resolution", "options"),
    ("engine.costs", "engine.memory"),
    ("engine.edits",),
    ("engine.text", "engine.prices"),
    ("engine.model",),
    ("engine.search",),
    ("engine.reading",),
    ("engine.chunks",),
    ("engine.fields", "engine.summaries", "engine.word_kinds"),
    ("engine.words",),
    ("learning", "composition"),
    ("normalizer",),
    (
        *("choice", "confusions", "explanation"),
        *("decisions.diffs", "decisions.review", "decisions.states", "decisions.word_tally"),
    ),
    ("columns", "cables"),
    ("files", "pandas", "polars", "duckdb", "spark"),
    ("report",),
    ("serve",),
    ("cli",),
    ("__main__",),
)  # fmt: skip
RANKS = {f"tagnorm.{name}": rank for rank, names in enumerate(LAYERS) for name in names}
SURFACE = RANKS["tagnorm.report"]
# The face of the package hands out names of all layers, and loads them when they are asked for.
FACE = "tagnorm"


@attrs.frozen(order=True)
class Arrow:
    """One module imports another, at once or when a function runs; or for types alone."""

    origin: str
    target: str
    line: int
    for_types: bool

    def __str__(self) -> str:
        return f"{self.origin}, line {self.line}, imports {self.target}"


@cache
def modules() -> dict[str, Path]:
    """The file of each module of the package, by its full name."""
    found = {}
    for path in HOME.rglob("*.py"):
        parts = path.relative_to(HOME.parent).with_suffix("").parts
        found[".".join(parts).removesuffix(".__init__")] = path
    return found


@cache
def arrows() -> tuple[Arrow, ...]:
    found = (arrow for name in modules() for arrow in _arrows_of(name))
    return tuple(sorted(arrow for arrow in found if not arrow.for_types))


def _arrows_of(name: str) -> Iterator[Arrow]:
    tree = ast.parse(modules()[name].read_text(encoding="utf-8"))
    types = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for statement in node.body
        for inner in ast.walk(statement)
    }
    for node in ast.walk(tree):
        for target in _targets(node):
            yield Arrow(name, target, node.lineno, id(node) in types)  # type: ignore[attr-defined]


def _targets(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        names = [alias.name for alias in node.names]
        yield from (name for name in names if name in modules())
    elif isinstance(node, ast.ImportFrom):
        assert node.level == 0, "imports are written out in full"
        for alias in node.names:
            inner = f"{node.module}.{alias.name}"
            if inner in modules():
                yield inner
            elif node.module in modules():
                yield str(node.module)


def package_of(name: str) -> str:
    """The folder of a module; what lies in the engine itself is a package of its own."""
    parts = name.split(".")
    return ".".join(parts[: 3 if is_of_the_engine(name) else 2])


def is_of_the_engine(name: str) -> bool:
    return name.split(".")[1:2] == ["engine"]


def rank_of(name: str) -> int:
    parts = name.split(".")
    for length in range(len(parts), 1, -1):
        if (rank := RANKS.get(".".join(parts[:length]))) is not None:
            return rank
    return SURFACE


def test_the_graph_is_the_real_one() -> None:
    # A look at arrows that must be there: a broken walk would find every rule kept.
    found = {(arrow.origin, arrow.target) for arrow in arrows()}

    assert ("tagnorm.normalizer", "tagnorm.vocabulary.codes") in found
    assert ("tagnorm.cli.clean", "tagnorm.files") in found


def test_no_module_imports_one_of_a_layer_above() -> None:
    wrong = [
        str(arrow)
        for arrow in arrows()
        if arrow.origin != FACE
        and package_of(arrow.origin) != package_of(arrow.target)
        and arrow.target != FACE
        and rank_of(arrow.target) >= rank_of(arrow.origin)
    ]

    assert not wrong, "\n".join(wrong)


def test_the_engine_knows_no_surface() -> None:
    allowed = {"tagnorm.errors", "tagnorm.folding", "tagnorm.markup", "tagnorm.vocabulary"}
    allowed |= {"tagnorm.escaping", "tagnorm.options", "tagnorm.resolution"}

    assert not [
        str(arrow)
        for arrow in arrows()
        if is_of_the_engine(arrow.origin)
        and not is_of_the_engine(arrow.target)
        and package_of(arrow.target) not in allowed
    ]


def test_only_surfaces_go_through_the_face() -> None:
    assert not [
        str(arrow)
        for arrow in arrows()
        if arrow.target == FACE and rank_of(arrow.origin) < rank_of("tagnorm.columns")
    ]


def test_no_modules_import_each_other_in_a_circle() -> None:
    ahead: dict[str, set[str]] = {name: set() for name in modules()}
    for arrow in arrows():
        if FACE not in (arrow.origin, arrow.target):
            ahead[arrow.origin].add(arrow.target)
    done: set[str] = set()

    def visit(name: str, way: tuple[str, ...]) -> None:
        if name in way:
            pytest.fail(" -> ".join((*way[way.index(name) :], name)))
        if name not in done:
            for target in sorted(ahead[name]):
                visit(target, (*way, name))
            done.add(name)

    for name in sorted(modules()):
        visit(name, ())
