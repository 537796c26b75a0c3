"""Where the TAGS field of a cable stands: label, continuation lines, repetitions in later sections.

The field begins after the label. It goes on over line ends while what follows reads as tags, over
page breaks and marks of classification, and over an empty line only where the field cannot end
yet. It ends where another field or the body begins. A later field counts where a section repeats
the header; a body that quotes another cable, or speaks of tags, adds nothing.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator

import attrs
from rapidfuzz import fuzz

from tagnorm.cables.labels import (
    EXACT_LABEL,
    GLUED_DATE,
    LABEL,
    ORDER,
    REPEATED_LABEL,
    SECTION,
    inline_end,
    is_address,
    is_caption,
    is_near_label,
    is_noise,
    is_word_label,
    opens_other_field,
    subject_at,
    subject_of,
)
from tagnorm.cables.strand import Source, Strand

__all__ = ["Field", "WordTests", "tag_fields"]

# How much of the text around a label is looked at: enough for a header, little beside a cable.
_BEFORE, _AFTER = 400, 1500
_SECTION_LINES = 2500
# So much is read at a place that may turn out to be no field; what is one is read to its end.
_TRIAL_LINES, _TRIAL_LINE = 60, 4000
# More places look like a field and are none only where a text is no cable at all.
_MOST_PLACES = 1000
_LONGEST_NAME = 80
_SAME_SUBJECT = 80.0
# The share of words that read as tags, from which on a line is one of tags.
_TAG_LIKE = 0.5
# Letters and digits that a colon is read as, where print is bad.
_LIKE_COLON = "I1L"


@attrs.frozen
class WordTests:
    """What the search for the field asks of words, by some vocabulary.

    * `is_code` -- whether a word is a code;
    * `is_name` -- whether a word, or several, are a name of one;
    * `reads` -- whether a word reads as a tag, perhaps misspelled or run together with others.
    """

    is_code: Callable[[str], bool]
    is_name: Callable[[str], bool]
    reads: Callable[[str], bool]


@attrs.frozen
class Field:
    """A TAGS field: its label's place in the clean text, the stretches of its lines, its end.

    `likely` is the share of its words that read as tags; `framed` says whether it stands in a
    header: after an executive order, or before a subject; `subject` is what that one says.
    """

    start: int
    end: int
    lines: tuple[tuple[int, int], ...]
    likely: float
    framed: bool
    subject: str | None

    def strand(self, source: Source) -> Strand:
        """The lines of the field, in one, with their line ends."""
        return Strand.joined((source.strand(*line) for line in self.lines), "\n")


def tag_fields(source: Source, tests: WordTests) -> list[Field]:
    """The TAGS field of a cable, then its repetitions in later sections; empty if there is none."""
    found = list(_candidates(source, tests))
    if not found:
        return []
    first = next((f for f in found if f.lines and (f.framed or f.likely >= _TAG_LIKE)), found[0])
    fields = [first]
    for field in found[found.index(first) + 1 :]:
        if field.framed and field.lines and _repeats(source, fields[-1], field):
            fields.append(field)
    return fields


def _repeats(source: Source, before: Field, field: Field) -> bool:
    """Whether a field belongs to the same cable as the one before it."""
    if fuzz.ratio(before.subject or "", field.subject or "\n") >= _SAME_SUBJECT:
        return True
    between = source.folded[max(before.end, field.start - _SECTION_LINES) : field.start]
    return SECTION.search(between) is not None


def _candidates(source: Source, tests: WordTests) -> Iterator[Field]:
    """Every place that reads as a TAGS field, whether of this cable or quoted in it."""
    end, refused = 0, 0
    for match in LABEL.finditer(source.folded):
        place = match.start("label")
        if place < end or refused == _MOST_PLACES:
            continue
        label, mark = match["label"], match["mark"] or ""
        exact = EXACT_LABEL.fullmatch(label) is not None
        punctuated = ":" in mark or ";" in mark
        word = punctuated and is_word_label(label)
        if not exact and not word and not (punctuated and is_near_label(label)):
            continue
        head = None if match["lead"] is not None else _head(source, match.start())
        ordered = head is not None and (ORDER.search(head) or GLUED_DATE.search(head)) is not None
        if head is not None and not ordered and not punctuated:
            continue
        reader = _Reader(source, tests)
        field = reader.read(match.start(), match.end(), trial=True)
        if head is not None and not ordered:
            # A label in the midst of a line that names no order: a header without line ends.
            good = field.subject is not None or any(map(is_caption, head.split()))
            accepted = good and field.likely >= _TAG_LIKE
        elif word:
            accepted = field.framed and field.likely >= _TAG_LIKE
        elif not exact or not punctuated:
            marked = exact and field.framed and bool(mark) and head is None
            accepted = field.likely >= _TAG_LIKE and (field.framed or not _is_odd_letter(mark))
            accepted = accepted or (marked and not mark.isalnum())
        else:
            accepted = True
        if not accepted:
            refused += 1
            continue
        if reader.was_cut:
            field = _Reader(source, tests).read(match.start(), match.end())
        end = field.end
        yield field


def _is_odd_letter(mark: str) -> bool:
    """Whether a mark behind a label is a letter that no colon looks like: one was mistyped so."""
    return mark.isalnum() and mark not in _LIKE_COLON


def _head(source: Source, place: int) -> str:
    """What stands before a place on its line."""
    line = source.folded.rfind("\n", max(0, place - _BEFORE), place) + 1
    return source.folded[max(line, place - _BEFORE) : place]


class _Reader:
    """Reads one field, line by line, from the end of its label on."""

    def __init__(self, source: Source, tests: WordTests) -> None:
        self._source = source
        self._folded = source.folded
        self._tests = tests
        self._lines: list[tuple[int, int]] = []
        self._open = False
        self._hanging = False
        self.was_cut = False

    def read(self, label: int, at: int, *, trial: bool = False) -> Field:
        """The field whose label starts at one place and ends at another.

        Of a long one a `trial` reads no more than tells whether it is one; `was_cut` says so.
        """
        end = self._read_lines(at, trial=trial)
        words = [word for start, stop in self._lines for word in _words(self._folded[start:stop])]
        after = self._folded[end : end + _AFTER]
        subject = subject_of(after)
        lines_before = self._folded[max(0, label - _BEFORE) : label].split("\n")[-6:]
        framed = subject is not None or any(map(ORDER.search, lines_before))
        return Field(label, end, tuple(self._lines), self._share(words), framed, subject)

    def _read_lines(self, at: int, *, trial: bool) -> int:
        """Take the lines of the field; return where what is not the field begins."""
        folded, is_code = self._folded, self._tests.is_code
        first, blank, opened = True, False, 0
        end = at
        for number in itertools.count():
            line_end = folded.find("\n", at)
            stop = line_end if line_end >= 0 else len(folded)
            if trial and (number == _TRIAL_LINES or stop - at > _TRIAL_LINE):
                self.was_cut = True
                if number == _TRIAL_LINES:
                    break
                line_end, stop = -1, at + _TRIAL_LINE
            if repeated := REPEATED_LABEL.match(folded, at, stop):
                at, first = repeated.end(), True
            line = folded[at:stop]
            if not line.strip(" >|"):
                blank = blank or not first
            elif not first and is_noise(line, is_code):
                # What the page break brought along: the empty lines around it mean nothing.
                blank = False
            elif not first and not self._goes_on(line, at, blank):
                return at
            else:
                cut = inline_end(line, is_code)
                self._take(at, at + cut)
                end = at + cut
                if cut < len(line):
                    return end
                opened = opened + 1 if self._open else 0
                if opened > 3:
                    return end
                blank = False
            if line_end < 0:
                return stop
            at, first = stop + 1, False
        return end

    def _take(self, start: int, end: int) -> None:
        text = self._folded[start:end]
        bare = text.strip(' >|*_"')
        if not bare:
            return
        start += text.index(bare)
        self._lines.append((start, start + len(bare)))
        depth = bare.count("(") - bare.count(")")
        self._open = depth > 0 or (self._open and depth == 0)
        self._hanging = bare[-1] in ",;/-&"

    def _goes_on(self, line: str, at: int, blank: bool) -> bool:
        """Whether a line that begins at some place still belongs to the field, up to the subject if
        that stands on it."""
        whole, line = line, line[: subject_at(line)]
        if not line or (opens_other_field(line, self._tests.is_code) and not self._all_codes(line)):
            return False
        stop, words = at + len(line), _words(line)
        if self._lines and not blank:
            bracketed = not words and line.lstrip(" >|").startswith("(")
            named = self._open and (")" in line or len(_WORD.findall(line)) <= 6)
            if bracketed or named or self._goes_on_by_name(line, stop):
                return True
        share = self._share(words)
        if not blank and self._lines_up_names(line):
            return True
        if len(line) < len(whole):
            # What stands before the subject is of the field only if it reads so.
            return share >= _TAG_LIKE
        if not self._lines:
            return share >= _TAG_LIKE or (len(words) <= 4 and self._ends_after(stop, at_end=True))
        if self._hanging:
            return share > 1 / 3 or (len(words) <= 4 and (not blank or self._ends_after(stop)))
        if is_address(line):
            return False
        if blank:
            return self._all_codes(line)
        return share >= _TAG_LIKE or (len(words) <= 3 and self._ends_after(stop))

    def _lines_up_names(self, line: str) -> bool:
        """Whether a line is a list, and half of what stands in it at least is codes or names of
        codes, as in `PEACE PROCESS, EUROPEAN UNION, KNNP`."""
        items = [item for item in map(str.strip, _LIST_MARK.split(line)) if item]
        return len(items) > 1 and 2 * sum(map(self._tests.is_name, items)) >= len(items)

    def _goes_on_by_name(self, line: str, stop: int) -> bool:
        """Whether a line begins with a name of a code, as HUMAN RIGHTS, or with a part of one."""
        before = _WORD.findall(self._folded[slice(*self._lines[-1])].rpartition(",")[2])[-2:]
        here = _WORD.findall(line.partition(",")[0])
        after = _WORD.findall(self._folded[stop : stop + _LONGEST_NAME].lstrip().partition("\n")[0])
        found = [before[i:] + here[:j] for i in range(len(before) + 1) for j in (1, 2, 3)]
        found += [here + after[:j] for j in (1, 2) if len(here) <= 2]
        # Words that are codes by themselves are no name together, though they may spell a code.
        several = (
            " ".join(words)
            for words in found
            if len(words) > 1 and not all(map(self._tests.is_code, words))
        )
        return any(map(self._tests.is_name, (" ".join(here), *several)))

    def _ends_after(self, stop: int, *, at_end: bool = False) -> bool:
        """Whether the next line with anything on it opens another field."""
        rest = self._folded[stop : stop + _AFTER].lstrip()
        if not rest:
            return at_end
        return opens_other_field(rest.split("\n", 1)[0], self._tests.is_code)

    def _all_codes(self, line: str) -> bool:
        words = _WORD.findall(_LIST_NUMBER.sub("", line))
        return bool(words) and all(map(self._tests.is_code, words))

    def _share(self, words: list[str]) -> float:
        """The share of words that read as tags; words of two letters that are words too abstain."""
        told = [word for word in words if not _SMALL_WORD.fullmatch(word)]
        if not told:
            return 1.0 if words and len(words) <= 3 else 0.0
        return sum(map(self._tests.reads, told)) / len(told)


_WORD = re.compile(r"[^\W_]+")
_LIST_NUMBER = re.compile(r"^ *\(?\d{1,2}[.)]")
_LIST_MARK = re.compile(r"[,;]")
_BRACKETED = re.compile(r"\([^)]*(?:\)|$)|^[^(]*\)")
_SMALL_WORD = re.compile(r"A[MNST]|B[EY]|DO|GO|HE|I[FNST]|M[EY]|NO|O[FNR]|SO|TO|U[PS]|WE")


def _words(line: str) -> list[str]:
    """The words of a line outside brackets, without handling captions."""
    found = _WORD.findall(_BRACKETED.sub(" ", line))
    return [word for word in found if not is_caption(word)]
