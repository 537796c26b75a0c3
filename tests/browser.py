"""Headless Chromium for tests of pages, and the check of their accessibility."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

__all__ = ["NO_BROWSER", "browser", "no_violations", "problems_of"]

_MISSING = [name for name in ("chromium", "chromedriver") if shutil.which(name) is None] + [
    name for name in ("selenium", "axe_core_python") if find_spec(name) is None
]
NO_BROWSER = pytest.mark.skipif(
    bool(_MISSING), reason=f"needs {', '.join(_MISSING)}; on Debian: chromium and chromium-driver"
)
_FLAGS = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)


@contextmanager
def browser(folder: Path, *, width: int = 1280, dark: bool = False) -> Iterator[Any]:
    """A browser of its own, with its profile and its downloads in a folder."""
    from selenium import webdriver  # noqa: PLC0415 -- it may be missing
    from selenium.webdriver.chrome.service import Service  # noqa: PLC0415

    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium")
    for flag in (*_FLAGS, f"--user-data-dir={folder / 'profile'}", f"--window-size={width},900"):
        options.add_argument(flag)
    options.add_experimental_option("prefs", {"download.default_directory": str(folder)})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    # On a busy machine the check of accessibility takes its time.
    driver.set_script_timeout(120)
    try:
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})
        metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        yield driver
    finally:
        driver.quit()


def no_violations(driver: Any) -> list[str]:
    """What axe-core finds wrong with the page, one line each; nothing if all is well."""
    import axe_core_python  # noqa: PLC0415

    script = Path(axe_core_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
    driver.execute_script(script)
    found = driver.execute_async_script("axe.run().then(arguments[arguments.length - 1])")
    return [
        f"{one['id']}: {one['help']}: {[node['html'][:120] for node in one['nodes'][:3]]}"
        for one in found["violations"]
    ]


def problems_of(driver: Any) -> list[str]:
    """What the browser complained of."""
    return [entry["message"] for entry in driver.get_log("browser") if entry["level"] == "SEVERE"]
