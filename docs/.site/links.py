"""Links that leave `docs/` lead to the sources: on a forge they work as they are written."""

from __future__ import annotations

import logging
import posixpath
import re
from pathlib import Path
from typing import Any

log = logging.getLogger("mkdocs.plugins.links")
CHECKOUT = Path(__file__).parents[2]
SOURCE = "https://tagnorm.example/source/"
# Pages of the site that are files elsewhere in the checkout.
PAGES = {
    "CHANGELOG.md": "changelog.md",
    "CONTRIBUTING.md": "contributing.md",
    "README.md": "index.md",
    "SECURITY.md": "security.md",
    "taxonomy/README.md": "vocabulary/sources.md",
}
LINK = re.compile(r"(?<=\]\()(?!https?:|mailto:|#)([^)\s#]+)(#[^)\s]*)?(?=\))")


def on_page_markdown(markdown: str, *, page: Any, **_: Any) -> str:
    """Turn links to files outside `docs/` into links to the sources."""
    return leaving(markdown, f"docs/{page.file.src_uri}")


def leaving(markdown: str, origin: str) -> str:
    """The text of a file of the checkout as a page: each link leads to a page or to the sources."""

    def target(found: re.Match[str]) -> str:
        path = posixpath.normpath(posixpath.join(posixpath.dirname(origin), found[1]))
        anchor = found[2] or ""
        if path in PAGES:
            return _from(origin, PAGES[path]) + anchor
        if path.startswith("docs/"):
            return _from(origin, path.removeprefix("docs/")) + anchor
        if not (CHECKOUT / path).exists():
            log.warning("%s links to %s, which is not there", origin, found[1])
        return SOURCE + path + anchor

    return LINK.sub(target, markdown)


def _from(origin: str, page: str) -> str:
    """A link between two pages of the site, from where the file is shown."""
    shown = PAGES.get(origin, origin.removeprefix("docs/"))
    return posixpath.relpath(page, posixpath.dirname(shown) or ".")
