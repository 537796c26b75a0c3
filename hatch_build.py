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

# What a word goes through from the raw string to its tags, and nothing that users call.
_MODULES = (
    "engine/best_path", "engine/confidence", "engine/edits", "engine/nbest", "engine/paths",
    "engine/reader", "engine/segmentation", "engine/unknown_words", "folding",
)  # fmt: skip
# The modules alone are analysed, so that it matters not what else is installed.
_OPTIONS = ("--follow-imports=skip", "--ignore-missing-imports", "--python-version=3.11")


class CompiledModules(BuildHookInterface):  # type: ignore[type-arg]
    """Puts the compiled modules into the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile in a folder of its own, so that the checkout stays as it is."""
        if version == "editable":
            return
        self._folder = Path(tempfile.mkdtemp(prefix="tagnorm-"))
        shutil.copytree(Path(self.root) / "tagnorm", self._folder / "tagnorm")
        names = [f"tagnorm/{module}.py" for module in _MODULES]
        done = subprocess.run(
            [sys.executable, "-m", "mypyc", *_OPTIONS, *names],
            cwd=self._folder,
            env={**os.environ, "MYPYC_OPT_LEVEL": "3", "MYPYC_DEBUG_LEVEL": "0"},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"mypyc failed:\n{done.stdout}\n{done.stderr}")
        libraries = [*self._folder.glob("*.*"), *self._folder.rglob("tagnorm/**/*.*")]
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
