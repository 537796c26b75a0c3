"""What checks and builds the project agrees with itself: sessions, versions, extras, commands."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[1]
PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS = PROJECT["project"]["optional-dependencies"]
NOXFILE = (CHECKOUT / "noxfile.py").read_text(encoding="utf-8")
GATE = (CHECKOUT / ".ci" / "run").read_text(encoding="utf-8")
WORKFLOWS = {
    path.name: path.read_text(encoding="utf-8")
    for path in sorted((CHECKOUT / ".github" / "workflows").glob("*.yml"))
}
README = (CHECKOUT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (CHECKOUT / "CONTRIBUTING.md").read_text(encoding="utf-8")
# What people install to use something, not to work on the project.
FOR_WORK = {"all", "bench", "dev", "docs", "lint", "test"}


def sessions() -> set[str]:
    """The names of the sessions, without the Python that some of them are told."""
    return {
        node.name
        for node in ast.parse(NOXFILE).body
        if isinstance(node, ast.FunctionDef)
        and any("session" in ast.unparse(decorator) for decorator in node.decorator_list)
    }


def called(text: str) -> set[str]:
    """The sessions that a text calls."""
    found = set()
    text = re.sub(r"\$\{\{[^}]*\}\}", "3.11", text)
    for names in re.findall(r"\bnox -s ([a-z][\w. -]*?)(?= -- |[`\n\"]|$)", text):
        found |= {re.sub(r"-[\d.]+$", "", name) for name in names.split()}
    return found


@pytest.mark.parametrize("text", [GATE, CONTRIBUTING, *WORKFLOWS.values()])
def test_every_session_that_is_called_is_there(text: str) -> None:
    assert called(text)
    assert called(text) <= sessions()


def test_the_gate_runs_what_decides_whether_a_change_lands() -> None:
    assert called(GATE) >= {"lint", "types", "core", "lowest", "docs", "build", "audit"}


@pytest.mark.parametrize("start", re.findall(r"command_of_readme '([^']+)'", GATE))
def test_the_commands_that_the_gate_takes_from_the_readme_are_there(start: str) -> None:
    (line,) = [line for line in README.splitlines() if start in line][:1]

    assert line.strip().startswith("python -m pip install")


def test_one_list_of_python_versions_holds_everywhere() -> None:
    (versions,) = re.findall(r"^PYTHONS = \((.*)\)$", NOXFILE, re.MULTILINE)
    expected = re.findall(r"[\d.]+", versions)
    classified = [c.rpartition(" ")[2] for c in PROJECT["project"]["classifiers"] if ":: 3." in c]
    built = [build.removeprefix("cp3").removesuffix("-*") for build in _cibuildwheel()["build"]]
    (matrix,) = re.findall(r"^ +python: \[(.*)\]$", WORKFLOWS["checks.yml"], re.MULTILINE)

    assert classified == expected
    assert [f"3.{minor}" for minor in built] == expected
    assert re.findall(r"[\d.]+", matrix) == expected
    assert PROJECT["project"]["requires-python"] == f">={expected[0]}"


def test_the_compiled_wheels_are_compiled_and_tried_where_the_sources_are_not() -> None:
    settings = _cibuildwheel()

    assert settings["environment"]["HATCH_BUILD_HOOK_ENABLE_CUSTOM"] == "true"
    assert "tagnorm" not in settings["test-sources"]


def test_all_extras_for_use_are_in_the_extra_of_all() -> None:
    (whole,) = EXTRAS["all"]

    assert set(re.findall(r"[\w-]+", whole.partition("[")[2])) == set(EXTRAS) - FOR_WORK


def test_every_dependency_says_from_which_version_on() -> None:
    asked = [*PROJECT["project"]["dependencies"], *(d for ds in EXTRAS.values() for d in ds)]

    assert not [d for d in asked if not d.startswith("tagnorm[") and ">=" not in d]


def _cibuildwheel() -> dict:
    return PROJECT["tool"]["cibuildwheel"]


def test_every_module_of_the_engine_is_in_the_page_about_the_architecture() -> None:
    page = (CHECKOUT / "docs" / "architecture.md").read_text(encoding="utf-8")
    home = CHECKOUT / "tagnorm" / "engine"
    modules = {path.relative_to(home).as_posix() for path in home.rglob("[a-z]*.py")}

    assert len(modules) > 30
    assert modules <= set(re.findall(r"engine/([\w/]+\.py)", page))
