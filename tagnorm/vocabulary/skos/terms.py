"""The terms in which a vocabulary is written as SKOS, and the names of its resources.

What SKOS, Dublin Core and OWL have a term for is said in it; the rest (how often a code is meant,
acronyms that are no codes, prices) in terms of our own, so that nothing is lost on the way.
"""

from __future__ import annotations

from urllib.parse import quote

from rdflib import Graph, Namespace, URIRef
from rdflib.namespace import DC, DCAT, DCTERMS, OWL, RDF, RDFS, SKOS, XSD

__all__ = [
    "DC", "DCAT", "DCTERMS", "DEFAULT_BASE", "FORMATS", "OWL", "RDF", "RDFS", "SKOS", "SKOSXL",
    "TAGNORM", "XSD", "bind", "uri_of",
]  # fmt: skip

TAGNORM = Namespace("urn:x-tagnorm:ns#")
SKOSXL = Namespace("http://www.w3.org/2008/05/skos-xl#")
# Where codes have their addresses unless somebody gives them better ones.
DEFAULT_BASE = "urn:x-tagnorm:vocabulary/"
# What rdflib calls the form of a file, by the ending of its name.
FORMATS = {
    ".ttl": "turtle",
    ".jsonld": "json-ld",
    ".rdf": "xml",
    ".xml": "xml",
    ".nt": "nt",
}
_PREFIXES = {
    "dc": DC,
    "dcat": DCAT,
    "dcterms": DCTERMS,
    "owl": OWL,
    "rdf": RDF,
    "rdfs": RDFS,
    "skos": SKOS,
    "skosxl": SKOSXL,
    "tagnorm": TAGNORM,
    "xsd": XSD,
}


def bind(graph: Graph) -> None:
    """Let a graph be written with the usual prefixes."""
    for prefix, namespace in _PREFIXES.items():
        graph.bind(prefix, namespace)


def uri_of(base: str, *parts: str) -> URIRef:
    """The name of something in a vocabulary: always the same, and never that of something else.

    >>> str(uri_of("https://example.org/tags/", "UNGA/C-6"))
    'https://example.org/tags/UNGA%2FC-6'
    """
    return URIRef(base + "/".join(quote(part, safe="") for part in parts))
