"""The package as shipped: built, installed in fresh environments, run outside the checkout.

These tests build and install for real, and need the package index for the build tool and the two
dependencies. Run them alone with `pytest -m installs`, leave them out with `-m "not installs"`.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from collections.abc import Callable
from pathlib import Path

import attrs
import pytest
from strategies import damaged

import tagnorm
from benchmarks.training.gold import raw_tags
from hatch_build import compiled_modules

pytestmark = [pytest.mark.installs, pytest.mark.slow]

CHECKOUT = Path(__file__).parents[1]
# What pip says where there is no way to the index; everything else is a failure.
_UNREACHABLE = re.compile(
    "NewConnectionError|ConnectTimeout|ConnectionResetError|NameResolutionError|ProxyError"
    "|Temporary failure in name resolution|Network is unreachable|Max retries exceeded"
)
_PROGRAM = """\
import importlib.metadata as metadata, json, pathlib, sys, tagnorm
print(json.dumps({
    "tags": tagnorm.split("KNNNP, PRELPGOVSP; unga/c-6 Kuwait"),
    "left": tagnorm.resolve("PGOVQL").unresolved,
    "codes": len(tagnorm.Taxonomy.load()),
    "version": tagnorm.__version__,
    "vocabulary": tagnorm.Taxonomy.load().version,
    "home": str(pathlib.Path(tagnorm.__file__).parent),
    "there": sorted(d.metadata["Name"].lower() for d in metadata.distributions()),
    "files": sorted(
        str(f) for f in metadata.files("tagnorm")
        if str(f).startswith("tagnorm/") and "__pycache__" not in str(f)
    ),
}))
"""

_ANSWERS = """\
import importlib, json, pathlib, pickle, pkgutil, sys, weakref
import tagnorm, tagnorm.engine, tagnorm.folding
normalizer = pickle.loads(pickle.dumps(tagnorm.Normalizer()))
assert weakref.ref(normalizer)() is normalizer
try:
    normalizer.split(5)
except TypeError as error:
    complaint = str(error)
strings = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
found = [normalizer.resolve(string) for string in strings]
engine = [
    importlib.import_module(module.name)
    for module in pkgutil.walk_packages(tagnorm.engine.__path__, "tagnorm.engine.")
    if not module.ispkg
]
print(json.dumps({
    "homes": {module.__name__: module.__file__ for module in (*engine, tagnorm.folding)},
    "complaint": complaint,
    "split": [normalizer.split(string) for string in strings],
    "resolved": [
        [r.tags, r.status, r.confidence, [[a.tags, a.confidence] for a in r.alternatives]]
        for r in found
    ],
}))
"""


@attrs.frozen
class Environment:
    """A fresh virtual environment, with nothing in it but Python."""

    home: Path

    @classmethod
    def make(cls, home: Path) -> Environment:
        venv.create(home, with_pip=False)
        return cls(home)

    @property
    def python(self) -> Path:
        windows = self.home / "Scripts" / "python.exe"
        return windows if windows.exists() else self.home / "bin" / "python"

    def install(self, *what: str) -> None:
        pip = [sys.executable, "-m", "pip", "--python", str(self.python), "install"]
        done = self._run([*pip, "--quiet", "--disable-pip-version-check", *what])
        if done.returncode and _UNREACHABLE.search(done.stderr + done.stdout):
            pytest.skip(f"the package index cannot be reached for {what}")
        assert not done.returncode, done.stderr

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Python with these arguments, in an empty folder, isolated from where the tests run."""
        return self._run([str(self.python), "-I", *arguments])

    def _run(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        elsewhere = self.home / "elsewhere"
        elsewhere.mkdir(exist_ok=True)
        environ = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        return subprocess.run(
            command, cwd=elsewhere, env=environ, capture_output=True, text=True, check=False
        )


Installed = tuple[Environment, dict[str, object]]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A wheel and a source distribution, built from the checkout by its own build tool."""
    folder = tmp_path_factory.mktemp("built")
    builder = Environment.make(folder / "builder")
    builder.install("hatchling>=1.25")
    done = subprocess.run(
        [str(builder.python), "-m", "hatchling", "build", "-d", str(folder / "dist")],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert not done.returncode, done.stderr
    (wheel,), (sdist,) = (list((folder / "dist").glob(p)) for p in ("*.whl", "*.tar.gz"))
    return {"wheel": wheel, "sdist": sdist}


@pytest.fixture(scope="module")
def installed(
    built: dict[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Installed]:
    """Each kind installed once in an environment of its own, and what it answers there."""
    found: dict[str, Installed] = {}

    def install(kind: str) -> Installed:
        if kind not in found:
            environment = Environment.make(tmp_path_factory.mktemp(kind) / "venv")
            what = ("-e", str(CHECKOUT)) if kind == "editable" else (str(built[kind]),)
            environment.install(*what)
            done = environment.run("-W", "error", "-c", _PROGRAM)
            assert not done.returncode, done.stderr
            found[kind] = environment, json.loads(done.stdout)
        return found[kind]

    return install


@pytest.mark.parametrize("kind", ["wheel", "sdist", "editable"])
def test_an_installed_package_splits_and_has_its_vocabulary(
    kind: str, installed: Callable[[str], Installed]
) -> None:
    environment, answer = installed(kind)
    home = CHECKOUT if kind == "editable" else environment.home.resolve()

    assert answer["tags"] == ["KNNP", "PREL", "PGOV", "SP", "UNGA/C-6", "KU"]
    assert answer["left"] == ["QL"]
    assert len(tagnorm.Taxonomy.load()) == answer["codes"]
    assert tagnorm.Taxonomy.load().version == answer["vocabulary"]
    assert tagnorm.__version__ == answer["version"]
    assert Path(str(answer["home"])).resolve().is_relative_to(home)
    assert answer["there"] == ["attrs", "rapidfuzz", "tagnorm"]


def test_the_source_distribution_installs_the_files_of_the_wheel(
    installed: Callable[[str], Installed],
) -> None:
    _, wheel = installed("wheel")
    _, sdist = installed("sdist")

    assert wheel["files"] == sdist["files"]


def test_the_wheel_holds_the_package_with_its_data_and_nothing_else(built: dict[str, Path]) -> None:
    with zipfile.ZipFile(built["wheel"]) as archive:
        names = set(archive.namelist())
        (place,) = [name for name in names if name.endswith(".dist-info/METADATA")]
        metadata = archive.read(place).decode()
    tables = {f"tagnorm/data/taxonomy/{f.name}" for f in (CHECKOUT / "taxonomy").glob("*.tsv")}
    data = {f"tagnorm/data/{f.name}" for f in (CHECKOUT / "tagnorm" / "data").glob("*.t*")}

    assert tables | data | {"tagnorm/py.typed", "tagnorm/data/taxonomy/README.md"} <= names
    notices = ["LICENSE", "NOTICE", *(f"LICENSES/{f.name}" for f in _licences())]
    assert {f"{place.removesuffix('METADATA')}licenses/{name}" for name in notices} <= names
    assert {"tagnorm", place.split("/")[0]} == {name.split("/")[0] for name in names}
    assert not [name for name in names if "__pycache__" in name or "test" in name]
    assert "License-Expression: MIT" in metadata
    assert re.findall(r"^Requires-Dist: ([^;\n]+)$", metadata, re.MULTILINE) == [
        "attrs>=23.2",
        "rapidfuzz>=3.9",
    ]


def test_the_source_distribution_holds_tests_vocabulary_and_licence(built: dict[str, Path]) -> None:
    with tarfile.open(built["sdist"]) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}

    assert {"pyproject.toml", "README.md", "LICENSE", "NOTICE", "taxonomy/program.tsv"} <= names
    assert {f"LICENSES/{licence.name}" for licence in _licences()} <= names
    assert {"tests/test_installs.py", "tests/cases/untouched.tsv", "tagnorm/folding.py"} <= names


def test_what_needs_an_extra_says_so_where_it_is_not_installed(
    installed: Callable[[str], Installed],
) -> None:
    environment, _ = installed("wheel")

    done = environment.run("-m", "tagnorm.cli", "split", "PREL")
    assert done.returncode != 0
    assert "tagnorm[cli]" in done.stderr
    assert "Traceback" not in done.stderr


def _licences() -> list[Path]:
    return sorted((CHECKOUT / "LICENSES").iterdir())


def _c_compiler() -> str | None:
    """The compiler that extensions of this Python are built with, if it is there."""
    named = (os.environ.get("CC") or sysconfig.get_config_var("CC") or "").split()
    return shutil.which(named[0]) if named else None


@pytest.fixture(scope="module")
def compiled_wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel with the compiled modules, built from the checkout."""
    if _c_compiler() is None:
        pytest.skip("there is no C compiler")
    folder = tmp_path_factory.mktemp("compiled")
    builder = Environment.make(folder / "builder")
    builder.install("hatchling>=1.25", "mypy[mypyc]>=1.18", "attrs>=23.2", "rapidfuzz>=3.9")
    done = subprocess.run(
        [str(builder.python), "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=CHECKOUT,
        env={**os.environ, "HATCH_BUILD_HOOK_ENABLE_CUSTOM": "true"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert not done.returncode, done.stderr
    (wheel,) = folder.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def compiled(compiled_wheel: Path) -> Environment:
    """An environment with the compiled package."""
    environment = Environment.make(compiled_wheel.parent / "venv")
    environment.install(str(compiled_wheel))
    return environment


def test_the_compiled_wheel_is_the_pure_one_and_the_libraries(
    compiled_wheel: Path, built: dict[str, Path]
) -> None:
    with zipfile.ZipFile(compiled_wheel) as with_libraries, zipfile.ZipFile(built["wheel"]) as pure:
        added = set(with_libraries.namelist()) - set(pure.namelist())
        assert set(pure.namelist()) <= set(with_libraries.namelist())

    assert not compiled_wheel.name.endswith("-none-any.whl")
    assert {name.partition(".")[0] for name in added if "/" in name} == {
        path.removesuffix(".py") for path in compiled_modules(CHECKOUT)
    }
    (shared,) = [name for name in added if "/" not in name]
    assert re.fullmatch(r"\w+__mypyc\.\S+\.(so|pyd)", shared)


def test_the_compiled_package_answers_as_the_pure_one(
    compiled: Environment, tmp_path: Path
) -> None:
    strings = [*raw_tags(), *damaged(1500, seed=29), "", "prel, PGVO; unga/c-6 Côte d'Ivoire"]
    listed = tmp_path / "strings.json"
    listed.write_text(json.dumps(strings), encoding="utf-8")

    done = compiled.run("-c", _ANSWERS, str(listed))

    assert not done.returncode, done.stderr
    answers = json.loads(done.stdout)
    homes = answers["homes"]
    assert all(Path(home).suffix in (".so", ".pyd") for home in homes.values())
    assert set(homes) == {path[:-3].replace("/", ".") for path in compiled_modules(CHECKOUT)}
    assert answers["complaint"] == "expected a string, got int: 5"
    normalizer = tagnorm.Normalizer()
    found = [normalizer.resolve(string) for string in strings]
    expected = [
        [
            list(r.tags),
            r.status,
            r.confidence,
            [[list(a.tags), a.confidence] for a in r.alternatives],
        ]
        for r in found
    ]
    assert answers["split"] == [normalizer.split(string) for string in strings]
    assert answers["resolved"] == expected


def test_the_compiled_package_cleans_files_as_the_pure_one(
    compiled_wheel: Path, tmp_path: Path
) -> None:
    pytest.importorskip("pyarrow")
    pytest.importorskip("click")
    from tagnorm.files import clean_file  # noqa: PLC0415 -- it needs PyArrow

    with zipfile.ZipFile(compiled_wheel) as packed:
        packed.extractall(tmp_path / "compiled")
    dirty = tmp_path / "dirty.csv"
    strings = damaged(300, seed=31)
    rows = [f'{n},"{a}, {b}; PREL {c}"' for n, (a, b, c) in enumerate(zip(*[iter(strings)] * 3))]  # noqa: B905
    dirty.write_text("\n".join(["id,tags", *rows, ""]), encoding="utf-8")
    clean_file(dirty, tmp_path / "pure.csv", columns=["tags"], status=True)

    command = ["clean", str(dirty), "-o", str(tmp_path / "compiled.csv"), "--status"]
    done = subprocess.run(
        [sys.executable, "-m", "tagnorm.cli", *command, "--column", "tags"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "compiled")},
        capture_output=True,
        text=True,
        check=False,
    )

    assert not done.returncode, done.stderr
    assert (tmp_path / "compiled.csv").read_bytes() == (tmp_path / "pure.csv").read_bytes()
