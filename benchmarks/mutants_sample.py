"""The mutants of the code: where it can be mutated, which are drawn, and what is left out.

Left out are

* constants that only bound work or memory, `data/mutants_bounds.tsv`: bytes of a block, so many
  remembered. Their names and reasons stand there; the answer is the same for any of their values,
  and how long it takes is what other benchmarks measure;
* what is the same by its form: `a if a < b else b` with `<=`, for of two that are equal either is
  the smaller one, and so `if a < b: b = a`; `a[-1]` for `a[0]` where `len(a) == 1`; and `zip`
  without `strict`, with which the code only checks itself.
"""

from __future__ import annotations

import ast
import random
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from itertools import islice
from pathlib import Path

import attrs
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator

__all__ = ["CHECKOUT", "Mutant", "bounds", "explained", "places", "sampled"]

CHECKOUT = Path(__file__).resolve().parents[1]
_DATA = Path(__file__).with_name("data")
_OPERATORS = (
    "AddNot",
    "NumberReplacer",
    "ReplaceAndWithOr",
    "ReplaceOrWithAnd",
    "ReplaceBreakWithContinue",
    "ReplaceContinueWithBreak",
    "ReplaceTrueWithFalse",
    "ReplaceFalseWithTrue",
    "ReplaceBinaryOperator_Add_Sub",
    "ReplaceBinaryOperator_Sub_Add",
    "ReplaceBinaryOperator_Mul_Add",
    "ReplaceComparisonOperator_Eq_NotEq",
    "ReplaceComparisonOperator_NotEq_Eq",
    "ReplaceComparisonOperator_Is_IsNot",
    "ReplaceComparisonOperator_IsNot_Is",
    "ReplaceComparisonOperator_Lt_LtE",
    "ReplaceComparisonOperator_LtE_Lt",
    "ReplaceComparisonOperator_Gt_GtE",
    "ReplaceComparisonOperator_GtE_Gt",
    "ReplaceUnaryOperator_Delete_Not",
    "ReplaceUnaryOperator_Delete_USub",
    "ZeroIterationForLoop",
)


@attrs.frozen
class Mutant:
    """A module with one small fault: which, where, and the whole text.

    A test can find it only if it runs one of the lines from the first to the last of `reach`.
    """

    area: str
    module: str
    operator: str
    before: str
    after: str
    line: int
    text: str = attrs.field(repr=False)
    reach: tuple[int, int] = (0, 0)

    @property
    def name(self) -> tuple[str, str, str]:
        """What a mutant is known by while the lines around it move."""
        return self.module, self.before, self.after


def places(path: Path) -> list[tuple[Path, str, int]]:
    """Where a module can be mutated: the operators, and the number of each place for each."""
    nodes = list(ast_nodes(get_ast(path.read_text(encoding="utf-8"))))
    found = []
    for name in _OPERATORS:
        operator = get_operator(f"core/{name}")()
        number = sum(len(list(operator.mutation_positions(node))) for node in nodes)
        found += [(path, name, at) for at in range(number)]
    return found


def sampled(number: int, seed: int | str, areas: Sequence[str]) -> list[Mutant]:
    """So many mutants of the areas, drawn among all; the same for the same seed and code.

    A star before keywords is taken for a product; what is no Python then is drawn anew.
    """
    draw = random.Random(f"{seed}/mutants")
    found = []
    for area in areas:
        for path in sorted((CHECKOUT / "tagnorm" / area).rglob("*.py")):
            found += [(area, place) for place in places(path)]
    drawn = (_mutant(area, *place) for area, place in draw.sample(found, len(found)))
    return list(islice((one for one in drawn if _is_wanted(one)), number))


def bounds() -> Mapping[str, frozenset[str]]:
    """The constants of each module that only bound work or memory."""
    found: dict[str, frozenset[str]] = {}
    for module, name, _ in _rows("mutants_bounds.tsv"):
        found[module] = found.get(module, frozenset()) | {name}
    return found


def explained() -> Mapping[tuple[str, str, str], str]:
    """Why a mutant changes nothing that anybody sees, by its name."""
    rows = _rows("mutants_without_effect.tsv")
    return {(module, before, after): reason for module, before, after, reason in rows}


def _rows(name: str) -> list[list[str]]:
    return [line.split("\t") for line in (_DATA / name).read_text("utf-8").splitlines()[1:]]


def _is_wanted(one: Mutant) -> bool:
    path = CHECKOUT / one.module
    try:
        if _plain(one.text) == _plain(path.read_text(encoding="utf-8")):
            return False
    except SyntaxError:
        return False
    return not any(first <= one.line <= last for first, last in _bounding(path))


@lru_cache(maxsize=256)
def _plain(source: str) -> str:
    """A module in a form that does not tell apart what is the same."""
    return ast.dump(_Plain().visit(ast.parse(source)))


class _Plain(ast.NodeTransformer):
    def visit_IfExp(self, node: ast.IfExp) -> ast.AST:
        self.generic_visit(node)
        match node:
            case ast.IfExp(ast.Compare(left, [ast.LtE()], [right]) as test, body, orelse):
                if (ast.dump(body), ast.dump(orelse)) == (ast.dump(left), ast.dump(right)):
                    test.ops = [ast.Lt()]
        return self._of_one(node, node.test, [node.body])

    def visit_If(self, node: ast.If) -> ast.AST:
        self.generic_visit(node)
        for test in node.test.values if isinstance(node.test, ast.BoolOp) else [node.test]:
            match test, node.body, node.orelse:
                case ast.Compare(left, [op], [right]), [ast.Assign([target], value)], []:
                    sides = {ast.dump(left), ast.dump(right)}
                    ends = ast.dump(_loaded(target)), ast.dump(value)
                    is_and = not isinstance(node.test, ast.BoolOp) or isinstance(
                        node.test.op, ast.And
                    )
                    if is_and and set(ends) == sides and len(sides) == 2:
                        strict = {ast.LtE: ast.Lt(), ast.GtE: ast.Gt()}
                        test.ops = [strict.get(type(op), op)]
        return self._of_one(node, node.test, node.body[:1])

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        self.generic_visit(node)
        ops = ast.Eq if isinstance(node.op, ast.And) else ast.Gt
        for at, value in enumerate(node.values):
            self._of_one(node, value, node.values[at + 1 :], ops)
        return node

    def _of_one(
        self,
        node: ast.AST,
        test: ast.expr,
        within: Sequence[ast.AST],
        comparing: type[ast.cmpop] = ast.Eq,
    ) -> ast.AST:
        """The node, where the test says that something has one item: its last is its first."""
        match test:
            case ast.Compare(ast.Call(ast.Name("len"), [of], []), [op], [ast.Constant(1)]) if (
                isinstance(op, comparing)
            ):
                whole = ast.dump(of)
                for part in within:
                    for one in ast.walk(part):
                        match one:
                            case ast.Subscript(of_it, ast.UnaryOp(ast.USub(), ast.Constant(1))):
                                if ast.dump(of_it) == whole:
                                    one.slice = ast.Constant(0)
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.func, ast.Name) and node.func.id == "zip":
            node.keywords = [one for one in node.keywords if one.arg != "strict"]
        return node


def _loaded(target: ast.expr) -> ast.expr:
    """What is assigned to, as it is written where it is read."""
    return ast.parse(ast.unparse(target), mode="eval").body


@cache
def _bounding(path: Path) -> list[tuple[int, int]]:
    """The first and the last lines of assignments of nothing but constants that bound work."""
    names = bounds().get(str(path.relative_to(CHECKOUT)), frozenset())
    found = []
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            stored = [each for target in targets for each in ast.walk(target)]
            if {each.id for each in stored if isinstance(each, ast.Name)} <= names:
                found.append((node.lineno, node.end_lineno or node.lineno))
    return found


def _mutant(area: str, path: Path, operator: str, at: int) -> Mutant:
    source = path.read_text(encoding="utf-8")
    text = mutate_code(source, get_operator(f"core/{operator}")(), at)
    pairs = zip(source.splitlines(), text.splitlines(), strict=False)
    line, (before, after) = next((n, pair) for n, pair in enumerate(pairs, 1) if pair[0] != pair[1])
    module = str(path.relative_to(CHECKOUT))
    reach = _reach(source, line)
    return Mutant(area, module, operator, before.strip(), after.strip(), line, text, reach)


def _reach(source: str, line: int) -> tuple[int, int]:
    """The lines of which a test runs one if it can tell what happens at a line.

    Those of the statement, of a block those of its head. What runs when the module is imported may
    be seen from anywhere in it, and what runs when a function is made from anywhere in that.
    """
    tree = ast.parse(source)
    best, within = (1, len(source.splitlines())), False
    for node in ast.walk(tree):  # which goes inwards
        if not isinstance(node, ast.stmt):
            continue
        start = min([node.lineno, *(each.lineno for each in getattr(node, "decorator_list", ()))])
        body = getattr(node, "body", None)
        last = max(body[0].lineno - 1 if body else node.end_lineno or start, node.lineno)
        end = node.end_lineno or last
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            if start <= line <= last:
                best = (start, end)
            within = within or last < line <= end
        elif isinstance(node, ast.ClassDef):
            if start <= line <= end and not within:
                best = (start, end)
        elif within and start <= line <= last:
            best = (start, last)
    return best
