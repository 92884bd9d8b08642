"""The report's page in a browser: it opens, filters, copies, can be used without a mouse, and runs nothing hostile."""

from __future__ import annotations

import csv
import io
import json
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from attrib.engine import Settings, check_sources
from attrib.fetch import sources
from attrib.report.html import check_html
from attrib.rule import rules

from .test_cli import FAULTY, run
from .test_html import HOSTILE

pytestmark = pytest.mark.browser

FLAGS = """--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
--disable-component-update --disable-sync --disable-dev-shm-usage --window-size=1280,900""".split()


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Chromium with a profile of its own, driven by the driver that is installed beside it."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    with webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver"))) as driver:
        yield driver


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Path:
    """A report on the samples, on a hostile page, and on three whose findings do not count, as the command writes it."""
    here = tmp_path_factory.mktemp("site")
    shutil.copytree(samples, here / "samples")
    (here / "hostile.html").write_text(HOSTILE, "utf-8")
    for name in ("known.html", "accepted.html"):
        (here / name).write_text(FAULTY, "utf-8")
    (here / "allowed.html").write_text(FAULTY.replace("<img", "<!-- attrib: allow alt-missing — drop capital --><img"))
    assert run("baseline", "known.html", "-o", "known.json", cwd=here)[0] == 0
    run("check", "accepted.html", "--format", "json:one.json", cwd=here)
    (finding,) = json.loads((here / "one.json").read_text("utf-8"))["findings"]
    said = ("--reason", "the desk <b>knows</b>", "--by", "Ann Lee", "--until", "2999-12-31", "--baseline", "known.json")
    assert run("accept", finding["fingerprint"], "--report", "one.json", *said, cwd=here)[0] == 0
    pages = ("samples", "hostile.html", "known.html", "accepted.html", "allowed.html")
    out = run("check", *pages, "--baseline", "known.json", "--format", "html:report/", cwd=here)
    assert out[0] == 2  # the hostile one holds a NUL
    return here / "report"


@pytest.fixture
def page(browser: Any, folder: Path) -> Any:
    """The report, opened anew in a wide window with a light ground."""
    seen(browser)
    browser.get((folder / "index.html").as_uri())
    return browser


def seen(browser: Any, *, width: int = 1280, scheme: str = "light") -> None:
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    media = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", media)


def find(page: Any, selector: str) -> list[Any]:
    from selenium.webdriver.common.by import By

    return page.find_elements(By.CSS_SELECTOR, selector)


def shown(page: Any) -> list[Any]:
    return page.execute_script("return [...document.querySelectorAll('.finding')].filter(x => x.checkVisibility())")


def until(told: Callable[[], Any]) -> Any:
    """What `told` says once it says something, for at most ten seconds."""
    end = time.monotonic() + 10
    while not (said := told()) and time.monotonic() < end:
        time.sleep(0.02)
    return said


def press(page: Any, keys: str) -> Any:
    """Press a key where the focus is; the element that has the focus then."""
    from selenium.webdriver.common.action_chains import ActionChains

    ActionChains(page).send_keys(keys).perform()
    return page.switch_to.active_element


def test_it_opens_without_a_word_on_the_console(page: Any) -> None:
    pictures = "return [...document.images].filter(x => x.complete && x.naturalWidth).length"
    page.execute_script("for (const image of document.images) image.loading = 'eager'")
    assert until(lambda: page.execute_script(pictures) == len(find(page, "img"))) and find(page, "img")
    assert page.get_log("browser") == []
    assert page.execute_script("return document.documentElement.scrollWidth") <= 1280
    seen(page, width=390)
    assert page.execute_script("return document.documentElement.scrollWidth") <= 390


def test_nothing_hostile_runs(page: Any) -> None:
    page.execute_script(
        "for (const element of document.querySelectorAll('*'))"
        "  for (const kind of ['mouseover', 'load', 'error']) element.dispatchEvent(new Event(kind))"
    )
    assert page.execute_script("return window.caught") is None
    assert page.get_log("browser") == []
    page.execute_script("document.body.insertAdjacentHTML('beforeend', '<img src=x: onerror=\"window.caught=9\">')")
    assert until(lambda: page.get_log("browser"))  # the policy stops what escaping would have let through
    assert page.execute_script("return window.caught") is None


def test_filters_leave_what_was_asked_for(page: Any) -> None:
    everything = len(shown(page))
    (count,) = find(page, "#count")
    assert count.text == f"{everything} findings"
    (errors,) = find(page, "input[value=error]")
    errors.click()
    left = shown(page)
    assert {finding.get_attribute("data-severity") for finding in left} == {"warning", "notice"}
    assert count.text == f"{len(left)} of {everything} findings" and 0 < len(left) < everything
    assert all(find(article, ".finding:not([hidden])") for article in find(page, ".article:not([hidden])"))
    (rule,) = find(page, "select[name=rule]")
    rule.send_keys("credit-differs-elsewhere")
    (only,) = until(lambda: [f for f in [shown(page)] if len(f) == 1])[0]
    assert only.get_attribute("data-rule") == "credit-differs-elsewhere"
    for box in find(page, "input:checked"):
        box.click()
    assert shown(page) == [] and find(page, "#none")[0].is_displayed()
    find(page, "button[type=reset]")[0].click()
    assert until(lambda: len(shown(page)) == everything) and not find(page, "#none")[0].is_displayed()


def test_what_does_not_count_is_folded_and_unfolds_by_its_box_or_by_itself(page: Any) -> None:
    everything = len(shown(page))
    count, none = find(page, "#count")[0], find(page, "#none")[0]
    folds = {fold.get_attribute("data-state"): fold for fold in find(page, "details.left")}
    assert list(folds) == ["accepted", "known", "allowed"] and all(fold.is_displayed() for fold in folds.values())
    assert not [x for x in shown(page) if x.get_attribute("data-state") in folds]
    (box,) = find(page, "input[value=accepted]")
    box.click()
    (one,) = [x for x in shown(page) if x.get_attribute("data-state") in folds]
    assert "Accepted by Ann Lee until 2999-12-31: the desk <b>knows</b>" in one.text
    assert count.text == f"{everything + 1} findings"
    find(page, "input[value=new]")[0].click()  # those that somebody accepted, and no others
    assert shown(page) == [one] and count.text == f"1 of {everything + 1} findings"
    page.execute_script("arguments[0].querySelector('summary').click()", folds["known"])
    (known,) = find(page, "input[value=known]")
    assert until(known.is_selected) and len(shown(page)) == 2
    box.click()
    known.click()
    assert until(none.is_displayed) and shown(page) == []
    find(page, "button[type=reset]")[0].click()
    assert until(lambda: len(shown(page)) == everything) and not folds["accepted"].get_attribute("open")


@pytest.mark.parametrize("allowed", [["clipboardSanitizedWrite"], []])
def test_words_and_commands_are_copied_whether_or_not_the_browser_lets_it(page: Any, allowed: list[str]) -> None:
    page.execute_cdp_cmd("Browser.resetPermissions", {})
    page.execute_cdp_cmd("Browser.grantPermissions", {"permissions": ["clipboardReadWrite", *allowed]})
    read = "const done = arguments[0]; navigator.clipboard.readText().then(done)"
    for selector, named in ((".suggestion pre", "the suggested text"), (".accept code", "the accept command")):
        element = find(page, selector)[0]
        (button,) = find(page, f"{selector} + button")[:1]
        assert button.accessible_name == f"Copy {named}"
        page.execute_script("arguments[0].scrollIntoView({behavior: 'instant', block: 'center'})", button)
        button.click()
        assert until(lambda: find(page, "#said")[0].text == "Copied")
        assert page.execute_async_script(read) == element.text
        assert until(lambda: find(page, "#said")[0].text == "")
    assert element.text.startswith("attrib accept ")


def test_the_table_holds_what_is_shown_and_no_formula(page: Any, tmp_path: Path) -> None:
    find(page, "input[value=notice]")[0].click()
    findings = shown(page)
    page.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)})
    find(page, "#csv")[0].click()
    file = tmp_path / "attrib-findings.csv"
    assert until(file.exists)
    text = file.read_bytes().decode("utf-8")
    assert text.startswith("\ufeff") and text.count("\n") == text.count("\r\n")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert [row["fingerprint"] for row in rows] == [finding.get_attribute("id")[2:] for finding in findings]
    assert "'=cmd|' /C calc'!A0.jpg" in {row["quote"] for row in rows}
    assert not [value for row in rows for value in row.values() if value[:1] in tuple("=+-@\t\r")]
    assert {row["source"] for row in rows} >= {"hostile.html", "samples/wrong-credit.html"}


def test_it_can_be_used_without_a_mouse(page: Any) -> None:
    from selenium.webdriver.common.keys import Keys

    skip = press(page, Keys.TAB)
    assert skip.text == "Skip to the findings" and skip.is_displayed()
    press(page, Keys.ENTER)
    assert page.switch_to.active_element.get_attribute("id") == "findings"
    page.get(page.current_url.partition("#")[0])
    reached = []
    for _ in range(16):
        element = press(page, Keys.TAB)
        outline = element.value_of_css_property("outline-style")
        reached.append((element.get_attribute("name") or element.get_attribute("id") or element.tag_name, outline))
    names = [name for name, _ in reached]
    assert {"a", "summary", "severity", "rule", "csv"} <= set(names)
    assert "none" not in {outline for _, outline in reached}
    page.get(page.current_url)
    everything = len(shown(page))
    while press(page, Keys.TAB).get_attribute("value") != "error":
        pass
    press(page, Keys.SPACE)
    assert until(lambda: 0 < len(shown(page)) < everything)


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_axe_finds_nothing_grave(page: Any, width: int, scheme: str) -> None:
    from axe_core_python.selenium import Axe

    seen(page, width=width, scheme=scheme)
    page.refresh()
    page.execute_script(
        "for (const fold of document.querySelectorAll('details')) fold.open = true;"
        "for (const box of document.querySelectorAll('.picture')) box.style.contentVisibility = 'visible'"
    )
    found = Axe().run(page)
    grave = [
        (fault["id"], node["html"][:200], node["failureSummary"])
        for fault in found["violations"]
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"]
    ]
    assert grave == [] and len(found["passes"]) > 20


def test_everything_can_be_read_without_its_script(page: Any, folder: Path) -> None:
    everything = len(shown(page))
    page.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        page.get((folder / "index.html").as_uri())
        assert len(shown(page)) == everything > 10
        assert not [x for x in find(page, "form, button") if x.is_displayed()]
        assert find(page, ".suggestion pre")[0].is_displayed() and find(page, ".accept code")[0].is_displayed()
        page.execute_script("document.querySelector('details[data-state=accepted] > summary').click()")
        assert "Accepted by Ann Lee until 2999-12-31" in find(page, "details[data-state=accepted]")[0].text
        assert "could not be read" in find(page, "header")[0].text and find(page, "#not-done li")[0].is_displayed()
    finally:
        page.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_a_page_that_holds_all_shows_its_pictures(browser: Any, tmp_path: Path, samples: Path) -> None:
    file = tmp_path / "report.html"
    assert run("check", samples, "--format", f"html:{file}")[0] == 1
    browser.get(file.as_uri())
    browser.execute_script("for (const image of document.images) image.loading = 'eager'")
    loaded = "return [...document.images].filter(x => x.naturalWidth > 0).length"
    assert until(lambda: browser.execute_script(loaded) == len(find(browser, "img"))) and find(browser, "img")
    assert browser.get_log("browser") == []


def test_a_report_with_one_finding_has_nothing_to_filter_and_no_fault(browser: Any, tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    page.write_text('<article><h1>A</h1><p>Words.</p><img src="https://example.org/a.jpg"></article>', "utf-8")
    report = check_sources(sources([str(page)]), Settings(select=("alt-missing",)))
    (tmp_path / "report.html").write_text("".join(check_html(report, rules())), "utf-8")
    browser.get((tmp_path / "report.html").as_uri())
    assert len(shown(browser)) == 1 and browser.get_log("browser") == []
    find(browser, ".accept button")[0].click()
    assert until(lambda: find(browser, ".accept button")[0].text == "Copied")
