"""A vocabulary from a SKOS file, of ours or of anybody.

A concept is a code. The code is its notation; without one, its preferred label, since that is what
people write; without that, the last part of its address. Labels in other languages and alternative
and hidden labels are aliases; a label that several concepts bear leaves it open which is meant, so
it is a note to search by and no alias.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from tagnorm.errors import Problem, TaxonomyError
from tagnorm.folding import squash, squashed
from tagnorm.vocabulary.assembly import Assembly
from tagnorm.vocabulary.cells import parse_editions, parse_number
from tagnorm.vocabulary.contents import Vocabulary
from tagnorm.vocabulary.records import table_of_items
from tagnorm.vocabulary.skos.labels import PreferredLabels
from tagnorm.vocabulary.skos.terms import (
    DC,
    DCAT,
    DCTERMS,
    FORMATS,
    OWL,
    RDF,
    RDFS,
    SKOS,
    SKOSXL,
    TAGNORM,
)
from tagnorm.vocabulary.tables import decoded
from tagnorm.vocabulary.validation import short

__all__ = ["read_graph", "read_skos"]

_END = re.compile(r"[^/#:]*$")


def read_skos(path: Path, language: str = "en") -> Vocabulary:
    """The vocabulary in a SKOS file: Turtle, JSON-LD, RDF/XML or N-Triples, by its ending.

    Args:
        path: the file.
        language: the language whose labels are the names, where labels have a language.

    Raises:
        TaxonomyError: the file cannot be read, or something is wrong with the vocabulary in it.
    """
    form = FORMATS[path.suffix.lower()]
    content, problems = path.read_bytes(), list[Problem]()
    # XML says itself in which encoding it is.
    data = content if form == "xml" else decoded(path, content, problems)
    if data is None:
        raise TaxonomyError(path, problems)
    graph = Graph()
    try:
        if form == "json-ld":
            _refuse_remote(json.loads(data))
        graph.parse(data=data, format=form)
    except Exception as error:
        # On a bad text the parsers raise whatever their code happens to run into.
        reason = " ".join(str(error).split()) or type(error).__name__
        if isinstance(error, IndexError) and form == "turtle":  # it ran past the end of the text
            reason = "it ends within a statement; write what is missing, or its full stop"
        problem = Problem(path.name, _line_of(error), f"no {form} that can be read: {reason}")
        raise TaxonomyError(path, [problem]) from error
    return read_graph(graph, path, language)


def read_graph(graph: Graph, where: str | Path = "the graph", language: str = "en") -> Vocabulary:
    """The vocabulary in an rdflib graph.

    Raises:
        TaxonomyError: something is wrong with it; the error lists all of it.
    """
    return _Reader(graph, language).vocabulary(where)


def _refuse_remote(value: Any) -> None:
    """No file makes us fetch another from somewhere."""
    if isinstance(value, dict):
        for key, part in value.items():
            parts = part if isinstance(part, list) else [part]
            if key in ("@context", "@import") and any(isinstance(one, str) for one in parts):
                raise ValueError(
                    f"its context {short(part)} stands elsewhere; write it into the file"
                )
            _refuse_remote(part)
    elif isinstance(value, list):
        for part in value:
            _refuse_remote(part)


def _line_of(error: BaseException) -> int:
    get = getattr(error, "getLineNumber", None)
    return int(get() or 0) if get is not None else int(getattr(error, "lineno", 0) or 0)


class _Reader:
    """Reads the concepts of a graph; the language is the one whose labels are names."""

    def __init__(self, graph: Graph, language: str) -> None:
        self._assembly = Assembly()
        self._graph = graph
        self._language = language.lower()
        concepts = set(graph.subjects(RDF.type, SKOS.Concept))
        concepts -= set(graph.subjects(RDF.type, TAGNORM.Family))
        self._concepts = sorted(concepts, key=str)
        self._tags = {concept: self._tag(concept) for concept in self._concepts}

    def vocabulary(self, where: str | Path) -> Vocabulary:
        assembly = self._assembly
        if not self._concepts:
            message = "no skos:Concept here; a vocabulary has one for each of its codes"
            assembly.problems.append(Problem(str(where), 0, message))
        records = [self._record(concept) for concept in self._concepts]
        keys = [str(one) if isinstance(one, URIRef) else "a blank node" for one in self._concepts]
        assembly.add(table_of_items("concepts", records, assembly.problems, keys=keys))
        aliases, notes, left_open = self._labels()
        if aliases:
            keys = [f"{alias['alias']!r:.60} of {alias['code']!r:.60}" for alias in aliases]
            assembly.add(table_of_items("labels", aliases, assembly.problems, "alias", keys))
        assembly.add_mapping("notes", notes)
        assembly.add_mapping("outside", {**left_open, **dict(self._outside())})
        assembly.add_mapping("families", dict(self._families()))
        for part, predicate in (("costs", TAGNORM.cost), ("confidence", TAGNORM.confidence)):
            assembly.add_mapping(part, self._numbers(None, predicate))
        schemes = self._graph.subjects(RDF.type, SKOS.ConceptScheme)
        versions = [self._text(scheme, OWL.versionInfo) for scheme in schemes]
        return assembly.vocabulary(where, max(versions, default="") or "unversioned")

    def _literals(self, subject: Node, predicate: URIRef) -> list[Literal]:
        """The texts, in their order; a blank one is none."""
        objects = self._graph.objects(subject, predicate)
        found = [text for text in objects if isinstance(text, Literal) and str(text).strip()]
        return sorted(found, key=lambda text: (text.language or "", str(text)))

    def _text(self, subject: Node, predicate: URIRef) -> str:
        """The only or the first value; what is an address is taken as it stands."""
        found = sorted(map(str, self._graph.objects(subject, predicate)))
        return found[0] if found else ""

    def _name(self, concept: Node) -> Literal | None:
        """The preferred label that is the name: without a language, of ours, or the first."""
        labels = self._literals(concept, SKOS.prefLabel) or self._forms(concept, SKOSXL.prefLabel)
        ranks = ("", self._language, self._language.partition("-")[0], "en")
        for rank in ranks:
            for label in labels:
                if (label.language or "").lower() == rank:
                    return label
        return labels[0] if labels else None

    def _forms(self, concept: Node, predicate: URIRef) -> list[Literal]:
        """The labels that are resources of their own, as SKOS-XL has them."""
        labels = sorted(self._graph.objects(concept, predicate), key=str)
        return [form for label in labels for form in self._literals(label, SKOSXL.literalForm)]

    def _tag(self, concept: Node) -> str:
        notations = self._literals(concept, SKOS.notation)
        if notations:
            return str(min(notations, key=lambda text: (str(text.datatype or ""), str(text))))
        name = self._name(concept)
        if name is not None:
            return str(name).strip()
        # A blank node has no address: what stands for it is another each time.
        end = _END.search(str(concept).rstrip("/#:")) if isinstance(concept, URIRef) else None
        return unquote(end.group() if end else "")

    def _record(self, concept: Node) -> dict[str, object]:
        graph, tag, name = self._graph, self._tags[concept], self._name(concept)
        nameless = Literal("") in set(graph.objects(concept, TAGNORM.name))
        deprecated = any(
            str(value).lower() in ("true", "1") for value in graph.objects(concept, OWL.deprecated)
        )
        status = "retired" if deprecated else self._text(concept, TAGNORM.status)
        successors = {
            self._tags.get(one, str(one) if isinstance(one, Literal) else "")
            for one in graph.objects(concept, DCTERMS.isReplacedBy)
        }
        editions = [str(cell) for cell in graph.objects(concept, TAGNORM.editionName)]
        return {
            "code": tag,
            "name": "" if name is None or nameless else str(name),
            "kind": self._text(concept, DC.type),
            "family": self._family(concept),
            "status": status,
            "replaced_by": next(iter(successors)) if len(successors) == 1 else "",
            "source": self._text(concept, DC.source) or self._text(concept, DCTERMS.source),
            "frequency": self._text(concept, TAGNORM.frequency),
            "position": self._text(concept, TAGNORM.position),
            "anchor": self._text(concept, TAGNORM.anchor),
            "from": self._year(concept, DCAT.startDate),
            "to": self._year(concept, DCAT.endDate),
            "names": "; ".join(sorted(editions)),
            "frequencies": self._numbers(concept, TAGNORM.frequencyIn),
        }

    def _numbers(self, subject: Node | None, predicate: URIRef) -> dict[str, float]:
        """What stands in literals of the form `name=number`."""
        found = {}
        for cell in self._graph.objects(subject, predicate):
            try:
                pairs = parse_editions(str(cell)).items()
                found.update({name: parse_number(number) for name, number in pairs})
            except ValueError as error:
                message = f"{predicate} is {short(str(cell))}; it takes name=number: {error}"
                self._assembly.problems.append(Problem(str(subject or "scheme"), 0, message))
        return found

    def _family(self, concept: Node) -> str:
        """The broader concept, where there is one: a family, or a code."""
        broader = sorted(self._graph.objects(concept, SKOS.broader), key=str)
        if not broader:
            return ""
        return self._tags.get(broader[0]) or self._tag(broader[0])

    def _year(self, concept: Node, predicate: URIRef) -> str:
        for period in self._graph.objects(concept, DCTERMS.temporal):
            year = re.match(r"-?\d{4}", self._text(period, predicate))
            if year:
                return year.group()
        return ""

    def _labels(self) -> tuple[list[dict[str, str]], dict[str, str], dict[str, str]]:
        """The aliases; the notes, of scope and of labels that leave it open what they name; and
        these labels, which are to be read as no other concept's, with whose they are."""
        found: dict[tuple[str, str], dict[str, str]] = {}
        notes: dict[str, list[str]] = {}
        for concept in self._concepts:
            tag = self._tags[concept]
            for note in self._literals(concept, SKOS.scopeNote):
                notes.setdefault(tag, []).append(str(note))
            for alias in self._other_names(concept):
                if alias["alias"] != tag and (alias["alias"], tag) not in found:
                    found[alias["alias"], tag] = alias | {"code": tag}
        labelled = [*found, *((tag, tag) for tag in self._tags.values())]
        bearers = Counter(form for form, _ in dict.fromkeys(labelled))
        preferred = PreferredLabels(
            (str(self._name(concept) or tag), tag) for concept, tag in self._tags.items()
        )
        own = self._own_aliases()
        aliases = []
        shared: dict[str, list[str]] = {}
        for (form, tag), alias in found.items():
            if bearers[form] > 1 or ((form, tag) not in own and preferred.name_another(form, tag)):
                notes.setdefault(tag, []).append(form)
                if bearers[form] > 1 and form.isprintable():
                    shared.setdefault(form, []).append(tag)
            else:
                aliases.append(alias)
        names = [str(self._name(concept) or "") for concept in self._concepts]
        means = {"", *squashed([*self._tags.values(), *names, *(one["alias"] for one in aliases)])}
        left_open = {
            form: f"a label of {' and of '.join(tags)}"
            for form, tags in shared.items()
            if squash(form) not in means
        }
        return aliases, {tag: "; ".join(texts) for tag, texts in notes.items()}, left_open

    def _own_aliases(self) -> set[tuple[str, str]]:
        """The other names, with their codes, that a file of ours says to be such, whatever else has
        them for a label."""
        return {
            (alias["alias"], tag)
            for concept, tag in self._tags.items()
            for label in self._graph.objects(concept, TAGNORM.alias)
            for alias in _aliases(self._literals(label, SKOSXL.literalForm))
        }

    def _other_names(self, concept: Node) -> Iterator[dict[str, str]]:
        graph = self._graph
        for predicate in (SKOSXL.altLabel, TAGNORM.alias):
            for label in sorted(graph.objects(concept, predicate), key=str):
                kind, source = self._text(label, DC.type), self._text(label, DC.source)
                yield from _aliases(self._literals(label, SKOSXL.literalForm), kind, source)
        name = self._name(concept)
        others = [text for text in self._literals(concept, SKOS.prefLabel) if text != name]
        yield from _aliases(self._literals(concept, SKOS.altLabel))
        yield from _aliases(self._forms(concept, SKOSXL.hiddenLabel), "hidden")
        yield from _aliases(self._literals(concept, SKOS.hiddenLabel), "hidden")
        yield from _aliases([*others, *self._forms(concept, SKOSXL.prefLabel)], "name")
        yield from _aliases(self._literals(concept, SKOS.notation), "notation")

    def _outside(self) -> Iterator[tuple[str, str]]:
        for thing in self._graph.subjects(RDF.type, TAGNORM.NoCode):
            yield self._text(thing, TAGNORM.form), self._text(thing, RDFS.comment)

    def _families(self) -> Iterator[tuple[str, str]]:
        for family in self._graph.subjects(RDF.type, TAGNORM.Family):
            if (family, TAGNORM.name, None) in self._graph:
                yield self._text(family, SKOS.notation), self._text(family, TAGNORM.name)


def _aliases(
    texts: Iterable[Literal], kind: str = "", source: str = ""
) -> Iterator[dict[str, str]]:
    for text in texts:
        form = " ".join(str(text).split("\n")).strip()
        yield {"alias": form, "kind": kind, "source": source, "language": text.language or ""}
