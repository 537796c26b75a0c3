"""The noisy channel: which codes may have been meant by a word, and what went wrong on the way.

A code reaches the page through at most one edit: two neighbouring letters swapped, a letter
dropped, added, doubled or replaced, or a letter of another family set in front of the code or in
the place of its first letter. `edit_between` names the edit between a word and a form, by
RapidFuzz's distance, and `edited` lists the words that an edit makes of a form; `EditIndex` holds
the forms by what edits make of them, so that a word finds its candidates with one look-up or a
handful.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Collection, Mapping, Sequence
from string import ascii_uppercase
from threading import Lock
from typing import Final, NamedTuple

__all__ = [
    "EDITS",
    "EDITS_BY_LENGTH",
    "Candidate",
    "EditIndex",
    "JoinedEdits",
    "edit_between",
    "edited",
]

# The edits, by the names they bear in the cost table and in `Segment.how`.
EDITS = (
    "swap",
    "drop_first",
    "drop_inner",
    "drop_last",
    "double",
    "add_family",
    "add_first",
    "add_inner",
    "add_last",
    "replace_family",
    "replace_first",
    "replace_inner",
    "replace_last",
)


# The edits by how much longer they make a word.
EDITS_BY_LENGTH = {
    -1: ("drop_first", "drop_inner", "drop_last"),
    0: (
        "swap",
        "replace_family",
        "replace_first",
        "replace_inner",
        "replace_last",
    ),
    1: ("double", "add_family", "add_first", "add_inner", "add_last"),
}


def edit_between(word: str, form: str, families: frozenset[str] = frozenset()) -> str | None:
    """What turned a form of a code into a word, or None if it takes more than one edit, or none.

    `families` are the letters that begin codes of the vocabulary's families.

    >>> edit_between("PGVO", "PGOV"), edit_between("PGOVV", "PGOV"), edit_between("PGO", "PGOV")
    ('swap', 'double', 'drop_last')
    >>> edit_between("KPREL", "PREL", frozenset("KP"))
    'add_family'
    >>> edit_between("KPET", "EPET", frozenset("KE"))
    'replace_family'
    >>> edit_between("PELOSI", "PREL") is None
    True
    """
    from rapidfuzz.distance import OSA  # noqa: PLC0415 -- no word is read by it, so none waits

    if OSA.distance(word, form, score_cutoff=1) != 1:
        return None
    shorter = min(len(word), len(form))
    at = next((i for i in range(shorter) if word[i] != form[i]), shorter)
    if len(word) == len(form):
        if word[at + 1 :] != form[at + 1 :]:
            return "swap"
        if at == 0 and word[0] in families and form[0] in families:
            return "replace_family"
        return _placed("replace", at, len(form))
    if len(word) < len(form):
        return _placed("drop", at, len(form))
    if at and word[at] == word[at - 1]:
        return "double"
    if at == 0 and word[0] in families and form[0] in families:
        return "add_family"
    return _placed("add", at, len(word))


def edited(form: str, how: str, families: frozenset[str] = frozenset()) -> list[str]:
    """The words of capital letters that an edit makes of a form: `edit_between` the other way
    round.

    >>> edited("PGO", "swap"), edited("PGO", "double")
    (['GPO', 'POG'], ['PPGO', 'PGGO', 'PGOO'])
    >>> edited("PGO", "replace_family", frozenset("EKP"))
    ['EGO', 'KGO']
    """
    size = len(form)
    name, _, place = how.partition("_")
    if name == "swap":
        pairs = [at for at in range(1, size) if form[at - 1] != form[at]]
        return [form[: at - 1] + form[at] + form[at - 1] + form[at + 1 :] for at in pairs]
    if name == "double":
        return [form[:at] + form[at] + form[at:] for at in _last_of_equals(form)]
    longest = size if name == "add" else size - 1
    places = range(1)
    if place in ("inner", "last"):
        places = range(1, longest) if place == "inner" else range(max(longest, 1), longest + 1)
    if name == "drop":
        return [form[:at] + form[at + 1 :] for at in _last_of_equals(form) if at in places]
    letters = ascii_uppercase
    if form[0] in families and place in ("first", "family"):
        letters = "".join([c for c in letters if (c in families) == (place == "family")])
    elif place == "family":
        return []
    behind = 0 if name == "add" else 1
    words: list[str] = []
    for at in places:
        head, tail = form[:at], form[at + behind :]
        # A letter that is there already was not replaced; one beside its like was doubled.
        others = letters.replace(form[at : at + 1] or form[-1], "")
        if name == "add" and at:
            others = others.replace(form[at - 1], "")
        # One string cut apart: many times faster than many put together.
        words += f"{head}{f'{tail} {head}'.join(others)}{tail}".split(" ")
    return words


def _last_of_equals(form: str) -> list[int]:
    """The places of letters that the next one is not equal to: of a run of equal letters the last
    is taken for the one that is doubled or dropped."""
    return [at for at in range(len(form)) if form[at] != form[at + 1 : at + 2]]


def _placed(name: str, at: int, length: int) -> str:
    place = "first" if at == 0 else "last" if at == length - 1 else "inner"
    return f"{name}_{place}"


class Candidate(NamedTuple):
    """A code that one edit may have turned into a word, and what that costs.

    `in_run` is the same with what it costs in a run, where the form may be misspelled in one.
    """

    cost: int
    tag: str
    how: str
    form: str
    in_run: Candidate | None = None


# Words shorter than that are written out once so many of them were asked for, unless so many forms
# are near that they would take tens of megabytes.
_WRITTEN: Final = 7
_WORTH_WRITING: Final = 1000
_MOST_WRITTEN: Final = 1000


class _Meant:
    """The forms that may be meant where a word lacks the letter at one place, cheapest first.

    `replaced` had another letter there, `added` had none; `doubled` are the latter again, for words
    where the letter repeats the one before it.
    """

    __slots__ = ("added", "doubled", "replaced")

    def __init__(self) -> None:
        self.replaced: list[Candidate] = []
        self.added: list[Candidate] = []
        self.doubled: list[Candidate] = []

    def first(self, word: str, at: int) -> Candidate | None:
        """The cheapest form for a word whose letter at a place was taken out."""
        best = self.replaced[0] if self.replaced else None
        # Of a run of equal letters each leaves the same form: the last stands for all.
        if self.added and (at + 1 == len(word) or word[at] != word[at + 1]):
            other = (self.doubled if at and word[at] == word[at - 1] else self.added)[0]
            if best is None or other < best:
                return other
        return best

    def all(self, word: str, at: int) -> list[Candidate]:
        """All the forms for a word whose letter at a place was taken out."""
        if self.added and (at + 1 == len(word) or word[at] != word[at + 1]):
            return self.replaced + (self.doubled if at and word[at] == word[at - 1] else self.added)
        return self.replaced


class _Half:
    """The forms that share one half with the words of one length.

    `waiting` are those of which nothing is noted yet. `gaps` hold what edits in the other half make
    of the rest, by the place of the letter and by what is left of that half when the letter is
    taken out. The first place is there twice: for words that begin with no family's letter, and at
    the end for those that do.
    """

    __slots__ = ("gaps", "waiting")

    def __init__(self) -> None:
        self.waiting: list[str] = []
        self.gaps: list[dict[str, _Meant]] = []


class _Outcomes:
    """What edits make of forms, for words of one length.

    `whole` holds words from which a letter was dropped or in which two were swapped. An edit in one
    half of a word leaves the other as it was. So the other edits are held by the half that they
    spare, and forms wait there until the first word with that half is asked for: `heads` are those
    whose first letters it shares, `tails` those whose last ones, as they stand or with the letters
    on both sides of the middle swapped. Where the first half of a word is none of the `heads`,
    nothing can be meant by an edit in the second one, and where that is none of the `tails`,
    nothing by an edit in the first one.
    """

    __slots__ = ("half", "heads", "tails", "whole")

    def __init__(self, length: int) -> None:
        self.half = max(length // 2, 1)
        self.whole: dict[str, list[Candidate]] = {}
        self.heads: dict[str, _Half] = {}
        self.tails: dict[str, _Half] = {}


class EditIndex:
    """The forms of a vocabulary by what one edit makes of them.

    For each length of word the index holds what dropping and swapping letters makes of the forms,
    and the forms with one letter left out: of each form only once a word is asked for that begins
    or ends as it does, so that a large vocabulary costs little before it is used. Where many short
    words are asked for, and the vocabulary is no larger than people can learn, what edits make of
    the forms is written out in full: then a word takes one look-up.

    Args:
        forms: the forms that may be misspelled, each with its tag.
        families: the letters that begin codes of the vocabulary's families.
        price: what it costs that an edit made a word of some length of a form.
        run_forms: those of the forms that may be misspelled within a run.
        run_price: what it costs there.

    >>> index = EditIndex({"PREL": "PREL", "PREF": "PREF"}, frozenset("PK"), lambda *edit: 1000)
    >>> [(candidate.tag, candidate.how) for candidate in index.candidates("PRE")]
    [('PREF', 'drop_last'), ('PREL', 'drop_last')]
    >>> index.cheapest("KPREL")
    Candidate(cost=1000, tag='PREL', how='add_family', form='PREL', in_run=None)
    """

    def __init__(
        self,
        forms: Mapping[str, str],
        families: frozenset[str],
        price: Callable[[str, int, str], int],
        run_forms: Collection[str] = (),
        run_price: Callable[[str, int, str], int] | None = None,
    ) -> None:
        self._forms = forms
        self._families = families
        self._price = price
        self._run_forms = run_forms
        self._run_price = price if run_price is None else run_price
        self._by_length: dict[int, list[str]] = {}
        for form in forms:
            self._by_length.setdefault(len(form), []).append(form)
        # The outcomes by the length of the words, one letter longer than the longest form at most.
        longest = max(self._by_length, default=-2)
        self._outcomes: list[_Outcomes | None] = [None] * (longest + 2)
        self._lock = Lock()
        # Words of capital letters, written out by their length; None where they are not.
        self._written: list[dict[str, tuple[Candidate, ...]] | None] = [None] * _WRITTEN
        # The lengths that were written out so far.
        self.lengths: tuple[int, ...] = ()
        # So many words of each length are asked for before all are written out: from 0 on never.
        self._waits: list[int] = [
            _WORTH_WRITING if len(self._near(length)) <= _MOST_WRITTEN else 0
            for length in range(_WRITTEN)
        ]

    def candidates(self, word: str) -> Sequence[Candidate]:
        """The codes that one edit may have turned into a word, cheapest first, then by tag.

        It is the same sequence each time, perhaps: not to be changed.
        """
        length = len(word)
        if length < _WRITTEN:
            words = self._written[length] or self._asked_for(length)
            if words is not None:
                written = words.get(word)
                if written is not None:
                    return written
                if _is_plain(word):
                    return ()
        if length >= len(self._outcomes):
            return ()
        return self._candidates_by_halves(word)

    def _candidates_by_halves(self, word: str) -> list[Candidate]:
        """The candidates for a word that is not written out, in order."""
        length = len(word)
        outcomes = self._outcomes[length] or self._make(length)
        head, tail = word[: outcomes.half], word[outcomes.half :]
        heads, tails = outcomes.heads.get(head), outcomes.tails.get(tail)
        if (heads is not None and heads.waiting) or (tails is not None and tails.waiting):
            self._note_waiting(outcomes, word)
        found = list(outcomes.whole.get(word, ()))
        if tails is not None:
            for at in range(len(head)):
                gap = tails.gaps[-1 if at == 0 and head[0] in self._families else at]
                meant = gap.get(head[:at] + head[at + 1 :])
                if meant is not None:
                    found += meant.all(word, at)
        if heads is not None:
            for at in range(len(tail)):
                meant = heads.gaps[at].get(tail[:at] + tail[at + 1 :])
                if meant is not None:
                    found += meant.all(word, len(head) + at)
        found.sort()
        return found

    def cheapest(self, word: str) -> Candidate | None:
        """The first of the candidates, or None, by as few look-ups as will do."""
        length = len(word)
        if length < _WRITTEN:
            words = self._written[length] or self._asked_for(length)
            if words is not None:
                written = words.get(word)
                if written is not None:
                    return written[0]
                if _is_plain(word):
                    return None
        if length >= len(self._outcomes):
            return None
        return self._cheapest_by_halves(word)

    def _cheapest_by_halves(self, word: str) -> Candidate | None:
        """The first of the candidates for a word that is not written out, or None."""
        length = len(word)
        outcomes = self._outcomes[length] or self._make(length)
        half = outcomes.half
        head, tail = word[:half], word[half:]
        heads, tails = outcomes.heads.get(head), outcomes.tails.get(tail)
        if (heads is not None and heads.waiting) or (tails is not None and tails.waiting):
            self._note_waiting(outcomes, word)
        whole = outcomes.whole.get(word)
        best = whole[0] if whole is not None else None
        if tails is not None:
            gaps = tails.gaps
            for at in range(len(head)):
                gap = gaps[half] if at == 0 and head[0] in self._families else gaps[at]
                if gap:
                    meant = gap.get(head[:at] + head[at + 1 :])
                    if meant is not None:
                        found = meant.first(word, at)
                        if found is not None and (best is None or found < best):
                            best = found
        if heads is not None:
            gaps = heads.gaps
            for at in range(length - half):
                gap = gaps[at]
                if gap:
                    meant = gap.get(tail[:at] + tail[at + 1 :])
                    if meant is not None:
                        found = meant.first(word, half + at)
                        if found is not None and (best is None or found < best):
                            best = found
        return best

    def written(self, length: int) -> Mapping[str, tuple[Candidate, ...]]:
        """All words of capital letters of a length that is written out, with their candidates."""
        return self._written[length] or {}

    def _asked_for(self, length: int) -> dict[str, tuple[Candidate, ...]] | None:
        """The words of a length written out, if so many were asked for by now that it is worth it;
        else None."""
        left = self._waits[length] = self._waits[length] - 1
        return self._write_out(length) if left == 0 else None

    def _write_out(self, length: int) -> dict[str, tuple[Candidate, ...]]:
        """All words of a length that edits make of the forms, with their candidates; kept."""
        words: dict[str, tuple[Candidate, ...]] = {}
        for candidate in sorted(
            self._meant(how, length, form)
            for form in self._near(length)
            for how in EDITS_BY_LENGTH[length - len(form)]
        ):
            one: tuple[Candidate, ...] = (candidate,)
            form = candidate.form
            made = edited(form, candidate.how, self._families)
            for word in made if _is_plain(form) else filter(_is_plain, made):
                others = words.get(word)
                words[word] = one if others is None else others + one
        # Whole, so that no thread finds it half done.
        self._written[length] = words
        self.lengths += (length,)
        return words

    def _near(self, length: int) -> list[str]:
        """The forms from which an edit may make words of a length."""
        return [form for more in EDITS_BY_LENGTH for form in self._by_length.get(length - more, ())]

    def _make(self, length: int) -> _Outcomes:
        """The forms that words of a length may come from, waiting by their halves; it is kept."""
        outcomes = _Outcomes(length)
        half, heads, tails = outcomes.half, outcomes.heads, outcomes.tails
        for size in (length - 1, length, length + 1):
            behind = size - (length - half)
            for form in self._by_length.get(size, ()):
                _wait(heads, form[:half], form)
                _wait(tails, form[behind:], form)
        for form in self._by_length.get(length, ()):
            if form[half - 1] != form[half : half + 1]:
                _wait(tails, form[half - 1] + form[half + 1 :], form)
        self._outcomes[length] = outcomes
        return outcomes

    def _note_waiting(self, outcomes: _Outcomes, word: str) -> None:
        """Note what edits make of the forms that wait for the first word with one of its halves."""
        half, length = outcomes.half, len(word)
        tail = word[half:]
        with self._lock:
            heads, tails = outcomes.heads.get(word[:half]), outcomes.tails.get(tail)
            if heads is not None and heads.waiting:
                heads.gaps = [{} for _ in tail]
                for form in heads.waiting:
                    self._note(outcomes, heads, form, length, range(half, length))
            if tails is not None and tails.waiting:
                tails.gaps = [{} for _ in range(half + 1)]
                for form in tails.waiting:
                    if form.endswith(tail):
                        self._note(outcomes, tails, form, length, range(half))
                    else:
                        self._note_swaps(outcomes, form, range(half, half + 1))
            # Only now may another thread look for what they make.
            if heads is not None:
                heads.waiting = []
            if tails is not None:
                tails.waiting = []

    def _note(
        self, outcomes: _Outcomes, spared: _Half, form: str, length: int, places: range
    ) -> None:
        """Note what edits at some places of a word make of a form, which spare one half."""
        size = len(form)
        if size > length:
            self._note_drops(outcomes, form, places)
            return
        name = "replace" if size == length else "add"
        # What the edits are in, without the half that they spare.
        rest = form[places.start : places.stop - length + size]
        for at in places:
            gap = spared.gaps[at - places.start]
            one = self._meant(_placed(name, at, length), length, form)
            self._note_gap(gap, rest, at - places.start, one, length)
            if at == 0:
                known = form[0] in self._families
                one = self._meant(f"{name}_family", length, form) if known else one
                self._note_gap(spared.gaps[-1], rest, 0, one, length)
        if size == length:
            self._note_swaps(outcomes, form, places[1:])

    def _note_gap(
        self, gap: dict[str, _Meant], rest: str, at: int, one: Candidate, length: int
    ) -> None:
        """Note what is left of a half when the letter of a gap is taken out, and what it means."""
        if len(one.form) == length:
            insort(gap.setdefault(rest[:at] + rest[at + 1 :], _Meant()).replaced, one)
        else:
            meant = gap.setdefault(rest, _Meant())
            insort(meant.added, one)
            insort(meant.doubled, self._meant("double", length, one.form))

    def _note_swaps(self, outcomes: _Outcomes, form: str, places: range) -> None:
        """Note what comes of a form when the letter at a place is swapped with the one before."""
        for at in places:
            if form[at - 1] != form[at]:
                swapped = form[: at - 1] + form[at] + form[at - 1] + form[at + 1 :]
                meant = self._meant("swap", len(form), form)
                insort(outcomes.whole.setdefault(swapped, []), meant)

    def _note_drops(self, outcomes: _Outcomes, form: str, places: range) -> None:
        """Note what is left of a form when the letter at a place is dropped."""
        length = len(form) - 1
        for at in (*places, length) if places.start else places:
            # Of a run of equal letters the last is taken for the dropped one, as in `edit_between`.
            if at == length or form[at] != form[at + 1]:
                meant = self._meant(_placed("drop", at, length + 1), length, form)
                insort(outcomes.whole.setdefault(form[:at] + form[at + 1 :], []), meant)

    def _meant(self, how: str, length: int, form: str) -> Candidate:
        tag = self._forms[form]
        in_run = None
        if form in self._run_forms:
            in_run = Candidate(self._run_price(how, length, form), tag, how, form)
        return Candidate(self._price(how, length, form), tag, how, form, in_run)


class JoinedEdits:
    """The edits within a run: what an index says of a stretch, as far as it goes for runs."""

    def __init__(self, index: EditIndex) -> None:
        self._index = index

    def candidates(self, stretch: str) -> list[Candidate]:
        """The codes that one edit may have turned into a stretch, cheapest first, then by tag."""
        found = self._index.candidates(stretch)
        return sorted([one.in_run for one in found if one.in_run is not None])

    def cheapest(self, stretch: str) -> Candidate | None:
        """The first of the candidates, or None."""
        found = self._index.candidates(stretch)
        if len(found) == 1:
            return found[0][4]
        best: Candidate | None = None
        for _, _, _, _, one in found:
            if one is not None and (best is None or one < best):
                best = one
        return best


def _is_plain(word: str) -> bool:
    """Whether a folded word is of the letters from A to Z alone."""
    return word.isascii() and word.isalpha()


def _wait(halves: dict[str, _Half], half: str, form: str) -> None:
    """Let a form wait for the first word with a half of it."""
    there = halves.get(half)
    if there is None:
        there = halves[half] = _Half()
    there.waiting.append(form)
