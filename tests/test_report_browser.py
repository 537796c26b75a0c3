"""The report in a real browser: seen, filtered, sorted, decided, downloaded; by keyboard alone."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import NO_BROWSER, browser, no_violations, problems_of

from tagnorm import Decisions, Normalizer, Taxonomy
from tagnorm.report import report_column

pytestmark = [pytest.mark.slow, NO_BROWSER]

COLUMN = [
    *["PREL, PGOV"] * 30,
    *["PREL, KWHG"] * 7,
    *["PGVO PELOSI"] * 4,
    *["PRELGOVMARR"] * 3,
    *['"=QUOTED", \\ESC'] * 2,
    "<script>document.title='hacked'</script>",
    *[""] * 5,
    *[f"XQ{n:03}Y" for n in range(120)],
]


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "report.html"
    report_column(COLUMN, source="<b>cables</b>.csv").save(path)
    return path


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory, page: Path) -> Iterator[Any]:
    with browser(tmp_path_factory.mktemp("browser")) as made:
        made.folder = Path(made.capabilities["chrome"]["userDataDir"]).parent
        yield made


@pytest.fixture
def opened(driver: Any, page: Path) -> Any:
    driver.get("about:blank")
    driver.get(page.as_uri())
    return driver


def rows(driver: Any) -> list[str]:
    script = "return [...document.querySelectorAll('#table tbody th .piece bdi')]"
    return driver.execute_script(script + ".map((one) => one.textContent)")


def choose(driver: Any, name: str, value: str) -> None:
    from selenium.webdriver.support.ui import Select  # noqa: PLC0415 -- it may be missing

    Select(driver.find_element("css selector", name)).select_by_value(value)


def downloaded(folder: Path) -> Path:
    file = folder / "decisions.tsv"
    for _ in range(50):
        if file.exists():
            break
        time.sleep(0.1)
    return file


def test_the_state_of_the_column_is_said_first(opened: Any) -> None:
    said = opened.find_element("css selector", ".verdict").text

    assert "of the 167 rows with tags are clean" in said
    assert opened.title == "tags: <b>cables</b>.csv"
    assert problems_of(opened) == []


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("dark", [False, True])
def test_nothing_is_wrong_for_those_who_use_other_means(
    page: Path, tmp_path: Path, width: int, dark: bool
) -> None:
    with browser(tmp_path, width=width, dark=dark) as driver:
        driver.get(page.as_uri())

        assert no_violations(driver) == []
        assert driver.execute_script("return document.documentElement.scrollWidth") <= width


def test_what_needs_a_person_comes_first_the_most_frequent_first(opened: Any) -> None:
    assert rows(opened)[:2] == ["KWHG", "PELOSI"]
    assert "PREL" not in rows(opened)


def test_it_filters_sorts_and_turns_pages(opened: Any) -> None:
    opened.find_element("css selector", "#find").send_keys("pgov")
    choose(opened, "#state", "")
    assert set(rows(opened)) >= {"PGOV", "PGVO"}

    opened.find_element("css selector", "#find").clear()
    opened.find_element("css selector", "#find").send_keys("xq")
    first = rows(opened)
    assert len(first) == 50
    opened.find_element("css selector", "#after").click()
    assert len(rows(opened)) == 50
    assert not set(first) & set(rows(opened))
    opened.find_element("css selector", "th[data-key=raw] button").click()
    assert rows(opened)[0] == "XQ000Y"
    assert opened.find_element("css selector", "th[data-key=raw]").get_attribute("aria-sort") == (
        "ascending"
    )


def test_choices_come_down_as_decisions_that_the_engine_reads(opened: Any, tmp_path: Path) -> None:
    opened.execute_cdp_cmd(
        "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)}
    )
    opened.find_element("css selector", "#who").send_keys('Ann "A"\\')
    choose(opened, "#state", "")
    for raw, value, typed in (
        ("KWHG", "KGHG", ""),
        ("PELOSI", "-", ""),
        ("ESC", "?", "prel, pgov"),
        ("QUOTED", "?", "NOCODE"),
    ):
        find = opened.find_element("css selector", "#find")
        find.clear()
        find.send_keys(raw)
        choose(opened, f"select[aria-label$='for {raw}']", value)
        if typed:
            opened.find_element("css selector", f"input[aria-label$='for {raw}']").send_keys(typed)
    assert "NOCODE is no code." in opened.find_element("css selector", ".wrong").text
    button = opened.find_element("css selector", "#save")
    assert button.text == "Download 3 decisions"
    button.click()

    decisions = Decisions.load(downloaded(tmp_path))
    assert {one.raw: one.tags for one in decisions} == {
        "KWHG": ("KGHG",),
        "PELOSI": (),
        "ESC": ("PREL", "PGOV"),
    }
    assert {one.who for one in decisions} == {"Ann  A"}
    assert Normalizer(decisions=decisions).split("KWHG, PELOSI, ESC") == [
        *("KGHG", "PELOSI", "PREL", "PGOV")
    ]


def test_codes_are_typed_as_they_are_written_in_any_vocabulary(driver: Any, tmp_path: Path) -> None:
    codes = ["en", "de", "bossa nova", "C++", "CO", "Co", "a\\b", "Korea, South"]
    column = ["qqq", "www", "vvv", "zzz", "jjj", "hhh"]
    report_column(column, taxonomy=codes).save(tmp_path / "report.html")
    driver.get((tmp_path / "report.html").as_uri())
    driver.execute_cdp_cmd(
        "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)}
    )
    for raw, typed, wrong in (
        ("qqq", "EN  de", ""),
        ("www", "Bossa  Nova; c++", ""),
        ("vvv", "co", "co may be CO or Co."),
        ("zzz", "Co, a\\b", ""),
        ("jjj", "toString", "toString is no code."),
        ("hhh", "bossa nova korea, south,en", ""),
    ):
        choose(driver, f"select[aria-label$='for {raw}']", "?")
        box = driver.find_element("css selector", f"input[aria-label$='for {raw}']")
        box.send_keys(typed)
        assert box.find_element("xpath", "following-sibling::*").text == wrong
    driver.find_element("css selector", "#save").click()

    decisions = Decisions.load(downloaded(tmp_path), Taxonomy.of(codes))
    assert {one.raw: one.tags for one in decisions} == {
        "qqq": ("en", "de"),
        "www": ("bossa nova", "C++"),
        "zzz": ("Co", "a\\b"),
        "hhh": ("bossa nova", "Korea, South", "en"),
    }
    assert problems_of(driver) == []


def test_the_keyboard_alone_is_enough(opened: Any) -> None:
    from selenium.webdriver.common.action_chains import ActionChains  # noqa: PLC0415
    from selenium.webdriver.common.keys import Keys  # noqa: PLC0415

    def press(*keys: str) -> None:
        ActionChains(opened).send_keys(*keys).perform()

    def focused() -> str:
        script = (
            "const a = document.activeElement; return a.id || a.getAttribute('aria-label') || ''"
        )
        return opened.execute_script(script)

    for _ in range(60):
        press(Keys.TAB)
        if focused() == "find":
            break
    press("kwhg")
    for _ in range(12):
        press(Keys.TAB)
        if focused() == "Your choice for KWHG":
            break
    assert focused() == "Your choice for KWHG"
    press(Keys.ARROW_DOWN)
    assert opened.find_element("css selector", "#save").text == "Download 1 decision"


def test_without_scripts_the_page_can_be_read(page: Path, tmp_path: Path) -> None:
    with browser(tmp_path) as driver:
        driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
        driver.get(page.as_uri())

        assert "KWHG" in driver.find_element("css selector", "#table").text
        assert not driver.find_element("css selector", "#tools").is_displayed()


def test_it_prints_without_its_tools(opened: Any) -> None:
    opened.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        assert not opened.find_element("css selector", "#tools").is_displayed()
        assert opened.find_element("css selector", ".verdict").is_displayed()
    finally:
        opened.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "screen"})
