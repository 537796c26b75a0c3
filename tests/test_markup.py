"""Text that was taken out of a page, an address or a dump and never decoded."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tagnorm import Normalizer, Taxonomy, resolve, split, split_column
from tagnorm.cables import read_tags
from tagnorm.markup import decoded

CASES = [
    ("ECON&nbsp;ETRD", ["ECON", "ETRD"]),
    ("ECON&#160;ETRD&#xA0;TH", ["ECON", "ETRD", "TH"]),
    ("ECON&amp;nbsp;ETRD", ["ECON", "ETRD"]),
    ("ECON &amp; ETRD", ["ECON", "ETRD"]),
    ("ECON&#44;TU", ["ECON", "TU"]),
    ("ECON &gt; ETRD", ["ECON", "ETRD"]),
    ("ECON<br>ETRD<BR/>TU<br />SY", ["ECON", "ETRD", "TU", "SY"]),
    ("<table><tr><td>ECON</td><td>TU</td></tr></table>", ["ECON", "TU"]),
    ("<ul><li>ECON</li><li>ETRD</li></ul>", ["ECON", "ETRD"]),
    ('<a href="/tag/ETRD_0.html">ETRD</a>, <b>TU</b>', ["ETRD", "TU"]),
    ("ECON&lt;br&gt;TU", ["ECON", "TU"]),
    ("ECON%20ETRD%2CTU%2c%20SY", ["ECON", "ETRD", "TU", "SY"]),
    ("ECON=20ETRD=2C TU", ["ECON", "ETRD", "TU"]),
    (r"ECON\nTU\tSY", ["ECON", "TU", "SY"]),
    (r"ECON\u00a0TU\xa0SY", ["ECON", "TU", "SY"]),
    ("R&eacute;union", ["RE"]),
    ("Trinidad &amp; Tobago", ["TD"]),
    ("EOCN&nbsp;ETRDTU", ["ECON", "ETRD", "TU"]),
]


@pytest.mark.parametrize(("text", "tags"), CASES)
def test_what_stands_for_another_character_is_that_character(text, tags):
    assert split(text) == tags
    assert split_column([text]) == [tags]


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("<ECON> <BR> <TD>", ["ECON", "BR", "TD"]),  # codes in angle brackets
        ("ECON&IN;TU", ["ECON", "IN", "TU"]),
        (r"ECON\NATO", ["ECON", "NATO"]),
        (r"econ\nato", ["ECON", "NATO"]),
        ("50% ECON", ["50", "ECON"]),
        ("ECON = ETRD", ["ECON", "ETRD"]),
        ("R&D", ["R&D"]),
    ],
)
def test_what_only_looks_like_it_stands_for_itself(text, tags):
    assert split(text) == tags


def test_the_spans_are_those_of_the_text_as_it_came():
    text = "<b>ECON</b>&nbsp;C&ocirc;te d&#39;Ivoire"
    words = resolve(text).words
    assert [(word.raw, word.tags) for word in words] == [
        ("ECON", ("ECON",)),
        ("C&ocirc;te d&#39;Ivoire", ("IV",)),
    ]
    assert all(text[word.start : word.end] == word.raw for word in words)


def test_codes_that_are_written_with_such_marks_are_codes():
    assert Normalizer(["nbsp", "amp", "copy"]).split("&nbsp;&copy;") == ["nbsp", "copy"]
    assert Normalizer(["br", "span", "td"]).split("<br><td>") == ["br", "td"]
    assert Normalizer(["C%2C", "C%20", "D"]).split("C%2C, D") == ["C%2C", "D"]


@pytest.mark.parametrize(("text", "tags"), CASES)
def test_a_cable_and_a_field_agree(text, tags):
    assert list(read_tags(f"TAGS: {text}\nSUBJECT: X")) == tags


@given(st.text(alphabet="&<>/;%=\\ABRTUabrtunx#20D,ECON ", max_size=30))
def test_whatever_is_undone_the_offsets_lead_back(text):
    found = decoded(text)
    if found is not None:
        assert len(found.offsets) == len(found.text) + 1
        assert found.offsets == sorted(found.offsets)
        assert found.offsets[-1] == len(text)
        assert decoded(found.text) is None


@given(st.text(alphabet="&<>/;%=\\ABRTUabrtunx#20D,ECON ", max_size=30))
def test_nothing_but_marks_and_mark_up_is_lost(text):
    words = resolve(text).words
    assert all(text[word.start : word.end] == word.raw for word in words)
    assert [one.start for one in words] == sorted(one.start for one in words)


def test_a_vocabulary_may_have_any_of_the_marks():
    taxonomy = Taxonomy.of(["A&B", "C<D", "50%", "E=F", "G\\H"])
    for code in ("A&B", "C<D", "50%", "E=F", "G\\H"):
        assert Normalizer(taxonomy).split(code) == [code]
