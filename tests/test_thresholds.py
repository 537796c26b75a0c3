"""Where one way to read begins and another ends: the numbers of the engine that can be seen."""

from __future__ import annotations

import math

import attrs
import pytest

from tagnorm import Code, Normalizer, Taxonomy
from tagnorm.engine.costs import NEVER
from tagnorm.engine.memory import Memory
from tagnorm.engine.model import Model
from tagnorm.engine.prices.rarity import Rarities
from tagnorm.engine.prices.unknown_words import UnknownWords
from tagnorm.engine.reading.confidence import Calibration, posteriors, weights_of
from tagnorm.engine.reading.doubts import Doubts
from tagnorm.engine.search.drawing import dot
from tagnorm.engine.search.guide import costs_of_beginnings
from tagnorm.engine.search.lattice import ANCHOR, COMPANION, LEFT, START, Piece, Reading
from tagnorm.engine.search.paths import ANCHORED, Edge
from tagnorm.engine.text.forms import Forms
from tests.strategies import MODEL, NORMALIZER, TAXONOMY


@pytest.mark.parametrize("size", [255, 256, 257])
@pytest.mark.parametrize("head", ["PGVO", "PREL"])
def test_only_words_of_up_to_256_letters_have_other_readings(head, size):
    answer = NORMALIZER.resolve((head + "PREL" * 70)[: size - 6] + "PGVOSP")

    assert bool(answer.alternatives) == (size <= 256)
    assert (answer.confidence == 0.5) == (size > 256)


class TestConfidence:
    def test_what_is_very_much_likelier_otherwise_is_never_of_its_own(self):
        calibration = Calibration.of({"own": 0.0, "own_slope": 1.0})

        assert calibration.of_its_own(19.99) == 1 / (1 + math.exp(19.99))
        assert calibration.of_its_own(20.0) == 0.0

    def test_a_share_is_stretched_and_shifted_up_to_the_ceiling(self):
        values = {"intercept": 0.5, "slope": 2.0, "ceiling": 0.99, "alone": -1.0}
        calibration = Calibration.of(values)

        assert calibration.of_share(0.5) == 1 / (1 + math.exp(-0.5))
        assert calibration.of_share(0.5, "alone") == 1 / (1 + math.exp(0.5))
        assert calibration.of_share(0.75) == pytest.approx(
            1 / (1 + math.exp(-0.5 - 2 * math.log(3)))
        )
        assert calibration.of_share(0.9999) == 0.99
        assert calibration.of_share(1.0) == calibration.of_share(1.5) == 0.99
        assert calibration.of_share(0.0) == calibration.of_share(-0.5) == 0.0
        assert calibration.of_share(1e-300) < 1e-250

    def test_the_same_tags_count_together(self):
        costs = ((3000, "B"), (1000, "A"), (2000, "B"))
        found = [Reading(cost, (Piece(0, 4, tag, "canonical"),)) for cost, tag in costs]
        weights = weights_of([1000, 2000, 3000], [("A",), ("B",), ("B",)])
        total = 1 + math.exp(-1) + math.exp(-2)

        assert weights == {("A",): 1.0, ("B",): math.exp(-1) + math.exp(-2)}
        assert posteriors(found) == {
            ("A",): pytest.approx(1 / total),
            ("B",): pytest.approx((math.exp(-1) + math.exp(-2)) / total),
        }


class TestDoubts:
    @staticmethod
    def doubts(**costs):
        taxonomy = attrs.evolve(TAXONOMY, costs=costs)
        return Doubts(Model(taxonomy), Calibration.of({}))

    def test_what_costs_twenty_nats_never_happens(self):
        assert self.doubts(garbled=19.999).garbled("EUNSOAD", 18_000) > 0.0
        assert self.doubts(garbled=20.0).garbled("EUNSOAD", 18_000) == 0.0

    def test_only_words_longer_than_codes_are_garbled(self):
        doubts = self.doubts(garbled=1.0, garbled_letter=1.0, unresolved=2.0)

        assert doubts.garbled("EUNS", 18_000) == doubts.garbled("EUNS1", 18_000) == 0.0
        assert doubts.garbled("EUNSO", 3_000) == pytest.approx(math.exp(-5))
        assert doubts.garbled("EUNSO", 7_000) == doubts.garbled("EUNSO", 9_000) == math.exp(-1)

    def test_only_words_as_long_as_codes_are_of_their_own(self):
        doubts = Doubts(Model(TAXONOMY), Calibration.of({"own": 0.0, "own_slope": 1.0}))

        assert [doubts.of_its_own("X" * size, 2_000, "PREL") for size in (3, 4, 5)] == [
            *(0.0, 1 / (1 + math.exp(2)), 0.0)
        ]

    @pytest.mark.parametrize("how", ["replace_first", "replace_family"])
    def test_only_with_a_first_letter_of_no_family_something_else_is_likelier(self, how):
        calibration = Calibration.of({"own": 2.0, "own_slope": 0.0, "own_first": 1.0})
        doubts = Doubts(Model(TAXONOMY), calibration)
        odds = 1.0 if how == "replace_first" else 2.0

        assert [doubts.of_its_own("X" * size, 0, "PREL", how) for size in (3, 4, 5)] == [
            *(0.0, 1 / (1 + math.exp(odds)), 0.0)
        ]


def test_five_readings_are_drawn_and_reported_at_most():
    codes = [Code(f"AAA{letter}") for letter in "BCDEFGHIJK"]
    answer = Normalizer(Taxonomy(tuple(codes))).resolve("AAA")
    assert len(answer.alternatives) <= 5

    answer = NORMALIZER.resolve("TBTNCBENDIX")
    assert len(answer.alternatives) == 5
    assert dot(MODEL, "TBTNCBENDIX") == dot(MODEL, "TBTNCBENDIX", n=5)
    assert (
        dot(MODEL, "TBTNCBENDIX", n=4)
        != dot(MODEL, "TBTNCBENDIX")
        != dot(MODEL, "TBTNCBENDIX", n=6)
    )


@pytest.mark.parametrize(
    ("field", "tags"),
    [
        # A word of three letters is no code because of its company; one of four may be.
        ("PREL, PGOV, ETRD, AIF", ["PREL", "PGOV", "ETRD"]),
        ("PREL, PGOV, ETRD, ADM", ["PREL", "PGOV", "ETRD"]),
    ],
)
def test_words_of_so_many_letters_are_corrected_in_company(field, tags):
    assert NORMALIZER.split(field, unresolved="drop") == tags


@pytest.mark.parametrize(
    ("field", "tags"),
    [
        ("PITN, GR, TU", ["PINT", "GR", "TU"]),
        ("UR; US; PFRO", ["UR", "US", "PFOR"]),
        ("CI/SHMU/AR", ["CI", "SHUM", "AR"]),
        ("GR, CGNE, UN, IT", ["GR", "CGEN", "UN", "IT"]),
        # Words side by side may be a name, and names in words are a list of words.
        ("PITN GR TU", ["GR", "TU"]),
        ("PITN, GR TU", ["GR", "TU"]),
        ("TURKEY, GREECE, PITN", ["TU", "GR"]),
        # One is no company, and a word stays a word.
        ("PITN, GR", ["GR"]),
        ("OSLO, NO, SW", ["NO", "SW"]),
        ("PITN, AGOA, GR, TU", ["GR", "TU"]),
    ],
)
def test_countries_with_places_of_their_own_are_company(field, tags):
    assert NORMALIZER.split(field, unresolved="drop") == tags
    assert list(NORMALIZER.resolve(field).tags) == tags
    assert [tags] == [[*found] for found in NORMALIZER.split_many([field], unresolved="drop")]


def normalizer(*tags):
    return Normalizer(Taxonomy(tuple(Code(tag) for tag in tags)))


@pytest.mark.parametrize(
    ("tags", "field", "pieces"),
    [
        # Two chunks of which one is nothing are one code of six letters, and none of five.
        (["ASDFG"], "ASD FG", ["ASD FG"]),
        (["QWERTY"], "QWE RTY", ["QWERTY"]),
        (["ASDFG"], "ASD-FG", ["ASDFG"]),
        # A form of several words with less than five letters has an edit in one place alone.
        (["AB CD"], "AB DC", ["AB CD"]),
        (["AB CD"], "AB, DC", ["AB", "DC"]),
        (["AB CDE"], "AB CED", ["AB CDE"]),
        (["AB CD", "AB CDE"], "AB CDX", ["AB CDE"]),
        # Only one of eight letters is itself with a mark too many, among joined codes.
        (["PREL", "PGOV", "GH IJKLM"], "PRELGH IJKLMPGOV", ["PREL", "GH IJKLM", "PGOV"]),
        (["PREL", "PGOV", "GH IJKLM"], "PRELGH IJ-KLMPGOV", ["PRELGH IJ-KLMPGOV"]),
        (["PREL", "PGOV", "ST UVWXYZ"], "PRELST UV-WXYZPGOV", ["PREL", "ST UVWXYZ", "PGOV"]),
    ],
)
def test_forms_in_pieces_have_so_many_letters(tags, field, pieces):
    assert normalizer(*tags).split(field) == pieces


class TestRarities:
    @staticmethod
    def rarities(*counts, positions=None):
        places = positions or [None] * len(counts)
        pairs = zip(counts, places, strict=True)
        codes = [Code(f"C{at}", frequency=c, position=p) for at, (c, p) in enumerate(pairs)]
        return Rarities(Taxonomy(tuple(codes))), codes

    @pytest.mark.parametrize(
        ("counts", "scale"),
        [
            ((30_000, 10_000), 1.0),
            ((30_000, 10_001), 40_000 / 40_001),
            ((300_000, 100_000), 0.1),
            ((1.0, 2.0), 1.0),
            ((0.5, 2.0), 16_000.0),
            ((0.25, 0.75), 40_000.0),
        ],
    )
    def test_small_counts_are_a_small_sample_and_others_are_brought_to_one(self, counts, scale):
        found, codes = self.rarities(*counts)
        top = max(counts)

        for code, count in zip(codes, counts, strict=True):
            expected = math.log((top * scale + 1) / (count * scale + 1))
            assert found.few(code) == pytest.approx(expected)
        assert found.many == pytest.approx(
            math.log(sum(count * scale + 1 for count in counts) / (top * scale + 1))
        )

    def test_a_code_without_a_frequency_counts_once(self):
        found, (known, unknown) = self.rarities(99.0, None)

        assert (found.few(known), found.few(unknown)) == (0.0, pytest.approx(math.log(100)))

    @pytest.mark.parametrize(("known", "follows"), [(9, False), (10, True)])
    def test_a_place_follows_from_the_frequency_of_ten_others(self, known, follows):
        # In the list the place is the number beyond which a code is rarer: one straight line.
        counts = [1000 / place - 1 for place in range(1, known + 1)]
        found, codes = self.rarities(*counts, 99.0, positions=[*range(1, known + 1), None])

        assert found.late(codes[0]) == 0.0
        assert found.late(codes[4]) == math.log(5)
        expected = math.log(1000 / 100) if follows else 0.0
        assert found.late(codes[-1]) == pytest.approx(expected)

    def test_all_codes_as_frequent_as_one_another_have_their_common_place(self):
        found, codes = self.rarities(*[9.0] * 11, positions=[*range(1, 11), None])
        mean = math.fsum(map(math.log, range(1, 11))) / 10

        assert found.late(codes[-1]) == pytest.approx(mean)


class TestUnknownWords:
    @staticmethod
    def cost(word, prices):
        general = {"other": 90_000, "other_letter": 9_000, "word": 900, "unlisted": 80_000}
        general |= {"unresolved": 10, "acronym": 70_000}
        tenths = {"^^": [9] * 27, "^A": [8] * 27, "AB": [7] * 26 + [20], "BC": [30] * 27}
        tenths = {pair: bytes(costs) for pair, costs in tenths.items()}
        words = frozenset(["KNOWN"])
        return UnknownWords(
            general | prices, tenths, 600.0, 6_000, lambda: words, 4, frozenset("PK")
        ).cost(word)

    @pytest.mark.parametrize(
        ("word", "prices", "expected"),
        [
            ("", {}, 10 + 540),
            ("A", {}, 10 + 540 + 480),
            ("AB", {}, 10 + 540 + 480 + 1_200),
            ("ABC", {}, 10 + 540 + 480 + 420 + 1_800),
            ("ABCD", {}, 10 + 540 + 480 + 420 + 1_800 + 6_000),
            ("B", {}, 10 + 540 + 6_000),
            ("A1", {}, 10 + 540 + 6_000 + 6_000),
            ("AÉ", {}, 10 + 540 + 6_000 + 6_000),
            ("XYZ", {"other": 100, "other_letter": 10}, 10 + 100 + 30),
            ("PXYZ", {"unlisted": 500}, 510),
            ("PXY", {"unlisted": 500}, 10 + 540 + 18_000),
            ("AXYZ", {"unlisted": 500}, 10 + 540 + 480 + 18_000),
            ("VWXYZ", {"acronym": 400}, 410),
            ("UVWXYZ", {"acronym": 400}, 10 + 540 + 36_000),
            ("KNOWN", {}, 910),
            ("KNOWN", {"word": 50_000}, 10 + 540 + 30_000),
            ("A", {"word": 0, "acronym": 5_000}, 10 + 540 + 480),
        ],
    )
    def test_a_word_costs_what_the_cheapest_explanation_costs(self, word, prices, expected):
        assert self.cost(word, prices) == expected


class TestMemory:
    def test_it_starts_afresh_when_it_is_full(self):
        memory = Memory(2)
        for word in "AB":
            assert memory.add(word, word.lower()) == word.lower()
        assert [memory.get(word) for word in "ABC"] == ["a", "b", None]
        memory.add("C", "c")
        assert [memory.get(word) for word in "ABC"] == [None, None, "c"]
        memory.clear()
        assert memory.get("C") is None


def test_a_vocabulary_without_codes_that_carry_others_has_no_length_of_them():
    assert Model(Taxonomy((Code("AB", anchor=False),))).anchor_length == 0
    assert Model(Taxonomy(tuple(map(Code, ("ABCD", "EFG", "HIJ", "KLMN"))))).anchor_length == 3


def test_the_costs_of_beginnings_are_those_of_all_ways_to_begin():
    # What one costs after the other: a number of its own for each pair of stretches.
    steps = [1_000 * 2**pair for pair in range(16)]
    start, anchor, companion, left = START, ANCHOR, COMPANION, LEFT

    def edge(length, last, cost):
        return Edge("x" * length, length, last, ANCHORED if last == anchor else 0, cost, None, "")

    known = [
        [edge(1, companion, 1), edge(1, anchor, 2), edge(2, left, 4)],
        [edge(1, anchor, 8), edge(1, companion, 16)],
        [edge(1, left, 32)],
    ]

    def ways(at, goal, last, anchored):
        """What all ways from a place to another cost, with the anchors on the way."""
        if at == goal:
            yield steps[last * 4 + anchor], anchored
            return
        for one in known[at] if at < len(known) else ():
            step = steps[last * 4 + one.last] + one.cost
            for cost, is_anchored in ways(
                at + one.length, goal, one.last, anchored or one.last == anchor
            ):
                yield step + cost, is_anchored

    found = costs_of_beginnings(known, steps)
    for goal in range(len(known)):
        for anchored in (False, True):
            costs = [cost for cost, has in ways(0, goal, start, False) if has is anchored]
            assert found[2 * goal + anchored] == min(costs, default=NEVER)


class TestForms:
    @pytest.mark.parametrize("most", [20_000, 0])
    @pytest.mark.parametrize(
        ("head", "tail"), [("A", "BCD"), ("ABC", "D"), ("A", "BC"), ("AB", "CD"), ("ABCD", "EFGH")]
    )
    def test_one_stands_across_its_gap_or_a_letter_beside_it(self, monkeypatch, head, tail, most):
        monkeypatch.setattr("tagnorm.engine.text.seams.MANY", most)
        forms = Forms([f"{head} {tail}"])
        text, gap = f"VWXY{head}{tail}PQRS", 4 + len(head)

        assert all(forms.seams.cross(text, gap + by) for by in (-1, 0, 1))
        # Of many forms it may be said of other gaps too.
        assert not most or not any(forms.seams.cross(text, gap + by) for by in (-2, 2))

    def test_one_of_two_letters_stands_across_none(self):
        assert not any(Forms(["A B"]).seams.cross("VWXYABPQRS", gap) for gap in range(1, 10))

    @pytest.mark.parametrize(
        ("most", "edited", "text", "expected"),
        [
            # Of few forms those that may have an edit are looked for on both sides of the gap.
            (20_000, True, "PRELHUMXNRIGHTS", True),
            (20_000, True, "PRELHUMANRXGHTS", True),
            (20_000, True, "PRELHUMXNRXGHTS", False),
            (20_000, False, "PRELHUMXNRIGHTS", False),
            # Of many only the letters beside the gap are.
            (0, False, "PRELHUMXNRIGHTS", True),
            (0, False, "PRELHUMANRXGHTS", True),
            (0, False, "PRELHUMXNRXGHTS", False),
            (0, False, "PRELHXMANRIGXTS", True),
        ],
    )
    def test_one_with_an_edit_stands_across_its_gap(
        self, monkeypatch, most, edited, text, expected
    ):
        monkeypatch.setattr("tagnorm.engine.text.seams.MANY", most)
        forms = Forms(["HUMAN RIGHTS"], edited={"HUMANRIGHTS"} if edited else ())

        assert forms.seams.cross(text, 9) is expected

    def test_of_many_forms_the_letters_on_either_side_of_a_gap_beside_it_will_do(self, monkeypatch):
        monkeypatch.setattr("tagnorm.engine.text.seams.MANY", 0)
        forms = Forms(["HUMAN RIGHTS"])

        assert [forms.seams.cross("PRELHUMXNRIGHTS", gap) for gap in (7, 8, 9, 10)] == [
            *(False, True, True, True)
        ]
        assert [forms.seams.cross("PRELHUMANRXGHTS", gap) for gap in (8, 9, 10, 11)] == [
            *(True, True, True, False)
        ]
