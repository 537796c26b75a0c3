"""The hook that compiles the modules that read words with mypyc, where a build asks for it.

The wheel is pure Python unless `HATCH_BUILD_HOOK_ENABLE_CUSTOM=true` is set. The compiled modules
stand in it beside their sources and answer the same, faster; they need a C compiler only to build.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# What a word goes through from the raw string to its tags: the engine, and the folding before it.
_COMPILED = ("tagnorm/engine/**/*.py", "tagnorm/folding.py")
# The modules alone are analysed, and attrs, which makes their classes: it matters not what else is
# installed.
_OPTIONS = ("--follow-imports=skip", "--ignore-missing-imports", "--python-version=3.11")


def compiled_modules(checkout: Path) -> list[str]:
    """The modules to compile, as paths from the root of a checkout, in the order of their names."""
    found = {
        path.relative_to(checkout).as_posix()
        for pattern in _COMPILED
        for path in checkout.glob(pattern)
        if path.name != "__init__.py"
    }
    return sorted(found)


class CompiledModules(BuildHookInterface):  # type: ignore[type-arg]
    """Puts the compiled modules into the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile in a folder of its own, so that the checkout stays as it is."""
        if version == "editable":
            return
        self._folder = Path(tempfile.mkdtemp(prefix="tagnorm-"))
        shutil.copytree(Path(self.root) / "tagnorm", self._folder / "tagnorm")
        done = subprocess.run(
            [sys.executable, "-m", "mypyc", *_OPTIONS, *compiled_modules(self._folder)],
            cwd=self._folder,
            env={**os.environ, "MYPYC_OPT_LEVEL": "3", "MYPYC_DEBUG_LEVEL": "0"},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"mypyc failed:\n{done.stdout}\n{done.stderr}")
        # The modules lie beside their sources, what they share lies at the top.
        libraries = [*self._folder.glob("*.*"), *self._folder.glob("tagnorm/**/*.*")]
        for library in libraries:
            if library.suffix in (".so", ".pyd"):
                place = library.relative_to(self._folder).as_posix()
                build_data["force_include"][str(library)] = place
        build_data["pure_python"] = False
        build_data["infer_tag"] = True

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Take the folder away."""
        if version != "editable":
            shutil.rmtree(self._folder)
