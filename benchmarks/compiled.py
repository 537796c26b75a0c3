"""Another measurement, on the compiled build: `python -m benchmarks compiled [COMMAND ...]`.

The wheel with the compiled modules is built from the checkout, which takes half a minute and a C
compiler, and unpacked into a folder that vanishes again; there the command runs.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

_CHECKOUT = Path(__file__).resolve().parents[1]


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("words", nargs=argparse.REMAINDER, help="a command and its options (tags)")


def run(options: argparse.Namespace) -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        unpack_compiled(folder)
        # What the command writes, a baseline or a plot, lands in the checkout.
        (folder / "benchmarks").symlink_to(_CHECKOUT / "benchmarks")
        return subprocess.call([sys.executable, "-m", "benchmarks", *options.words], cwd=folder)


def unpack_compiled(folder: Path) -> None:
    """Build the wheel with the compiled modules, and unpack it into a folder.

    Raises:
        RuntimeError: it cannot be built.
    """
    with tempfile.TemporaryDirectory() as name:
        done = subprocess.run(
            [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", name, str(_CHECKOUT)],
            env={**os.environ, "HATCH_BUILD_HOOK_ENABLE_CUSTOM": "true"},
            check=False,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise RuntimeError(f"the compiled wheel could not be built:\n{done.stderr}")
        (wheel,) = Path(name).glob("*.whl")
        with zipfile.ZipFile(wheel) as packed:
            packed.extractall(folder)
