"""The desk's search by keys alone."""

from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.desk_search import clipboard, found, may_copy


def test_everything_is_done_by_keys(at_the_desk: Open, site: str) -> None:
    page = at_the_desk()
    may_copy(page, site)
    page.keyboard.type("专利侵权去哪里告 jk?")  # while typing, keys are letters
    expect(page.locator("#q")).to_have_value("专利侵权去哪里告 jk?")
    found(page, "专利侵权去哪里告")
    page.press("#q", "Enter")
    titles = page.locator(".hit-title")
    expect(titles.nth(0)).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("ArrowDown")
    expect(titles.nth(2)).to_be_focused()
    page.keyboard.press("k")
    expect(titles.nth(1)).to_be_focused()
    second = titles.nth(1).inner_text().strip()
    expect(page.locator("#pane-title")).to_have_text(second)

    page.keyboard.press("c")
    expect(page.locator("#toast")).to_contain_text("已复制")
    cited = clipboard(page)
    assert cited.endswith("条")  # without the heading that notes have of their own
    assert second.startswith(cited)
    page.keyboard.press("Shift+C")
    expect(page.locator("#toast")).to_contain_text("引用和文字")
    copied = clipboard(page)
    assert copied.startswith(f"{cited}（要点整理，非法条原文，")
    assert f"{site}/documents/" in copied

    page.keyboard.press("x")
    expect(page.locator(".pick input").nth(1)).to_be_checked()
    expect(page.locator("#chosen summary")).to_have_text("已选 1 条")
    page.keyboard.press("x")
    expect(page.locator("#chosen")).to_be_hidden()

    page.keyboard.press("e")
    expect(page.locator(".why").first).to_be_visible()
    expect(page.locator("#explain")).to_have_attribute("aria-pressed", "true")

    before = page.url
    page.keyboard.press("Enter")
    expect(page.locator("#pane-title")).to_be_focused()
    page.keyboard.press("Escape")
    expect(titles.nth(1)).to_be_focused()
    page.go_back()
    expect(page.locator("#q")).to_have_value("专利侵权去哪里告")
    assert page.url == before
    expect(page.locator("#pane-title")).to_have_text(second)

    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="按键")).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()


def test_keys_with_a_modifier_are_the_browsers(at_the_desk: Open, site: str) -> None:
    page = at_the_desk("/desk?q=专利侵权")
    may_copy(page, site)
    page.locator(".hit-title").first.focus()
    for keys in ("Control+x", "Control+e", "Alt+p", "Control+j"):
        page.keyboard.press(keys)
    expect(page.locator("#chosen")).to_be_hidden()
    expect(page.locator(".why")).to_have_count(0)
    expect(page.locator("#pane-title")).not_to_have_text("公众看到的答复")
    page.locator("select[name=level]").focus()
    page.keyboard.press("x")
    expect(page.locator("#chosen")).to_be_hidden()


def test_who_wants_no_single_keys_switches_them_off_for_good(at_the_desk: Open) -> None:
    page = at_the_desk("/desk?q=专利侵权")
    page.get_by_role("button", name="按键").click()
    page.get_by_label("使用这些按键").uncheck()
    page.get_by_role("button", name="关闭").click()
    page.reload()
    page.locator(".hit-title").first.focus()
    page.keyboard.press("e")
    page.keyboard.press("?")
    expect(page.locator(".why")).to_have_count(0)
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("ArrowDown")  # in a list, arrows are what anybody expects
    expect(page.locator(".hit-title").nth(1)).to_be_focused()


def test_one_row_has_the_turn_and_tab_leaves_the_list(at_the_desk: Open) -> None:
    page = at_the_desk("/desk?q=专利侵权")
    expect(page.locator(".hit a[tabindex='0']")).to_have_count(1)
    page.locator(".hit-title").nth(0).focus()
    page.keyboard.press("End")
    expect(page.locator(".hit-title").nth(19)).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("!document.activeElement.closest('.hits')")
