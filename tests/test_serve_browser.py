"""The pages in a real browser: paste, see, search, choose, upload, download; by keyboard alone."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("starlette")
pytest.importorskip("uvicorn")
pytest.importorskip("httpx")

from browser import NO_BROWSER, browser, no_violations, problems_of
from served import served

from tagnorm.serve import create_app

pytestmark = [NO_BROWSER, pytest.mark.slow]
CSV = "id,tags\n1,PREL PGVO\n2,KWHG\n3,\n"


@pytest.fixture(scope="module")
def root() -> Iterator[str]:
    with served(create_app()) as client:
        yield str(client.base_url).rstrip("/")


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with browser(tmp_path_factory.mktemp("browser")) as made:
        yield made


def until(true: Callable[[], Any]) -> Any:
    """What is true at last, though the page takes a moment."""
    for _ in range(150):
        found = true()
        if found:
            return found
        time.sleep(0.1)
    pytest.fail("it did not become true within 15 seconds")


def texts(driver: Any, selector: str) -> list[str]:
    script = "return [...document.querySelectorAll(arguments[0])].map((one) => one.innerText)"
    found: list[str] = driver.execute_script(script, selector)
    return found


def test_what_is_pasted_is_read_at_once(driver: Any, root: str) -> None:
    driver.get(root)
    driver.find_element("id", "texts").send_keys("PRELPGVO\nECON, PELOSI")
    until(lambda: len(texts(driver, "#readings > li")) == 2)

    assert texts(driver, ".piece b") == ["PREL", "PGOV", "ECON", "?"]
    assert "External Political Relations" in texts(driver, ".pieces small")[0]
    assert "two letters swapped" in texts(driver, ".pieces small")[1]
    assert texts(driver, "#said") == ["2 strings, 1 to look at"]
    assert problems_of(driver) == []


def test_other_readings_are_told(driver: Any, root: str) -> None:
    driver.get(f"{root}/?text=KWHG")

    assert until(lambda: [t for t in texts(driver, ".others li") if "KGHG" in t])


def test_what_is_pasted_is_never_markup(driver: Any, root: str) -> None:
    driver.get(root)
    hostile = "<img src=x onerror=\"document.title='hacked'\">"
    driver.find_element("id", "texts").send_keys(hostile)
    until(lambda: texts(driver, ".raw") == [hostile])

    assert "hacked" not in driver.title
    assert driver.find_elements("css selector", "#readings img") == []


def test_a_code_leads_to_its_page(driver: Any, root: str) -> None:
    driver.get(f"{root}/?text=KIPR")
    until(lambda: driver.find_elements("css selector", ".piece a"))
    driver.find_element("css selector", ".piece a").click()
    until(lambda: driver.current_url == f"{root}/codes/KIPR")

    assert "Intellectual Property Rights" in driver.find_element("tag name", "h1").text
    driver.find_element("partial link text", "Programs").click()
    until(lambda: driver.current_url == f"{root}/families/K")
    assert "KDEM" in driver.find_element("tag name", "table").text


def test_words_find_codes_while_they_are_typed(driver: Any, root: str) -> None:
    driver.get(f"{root}/browse")
    driver.find_element("id", "words").send_keys("human rights")
    until(lambda: texts(driver, "#matches b")[:1] == ["PHUM"])

    assert driver.current_url == f"{root}/browse?q=human%20rights"
    assert not driver.find_element("id", "families").is_displayed()


def test_a_file_gives_its_report_and_comes_back_clean(
    driver: Any, root: str, tmp_path: Path
) -> None:
    raw = tmp_path / "cables.csv"
    raw.write_text(CSV)
    behavior = {"behavior": "allow", "downloadPath": str(tmp_path)}
    driver.execute_cdp_cmd("Browser.setDownloadBehavior", behavior)
    driver.get(f"{root}/upload")
    first = driver.current_window_handle
    driver.find_element("id", "file").send_keys(str(raw))
    driver.find_element("css selector", "button.main").click()
    until(lambda: len(driver.window_handles) == 2)
    driver.switch_to.window(next(one for one in driver.window_handles if one != first))
    until(lambda: texts(driver, ".verdict"))
    assert "50.0% of the 2 rows with tags are clean" in texts(driver, ".verdict")[0]

    # What is chosen in the report comes down, though the page may do nothing else.
    select = "select[aria-label$='for KWHG']"
    until(lambda: driver.find_elements("css selector", select))
    driver.execute_script(
        "const s = document.querySelector(arguments[0]); s.value = 'KGHG';"
        "s.dispatchEvent(new Event('change'))",
        select,
    )
    driver.find_element("id", "save").click()
    decided = until(lambda: (tmp_path / "decisions.tsv").exists() and (tmp_path / "decisions.tsv"))
    assert "KWHG\tKGHG" in until(decided.read_text)
    driver.close()
    driver.switch_to.window(first)

    driver.find_element("xpath", "//button[contains(., 'cleaned')]").click()
    clean = tmp_path / "clean-cables.csv"
    until(clean.exists)
    assert until(clean.read_text) == "id,tags\n1,PREL;PGOV\n2,KWBG\n3,\n"


def test_the_keyboard_alone_is_enough(driver: Any, root: str) -> None:
    from selenium.webdriver.common.action_chains import ActionChains  # noqa: PLC0415
    from selenium.webdriver.common.keys import Keys  # noqa: PLC0415

    def press(*keys: str) -> None:
        ActionChains(driver).send_keys(*keys).perform()

    def tab_to(script: str) -> None:
        for _ in range(40):
            press(Keys.TAB)
            if driver.execute_script(f"return {script}"):
                return
        pytest.fail(f"no Tab leads to {script}")

    driver.get(root)
    press(Keys.TAB)
    assert driver.execute_script("return document.activeElement.className") == "skip"
    tab_to("document.activeElement.id === 'texts'")
    press("PGVO")
    until(lambda: texts(driver, ".piece b") == ["PGOV"])
    tab_to("document.activeElement.getAttribute('href') === '/codes/PGOV'")
    press(Keys.ENTER)
    until(lambda: driver.current_url == f"{root}/codes/PGOV")
    tab_to("document.activeElement.getAttribute('href') === '/browse'")
    press(Keys.ENTER)
    until(lambda: driver.current_url == f"{root}/browse")
    tab_to("document.activeElement.id === 'words'")
    press("oil")
    until(lambda: texts(driver, "#matches b")[:1] == ["EPET"])


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("dark", [False, True])
def test_nothing_is_wrong_for_those_who_use_other_means(
    root: str, tmp_path: Path, width: int, dark: bool
) -> None:
    with browser(tmp_path, width=width, dark=dark) as driver:
        for path, ready in (
            ("/?text=PRELPGVO&text=KWHG&text=PELOSI", ".readings li"),
            ("/browse", ".families li"),
            ("/browse?q=nuclear", "#matches li"),
            ("/families/P", "table"),
            ("/codes/PREL", ".facts"),
            ("/upload", "#file"),
            ("/help", "h2"),
            ("/reconcile/preview?id=PREL", "p"),
        ):
            driver.get(root + path)
            until(lambda selector=ready: texts(driver, selector))
            # The preview is a piece of somebody else's page.
            found = [one for one in no_violations(driver) if "preview" not in path]
            assert found == [], path
            wide = driver.execute_script("return document.documentElement.scrollWidth")
            assert wide <= width, path
