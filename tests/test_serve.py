"""The service by its HTTP: answers, limits, errors, hosts, origins, hostile strings, uploads."""

from __future__ import annotations

import io
import json
import re
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("starlette")
pytest.importorskip("uvicorn")
httpx = pytest.importorskip("httpx")
jsonschema = pytest.importorskip("jsonschema")

from served import served  # noqa: E402

from tagnorm import Code, Decision, Decisions, Normalizer, Taxonomy, resolve  # noqa: E402
from tagnorm.confusions import confused_with  # noqa: E402
from tagnorm.serve import Settings, create_app  # noqa: E402
from tagnorm.serve.openapi import description  # noqa: E402

Client = Any
ROOT = "http://127.0.0.1:8765"
HOSTILE = (
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "PREL\u202egnp.exe",
    "\x00\x1b[31m",
    "javascript:alert(1)",
    "../../../etc/passwd",
    "{{ body }}",
    "\ud800",
)  # fmt: skip


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    with served(create_app()) as made:
        yield made


def schema_of(path: str, method: str = "get", kind: str = "application/json") -> dict[str, Any]:
    """The schema that the OpenAPI description gives for an answer."""
    document = description(ROOT, Settings())
    answer = document["paths"][path][method]["responses"]["200"]["content"][kind]["schema"]
    return {**answer, "components": document["components"]}


class TestReadings:
    def test_a_string_is_read_as_the_library_reads_it(self, client: Client) -> None:
        found = client.get("/api/resolve", params={"text": "PRELPGVO"}).json()["results"][0]
        answer = resolve("PRELPGVO")

        assert (found["tags"], found["status"]) == (list(answer.tags), answer.status)
        assert found["confidence"] == pytest.approx(answer.confidence, abs=1e-6)
        assert [(s["raw"], s["code"], s["how"]) for s in found["segments"]] == [
            (s.raw, s.code, s.how) for s in answer.segments
        ]
        assert found["segments"][1]["name"] == "Internal Governmental Affairs"
        assert found["segments"][1]["why"] == "two letters swapped"

    def test_several_are_read_in_order(self, client: Client) -> None:
        texts = ["PREL", "", "PELOSI", "KWHG", "ECON, PREL"]
        found = client.post("/api/resolve", json={"texts": texts}).json()["results"]

        assert [one["raw"] for one in found] == texts
        assert [one["state"] for one in found] == [
            *("resolved", "unresolved", "unresolved", "doubtful", "resolved")
        ]

    def test_doubtful_answers_can_be_refused(self, client: Client) -> None:
        body = {"texts": ["KWHG"], "min_confidence": 0.95}

        assert client.post("/api/resolve", json=body).json()["results"][0]["tags"] == []

    def test_options_mean_what_they_mean_everywhere(self, client: Client) -> None:
        text, options = "PREL PREL, PELOSI", {"unique": True, "min_confidence": 0.5}
        found = [
            client.get("/api/resolve", params={"text": text, **options}),
            client.get("/api/resolve", params={"text": text, "unique": "1", "unresolved": "drop"}),
            client.post("/api/resolve", json={"texts": [text], **options}),
        ]

        expected = list(resolve(text, **options).tags)
        assert expected == ["PREL"]
        assert [one.json()["results"][0]["tags"] for one in found] == [expected] * 3
        plain = client.get("/api/resolve", params={"text": text, "unique": "false"})
        assert plain.json()["results"][0]["tags"] == ["PREL", "PREL"]

    def test_decisions_and_vocabulary_are_those_of_the_normalizer(self) -> None:
        taxonomy = Taxonomy((Code("FISH", "Fisheries"), Code("SEAS", "Seas")))
        normalizer = Normalizer(taxonomy, decisions=Decisions([Decision("kipper", ["FISH"])]))
        with served(create_app(normalizer)) as client:
            found = client.get("/api/resolve", params={"text": "kipper"}).json()["results"][0]
            codes = client.get("/api/codes").json()["codes"]

        assert (found["tags"], found["state"]) == (["FISH"], "decided")
        assert [code["code"] for code in codes] == ["FISH", "SEAS"]


class TestVocabulary:
    def test_words_find_codes(self, client: Client) -> None:
        found = client.get("/api/search", params={"q": "human rights", "limit": 3}).json()

        assert found["matches"][0]["code"] == "PHUM"
        assert len(found["matches"]) == 3

    def test_a_search_can_be_kept_to_a_kind_or_family(self, client: Client) -> None:
        matches = client.get("/api/search", params={"q": "visas", "family": "K"}).json()["matches"]

        assert {one["family"] for one in matches} == {"K"}

    @pytest.mark.parametrize("tag", ["PREL", "prel", "UNGA/C-6", "EL AL"])
    def test_a_code_has_all_its_facts(self, client: Client, tag: str) -> None:
        found = client.get(f"/api/codes/{tag}").json()
        code = Taxonomy.load().lookup(tag)
        assert code is not None

        assert (found["code"], found["name"]) == (code.tag, code.name)
        assert [one["code"] for one in found["confused_with"]] == [
            one.tag for one in confused_with(Normalizer(), code.tag)
        ]

    def test_families_add_up_to_the_vocabulary(self, client: Client) -> None:
        families = client.get("/api/families").json()["families"]

        assert sum(one["codes"] for one in families) == len(Taxonomy.load())
        assert {"P", "K", "geographic", "organization"} <= {one["id"] for one in families}

    def test_every_family_and_every_code_has_a_page(self, client: Client) -> None:
        browse = client.get("/browse").text
        links = re.findall(r'href="(/families/[^"]+)"', browse)

        assert len(links) >= 10
        for link in links:
            page = client.get(link)
            assert page.status_code == 200
        codes = re.findall(r'href="(/codes/[^"]+)"', client.get("/families/organization").text)
        assert len(codes) > 300
        for link in codes[::25]:
            assert client.get(link).status_code == 200

    def test_the_page_of_a_code_says_its_address(self, client: Client) -> None:
        text = client.get("/codes/KIPR").text

        assert "Intellectual Property Rights" in text
        assert f"{client.base_url}/codes/KIPR".replace("//codes", "/codes") in text
        assert 'href="/families/K"' in text

    def test_a_kind_within_families_has_a_page(self, client: Client) -> None:
        assert client.get("/types/subject", follow_redirects=True).status_code == 200


class TestDescription:
    @pytest.mark.parametrize(
        ("path", "address"),
        [
            ("/api/resolve", "/api/resolve?text=PRELPGVO%2C%20PELOSI"),
            ("/api/search", "/api/search?q=oil"),
            ("/api/codes", "/api/codes?family=P"),
            ("/api/codes/{code}", "/api/codes/PREL"),
            ("/api/families", "/api/families"),
        ],
    )
    def test_answers_are_as_described(self, client: Client, path: str, address: str) -> None:
        jsonschema.validate(client.get(address).json(), schema_of(path))

    def test_the_description_is_served_and_names_every_path(self, client: Client) -> None:
        found = client.get("/api/openapi.json").json()

        assert found["openapi"] == "3.1.0"
        assert found["servers"] == [{"url": str(client.base_url).rstrip("/")}]
        for path, methods in found["paths"].items():
            for method in methods:
                answer = client.request(method, path.replace("{code}", "PREL"))
                assert answer.status_code != 404, path
                assert answer.status_code != 405, path

    def test_errors_are_as_described(self, client: Client) -> None:
        document = description(ROOT, Settings())
        schema = {
            **document["components"]["schemas"]["Error"],
            "components": document["components"],
        }

        jsonschema.validate(client.get("/api/codes/NOSUCH").json(), schema)


class TestErrors:
    @pytest.mark.parametrize(
        ("method", "address", "options", "status", "message"),
        [
            ("GET", "/api/resolve", {}, 400, "say which string"),
            ("GET", "/api/resolve?text=a&min_confidence=2", {}, 400, "from 0 to 1"),
            ("GET", "/api/resolve?text=a&min_confidence=nan", {}, 400, "from 0 to 1"),
            ("GET", "/api/resolve?text=a&unresolve=drop", {}, 400, "did you mean 'unresolved'?"),
            ("GET", "/api/resolve?text=a&unique=perhaps", {}, 400, "it takes True or False"),
            ("GET", "/api/resolve?text=a&min_confidence=", {}, 200, None),
            ("GET", "/api/resolve?text=a&texts=b", {}, 400, "did you mean 'text'?"),
            (
                "GET",
                "/api/resolve?text=PELOSI&unresolved=raise",
                {},
                422,
                "cannot resolve 'PELOSI'",
            ),
            ("POST", "/api/resolve", {"json": {"texts": [], "unik": 1}}, 400, "'unique'?"),
            ("POST", "/api/resolve", {"json": {"texts": [], "unique": 1}}, 400, "True or False"),
            (
                *("POST", "/api/resolve", {"json": {"texts": [], "min_confidence": 10**400}}),
                *(400, "from 0 to 1"),
            ),
            ("POST", "/api/resolve", {"json": {"texts": [], "taxonomy": "/etc"}}, 400, "no option"),
            ("GET", "/api/search?q=oil&limt=1", {}, 400, "did you mean 'limit'?"),
            ("GET", "/api/codes?famly=P", {}, 400, "did you mean 'family'?"),
            ("POST", "/api/resolve", {"content": b"{"}, 415, "application/json"),
            ("POST", "/api/resolve", {"json": []}, 400, "JSON object"),
            ("POST", "/api/resolve", {"json": {}}, 400, "list of strings"),
            ("POST", "/api/resolve", {"json": {"texts": [7]}}, 400, "not int"),
            ("POST", "/api/resolve", {"json": {"texts": [None]}}, 400, "a string, not null"),
            ("POST", "/api/resolve", {"json": ["PREL"]}, 400, 'send such as {"texts": ["PREL"]}'),
            ("POST", "/api/resolve", {"json": {"texts": ["a"] * 101}}, 413, "at most 100"),
            ("POST", "/api/resolve", {"json": {"texts": ["a" * 10_001]}}, 413, "10,000 letters"),
            (
                "POST",
                "/api/resolve",
                {"json": {"texts": ["a" * 9_999] * 11}},
                413,
                "100,000 at once",
            ),
            (
                *("POST", "/api/resolve"),
                {"content": b"[" * 100_000, "headers": {"content-type": "application/json"}},
                *(400, "no JSON"),
            ),
            (
                *("POST", "/api/resolve"),
                {
                    "content": '{"texts": ["é"]}'.encode("latin-1"),
                    "headers": {"content-type": "application/json"},
                },
                *(400, "no UTF-8"),
            ),
            (
                "GET",
                "/api/search?q=oil&limit=0",
                {},
                400,
                "limit is 0; it takes a number from 1, s",
            ),
            ("GET", "/api/search?q=oil&limit=x", {}, 400, "limit is 'x'; it takes a number from 1"),
            ("GET", "/api/search", {}, 400, "say which words: /api/search?q="),
            ("GET", "/api/search?q=oil&kind=x", {}, 400, "kind 'x' is not in this vocabulary; it"),
            ("GET", "/api/codes?family=Q", {}, 400, "family 'Q' is not in this vocabulary; it has"),
            ("GET", "/api/codes?status=", {}, 200, None),
            ("GET", "/api/codes/NOSUCH", {}, 404, "no such code"),
            ("GET", "/nothing", {}, 404, "nothing at this address"),
            ("DELETE", "/api/resolve", {}, 405, "another method"),
            ("POST", "/upload/clean", {"data": {}}, 415, "multipart/form-data"),
            ("POST", "/upload/clean", {"files": {"other": b"x"}}, 400, "no file in the field"),
            ("GET", "/static/../../pyproject.toml", {}, 404, ""),
            ("GET", "/static/%2e%2e%2fpages.py", {}, 404, ""),
        ],
    )
    def test_what_is_wrong_is_said(
        self,
        client: Client,
        method: str,
        address: str,
        options: dict[str, Any],
        status: int,
        message: str | None,
    ) -> None:
        answer = client.request(method, address, **options)

        assert answer.status_code == status
        if message is not None:
            assert message in answer.json()["error"]["message"]

    def test_a_person_gets_a_page(self, client: Client) -> None:
        answer = client.get("/codes/NOSUCH<b>", headers={"accept": "text/html"})

        assert answer.status_code == 404
        assert answer.headers["content-type"].startswith("text/html")
        assert "there is no such code" in answer.text

    def test_a_bug_tells_nothing_of_this_machine(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def broken(*_: object, **__: object) -> None:
            raise RuntimeError(f"in {Path(__file__)}")

        normalizer = Normalizer()
        monkeypatch.setattr(normalizer, "resolve", broken, raising=False)
        with served(create_app(normalizer)) as client:
            answer = client.get("/api/resolve?text=PREL")

        assert answer.status_code == 500
        assert answer.json()["error"]["message"] == (
            "an error in the service itself; its log says more"
        )
        assert "test_serve" not in answer.text
        assert "Traceback" not in answer.text


class TestGuards:
    @pytest.mark.parametrize("host", ["127.0.0.1", "localhost:9", "[::1]:8765", "LOCALHOST"])
    def test_this_machine_s_names_are_answered(self, client: Client, host: str) -> None:
        assert client.get("/api/families", headers={"host": host}).status_code == 200

    @pytest.mark.parametrize(
        "host", ["evil.example", "127.0.0.1.evil.example", "localhost@evil.it", "", "a b", "[::1"]
    )
    def test_other_names_are_refused(self, client: Client, host: str) -> None:
        answer = client.get("/api/families", headers={"host": host})

        assert answer.status_code == 400
        assert "families" not in answer.json()

    def test_another_name_can_be_allowed(self) -> None:
        with served(create_app(settings=Settings(hosts=["tags.example"]))) as client:
            answer = client.get("/api/families", headers={"host": "tags.example:80"})

        assert answer.status_code == 200

    @pytest.mark.parametrize(
        "origin", ["http://127.0.0.1:3333", "http://localhost", "https://[::1]:9"]
    )
    def test_pages_of_this_machine_may_read(self, client: Client, origin: str) -> None:
        answer = client.get("/reconcile", headers={"origin": origin})

        assert answer.headers["access-control-allow-origin"] == origin
        assert "access-control-allow-credentials" not in answer.headers
        assert "origin" in answer.headers["vary"].lower()

    @pytest.mark.parametrize(
        "origin", ["https://evil.example", "null", "http://127.0.0.1.evil.it", "file://"]
    )
    def test_pages_of_others_may_not(self, client: Client, origin: str) -> None:
        answer = client.get("/reconcile", headers={"origin": origin})
        asked = {"origin": origin, "access-control-request-method": "POST"}

        assert "access-control-allow-origin" not in answer.headers
        assert client.options("/reconcile", headers=asked).status_code == 403

    def test_other_origins_can_be_allowed(self) -> None:
        for origins in (["https://refine.example"], ["*"]):
            asked = {"origin": "https://refine.example", "access-control-request-method": "POST"}
            with served(create_app(settings=Settings(origins=origins))) as client:
                answer = client.options("/reconcile", headers=asked)

            assert answer.status_code == 204
            assert answer.headers["access-control-allow-origin"] == "https://refine.example"

    def test_every_answer_says_what_a_browser_may_do(self, client: Client) -> None:
        for address in ("/", "/browse", "/codes/PREL", "/api/families", "/nothing"):
            headers = client.get(address).headers
            assert "default-src 'none'" in headers["content-security-policy"]
            assert "frame-ancestors 'none'" in headers["content-security-policy"]
            assert headers["x-content-type-options"] == "nosniff"

    def test_only_the_preview_may_be_framed(self, client: Client) -> None:
        headers = client.get("/reconcile/preview?id=PREL").headers

        assert "frame-ancestors *" in headers["content-security-policy"]
        assert "script-src 'self'" in headers["content-security-policy"]

    def test_a_large_body_is_refused_whatever_its_header_says(self) -> None:
        settings = Settings(most_bytes=1000, most_upload=2000)

        def stream() -> Iterator[bytes]:
            for _ in range(10):
                yield b"x" * 500

        headers = {"content-type": "application/json"}
        with served(create_app(settings=settings)) as small:
            told = small.post("/api/resolve", content=b"x" * 1001, headers=headers)
            untold = small.post("/api/resolve", content=stream(), headers=headers)
            upload = small.post("/upload/clean", files={"file": ("a.csv", b"x" * 3000)})
        assert [told.status_code, untold.status_code, upload.status_code] == [413, 413, 413]

    @pytest.mark.parametrize("length", ["-1", "x", "1e3"])
    def test_a_length_that_is_none_is_refused(self, client: Client, length: str) -> None:
        url = client.base_url
        request = (
            f"POST /api/resolve HTTP/1.1\r\nHost: {url.host}\r\nContent-Length: {length}\r\n\r\n"
        )
        with socket.create_connection((url.host, url.port), timeout=10) as connection:
            connection.sendall(request.encode())
            answer = connection.recv(4096)

        assert answer.startswith(b"HTTP/1.1 400 ")
        assert b"Traceback" not in answer

    @pytest.mark.parametrize("hostile", HOSTILE)
    def test_hostile_strings_are_text_everywhere(self, client: Client, hostile: str) -> None:
        told = json.dumps({"texts": [hostile]})
        headers = {"content-type": "application/json"}
        found = client.post("/api/resolve", content=told, headers=headers)
        assert found.status_code == 200
        assert found.headers["content-type"] == "application/json"
        calm = client.get("/codes/NOSUCH", headers={"accept": "text/html"}).text
        safe = hostile.encode("utf-8", "replace").decode()
        page = client.get("/codes/x", params={"x": safe}, headers={"accept": "text/html"}).text
        assert page.count("<script") == calm.count("<script") == 1

    def test_a_vocabulary_full_of_markup_is_text_on_every_page(self) -> None:
        mark = "<script>alert(1)</script>"
        code = Code(
            "AB<I>", mark, kind=f"k{mark}", family=f"f{mark}", source=mark, names={mark: mark}
        )
        taxonomy = Taxonomy((code, Code("CDEF", "calm")), notes={"AB<I>": mark})
        with served(create_app(Normalizer(taxonomy))) as client:
            for address in (
                "/browse",
                "/families/f%3Cscript%3Ealert(1)%3C%2Fscript%3E",
                "/codes/AB%3CI%3E",
                "/reconcile/preview?id=AB%3CI%3E",
            ):
                answer = client.get(address)
                assert answer.status_code == 200, address
                assert "<script>" not in answer.text
                assert "<I>" not in answer.text
            html = client.get("/reconcile/flyout/entity?id=AB%3CI%3E").json()["html"]
        assert "<script>" not in html


class TestUploads:
    CSV = b"id,tags\n1,PREL PGVO\n2,PELOSI\n3,\n"

    def send(self, client: Client, path: str, name: str, content: bytes, **fields: str) -> Any:
        return client.post(path, files={"file": (name, content)}, data=fields)

    def test_a_file_comes_back_clean_in_its_own_format(self, client: Client) -> None:
        answer = self.send(client, "/upload/clean", "cables.csv", self.CSV)

        assert answer.content == b"id,tags\n1,PREL;PGOV\n2,PELOSI\n3,\n"
        assert answer.headers["content-disposition"] == 'attachment; filename="clean-cables.csv"'

    def test_the_raw_column_can_stay_and_the_rest_be_dropped(self, client: Client) -> None:
        answer = self.send(
            client, "/api/clean", "c.csv", self.CSV, beside="yes", unresolved="drop", column="tags"
        )

        assert answer.text.splitlines()[:3] == [
            *("id,tags,tags_clean", "1,PREL PGVO,PREL;PGOV", "2,PELOSI,")
        ]

    @pytest.mark.parametrize("path", ["/upload/clean", "/api/clean"])
    def test_a_sheet_comes_back_as_csv(self, client: Client, path: str) -> None:
        openpyxl = pytest.importorskip("openpyxl")
        book, content = openpyxl.Workbook(), io.BytesIO()
        for row in (["id", "tags"], [1, "PRELPGOV"], [2, None]):
            book.active.append(row)
        book.save(content)
        answer = self.send(client, path, "Cables.v2.XLSX", content.getvalue())

        assert answer.content == b"id,tags\n1,PREL;PGOV\n2,\n"
        assert "clean-Cables.v2.csv" in answer.headers["content-disposition"]

    def test_the_report_is_a_page_that_stands_alone(self, client: Client) -> None:
        answer = self.send(client, "/upload/report", "cables.csv", self.CSV)

        assert "cables.csv" in answer.text
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("sandbox allow-scripts")
        assert "connect-src" not in policy
        assert self.send(client, "/api/report", "cables.csv", self.CSV).json()["rows"]["all"] == 3

    @pytest.mark.parametrize(
        ("name", "content", "fields", "message"),
        [
            ("cables.csv", b"id,words\n1,a\n", {}, "cables.csv: has no column 'tags'"),
            ("cables.parquet", b"no parquet", {}, "cables.parquet: "),
            ("cables.csv", b"id,tags\n1,a,b,c\n", {}, "cables.csv"),
            ("cables.csv", CSV, {"min_confidence": "2"}, "from 0 to 1"),
            ("cables.csv", CSV, {"unresolved": "dorp"}, "'keep', 'drop' or 'raise'"),
            ("cables.csv", CSV, {"unresolved": "raise"}, "cannot resolve 'PELOSI'"),
            ("cables.csv", CSV, {"unresolvd": "drop"}, "did you mean 'unresolved'?"),
            ("cables.csv", CSV, {"sheet": "x"}, "sheet"),
            ("cables.csv", CSV, {"beside": "perhaps"}, "beside is 'perhaps'; it takes yes or no"),
            ("cables.csv", CSV, {"column": ["tags", "id"]}, "'column' is given several times"),
            ("cables.csv", CSV, {"encoding": "no-such"}, "no-such"),
            ("cables.csv", CSV, {"from_format": "excle"}, "excle"),
            ("cables.csv", b"", {}, "cables.csv"),
            # The remedies are those of a form.
            ("cables.csv", b"id,tags\n1\n", {}, "or pass on_error=report to carry it through"),
            ("cables.csv", b"TAGS\nPREL\n", {}, "name it so: column=TAGS"),
            ("cables.csv", b"id^tags\n1^PREL\n", {}, "say by what with delimiter"),
            (
                "cables.csv",
                b"id,tags\n1,\xff\n",
                {"encoding": "utf-8"},
                "what they are with encoding",
            ),
        ],
    )
    def test_what_is_wrong_with_a_file_is_said_without_where_it_lies(
        self, client: Client, name: str, content: bytes, fields: dict[str, Any], message: str
    ) -> None:
        answer = self.send(client, "/api/clean", name, content, **fields)

        assert answer.status_code in (400, 422)
        assert message in answer.json()["error"]["message"]
        assert "/tmp" not in answer.text
        assert "tagnorm-" not in answer.text
        assert " --" not in answer.text

    @pytest.mark.parametrize(
        ("name", "content", "fields", "expected"),
        [
            ("a.csv", b"id,tags\n1\n2,PGVO\n", {"on_error": "report"}, b"id,tags\n1\n2,PGOV\n"),
            ("a.csv", b"id^tags\n1^PGVO\n", {"delimiter": "^"}, b"id^tags\n1^PGOV\n"),
            ("a.csv", b"'x\ttags\n1\tPGVO\n", {"quote": "none"}, b"'x\ttags\n1\tPGOV\n"),
            ("a.out", b'{"tags": "PGVO"}\n', {"from_format": "jsonl"}, b'{"tags": ["PGOV"]}\n'),
            (
                *("a.csv", "é,tags\nß,PGVO\n".encode("cp437"), {"encoding": "cp437"}),
                "é,tags\nß,PGOV\n".encode("cp437"),
            ),
            ("a.csv", b"tags\nPREL PREL\n", {"unique": "true", "encoding": ""}, b"tags\nPREL\n"),
        ],
    )
    def test_what_the_file_is_and_how_it_is_read_can_be_said(
        self, client: Client, name: str, content: bytes, fields: dict[str, str], expected: bytes
    ) -> None:
        assert self.send(client, "/api/clean", name, content, **fields).content == expected
        figures = self.send(client, "/api/report", name, content, **fields).json()
        assert figures["rows"]["all"] == expected.count(b"\n") - (b"{" not in expected)

    @pytest.mark.parametrize(
        "name", ["../../evil.csv", "..\\..\\evil.csv", '"><script>.csv', "évil \u202e.csv", ".csv"]
    )
    def test_the_name_of_a_file_is_only_a_name(self, client: Client, name: str) -> None:
        answer = self.send(client, "/upload/clean", name, self.CSV)

        assert answer.status_code == 200
        assert re.fullmatch(
            r'attachment; filename="clean-[A-Za-z0-9._-]+"', answer.headers["content-disposition"]
        )

    def test_nothing_is_left_behind(
        self, client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
        for name, content in (("a.csv", self.CSV), ("a.parquet", b"bad")):
            self.send(client, "/upload/clean", name, content)
            self.send(client, "/upload/report", name, content)

        assert list(tmp_path.iterdir()) == []


class TestSettings:
    def test_hosts_and_origins_that_a_browser_says_are_taken(self) -> None:
        found = Settings(
            hosts=["tags.example", "[::1]", "*"], origins=["*", "https://a:80", "null"]
        )

        assert found.hosts == ("tags.example", "::1", "*")
        assert found.origins == ("*", "https://a:80", "null")

    def test_several_names_are_no_single_string(self) -> None:
        with pytest.raises(TypeError, match="hosts is one string"):
            Settings(hosts="tags.example")  # type: ignore[arg-type]

    @pytest.mark.parametrize(
        ("options", "error", "message"),
        [
            ({"hosts": 5}, TypeError, "hosts is 5; it takes several strings"),
            ({"origins": [5]}, TypeError, "origins holds 5, of type int"),
            ({"hosts": ["http://a"]}, ValueError, "hosts holds 'http://a'; it takes a name alone"),
            ({"hosts": ["a:80"]}, ValueError, "hosts holds 'a:80'; it takes a name alone"),
            ({"hosts": [""]}, ValueError, "hosts holds ''; it takes a name alone"),
            ({"origins": ["foo"]}, ValueError, "origins holds 'foo'; it takes the beginning of an"),
            ({"origins": ["https://a/"]}, ValueError, "without a slash at its end"),
            ({"most_bytes": "1"}, TypeError, "most_bytes is '1', of type str; it takes a number"),
            ({"most_upload": True}, TypeError, "most_upload is True, of type bool"),
            ({"most_queries": 0}, ValueError, "most_queries is 0; it takes a number from 1"),
            ({"most_in_all": -1}, ValueError, "most_in_all is -1; it takes a number from 1"),
        ],
    )
    def test_what_is_no_limit_is_refused(
        self, options: dict[str, Any], error: type[Exception], message: str
    ) -> None:
        with pytest.raises(error, match=message):
            Settings(**options)


def test_the_application_takes_the_options_of_a_vocabulary() -> None:
    with served(create_app(taxonomy=["PREL", "PGOV"], keep=["PGVO"])) as client:
        found = client.get("/api/resolve", params={"text": ["PRLE", "PGVO"]}).json()["results"]

    assert [one["tags"] for one in found] == [["PREL"], []]
    with pytest.raises(TypeError, match="either the normalizer, or keep="):
        create_app(Normalizer(), keep=["PGVO"])
    with pytest.raises(TypeError, match="no option 'unresolved'"):
        create_app(unresolved="drop")  # type: ignore[call-arg]


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/api/resolve?text=PREL&min_confidence=0.1&min_confidence=0.9", "'min_confidence' is giv"),
        ("/api/resolve?text=PREL&unresolved=keep&unresolved=drop", "'unresolved' is given several"),
        ("/api/search?q=oil&q=visas", "'q' is given several times; give it once"),
        ("/api/search?q=oil&limit=1&limit=2", "'limit' is given several times; give it once"),
        ("/api/codes?kind=subject&kind=program", "'kind' is given several times; give it once"),
        ("/api/codes/PREL?era=1974", "there is no option 'era'; there are none"),
        ("/api/families?kind=subject", "there is no option 'kind'; there are none"),
        ("/api/openapi.json?version=3", "there is no option 'version'; there are none"),
        ("/reconcile?queries={}&queries={}", "'queries' is given several times; give it once"),
    ],
)
def test_what_a_query_says_in_vain_is_refused(client: Client, path: str, message: str) -> None:
    answer = client.get(path)

    assert answer.status_code == 400
    assert message in answer.json()["error"]["message"]


def test_several_texts_are_several_readings(client: Client) -> None:
    found = client.get("/api/resolve?text=PGVO&text=PREL").json()["results"]

    assert [one["tags"] for one in found] == [["PGOV"], ["PREL"]]


@pytest.mark.parametrize(
    "body", ['{"texts": ["PREL"], "texts": ["PGOV"]}', '{"texts": [{"a": 1, "a": 2}]}']
)
def test_an_object_of_json_has_no_member_twice(client: Client, body: str) -> None:
    sent = {"content": body.encode(), "headers": {"content-type": "application/json"}}
    answer = client.post("/api/resolve", **sent)

    assert answer.status_code == 400
    assert "is given several times; give it once" in answer.json()["error"]["message"]


def test_two_queries_of_one_name_lose_none(client: Client) -> None:
    queries = '{"q0": {"query": "PREL"}, "q0": {"query": "PGOV"}}'

    assert client.post("/reconcile", data={"queries": queries}).status_code == 400


def test_a_byte_order_mark_before_a_body_is_passed_over(client: Client) -> None:
    headers = {"content-type": "application/json"}
    answer = client.post(
        "/api/resolve", content=b'\xef\xbb\xbf{"texts": ["PGVO"]}', headers=headers
    )

    assert answer.json()["results"][0]["tags"] == ["PGOV"]
