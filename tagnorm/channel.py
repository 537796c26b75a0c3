"""The noisy channel: which codes may have been meant by a word, and what went wrong on the way.

A code reaches the page through at most one slip: two neighbouring letters swapped, a letter
dropped, added, doubled or replaced, or a letter of another family set in front of the code or in
the place of its first letter. `slip` names the slip between a word and a form, by RapidFuzz's
distance; `SlipIndex` holds the forms by what slips make of them, so that a word finds its
candidates with a handful of look-ups.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from rapidfuzz.distance import OSA

__all__ = ["SLIPS", "SlipIndex", "slip"]

# The slips, by the names they bear in the cost table and in `Segment.how`.
SLIPS = (
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

# One candidate: what the slip makes of the cost, the form that was meant, and the slip's name.
Candidate = tuple[float, str, str]


def slip(word: str, form: str, families: frozenset[str] = frozenset()) -> str | None:
    """What turned a form of a code into a word, or None if it takes more than one slip, or none.

    `families` are the letters that begin codes of the vocabulary's families.

    >>> slip("PGVO", "PGOV"), slip("PGOVV", "PGOV"), slip("PGO", "PGOV")
    ('swap', 'double', 'drop_last')
    >>> slip("KPREL", "PREL", frozenset("KP")), slip("KPET", "EPET", frozenset("KE"))
    ('add_family', 'replace_family')
    >>> slip("PELOSI", "PREL") is None
    True
    """
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
    return _added(word, at, form[0], families)


def _added(word: str, at: int, first: str, families: frozenset[str]) -> str:
    """What the letter at a place of a word is, if it was added to a form that begins with `first`."""
    if at and word[at] == word[at - 1]:
        return "double"
    if at == 0 and word[0] in families and first in families:
        return "add_family"
    return _placed("add", at, len(word))


def _placed(name: str, at: int, length: int) -> str:
    place = "first" if at == 0 else "last" if at == length - 1 else "inner"
    return f"{name}_{place}"


class SlipIndex:
    """The forms of a vocabulary by what one slip makes of them.

    For each length of word the index holds, built when such a word is first asked for, what
    dropping and swapping letters makes of the forms, and the forms with one letter blanked out.
    `price(how, word_length, form)` says what a slip makes of a form's cost.

    >>> index = SlipIndex(["PREL", "PREF"], frozenset("PK"), lambda how, length, form: 1.0)
    >>> [(form, how) for _, form, how in index.candidates("PRE")]
    [('PREF', 'drop_last'), ('PREL', 'drop_last')]
    >>> [(form, how) for _, form, how in index.candidates("KPREL")]
    [('PREL', 'add_family')]
    """

    def __init__(
        self,
        forms: Iterable[str],
        families: frozenset[str],
        price: Callable[[str, int, str], float],
    ) -> None:
        self._families = families
        self._price = price
        self._by_length: dict[int, list[str]] = {}
        for form in sorted(forms):
            self._by_length.setdefault(len(form), []).append(form)
        self._forms = frozenset(form for forms in self._by_length.values() for form in forms)
        self._made: dict[int, dict[str, list[Candidate]]] = {}

    def candidates(self, word: str) -> list[Candidate]:
        """The forms that one slip may have turned into a word, cheapest first, then by form."""
        length = len(word)
        by_length = self._by_length
        if not (length in by_length or length + 1 in by_length or length - 1 in by_length):
            return []
        made = self._made.get(length)
        if made is None:
            made = self._made[length] = self._make(length)
        found: list[Candidate] = []
        if word in made:
            found += made[word]
        if length in by_length:
            first = "*" if word[0] in self._families else "?"
            blank = first + word[1:]
            if blank in made:
                found += made[blank]
            for at in range(1, length):
                blank = word[:at] + "?" + word[at + 1 :]
                if blank in made:
                    found += made[blank]
        if length - 1 in by_length:
            found += self._shortened(word)
        if len(found) > 1:
            found.sort()
        return found

    def _shortened(self, word: str) -> list[Candidate]:
        """The forms that are left when a letter of the word goes, each once."""
        forms, length, found = self._forms, len(word), []
        for at in range(length):
            # Of a run of equal letters each leaves the same form: the last stands for all.
            if at + 1 < length and word[at] == word[at + 1]:
                continue
            form = word[:at] + word[at + 1 :]
            if form in forms:
                how = _added(word, at, form[0], self._families)
                found.append((self._price(how, length, form), form, how))
        return found

    def _make(self, length: int) -> dict[str, list[Candidate]]:
        """What slips make of the forms, where the outcome has this length."""
        families, price = self._families, self._price
        made: dict[str, dict[str, Candidate]] = {}

        def note(outcome: str, how: str, form: str) -> None:
            candidate = (price(how, length, form), form, how)
            by_form = made.setdefault(outcome, {})
            if form not in by_form or candidate < by_form[form]:
                by_form[form] = candidate

        for form in self._by_length.get(length, ()):
            note("?" + form[1:], "replace_first", form)
            family = "replace_family" if form[0] in families else "replace_first"
            note("*" + form[1:], family, form)
            for at in range(1, length):
                note(form[:at] + "?" + form[at + 1 :], _placed("replace", at, length), form)
                if form[at - 1] != form[at]:
                    swapped = form[: at - 1] + form[at] + form[at - 1] + form[at + 1 :]
                    note(swapped, "swap", form)
        for form in self._by_length.get(length + 1, ()):
            for at in range(length + 1):
                # Of a run of equal letters the last is taken for the dropped one, as in `slip`.
                if at == length or form[at] != form[at + 1]:
                    note(form[:at] + form[at + 1 :], _placed("drop", at, length + 1), form)
        return {outcome: sorted(by_form.values()) for outcome, by_form in made.items()}
