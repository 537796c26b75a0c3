"""Which encoding a text file is in, and the way from its bytes to UTF-8 and back.

A byte that is no character becomes a half of a surrogate pair, as Python does it with file names:
it can be seen in the text, and goes back to the same byte.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import Protocol

import attrs

from tagnorm.arguments import argument
from tagnorm.errors import BadDataError, FormatError

__all__ = [
    "DAMAGED",
    "DamagedLineError",
    "Encoding",
    "LineDecoder",
    "Stream",
    "decoded_lines",
    "detect_encoding",
]

# What a character that could not be decoded looks like in the text.
DAMAGED = re.compile("[\ud800-\udfff]")

_MARKS = {  # the longer one first where one begins like another
    b"\xef\xbb\xbf": "utf-8",
    b"\xff\xfe\x00\x00": "utf-32-le",
    b"\x00\x00\xfe\xff": "utf-32-be",
    b"\xff\xfe": "utf-16-le",
    b"\xfe\xff": "utf-16-be",
}
# Codecs that write text as other text, or that leave it to the machine what they mean.
_NO_ENCODINGS = frozenset(
    (
        "idna", "punycode", "unicode-escape", "unicode_escape", "raw-unicode-escape",
        "raw_unicode_escape", "undefined", "mbcs", "oem", "charmap", "utf-7", "palmos",
    )
)  # fmt: skip
# Bytes that are read at a time where lines are wanted; a line longer than the other is no line.
_LINES = 1 << 20
_LONGEST = 1 << 24
_ALL_BYTES = bytes(range(256)) * 4
_MANY_ZEROS, _FEW_BYTES = 0.3, 8
_RUN = re.compile(rb"[\x80-\xff]{2,}")
# Encodings that charset-normalizer may be believed about; of the others, which differ from each
# other in few letters, Windows-1252 is by far the most frequent and reads almost any byte.
_DISTINCT = re.compile("big5|cp932|cp949|euc|gb|johab|shift|koi8|cp125[1356]|iso8859_[5-8]$")


def _escape_bytes(error: UnicodeError) -> tuple[str, int]:
    """As `surrogateescape`, but for the small bytes of UTF-16 and its like as well."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(chr(0xDC00 + byte) for byte in error.object[error.start : error.end]), error.end


codecs.register_error("tagnorm-escape", _escape_bytes)


@attrs.frozen
class Encoding:
    """An encoding by its codec's name, and the mark that the file begins with, if any."""

    name: str
    mark: bytes = b""

    @classmethod
    def named(cls, name: str, head: bytes) -> Encoding:
        """The encoding that somebody named, for a file that begins with these bytes.

        Raises:
            FormatError: there is no such encoding of text.
        """
        try:
            found = codecs.lookup(name)
            if found.name in _NO_ENCODINGS:
                raise LookupError(name)
            "".encode(name)
            plain = found.name.removesuffix("-sig")
            if plain in ("utf-16", "utf-32"):  # without a mark little-endian, as most files are
                plain += "-le"
            # What cannot mark the bytes that it does not know cannot keep them either.
            codecs.getincrementaldecoder(plain)("tagnorm-escape").decode(_ALL_BYTES, True)
        except (LookupError, ValueError, TypeError) as error:
            raise FormatError(
                f"{name!r} is no encoding of text files; try utf-8, utf-16, cp1252, latin-1"
            ) from error
        for mark, marked in _MARKS.items():
            if head.startswith(mark) and marked.startswith(found.name.removesuffix("-sig")):
                return cls(marked, mark)
        return cls(plain)

    @property
    def is_utf8(self) -> bool:
        """Whether the bytes are UTF-8 already."""
        return self.name == "utf-8"

    @property
    def damage(self) -> str:
        """What is wrong with a row that holds bytes it does not know, and the remedy."""
        return (
            f"holds bytes that are not {self.name}; say what they are with {argument('encoding')}"
        )

    def decoder(self) -> codecs.IncrementalDecoder:
        """What turns bytes into text, piece by piece."""
        return codecs.getincrementaldecoder(self.name)("tagnorm-escape")

    def encode(self, text: str) -> bytes:
        """The bytes of a text; what was undecodable in a file of this encoding is as it was.

        Raises:
            FormatError: the encoding has no such letter.
        """
        try:
            return text.encode(self.name, "surrogateescape")
        except UnicodeEncodeError as error:
            if self.name.startswith(("utf-16", "utf-32")):
                return DAMAGED.sub("\ufffd", text).encode(self.name)
            letter = text[error.start]
            raise FormatError(
                f"{letter!r} cannot be written in {self.name}; convert the file to UTF-8"
            ) from error

    def from_utf8(self, data: bytes | memoryview) -> bytes | memoryview:
        """UTF-8 in this encoding.

        Raises:
            FormatError: the encoding has no such letter.
        """
        return data if self.is_utf8 else self.encode(str(data, "utf-8"))


def detect_encoding(head: bytes) -> Encoding:
    """The encoding of a file that begins with these bytes.

    The rule: a mark decides; then many zero bytes, which are UTF-16; then UTF-8, if the bytes are
    UTF-8 or at least more of them than not; then what `charset-normalizer` is sure of, if it is
    installed; then Windows-1252.

    >>> detect_encoding(b"\\xef\\xbb\\xbftags").mark
    b'\\xef\\xbb\\xbf'
    >>> detect_encoding("tags\\nMÉXICO".encode("cp1252")).name
    'cp1252'
    """
    if sure := _marked(head) or _wide(head):
        return sure
    text = codecs.getincrementaldecoder("utf-8")("surrogateescape").decode(head)
    damaged = len(DAMAGED.findall(text))
    if not damaged or sum(letter > "\x7f" for letter in text) - damaged > damaged:
        return Encoding("utf-8")
    return Encoding(_guess(head))


def _marked(head: bytes) -> Encoding | None:
    return next((Encoding(name, m) for m, name in _MARKS.items() if head.startswith(m)), None)


def _wide(head: bytes) -> Encoding | None:
    """UTF-16 without a mark, which has many zero bytes at every other place."""
    for offset, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        some = head[offset:4096:2]
        if some and some.count(0) > _MANY_ZEROS * len(some):
            return Encoding(name)
    return None


def _guess(head: bytes) -> str:
    # In Latin writing most letters with accents stand between plain ones; elsewhere they do not.
    high = sum(byte > 0x7F for byte in head)
    if sum(len(run) for run in _RUN.findall(head)) < high / 2:
        return "cp1252"
    try:
        from charset_normalizer import from_bytes  # noqa: PLC0415 -- comes with the extra `files`
    except ModuleNotFoundError:
        return "cp1252"
    start = max(0, next(at for at, byte in enumerate(head) if byte > 0x7F) - 1000)
    best = from_bytes(head[start : start + 10_000]).best()
    if best is not None and best.encoding == "mac_cyrillic":
        return "cp1251"  # they differ in capitals only, and hardly any file is the former
    if best is not None and _DISTINCT.match(best.encoding):
        return str(codecs.lookup(best.encoding).name)
    return "cp1252"


class DamagedLineError(BadDataError):
    """A line of a text is not to be read: it has bytes that are no character, or does not end."""


class LineDecoder:
    """The lines of a text whose bytes come a few at a time, and must be decoded without a guess.

    The encoding is the one that is named, else UTF-16 or UTF-32 if the first line shows it by a
    mark or by its zero bytes, else UTF-8. Too little is known at the first line to believe any
    guess, and a wrong one would cut words into other words.

    >>> decoder = LineDecoder("standard input")
    >>> decoder.feed(b"PREL\\r\\nPG"), decoder.feed(b"OV\\nSN"), decoder.feed(b"AR", final=True)
    (['PREL'], ['PGOV'], ['SNAR'])

    Raises:
        FormatError: there is no encoding of that name.
    """

    def __init__(self, name: str, encoding: str | None = None) -> None:
        self.line = 0
        self._name = name
        self._wanted = encoding
        self._bytes = b""
        self._rest = ""
        self._decoder: codecs.IncrementalDecoder | None = None
        self._encoding = Encoding.named(encoding, b"") if encoding else Encoding("utf-8")

    def feed(self, data: bytes, *, final: bool = False) -> list[str]:
        """The lines that are complete now, without their ends; with `final`, all that is left.

        Raises:
            DamagedLineError: a line does not end within 16 MiB.
        """
        if len(self._rest) + len(self._bytes) > _LONGEST:
            raise DamagedLineError(
                f"line {self.line + 1} of {self._name} does not end within "
                f"{_LONGEST >> 20} MiB; is it text, with one string in each line?"
            )
        if self._decoder is None:
            self._bytes += data
            if not final and b"\n" not in data:
                return []
            data = self._begin()
            self._bytes = b""
        assert self._decoder is not None
        text = self._rest + self._decoder.decode(data, final)
        *lines, self._rest = text.split("\n")
        if final and self._rest:
            lines.append(self._rest)
            self._rest = ""
        return [line.removesuffix("\r") for line in lines]

    def checked(self, line: str) -> str:
        """The line, which is the next one, if all of it is text.

        Raises:
            DamagedLineError: it is not; the message names the line, the byte and the remedy.
        """
        self.line += 1
        found = None if line.isascii() else DAMAGED.search(line)
        if found is None:
            return line
        at = len(line[: found.start()].encode(self._encoding.name)) + 1
        name = self._encoding.name.upper() if self._encoding.is_utf8 else self._encoding.name
        raise DamagedLineError(
            f"line {self.line} of {self._name} is not {name} at byte {at}: "
            f"0x{ord(found[0]) & 0xFF:02x}; say what it is with {argument('encoding')}, for "
            "example cp1252, or convert it first:  iconv -f CP1252 -t UTF-8"
        )

    def _begin(self) -> bytes:
        """Choose the encoding; what came so far, without the mark."""
        head = self._bytes
        if self._wanted:
            self._encoding = Encoding.named(self._wanted, head)
        else:
            first = head.partition(b"\n")[0]
            wide = _wide(first) if len(first) >= _FEW_BYTES else None
            self._encoding = _marked(head) or wide or self._encoding
        self._decoder = self._encoding.decoder()
        return head.removeprefix(self._encoding.mark)


class Stream(Protocol):
    """What bytes can be read from, some at a time; none come at the end."""

    def read(self, size: int, /) -> bytes:
        """At most so many bytes."""


def decoded_lines(stream: Stream) -> Iterator[str]:
    """The lines of a text of which nothing is known: each is UTF-8, or else Windows-1252.

    UTF-16 and UTF-32 are found out as by `detect_encoding`; line ends may be of any kind. Nothing
    is an error, since in a heap of old texts one line may differ from the next.

    >>> import io
    >>> list(decoded_lines(io.BytesIO("São\\r\\n".encode("cp1252") + "Paulo €".encode())))
    ['São\\r\\n', 'Paulo €']
    """
    head = stream.read(_LINES)
    found = detect_encoding(head)
    rest, head = head.removeprefix(found.mark), b""
    if found.name.startswith(("utf-16", "utf-32")):
        decoder = codecs.getincrementaldecoder(found.name)("replace")
        text = decoder.decode(rest)
        while chunk := stream.read(_LINES):
            *lines, text = (text + decoder.decode(chunk)).splitlines(keepends=True) or [""]
            yield from lines
        yield from (text + decoder.decode(b"", final=True)).splitlines(keepends=True)
        return
    while True:
        end = rest.rfind(b"\n") + 1
        for line in rest[:end].splitlines(keepends=True):
            yield from _decoded(line).splitlines(keepends=True)
        rest = rest[end:]
        if len(rest) >= _LINES:  # no line is so long; a piece of it will do
            yield from _decoded(rest).splitlines(keepends=True)
            rest = b""
        chunk = stream.read(_LINES)
        if not chunk:
            break
        rest += chunk
    yield from _decoded(rest).splitlines(keepends=True)


def _decoded(line: bytes) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError:
        # Windows-1252 leaves five bytes open.
        return line.decode("cp1252", "replace")
