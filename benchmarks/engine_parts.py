"""What the parts of the engine say by themselves, held as a digest for each part and vocabulary.

Much of the engine only saves time: bounds, short cuts, what is looked up first. A fault there
changes few answers, and those of inputs that nobody tried. So the parts are asked one by one, for
the words of drawn fields: their costs, bounds, candidates, paths, and what they take to be more
than plain words. A part that moved may be as right as it was, only looser or tighter; the answers
beside it tell.

`python -m benchmarks answers --parts VOCABULARY` prints what the digests stand for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from functools import cache, cached_property
from itertools import pairwise, product

from benchmarks.drawn_fields import drawn, made
from benchmarks.training.assumptions import ways_to_leave_alone
from tagnorm import Code, Taxonomy
from tagnorm.engine.chunks.lists import ListReader
from tagnorm.engine.costs import NEVER
from tagnorm.engine.edits.grammar import EDITS, edit_between, edited
from tagnorm.engine.edits.index import EditIndex, JoinedEdits
from tagnorm.engine.edits.sorted_forms import SortedForms
from tagnorm.engine.edits.table import EditTable
from tagnorm.engine.model import Model
from tagnorm.engine.prices.rarity import Rarities
from tagnorm.engine.reading.confidence import SHIFTED, Calibration, posteriors
from tagnorm.engine.reading.doubts import Doubts
from tagnorm.engine.reading.marked_reader import reader_of
from tagnorm.engine.reading.spellings import Spellings, marks_missing
from tagnorm.engine.search.best_path import BestPath, tags_of
from tagnorm.engine.search.drawing import dot
from tagnorm.engine.search.forward import Forward, LeastCosts
from tagnorm.engine.search.guide import costs_of_beginnings, costs_of_rests
from tagnorm.engine.search.nbest import NBest, Path, readings
from tagnorm.engine.search.paths import Edge
from tagnorm.engine.summaries import Summary
from tagnorm.engine.text.characters import are_beside, is_plain
from tagnorm.engine.text.forms import Forms
from tagnorm.engine.text.tokens import places_of, plain_words_of
from tagnorm.engine.words import Words
from tagnorm.folding import fold, plain_words
from tagnorm.resolution import Alternative

__all__ = ["PARTS", "VOCABULARIES", "digest", "values"]

# Those that are asked: one of each kind, and some that were drawn.
VOCABULARIES = (
    *("shipped", "marked", "brief", "numbers", "alike", "chains", "chains, exact first"),
    *("chains, doubts", "archive", "phrases", "phrases, decided", "scripts", "hanzi", "long"),
    *("large", *(f"any {number}" for number in range(1, 36, 4))),
)
_SEED = 2
# So many fields are asked about, and so many words of no more letters.
_FIELDS, _WORDS, _LONGEST = 25, 25, 26
# Of vocabularies of no more forms it is asked so often what is near a word that it is written out.
_FEW, _ASKED = 40, 4001
# What is given for the cost of what takes a search.
_UNKNOWN = 7


class _Asked:
    """One vocabulary, its parts, and the fields and words that these are asked about."""

    def __init__(self, vocabulary: str) -> None:
        self.normalizer = made(vocabulary)
        self.taxonomy: Taxonomy = self.normalizer.taxonomy
        self.model = Model(self.taxonomy)
        self.best = BestPath(self.model)
        self.segmenter = self.best.segmenter
        self.nbest = NBest(self.model, self.best)
        self.reader = reader_of(self.model)
        names = [code.tag for code in self.taxonomy]
        names += [form.alias for form in self.taxonomy.forms]
        self.forms = Forms(names, edited=self.reader.joined_forms, shortest=self.reader.shortest)
        self.lists = ListReader(self.reader, self.forms)
        self.fields = list(drawn(vocabulary, _SEED))[:_FIELDS]
        words = [fold(word) for field in self.fields for word in plain_words(field)]
        words += ["".join(map(fold, plain_words(field))) for field in self.fields]
        self.words = list(dict.fromkeys(word for word in words if 0 < len(word) <= _LONGEST))[
            :_WORDS
        ]

    @cached_property
    def unknown(self) -> list[str]:
        """The words that are no entries."""
        return [word for word in self.words if word not in self.model.entries]

    @cached_property
    def some_forms(self) -> list[str]:
        """Some squashed forms of the vocabulary."""
        entries = sorted(self.model.entries)
        return entries[:: max(len(entries) // 30, 1)]


_Value = object


def _prices(of: _Asked) -> Iterator[_Value]:
    model, spellings = of.model, Spellings(of.model)
    yield sorted(model.prices.items()), model.alphabet, model.anchor_length, model.tail_lengths
    yield sorted(model.families), sorted(model.outside), sorted(model.several), model.weighs_marks
    yield sorted(model.joined_forms)[:50], list(model.joined_edit_bounds.items()), model.most_brief
    yield sorted(model.correctable.items())[:50], model.chances
    for form in of.some_forms:
        entry = model.entries[form]
        yield form, entry.code.tag, entry.how, entry.cost, entry.anchor, spellings.has_marks(form)
        for joined in (False, True):
            yield model.code_prices.entry_assumptions(entry.code, entry.how, form, joined=joined)
            yield [
                (how, size, model.code_prices.edit_assumptions(how, size, entry, joined=joined))
                for how in EDITS[::3]
                for size in (3, 4)
            ]
        for raw in (form.lower(), f"{form[:1]}-{form[1:]}", f"{form}+", f"{form[1:]}."):
            yield spellings.codes_of(form, entry.code.tag, raw), spellings.marks_astray(form, raw)
            yield marks_missing(entry.code.tag, raw)
            yield [one.code.tag for one in spellings.entries_of(form, raw)]
    yield [(n, tail, model.is_clean_by_chance(n, tail)) for n in (1, 2, 3) for tail in range(4)]
    yield [(n, model.least_unresolved(n), model.least_unknown(n)) for n in range(1, 30)]


def _unknown_words(of: _Asked) -> Iterator[_Value]:
    model = of.model
    for word in [*of.words, "THE", "PARTY", "ZQXJK", "ELECTION"]:
        ways = ways_to_leave_alone(model, word)
        yield word, model.left_alone.cost(word), [model.costs.price(way) for way in ways], ways
        yield [model.cut_off(word[-n:]) for n in (1, 2, 3)]
        yield model.language.nats(word)


def _rarities(of: _Asked) -> Iterator[_Value]:
    for counts in ([5] * 12, [1, 2, 3] * 4, [0.1] * 9, [90_000] * 11):
        codes = [Code(f"A{at}", frequency=n, position=at + 1) for at, n in enumerate(counts)]
        rarities = Rarities(Taxonomy((*codes, Code("B", frequency=7), Code("C"))))
        yield [(rarities.late(Code("B", frequency=n)), rarities.many) for n in (None, 0.5, 7, 1e6)]
    rarities, some = Rarities(of.taxonomy), of.taxonomy.codes[:50]
    yield rarities.many, [(rarities.few(code), rarities.late(code)) for code in some]
    yield Rarities(Taxonomy((Code("A"),))).many


def _all_edits(of: _Asked) -> Iterator[_Value]:
    forms, families = of.some_forms[:12], frozenset([*of.model.families, "A", "E"])
    for form in forms:
        for how in EDITS:
            found = edited(form, how, families)
            yield form, how, found[:40], len(found)
        for word in [*of.words, *(form[1:] for form in forms), *(f"{f}{f[-1]}" for f in forms)]:
            yield edit_between(word, form, families)


def _candidates(of: _Asked) -> Iterator[_Value]:
    model, words = of.model, of.unknown
    table = EditTable.made(
        [form for form in of.some_forms if form.isascii() and form.isalpha()], model.families
    )
    in_order = SortedForms(frozenset(model.correctable))
    few = EditIndex(model.correctable, model.families, _price, model.joined_forms)
    for word in words:
        yield word, list(model.corrections(word)), model.joined_edits.candidates(word)
        yield model.edits.cheapest(word), model.joined_edits.cheapest(word)
        yield few.cheapest(word), few.candidates(word), few.joined_candidates(word, 600)
        yield [model.edits.may_lack_letter(word, gap) for gap in range(len(word) + 1)]
        yield [sorted(lengths) for lengths in model.edits.near.lengths_near(word)]
        yield [_costs_of(model.joined_edits, word, size) for size in range(1, min(len(word), 9))]
        if word.isascii() and word.isalpha() and len(word) <= 6:
            yield table.near(word)
        near = {form for form in in_order.near(word) if edit_between(word, form) is not None}
        yield sorted(near)
    yield hashlib.sha256(table.packed(model.families)).hexdigest()


def _written_out(of: _Asked) -> Iterator[_Value]:
    """What is near words of few letters, when it was asked for so often that it is written out."""
    model = of.model
    index = EditIndex(model.correctable, model.families, _price, model.joined_forms)
    yield index.is_small, index.near.most_unguarded
    if len(model.correctable) > _FEW or not index.is_small:
        return
    for word in ("ABCD", "75220", "PREL"):
        for _ in range(_ASKED):
            index.candidates(word)
        yield (
            index._written[len(word)] or {},
            index.candidates(word),
            index.candidates(f"{word[:-1]}É"),
        )
        joined, same = JoinedEdits(index), [one for one in of.words if len(one) == len(word)]
        yield [_costs_of(joined, one, len(one)) for one in same]
        yield [index.may_lack_letter(word, gap) for gap in range(len(word))]


def _costs_of(edits: JoinedEdits, word: str, size: int) -> list[int]:
    """What the stretches of some size cost with an edit, as far as that is known."""
    stretches = [word[at : at + size] for at in range(len(word) - size + 1)]
    is_known = edits.are_known_in(word, size)
    return [_cost_of(edits, one) if is_known else _UNKNOWN for one in stretches]


def _cost_of(edits: JoinedEdits, stretch: str) -> int:
    found = edits.cheapest(stretch)
    return NEVER if found is None else found.cost


def _price(how: str, length: int, form: str) -> int:
    return 100 * len(form) + 10 * length + len(how)


def _bounds(of: _Asked) -> Iterator[_Value]:
    segmenter = of.segmenter
    yield segmenter.steps, segmenter.edit_bounds, segmenter.is_large, segmenter.bounds.segmented(20)
    yield segmenter.bounds.to_go(12), [segmenter.bounds.noisy(size) for size in range(1, 20)]
    for word in of.unknown:
        known = segmenter.edges.exact(word)
        yield word, segmenter.edges.has_anchor(word), segmenter.edges.may_leave_letters(word)
        yield segmenter.lower_bound_of(word), segmenter.clean_start(word)
        yield [[_edge(edge) for edge in edges] for edges in known]
        yield [_edge(edge) for edge in segmenter.edges.tails(word)]
        cost, edges = segmenter.cheapest_exact(word, [None] * len(word), NEVER)
        yield edges is not None, cost
        guide = segmenter.guide(word, known)
        beginnings = costs_of_beginnings(known, segmenter.steps)
        rests = costs_of_rests(known, segmenter.steps)
        yield guide.to_end, guide.windows, beginnings, rests
        for bound in (15_000, NEVER):
            yield guide.likeliest(beginnings, rests, segmenter.join, bound)
    least = LeastCosts(3, [40_000])
    for cost in (30_000, 50_000, 30_000, 9_000, 20_000, 21_001, 8_000, 21_000):
        least.add(cost)
        yield least.bound, least.costs
    least.lower(9_000)
    yield least.bound


def _edge(edge: Edge) -> _Value:
    return edge.form, edge.length, edge.last, edge.anchored, edge.cost, edge.tag, edge.how


def _edges_of(edges: list[Edge] | None) -> _Value:
    return None if edges is None else [_edge(edge) for edge in edges]


def _searches(of: _Asked) -> Iterator[_Value]:
    segmenter = of.segmenter
    for word in of.unknown:
        for noisy in (False, True):
            cost, edges = segmenter.search(word, [None] * len(word), NEVER, noisy=noisy)
            yield word, cost, _edges_of(edges)
            if edges is not None:
                for bound in (cost, cost + 1):
                    again, found = segmenter.search(word, [None] * len(word), bound, noisy=noisy)
                    yield again, found is None
        cost, edges = segmenter.edited_pair(word, NEVER)
        yield cost, _edges_of(edges)
        for bound in (cost, cost + 1):
            yield segmenter.edited_pair(word, bound)[1] is None
        if segmenter.edges.has_anchor(word):
            whole = of.model.left_alone.cost(word)
            forward = Forward(segmenter, word, segmenter.edges.exact(word), 3, [whole])
            forward.search()
            yield forward.least.bound, forward.least.costs
            yield [[(cost, last, node) for cost, last, node, _ in arcs] for arcs in forward.arcs]


def _paths(of: _Asked) -> Iterator[_Value]:
    for word in of.unknown:
        for n in (1, 2, 6, 12):
            yield n, [_path(path) for path in of.nbest.paths(word, n)]
        found = readings(of.model, word, 6)
        yield found, posteriors(found)
        yield dot(of.model, word, 3) if len(word) < 12 else None


def _path(path: Path) -> _Value:
    ending = path.ending()
    told = path.cost, path.tags, path.piece_count, path.all_pieces(), path.is_exact(), path.order()
    return *told, ending and _edge(ending)


def _best(of: _Asked) -> Iterator[_Value]:
    best = of.best
    for word in of.words:
        pieces = best.pieces(word)
        yield word, pieces, tags_of(pieces, word), tags_of(pieces, None), best.clean(word)
        yield best.word(word, "keep"), best.word(word.lower(), "drop"), best.word(word, "raise")
        yield best.may_be_segmented(word), best.unresolved(word), best.at_once(word)
        if word not in of.model.entries and best.candidates(word):
            yield [best.settled(word, margin) for margin in (0, 1000, 3000, 9000)]
    whole = "".join(of.words)
    yield best.long(whole, 64)
    yield best.long(whole[:97] + "QXZ" * 40, 80)


def _doubts(of: _Asked) -> Iterator[_Value]:
    calibration = Calibration.of(of.taxonomy.confidence)
    doubts = Doubts(of.model, calibration)
    for word in of.unknown:
        found = of.nbest.paths(word, 6)
        alone = of.model.left_alone.cost(word)
        yield word, doubts.costs_of(word, found), doubts.garbled(word, alone)
        yield [doubts.of_candidate(one) for one in of.best.candidates(word)]
        yield [doubts.of_its_own(word, 2000, code.tag) for code in of.taxonomy.codes[:30]]
    shares = (0.0, 1e-9, 0.2, 0.5, 0.9, 0.999, 1.0)
    yield [calibration.of_share(share, kind) for share in shares for kind in ("", *SHIFTED)]
    yield (
        [calibration.of_its_own(nats) for nats in (0.0, 1.0, 9.0)],
        calibration.of_another("own_acronym"),
    )


def _answers(of: _Asked) -> Iterator[_Value]:
    reader, tags = of.reader, [code.tag for code in of.taxonomy][:40]
    for word in of.words:
        answer = reader.answer(word)
        yield word, answer, answer.left_alone(len(word) + 1), answer.over(len(word) + 2)
        yield answer.left_alone_among_words(len(word))
        context = frozenset([*answer.tags, *tags[:2]])
        yield reader.pieces(word, context), reader.weigh(word, context), reader.weigh(word)
        lexicon = reader.lexicon
        yield reader.read(word, context), lexicon.is_outside(word), lexicon.is_everyday(word)
        yield reader.clean(word), lexicon.is_name([answer]), reader.is_brief(word)
        yield reader.may_be_code(word, beside_retired=True), reader.in_company(word, context)
        yield reader.in_company(word, frozenset(tags[-3:]))
        candidates = reader.candidates(word)
        yield candidates, [reader.may_lack_letter(word, gap) for gap in range(len(word) + 1)]
        yield reader.answer_among(word, candidates), reader.answer_among(word, candidates, 3000)
        yield reader.answer_among(word, candidates[:1], -2000)
        if word not in of.model.entries and of.best.candidates(word):
            yield reader.is_settled(word), reader.is_sure(word)
        for raw in (word.lower(), f"{word[:1]}.{word[1:]}", f"{word}+", f"-{word}"):
            yield reader.certain_answer(word, raw, weighed=True)
            yield [reader.tag_as_written(word, piece, [raw]) for piece in answer.pieces[:1]]
            lead = int(raw[:1] == "-" != word[:1])
            yield reader.as_written(answer, word, raw, lead), reader.as_near_as_written(word, raw)
            yield reader.word(raw, "keep"), reader.word(raw, "drop")
    for one, two in pairwise(tags):
        word = fold("".join(filter(str.isalnum, one + two)))
        if word not in of.model.entries:
            yield reader.answer_for_parts(word, f"{one}.{two}", [one, two], [one, two])


def _tokens(of: _Asked) -> Iterator[_Value]:
    forms, seams = of.forms, of.forms.seams
    yield (
        sorted(forms.words),
        sorted(forms.delimited_words),
        forms.most_words,
        sorted(forms.lengths),
    )
    yield sorted((form, sorted(ends)) for form, ends in forms.squashed.items())[:60]
    one_off = forms.crossing._made_astray()
    behind, before = one_off._behind.items(), one_off._before.items()
    astray = {f"{word}{letter}" for word, letters in behind for letter in letters}
    astray |= {f"{letter}{word}" for word, letters in before for letter in letters}
    astray |= one_off._cut
    yield sorted(forms.crossing.squashed), sorted(forms.crossing.words), sorted(astray)
    for field in of.fields:
        folded = fold(field)
        yield field, places_of(folded, forms), is_plain(field), are_beside(field)
        plain = plain_words_of(folded)
        yield plain, plain and plain.places()
    for word in of.words:
        yield word, forms.opens(word), forms.continues(word), forms.may_cross_places(word)
        yield (
            seams.may_be_near(word),
            [seams.cross(word, gap) for gap in range(1, len(word))],
        )
        yield [seams._may_cross(word, gap) for gap in range(1, len(word))]
    for form, before, behind in product(sorted(forms.squashed)[:40], ("", "AB"), ("", "CD")):
        edited_forms = [f"{form[:at]}{form[at + 1 :]}" for at in range(1, len(form), 3)]
        for text in (f"{before}{one}{behind}" for one in (form, *edited_forms)):
            yield (
                seams.may_be_near(text),
                [seams.cross(text, gap) for gap in range(1, len(text))],
            )


def _fields(of: _Asked) -> Iterator[_Value]:
    lists, normalizer = of.lists, of.normalizer
    for field in of.fields:
        folded = fold(field)
        if len(folded) == len(field):
            for weighed in (False, True):
                yield field, lists.read(field, folded, weighed=weighed)
        stretches = normalizer.fields.read(field, weighed=True)
        yield stretches, normalizer.fields.pieces(field), normalizer.fields.is_certain(field)
        summary = Summary.of(field, stretches)
        yield summary, summary.is_resolved, summary.with_each_tag_once()
    for word in of.words:
        yield word, lists.alone(word), lists.alone(f"{word}."), lists.alone(f"{word}é")
        yield lists.is_near_form(word), lists.answer(word, word, among_codes=True, weighed=True)


def _words(of: _Asked) -> Iterator[_Value]:
    words = Words(of.normalizer.fields)
    for word in of.words:
        yield word, words[word], words.read(word.lower(), weighed=True)
        if word not in of.model.entries and of.best.candidates(word):
            yield words.is_settled(word)
    for one, two in pairwise(of.words):
        yield one, two, words.may_be_joined(one, two), words.may_be_joined(one[:2], one[2:])
        yield words.compose(f"{one} {two}"), words.compose(f"{two}, {one}"), words.whole(one)


# The parts, by name.
PARTS: dict[str, Callable[[_Asked], Iterator[_Value]]] = {
    "prices": _prices,
    "unknown words": _unknown_words,
    "rarities": _rarities,
    "edits": _all_edits,
    "candidates": _candidates,
    "written out": _written_out,
    "bounds": _bounds,
    "searches": _searches,
    "paths": _paths,
    "best path": _best,
    "doubts": _doubts,
    "answers": _answers,
    "tokens": _tokens,
    "fields": _fields,
    "words": _words,
}


def values(vocabulary: str, part: str) -> Iterator[str]:
    """What a part says, as text; numbers by six digits.

    >>> next(values("marked", "tokens"))[:24]
    "(['6', 'A', 'AIN', 'AL',"
    """
    return map(_told, PARTS[part](_asked(vocabulary)))


@cache
def _asked(vocabulary: str) -> _Asked:
    """The parts of a vocabulary; kept."""
    return _Asked(vocabulary)


def digest(told: Iterable[str]) -> str:
    """What stands for some texts."""
    return hashlib.sha256("\n".join(told).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _told(value: _Value) -> str:
    match value:
        case float():
            return f"{value:.6g}"
        case Alternative(tags, confidence):
            return f"{tags}: {confidence:.6g}"
        case dict():
            return f"{{{', '.join(f'{_told(key)}: {_told(of)}' for key, of in value.items())}}}"
        case list():
            return f"[{', '.join(map(_told, value))}]"
        case tuple():
            return f"({', '.join(map(_told, value))})"
    return repr(value)
