"""Vocabularies as SKOS, the form in which libraries and archives exchange them, through rdflib."""
