"""Vocabularies as SKOS, the form in which libraries and archives exchange them, through rdflib."""

from tagnorm.vocabulary.skos.reading import read_graph, read_skos
from tagnorm.vocabulary.skos.writing import write_skos

__all__ = ["read_graph", "read_skos", "write_skos"]
