"""Signing in, one's account, and the way around the desk."""

import pytest
from playwright.sync_api import Page, expect

from qa_service.access.staff import Role
from tests.browser.conftest import PASSWORD, PHONE, Open, Scan


@pytest.mark.parametrize("role", list(Role))
def test_every_place_that_is_listed_opens_for_who_it_is_listed_for(at_the_desk: Open, role: Role) -> None:
    page = at_the_desk("/desk", role)
    places = [link.get_attribute("href") for link in page.locator(".places a").all()]
    assert "/desk" in places
    assert ("/desk/documents" in places) == role.covers(Role.EDITOR)
    for place in places:
        page.click(f".places a[href='{place}']")
        expect(page.locator(f".places a[href='{place}']")).to_have_attribute("aria-current", "page")
        expect(page.get_by_role("heading", level=1)).to_have_count(1)


@pytest.mark.parametrize("path", ["/desk/account", "/desk/password"])
def test_one_s_account_breaks_no_rule_of_accessibility(at_the_desk: Open, no_violations: Scan, path: str) -> None:
    page = at_the_desk(path)
    no_violations(page)
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme="dark")
    no_violations(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_one_signs_in_by_keys_and_out_again(page: Page, site: str) -> None:
    page.goto(f"{site}/desk")
    expect(page.locator("#name")).to_be_focused()
    page.keyboard.type(Role.READER.value)
    page.keyboard.press("Tab")
    page.keyboard.type("不对的密码，随便写的")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("账号或密码不对")
    expect(page.locator("#password")).to_be_focused()
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator(".places")).to_contain_text("reader，查阅")
    page.goto(f"{site}/desk/account")
    page.get_by_role("button", name="退出登录").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("员工登录")
    page.goto(f"{site}/desk/gaps")
    expect(page.get_by_role("heading", level=1)).to_have_text("员工登录")
