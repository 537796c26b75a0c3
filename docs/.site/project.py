"""Puts the files that a forge shows at the top of the checkout among the pages."""

from __future__ import annotations

import sys
from pathlib import Path

import mkdocs_gen_files

sys.path.insert(0, str(Path(__file__).parent))
from links import CHECKOUT, PAGES, leaving

for file, page in PAGES.items():
    if page != "index.md":
        text = (CHECKOUT / file).read_text(encoding="utf-8")
        with mkdocs_gen_files.open(page, "w") as out:
            out.write(leaving(text, file))
