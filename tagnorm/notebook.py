"""How answers, codes and vocabularies look in a notebook: small pieces of HTML that need nothing.

Every text of a user's or a vocabulary's is escaped; what does not print is shown as its number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

from tagnorm.wording import (
    STATUSES,
    meaning_of,
    shown,
    tags_shown,
    worth_showing,
    years_shown,
)

if TYPE_CHECKING:
    from tagnorm.resolution import Resolution
    from tagnorm.vocabulary.codes import Taxonomy
    from tagnorm.vocabulary.entries import Code

__all__ = ["code_page", "resolution_page", "taxonomy_page"]

# A string longer than this is cut, and so many of its pieces and other readings are shown.
_LETTERS, _ROWS = 400, 50
# Colours that can be read on light and on dark ground; what they say stands there in words too.
_CODE, _LEFT = "border-bottom:3px solid #2e8b57", "border-bottom:3px dashed #c77700"


def resolution_page(answer: Resolution) -> str:
    """A resolution: the string with its pieces marked, what each is, and other readings.

    >>> from tagnorm import resolve
    >>> page = resolution_page(resolve("PGVO <b>"))
    >>> "PGOV" in page, "two letters swapped" in page, "<b>" in page, "&lt;" in page
    (True, True, False, True)
    """
    marked, rows = [], []
    for segment in answer.segments:
        text = _text(segment.raw)
        if segment.how == "separator":
            marked.append(text)
            continue
        style = _LEFT if segment.code is None else _CODE
        marked.append(f'<span style="{style};margin-right:1px">{text}</span>')
        how = meaning_of(segment.how) or "as it stands"
        rows.append((text, _text(segment.code or "none"), escape(how)))
    status = f"{answer.status} ({STATUSES.get(answer.status, answer.status)})"
    verdict = f"{escape(status)}, confidence {answer.confidence:.3f}"
    parts = [
        f'<p><code style="white-space:pre-wrap">{"".join(marked[:_ROWS]) or "(empty)"}</code> '
        f"<small>{verdict}</small></p>",
        _table(("piece", "code", "how"), rows),
    ]
    likely = worth_showing(answer.alternatives)
    if likely:
        others = [(f"{one.confidence:.2f}", _text(tags_shown(one.tags))) for one in likely]
        parts.append(_table(("or, with", "tags"), others))
    return f'<div class="tagnorm-resolution">{"".join(parts)}</div>'


def code_page(code: Code) -> str:
    """A code: what the vocabulary says of it, what it leaves blank left out.

    >>> from tagnorm import Code
    >>> page = code_page(Code("R&B", "Rhythm & Blues"))
    >>> "R&amp;B" in page, "Rhythm &amp; Blues" in page, "replaced" in page
    (True, True, False)
    """
    said = {
        "name": code.name,
        "kind": code.kind,
        "family": code.family,
        "status": code.status,
        "replaced by": code.replaced_by,
        "years": years_shown(code.start, code.end),
        "source": code.source,
    }
    rows = [(what, _text(value)) for what, value in said.items() if value]
    return f'<div class="tagnorm-code"><p><b>{_text(code.tag)}</b></p>{_table((), rows)}</div>'


def taxonomy_page(taxonomy: Taxonomy) -> str:
    """A vocabulary: its edition, how many codes of each kind it has, and a few of each.

    >>> from tagnorm import Taxonomy
    >>> page = taxonomy_page(Taxonomy.load())
    >>> "geographic" in page, len(page) < 4000
    (True, True)
    """
    kinds = Counter(code.kind for code in taxonomy)
    rows = [
        (
            _text(kind),
            f"{count:,}",
            _text(", ".join(code.tag for code in taxonomy.by_kind(kind)[:8]))
            + (", &hellip;" if count > 8 else ""),
        )
        for kind, count in kinds.most_common(_ROWS)
    ]
    told = (
        f"{len(taxonomy):,} codes, {len(taxonomy.aliases):,} other names, "
        f"{len(taxonomy.outside):,} acronyms that are no codes; edition {taxonomy.version}"
    )
    table = _table(("kind", "codes", "such as"), rows)
    return f'<div class="tagnorm-taxonomy"><p>{_text(told)}</p>{table}</div>'


def _text(text: str) -> str:
    cut = text if len(text) <= _LETTERS else f"{text[:_LETTERS]}\u2026"
    return escape(shown(cut))


def _table(heads: Iterable[str], rows: Iterable[tuple[str, ...]]) -> str:
    """A table of cells that are HTML already; a first column without a head names its row."""
    heads = tuple(heads)
    top = "".join(f'<th scope="col" style="text-align:left">{head}</th>' for head in heads)
    lines = []
    for row in list(rows)[:_ROWS]:
        tags = ["td"] * len(row) if heads else ["th scope='row'", *["td"] * (len(row) - 1)]
        cells = "".join(
            f'<{tag} style="text-align:left">{cell}</{tag.partition(" ")[0]}>'
            for tag, cell in zip(tags, row, strict=True)
        )
        lines.append(f"<tr>{cells}</tr>")
    head = f"<thead><tr>{top}</tr></thead>" if heads else ""
    return f"<table>{head}<tbody>{''.join(lines)}</tbody></table>" if lines else ""
