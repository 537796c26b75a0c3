"""Reading words: the answer for each, how sure it is, and what else the word may be."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from tagnorm.engine.answers import Answer
from tagnorm.engine.best_path import LONG, BestPath
from tagnorm.engine.confidence import (
    ALONE,
    JOINED,
    JOINED_EDIT,
    LEFTOVER,
    Calibration,
    weights_of,
)
from tagnorm.engine.costs import short_words
from tagnorm.engine.doubts import Doubts
from tagnorm.engine.edit_index import Candidate
from tagnorm.engine.edits import EDIT_NAMES
from tagnorm.engine.lattice import Piece, whole_word
from tagnorm.engine.memory import Memory
from tagnorm.engine.model import Model
from tagnorm.engine.nbest import NBest, Path, insert
from tagnorm.resolution import Alternative

__all__ = ["SHORT", "Reader"]

# So many readings of a word are weighed against one another, and so many are reported.
_WEIGHED, _REPORTED = 6, 5
# A correction is sure if no other reading costs so little more, in thousandths of a nat.
_SURE = 3000
# Words side by side that are no codes, and spell a long one, are as likely that as not.
_TORN = 0.5
# By no more than this, in thousandths of a nat, the last letters of joined codes are likelier to be
# left of another code than to be the code that they are read as, by rule.
_LIKELIER = 2000
# No larger exponent is worked out.
_LARGEST: Final = 99.0
# Codes of so many letters are in every text.
SHORT: Final = 2
# Names of so many letters are codes of other lists.
_SHORT_NAME = 3
# Most joined codes are so many.
_JOINED = 2
_NOTHING: frozenset[str] = frozenset()


# What a word that is neither an entry nor a clean segmentation is remembered as.
_UNCERTAIN: Final = Answer((), 0.0)


class Reader:
    """Reads folded words by one model; `tagnorm.engine.fields` puts the fields together.

    A field is evidence: it hardly ever holds a tag twice. So the tags that stand certainly in a
    field, its `context`, make it dearer to read another word as one of them.

    >>> from tagnorm.vocabulary.codes import Taxonomy
    >>> reader = Reader(Model(Taxonomy.load()))
    >>> reader.pieces("ETTD")[0].tag, reader.pieces("ETTD", {"ETTC"})[0].tag
    ('ETTC', 'ETRD')
    """

    def __init__(self, model: Model) -> None:
        self._model = model
        self._best = BestPath(model)
        self._nbest = NBest(model, self._best)
        # The tag of every form that is an entry of the vocabulary.
        self.tags = self._best.tags
        # The same, of those that no other entry is like but for case, marks or punctuation.
        self.certain_tags = self.tags
        if model.several:
            self.certain_tags = {f: t for f, t in self.tags.items() if f not in model.several}
        # Parts of a chunk need so many letters to be corrected, or to speak for the others.
        self.shortest: float = model.costs["shortest_code"]
        # Whether there are such others.
        self.are_alike = bool(model.several)
        # Whether it counts where marks stand.
        self.are_marks_weighed: bool = model.weighs_marks
        # The codes that are out of their time.
        self._retired = frozenset(c.tag for c in model.taxonomy if c.status == "retired")
        # The forms that may have an edit among joined codes.
        self.joined_forms = model.joined_forms
        # The tags of a raw string that is one word.
        self.word = self._best.word
        # The tag of a folded word that can be nothing else, empty if that is none; None for others.
        self.at_once = self._best.at_once
        self._repeated = model.prices["repeated"]
        self._calibration = Calibration.of(model.taxonomy.confidence)
        self._known = self._calibration.known
        self._ceiling = self._calibration.of_share(1.0)
        self._beside_words = self._known("beside_words")
        self._accent: int = model.prices["accent"]
        # How many readings there are beyond those that are weighed, each as likely as the last.
        self._unweighed: float = self._known("unweighed")
        self._again, self._longer = model.prices["again"], model.prices["longer"]
        self._doubts = Doubts(model, self._calibration)
        self._pieces: Memory[tuple[Piece, ...]] = Memory()
        self._answers: Memory[Answer] = Memory()
        # The answers for the entries of the vocabulary, where case and marks tell none apart.
        self._of_entries: dict[str, Answer] = {}
        # What else is certain, without confidence and with it.
        self._certain: tuple[Memory[Answer], Memory[Answer]] = (Memory(), Memory())

    def read(self, word: str, context: AbstractSet[str] = _NOTHING) -> tuple[Piece, ...]:
        """`pieces`, remembered: fields share their words."""
        found = self._pieces.get(word)
        if found is None:
            found = self._pieces.add(word, self.pieces(word))
        if len(found) == 1 and found[0].tag in context:
            return self.pieces(word, context)
        return found

    def weigh(self, word: str, context: AbstractSet[str] = _NOTHING) -> Answer:
        """`answer`, remembered."""
        found = self._answers.get(word)
        if found is None:
            found = self._answers.add(word, self.answer(word))
        if len(found.pieces) > 1 or found.pieces[0].tag not in context:
            return found
        # Of the context only the codes that the word may be matter.
        others = {other.tags[0] for other in found.alternatives if len(other.tags) == 1}
        beside = sorted(context & {*others, *found.tags})
        key = "\n".join([word, *beside])
        return self._answers.get(key) or self._answers.add(key, self.answer(word, set(beside)))

    def forget(self) -> None:
        """Forget the words that were read."""
        self._pieces.clear()
        self._answers.clear()
        for certain in self._certain:
            certain.clear()

    def clean(self, word: str) -> list[str] | None:
        """The tags of an entry of the vocabulary or of a clean segmentation, or None."""
        entry = self._model.entries.get(word)
        return self._best.clean(word) if entry is None else [entry.code.tag]

    def pieces(self, word: str, context: AbstractSet[str] = _NOTHING) -> tuple[Piece, ...]:
        """The pieces of the answer for a word."""
        if len(word) > LONG and self.clean(word) is None:
            return self._best.long(word, LONG)
        # Who asks for a word that is not certain has mostly found that out before.
        if self._certain[False].get(word) is _UNCERTAIN:
            pieces = self._best.uncertain_pieces(word)
        else:
            pieces = self._best.pieces(word)
        if pieces[0].tag not in context or len(pieces) > 1 or word in self._model.entries:
            return pieces
        return pieces if self.is_settled(word) else self._weigh(word, context)[0].all_pieces()

    def is_like_code(self, word: str) -> bool:
        """Whether a word is made as codes of the vocabulary are, which may lack it."""
        return self._doubts.likeness(word) > 0

    def is_outside(self, word: str) -> bool:
        """Whether a word is an acronym known to be no code, or a word to be kept."""
        return word in self._model.outside

    def is_listed_outside(self, word: str) -> bool:
        """Whether it is the vocabulary that says of a word that it is no code, and no one else."""
        return word in self._model.outside and word not in self._model.kept

    def is_name(self, answers: Sequence[Answer]) -> bool:
        """Whether answers are one: a code that needs company, by another name than a short code."""
        if len(answers) != 1:
            return False
        start, end, tag, how = answers[0].pieces[0]
        if how != "alias" or tag is None or end - start <= _SHORT_NAME:
            return False
        return not self._model.taxonomy[tag].anchor

    def speaks(self, word: str) -> bool:
        """Whether a code of more than two letters that is no everyday word stands as it is in a
        word that is an entry or a clean segmentation."""
        entry = self._model.entries.get(word)
        if entry is None:
            return self._model.anchor_length > SHORT
        return entry.how == "canonical" and len(word) > SHORT and not self.is_everyday(word)

    def is_body(self, answers: Sequence[Answer]) -> bool:
        """Whether answers are one organization as it is written: a code of no family that needs no
        company, in a vocabulary that has families."""
        if len(answers) != 1 or len(answers[0].pieces) != 1:
            return False
        _, _, tag, how = answers[0].pieces[0]
        if how != "canonical" or tag is None or not self._model.families:
            return False
        code = self._model.taxonomy[tag]
        return code.anchor and not code.family

    def left_side_by_side(self, words: Sequence[str], sure: float, size: int) -> Answer:
        """The answer for words that stay unresolved side by side, of which the least sure is so
        sure: two that spell a long code may be that, torn (`PR EL`).

        Args:
            words: they are; one is empty if it is more than a word.
            sure: how sure they are.
            size: how much room they take.
        """
        whole = whole_word(size)
        is_pair = len(words) == _JOINED and all(words)
        entry = self._model.entries.get("".join(words)) if is_pair else None
        if entry is None or entry.how != "canonical" or not entry.anchor:
            return Answer(whole, sure)
        if len(entry.form) <= _SHORT_NAME:
            return Answer(whole, sure)
        other = Alternative((entry.code.tag,), sure * _TORN)
        return Answer(whole, sure * (1 - _TORN), (other,))

    def beside_words(self, answer: Answer) -> Answer:
        """The answer for the only code among words that are none, if that is short, another name,
        or has an edit: they may be one name of something else (`JORDAN RIVER`, `TORA BORA`)."""
        return answer.less_sure(self._beside_words)

    def need_company(self, tags: Sequence[str]) -> bool:
        """Whether none of some codes speaks for the others."""
        return not any(self._model.taxonomy[tag].anchor for tag in tags)

    def companions(self) -> list[str]:
        """The folded names of such codes."""
        return [
            form
            for form, code, how, _, _ in self._model.entries.values()
            if how == "alias" and len(form) > _SHORT_NAME and not code.anchor
        ]

    def is_written_apart(self, word: str) -> bool:
        """Whether the vocabulary has a word in several ways, as `US` and `U.S.`."""
        return word in self._model.alike

    def is_everyday(self, word: str) -> bool:
        """Whether a short word is one of everyday language."""
        return word in short_words()

    def is_settled(self, word: str) -> bool:
        """Whether a word that is read as one code is surely that, whatever stands in its field."""
        return self._best.settled(word, self._repeated)

    def is_sure(self, word: str) -> bool:
        """Whether a word that is read as one code with an edit is that even among words."""
        return bool(self._best.corrections(word)) and self._best.settled(word, _SURE)

    def answer(self, word: str, context: AbstractSet[str] = _NOTHING) -> Answer:
        """The answer for a word, with its confidence and the alternatives."""
        # Who asks for a word that is not certain has found that out before.
        if self._certain[True].get(word) is not _UNCERTAIN:
            if word in self._model.entries:
                return self.answer_of_entry(word, word)
            clean = self.answer_of_clean(word)
            if clean is not None:
                return clean
        if len(word) > LONG:
            return Answer(self._best.long(word, LONG), self._known("long"))
        if not self._best.may_be_segmented(word):
            answer = self.answer_among(word, self._best.corrections(word))
            if answer.pieces[0].tag not in context:
                return answer
        found = self._weigh(word, context)
        pieces = found[0].all_pieces()
        if len(found) == 1 and found[0].tags:
            return Answer(pieces, self._ceiling)
        doubts = self._doubts
        costs, tags = doubts.costs_of(word, found), [path.tags for path in found]
        unread = 0.0
        if len(found) == _WEIGHED and len(tags[0]) != 1:
            unread = self._unweighed * math.exp((costs[0] - costs[-1]) / 1000)
        ending = found[0].ending()
        if ending is not None:
            costs.append(costs[0] + self._cut_off(word, pieces, ending.form, ending.cost))
            tags.append(tags[0][:-1])
        if not found[0].tags:
            unread += doubts.unread(word, found[0].cost)
            return self._weighed(pieces, costs, tags, unread=unread)
        if len(pieces) == 1:
            cost, tag = found[0].cost, tags[0][0]
            alone = self._best.unresolved(word)
            own = doubts.of_another(word, alone - cost, cost, tag, pieces[0].how)
            return self._weighed(pieces, costs, tags, own=own, unread=unread)
        own, before = doubts.of_word_behind(word, pieces)
        return self._weighed(pieces, costs, tags, own=own, instead=before, unread=unread)

    def certain_answer(self, word: str, raw: str, *, weighed: bool) -> Answer | None:
        """The answer for a word that is an entry or a clean segmentation, by how it is written;
        None if it is neither. How sure it is counts only if it is to be `weighed`."""
        entry = self._of_entries.get(word)
        if entry is not None:
            return entry
        remembered = self._certain[weighed]
        found = remembered.get(word)
        if found is None:
            if word in self.tags:
                return self.answer_of_entry(word, raw)
            clean = self.answer_of_clean(word, weighed=weighed)
            found = _UNCERTAIN if clean is None else self.as_written(clean, word, raw)
            if not self.are_alike:
                remembered.add(word, found)
        return None if found is _UNCERTAIN else found

    def answer_of_entry(self, word: str, raw: str) -> Answer:
        """The answer for an entry of the vocabulary, by the way it is written.

        Where several entries differ only in case, marks or punctuation, one that is written just so
        is meant; what fits several is a tie.
        """
        entry, *others = self._model.bearers(word, raw)
        kind = entry.how
        if entry.code.status == "attested":
            kind = "attested"
        elif entry.code.status == "retired" and entry.how == "canonical":
            kind = "retired"
        whole = whole_word(len(word), entry.code.tag, entry.how)
        if not others:
            answer = Answer(whole, self._known(kind))
            # Another entry with the same letters may be meant where the word is written otherwise.
            if self.are_alike or word in self._model.alike:
                return answer
            return self._of_entries.setdefault(word, answer)
        share = self._known(kind) / (1 + len(others))
        return Answer(whole, share, tuple([Alternative((o.code.tag,), share) for o in others]))

    def answer_of_clean(self, word: str, *, weighed: bool = True) -> Answer | None:
        """The answer for a clean segmentation, or None if the word is none. How sure it is counts
        only if it is to be `weighed`."""
        clean = self._best.clean(word)
        if clean is None:
            return None
        pieces, sure = self._best.clean_pieces(clean, len(word)), self._known("clean")
        start, end, _, _ = pieces[-1]
        ending = self._model.entries[word[start:end]]
        if ending.anchor or not weighed:
            return Answer(pieces, sure)
        # A code that needs company may be what is left of another code, or the end of a word.
        known = self._answers.get(word)
        if known is not None:
            return known
        cost, alone = self._best.segmenter.clean_cost(word), self._best.unresolved(word)
        cut = self._cut_off(word, pieces, ending.form, ending.cost)
        others = cost + cut, max(alone, cost)
        read = tuple(clean)
        answer = self._weighed(pieces, (cost, *others), (read, read[:-1], ()))
        if answer.confidence > sure:
            answer = answer._replace(confidence=sure)
        return self._answers.add(word, answer)

    def _cut_off(self, word: str, pieces: tuple[Piece, ...], letters: str, cost: int) -> int:
        """How much dearer it is that the last letters of joined codes are left of another code than
        that they are a code of some cost, which is the rarer the more codes are before it."""
        left = self._model.cut_off(letters)
        if len(pieces) > 1:
            start, end, tag, _ = pieces[-2]
            entry = self._model.entries.get(word[start:end])
            if entry is not None and not entry.anchor and tag == entry.code.tag:
                left -= self._again
            elif len(pieces) > _JOINED:
                left -= self._longer
        return max(left - cost, -_LIKELIER)

    def candidates(self, word: str) -> Sequence[Candidate]:
        """The codes that one edit may have turned into a word that is no entry, the likeliest
        first."""
        return self._best.corrections(word)

    def may_lack_letter(self, word: str, gap: int) -> bool:
        """Whether a word may be a code that has lost a letter at a gap."""
        model = self._model
        return word not in model.outside and model.edits.may_lack_letter(word, gap)

    def is_brief(self, word: str) -> bool:
        """Whether a folded word may be a code of a letter or two with an edit, and marks count."""
        return False

    def is_nearly_written(self, word: str, raw: str) -> bool:
        """Whether an entry is written with marks, and a raw text is one edit from that."""
        return False

    def as_near_as_written(self, word: str, raw: str) -> list[Candidate]:
        """The candidates for a folded word that have marks, and are one edit away with these."""
        return []

    def answer_for_parts(
        self, word: str, raw: str, parts: Sequence[str], raws: Sequence[str]
    ) -> tuple[Answer | None, float]:
        """The answer for a text whose parts are all codes, where it is likelier one code with an
        edit, or None where it is not; and how sure that is."""
        return None, 1.0

    def tag_as_written(
        self, word: str, piece: Piece, raws: Sequence[str]
    ) -> tuple[str, int] | None:
        """The tag of a piece that is not the only one with its letters, by how it is written, and
        by which of several texts: the first that is just so, or the very first; one with an edit is
        that which is most like one of them."""
        if piece.how in EDIT_NAMES and piece.tag is not None:
            return self._model.most_like(word, piece.tag, raws)
        alike = self._model.alike.get(word)
        if alike is None:
            return None
        for nth, raw in enumerate(raws):
            if raw in alike:
                return alike[raw].code.tag, nth
        return self._model.bearers(word, raws[0])[0].code.tag, 0

    def as_written(self, answer: Answer, word: str, raw: str, lead: int = 0) -> Answer:
        """An answer where a form that is meant is written in several ways: that which is most like
        the raw text.

        `C++` and `C` are one form without their marks. So many marks may `lead` in the raw text.
        """
        several = self._model.several
        if not raw.isascii() and self._accent and len(answer.pieces) == 1 and answer.tags:
            answer = self._with_accents(answer, word, raw)
        if not several or not answer.tags:
            return answer
        if len(answer.pieces) > 1:
            return self._joined_as_written(answer, word, raw, lead)
        tags = answer.tags
        alike = self._model.written_like(word, tags[0], raw)
        if not alike or alike == [tags[0]]:
            return answer
        (piece,) = answer.pieces
        sure = answer.confidence / len(alike)
        others = [Alternative((tag,), sure) for tag in alike[1:]]
        # None has more than the answer has now.
        others += [
            Alternative(other.tags, min(other.confidence, sure)) for other in answer.alternatives
        ]
        return Answer((piece._replace(tag=alike[0]),), sure, tuple(others))

    def _with_accents(self, answer: Answer, word: str, raw: str) -> Answer:
        """A code with an edit, where a raw text has accents besides that the code has not: each is
        as good as another edit (`ANÁLISIS` is not ANALYSIS)."""
        tag = answer.pieces[0].tag
        meant = next((one for one in self.candidates(word) if one.tag == tag), None)
        if meant is None:
            return answer
        dearer = self._accent * self._model.accents_astray(meant.form, raw)
        if not dearer:
            return answer
        gap = self._best.unresolved(word) - meant.cost - dearer
        likely = self._calibration.of_share(1 / (1 + math.exp(min(-gap / 1000, _LARGEST))))
        if gap <= 0:
            refused = Alternative(answer.tags, min(likely, 1 - likely))
            whole = whole_word(len(word))
            return Answer(whole, 1 - refused.confidence, (refused,))
        if likely >= answer.confidence:
            return answer
        # What other codes it may be has the same accents.
        share = likely / answer.confidence
        found = [
            Alternative(other.tags, other.confidence * share)
            for other in answer.alternatives
            if other.tags
        ]
        alone = 1 - likely - math.fsum([other.confidence for other in found])
        found.append(Alternative((), min(alone, likely)))
        found.sort(key=lambda other: -other.confidence)
        return Answer(answer.pieces, likely, tuple(found))

    def _joined_as_written(self, answer: Answer, word: str, raw: str, lead: int) -> Answer:
        """Joined codes, each as it is written there."""
        if len(raw) < lead + len(word):
            return answer
        pieces, share = list(answer.pieces), 1.0
        for nth, (start, end, tag, how) in enumerate(pieces):
            form = word[start:end]
            written = raw[start + lead if start else 0 : end + lead]
            if tag is None:
                continue
            if how in EDIT_NAMES:
                alike = self._model.written_like(form, tag, written)
            elif form in self._model.several:
                bearers = self._model.bearers(form, written)
                alike = [entry.code.tag for entry in bearers]
            else:
                continue
            if alike:
                pieces[nth] = pieces[nth]._replace(tag=alike[0])
                share /= len(alike)
        return answer.less_sure(share)._replace(pieces=tuple(pieces))

    def may_be_code(self, word: str, *, out_of_time: bool = False) -> bool:
        """Whether a word that was left alone may be a code where all else in its field is codes,
        one of them perhaps `out_of_time`."""
        candidates = self._in_company(word, _NOTHING, out_of_time=out_of_time)
        dearer: int = self._model.prices["company"]
        return bool(candidates) and candidates[0].cost < self._best.unresolved(word) + dearer

    def are_retired(self, tags: Iterable[str]) -> bool:
        """Whether one of some codes is out of its time."""
        return not self._retired.isdisjoint(tags)

    def in_company(
        self, word: str, tags: AbstractSet[str], *, out_of_time: bool = False
    ) -> Answer | None:
        """The answer for a word that was left alone, where all else in its field is some tags: one
        code with an edit, or None if it is none all the same.

        What nobody knows stands beside words more often than among codes; other names are words.
        Where a code out of its time stands, or may stand, others of its time are as likely as any.
        """
        candidates = self._in_company(word, tags, out_of_time=out_of_time)
        answer = self.answer_among(word, candidates, self._model.prices["company"])
        return answer if answer.tags else None

    def _in_company(
        self, word: str, tags: AbstractSet[str], *, out_of_time: bool
    ) -> Sequence[Candidate]:
        """The codes that such a word may be, the likeliest first."""
        candidates = self._best.corrections(word)
        if not candidates or word in self._model.words or word == word[:1] * len(word):
            return ()
        prices = self._model.prices
        if out_of_time or self.are_retired(tags):
            extra = prices["retired"] + prices["retired_edit"]
            candidates = sorted(
                one._replace(cost=one.cost - extra) if one.tag in self._retired else one
                for one in candidates
            )
        entries = self._model.entries
        return [
            one
            for one in candidates
            if one.tag not in tags and entries[one.form].how == "canonical"
        ]

    def answer_among(self, word: str, candidates: Sequence[Candidate], dearer: int = 0) -> Answer:
        """The answer for a word that is one of some candidates, the cheapest first, or is left
        alone, which is so much dearer than usual.

        For a word that can be no segmentation that is what weighing all its readings comes to,
        without the paths.
        """
        size, doubts = len(word), self._doubts
        alone = self._best.unresolved(word) + dearer
        if not candidates:
            whole = whole_word(size)
            unread = doubts.unread(word, alone)
            if not unread:
                return Answer(whole, self._ceiling)
            return Answer(whole, self._calibration.of_share(1.0 / (1.0 + unread), ALONE))
        cost, tag, how, _ = candidates[0]
        own = unread = 0.0
        if cost < alone:
            whole = whole_word(size, tag, how)
            own = doubts.of_another(word, alone - cost, cost, tag, how)
        else:
            whole, unread = whole_word(size), doubts.unread(word, alone)
        if len(candidates) == 1 and cost < alone:
            # Most words: one other reading has what is left of the probability.
            gap = alone - doubts.of_candidate(candidates[0])
            share = self._calibration.of_share(1.0 / (1.0 + math.exp(-gap / 1000)))
            confidence = share * (1 - own)
            return Answer(whole, confidence, (Alternative((), min(1 - confidence, confidence)),))
        # What each list of tags costs: of equal ones the word left alone comes first.
        costs: dict[tuple[str, ...], int] = {}
        for candidate in candidates:
            if candidate.cost >= alone and () not in costs:
                costs[()] = alone
            if len(costs) == _WEIGHED:
                break
            costs.setdefault((candidate.tag,), doubts.of_candidate(candidate))
        if len(costs) < _WEIGHED:
            costs.setdefault((), alone)
        return self._weighed(whole, list(costs.values()), list(costs), own=own, unread=unread)

    def _weigh(self, word: str, context: AbstractSet[str]) -> list[Path]:
        """The readings of a word in its context, the best first."""
        found = self._nbest.paths(word, _WEIGHED)
        if context and _repeats(found[0], context):
            ordered: list[Path] = []
            for path in found:
                if _repeats(path, context):
                    path.cost += self._repeated
                insert(ordered, path, _WEIGHED)
            return ordered
        return found

    def _weighed(
        self,
        pieces: tuple[Piece, ...],
        costs: Sequence[int],
        tags: Sequence[tuple[str, ...]],
        *,
        own: float = 0.0,
        instead: tuple[str, ...] = (),
        unread: float = 0.0,
    ) -> Answer:
        """The answer of some pieces, which are the first of all readings, by their costs and tags.

        The others have among them what is left of the probability, but none has more than the
        answer, which the rules may have put before likelier ones. `own` is the chance that other
        tags are right `instead`: none where the word is a code of its own; `unread` is what all
        weighs that has no reading.
        """
        weights = weights_of(costs, tags)
        weight = weights.pop(tags[0])
        # Of the others by themselves: what a share of almost one leaves is lost in rounding.
        rest = math.fsum(weights.values()) + unread
        confidence = self._calibration.of_share(weight / (weight + rest), _kind_of(pieces))
        left = (1 - confidence) / rest if rest else 0.0
        likely = [(-left * weight, other) for other, weight in weights.items()]
        if own:
            moved = own * confidence
            likely = [(part - moved * (other == instead), other) for part, other in likely]
            if instead and instead not in weights:
                likely.append((-moved, instead))
            confidence *= 1 - own
        if not likely:
            return Answer(pieces, confidence)
        if len(likely) > 1:
            likely.sort()
        scale = min(1.0, confidence / -likely[0][0]) if likely[0][0] else 1.0
        others = [Alternative(other, scale * -part) for part, other in likely[:_REPORTED]]
        return Answer(pieces, confidence, tuple(others))


def _kind_of(pieces: tuple[Piece, ...]) -> str:
    """What kind of answer some pieces are, as far as `confidence.tsv` tells kinds apart."""
    if len(pieces) == 1:
        return "" if pieces[0].tag is not None else ALONE
    kind = JOINED
    for _, _, tag, how in pieces:
        if tag is None:
            return LEFTOVER
        if how in EDIT_NAMES:
            kind = JOINED_EDIT
    return kind


def _repeats(path: Path, context: AbstractSet[str]) -> bool:
    """Whether a reading is one code that stands beside the word already."""
    if path.pieces != 1:
        return False
    tags = path.tags
    return len(tags) == 1 and tags[0] in context
