"""The Reconciliation Service API, against what its specification demands, over HTTP."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

pytest.importorskip("starlette")
pytest.importorskip("uvicorn")
pytest.importorskip("httpx")
jsonschema = pytest.importorskip("jsonschema")

from reconciliation_schemas import DRAFT, V02  # noqa: E402
from served import served  # noqa: E402

from tagnorm import Taxonomy, resolve  # noqa: E402
from tagnorm.serve import create_app  # noqa: E402

Client = Any
TAXONOMY = Taxonomy.load()
CELLS = (
    "PREL", "PGVO", "PRELPGOV", "KWHG", "PELOSI", "Human Rights", "External Political Relations",
    "", "   ", "ECON, PREL; SP", "<b>", "PRELQQ", "UNGA/C-6", "KIPR KIPR",
)  # fmt: skip


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    with served(create_app()) as made:
        yield made


def reconcile(client: Client, *cells: str, **options: Any) -> list[list[dict[str, Any]]]:
    """The candidates of each cell, by version 0.2."""
    queries = {f"q{n}": {"query": cell, **options} for n, cell in enumerate(cells)}
    answer = client.post("/reconcile", data={"queries": json.dumps(queries)})
    found = answer.json()
    jsonschema.validate(found, V02["results"])
    assert list(found) == list(queries)
    return [one["result"] for one in found.values()]


class TestCandidates:
    def test_scores_are_the_probabilities(self, client: Client) -> None:
        (found,) = reconcile(client, "KWHG")
        answer = resolve("KWHG")

        assert found[0]["score"] == pytest.approx(answer.confidence, abs=1e-6)
        shares = {alternative.tags: alternative.confidence for alternative in answer.alternatives}
        for candidate in found[1:]:
            assert candidate["score"] == pytest.approx(shares[candidate["id"],], abs=1e-6)

    def test_only_what_is_one_code_and_sure_is_a_match(self, client: Client) -> None:
        exact, edited, doubtful, joined, name, left = reconcile(
            client, "PREL", "PGVO", "KWHG", "PRELPGOV", "PELOSI", "PRELQQ"
        )

        assert [(c["id"], c["match"]) for c in exact] == [("PREL", True)]
        assert (edited[0]["id"], edited[0]["match"]) == ("PGOV", True)
        assert not any(c["match"] for c in (*doubtful, *joined, *name, *left))
        assert [c["id"] for c in joined[:2]] == ["PREL", "PGOV"]

    def test_a_code_s_own_name_and_tag_find_it(self, client: Client) -> None:
        codes = [code for code in TAXONOMY if code.name][::40]
        for code in codes:
            by_tag, by_name = reconcile(client, code.tag, code.name)
            assert by_tag[0]["id"] == code.tag
            assert code.tag in {c["id"] for c in by_name} or TAXONOMY.lookup(code.name) is not code

    def test_several_codes_of_a_cell_are_one_entity_if_that_is_asked_for(
        self, client: Client
    ) -> None:
        joined, one, none = reconcile(
            client, "PRELPGOV, SP", "PGVO", "PELOSI", type="several", limit=3
        )

        assert (joined[0]["id"], joined[0]["match"]) == ("PREL PGOV SP", True)
        assert joined[0]["type"] == [{"id": "several", "name": "All the codes of a cell"}]
        assert one[0]["id"] == "PGOV"
        assert not any(c["match"] for c in none)

    @pytest.mark.parametrize("asked", ["geographic", ["geographic"], ["geographic", "program"]])
    def test_a_type_keeps_to_its_kind(self, client: Client, asked: object) -> None:
        (found,) = reconcile(client, "PRELKIPRSP", type=asked)

        assert found
        assert {c["type"][0]["id"] for c in found} <= {"geographic", "program"}

    def test_all_kinds_of_code_have_a_type_too(self, client: Client) -> None:
        plain, asked = (reconcile(client, "PRELKIPRSP", **more) for more in ({}, {"type": "any"}))

        assert plain == asked

    def test_limit_is_kept(self, client: Client) -> None:
        assert len(reconcile(client, "PRELPGOVMARRMOPS", limit=2)[0]) == 2

    def test_words_that_are_no_tag_find_codes_of_that_name_unsurely(self, client: Client) -> None:
        (found,) = reconcile(client, "proliferation")

        assert "KNNP" in {c["id"] for c in found}
        assert all(c["score"] < 0.5 and not c["match"] for c in found)

    def test_every_cell_has_an_answer_as_the_specification_has_it(self, client: Client) -> None:
        for kind in ([], ["subject"], ["several"]):
            found = reconcile(client, *CELLS, type=kind)
            for candidates in found:
                scores = [c["score"] for c in candidates]
                assert scores == sorted(scores, reverse=True)
                assert sum(c["match"] for c in candidates) <= 1

    def test_a_query_by_address_is_answered_too(self, client: Client) -> None:
        queries = json.dumps({"a": {"query": "PREL"}})

        assert client.get("/reconcile", params={"queries": queries}).json()["a"]["result"]


class TestServices:
    def test_the_manifest_is_as_specified(self, client: Client) -> None:
        found = client.get("/reconcile").json()

        jsonschema.validate(found, V02["manifest"])
        assert [one["id"] for one in found["defaultTypes"]] == [
            *("geographic", "organization", "program", "subject", "any", "several")
        ]

    def test_what_the_manifest_names_is_there(self, client: Client) -> None:
        found = client.get("/reconcile").json()
        view = found["view"]["url"].replace("{{id}}", "PREL")
        preview = found["preview"]["url"].replace("{{id}}", "PREL")
        assert client.get(view).status_code == client.get(preview).status_code == 200
        for kind, place in found["suggest"].items():
            answer = client.get(
                place["service_url"] + place["service_path"], params={"prefix": "co"}
            )
            jsonschema.validate(answer.json(), V02["suggest"])
            assert answer.json()["result"], kind
        entity = found["suggest"]["entity"]
        flyout = entity["flyout_service_url"] + entity["flyout_service_path"]
        jsonschema.validate(client.get(flyout.replace("${id}", "PREL")).json(), V02["flyout"])
        place = found["extend"]["propose_properties"]
        address = place["service_url"] + place["service_path"]
        answer = client.get(address, params={"type": "subject", "limit": 3}).json()
        jsonschema.validate(answer, V02["properties"])
        assert len(answer["properties"]) == 3

    def test_entities_are_suggested_by_tag_name_and_beginning(self, client: Client) -> None:
        for prefix in (
            "PREL",
            "External Political Relations",
            "extern polit",
            "external pol",
        ):
            found = client.get("/reconcile/suggest/entity", params={"prefix": prefix}).json()
            assert found["result"][0]["id"] == "PREL", prefix

    def test_a_cursor_skips(self, client: Client) -> None:
        address = "/reconcile/suggest/entity"
        first = client.get(address, params={"prefix": "nuclear"}).json()["result"]
        later = client.get(address, params={"prefix": "nuclear", "cursor": 2}).json()["result"]

        assert later[:3] == first[2:5]

    def test_values_are_fetched_for_codes_and_for_several(self, client: Client) -> None:
        properties = [{"id": name} for name in ("name", "codes", "replaced_by", "from", "aliases")]
        asked = {"ids": ["PREL SP", "SREF", "NOSUCH"], "properties": properties}
        found = client.post("/reconcile", data={"extend": json.dumps(asked)}).json()

        jsonschema.validate(found, V02["extend"])
        assert [one["id"] for one in found["meta"]] == [one["id"] for one in properties]
        rows = found["rows"]
        assert rows["PREL SP"]["name"] == [{"str": TAXONOMY[t].name} for t in ("PREL", "SP")]
        assert [one["id"] for one in rows["PREL SP"]["codes"]] == ["PREL", "SP"]
        assert rows["SREF"]["replaced_by"] == [{"id": "PREF", "name": "Refugees"}]
        assert rows["SREF"]["from"] == [{"int": 1973}]
        # A client asks for the cells of a new column by the type that it came with.
        brought = {one["type"]["id"] for one in found["meta"] if "type" in one}
        assert brought == {"any"}
        assert reconcile(client, "PGVO", type="any")[0][0]["id"] == "PGOV"
        assert rows["NOSUCH"] == {one["id"]: [] for one in properties}

    @pytest.mark.parametrize(
        ("data", "status", "message"),
        [
            ({}, 415, "application/x-www-form-urlencoded"),
            ({"x": "1"}, 400, "`queries` or `extend`"),
            ({"querys": "{}"}, 400, "did you mean 'queries'?"),
            ({"queries": "["}, 400, "queries is no JSON"),
            ({"queries": "PREL"}, 400, 'send such as {"q0": {"query": "PREL"}}'),
            ({"queries": '{"q": {"quer": "PREL"}}'}, 400, "did you mean 'query'?"),
            ({"queries": '{"q": {"x": "PREL"}}'}, 400, "query 'q' has no `query`; send such as"),
            ({"queries": '{"q": {"query": "a", "limt": 1}}'}, 400, "did you mean 'limit'?"),
            ({"queries": '{"q": {"query": "a", "type": "x"}}'}, 400, "no type 'x'; there are geo"),
            ({"queries": '{"q": {"query": "a", "user_language": "en"}}'}, 200, ""),
            ({"queries": '{"q": {"properties": []}}'}, 200, ""),
            ({"extend": "PREL"}, 400, 'send such as {"ids": ["PREL"], "properties": [{"id": "na'),
            ({"extend": '{"id": ["SP"], "properties": []}'}, 400, "did you mean 'ids'?"),
            ({"queries": "[]"}, 400, "an object"),
            ({"queries": '{"q": 1}'}, 400, "to be an object"),
            ({"queries": '{"q": {"query": 1}}'}, 400, "a string"),
            ({"queries": '{"q": {"query": "a", "limit": "x"}}'}, 400, "limit"),
            ({"queries": '{"q": {"query": "a", "type": 7}}'}, 400, "type"),
            (
                {"queries": json.dumps({str(n): {"query": "a"} for n in range(101)})},
                413,
                "at most 100",
            ),
            ({"queries": json.dumps({"q": {"query": "a" * 10_001}})}, 413, "10,000 letters"),
            ({"queries": " " * 100_001}, 413, "100,000 at once"),
            (
                {"extend": '{"ids": ["SP"], "properties": [{"id": "no"}]}'},
                400,
                "no property 'no'",
            ),
            ({"extend": '{"ids": 7}'}, 400, "lists"),
        ],
    )
    def test_what_is_wrong_is_said(
        self, client: Client, data: dict[str, str], status: int, message: str
    ) -> None:
        answer = client.post("/reconcile", data=data)

        assert answer.status_code == status
        if message:
            assert message in answer.json()["error"]["message"]

    @pytest.mark.parametrize(
        ("address", "near"),
        [("/reconcile?querie={}", "queries"), ("/reconcile/suggest/entity?prefx=oil", "prefix")],
    )
    def test_what_is_misspelt_in_an_address_is_told(
        self, client: Client, address: str, near: str
    ) -> None:
        answer = client.get(address)

        assert answer.status_code == 400
        assert f"did you mean '{near}'?" in answer.json()["error"]["message"]

    @pytest.mark.parametrize("path", ["preview", "flyout/entity"])
    def test_what_is_no_entity_has_no_preview(self, client: Client, path: str) -> None:
        for identifier in ("", "NOSUCH", "PREL NOSUCH", "<script>", "\\x"):
            answer = client.get(f"/reconcile/{path}", params={"id": identifier})
            assert answer.status_code == 404


class TestDraft:
    def ask(self, client: Client, *queries: dict[str, Any]) -> list[list[dict[str, Any]]]:
        answer = client.post("/reconcile/draft/reconcile", json={"queries": list(queries)})
        jsonschema.validate(answer.json(), DRAFT["results"])
        return [one["candidates"] for one in answer.json()["results"]]

    def test_the_manifest_is_as_the_draft_has_it(self, client: Client) -> None:
        jsonschema.validate(client.get("/reconcile/draft").json(), DRAFT["manifest"])

    def test_a_batch_is_a_list_and_its_answers_are_those_of_0_2(self, client: Client) -> None:
        queries = [{"conditions": [{"matchType": "name", "v": cell}], "limit": 5} for cell in CELLS]

        assert self.ask(client, *queries) == reconcile(client, *CELLS, limit=5)

    def test_conditions_on_properties_choose_among_the_candidates(self, client: Client) -> None:
        name = {"matchType": "name", "v": "PRELKIPRSP"}

        def of(pid: str, v: object, **more: object) -> list[str]:
            condition = {"matchType": "property", "pid": pid, "v": v, "required": True, **more}
            (found,) = self.ask(client, {"conditions": [name, condition]})
            return [one["id"] for one in found]

        assert of("family", "K") == ["KIPR"]
        assert set(of("kind", ["subject", "geographic"])) == {"PREL", "SP"}
        assert set(of("kind", ["program"], matchQuantifier="none")) == {"PREL", "SP"}
        assert of("kind", ["program", "subject"], matchQuantifier="all") == []
        assert of("codes", {"id": "SP"}) == ["SP"]

    def test_types_and_several_are_as_in_0_2(self, client: Client) -> None:
        name = [{"matchType": "name", "v": "PRELPGOV"}]
        (several,) = self.ask(client, {"type": "several", "conditions": name})

        assert several[0]["id"] == "PREL PGOV"

    def test_values_come_as_lists(self, client: Client) -> None:
        asked = {"ids": ["SP", "PREL SP"], "properties": [{"id": "name"}, {"id": "codes"}]}
        found = client.post("/reconcile/draft/extend", json=asked).json()

        jsonschema.validate(found, DRAFT["extend"])
        assert [row["id"] for row in found["rows"]] == ["SP", "PREL SP"]
        assert found["rows"][0]["properties"][0] == {"id": "name", "values": [{"str": "Spain"}]}

    def test_suggestions_previews_and_proposals_are_where_the_draft_has_them(
        self, client: Client
    ) -> None:
        for kind in ("entity", "type", "property"):
            answer = client.get(f"/reconcile/draft/suggest/{kind}", params={"prefix": ""})
            jsonschema.validate(answer.json(), DRAFT["suggest"])
        assert client.get("/reconcile/draft/preview", params={"id": "PREL"}).status_code == 200
        proposed = client.get("/reconcile/draft/extend/propose", params={"type": "subject"}).json()
        assert {"id": "name", "name": "Name"} in proposed["properties"]

    @pytest.mark.parametrize(
        ("body", "message"),
        [
            ({}, "`queries` is to be a list"),
            ({"queries": [7]}, "`conditions`"),
            ({"queries": [{"conditions": []}]}, "`conditions`"),
            (
                {"queries": [{"conditions": [{"matchType": "name", "v": "a"}], "limt": 1}]},
                "did you mean 'limit'?",
            ),
            ({"queries": [{"conditions": [{"matchType": "x", "v": 1}]}]}, "matchType"),
            ({"queries": [{"conditions": [{"matchType": "name"}]}]}, "`v`"),
        ],
    )
    def test_what_is_wrong_is_said(
        self, client: Client, body: dict[str, Any], message: str
    ) -> None:
        answer = client.post("/reconcile/draft/reconcile", json=body)

        assert answer.status_code == 400
        assert message in answer.json()["error"]["message"]
