"""Packs the built-in vocabulary, so that it need not be read row by row when a program starts.

`python -m benchmarks packed` writes `tagnorm/data/vocabulary.json`, which is to be done when any
file of the vocabulary or its prices have changed; a test says so. See `tagnorm.vocabulary.packed`.
"""

from __future__ import annotations

from tagnorm.engine.model import Model
from tagnorm.folding import squashed
from tagnorm.vocabulary.codes import Taxonomy
from tagnorm.vocabulary.contents import Prices
from tagnorm.vocabulary.loading import builtin_folder, checksum_of, read_folder
from tagnorm.vocabulary.packed import PATH, packed

__all__ = ["run", "text"]


def text() -> str:
    """The file for the built-in vocabulary as it is now."""
    folder = builtin_folder()
    taxonomy = Taxonomy.load(folder)
    prices = prices_of(taxonomy)
    return packed(read_folder(folder), taxonomy.forms, prices, checksum_of(folder))


def prices_of(taxonomy: Taxonomy) -> Prices:
    """What all tags and all other names of the codes of a vocabulary cost."""
    model = Model(taxonomy)
    names = [*[code.tag for code in taxonomy], *[form.alias for form in taxonomy.forms]]
    found = []
    for name, form in zip(names, squashed(names), strict=True):
        alike = model.alike.get(form)
        entry = model.entries[form] if alike is None else alike[name]
        found.append(entry.cost)
    return Prices(model.costs.checksum, found)


def run() -> None:
    """Write the file."""
    PATH.write_text(text(), encoding="utf-8", newline="\n")
    print(f"{PATH}: {PATH.stat().st_size:,} bytes")
