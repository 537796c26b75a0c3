"""The pages: made of templates and escaped text, with no script or style but our own files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any
from urllib.parse import quote

from tagnorm.report.page_templates import filled
from tagnorm.vocabulary.codes import Taxonomy
from tagnorm.vocabulary.entries import Code
from tagnorm.vocabulary.facts import family_name_of
from tagnorm.wording import shown, years_shown

__all__ = [
    "browse_of",
    "code_page",
    "error_page",
    "family_page",
    "flyout_of",
    "page",
    "preview_of",
    "static",
]

_HERE = "tagnorm.serve"


@cache
def static(name: str) -> bytes:
    """A file that pages load."""
    if name == "base.css":
        return files("tagnorm.report").joinpath("templates", name).read_bytes()
    return files("tagnorm.serve").joinpath("static", name).read_bytes()


def page(name: str, title: str, /, *, here: str = "", **parts: str) -> str:
    """A page of the service: a template within the frame of all; the parts are HTML already."""
    body = filled(_HERE, name, parts)
    links = "".join(
        f'<li><a href="{address}"{" aria-current=page" if address == here else ""}>{text}</a></li>'
        for address, text in (
            ("/", "Read strings"),
            ("/browse", "Browse and search"),
            ("/upload", "Clean a file"),
            ("/help", "Help"),
        )
    )
    holes = {"title": escape(title), "links": links, "body": body}
    return filled(_HERE, "frame.html", holes)


def _safe(text: str) -> str:
    return escape(shown(text))


def _address(code: Code) -> str:
    return f"/codes/{quote(code.tag, safe='')}"


def _status(code: Code, taxonomy: Taxonomy) -> str:
    said = "" if code.status == "current" else code.status
    successor = taxonomy.get(code.replaced_by) if code.replaced_by else None
    if successor is not None:
        said += f', now <a href="{_address(successor)}">{_safe(successor.tag)}</a>'
    return said


def _list(codes: Sequence[Code], taxonomy: Taxonomy) -> str:
    rows = "".join(
        f'<tr><th scope="row"><a href="{_address(code)}">{_safe(code.tag)}</a></th>'
        f"<td>{_safe(code.name) or '<i>meaning not found</i>'}</td>"
        f"<td>{_status(code, taxonomy)}</td><td>{years_shown(code.start, code.end)}</td></tr>"
        for code in codes
    )
    heads = "".join(f'<th scope="col">{one}</th>' for one in ("Code", "Name", "Status", "Years"))
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"


def browse_of(families: Sequence[Mapping[str, Any]], taxonomy: Taxonomy) -> str:
    """The page with all families."""
    cards = "".join(
        f'<li><a href="/families/{quote(one["id"], safe="")}"><b>{_safe(one["family"])}</b> '
        f"{_safe(one['name'])}</a> <small>{one['codes']:,} codes</small></li>"
        for one in families
    )
    return page(
        "browse.html",
        "Browse and search",
        here="/browse",
        families=cards,
        count=f"{len(taxonomy):,}",
        version=_safe(taxonomy.version),
    )


def family_page(one: Mapping[str, Any], codes: Sequence[Code], taxonomy: Taxonomy) -> str:
    """The page of a family, with its codes."""
    name = f"{one['family']}: {one['name']}" if one["family"] else one["name"]
    return page(
        "family.html",
        name,
        name=_safe(name),
        count=f"{len(codes):,}",
        table=_list(codes, taxonomy),
    )


def code_page(code: Code, facts: Mapping[str, Any], taxonomy: Taxonomy, root: str) -> str:
    """The page of a code: all that is known of it, and its address to cite."""
    family = ""
    if code.family:
        name = _safe(facts["family_name"])
        family = (
            f'<a href="/families/{quote(code.family, safe="")}">{_safe(code.family)} {name}</a>'
        )
    confused = ", ".join(
        f'<a href="/codes/{quote(one["code"], safe="")}" title="{_safe(one["name"])}">'
        f"{_safe(one['code'])}</a> ({100 * one['share']:.1f}%)"
        for one in facts["confused_with"]
    )
    rows = {
        "Family": family,
        "Kind": f'<a href="/families/{quote(code.kind, safe="")}">{_safe(code.kind)}</a>',
        "Status": _status(code, taxonomy) or "current",
        "Years": years_shown(code.start, code.end),
        "Other names": _safe("; ".join(facts["aliases"])),
        "In other editions": _safe("; ".join(f"{e}: {n}" for e, n in facts["names"].items())),
        "About": _safe(facts["note"]),
        "How often seen": "" if code.frequency is None else f"{code.frequency:,g}",
        "Most often confused with": confused,
        "Source": _safe(code.source),
        "Vocabulary": _safe(taxonomy.version),
        "Address": f"<code>{_safe(root + _address(code))}</code>",
    }
    listed = "".join(f"<div><dt>{k}</dt><dd>{v}</dd></div>" for k, v in rows.items() if v)
    return page(
        "code.html",
        f"{shown(code.tag)}: {shown(code.name)}",
        tag=_safe(code.tag),
        name=_safe(code.name) or "meaning not found",
        facts=listed,
        json=f"/api/codes/{quote(code.tag, safe='')}",
    )


def preview_of(identifier: str, codes: Sequence[Code], taxonomy: Taxonomy, root: str) -> str:
    """A small page about one or several codes."""
    holes = {
        "title": _safe(identifier),
        "body": "".join(
            f'<p><a href="{escape(root)}{_address(code)}" target="_blank" rel="noopener">'
            f"<b>{_safe(code.tag)}</b></a> {_safe(code.name)}<br><small>{_about(code, taxonomy)}"
            f"</small></p>"
            for code in codes
        ),
        "root": escape(root),
    }
    return filled(_HERE, "preview.html", holes)


def flyout_of(codes: Sequence[Code], taxonomy: Taxonomy) -> str:
    """A few lines about codes."""
    return "".join(
        f"<p><b>{_safe(code.tag)}</b> {_safe(code.name)}<br>{_about(code, taxonomy)}</p>"
        for code in codes
    )


def _about(code: Code, taxonomy: Taxonomy) -> str:
    family = family_name_of(code, taxonomy)
    years, note = years_shown(code.start, code.end), taxonomy.notes.get(code.tag, "")
    parts = (code.kind, family, code.status, years, note)
    return _safe("; ".join(filter(None, parts)))


def error_page(status: int, message: str) -> str:
    """The page for what went wrong."""
    return page("error.html", f"Error {status}", status=str(status), message=_safe(message))
