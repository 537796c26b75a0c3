"""Laws of the damaged strings that the benchmarks make, and of what the splitter reads in them."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from benchmarks.training.damage import Damage, Damaged
from benchmarks.training.gold import labelled
from benchmarks.training.rates import Rates
from benchmarks.training.ties import Ties
from tagnorm import Code, Normalizer, Taxonomy
from tagnorm.engine.edits.grammar import EDITS, edit_between
from tagnorm.folding import squash

# What is demanded of the splitter on a seeded sample without ties: the share of exact answers, and
# of truths that are the answer or one of the alternatives.
EXACT_UNDAMAGED_JOINS = 0.97
EXACT_ONE_EDIT_IN_A_JOIN = 0.97
KNOWN_ONE_EDIT_IN_A_JOIN = 0.99
EXACT_ONE_EDIT_ALONE = 0.90
KNOWN_ONE_EDIT_ALONE = 0.99
SAMPLE = 400

METHODS = ("canonical", "misspelled", "joined", "joined_edited", "leftover", "strings", "fields")


@pytest.fixture(scope="module")
def taxonomy() -> Taxonomy:
    return Taxonomy.load()


@pytest.fixture(scope="module")
def damage(taxonomy: Taxonomy) -> Damage:
    return Damage(taxonomy, seed=1)


@pytest.fixture(scope="module")
def normalizer(taxonomy: Taxonomy) -> Normalizer:
    return Normalizer(taxonomy)


@pytest.fixture(scope="module")
def botany() -> Taxonomy:
    """A vocabulary that has nothing to do with cables."""
    plants = ("ROSA", "ACER", "QUERCUS", "FAGUS", "TILIA", "PINUS", "ULMUS", "SALIX", "BETULA")
    return Taxonomy(tuple(Code(tag) for tag in plants))


def shares(normalizer: Normalizer, strings: Iterable[Damaged]) -> tuple[float, float]:
    """How often the truth is the answer, and how often the answer or an alternative."""
    total = exact = known = 0
    for one in strings:
        answer = normalizer.resolve(one.raw)
        total += 1
        exact += answer.tags == one.truth
        known += one.truth in (answer.tags, *(other.tags for other in answer.alternatives))
    return exact / total, known / total


@pytest.mark.parametrize("method", METHODS)
def test_the_same_seed_gives_the_same_strings(taxonomy, damage, method):
    again = Damage(taxonomy, seed=1)

    assert list(getattr(damage, method)(50)) == list(getattr(again, method)(50))


@pytest.mark.parametrize("method", METHODS)
def test_another_seed_gives_other_strings(taxonomy, damage, method):
    other = Damage(taxonomy, seed=2)

    assert list(getattr(damage, method)(50)) != list(getattr(other, method)(50))


@pytest.mark.parametrize("method", METHODS)
def test_the_first_strings_do_not_depend_on_how_many_are_asked_for(damage, method):
    assert list(getattr(damage, method)(10)) == list(getattr(damage, method)(30))[:10]


@pytest.mark.parametrize("method", METHODS)
def test_the_truth_consists_of_codes_of_the_vocabulary(taxonomy, damage, method):
    assert all(tag in taxonomy for one in getattr(damage, method)(200) for tag in one.truth)


def test_an_edit_is_the_one_that_it_says_it_is(taxonomy, damage):
    families = frozenset(code.family for code in taxonomy if len(code.family) == 1)

    for one in damage.misspelled(SAMPLE):
        assert one.kind == edit_between(one.raw, squash(one.truth[0]), families)


def test_all_edits_of_the_list_occur(damage):
    assert {one.kind for one in damage.misspelled(3000)} == set(damage.rates.edits)
    assert set(damage.rates.edits) <= set(EDITS)


def test_a_joined_string_is_its_codes_without_separators(damage):
    for one in damage.joined(SAMPLE):
        assert one.raw == "".join(map(squash, one.truth))


@pytest.mark.parametrize("size", [2, 3, 4, 5, 6])
def test_a_join_has_as_many_codes_as_asked_for_and_none_twice(damage, size):
    for one in damage.joined(100, size):
        assert len(set(one.truth)) == len(one.truth) == size


def test_an_edit_in_a_join_leaves_all_codes_but_one(damage):
    for one in damage.joined_edited(SAMPLE):
        assert one.raw != "".join(map(squash, one.truth))
        assert sum(squash(tag) not in one.raw for tag in one.truth) <= 1


def test_any_vocabulary_can_be_damaged(botany):
    damage = Damage(botany, seed=3)

    for method in METHODS:
        for one in getattr(damage, method)(50):
            assert set(one.truth) <= {code.tag for code in botany}


def test_edits_of_family_letters_need_families(botany):
    assert not any("family" in one.kind for one in Damage(botany, seed=3).misspelled(SAMPLE))


def test_rare_codes_occur_too(taxonomy, damage):
    drawn = {one.truth[0] for one in damage.canonical(40_000)}

    assert len(drawn) > 0.9 * sum(code.status != "retired" for code in taxonomy)


def test_joins_end_with_a_code_that_needs_company_as_often_as_in_the_list(taxonomy, damage):
    last = [taxonomy[one.truth[-1]].anchor for one in damage.joined(3000)]

    assert last.count(False) / len(last) == pytest.approx(damage.rates.companion_last, abs=0.03)


def test_the_rates_are_counted_in_the_labelled_list(taxonomy):
    rates = Rates.count(labelled(), taxonomy)

    assert rates.classes["canonical"] == sum(one.kind == "canonical" for one in labelled())
    assert rates.edits["swap"] > rates.edits["replace_first"]
    assert rates.sizes[2] > rates.sizes[3]


@pytest.mark.parametrize(
    ("raw", "truth", "edits", "tie"),
    [
        ("PRE", ("PREL",), 1, True),  # PREF is as near
        ("PGVO", ("PGOV",), 1, False),
        ("PREF", ("PREL",), 1, True),  # a code itself
        ("PRELPGOV", ("PREL", "PGOV"), 0, False),
        ("PGVOPREL", ("PGOV", "PREL"), 1, False),
        ("PREPGOV", ("PREL", "PGOV"), 1, True),
        ("PRLEPGOV", ("PREL", "PGOV"), 1, True),  # PR LE PGOV reads it without an edit
    ],
)
def test_a_tie_is_what_the_vocabulary_leaves_open(raw, truth, edits, tie):
    vocabulary = Taxonomy(
        (
            Code("PREL"),
            Code("PREF"),
            Code("PGOV"),
            Code("PR", anchor=False),
            Code("LE", anchor=False),
        )
    )

    assert Ties(vocabulary).is_tie(raw, truth, edits) is tie


def test_undamaged_codes_come_back(normalizer, damage):
    for one in damage.canonical(SAMPLE):
        assert tuple(normalizer.split(one.raw)) == one.truth


def test_undamaged_joins_come_back_unless_the_vocabulary_leaves_them_open(normalizer, damage):
    exact, _ = shares(normalizer, (one for one in damage.joined(SAMPLE) if not one.tie))

    assert exact >= EXACT_UNDAMAGED_JOINS


def test_one_edit_in_a_join_comes_back_unless_the_vocabulary_leaves_it_open(
    normalizer, taxonomy, damage
):
    """Of three codes or more, the damaged one of four letters, another able to carry them."""

    def demanded(one: Damaged) -> bool:
        intact = [tag for tag in one.truth if squash(tag) in one.raw]
        lost = [tag for tag in one.truth if tag not in intact]
        return (
            not one.tie
            and all(len(squash(tag)) == 4 for tag in lost)
            and any(taxonomy[tag].anchor for tag in intact)
        )

    strings = [one for size in (3, 4, 5, 6) for one in damage.joined_edited(SAMPLE, size)]
    exact, known = shares(normalizer, filter(demanded, strings))

    assert exact >= EXACT_ONE_EDIT_IN_A_JOIN
    assert known >= KNOWN_ONE_EDIT_IN_A_JOIN


def test_one_edit_in_a_code_alone_comes_back_unless_the_vocabulary_leaves_it_open(
    normalizer, damage
):
    exact, known = shares(normalizer, (one for one in damage.misspelled(SAMPLE) if not one.tie))

    assert exact >= EXACT_ONE_EDIT_ALONE
    assert known >= KNOWN_ONE_EDIT_ALONE
