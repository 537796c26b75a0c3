"""What is wrong with a vocabulary: the same questions for one made by a program and for files.

All problems are found at once; each names the entry and the remedy. Nearly always all is well, so
each rule first asks all entries together, and looks for the bad ones only when there are any.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import cast

from tagnorm.errors import Problem
from tagnorm.vocabulary.entries import STATUSES, Alias, Code
from tagnorm.vocabulary.eras import Era

__all__ = ["Place", "a_type", "listed", "number_problems", "problems", "short", "text_problems"]

# Where an entry stands, file and line: by its sort (`codes`, `aliases`, `outside`) and number, or
# (`notes`) by its code.
Place = Callable[[str, "int | str"], tuple[str, int]]

# Line ends, control characters and halves of surrogate pairs: no form can hold them.
_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
# What no form of file can hold everywhere; line ends may stand in names, though not in forms.
_UNFIT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*", re.ASCII)
_CODE_TEXTS = ("name", "kind", "family", "status", "replaced_by", "source")
_ALIAS_TEXTS = ("tag", "kind", "source", "language")
_MOST = 1e15
_NOTHING: Mapping[str, str] = {}
_YEARS = range(-9999, 10000)


def listed(sort: str, at: int | str) -> tuple[str, int]:
    """The place of an entry in what a program gave."""
    return f"{sort}[{at!r}]", 0


def short(value: object) -> str:
    """A value as a message shows it: never longer than a line.

    >>> short("PREL"), len(short("A" * 5000))
    ("'PREL'", 60)
    """
    shown = f"{value[:60]!r}" if isinstance(value, str) else _number_or_repr(value)
    cut = len(shown) > 60 or (isinstance(value, str) and len(value) > 60)
    return f"{shown[:57]}..." if cut else shown


def problems(
    codes: Sequence[Code],
    aliases: Sequence[Alias] = (),
    outside: Iterable[str] = (),
    notes: Mapping[str, str] = _NOTHING,
    place: Place = listed,
) -> list[Problem]:
    """All that is wrong with the entries of a vocabulary, in no particular order.

    >>> [str(problem) for problem in problems([Code("PREL"), Code("-")])]
    ["codes[1]: '-' has no letter or digit; a form needs one, or it can be found in no text"]
    """
    outside = list(outside)
    wrong = [
        *_strangers("codes", codes, Code, place),
        *_strangers("aliases", aliases, Alias, place),
    ]
    if wrong:
        return [Problem(*place(sort, at), message) for sort, at, message in wrong]
    tags = {code.tag for code in codes if isinstance(code.tag, str)}
    found = chain(
        _forms("codes", [code.tag for code in codes]),
        _forms("aliases", [alias.alias for alias in aliases]),
        _forms("outside", outside),
        _texts("codes", codes, _CODE_TEXTS, "tag"),
        _texts("aliases", aliases, _ALIAS_TEXTS, "alias"),
        _statuses(codes),
        _successors(codes, tags),
        _numbers(codes),
        _counts(codes),
        _years(codes),
        _names(codes),
        _targets(aliases, tags),
        _languages(aliases),
    )
    listing = [Problem(*place(sort, at), message) for sort, at, message in found]
    listing += _repeated(codes, aliases, outside, place)
    for tag in notes:
        if tag not in tags:
            message = f"a note on {short(tag)}, no code; correct the code, or take the note out"
            listing.append(Problem(*place("notes", tag), message))
    return listing


_Found = Iterator[tuple[str, int, str]]


def _strangers(sort: str, entries: Sequence[object], kind: type, place: Place) -> _Found:
    if {type(entry) for entry in entries} <= {kind}:
        return
    remedy = f"{kind.__name__}({'tag' if kind is Code else 'alias, tag'})"
    for at, entry in enumerate(entries):
        if not isinstance(entry, kind):
            yield (
                sort,
                at,
                f"{short(entry)} is {a_type(entry)}; it takes {remedy}, and "
                "Taxonomy.of takes plain strings",
            )


def _forms(sort: str, forms: Sequence[object]) -> _Found:
    """Codes and other names that no text can hold."""
    if set(map(type, forms)) <= {str}:
        texts = cast("Sequence[str]", forms)
        # What begins and ends with a letter or digit is well.
        ends = "".join([text[:1] + text[-1:] for text in texts])
        if (not texts or ends.isalnum()) and all(texts) and not _UNFIT.search("".join(texts)):
            return
    for at, form in enumerate(forms):
        if not isinstance(form, str):
            yield sort, at, f"{short(form)} is {a_type(form)}; a form is text"
        elif form.isalnum():
            continue
        elif unfit := _UNFIT.search(form):
            yield (
                sort,
                at,
                f"{short(form)} holds the character U+{ord(unfit.group()):04X}, a line end or "
                "control character; take it out",
            )
        elif not form:
            what = "code" if sort == "codes" else "name"
            yield sort, at, f"the {what} is missing; fill it in, or leave the entry out"
        elif not any(map(str.isalnum, form)):
            yield (
                sort,
                at,
                f"{short(form)} has no letter or digit; a form needs one, or it can be found "
                "in no text",
            )
        elif form != form.strip():
            yield sort, at, f"{short(form)} begins or ends with a space; take it away"


def _texts(sort: str, entries: Sequence[object], fields: Sequence[str], label: str) -> _Found:
    for field in fields:
        values = [getattr(entry, field) for entry in entries]
        if set(map(type, values)) <= {str} and not _UNFIT_TEXT.search("".join(values)):
            continue
        for at, value in enumerate(values):
            if isinstance(value, str):
                yield from ((sort, at, f"{field} of {message}") for message in _unfit(value))
            else:
                what = short(getattr(entries[at], label))
                yield (
                    sort,
                    at,
                    f"{field} of {what} is {short(value)}, {a_type(value)}; "
                    "it takes text, '' for nothing",
                )


def _unfit(text: str) -> Iterator[str]:
    """What is wrong with a text that is no form."""
    found = _UNFIT_TEXT.search(text)
    if found:
        yield f"{short(text)} holds the control character U+{ord(found.group()):04X}; take it out"


def _statuses(codes: Sequence[Code]) -> _Found:
    if {str(code.status) for code in codes} <= set(STATUSES):
        return
    for at, code in enumerate(codes):
        if isinstance(code.status, str) and code.status not in STATUSES:
            message = f"status {short(code.status)} of {short(code.tag)}"
            yield "codes", at, f"{message}; it takes {', '.join(STATUSES)}"


def _successors(codes: Sequence[Code], tags: set[str]) -> _Found:
    after = {code.tag: code.replaced_by for code in codes if code.replaced_by}
    if not after:
        return
    for at, code in enumerate(codes):
        successor = code.replaced_by
        if not successor or not isinstance(successor, str):
            continue
        if successor not in tags:
            yield (
                "codes",
                at,
                f"{short(code.tag)} is replaced by {short(successor)}, no code; "
                "add that code, or leave `replaced_by` empty",
            )
            continue
        seen = {code.tag}
        while successor in after and successor not in seen:
            seen.add(successor)
            successor = after[successor]
        if successor == code.tag:
            yield (
                "codes",
                at,
                f"{short(code.tag)} is replaced by {short(code.replaced_by)}, which leads back "
                "to it; the last of a row of successors has none",
            )


def _numbers(codes: Sequence[Code]) -> _Found:
    for field, least, kinds, wanted in (
        ("frequency", 0.0, (int, float), "a positive number up to 1e15"),
        ("position", 1, (int,), "a whole number from 1 to 1e15"),
    ):
        for at, code in enumerate(codes):
            value = getattr(code, field)
            if value is None or (_is_number_of(value, kinds) and least <= value <= _MOST):
                continue
            message = f"{field} of {short(code.tag)} is {short(value)}"
            yield "codes", at, f"{message}; it takes {wanted}, or None where unknown"


def _counts(codes: Sequence[Code]) -> _Found:
    wrong = dict(_wrong_years({years for code in codes for years in code.frequencies}))
    for at, code in enumerate(codes):
        for years, count in code.frequencies.items():
            good = _is_number_of(count, (int, float)) and 0.0 <= count <= _MOST
            if good and years not in wrong:
                continue
            message = f"frequencies of {short(code.tag)} hold {short(years)}: {short(count)}"
            remedy = wrong.get(years, "they take a positive number up to 1e15 for each")
            yield "codes", at, f"{message}; {remedy}"


def _wrong_years(years: Iterable[str]) -> Iterator[tuple[str, str]]:
    for one in years:
        try:
            Era.of(one)
        except (TypeError, ValueError) as error:
            yield one, str(error)


def _years(codes: Sequence[Code]) -> _Found:
    if {(code.start, code.end) for code in codes} == {(None, None)}:
        return
    for at, code in enumerate(codes):
        good = True
        for field, year in (("start", code.start), ("end", code.end)):
            if year is not None and (type(year) is not int or year not in _YEARS):
                good = False
                message = f"{field} of {short(code.tag)} is {short(year)}"
                yield "codes", at, f"{message}; it takes a year, or None where unknown"
        if good and code.start is not None and code.end is not None and code.start > code.end:
            message = f"{short(code.tag)} is in use from {code.start} to {code.end}"
            yield "codes", at, f"{message}; the first year comes first"


def _names(codes: Sequence[Code]) -> _Found:
    for at, code in enumerate(codes):
        if not code.names:
            continue
        for edition, name in code.names.items():
            message = f"names of {short(code.tag)} hold {short(edition)}: {short(name)}"
            if not (isinstance(edition, str) and isinstance(name, str) and edition):
                yield "codes", at, f"{message}; they take a name as text for each edition"
            elif _UNFIT_TEXT.search(edition + name) or any(t != t.strip() for t in (edition, name)):
                yield (
                    "codes",
                    at,
                    f"{message}; take away the spaces around it, or control characters",
                )


def _targets(aliases: Sequence[Alias], tags: set[str]) -> _Found:
    if tags.issuperset([alias.tag for alias in aliases]):
        return
    for at, alias in enumerate(aliases):
        if isinstance(alias.tag, str) and alias.tag not in tags:
            yield (
                "aliases",
                at,
                f"alias {short(alias.alias)} of {short(alias.tag)}, no code; "
                "add that code, or take the alias out",
            )


def _languages(aliases: Sequence[Alias]) -> _Found:
    good = {alias.language for alias in aliases if _is_language(alias.language)}
    for at, alias in enumerate(aliases):
        if isinstance(alias.language, str) and alias.language not in good:
            message = f"language of {short(alias.alias)} is {short(alias.language)}"
            yield "aliases", at, f"{message}; it takes a tag such as 'en' or 'pt-BR', or nothing"


def _is_language(language: object) -> bool:
    return isinstance(language, str) and (not language or bool(_LANGUAGE.fullmatch(language)))


def _repeated(
    codes: Sequence[Code], aliases: Sequence[Alias], outside: Sequence[str], place: Place
) -> Iterator[Problem]:
    """What stands twice, written the same way."""
    forms: list[object] = [code.tag for code in codes]
    forms += [alias.alias for alias in aliases]
    forms += outside
    # What is no text is told elsewhere, and need not even be hashable.
    forms = [form if isinstance(form, str) and form else object() for form in forms]
    if len(set(forms)) == len(forms):
        return
    sorts = (("codes", len(codes)), ("aliases", len(aliases)), ("outside", len(outside)))
    places = ((sort, at) for sort, count in sorts for at in range(count))
    seen: dict[object, tuple[str, int]] = {}
    for form, (sort, at) in zip(forms, places, strict=True):
        if form in seen:
            file, line = place(*seen[form])
            there = f"{file}:{line}" if line else file
            message = f"{short(form)} stands in {there} already; one of the two has to go"
            yield Problem(*place(sort, at), message)
        else:
            seen[form] = sort, at


def number_problems(values: Mapping[str, object], where: str) -> Iterator[Problem]:
    """What is wrong with a table of prices, or of confidences, that a program gave."""
    for name, value in values.items():
        if not isinstance(name, str) or not name:
            yield Problem(where, 0, f"{short(name)} is no name; it takes the name of a price")
        elif not (_is_number_of(value, (int, float)) and -_MOST <= value <= _MOST):  # type: ignore[operator]
            yield Problem(where, 0, f"{short(name)} is {short(value)}; it takes a number")


def text_problems(values: Mapping[str, object], where: str) -> Iterator[Problem]:
    """What is wrong with a mapping of texts that a program gave."""
    for name, value in values.items():
        if isinstance(name, str) and isinstance(value, str):
            for message in _unfit(value):
                yield Problem(where, 0, f"{short(name)}: {message}")
        else:
            message = f"{short(name)}: {short(value)} is no text for a text; it takes both as text"
            yield Problem(where, 0, message)


def _is_number_of(value: object, kinds: tuple[type, ...]) -> bool:
    return isinstance(value, kinds) and not isinstance(value, bool)


def _number_or_repr(value: object) -> str:
    try:
        return repr(value)
    except ValueError:  # a whole number of more than 4,300 digits
        return f"{type(value).__name__} of very many digits"


def a_type(value: object) -> str:
    """The type of a value, as a message names it.

    >>> a_type(5), a_type("PREL")
    ('an int', 'a str')
    """
    name = type(value).__name__
    return f"{'an' if name[:1] in 'aeiou' else 'a'} {name}"
