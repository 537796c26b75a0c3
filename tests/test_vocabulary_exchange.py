"""Vocabularies in the forms of other programs: SKOS, JSON, CSV, data packages; what differs."""

from __future__ import annotations

import contextlib
import csv
import json
import logging
import subprocess
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tagnorm import Alias, Code, Normalizer, Taxonomy, TaxonomyError
from tagnorm.folding import squash
from tagnorm.vocabulary.comparison import compare
from tagnorm.vocabulary.exports import write_csv, write_json
from tagnorm.vocabulary.loading import builtin_folder
from tagnorm.vocabulary.packages import write_data_package

rdflib = pytest.importorskip("rdflib")
from tagnorm.vocabulary.skos.writing import write_skos  # noqa: E402 - it needs rdflib

# rdflib's own parser of JSON-LD still uses what it deprecates.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")

BASE = "https://example.org/music/"
TAXONOMY = Taxonomy.load()


def turtle(taxonomy: Taxonomy) -> str:
    return write_skos(taxonomy, base=BASE, title="Music", language="en")


def json_ld(taxonomy: Taxonomy) -> str:
    return write_skos(taxonomy, "json-ld")


WRITERS = {".ttl": turtle, ".jsonld": json_ld, ".json": write_json}


def back(folder: Path, ending: str, taxonomy: Taxonomy) -> Taxonomy:
    """A vocabulary written and read again."""
    path = folder / f"vocabulary{ending}"
    path.write_text(WRITERS[ending](taxonomy), encoding="utf-8", newline="")
    return Taxonomy.load(path)


# Small vocabularies with everything in them that there can be.

_FORMS = st.text("ABCabcÄß東+-#/.;,=\\'\" &%<>1", min_size=1, max_size=6).filter(
    lambda form: bool(squash(form)) and form == form.strip()
)
_TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")), max_size=12)
_NAMES = _TEXT.map(str.strip)
_COUNTS = st.integers(1, 10**15) | st.floats(1e-9, 1e15, allow_nan=False)


@st.composite
def vocabularies(draw: st.DrawFn) -> Taxonomy:
    forms = draw(st.lists(_FORMS, min_size=1, max_size=9, unique=True))
    count = draw(st.integers(1, len(forms)))
    tags, others = forms[:count], forms[count:]
    years = st.none() | st.integers(-9999, 9999)
    codes = []
    for tag in tags:
        start, end = sorted([draw(years), draw(years)], key=lambda year: (year is None, year))
        code = Code(
            tag,
            draw(_TEXT),
            draw(st.sampled_from(["code", "subject"]) | _NAMES.filter(bool)),
            draw(st.sampled_from(["", "A", tag]) | _NAMES),
            draw(st.sampled_from(["current", "retired", "attested"])),
            "",
            draw(_TEXT),
            draw(st.none() | _COUNTS),
            draw(st.none() | st.integers(1, 10**9)),
            draw(st.booleans() | st.none()),
            start,
            end,
            draw(st.dictionaries(_NAMES.filter(bool), _NAMES, max_size=2)),
            draw(st.dictionaries(st.sampled_from(["1973-1979", "1995-"]), _COUNTS)),
        )
        codes.append(code)
    if len(codes) > 1 and draw(st.booleans()):
        import attrs  # noqa: PLC0415 - only here

        codes[0] = attrs.evolve(codes[0], replaced_by=codes[1].tag)
    languages = st.sampled_from(["", "en", "pt-BR"])
    aliases = [
        Alias(form, draw(st.sampled_from(tags)), draw(_TEXT), draw(_TEXT), draw(languages))
        for form in others[::2]
    ]
    return Taxonomy(
        tuple(codes),
        tuple(aliases),
        {form: draw(_TEXT) for form in others[1::2]},
        draw(st.sampled_from(["unversioned", "2026-01-02+abcdef01"])),
        draw(st.dictionaries(st.sampled_from(["few", "late"]), st.floats(-9, 9))),
        draw(st.dictionaries(st.sampled_from(["alias", "clean"]), st.floats(0, 1))),
        draw(st.dictionaries(st.sampled_from(["A", "B", tags[0]]), _NAMES)),
        draw(st.dictionaries(st.sampled_from(tags), _TEXT.filter(bool))),
    )


@pytest.mark.slow
@pytest.mark.parametrize("ending", WRITERS)
@settings(
    max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(vocabularies())
def test_a_vocabulary_comes_back_equal(ending: str, tmp_path: Path, taxonomy: Taxonomy) -> None:
    assert back(tmp_path, ending, taxonomy) == taxonomy


@pytest.mark.slow
@pytest.mark.parametrize("ending", WRITERS)
def test_the_built_in_vocabulary_comes_back_equal(ending: str, tmp_path: Path) -> None:
    assert back(tmp_path, ending, TAXONOMY) == TAXONOMY


@pytest.mark.slow
@settings(
    max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(vocabularies())
def test_csv_brings_codes_and_other_names_back(tmp_path: Path, taxonomy: Taxonomy) -> None:
    path = tmp_path / "vocabulary.csv"
    path.write_text(write_csv(taxonomy), encoding="utf-8", newline="")
    found = Taxonomy.load(path)

    assert found.codes == taxonomy.codes
    assert [(a.alias, a.tag) for a in found.aliases] == [(a.alias, a.tag) for a in taxonomy.aliases]


@pytest.mark.slow
@settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(vocabularies())
def test_files_and_a_program_mean_the_same(tmp_path: Path, taxonomy: Taxonomy) -> None:
    rows = list(csv.reader(StringIO(write_csv(taxonomy))))
    aliases = [["alias", "code", "kind", "source", "language"]]
    aliases += [[a.alias, a.tag, a.kind, a.source, a.language] for a in taxonomy.aliases]
    outside = [["code", "name"], *map(list, taxonomy.outside.items())]
    place = rows[0].index("aliases")
    codes = [[*row[:place], *row[place + 1 :]] for row in rows]
    for name, header, table in (
        ("codes", "", codes),
        ("others", "# kind: alias\n", aliases),
        ("none", "# kind: outside\n", outside),
    ):
        # A line of a file that begins with "# " is a comment.
        assume(not any(row[0].startswith("# ") for row in table))
        lines = "".join("\t".join(row) + "\n" for row in table)
        (tmp_path / f"{name}.tsv").write_text(header + lines, encoding="utf-8", newline="")
    loaded = Taxonomy.load(tmp_path)

    assert (loaded.codes, loaded.aliases) == (taxonomy.codes, taxonomy.aliases)
    assert loaded.outside == taxonomy.outside


@pytest.mark.slow
def test_the_same_vocabulary_gives_the_same_text_in_every_process() -> None:
    program = (
        "from tagnorm import Taxonomy; from tagnorm.vocabulary.skos.writing import write_skos\n"
        "texts = [write_skos(Taxonomy.load(), form) for form in ('turtle', 'json-ld')]\n"
        "import hashlib; print(hashlib.sha256(repr(texts).encode()).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[1])},
        ).stdout
        for seed in ("1", "2")
    }

    assert len(digests) == 1


# What the SKOS says, and whether it is SKOS.


def test_the_concepts_say_in_the_terms_of_skos_what_the_codes_are() -> None:
    music = Taxonomy(
        (
            Code("JAZZ", "Jazz", family="M", start=1917, source="me"),
            Code("SWING", "Swing", status="retired", replaced_by="JAZZ", start=1930, end=1945),
        ),
        (Alias("Джаз", "JAZZ", "name", "me", "ru"),),
        families={"M": "Music"},
    )
    graph = rdflib.Graph().parse(data=turtle(music), format="turtle")
    asked = """
        SELECT ?name ?other ?family ?old ?begin WHERE {
            ?jazz skos:notation "JAZZ" ; skos:prefLabel ?name ; skos:altLabel ?other ;
                skos:broader/skos:prefLabel ?family ; skos:inScheme/a skos:ConceptScheme ;
                dcterms:temporal/dcat:startDate ?begin ; dc:source "me" .
            ?swing dcterms:isReplacedBy ?jazz ; owl:deprecated true ; skos:notation ?old .
        }"""

    assert [tuple(map(str, row)) for row in graph.query(asked)] == [
        ("Jazz", "Джаз", "Music", "SWING", "1917")
    ]
    assert (rdflib.URIRef(f"{BASE}JAZZ"), rdflib.SKOS.notation, rdflib.Literal("JAZZ")) in graph


SHAPES = """
@prefix dct: <http://purl.org/dc/terms/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
[] a sh:NodeShape ; sh:targetClass skos:Concept ;
    sh:property
        [ sh:path skos:prefLabel ; sh:minCount 1 ; sh:uniqueLang true ; sh:nodeKind sh:Literal ;
          sh:disjoint skos:altLabel ] ,
        [ sh:path skos:altLabel ; sh:nodeKind sh:Literal ; sh:disjoint skos:hiddenLabel ] ,
        [ sh:path skos:notation ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:string ] ,
        [ sh:path skos:inScheme ; sh:minCount 1 ; sh:class skos:ConceptScheme ] ,
        [ sh:path skos:broader ; sh:class skos:Concept ; sh:nodeKind sh:IRI ] ,
        [ sh:path skos:topConceptOf ; sh:class skos:ConceptScheme ] ,
        [ sh:path dct:isReplacedBy ; sh:maxCount 1 ; sh:class skos:Concept ] .
[] a sh:NodeShape ; sh:targetClass skos:ConceptScheme ;
    sh:property [ sh:path skos:hasTopConcept ; sh:minCount 1 ; sh:class skos:Concept ] .
"""


@pytest.mark.slow
def test_the_built_in_vocabulary_keeps_the_rules_of_skos_by_shacl() -> None:
    validate = pytest.importorskip("pyshacl").validate
    shapes = rdflib.Graph().parse(data=SHAPES, format="turtle")
    graph = rdflib.Graph().parse(data=turtle(TAXONOMY), format="turtle")

    conforms, _, report = validate(graph, shacl_graph=shapes)
    assert conforms, report[:2000]


# It leaves the file open that it reads.
@pytest.mark.slow
@pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)
def test_skosify_has_nothing_to_mend(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    skosify = pytest.importorskip("skosify").skosify
    (tmp_path / "tags.ttl").write_text(turtle(TAXONOMY), encoding="utf-8")
    with caplog.at_level(logging.WARNING):
        skosify(str(tmp_path / "tags.ttl"))

    assert [record.getMessage() for record in caplog.records] == []


# SKOS of other people.

PREFIXES = """\
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix skosxl: <http://www.w3.org/2008/05/skos-xl#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix : <http://example.org/thesaurus/> .
"""
FOREIGN = f"""{PREFIXES}
:1 a skos:Concept ; skos:prefLabel "Animals"@en , "Tiere"@de ; skos:narrower :2 .
:2 a skos:Concept ; skos:broader :1 ; skos:prefLabel "Cats"@en , "Katzen"@de , "Chats"@fr ;
    skos:altLabel "felines"@en , "Cats"@en-GB , " house\\ncats "@en ; skos:hiddenLabel "catz"@en ;
    dct:source <http://example.org/book> ; skos:scopeNote "small ones"@en .
:3 a skos:Concept ; skos:broader :1 ; skos:prefLabel "Dogs"@en , "Chiens"@fr ;
    skos:altLabel "pets"@en ; skosxl:altLabel [ skosxl:literalForm "hounds"@en ] .
:4 a skos:Concept ; skos:prefLabel "Wolves"@en ; owl:deprecated true ; dct:isReplacedBy :3 ;
    skos:altLabel "pets"@en .
:mouse%20like a skos:Concept .
"""


def test_a_thesaurus_of_others_is_read_with_its_labels_in_all_languages(tmp_path: Path) -> None:
    (tmp_path / "animals.ttl").write_text(FOREIGN, encoding="utf-8")
    animals = Taxonomy.load(tmp_path / "animals.ttl")

    assert [(c.tag, c.family, c.status, c.replaced_by) for c in animals] == [
        ("Animals", "", "current", ""),
        ("Cats", "Animals", "current", ""),
        ("Dogs", "Animals", "current", ""),
        ("Wolves", "", "retired", "Dogs"),
        ("mouse like", "", "current", ""),
    ]
    assert animals["Cats"].source == "http://example.org/book"
    assert {(a.alias, a.tag, a.language, a.kind) for a in animals.aliases} == {
        ("Tiere", "Animals", "de", "name"),
        ("Katzen", "Cats", "de", "name"),
        ("Chats", "Cats", "fr", "name"),
        ("felines", "Cats", "en", ""),
        ("house cats", "Cats", "en", ""),
        ("catz", "Cats", "en", "hidden"),
        ("Chiens", "Dogs", "fr", "name"),
        ("hounds", "Dogs", "en", ""),
    }


def test_the_names_may_be_those_of_another_language(tmp_path: Path) -> None:
    (tmp_path / "animals.ttl").write_text(FOREIGN, encoding="utf-8")
    animals = Taxonomy.load(tmp_path / "animals.ttl", language="fr")

    assert {"Chats", "Chiens", "Animals", "Wolves"} < {code.tag for code in animals}
    assert ("Cats", "Chats") in {(alias.alias, alias.tag) for alias in animals.aliases}


def test_a_label_of_several_concepts_names_none_of_them_but_finds_all(tmp_path: Path) -> None:
    (tmp_path / "animals.ttl").write_text(FOREIGN, encoding="utf-8")
    animals = Taxonomy.load(tmp_path / "animals.ttl")

    assert animals.lookup("pets") is None
    assert animals.notes == {"Cats": "small ones", "Dogs": "pets", "Wolves": "pets"}


def test_the_preferred_label_of_a_concept_is_no_other_name_of_another(tmp_path: Path) -> None:
    text = """
:1 a skos:Concept ; skos:notation "01" ; skos:prefLabel "Cats"@en ; skos:altLabel "Cats"@en-GB .
:2 a skos:Concept ; skos:notation "02" ; skos:prefLabel "Dogs"@en ; skos:altLabel "cats"@en ."""
    (tmp_path / "animals.ttl").write_text(PREFIXES + text, encoding="utf-8")
    animals = Taxonomy.load(tmp_path / "animals.ttl")

    assert [(alias.alias, alias.tag) for alias in animals.aliases] == [("Cats", "01")]
    assert animals.notes == {"02": "cats"}
    assert [animals.lookup(name).tag for name in ("Cats", "cats", "dogs")] == ["01", "01", "02"]


@pytest.mark.parametrize("form", ["turtle", "json-ld"])
def test_another_name_that_is_the_name_of_another_code_comes_back(form: str, tmp_path: Path):
    codes = [{"code": "01", "name": "Cats"}, {"code": "02", "name": "Dogs", "aliases": ["cats"]}]
    path = tmp_path / f"animals.{'ttl' if form == 'turtle' else 'jsonld'}"
    path.write_text(write_skos(Taxonomy.of(codes), form), encoding="utf-8")

    assert [(one.alias, one.tag) for one in Taxonomy.load(path).aliases] == [("cats", "02")]


@pytest.mark.parametrize(
    ("labels", "text", "tags"),
    [
        (["pets", "pets", "petss"], "pets", []),
        (["pets", "pets", "petss"], "Pets; petss", ["03"]),
        (["Pets", "Pets", "pets"], "pets", ["03"]),
        (["house pets", "house pets", "house petss"], "house pets", []),
        (["house pets", "house pets", "house petss"], "housepets, house petss", ["03"]),
    ],
)
def test_a_label_of_several_concepts_is_not_corrected_into_that_of_another(
    tmp_path: Path, labels: list[str], text: str, tags: list[str]
) -> None:
    concepts = "".join(
        f':{at} a skos:Concept ; skos:notation "0{at}" ; skos:altLabel "{label}" .\n'
        for at, label in enumerate(labels, start=1)
    )
    (tmp_path / "pets.ttl").write_text(PREFIXES + concepts, encoding="utf-8")
    pets = Taxonomy.load(tmp_path / "pets.ttl")

    assert list(Normalizer(pets).resolve(text).tags) == tags
    (tmp_path / "again.ttl").write_text(write_skos(pets), encoding="utf-8")
    assert list(compare(pets, Taxonomy.load(tmp_path / "again.ttl"))) == []


@pytest.mark.parametrize("form", ["turtle", "json-ld", "xml", "nt"])
def test_a_byte_order_mark_before_a_thesaurus_is_passed_over(form: str, tmp_path: Path) -> None:
    graph = rdflib.Graph().parse(data=FOREIGN, format="turtle")
    ending = {"turtle": "ttl", "json-ld": "jsonld", "xml": "rdf", "nt": "nt"}[form]
    plain, marked = tmp_path / f"plain.{ending}", tmp_path / f"marked.{ending}"
    plain.write_bytes(graph.serialize(format=form, encoding="utf-8"))
    marked.write_bytes(b"\xef\xbb\xbf" + plain.read_bytes())

    assert Taxonomy.load(marked) == Taxonomy.load(plain)


def test_a_thesaurus_that_is_not_utf_8_is_told_with_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "cats.ttl").write_text(f'{PREFIXES}\n:1 skos:prefLabel "é" .', encoding="latin-1")

    with pytest.raises(TaxonomyError, match=r"cats\.ttl:7: not UTF-8: .*; save the file as UTF-8"):
        Taxonomy.load(tmp_path / "cats.ttl")


def test_a_concept_without_label_notation_and_address_is_no_code(tmp_path: Path) -> None:
    text = f'{PREFIXES}\n[] a skos:Concept .\n[] a skos:Concept ; skos:prefLabel "Cats" .\n'
    (tmp_path / "cats.ttl").write_text(text, encoding="utf-8")

    with pytest.raises(TaxonomyError) as caught:
        Taxonomy.load(tmp_path / "cats.ttl")

    assert len(caught.value.problems) == 1
    assert "concepts[a blank node" in str(caught.value)
    assert "the code is missing; fill it in, or leave the entry out" in str(caught.value)


def test_long_labels_that_begin_alike_are_all_other_names(tmp_path: Path) -> None:
    labels = [f"{'Convention on the protection of birds ' * 3}{end}" for end in ("one", "two")]
    codes = [Code("BIRDS"), *(Alias(label, "BIRDS") for label in labels)]
    (tmp_path / "birds.ttl").write_text(write_skos(Taxonomy.of(codes)), encoding="utf-8")

    assert [one.alias for one in Taxonomy.load(tmp_path / "birds.ttl").aliases] == labels


def test_a_label_that_is_blank_is_none(tmp_path: Path) -> None:
    text = ':1 a skos:Concept ; skos:prefLabel "", "Cats"@en ; skos:altLabel "" , " " , "felines" .'
    (tmp_path / "cats.ttl").write_text(f"{PREFIXES}\n{text}\n", encoding="utf-8")
    cats = Taxonomy.load(tmp_path / "cats.ttl")

    assert list(cats) == [Code("Cats", "Cats")]
    assert [alias.alias for alias in cats.aliases] == ["felines"]


def test_a_label_that_cannot_be_used_is_named_with_its_code(tmp_path: Path) -> None:
    text = ':1 a skos:Concept ; skos:prefLabel "Cats"@en ; skos:altLabel "felines" , "?" .'
    (tmp_path / "cats.ttl").write_text(f"{PREFIXES}\n{text}\n", encoding="utf-8")

    with pytest.raises(TaxonomyError, match=r"labels\['\?' of 'Cats'\]: '\?' has no letter"):
        Taxonomy.load(tmp_path / "cats.ttl")


@pytest.mark.parametrize("form", ["turtle", "json-ld", "xml", "nt"])
def test_a_notation_is_the_code_in_every_form_of_file(form: str, tmp_path: Path) -> None:
    text = f'{PREFIXES}\n:1 a skos:Concept ; skos:notation "636.8" ; skos:prefLabel "Cats"@en .'
    graph = rdflib.Graph().parse(data=text, format="turtle")
    ending = {"turtle": "ttl", "json-ld": "jsonld", "xml": "rdf", "nt": "nt"}[form]
    (tmp_path / f"cats.{ending}").write_text(graph.serialize(format=form), encoding="utf-8")

    assert list(Taxonomy.load(tmp_path / f"cats.{ending}")) == [Code("636.8", "Cats")]


REMOTE = '{"@context": "http://127.0.0.1:9/context.jsonld", "@id": "x"}'
BOMB = """<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbbbbbbbbbbbbbb">
{}]><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">&c30;</rdf:RDF>""".format(
    "".join(
        f'<!ENTITY c{n + 1} "&{f"c{n}" if n else "b"};&{f"c{n}" if n else "b"};">'
        for n in range(30)
    )
)


@pytest.mark.parametrize(
    ("expected", "name", "text"),
    [
        ("a.ttl: no skos:Concept here", "a.ttl", "<http://e.org/a> <http://e.org/b> 5 ."),
        ("no turtle that can be read", "a.ttl", "code\tname\nJAZZ\tJazz\n"),
        (
            "a.ttl: no turtle that can be read: it ends within a statement",
            "a.ttl",
            f'{PREFIXES} :1 a skos:Concept ; skos:prefLabel "Cats"@en',
        ),
        ("no xml that can be read", "a.rdf", "<rdf"),
        ("no xml that can be read", "a.xml", BOMB),
        ("no nt that can be read", "a.nt", "JAZZ"),
        ("no json-ld that can be read", "a.jsonld", "[" * 100_000),
        ("its context 'http://127.0.0.1:9/context.jsonld' stands elsewhere", "a.jsonld", REMOTE),
        (
            "'A' stands in concepts[http://example.org/thesaurus/1] already",
            "a.ttl",
            f'{PREFIXES} :1 a skos:Concept ; skos:notation "A" .'
            ':2 a skos:Concept ; skos:notation "A" .',
        ),
        (
            "'-' has no letter or digit",
            "a.ttl",
            f'{PREFIXES} :1 a skos:Concept ; skos:notation "-" .',
        ),
    ],
)
def test_what_is_no_skos_is_an_error_that_says_why(
    expected: str, name: str, text: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(TaxonomyError) as caught:
        Taxonomy.load(tmp_path / name)

    assert expected in str(caught.value)
    assert len(str(caught.value)) < 2000


_SMALL = Taxonomy(
    (
        Code("JAZZ", "Jazz", start=1917, frequency=3, frequencies={"1973-1979": 3}),
        Code("C++", status="retired", replaced_by="JAZZ", family="F", names={"1": "x"}),
    ),
    (Alias("Bop", "JAZZ", "k", "s", "en"),),
    {"DJ": "x"},
    "1",
    {"few": 1.5},
    {"alias": 0.5},
    {"F": "Fam"},
    {"JAZZ": "n"},
)
_WHOLE = {ending: write(_SMALL) for ending, write in WRITERS.items()} | {
    ".csv": write_csv(_SMALL),
    ".tsv": "# shape: .{2,}\n# anchor: 2\n" + write_csv(_SMALL).replace(",", "\t"),
    ".jsonl": '"JAZZ"\n{"code": "FOLK", "frequency": 3}\n["A", "b"]\n',
    ".rdf": rdflib.Graph().parse(data=turtle(_SMALL), format="turtle").serialize(format="xml"),
}
_JUNK = st.text(st.sampled_from("\0\t\n\"'\\;:,[]{}<>&#-=+*().@0aé\u2028😀"), max_size=4)


@pytest.mark.slow
@settings(
    max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(st.sampled_from(sorted(_WHOLE)), st.data())
def test_a_damaged_file_is_a_vocabulary_or_an_error_of_ours(
    tmp_path: Path, ending: str, data: st.DataObject
) -> None:
    text = _WHOLE[ending]
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text)))
        gone = data.draw(st.integers(0, 9) | st.just(len(text)))
        text = text[:at] + data.draw(_JUNK) + text[at + gone :]
    path = tmp_path / f"damaged{ending}"
    path.write_text(text, encoding="utf-8")
    with contextlib.suppress(TaxonomyError):
        Taxonomy.load(path)


@pytest.mark.parametrize(
    "base", ["", "tags/", "https://example.org/tags", "a b:", "https://a>/", "1:"]
)
def test_a_base_that_no_name_can_be_put_behind_is_refused(base: str) -> None:
    with pytest.raises(ValueError, match="it takes an address that ends with"):
        write_skos(TAXONOMY, base=base)


def test_without_rdflib_the_error_names_the_extra(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.ttl").write_text(FOREIGN, encoding="utf-8")
    for name in [
        name for name in sys.modules if name.startswith(("rdflib", "tagnorm.vocabulary.skos"))
    ]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "rdflib", None)
    with pytest.raises(ModuleNotFoundError, match=r"pip install 'tagnorm\[skos\]'"):
        Taxonomy.load(tmp_path / "a.ttl")


# What differs.


def test_a_vocabulary_does_not_differ_from_itself() -> None:
    assert compare(TAXONOMY, TAXONOMY) == []


def test_every_difference_is_told_once() -> None:
    old = Taxonomy(
        (Code("BOP", "Bop"), Code("JAZZ", "Jazz", start=1917)),
        (Alias("Swing", "JAZZ"),),
        {"DJ": ""},
        notes={"JAZZ": "brass"},
    )
    new = Taxonomy(
        (Code("FOLK", "Folk"), Code("JAZZ", "Jazz music", end=2000)),
        (Alias("Swing", "JAZZ", language="en"),),
        costs={"few": 1.0},
        notes={"JAZZ": "brass"},
    )

    assert [tuple(vars_of(change)) for change in compare(old, new)] == [
        ("removed", "code", "BOP", "name", "Bop", ""),
        ("added", "code", "FOLK", "name", "", "Folk"),
        ("changed", "code", "JAZZ", "name", "Jazz", "Jazz music"),
        ("changed", "code", "JAZZ", "from", "1917", ""),
        ("changed", "code", "JAZZ", "to", "", "2000"),
        ("changed", "alias", "Swing", "language", "", "en"),
        ("removed", "outside", "DJ", "value", "", ""),
        ("added", "cost", "few", "value", "", "1.0"),
    ]


def vars_of(change: object) -> list[str]:
    return [getattr(change, name) for name in ("change", "what", "entry", "field", "old", "new")]


# The data package.


def test_the_data_package_of_the_built_in_vocabulary_is_that_of_its_files() -> None:
    folder = builtin_folder()

    assert (folder / "datapackage.json").read_text(encoding="utf-8") == write_data_package(
        folder
    ), "write it anew: python -m tagnorm.cli taxonomy package taxonomy > taxonomy/datapackage.json"


@pytest.mark.slow
def test_the_folder_is_a_valid_data_package_with_all_its_rows() -> None:
    frictionless = pytest.importorskip("frictionless")
    folder = builtin_folder()
    report = frictionless.validate(str(folder / "datapackage.json"))

    assert report.valid, report.flatten(["type", "rowNumber", "message"])[:10]
    parts = (TAXONOMY, TAXONOMY.aliases, TAXONOMY.outside, TAXONOMY.notes)
    numbers = (TAXONOMY.costs, TAXONOMY.confidence)
    assert sum(task.stats["rows"] for task in report.tasks) == sum(map(len, (*parts, *numbers)))


# The command line.


def run(*arguments: str) -> tuple[int, str]:
    testing = pytest.importorskip("click.testing")
    group = pytest.importorskip("tagnorm.cli.group").group
    done = testing.CliRunner().invoke(group, ["taxonomy", *arguments])
    return done.exit_code, done.output


@pytest.mark.parametrize(
    ("form", "ending", "write"),
    [
        ("skos", ".ttl", lambda t: write_skos(t, title="music")),
        ("jsonld", ".jsonld", lambda t: write_skos(t, "json-ld", title="music")),
        ("json", ".json", write_json),
        ("csv", ".csv", write_csv),
    ],
)
def test_a_vocabulary_is_exported(
    form: str, ending: str, write: Callable[[Taxonomy], str], tmp_path: Path
) -> None:
    (tmp_path / "music.tsv").write_text("code\tname\nJAZZ\tJazz\nFOLK\tFolk\n", encoding="utf-8")
    path = str(tmp_path / "music.tsv")
    taxonomy = Taxonomy.load(path)

    assert run("export", path, "--format", form) == (0, write(taxonomy))
    assert run("export", "--taxonomy", path, "--format", form) == (0, write(taxonomy))


def test_a_bad_base_is_a_usage_error() -> None:
    code, output = run("export", "--base", "nowhere")

    assert code == 2
    assert "it takes an address" in output


def test_what_is_for_skos_alone_is_refused_beside_another_format() -> None:
    for option in ("--base", "--title", "--language"):
        code, output = run("export", "--format", "csv", option, "x:")

        assert code == 2
        assert f"{option} is for SKOS, and the format is csv; leave it out" in output


@pytest.mark.parametrize(
    ("content", "warning"),
    [
        ('code\n"""Korea, South"""\n', '"Korea, South": its quotes are a part of it; if a spread'),
        ("code,aliases\nJAZZ,swing|bop\n", "swing|bop: it is one other name of JAZZ; if it is"),
        (
            "code,name,aliases\n01,Jazz,\n02,Swing,jazz\n03,Folk,swing music;Folk\n",
            "jazz: it is read as 02, but is the name of 01; drop one of the two",
        ),
    ],
)
def test_check_warns_of_what_is_hardly_meant(tmp_path: Path, content: str, warning: str) -> None:
    (tmp_path / "codes.csv").write_text(content, encoding="utf-8")

    code, output = run("check", str(tmp_path / "codes.csv"))

    assert code == 0
    assert f"warning: {warning}" in output
    assert "no errors, 1 warning\n" in output


def test_check_warns_of_quotes_that_a_spreadsheet_puts_into_tabs(tmp_path: Path) -> None:
    text = 'code\tname\taliases\n"KR"\t"Korea, South"\t"ROK"; Korea\n'
    (tmp_path / "codes.tsv").write_text(text, encoding="utf-8")

    code, output = run("check", str(tmp_path / "codes.tsv"))

    assert code == 0
    for form in ('"KR"', '"Korea, South"', '"ROK"'):
        assert f"warning: {form}: its quotes are a part of it; if a spreadsheet put" in output


def test_check_tells_errors_or_warnings(tmp_path: Path) -> None:
    (tmp_path / "codes.tsv").write_text("code\nJAZZ\n-\nJAZZ\n", encoding="utf-8")
    code, output = run("check", str(tmp_path))
    assert code != 0
    assert "error: codes.tsv:3: '-' has no letter" in output
    assert "error: codes.tsv:4: 'JAZZ' stands in codes.tsv:2" in output

    rows = "code\tlabel\tfrequency_1999\nCO\tx\t\nCo\t\t2\nJAZZ\t\t\n"
    (tmp_path / "codes.tsv").write_text(rows, encoding="utf-8")
    (tmp_path / "datapackage.json").write_text("{}", encoding="utf-8")
    code, output = run("check", str(tmp_path))
    assert code == 0
    assert "warning: CO: 'CO', 'Co' are the same but for case and marks" in output
    assert "warning: datapackage.json: out of date" in output
    assert "warning: codes.tsv: column 'label' is passed over; known are code, name," in output
    assert "3 codes, 0 aliases, 0 outside; no errors, 3 warnings" in output

    _, package = run("package", str(tmp_path))
    (tmp_path / "datapackage.json").write_text(package, encoding="utf-8")
    assert "out of date" not in run("check", str(tmp_path))[1]


def test_two_vocabularies_are_compared(tmp_path: Path) -> None:
    (tmp_path / "old.json").write_text('{"JAZZ": "Jazz"}', encoding="utf-8")
    (tmp_path / "new.json").write_text('{"JAZZ": "Jazz\\nmusic"}', encoding="utf-8")
    paths = [str(tmp_path / name) for name in ("old.json", "new.json")]

    assert run("diff", *paths)[1].splitlines() == [
        "change\twhat\tentry\tfield\told\tnew",
        "changed\tcode\tJAZZ\tname\tJazz\tJazz\\nmusic",
        "changed\tcode\tJAZZ\tkind\told\tnew",
    ]
    records = map(json.loads, run("diff", "--json", *paths)[1].splitlines())
    assert [record["field"] for record in records] == ["name", "kind"]
