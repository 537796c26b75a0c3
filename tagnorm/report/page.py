"""The report as one page: figures, charts and a table, in a file that needs no network.

The page is made of the files in `templates`; figures and strings are data in it, never markup.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from tagnorm.decisions.store import tags_cell
from tagnorm.report.charts import Bar, bars, percent, share_bar, sureness
from tagnorm.report.page_templates import filled, template
from tagnorm.vocabulary.codes import Taxonomy
from tagnorm.wording import HOW, STATES, STATUSES, meaning_of, number_of, shown, tags_shown

__all__ = ["page_of"]

_HERE = "tagnorm.report"
# Rows of the table that are there without a script, for print and for readers who have none.
_WRITTEN = 50
# Larger vocabularies are too much for a page; what is typed there is checked when it is read.
_MOST_CODES = 20_000
# So many bad rows are shown, and so much of each.
_BAD_ROWS, _BAD_LETTERS = 20, 120
_SHARES = {
    "canonical": "as written",
    "alias": "other name",
    "misspelled": "corrected",
    "concatenated": "joined",
    "mixed": "mixed",
    "unresolved": "unresolved",
}


def page_of(figures: Mapping[str, Any], taxonomy: Taxonomy) -> str:
    """The page of the figures that `figures_of` made, as HTML."""
    # In ASCII nothing of a string can be anything else; and a script ends at its end tag.
    data = json.dumps(_data(figures, taxonomy), separators=(",", ":"))
    safe = data.replace("<", "\\u003c")
    holes = {
        "title": escape(shown(f"{figures['column']}: {figures['source']}")),
        "column": escape(shown(figures["column"])),
        "source": escape(shown(figures["source"])),
        "style": template(_HERE, "base.css") + template(_HERE, "report.css"),
        "script": template(_HERE, "report.js"),
        "data": safe,
        "verdict": _verdict(figures) + _bad_rows(figures),
        "shares": _shares(figures),
        "charts": _charts(figures),
        "listed": _listed(figures),
        "rows": "".join(map(_row, figures["listed"][:_WRITTEN])),
        "foot": _foot(figures),
    }
    return filled(_HERE, "report.html", holes)


def _verdict(figures: Mapping[str, Any]) -> str:
    """What the state of the column is, in a sentence or two."""
    rows, needs = figures["rows"], figures["needs_a_person"]
    filled = rows["all"] - rows["empty"]
    if not filled:
        return "<p class=verdict>There are <b>no tags</b> in this column.</p>"
    share, shown_rows = percent(rows["resolved"], filled), number_of(filled, "row")
    said = f"<b>{share}</b> of the {shown_rows} with tags are "
    if not needs["strings"]:
        return f"<p class=verdict>{said}<b>clean</b>. Nothing needs a person.</p>"
    open_rows = rows["doubtful"] + rows["unresolved"]
    said += f"<b>clean</b>; <b>{percent(open_rows, filled)}</b> hold a string that needs a person."
    first = next((s for s in needs["first"] if s["share"] >= 0.5), needs["first"][-1])
    verb, stands = ("needs", "it stands") if needs["strings"] == 1 else ("need", "they stand")
    decided = ""
    if first["strings"] <= needs["strings"] / 2:
        settled = f"settles {percent(first['share'], 1)} of their places"
        decided = f" Deciding the first <b>{first['strings']:,}</b> {settled}."
    return (
        f"<p class=verdict>{said}</p>"
        f"<p class=todo><b>{number_of(needs['strings'], 'string')}</b> {verb} a person; "
        f"{stands} in {needs['occurrences']:,} places.{decided} "
        '<a href="#strings">Go to the strings</a></p>'
    )


def _bad_rows(figures: Mapping[str, Any]) -> str:
    """How many rows of the file could not be read as they should, and the first of them."""
    count = figures["bad_rows"]
    if not count:
        return ""
    listed = figures["bad_rows_listed"][:_BAD_ROWS]
    items = "".join(
        f"<li>line {one['line']:,}: {escape(shown(one['message']))}: "
        f"<code><bdi>{escape(shown(one['raw'].rstrip()[:_BAD_LETTERS]))}</bdi></code></li>"
        for one in listed
    )
    first = "" if count == len(listed) else f"; the first {len(listed)}"
    them = "it" if count == 1 else "they"
    return (
        f"<details class=bad><summary><b>{number_of(count, 'row')}</b> of the file could not be "
        f"read as {them} should{first}</summary><ul>{items}</ul></details>"
    )


def _shares(figures: Mapping[str, Any]) -> str:
    rows = figures["rows"]
    notes = {**STATES, "empty": "no tag in it"}
    by_state = [
        Bar(state, rows[state], notes[state], state)
        for state in ("resolved", "doubtful", "unresolved", "empty")
    ]
    strings = figures["strings"]["by_status"]
    by_status = [
        Bar(name, strings[status]["rows"], STATUSES[status], status)
        for status, name in _SHARES.items()
    ]
    total = figures["strings"]["occurrences"]
    return share_bar(
        "rows", f"The {number_of(rows['all'], 'row')}, by the worst string in each", by_state
    ) + (
        share_bar(
            "places",
            f"The {number_of(total, 'place')} of strings, by how they were read",
            by_status,
        )
    )


def _charts(figures: Mapping[str, Any]) -> str:
    families = [
        Bar(
            f"{one['family']} {one['name']}".strip().capitalize()
            if not one["family"]
            else f"{one['family']}: {one['name']}",
            one["rows"],
            "",
            "family",
        )
        for one in figures["families"][:14]
    ]
    corrections = [
        Bar(
            f"{one['raw']} → {one['code']}",
            one["rows"],
            f"{meaning_of(one['how'])}, {one['confidence']:.2f} sure",
            "misspelled" if one["confidence"] >= figures["doubt"] else "doubtful",
        )
        for one in figures["corrections"][:12]
    ]
    left = [
        Bar(one["raw"], one["rows"], "; ".join(one["examples"][:1])[:120], "unresolved")
        for one in figures["unresolved"][:12]
    ]
    tags = [Bar(one["code"], one["rows"], one["name"], "family") for one in figures["tags"][:12]]
    together = [
        Bar(" + ".join(one["codes"]), one["rows"], "", "family") for one in figures["together"][:12]
    ]
    heads = ("String", "Rows")
    return "".join(
        (
            bars("top-left", "The commonest unresolved strings", "No code was found for all of "
                 "it; the letters were kept.", left, heads),
            bars("top-corrections", "The commonest corrections", "What stands in the column, and "
                 "the code that it was read as.", corrections, heads),
            sureness("sureness", figures["confidence"], figures["doubt"]),
            bars("families", "The tags by family", "How many tags each family has in all rows.",
                 families, ("Family", "Tags")),
            bars("tags", "The commonest tags", "In how many rows each stands.", tags,
                 ("Tag", "Rows")),
            bars("together", "Tags that stand together", "In how many rows both stand.",
                 together, ("Tags", "Rows")),
        )
    )  # fmt: skip


def _listed(figures: Mapping[str, Any]) -> str:
    """What the table lists, and what it leaves out."""
    missing = figures["not_listed"]
    listed, all_ = len(figures["listed"]), figures["strings"]["distinct"]
    said = f"{listed:,} of the {all_:,} distinct strings are listed here, the most frequent first"
    if not any(missing.values()):
        return f"All {all_:,} distinct strings of the column are listed here."
    left = [
        f"{count:,} {what}"
        for count, what in (
            (missing["needing_a_person"], "that need a person"),
            (missing["others"], "others"),
        )
        if count
    ]
    return f"{said}; left out for size: {' and '.join(left)}. All figures count every row."


def _row(one: Mapping[str, Any]) -> str:
    """A row of the table as it stands in the page before any script runs."""
    return (
        f'<tr role=row><th role=rowheader scope=row data-label="String">'
        f"{_pieces(one['pieces'])}</th>"
        f'<td role=cell data-label="Rows">{one["rows"]:,}</td>'
        f'<td role=cell data-label="State"><span class="state {one["state"]}">{one["state"]}'
        f"</span></td>"
        f'<td role=cell data-label="Sure">{one["confidence"]:.2f}</td>'
        f'<td role=cell data-label="Other readings">'
        f"{escape('; '.join(_other(other) for other in one['alternatives'][:3]))}</td>"
        f'<td role=cell data-label="Your choice"></td></tr>'
    )


def _other(other: Mapping[str, Any]) -> str:
    return f"{tags_shown(other['tags'])} {other['confidence']:.2f}"


def _pieces(pieces: Sequence[Mapping[str, Any]]) -> str:
    return "".join(
        f'<span class="piece {_style(piece)}"><bdi>{escape(shown(piece["raw"]))}</bdi>'
        f"<b>{escape(shown(piece['code'] or '?'))}</b></span>"
        for piece in pieces
        if piece["how"] != "separator"
    )


def _style(piece: Mapping[str, Any]) -> str:
    if piece["code"] is None:
        return "unresolved"
    how = piece["how"]
    return how if how in ("canonical", "alias", "decision") else "misspelled"


def _data(figures: Mapping[str, Any], taxonomy: Taxonomy) -> dict[str, Any]:
    """What the script of the page needs, as short as can be."""
    used = {tag for one in figures["listed"] for tag in one["tags"]}
    used |= {t for one in figures["listed"] for other in one["alternatives"] for t in other["tags"]}
    small = len(taxonomy) <= _MOST_CODES
    codes = {c.tag: c.name for c in taxonomy if small or c.tag in used}
    return {
        "strings": [_packed(one) for one in figures["listed"]],
        "codes": codes,
        # Of those that are written otherwise in a file of decisions.
        "cells": {tag: cell for tag in codes if (cell := tags_cell([tag])) != tag},
        "allCodes": small,
        "how": HOW,
    }


def _packed(one: Mapping[str, Any]) -> list[Any]:
    return [
        shown(one["raw"]),
        one["cell"],
        one["rows"],
        one["state"],
        one["status"],
        one["confidence"],
        [
            [shown(p["raw"]), p["code"] and shown(p["code"]), p["how"], _style(p)]
            for p in one["pieces"]
            if p["how"] != "separator"
        ],
        one["tags_cell"],
        [shown(tag) for tag in one["tags"]],
        [
            [tags_cell(o["tags"]), [shown(tag) for tag in o["tags"]], o["confidence"]]
            for o in one["alternatives"]
        ],
        [shown(example[:160]) for example in one["examples"]],
    ]


def _foot(figures: Mapping[str, Any]) -> str:
    return escape(
        f"Made {figures['made']} by tagnorm {figures['tagnorm']} with the vocabulary "
        f"{figures['vocabulary']}. A string is doubtful if its reading is less sure than "
        f"{figures['doubt']:g}."
    )
