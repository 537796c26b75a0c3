"""The laws of an answer, each class under the sentence of the contract that it checks.

The sentences are those of `docs/contract.md`, the contract between the data, the splitter and its
tests. Where a law has exceptions they are named, and must be exactly those.
"""

# ruff: noqa: RUF001 - letters of other scripts that look alike are meant

from __future__ import annotations

import math
import os
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise, product
from pathlib import Path
from string import ascii_uppercase

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from strategies import (
    ALIASES,
    ANY_TEXT,
    CODES,
    FIELDS,
    FOUR,
    GEOGRAPHIC,
    JOINS,
    MIXTURES,
    MODEL,
    NORMALIZER,
    SEPARATORS,
    TAGS,
    TAXONOMY,
    TEXTS,
    WORDS,
    cost_of_join,
    damaged,
)

from tagnorm import Resolution, Segment, join, resolve, split
from tagnorm.engine.costs import known_words
from tagnorm.engine.edits.grammar import EDITS, edit_between
from tagnorm.engine.reading.reader import Reader
from tagnorm.engine.search.nbest import readings
from tagnorm.folding import fold, fold_case, squash

READER = Reader(MODEL)
TRIES = settings(max_examples=300)
CASES = Path(__file__).with_name("cases")


def ambiguous_joins() -> dict[str, tuple[list[str], list[str]]]:
    """The codes of the published exceptions and what is answered instead, by the joined string."""
    lines = (CASES / "ambiguous_joins.tsv").read_text(encoding="utf-8").splitlines()
    _, *rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return {joined: (codes.split(), answer.split()) for joined, codes, answer, _ in rows}


AMBIGUOUS = ambiguous_joins()


def words_of(answer: Resolution) -> list[list[Segment]]:
    """The segments of an answer by its words."""
    return [list(word.segments) for word in answer.words]


class TestNothingIsLost:
    """1. Nothing is lost. The segments of a result cover the raw string, in order, without overlap;
    what is not resolved is kept as it was.
    """

    @TRIES
    @given(TEXTS)
    def test_segments_tile_the_text(self, text: str) -> None:
        answer = resolve(text)

        assert text == answer.raw == "".join(segment.raw for segment in answer.segments)
        assert [0, *(s.end for s in answer.segments)] == [
            *(s.start for s in answer.segments),
            len(text),
        ]
        assert all(s.raw == text[s.start : s.end] for s in answer.segments)
        assert all(s.raw for s in answer.segments)

    @TRIES
    @given(TEXTS, st.floats(0, 1))
    def test_segments_tile_the_text_whatever_is_turned_down(self, text: str, least: float) -> None:
        answer = resolve(text, min_confidence=least)

        assert text == "".join(segment.raw for segment in answer.segments)

    @TRIES
    @given(TEXTS)
    @example("Â;ª")
    @pytest.mark.slow
    def test_every_letter_is_in_a_code_or_kept(self, text: str) -> None:
        answer = resolve(text)
        pieces = [s for s in answer.segments if s.how != "separator"]

        # Each by itself: side by side they may be what another encoding made of one letter.
        assert squash(text) == "".join(squash(s.raw) for s in pieces)
        assert all((s.code is None) == (s.how == "unresolved") for s in pieces)
        assert not any(squash(s.raw) for s in answer.segments if s.how == "separator")

    @TRIES
    @given(TEXTS)
    @pytest.mark.slow
    def test_the_list_of_tags_is_the_segments_without_the_separators(self, text: str) -> None:
        answer = resolve(text)
        kept = [s.code or s.raw for s in answer.segments if s.how != "separator"]

        assert kept == split(text)
        assert list(answer.tags) == split(text, unresolved="drop")
        assert [s.raw for s in answer.segments if s.how == "unresolved"] == list(answer.unresolved)

    def test_split_and_resolve_agree_beside_a_code(self) -> None:
        fields = [f"SENV, {word}" for word in ["AADPAADPPACS", "PUOIC2", *damaged(500, seed=77)]]

        assert [f for f in fields if split(f, unresolved="drop") != list(resolve(f).tags)] == []

    @pytest.mark.parametrize("size", [255, 256, 257, 300, 1000, 5000])
    @pytest.mark.parametrize("stuff", ["PRELPGOV", "PGVOX", "Q", "PELOSI", "SPPRELXQ", "é٣"])
    def test_nothing_is_lost_of_long_words_either(self, stuff: str, size: int) -> None:
        text = (stuff * size)[:size]
        answer = resolve(text)

        assert text == "".join(segment.raw for segment in answer.segments)
        assert split(text) == [s.code or s.raw for s in answer.segments]


class TestDoNoHarm:
    """2. Do no harm. A word or a name is never shredded into two-letter codes."""

    @TRIES
    @given(TEXTS)
    def test_a_word_never_falls_into_two_letter_codes_alone(self, text: str) -> None:
        for word in words_of(resolve(text)):
            codes = [TAXONOMY[s.code] for s in word if s.code]
            # An alias of five letters or more can carry a segmentation, whatever the code it names.
            carried = any(s.code and len(squash(s.raw)) > 3 for s in word)
            assert len(word) == 1 or carried or any(code.anchor for code in codes)

    @given(st.lists(st.sampled_from(GEOGRAPHIC), min_size=2, max_size=6))
    def test_two_letter_codes_run_together_are_not_cut_into_them(self, tags: list[str]) -> None:
        assert tags != split("".join(tags))


class TestACodeIsNeverCorrected:
    """3. A code is never corrected into another code."""

    def test_every_code_is_its_own_answer(self) -> None:
        assert [tag for code in TAGS for tag in split(code)] == TAGS
        assert {"canonical"} == {resolve(code).status for code in TAGS}

    def test_every_code_is_its_own_answer_in_small_letters_and_without_its_separators(self) -> None:
        assert [tag for code in TAGS for tag in split(code.lower())] == TAGS
        assert [tag for code in TAGS for tag in split(squash(code))] == TAGS

    def test_every_other_name_gives_its_code(self) -> None:
        names = TAXONOMY.forms

        assert len(names) > 1500
        assert [[form.tag] for form in names] == [split(form.alias) for form in names]
        written = {form.alias for form in names if squash(form.alias) != squash(form.tag)}
        assert {"alias"} == {resolve(name).status for name in written}

    @TRIES
    @given(TEXTS)
    def test_what_was_corrected_is_no_code_no_name_and_one_edit_away(self, text: str) -> None:
        for segment in resolve(text).segments:
            assert (segment.edits == 1) == (segment.how in EDITS)
            if segment.edits:
                word = squash(segment.raw)
                assert word not in MODEL.entries
                assert word not in MODEL.outside
                forms = (f for f, e in MODEL.entries.items() if e.code.tag == segment.code)
                assert segment.how in {edit_between(word, form, MODEL.families) for form in forms}

    @TRIES
    @given(TEXTS)
    def test_what_was_not_corrected_is_written_so(self, text: str) -> None:
        for segment in resolve(text).segments:
            if segment.how in ("canonical", "alias"):
                found = MODEL.entries[squash(segment.raw)]
                assert (segment.code, segment.how) == (found.code.tag, found.how)


class TestFewestAssumptionsWin:
    """4. Fewest assumptions win. An exact reading beats one that needs an edit."""

    def test_all_pairs_of_four_letter_codes_come_back_but_those_published(self) -> None:
        failed = {
            one + other: ([one, other], answer)
            for one, other in product(FOUR, FOUR + GEOGRAPHIC)
            if (answer := split(one + other)) != [one, other]
        }

        assert len(FOUR) * len(FOUR + GEOGRAPHIC) > 200_000
        assert failed == AMBIGUOUS

    def test_a_published_exception_is_an_entry_of_the_vocabulary_or_a_word(self) -> None:
        for joined, (_, answer) in AMBIGUOUS.items():
            if answer == [joined] and joined not in TAXONOMY:
                assert joined in known_words() or joined in TAXONOMY.outside
            else:
                assert [TAXONOMY.lookup(joined)] == [TAXONOMY[tag] for tag in answer]

    @TRIES
    @given(JOINS)
    def test_codes_of_four_letters_with_a_country_behind_come_back(self, tags: list[str]) -> None:
        assume(join(tags) not in AMBIGUOUS)

        assert tags == split(join(tags))
        assert tags == split(join(tags).lower())

    @given(st.lists(st.sampled_from(FOUR), min_size=65, max_size=90))
    @settings(max_examples=10)
    def test_a_run_may_be_longer_than_any_word(self, tags: list[str]) -> None:
        assert tags == split(join(tags)) == list(resolve(join(tags)).tags)

    @TRIES
    @given(MIXTURES)
    @pytest.mark.slow
    def test_what_stands_for_any_codes_run_together_costs_no_more_than_they(
        self, tags: list[str]
    ) -> None:
        word = squash(join(tags))
        assume(word not in MODEL.outside)
        # It needs an anchor, and more than one letter: else the codes are no reading at all.
        assume(len(set(word)) > 1)
        assume(any(TAXONOMY[tag].anchor for tag in tags))

        assert readings(MODEL, word)[0].cost <= cost_of_join(MODEL, tags)

    @pytest.mark.slow
    def test_any_two_codes_run_together_are_read_at_no_more_than_they_cost(self) -> None:
        pairs = [
            (one, other)
            for one, other in product(TAGS[::12], TAGS[5::9])
            if TAXONOMY[one].anchor or TAXONOMY[other].anchor
        ]

        assert len(pairs) > 5000
        assert [
            pair
            for pair in pairs
            if squash(join(pair)) not in MODEL.outside
            and readings(MODEL, squash(join(pair)), 1)[0].cost > cost_of_join(MODEL, list(pair))
        ] == []


class TestTwoLettersNeedCompany:
    """5. Two-letter codes need company inside a longer string."""

    def test_a_two_letter_string_is_itself_another_name_or_nothing(self) -> None:
        strings = ["".join(pair) for pair in product(ascii_uppercase, repeat=2)]
        codes = {code.tag for code in TAXONOMY if len(code.tag) == 2}
        expected = {text: text if text in codes else None for text in strings}
        # EU and UE are the European Union in cables, RU is Russia, VZ Venezuela.
        expected |= {"EU": "EUN", "UE": "EUN", "RU": "RS", "VZ": "VE"}
        # Codes of ISO that can be nothing else on a line of tags.
        expected |= {"DK": "DA", "DZ": "AG", "IQ": "IZ", "JP": "JA", "KP": "KN"}
        expected |= {"KW": "KU", "LK": "CE", "UA": "UP", "ZM": "ZA", "ZW": "ZI"}

        assert len(strings) == 676
        assert expected == {text: next(iter(resolve(text).tags), None) for text in strings}
        assert {0} == {s.edits for text in strings for s in resolve(text).segments}

    @pytest.mark.parametrize("letter", ascii_uppercase)
    def test_a_single_letter_is_nothing(self, letter: str) -> None:
        assert ([letter], "unresolved") == (split(letter), resolve(letter).status)


class TestLittleEvidence:
    """6. Three letters or fewer carry too little evidence for a correction, unless they are a code
    cut short by one letter and no other code fits as well.
    """

    def test_three_letters_are_a_code_another_name_a_code_without_a_letter_or_nothing(self) -> None:
        found = {
            segment.how
            for letters in product(ascii_uppercase, repeat=3)
            for segment in resolve("".join(letters)).segments
        }

        # Three letters stay one piece, and nothing is replaced, swapped or taken away in them.
        assert found <= {
            "canonical", "alias", "unresolved", "drop_first", "drop_inner", "drop_last",
        }  # fmt: skip

    def test_a_code_cut_short_by_one_letter_is_that_code(self) -> None:
        assert [split(text) for text in ("PGO", "ETR", "ENR")] == [["PGOV"], ["ETRD"], ["ENRG"]]

    def test_no_correction_is_surer_than_a_code_written_exactly(self) -> None:
        exact = min(resolve(code).confidence for code in ("PGOV", "ETRD", "KNNP"))

        assert all(resolve(text).confidence <= exact for text in ("PGO", "KNNNP", "PGVO", "ETR"))


class TestBothAreReported:
    """7. Ties are told. When two readings are about as good, both are reported, and the confidence
    says so.
    """

    @TRIES
    @given(TEXTS)
    def test_confidence_is_a_probability(self, text: str) -> None:
        answer = resolve(text)

        assert 0.0 <= answer.confidence <= 1.0
        assert all(0.0 <= other.confidence <= 1.0 for other in answer.alternatives)

    @TRIES
    @given(TEXTS)
    @example("CITIBANKCITIBANK")
    def test_the_answer_and_its_alternatives_share_no_more_than_certainty(self, text: str) -> None:
        answer = resolve(text)

        shares = [answer.confidence, *(other.confidence for other in answer.alternatives)]
        assert math.fsum(shares) <= 1 + 1e-9

    @TRIES
    @given(TEXTS)
    def test_alternatives_come_likeliest_first(self, text: str) -> None:
        found = resolve(text).alternatives

        assert all(a.confidence >= b.confidence for a, b in pairwise(found))

    def test_no_alternative_is_likelier_than_the_answer(self) -> None:
        for text in ("KTEXKDRGDOEXC", "AAAAAASPLAEFAPC", "AFSASCONOCOUSINJC"):
            answer = resolve(text)
            assert all(other.confidence <= answer.confidence for other in answer.alternatives)

    @TRIES
    @given(WORDS)
    def test_no_two_readings_of_a_word_have_the_same_tags(self, word: str) -> None:
        answer = resolve(word)
        readings_of_it = [answer.tags, *(other.tags for other in answer.alternatives)]

        assert len(set(readings_of_it)) == len(readings_of_it)

    def test_no_two_readings_of_a_field_have_the_same_tags(self) -> None:
        for text in ("AESC AESC", "ASEX ASEX PREL", "KWHG, KWHG"):
            answer = resolve(text)
            found = [answer.tags, *(other.tags for other in answer.alternatives)]
            assert len(set(found)) == len(found)

    def test_a_tie_is_less_sure_than_an_edit_that_can_be_of_one_code_only(self) -> None:
        tie, clear = resolve("KWHG"), resolve("PGVO")

        assert {("KWBG",), ("KGHG",)} <= {tie.tags, *(other.tags for other in tie.alternatives)}
        assert tie.confidence < clear.confidence


class TestCaseSpaceAndPunctuation:
    """9. Separators part, joiners hold. Case and surrounding space carry no meaning."""

    @TRIES
    @given(FIELDS)
    def test_case_changes_nothing(self, text: str) -> None:
        expected = resolve(text)

        for other in (text.upper(), text.lower(), text.swapcase()):
            found = resolve(other)
            assert expected.tags == found.tags
            assert expected.status == found.status
            assert expected.confidence == found.confidence
            assert [s.how for s in expected.segments] == [s.how for s in found.segments]

    @TRIES
    @given(ANY_TEXT)
    def test_case_and_width_change_nothing_in_any_text(self, text: str) -> None:
        found, folded = resolve(text), resolve(fold(text))

        # Sizes differ where one character stands for several, as a ligature does.
        assume(len(fold(text)) == len(text))
        assume(fold(text) == fold_case(text).upper())
        # What a dump writes for a line end is so in small letters alone (`PREL\\nIN`).
        assume("\\" not in text)
        assert found.tags == folded.tags

    @TRIES
    @given(WORDS, st.integers(0, 20), st.sampled_from("\u0301\u0308\u0323"))
    def test_an_accent_makes_no_other_code_of_a_word(self, word: str, at: int, accent: str) -> None:
        found = resolve(word[: at + 1] + accent + word[at + 1 :])

        assert found.tags in (resolve(word).tags, ())

    @TRIES
    @given(
        TEXTS,
        st.text(' \t\n,;[]"', max_size=4),
        st.text(' \t\n,;[]"', max_size=4),
    )
    @pytest.mark.slow
    def test_space_and_separators_around_change_nothing(
        self, text: str, before: str, after: str
    ) -> None:
        expected, found = resolve(text), resolve(before + text + after)

        assert (expected.tags, expected.unresolved) == (found.tags, found.unresolved)
        assert (expected.status, expected.confidence) == (found.status, found.confidence)
        assert split(text) == split(before + text + after)

    @TRIES
    @given(st.lists(CODES, min_size=1, max_size=6), st.sampled_from(["; ", ",", ", ", " ; ", "\n"]))
    def test_codes_that_a_separator_parts_come_back(self, tags: list[str], between: str) -> None:
        assert tags == split(join(tags, between))
        assert resolve(join(tags, between)).status == "canonical"

    @TRIES
    @given(st.lists(st.sampled_from(FOUR), min_size=1), st.sampled_from(SEPARATORS))
    def test_codes_of_four_letters_come_back_from_behind_any_separator(
        self, tags: list[str], between: str
    ) -> None:
        assert tags == split(join(tags, between))

    @TRIES
    @given(st.lists(WORDS, min_size=1, max_size=5))
    def test_a_field_is_its_words_but_for_tags_that_stand_beside_them_already(
        self, words: list[str]
    ) -> None:
        field = words_of(resolve(", ".join(words)))
        clean = [set(READER.clean(word) or ()) for word in words]
        context = set().union(*clean) if len(words) > 1 else set()

        assert len(words) == len(field)
        for word, segments in zip(words, field, strict=True):
            # Only a word that is not clean itself may be read anew: if it would repeat what is, or
            # is nothing by itself and all others are codes.
            alone = resolve(word).tags
            in_company = not alone and len(words) > 2 and clean.count(set()) == 1
            free = READER.clean(word) is None and (context & set(alone) or in_company)
            if not free:
                assert split(word) == [s.code or s.raw for s in segments]
            else:
                tags = tuple(s.code for s in segments if s.code)
                # Two short codes run together are no reading of a word by itself.
                is_pair = in_company and len(tags) == 2 and "".join(tags) == fold(word)
                assert is_pair or tags in {r.tags for r in readings(MODEL, word, 16)}


class TestTheSameAnswerAgain:
    """The same input gives the same answer anywhere; what is resolved stays resolved."""

    @TRIES
    @given(TEXTS)
    def test_the_tags_of_tags_are_these_tags(self, text: str) -> None:
        tags = split(text, unresolved="drop")

        assert tags == split(", ".join(tags)) == list(resolve(", ".join(tags)).tags)
        assert all([tag] == split(tag) for tag in tags)

    @TRIES
    @given(TEXTS)
    @pytest.mark.slow
    def test_an_answer_without_left_over_letters_is_its_own_answer(self, text: str) -> None:
        assume("(" not in fold(text))  # what stands in parentheses stands there for itself
        # Letters left over become a word of their own, and may then be read as a code.
        assume(all(len(word) == 1 or all(s.code for s in word) for word in words_of(resolve(text))))
        # What is left alone may be a code once all else in its field stands as codes.
        alone = [fold(word.raw) for word in resolve(text).words if not word.tags]
        assume(not any(READER.may_be_code(word, beside_retired=True) for word in alone))

        assert split(text) == split(", ".join(split(text)))

    @TRIES
    @given(st.lists(st.sampled_from(FOUR + GEOGRAPHIC), max_size=5), st.sampled_from([" ", ", "]))
    def test_plain_codes_parted_by_a_space_or_a_comma_stay(
        self, tags: list[str], between: str
    ) -> None:
        # Two may be a name that is known to be no code (`SO SO`).
        assume(not any(READER.lexicon.is_outside("".join(pair)) for pair in pairwise(tags)))

        assert tags == split(between.join(tags))

    @pytest.mark.slow
    def test_the_answer_does_not_depend_on_the_process(self) -> None:
        texts = [*damaged(250, seed=8), "KWHG", "ETTD ETTC", "unga/c-6, Kuwait", "AESC AESC"]
        program = (
            "import json, sys, tagnorm\n"
            "for text in json.load(sys.stdin):\n"
            "    print(tagnorm.split(text), tagnorm.resolve(text))\n"
        )
        printed = {
            subprocess.run(
                [sys.executable, "-c", program],
                input=repr(texts).replace("'", '"'),
                env={**os.environ, "PYTHONHASHSEED": seed},
                capture_output=True,
                text=True,
                check=True,
            ).stdout
            for seed in ("0", "1", "2")
        }
        here = "".join(f"{split(text)} {resolve(text)}\n" for text in texts)

        assert {here} == printed

    def test_the_answer_does_not_depend_on_what_was_asked_before(self) -> None:
        texts = list(damaged(200, seed=9))
        expected = [resolve(text) for text in texts]

        assert expected[::-1] == NORMALIZER.resolve_many(texts[::-1])
        assert [split(text) for text in texts] == NORMALIZER.split_many(texts)


class TestNeverRaises:
    """`split` and `resolve` never raise on text; on anything else they do."""

    @settings(max_examples=500)
    @given(ANY_TEXT)
    def test_any_text_has_an_answer(self, text: str) -> None:
        assert text == resolve(text).raw
        assert all(isinstance(tag, str) and tag for tag in split(text))

    @pytest.mark.parametrize(
        "text",
        [
            "", " ", "\0", "\0PREL\0", "\ud800", "PREL\udfff", "\ud83dPGOV", "😀", "👩‍👩‍👧 PREL",
            "ß", "İ", "ı", "ŉ", "ﬁ", "ǆ", "ẞPREL", "e\u0301", "\u0301", "Z̷̧a̴lgo", "①", "Ⅻ", "٣", "²",
            "PREL²", "١٢٣", "𝐏𝐑𝐄𝐋", "ＰＲＥＬ", "\u202ePREL", "PREL\u200d", "\ufeff", "ñ" * 300,
            "日本語" * 100, "A" * 3000, " " * 10_000, "," * 10_000, "PREL," * 2000, "'" * 99, "\\",
            "%s%n{}", "None", "nan", "-1", "1e9", "${x}", "<b>", "\x1b[31m",
        ],
    )  # fmt: skip
    def test_odd_text_has_an_answer(self, text: str) -> None:
        assert text == "".join(segment.raw for segment in resolve(text).segments)
        assert split(text, unresolved="drop") == list(resolve(text).tags)

    @pytest.mark.parametrize("thing", [None, b"PREL", float("nan"), 3, ("PREL",), object])
    @pytest.mark.parametrize("verb", [split, resolve], ids=["split", "resolve"])
    def test_what_is_no_text_is_a_type_error_that_shows_it(
        self, verb: Callable[[object], object], thing: object
    ) -> None:
        with pytest.raises(TypeError, match="string") as caught:
            verb(thing)
        assert type(thing).__name__ in str(caught.value)

    @pytest.mark.parametrize("verb", [split, resolve], ids=["split", "resolve"])
    def test_a_list_is_a_type_error_too(self, verb: Callable[[object], object]) -> None:
        with pytest.raises(TypeError):
            verb(["PREL"])


def test_all_other_names_are_found_in_small_letters_too() -> None:
    plain = [name for name in ALIASES if name.isalnum()]

    assert [split(name) for name in plain] == [split(name.lower()) for name in plain]
