"""`lookup` and `codes`: what the vocabulary says, as they print it; and completion."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from unittest import mock

import pytest
from command_line import called_for_text

from tagnorm import Normalizer
from tagnorm.confusions import confused_with
from tagnorm.vocabulary.codes import Taxonomy

BUILTIN = Taxonomy.load()


def run(*arguments: str, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    with mock.patch.dict(os.environ, environment):
        return called_for_text(*arguments, given=stdin)


def card(text: str) -> dict[str, str]:
    """The lines of one card; of the lines that repeat, the last."""
    return dict(line.split("\t") for line in text.splitlines())


class TestLookup:
    @pytest.mark.parametrize("what", [["KIPR"], ["kipr"], ["Intellectual", "Property", "Rights"]])
    def test_a_code_is_found_by_tag_or_name(self, what: list[str]) -> None:
        facts = card(run("lookup", *what).stdout)

        assert facts["code"] == "KIPR"
        assert facts["name"] == "Intellectual Property Rights"
        assert (facts["kind"], facts["family"], facts["status"]) == ("program", "K", "current")
        assert facts["family_name"] == "Programs"

    def test_aliases_are_listed(self) -> None:
        alias = BUILTIN.aliases[0]
        facts = card(run("lookup", alias.alias).stdout)

        assert facts["code"] == alias.tag
        assert alias.alias in facts["aliases"].split("; ")
        assert facts["found_by"] == f"alias: {alias.alias}"

    def test_words_find_the_best_code_and_name_the_others(self) -> None:
        lines = run("lookup", "nuclear", "--limit", "4").stdout.splitlines()

        assert lines[0] == "code\tKNNP"
        assert [line for line in lines if line.startswith("also\t")] == [
            f"also\t{match.code.tag}  {match.code.name}"
            for match in BUILTIN.search("nuclear", limit=4)[1:]
        ]

    def test_years_and_the_successor_are_told(self) -> None:
        facts = card(run("lookup", "SREF").stdout)

        assert (facts["status"], facts["replaced_by"]) == ("retired", "PREF")
        assert facts["years"] == "1973-1979"

    @pytest.mark.parametrize(
        "asked", [["oil,", "visas"], ["oil; visas"], ["EPET", "CVIS"], ["epet,", "cvis"], []]
    )
    def test_several_are_asked_at_once(self, asked: list[str]) -> None:
        done = run("lookup", *asked, stdin="" if asked else "oil\n\nvisas\n")
        cards = [card(text) for text in done.stdout.split("\n\n")]

        assert [facts["code"] for facts in cards] == ["EPET", "CVIS"]
        assert all(facts["query"] for facts in cards)
        assert done.returncode == 0

    def test_json_is_an_object_a_query_with_all_that_is_known(self) -> None:
        done = run("lookup", "human rights, kuwait", "--json")
        first, second = map(json.loads, done.stdout.splitlines())

        assert first["query"] == "human rights"
        best = first["matches"][0]
        assert (best["code"], best["score"]) == ("PHUM", 1.0)
        assert best["found_by"]["field"] in ("name", "alias")
        assert best["family_name"] == "Political Affairs"
        assert best["frequency"] == BUILTIN["PHUM"].frequency
        assert [one["code"] for one in best["confused_with"]] == [
            one.tag for one in confused_with(Normalizer(), "PHUM")
        ]
        assert second["matches"][0]["code"] == "KU"

    def test_only_what_is_meant_exactly_is_found_if_asked_so(self) -> None:
        assert run("lookup", "--exact", "human").returncode == 1
        assert card(run("lookup", "--exact", "Human Rights").stdout)["code"] == "PHUM"

    def test_what_finds_nothing_fails_and_the_rest_is_answered(self) -> None:
        done = run("lookup", "qqqzzz, oil")

        assert done.returncode == 1
        assert card(done.stdout)["code"] == "EPET"
        assert done.stderr.startswith("tagnorm: no code is called 'qqqzzz'; ")

    @pytest.mark.parametrize("words", [("",), (" ", ""), (",",)])
    def test_to_ask_for_nothing_is_a_wrong_call(self, words: tuple[str, ...]) -> None:
        done = run("lookup", *words)

        assert (done.returncode, done.stdout) == (2, "")
        assert "nothing is asked: name a code, or words of its name" in done.stderr

    def test_a_tag_with_a_letter_wrong_is_found(self) -> None:
        assert card(run("lookup", "KIPRR").stdout)["code"] == "KIPR"

    def test_an_acronym_known_to_be_no_code_says_what_it_is(self) -> None:
        acronym, name = next((a, n) for a, n in BUILTIN.outside.items() if n)
        done = run("lookup", acronym)

        assert done.returncode == 1
        assert name in done.stderr


class TestCodes:
    def test_the_whole_vocabulary_is_listed_under_a_header(self) -> None:
        header, *rows = run("codes").stdout.splitlines()

        assert header.split("\t")[:7] == [
            *("code", "name", "kind", "family", "status", "replaced_by", "source")
        ]
        assert [row.split("\t")[0] for row in rows] == [code.tag for code in BUILTIN]
        assert {len(row.split("\t")) for row in rows} == {len(header.split("\t"))}

    @pytest.mark.parametrize(
        ("options", "chosen"),
        [
            (["--family", "b"], {code.tag for code in BUILTIN.by_family("B")}),
            (["--kind", "Geographic"], {code.tag for code in BUILTIN.by_kind("geographic")}),
            (["--family", "K", "--kind", "geographic"], set()),
            (["--status", "RETIRED"], {code.tag for code in BUILTIN if code.status == "retired"}),
            (
                ["--years", "1973-1979", "--family", "P"],
                {
                    code.tag
                    for code in BUILTIN.by_family("P")
                    if (code.start or code.end) and (code.start or 0) <= 1979
                    and (code.end or 9999) >= 1973
                },
            ),
            (
                ["--text", "refugees", "--family", "S"],
                {m.code.tag for m in BUILTIN.search("refugees", among=BUILTIN.by_family("S"))},
            ),
        ],
    )  # fmt: skip
    def test_a_part_is_chosen_whatever_the_case(self, options: list[str], chosen: set[str]) -> None:
        rows = run("codes", "--json", *options).stdout.splitlines()

        assert {json.loads(row)["code"] for row in rows} == chosen

    def test_an_unknown_family_is_called_wrongly_and_lists_the_families(self) -> None:
        done = run("codes", "--family", "Q")

        assert done.returncode == 2
        assert "'Q' is not in this vocabulary; it has A, B, C" in done.stderr

    @pytest.mark.parametrize("years", ["then", "1979-1973", "-", "19733"])
    def test_what_is_no_year_is_called_wrongly(self, years: str) -> None:
        done = run("codes", "--years", years)

        assert done.returncode == 2
        assert f"'--years': {years!r}; it takes a year" in done.stderr


class TestConfusions:
    def test_the_codes_one_edit_away_are_confused_most(self) -> None:
        found = confused_with(Normalizer(), "KIPR")

        assert found[0].tag == "KVPR"
        assert [one.share for one in found] == sorted((one.share for one in found), reverse=True)
        assert "KIPR" not in {one.tag for one in found}

    def test_an_unknown_code_is_a_key_error(self) -> None:
        with pytest.raises(KeyError, match="NONE"):
            confused_with(Normalizer(), "NONE")


class TestCompletion:
    def complete(self, *words: str) -> str:
        """What bash would be offered for the last of the words."""
        return run(
            _TAGNORM_COMPLETE="bash_complete",
            COMP_WORDS=" ".join(["tagnorm", *words]),
            COMP_CWORD=str(len(words)),
        ).stdout

    @pytest.mark.parametrize(
        ("words", "offered"),
        [
            (("loo",), {"lookup"}),
            (("lookup", "KIP"), {"KIPR"}),
            (("codes", "--family", ""), {*"ABCEKMOPST"}),
            (("codes", "--kind", "g"), {"geographic"}),
            (("codes", "--status", ""), {"current", "retired", "attested"}),
        ],
    )
    def test_commands_codes_and_families_are_offered(
        self, words: tuple[str, ...], offered: set[str]
    ) -> None:
        lines = self.complete(*words).splitlines()

        assert {line.partition(",")[2] for line in lines} == offered

    def test_a_vocabulary_of_ones_own_is_completed_too(self, tmp_path: Path) -> None:
        (tmp_path / "codes.tsv").write_text("code\tname\nFISH\tFisheries\n")

        assert "FISH" in self.complete("--taxonomy", str(tmp_path), "lookup", "F")

    @pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
    def test_each_shell_gets_its_script(self, shell: str) -> None:
        script = run(_TAGNORM_COMPLETE=f"{shell}_source").stdout

        assert "_TAGNORM_COMPLETE" in script
        if shell == "bash" and shutil.which("bash"):
            assert (
                subprocess.run(["bash", "-n"], input=script, text=True, check=False).returncode == 0
            )
