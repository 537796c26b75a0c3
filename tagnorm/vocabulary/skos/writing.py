"""A vocabulary as a SKOS concept scheme."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any

from rdflib import Graph, Literal, URIRef

from tagnorm.vocabulary.cells import write_editions
from tagnorm.vocabulary.codes import Taxonomy
from tagnorm.vocabulary.entries import Alias, Code, is_long
from tagnorm.vocabulary.skos.labels import PreferredLabels
from tagnorm.vocabulary.skos.terms import (
    DC,
    DCAT,
    DCTERMS,
    DEFAULT_BASE,
    OWL,
    RDF,
    RDFS,
    SKOS,
    SKOSXL,
    TAGNORM,
    XSD,
    bind,
    uri_of,
)

__all__ = ["graph_of", "write_skos"]

_BASE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]*(?<=[/#:])")
# RDF/XML is read, not written: rdflib writes it in another order each time.
_FORMS = ("turtle", "json-ld")


def write_skos(
    taxonomy: Taxonomy,
    form: str = "turtle",
    *,
    base: str = DEFAULT_BASE,
    title: str = "",
    language: str = "",
) -> str:
    """A vocabulary as the text of a SKOS file, which `Taxonomy.load` reads back as it was.

    Args:
        taxonomy: the vocabulary.
        form: `turtle` or `json-ld`; the same vocabulary gives the same text each time.
        base: what the addresses of all codes begin with; it ends with `/`, `#` or `:`.
        title: the title of the scheme.
        language: the language tag of the names; empty for none.

    >>> print(write_skos(Taxonomy.of({"JAZZ": "Jazz"}), base="https://example.org/music/"))
    ... # doctest: +ELLIPSIS
    @prefix ...
    <https://example.org/music/JAZZ> a skos:Concept ;
        skos:inScheme <https://example.org/music/> ;
        skos:notation "JAZZ" ;
        skos:prefLabel "Jazz" ;
        skos:topConceptOf <https://example.org/music/> .
    ...

    Raises:
        ModuleNotFoundError: rdflib is not installed (the extra `skos`).
        ValueError: there is no such form; or the base is no address to put names behind.
    """
    if form not in _FORMS:
        raise ValueError(f"form is {form!r}; it takes {' or '.join(map(repr, _FORMS))}")
    graph = graph_of(taxonomy, base=base, title=title, language=language)
    if form == "json-ld":
        return _in_order(graph.serialize(format=form, auto_compact=True))
    return graph.serialize(format=form)


def graph_of(
    taxonomy: Taxonomy, *, base: str = DEFAULT_BASE, title: str = "", language: str = ""
) -> Graph:
    """A vocabulary as an rdflib graph; the arguments are those of `write_skos`.

    Raises:
        ValueError: the base is no address that names can be put behind.
    """
    if not _BASE.fullmatch(base):
        raise ValueError(
            f"base is {base!r}; it takes an address that ends with '/', '#' or ':', such as "
            "https://example.org/tags/"
        )
    return _Writer(taxonomy, base, title, language).graph


class _Writer:
    """Adds one part of a vocabulary after another to a graph."""

    def __init__(self, taxonomy: Taxonomy, base: str, title: str, language: str) -> None:
        self.graph = Graph(bind_namespaces="none")
        bind(self.graph)
        self._taxonomy = taxonomy
        self._base = base
        self._language = language or None
        self._scheme = URIRef(base)
        self._preferred = PreferredLabels((code.name or code.tag, code.tag) for code in taxonomy)
        self._write_scheme(title)
        for family in {**taxonomy.families, **{c.family: "" for c in taxonomy if c.family}}:
            if family in taxonomy.families or family not in taxonomy:
                self._write_family(family)
        for code in taxonomy:
            self._write_code(code)
        for alias in taxonomy.aliases:
            self._write_alias(alias)
        for form, meaning in taxonomy.outside.items():
            outside = uri_of(base, "outside", form)
            self._add(outside, RDF.type, TAGNORM.NoCode)
            self._add(outside, SKOS.inScheme, self._scheme)
            self._say(outside, TAGNORM.form, form)
            self._say(outside, RDFS.comment, meaning)

    def _add(self, subject: URIRef, predicate: URIRef, thing: URIRef | Literal) -> None:
        self.graph.add((subject, predicate, thing))

    def _say(
        self, subject: URIRef, predicate: URIRef, text: str, language: str | None = None
    ) -> None:
        if text:
            self._add(subject, predicate, Literal(text, lang=language))

    def _write_scheme(self, title: str) -> None:
        taxonomy, scheme = self._taxonomy, self._scheme
        self._add(scheme, RDF.type, SKOS.ConceptScheme)
        self._say(scheme, DCTERMS.title, title, self._language)
        self._say(scheme, RDFS.label, title, self._language)
        if taxonomy.version != "unversioned":
            self._say(scheme, OWL.versionInfo, taxonomy.version)
        for table, predicate in (
            (taxonomy.costs, TAGNORM.cost),
            (taxonomy.confidence, TAGNORM.confidence),
        ):
            for name, number in table.items():
                self._say(scheme, predicate, write_editions({name: repr(number)}))

    def _write_family(self, family: str) -> None:
        concept, name = uri_of(self._base, "family", family), self._taxonomy.families.get(family)
        self._add(concept, RDF.type, SKOS.Concept)
        self._add(concept, RDF.type, TAGNORM.Family)
        self._add(concept, SKOS.inScheme, self._scheme)
        self._add(concept, SKOS.topConceptOf, self._scheme)
        self._add(self._scheme, SKOS.hasTopConcept, concept)
        self._say(concept, SKOS.notation, family)
        self._say(concept, SKOS.prefLabel, name or family, self._language)
        if name is not None:
            self._add(concept, TAGNORM.name, Literal(name))

    def _write_code(self, code: Code) -> None:
        concept = uri_of(self._base, code.tag)
        self._add(concept, RDF.type, SKOS.Concept)
        self._add(concept, SKOS.inScheme, self._scheme)
        self._say(concept, SKOS.notation, code.tag)
        self._say(concept, SKOS.prefLabel, code.name or code.tag, self._language)
        if not code.name:
            self._add(concept, TAGNORM.name, Literal(""))
        if code.family:
            self._add(concept, SKOS.broader, self._family(code.family))
        else:
            self._add(concept, SKOS.topConceptOf, self._scheme)
            self._add(self._scheme, SKOS.hasTopConcept, concept)
        if code.kind != "code":
            self._add(concept, DC.type, Literal(code.kind))
        if code.status == "retired":
            self._add(concept, OWL.deprecated, Literal(True))
        elif code.status != "current":
            self._say(concept, TAGNORM.status, code.status)
        if code.replaced_by:
            self._add(concept, DCTERMS.isReplacedBy, uri_of(self._base, code.replaced_by))
        self._say(concept, DC.source, code.source)
        self._say(concept, SKOS.scopeNote, self._taxonomy.notes.get(code.tag, ""), self._language)
        if code.start is not None or code.end is not None:
            self._write_period(concept, code.start, code.end)
        for edition, name in code.names.items():
            self._say(concept, TAGNORM.editionName, write_editions({edition: name}))
        self._write_hints(concept, code)

    def _write_hints(self, concept: URIRef, code: Code) -> None:
        """What helps to read damaged strings; other programs have no use for it."""
        if code.frequency is not None:
            self._add(concept, TAGNORM.frequency, _number(code.frequency))
        for years, count in code.frequencies.items():
            self._say(concept, TAGNORM.frequencyIn, write_editions({years: repr(count)}))
        if code.position is not None:
            self._add(concept, TAGNORM.position, Literal(code.position))
        if code.anchor != is_long(code.tag):
            self._add(concept, TAGNORM.anchor, Literal(code.anchor))

    def _family(self, family: str) -> URIRef:
        """The concept that is broader than the codes of a family: a code, or the family itself."""
        taxonomy = self._taxonomy
        is_code = family in taxonomy and family not in taxonomy.families
        return uri_of(self._base, family) if is_code else uri_of(self._base, "family", family)

    def _write_period(self, concept: URIRef, start: int | None, end: int | None) -> None:
        years = ["" if year is None else f"{year:05d}" for year in (start, end)]
        years = [year if year.startswith("-") else year[1:] for year in years]
        period = uri_of(self._base, "years", "--".join(years))
        self._add(concept, DCTERMS.temporal, period)
        self._add(period, RDF.type, DCTERMS.PeriodOfTime)
        for year, predicate in zip(years, (DCAT.startDate, DCAT.endDate), strict=True):
            if year:
                self._add(period, predicate, Literal(year, datatype=XSD.gYear))

    def _write_alias(self, alias: Alias) -> None:
        concept, text = (
            uri_of(self._base, alias.tag),
            Literal(alias.alias, lang=alias.language or None),
        )
        labelled = (concept, SKOS.prefLabel, text) in self.graph
        # A label is preferred or another one, never both.
        if not labelled:
            self._add(concept, SKOS.altLabel, text)
        # Of labels that are the names of others, SKOS cannot say that they are meant.
        ours = labelled or self._preferred.name_another(alias.alias, alias.tag)
        if alias.kind or alias.source or ours:
            label = uri_of(self._base, "label", alias.alias)
            self._add(concept, TAGNORM.alias if ours else SKOSXL.altLabel, label)
            self._add(label, RDF.type, SKOSXL.Label)
            self._add(label, SKOSXL.literalForm, text)
            self._say(label, DC.type, alias.kind)
            self._say(label, DC.source, alias.source)


def _in_order(text: str) -> str:
    """JSON-LD whose nodes and values come in the same order each time."""

    def ordered(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: ordered(part) for key, part in value.items()}
        if isinstance(value, list):
            return sorted(map(ordered, value), key=lambda part: json.dumps(part, sort_keys=True))
        return value

    return (
        json.dumps(ordered(json.loads(text)), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    )


def _number(number: float) -> Literal:
    """A number that keeps all its digits in every form of file."""
    if isinstance(number, int):
        return Literal(number)
    return Literal(format(Decimal(repr(number)), "f"), datatype=XSD.decimal)
