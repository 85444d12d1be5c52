"""Every page: light, dark, large, on a desk and in a hand."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Scan, Shot

PAGES = ["/", "/?q=拿专利能贷款吗", "/documents", "/documents/haimen-ip-plan", "/privacy", "/desk/sign-in"]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_breaks_no_rule_of_accessibility(page: Page, site: str, no_violations: Scan, path: str) -> None:
    for size in (DESKTOP, PHONE):
        page.set_viewport_size(size)
        page.goto(site + path)
        no_violations(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "a phone would scroll sideways"


@pytest.mark.parametrize("path", PAGES)
def test_a_dark_page_breaks_none_either(page: Page, site: str, no_violations: Scan, path: str) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto(site + path)
    no_violations(page)


def test_what_is_chosen_lasts(page: Page, site: str, shot: Shot) -> None:
    page.goto(f"{site}/?q=拿专利能贷款吗")
    plain = page.evaluate("getComputedStyle(document.querySelector('.said, .answer-text')).fontSize")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_role("button", name="大字").click()
    page.get_by_role("button", name="深色").click()
    page.reload()
    expect(page.get_by_role("button", name="大字")).to_have_attribute("aria-pressed", "true")
    large = page.evaluate("getComputedStyle(document.querySelector('.said, .answer-text')).fontSize")
    assert float(large[:-2]) == pytest.approx(1.25 * float(plain[:-2]))
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light
    shot(page, "large-dark")


def test_pages_read_without_scripts(chrome: Browser, site: str) -> None:
    context = chrome.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site)
    page.fill("#q", "拿专利能贷款吗")
    page.press("#q", "Enter")
    expect(page.locator(".citation").first).to_be_visible()
    context.close()
