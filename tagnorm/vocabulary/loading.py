"""Reading a vocabulary folder: tab-separated files with a provenance header, checked by column.

A file starts with lines of `# key: value` (and free `# ...` prose), then the column names, then
one row an entry. The keys that matter:

* `kind` -- what the codes of the file are: `subject`, `geographic` ... (default: the file's name);
  `outside` marks a list of acronyms that look like codes and are none, `alias` one of other names;
* `family` -- the letter or name of the family, if the codes form one;
* `shape` -- a regular expression that every code must match in full;
* `anchor` -- how many letters a code needs to carry a string of run-together codes by itself
  (default 3), or `never`;
* `title` -- what the file holds, for people; of a family's file it is the name of the family;
* `version` -- the date or number of the edition.

`aliases.tsv` holds aliases without saying so, `notes.tsv` words to search by; `costs.tsv` and
`confidence.tsv` hold what the vocabulary has to say about prices, `frequencies.tsv` how often codes
are meant where that was learnt from a column. Every problem of every file is collected and raised
at once.
"""

from __future__ import annotations

from pathlib import Path
from zlib import crc32

from tagnorm.errors import Problem, TaxonomyError
from tagnorm.vocabulary.contents import Vocabulary
from tagnorm.vocabulary.packed import read_packed

__all__ = [
    "builtin_folder",
    "checksum_of",
    "read_builtin",
    "read_folder",
    "read_path",
    "tables_in",
]


_INSTALLED = Path(__file__).parents[1] / "data" / "taxonomy"


def builtin_folder() -> Path:
    """Where the built-in vocabulary lies: in the installed package, or beside it in a checkout."""
    return _INSTALLED if _INSTALLED.is_dir() else Path(__file__).parents[2] / "taxonomy"


def tables_in(folder: Path) -> list[Path]:
    """The files of a vocabulary's folder; hidden ones, as systems and editors put them beside
    others (`._codes.tsv`), are none of it."""
    return sorted(path for path in folder.glob("*.tsv") if not path.name.startswith("."))


def read_builtin() -> Vocabulary:
    """The built-in vocabulary, which was packed when it was checked.

    Raises:
        TaxonomyError: somebody has changed its files, and something is wrong with them.
    """
    folder = builtin_folder()
    return read_packed(checksum_of(folder)) or read_folder(folder)


def checksum_of(folder: Path) -> int:
    """A checksum of the names and the contents of the files of a folder."""
    found = 0
    for path in tables_in(folder):
        found = crc32(path.read_bytes(), crc32(path.name.encode(), found))
    return found


def read_path(path: str | Path, language: str) -> Vocabulary:
    """The vocabulary in a folder, or in one file; the language is that of the names in SKOS.

    Raises:
        TaxonomyError: something is wrong with it, or there is no code; the error lists every bad
            row.
    """
    if not str(path):  # which would be the folder that the program is in
        raise TaxonomyError("''", [Problem("''", 0, "the path is empty; name a folder or file")])
    path = Path(path)
    if path.is_file():
        from tagnorm.vocabulary.single_files import read_file  # noqa: PLC0415 -- most are folders

        found = read_file(path, language)
    else:
        found = read_folder(path)
    if not found.codes:  # a file that was cut off, a folder of something else
        message = "no code is here, so nothing would be read as one; it takes one at least"
        raise TaxonomyError(path, [Problem(path.name or str(path), 0, message)])
    return found


def read_folder(folder: Path) -> Vocabulary:
    """All rows of the `*.tsv` files of a folder, but for hidden ones.

    Raises:
        TaxonomyError: something is wrong with the files; the error lists every bad row.
    """
    # Not needed for the built-in vocabulary.
    from tagnorm.vocabulary.assembly import Assembly  # noqa: PLC0415
    from tagnorm.vocabulary.tables import decoded, read_table  # noqa: PLC0415

    assembly = Assembly()
    if not folder.is_dir():
        message = (
            "it is a pipe or a device, and no name says what it holds; save it as a file"
            if folder.exists()
            else "no such file or folder; a vocabulary is a folder of tab-separated files, or a "
            "file; codes themselves are given as a list"
        )
        assembly.problems.append(Problem(str(folder), 0, message))
        return assembly.vocabulary(folder, "")
    files = tables_in(folder)
    if not files:
        message = "no *.tsv file here; a vocabulary is a folder of tab-separated files"
        assembly.problems.append(Problem(str(folder), 0, message))
    versions, digest = [], 0
    for path in files:
        content = path.read_bytes()
        digest = crc32(content, digest)
        text = decoded(path, content, assembly.problems)
        if text is not None:
            table = read_table(path.name, text, {"kind": path.stem}, assembly.problems)
            assembly.add(table)
            versions.append(table.header.get("version", ""))
    version = f"{max(versions)}+{digest:08x}" if any(versions) else "unversioned"
    return assembly.vocabulary(folder, version)
