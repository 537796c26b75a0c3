"""What is run to check and to build tagnorm: `nox --list` names it, `nox` runs the daily part.

The gate (`.ci/run`) and the forge (`.github/workflows/`) call these sessions and nothing else.
Whatever stands behind `--` is handed to pytest: `nox -s tests -- tests/test_split.py`.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
from pathlib import Path

import nox

nox.needs_version = ">=2024.10.9"
# uv makes an environment in seconds; pip does it too.
nox.options.default_venv_backend = "uv|virtualenv"
nox.options.download_python = "never"
nox.options.reuse_venv = "yes"
nox.options.error_on_missing_interpreters = False
nox.options.sessions = ["lint", "types", "tests", "docs"]

PYTHONS = ("3.11", "3.12", "3.13", "3.14")
CHECKOUT = Path(__file__).parent
# The sources of each build are dated alike, so that two builds of one commit are the same bytes.
EPOCH = {"SOURCE_DATE_EPOCH": "1580601600"}


@nox.session(python=PYTHONS[0])
def lint(session: nox.Session) -> None:
    """Format and lint."""
    session.install("ruff>=0.6")
    session.run("ruff", "format", "--check", ".")
    session.run("ruff", "check", ".")


@nox.session(python=PYTHONS[0])
def types(session: nox.Session) -> None:
    """Types, as strictly as mypy can."""
    session.install("-e", ".[test,lint]")
    session.run("mypy")


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """All tests, with all extras, in the newest versions."""
    session.install("-e", ".[test,bench,lint]")
    session.run("python", "-m", "pytest", *session.posargs)


@nox.session(python=PYTHONS[0])
def fast(session: nox.Session) -> None:
    """The tests that take no long, for while you work."""
    session.install("-e", ".[test]")
    session.run("python", "-m", "pytest", "-m", "not slow", *session.posargs)


@nox.session(python=PYTHONS[0])
def explore(session: nox.Session) -> None:
    """The laws, with examples that nobody has tried yet, round after round until one fails.

    `nox -s explore -- --rounds 20` says how many rounds, the rest is for pytest.
    """
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    options, rest = parser.parse_known_args(session.posargs)
    session.install("-e", ".[test,bench,lint]")
    for _ in range(options.rounds):
        session.run("python", "-m", "pytest", "-q", "-m", "hypothesis and not slow", *rest)


@nox.session(python=PYTHONS[0], venv_backend="uv")
def lowest(session: nox.Session) -> None:
    """The fast tests and those of Spark, with the lowest versions of all that is declared."""
    session.install("--resolution", "lowest-direct", "-e", ".[test]")
    session.run("uv", "pip", "list", external=True)
    session.run("python", "-m", "pytest", "-m", "not slow", *session.posargs)
    session.run("python", "-m", "pytest", "tests/test_spark.py")


@nox.session(python=PYTHONS)
def core(session: nox.Session) -> None:
    """The core alone, without any extra: attrs and RapidFuzz are all that is there."""
    session.install("-e", ".", "pytest>=8.2", "pytest-xdist>=3.6", "hypothesis>=6.100")
    names = ("imports", "import_graph", "split", "resolve", "taxonomy", "decisions", "laws")
    files = [f"tests/test_{name}.py" for name in names]
    session.run("python", "-m", "pytest", "-m", "not slow", *session.posargs, *files)


@nox.session(python=PYTHONS)
def installs(session: nox.Session) -> None:
    """Wheel, source distribution, editable and compiled, each in an environment of its own."""
    session.install("-e", ".[test]")
    session.run("python", "-m", "pytest", "-m", "installs", "tests/test_installs.py")


@nox.session(python=PYTHONS[0])
def build(session: nox.Session) -> None:
    """The source distribution and the pure wheel, twice: they must be the same bytes."""
    session.install("build")
    first, second = CHECKOUT / "dist", Path(session.create_tmp()) / "again"
    for folder in (first, second):
        shutil.rmtree(folder, ignore_errors=True)
        session.run("python", "-m", "build", "--outdir", str(folder), env=EPOCH, silent=True)
    made = sorted(first.iterdir())
    for file in made:
        if file.read_bytes() != (second / file.name).read_bytes():
            session.error(f"{file.name} differs from one build to the next")
    session.log(f"the same bytes twice: {', '.join(file.name for file in made)}")


@nox.session(python=PYTHONS[0])
def docs(session: nox.Session) -> None:
    """The documentation site, warnings are errors; `-- serve` shows it while you write."""
    session.install("-e", ".[docs]")
    command = session.posargs or ["build", "--strict"]
    # Advertisements of what may once replace MkDocs are no warnings about these pages.
    quiet = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
    session.run("python", "-m", "mkdocs", *command, env=quiet)


@nox.session(python=PYTHONS[0])
def audit(session: nox.Session) -> None:
    """Known vulnerabilities of what is installed with every extra, and a bill of materials."""
    session.install("uv", "pip-audit", "cyclonedx-bom")
    # The tools stand in this environment, what they look at in one of its own.
    place = Path(session.create_tmp())
    session.run("uv", "venv", "--clear", "--quiet", str(place / "all"))
    python = str(place / "all" / ("Scripts" if os.name == "nt" else "bin") / "python")
    session.run("uv", "pip", "install", "--quiet", "--python", python, ".[all]")
    materials = CHECKOUT / "dist" / "tagnorm.cdx.json"
    materials.parent.mkdir(exist_ok=True)
    session.run(
        *("cyclonedx-py", "environment", python, "--pyproject", "pyproject.toml"),
        *("--output-reproducible", "--output-file", str(materials)),
    )
    session.log(f"the bill of materials is {materials}")
    packages = next((place / "all").rglob("site-packages"))
    command = ("pip-audit", "--progress-spinner=off", "--format=json", f"--path={packages}")
    said = str(session.run(*command, silent=True, stderr=None, success_codes=(0, 1)))
    if not said.startswith("{"):
        session.skip("the list of known vulnerabilities cannot be reached")
    found = json.loads(said)["dependencies"]
    weak = {one["name"]: [v["id"] for v in one["vulns"]] for one in found if one.get("vulns")}
    if weak:
        session.error(f"known vulnerabilities: {weak}")
    unknown = [one["name"] for one in found if "skip_reason" in one and one["name"] != "tagnorm"]
    if unknown:
        session.skip(f"the package index tells of no vulnerabilities of {', '.join(unknown)}")
    session.log(f"no known vulnerabilities in {len(found)} packages")


@nox.session(python=PYTHONS[0])
def guard(session: nox.Session) -> None:
    """Speed beside the peers: no ratio may have fallen by more than a fifth."""
    session.install("-e", ".[bench]")
    session.run("python", "-m", "benchmarks", "guard")
