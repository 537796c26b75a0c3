"""OpenRefine itself reconciles a real column against the service: by its commands, and in its page.

Everything here runs for real: OpenRefine on Debian's Java, the service, and Chromium.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

httpx = pytest.importorskip("httpx")
pytest.importorskip("uvicorn")
pytest.importorskip("starlette")

from browser import NO_BROWSER, browser  # noqa: E402
from served import served  # noqa: E402

from tagnorm import Normalizer, resolve  # noqa: E402
from tagnorm.serve import create_app  # noqa: E402

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        shutil.which("openrefine") is None, reason="needs openrefine; on Debian: openrefine"
    ),
]
RAW = Path(__file__).parents[1] / "benchmarks" / "data" / "raw_tags.tsv"
SURE = 0.95


def column() -> list[str]:
    """Every ninth string of the published list of tags."""
    return [line.split("\t")[-1] for line in RAW.read_text("utf-8").splitlines()[1:]][::9]


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


class Refine:
    """An OpenRefine that runs, and its commands."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.client = httpx.Client(base_url=address, timeout=60)

    def get(self, command: str, **parameters: Any) -> Any:
        return self.client.get(f"/command/core/{command}", params=parameters).json()

    def post(self, command: str, **data: Any) -> Any:
        token = self.get("get-csrf-token")["token"]
        answer = self.client.post(
            f"/command/core/{command}", data={**data, "csrf_token": token}
        ).json()
        assert answer.get("code") != "error", answer
        return answer

    def create(self, name: str, rows: list[str]) -> str:
        token = self.get("get-csrf-token")["token"]
        answer = self.client.post(
            "/command/core/create-project-from-upload",
            params={"csrf_token": token},
            data={
                "project-name": name,
                "format": "text/line-based/*sv",
                "options": json.dumps({"separator": "\t", "headerLines": 1}),
            },
            files={"project-file": ("cables.tsv", "\n".join(["tags", *rows, ""]).encode())},
        )  # fmt: skip
        assert answer.status_code == 302
        project: str = answer.headers["location"].partition("project=")[2]
        return project

    def wait(self, project: str, seconds: float = 120) -> None:
        end = time.monotonic() + seconds
        while self.get("get-processes", project=project)["processes"]:
            assert time.monotonic() < end, "OpenRefine did not finish"
            time.sleep(0.3)

    def rows(self, project: str) -> list[tuple[str, dict[str, Any]]]:
        """What stands in each cell, and what is known of its reconciliation."""
        found = self.get("get-rows", project=project, start=0, limit=5000)
        pool = found.get("pool", {}).get("recons", {})
        cells = []
        for row in found["rows"]:
            cell = row["cells"][0]
            recon = cell.get("r")
            cells.append((cell["v"], pool.get(str(recon), {})))
        return cells

    def reconcile(self, project: str, service: str, kind: dict[str, str]) -> None:
        manifest = httpx.get(service).json()
        config = {
            "mode": "standard-service",
            "service": service,
            "identifierSpace": manifest["identifierSpace"],
            "schemaSpace": manifest["schemaSpace"],
            "type": kind,
            "autoMatch": True,
            "batchSize": 10,
            "columnDetails": [],
            "limit": 0,
        }
        engine = {"facets": [], "mode": "row-based"}
        self.post(
            "reconcile",
            project=project,
            columnName="tags",
            config=json.dumps(config),
            engine=json.dumps(engine),
        )
        self.wait(project)


@contextmanager
def running(folder: Path) -> Iterator[Refine]:
    port = free_port()
    command = ["openrefine", "-i", "127.0.0.1", "-p", str(port), "-d", str(folder), "-m", "512M"]
    process = subprocess.Popen(
        [*command, "-x", "refine.headless=true"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        refine = Refine(f"http://127.0.0.1:{port}")
        for _ in range(240):
            try:
                refine.get("get-version")
                break
            except (httpx.HTTPError, ValueError):
                time.sleep(0.5)
        else:
            pytest.fail("OpenRefine did not start in two minutes")
        yield refine
    finally:
        stop(process)


def stop(process: subprocess.Popen[bytes]) -> None:
    """End what was started here: a script, and the Java that it became or started."""
    os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(timeout=30)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=30)


@pytest.fixture(scope="module")
def refine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Refine]:
    with running(tmp_path_factory.mktemp("refine")) as made:
        yield made


@pytest.fixture(scope="module")
def service() -> Iterator[str]:
    with served(create_app()) as client:
        yield f"{str(client.base_url).rstrip('/')}/reconcile"


def test_a_real_column_is_matched_where_it_is_one_code_and_sure(
    refine: Refine, service: str
) -> None:
    strings = column()
    project = refine.create("by code", strings)
    refine.reconcile(project, service, {"id": "", "name": ""})
    cells = refine.rows(project)

    assert [raw for raw, _ in cells] == strings
    matched = 0
    for raw, recon in cells:
        answer = resolve(raw)
        sure = len(set(answer.tags)) == 1 and not answer.unresolved and answer.confidence >= SURE
        if sure:
            matched += 1
            assert recon["j"] == "matched", raw
            assert recon["m"]["id"] == answer.tags[0]
            assert recon["m"]["score"] == pytest.approx(answer.confidence, abs=1e-3)
        else:
            assert recon["j"] != "matched", raw
    assert matched > len(strings) / 3


def test_cells_of_several_codes_are_matched_to_all_of_them_and_extended(
    refine: Refine, service: str
) -> None:
    strings = ["PRELPGOV", "ECON, PGVO; SP", "PELOSI", "KIPR"]
    project = refine.create("several", strings)
    refine.reconcile(project, service, {"id": "several", "name": "All the codes of a cell"})
    cells = dict(refine.rows(project))

    assert {raw: recon.get("m", {}).get("id") for raw, recon in cells.items()} == {
        "PRELPGOV": "PREL PGOV",
        "ECON, PGVO; SP": "ECON PGOV SP",
        "PELOSI": None,
        "KIPR": "KIPR",
    }
    manifest = httpx.get(service).json()
    refine.post(
        "extend-data",
        project=project,
        baseColumnName="tags",
        endpoint=service,
        identifierSpace=manifest["identifierSpace"],
        schemaSpace=manifest["schemaSpace"],
        extension=json.dumps({"properties": [{"id": "codes", "name": "Codes"}]}),
        columnInsertIndex="1",
        engine=json.dumps({"facets": [], "mode": "row-based"}),
    )
    refine.wait(project)
    found = refine.get("get-rows", project=project, start=0, limit=50)["rows"]
    names = Normalizer().taxonomy
    fetched = [row["cells"][1]["v"] for row in found if len(row["cells"]) > 1 and row["cells"][1]]
    assert fetched == [names[tag].name for tag in ("PREL", "PGOV", "ECON", "PGOV", "SP", "KIPR")]


@NO_BROWSER
def test_in_openrefine_s_own_page(refine: Refine, service: str, tmp_path: Path) -> None:
    from selenium.common.exceptions import (  # noqa: PLC0415
        ElementClickInterceptedException,
        StaleElementReferenceException,
    )
    from selenium.webdriver.common.by import By  # noqa: PLC0415 -- it may be missing
    from selenium.webdriver.support import expected_conditions as expect  # noqa: PLC0415
    from selenium.webdriver.support.ui import WebDriverWait  # noqa: PLC0415

    project = refine.create("in the page", ["PREL", "PGVO", "KWHG", "PELOSI"])
    with browser(tmp_path) as driver:
        # The page draws its parts anew while it is looked at.
        wait = WebDriverWait(driver, 60, ignored_exceptions=[StaleElementReferenceException])

        def click(selector: str, text: str = "") -> None:
            def clicked(_: object) -> bool:
                found = driver.find_elements(By.CSS_SELECTOR, selector)
                shown = [one for one in found if one.is_displayed() and text in one.text]
                if not shown:
                    return False
                try:
                    shown[-1].click()
                except ElementClickInterceptedException:
                    # The list of services lies over the panel.
                    driver.execute_script("arguments[0].click()", shown[-1])
                return True

            wait.until(clicked)

        driver.get(f"{refine.address}/project?project={project}")
        wait.until(lambda _: len(driver.find_elements(By.CSS_SELECTOR, ".column-header-menu")) > 1)
        click(".column-header-menu")
        click(".menu-item", "Reconcile")
        click(".menu-item", "Start reconciling")
        click("button", "Add standard service")
        field = wait.until(
            expect.element_to_be_clickable((By.CSS_SELECTOR, ".input-container input"))
        )
        field.clear()
        field.send_keys(service)
        click("button[type=submit]")
        click("#noType")
        click("button", "Start reconciling")
        done = (By.CSS_SELECTOR, ".data-table-recon-candidate")
        wait.until(expect.presence_of_element_located(done))
        table = (By.CSS_SELECTOR, ".data-table")
        for wanted in ("External Political Relations", f"({resolve('KWHG').confidence:.3f})"):
            wait.until(expect.text_to_be_present_in_element(table, wanted), wanted)
    refine.wait(project)
    found = {raw: recon.get("m", {}).get("id") for raw, recon in refine.rows(project)}
    assert found == {"PREL": "PREL", "PGVO": "PGOV", "KWHG": None, "PELOSI": None}
