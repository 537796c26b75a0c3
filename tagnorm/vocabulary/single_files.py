"""Reading a vocabulary that is one file: TSV, CSV, JSON, JSON lines, plain text or SKOS."""

from __future__ import annotations

import csv
import json
import re
import zlib
from collections.abc import Callable, Mapping
from io import StringIO
from pathlib import Path
from typing import Any

from tagnorm.errors import Problem
from tagnorm.extras import missing
from tagnorm.vocabulary.assembly import Assembly
from tagnorm.vocabulary.contents import Vocabulary
from tagnorm.vocabulary.entries import MAPPINGS
from tagnorm.vocabulary.records import column_name, table_of_items, table_of_mapping
from tagnorm.vocabulary.tables import Table, decoded, read_table
from tagnorm.vocabulary.validation import short

__all__ = ["read_file"]

_SEPARATOR = re.compile(r"sep=.?", re.IGNORECASE)
_DELIMITERS = (",", ";", "\t", "|")
# The keys that tell JSON-LD from our own JSON.
_JSON_LD = {"@context", "@graph", "@id", "@type"}
# What our own JSON holds beside its codes; each part is a table or a mapping.
_PARTS = ("version", "codes", "aliases", *MAPPINGS)


def read_file(path: Path, language: str) -> Vocabulary:
    """The vocabulary in a file, by the ending of its name; the language is that of names in SKOS.

    Raises:
        TaxonomyError: something is wrong with it; the error lists every bad row.
    """
    assembly = Assembly()
    ending = path.suffix.lower()
    if ending in _SKOS:
        return _read_skos(path, language)
    read = _READERS.get(ending)
    if read is None:
        known = ", ".join([*_READERS, *_SKOS])
        message = f"the ending {short(ending)} names no form of vocabulary; there are {known}"
        assembly.problems.append(Problem(path.name, 0, message))
        return assembly.vocabulary(path, "")
    content = path.read_bytes()
    text = decoded(path, content, assembly.problems)
    version = "" if text is None else read(assembly, path, text)
    if version and read is not _read_json:
        version = f"{version}+{zlib.crc32(content):08x}"
    return assembly.vocabulary(path, version or "unversioned")


def _read_skos(path: Path, language: str) -> Vocabulary:
    try:
        from tagnorm.vocabulary.skos.reading import read_skos  # noqa: PLC0415 -- needs an extra
    except ModuleNotFoundError as error:
        if error.name != "rdflib":
            raise
        raise missing(error, path.name) from error
    return read_skos(path, language)


def _read_tsv(assembly: Assembly, path: Path, text: str) -> str:
    table = read_table(path.name, text, {"kind": path.stem}, assembly.problems, column_name)
    assembly.add(table)
    return table.header.get("version", "")


def _read_csv(assembly: Assembly, path: Path, text: str) -> str:
    lines = text.splitlines(keepends=True)
    first = next((at for at, line in enumerate(lines) if line[:1] != "#"), len(lines))
    header_text = "".join(lines[:first])
    opening = read_table(path.name, header_text, {"kind": path.stem}, assembly.problems)
    # What spreadsheets put first to say how the file is parted; its next line says it too.
    if first < len(lines) and _SEPARATOR.fullmatch(lines[first].strip()):
        first += 1
    head = lines[first] if first < len(lines) else ""
    delimiter = max(_DELIMITERS, key=lambda mark: (head.count(mark), -_DELIMITERS.index(mark)))
    reader = csv.reader(StringIO("".join(lines[first:]), newline=""), delimiter=delimiter)
    names: list[str] | None = None
    rows, numbers = [], []
    try:
        for cells in reader:
            if names is None:
                names = [column_name(cell) for cell in cells]
            elif not any(map(str.strip, cells)):  # as spreadsheets write them below a table
                continue
            elif len(cells) == len(names):
                rows.append(cells)
                numbers.append(first + reader.line_num)
            else:
                message = f"{len(cells)} cells, but {len(names)} columns; quote a cell that holds "
                message += f"{delimiter!r}"
                assembly.problems.append(Problem(path.name, first + reader.line_num, message))
    except csv.Error as error:
        message = f"no CSV: {error}; see the quotes of this line"
        assembly.problems.append(Problem(path.name, first + reader.line_num, message))
    header = opening.header
    assembly.add(Table(path.name, header, names or [], rows, numbers, opening.header_lines))
    return header.get("version", "")


def _read_text(assembly: Assembly, path: Path, text: str) -> str:
    rows = [(line.strip(), at) for at, line in enumerate(text.split("\n"), start=1)]
    kept = [([line], at) for line, at in rows if line]
    cells, numbers = [line for line, _ in kept], [at for _, at in kept]
    table = Table(path.name, {"kind": path.stem}, ["code"], cells, numbers)
    assembly.add(table)
    return ""


def _read_json(assembly: Assembly, path: Path, text: str) -> str:
    value = _parsed(text, path.name, 0, assembly.problems)
    first = value[0] if isinstance(value, list) and value else value
    if isinstance(first, Mapping) and not first.keys().isdisjoint(_JSON_LD):
        message = f"{min(_JSON_LD & first.keys())!r} is a key of JSON-LD; give the file the ending "
        assembly.problems.append(Problem(path.name, 0, f"{message}.jsonld to read it as SKOS"))
        return ""
    if isinstance(value, Mapping) and isinstance(value.get("codes"), list):
        return _read_whole(assembly, path, value)
    if isinstance(value, Mapping):
        assembly.add(table_of_mapping(path.name, value, assembly.problems, path.stem))
    elif isinstance(value, list):
        assembly.add(table_of_items(path.name, value, assembly.problems, path.stem))
    elif value is not None or not assembly.problems:
        message = f"{short(value)} is no vocabulary; it takes a list of codes, or an object"
        assembly.problems.append(Problem(path.name, 0, message))
    return ""


def _read_whole(assembly: Assembly, path: Path, value: Mapping[str, Any]) -> str:
    """Our own form, with everything that a folder of files holds."""
    for part in value.keys() - set(_PARTS):
        message = f"{short(part)} is no part of a vocabulary; it has {', '.join(_PARTS)}"
        assembly.problems.append(Problem(path.name, 0, message))
    assembly.add(table_of_items("codes", value["codes"], assembly.problems, path.stem))
    aliases = value.get("aliases", [])
    if isinstance(aliases, list):
        table = table_of_items("aliases", aliases, assembly.problems, "alias")
        if aliases:
            assembly.add(table)
    else:
        message = f"aliases are {short(aliases)}; they are a list of objects"
        assembly.problems.append(Problem(path.name, 0, message))
    for part in MAPPINGS:
        given = value.get(part, {})
        if isinstance(given, Mapping):
            assembly.add_mapping(part, given)
        else:
            message = f"{part} is {short(given)}; it is an object"
            assembly.problems.append(Problem(path.name, 0, message))
    return str(value.get("version", ""))


def _read_json_lines(assembly: Assembly, path: Path, text: str) -> str:
    items = [
        _parsed(line, path.name, at, assembly.problems)
        for at, line in enumerate(text.split("\n"), start=1)
        if line.strip()
    ]
    if assembly.problems:  # what could not be read is told by its line
        items = [item for item in items if item is not None]
    table = table_of_items(path.name, items, assembly.problems, path.stem)
    assembly.add(table)
    return ""


def _parsed(text: str, file: str, line: int, problems: list[Problem]) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_object)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1) + max(line - 1, 0)
        problems.append(Problem(file, line, f"no JSON that can be read: {error}"))
        return None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise ValueError(f"the key {short(twice)} stands twice in one object; keep one of them")
    return found


_READERS: dict[str, Callable[[Assembly, Path, str], str]] = {
    ".tsv": _read_tsv,
    ".csv": _read_csv,
    ".txt": _read_text,
    ".json": _read_json,
    ".jsonl": _read_json_lines,
    ".ndjson": _read_json_lines,
}
# These are read through rdflib.
_SKOS = (".ttl", ".jsonld", ".rdf", ".xml", ".nt")
