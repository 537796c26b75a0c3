"""The controlled vocabulary: its codes and their other names, and the files that they come from."""

from tagnorm.vocabulary.codes import Alias, Code, Taxonomy

__all__ = ["Alias", "Code", "Taxonomy"]
