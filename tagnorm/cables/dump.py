"""The cables of a dump: one text with many of them, told apart, with reference and date.

A cable begins at the head of its transmission (`VZCZC...`, `ZCZC...`), after the end of another
(`NNNN`), at a mail's `From ` line, at `PAGE 01` of an electronic telegram, at a ruled line with the
head of a cable under it, and where a line of classification or a date-time group names another
message than before. Sections are transmitted one by one; those that bear the same reference are
one cable again, and so is the page of an archive that names the cable over its text.
"""

from __future__ import annotations

import datetime
import re
from collections import deque
from collections.abc import Iterable, Iterator

import attrs

from tagnorm.folding import fold_in_place

__all__ = ["Cable", "archive_year", "cables"]

# What is kept of one cable: its header comes first, and a dump without cables must fit in memory.
_MOST_CHARACTERS = 4_000_000


@attrs.frozen
class Cable:
    """One cable of a dump.

    `line` is the number of its first line. `reference` is what the message is called by (`MASERU
    000057`, or an archive's `10MASERU57`), `date` the day of its date-time group (`2010-02-22`);
    both are empty where the text does not say.
    """

    text: str
    line: int
    reference: str
    date: str


_CLASS = (
    r"(?:UNCLAS(?:SIFIED)?|C ?O ?N ?F ?I ?D ?E ?N ?T ?I ?A ?L|(?:T ?O ?P  ?)?S ?E ?C ?R ?E ?T|"
    r"LIMITED OFFICIAL USE|LIMOFFUSE|LOU)"
)
_SECTION = r"(?:FINAL )?SECT(?:ION)? ?\d* ?OF ?\d+"
_POST = r"(?P<post>[A-Z][A-Z.'/]*(?: [A-Z.'/]+){0,3}?)"
_HEAD = re.compile(
    rf"(?:{_CLASS}(?: +(?:{_SECTION}|NOFORN|N O F O R N|E ?F ?T ?O|FOUO|SENSITIVE|//))*"
    rf"|PAGE 0?\d+) +{_POST} +(?P<number>\d{{4,6}})\b"
)
_ID = r"(?:19|20)?\d{2}[A-Z]{3,24}\d{1,6}"
_ARCHIVE_HEAD = re.compile(
    r"(?:(?P<opens>VIEWING CABLE)|CANONICAL ID|REFERENCE ID|CABLE(?: ID)?|ID)\b[ :#]*"
    rf"(?P<id>{_ID})(?:_[A-Z0-9]+)?\b"
    # The row of a page's table: the name of the cable, and when it was sent.
    rf"|(?P<row>{_ID}) +\d{{4}}-\d\d-\d\d\b"
)
_ARCHIVE_ID = re.compile(r"(?P<year>\d+)(?P<post>[A-Z]+)(?P<number>\d+)")
_TRANSMISSION = re.compile(r"V?ZCZC")
_MAIL = re.compile(r"FROM \S+ .*\d{4}$")
_FIRST_PAGE = re.compile(r"PAGE 0?1\b +[A-Z]")
_END = re.compile(r"NNNN$")
_RULE = re.compile(r"([=*#~_])\1{19,}$")
_TIME = re.compile(
    r"(?:(?:[ZOPRYW]{1,2} )+)?(?P<day>\d\d)\d{4}Z +(?P<month>[A-Z]{3}) +(?P<year>\d\d)(?!\d)"
)
_DATE = re.compile(
    r"(?:DATE|CREATED|DRAFT DATE)\b[ :]*"
    r"(?P<year>\d{4})[ -](?P<month>\d\d|[A-Z]{3})[A-Z]*[ -](?P<day>\d{1,2})\b"
)
# What no text over a cable has: the fields of a cable's own header.
_HEADER = re.compile(r"[ >|*]*(?:E\.? ?O\.? ?\d{5}|TAGS? *[:;]|SUBJECT *:)")
_PAGE_LINES = 40
_ORDER = re.compile(r"E\.? ?O\.? ?\d{5}")
_QUOTES = re.compile(r"QUOTE|REPEAT|FOLLOWING|TEXT OF|BEGIN")
_MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
# The system began in 1973; a year of two digits before that belongs to this century.
_FIRST_YEAR = 66


def cables(lines: Iterable[str]) -> Iterator[Cable]:
    """The cables of a text that comes line by line; only the one at hand is kept in memory.

    A text in which nothing marks a cable is one cable; one with nothing but white space is none.

    >>> dump = ["ZCZC1", "UNCLAS PARIS 000001", "TAGS: FR", "NNNN", "ZCZC2", "UNCLAS ROME 000002"]
    >>> [(cable.reference, cable.line) for cable in cables(line + "\\n" for line in dump)]
    [('PARIS 000001', 1), ('ROME 000002', 5)]

    Raises:
        TypeError: it is a single string.
    """
    if isinstance(lines, str | bytes):
        raise TypeError("cables are read line by line; of a text give text.splitlines(True)")
    return _cables(lines)


def _cables(lines: Iterable[str]) -> Iterator[Cable]:
    pending: _Message | None = None
    for message in _messages(lines):
        if pending is None or pending.precedes(message) or pending.is_page_of(message):
            message.take_from(pending)
        elif pending.is_repeated_by(message):
            pending.append(message)
            continue
        else:
            yield pending.cable()
        pending = message
    if pending is not None:
        yield pending.cable()


class _Message:
    """One transmission, or what is kept of it."""

    def __init__(self, line: int) -> None:
        self.line = line
        self.key: tuple[str, int] | None = None
        self.reference = ""
        self.date = ""
        self.timed = False
        self.filled = 0
        self._has_header = False
        self._parts: list[str] = []
        self._length = 0
        self._archive_id = ""

    def add(self, line: str, folded: str) -> None:
        """One more line of the message."""
        self._keep(line)
        if not folded:
            return
        self.filled += 1
        self._has_header = self._has_header or _HEADER.match(folded) is not None
        if self.key is None and (head := _HEAD.match(folded)):
            self.reference, self.key = _named(head)
        if not self._archive_id and (head := _ARCHIVE_HEAD.match(folded)):
            self._archive_id = head["id"] or head["row"]
        if time := _TIME.match(folded):
            self.timed = True
        if not self.date and (time := time or _DATE.match(folded)):
            self.date = _day(time)

    def _keep(self, text: str) -> None:
        text = text[: _MOST_CHARACTERS - self._length]
        self._parts.append(text)
        self._length += len(text)

    def precedes(self, message: _Message) -> bool:
        """Whether this is no message, but what stands over the next one, as a page does."""
        alone = self.key is None and not self._archive_id and not self.date
        few = self.filled <= (_PAGE_LINES if self.line == 1 else 2)
        return alone and few and not self._has_header and message.key is not None

    def is_page_of(self, message: _Message) -> bool:
        """Whether this is what a page of an archive says over the text of a message."""
        return self.key is None and self._is_named_as(message.key)

    def is_repeated_by(self, message: _Message) -> bool:
        """Whether another message is this one once more, or a later section of it."""
        if self.key is not None and message.key is not None:
            return self.key == message.key
        if message.key is None and message._archive_id:
            return message._archive_id == self._archive_id or message._is_named_as(self.key)
        return False

    def _is_named_as(self, key: tuple[str, int] | None) -> bool:
        """Whether the archive's name of the message is made of a post and a number."""
        found = _ARCHIVE_ID.match(self._archive_id)
        if found is None or key is None or int(found["number"]) != key[1]:
            return False
        # Archives leave out spaces and cut long names of posts.
        post = "".join(filter(str.isalpha, key[0]))
        return post.startswith(found["post"]) or found["post"].startswith(post)

    def take_from(self, before: _Message | None) -> None:
        """Begin with what stood before this message."""
        if before is not None:
            self.line = before.line
            self._parts[:0] = before._parts
            self._length += before._length
            self._archive_id = self._archive_id or before._archive_id
            self.date = self.date or before.date

    def append(self, section: _Message) -> None:
        """Go on with a later section of the same cable."""
        for part in section._parts:
            self._keep(part)
        self.date = self.date or section.date

    def cable(self) -> Cable:
        """The message as a cable."""
        reference = self.reference or self._archive_id
        return Cable("".join(self._parts), self.line, reference, self.date)


def _messages(lines: Iterable[str]) -> Iterator[_Message]:
    """The transmissions of a text, in order."""
    message = _Message(1)
    ended = ruled = False
    last: deque[str] = deque([""], maxlen=3)
    for number, line in enumerate(lines, start=1):
        folded = _bare(line)
        if folded and message.filled and _begins(folded, message, ended, ruled, last):
            yield message
            message = _Message(number)
        if folded:
            ended = _END.match(folded) is not None
            ruled = _RULE.match(folded) is not None
        last.append(folded)
        message.add(line, folded)
    if message.filled:
        yield message


def _bare(line: str) -> str:
    """A line without what stands around its text."""
    return fold_in_place(line).strip(" \t\r\n\f\ufeff\xa0|>").replace("\t", " ")


def _begins(folded: str, message: _Message, ended: bool, ruled: bool, last: deque[str]) -> bool:
    """Whether another message than this one begins with a line."""
    if ended or _TRANSMISSION.match(folded) or (_MAIL.match(folded) and not last[-1]):
        return True
    head, archive = _HEAD.match(folded), _ARCHIVE_HEAD.match(folded)
    time = _TIME.match(folded)
    if ruled and (head or archive or time or _ORDER.match(folded)):
        return True
    if archive and archive["opens"]:
        return True
    if any(map(_QUOTES.search, last)):
        return False
    if head and message.key is not None:
        return _named(head)[1] != message.key or bool(_FIRST_PAGE.match(folded))
    return bool(time and message.timed and message.key is not None and folded[0].isalpha())


def _named(head: re.Match[str]) -> tuple[str, tuple[str, int]]:
    """The reference in the head of a message, and the form in which two of them are the same."""
    post, number = " ".join(head["post"].split()), head["number"]
    return f"{post} {number}", (post, int(number))


def archive_year(lines: Iterable[str]) -> int | None:
    """The year in the name by which an archive calls the first cable of a text.

    >>> archive_year(["Reference ID: 10MASERU57"]), archive_year(["Canonical ID: 1974STATE126062"])
    (2010, 1974)
    """
    for line in lines:
        if head := _ARCHIVE_HEAD.match(_bare(line)):
            found = _ARCHIVE_ID.match(head["id"] or head["row"])
            if found is not None:
                return _full_year(int(found["year"]))
    return None


def _full_year(year: int) -> int:
    if year >= 100:
        return year
    return year + (1900 if year >= _FIRST_YEAR else 2000)


def _day(match: re.Match[str]) -> str:
    """The day that a date or a date-time group names; empty if there is none such."""
    year, month = _full_year(int(match["year"])), match["month"]
    if not month.isdecimal() and month not in _MONTHS:
        return ""
    number = int(month) if month.isdecimal() else _MONTHS.index(month) + 1
    try:
        return datetime.date(year, number, int(match["day"])).isoformat()
    except ValueError:
        return ""
