"""The desk's search page, as staff use it with a caller on the phone: typing, reading, in a hand, without a network."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import DESKTOP, PASSWORD, PHONE, Open, Scan, Shot
from tests.browser.desk_search import PASSAGES, PREVIEWS, SEARCHES, found


def hits(page: Page) -> int:
    return page.locator(".hit").count()


def test_what_is_typed_is_found_at_the_pause(at_the_desk: Open, shot: Shot) -> None:
    page = at_the_desk()
    expect(page.locator("#q")).to_be_focused()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/staff/search" in request.url else None)
    page.keyboard.type("质押融资", delay=20)
    expect(page.locator(".hit")).to_have_count(20)
    assert len(asked) <= 2, asked
    expect(page.locator("#pane-title")).to_contain_text("《")
    expect(page.locator(".hit mark").first).to_be_visible()
    assert "q=%E8%B4%A8%E6%8A%BC%E8%9E%8D%E8%B5%84" in page.url
    expect(page.locator("#q")).to_be_focused()
    shot(page, "desk-search")
    page.reload()
    expect(page.locator("#q")).to_have_value("质押融资")
    expect(page.locator(".hit")).to_have_count(20)
    page.fill("#q", "")
    expect(page.locator(".hit")).to_have_count(0)
    expect(page.locator("#pane")).to_be_hidden()
    assert page.url.endswith("/desk")


def test_half_typed_pinyin_is_not_looked_for(at_the_desk: Open) -> None:
    page = at_the_desk()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/staff/search" in request.url else None)
    page.focus("#q")
    method = page.context.new_cdp_session(page)
    for text in ("zh", "zhuan", "zhuan'li"):
        method.send("Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)})
        page.wait_for_timeout(250)
    assert asked == []
    method.send("Input.insertText", {"text": "专利"})
    expect(page.locator(".hit").first).to_be_visible()
    assert len(asked) == 1
    assert "zhuan" not in asked[0]


def test_an_old_request_is_given_up_for_the_new(at_the_desk: Open) -> None:
    page = at_the_desk()
    held: list[Route] = []
    given_up: list[str] = []
    page.on("requestfailed", lambda request: given_up.append(request.url))
    page.route(SEARCHES, lambda route: held.append(route) if not held else route.continue_())
    page.fill("#q", "专利")
    expect(page.locator("#found.stale")).to_have_count(1)
    page.wait_for_timeout(300)
    page.fill("#q", "商标续展")
    expect(page.locator(".hit-title").first).to_contain_text("商标法")
    assert len(held) == 1
    assert given_up == [held[0].request.url]


def test_filters_narrow_and_stand_in_the_address(at_the_desk: Open) -> None:
    page = at_the_desk("/desk?q=专利侵权")
    expect(page.locator(".hit").first).to_be_visible()
    page.get_by_label("形式").select_option("guide")
    expect(page.locator(".hit", has_text="办事指南")).to_have_count(20)
    page.get_by_label("主题").select_option("保护")
    page.get_by_label("只看现行有效").check()
    expect(page.locator("#found.stale")).to_have_count(0)
    for part in ("form=guide", "topic=%E4%BF%9D%E6%8A%A4", "in_force=1"):
        page.wait_for_function("part => location.search.includes(part)", arg=part)
    page.reload()
    expect(page.get_by_label("形式")).to_have_value("guide")
    expect(page.get_by_label("只看现行有效")).to_be_checked()
    page.get_by_label("层级").select_option("区级规划")
    expect(page.locator("#standing")).to_contain_text("没有找到")
    page.get_by_role("button", name="清除范围").click()
    expect(page.locator(".hit")).to_have_count(20)
    assert "form=" not in page.url
    expect(page.locator("#q")).to_have_value("专利侵权")
    page.locator("select[name=document]").select_option("haimen-ip-plan")
    expect(page.locator(".hit").first).to_contain_text("十四五")
    assert all("十四五" in text for text in page.locator(".hit-title").all_inner_texts())


def test_more_are_listed_where_twenty_are_not_enough(at_the_desk: Open) -> None:
    page = at_the_desk("/desk?q=知识产权保护")
    expect(page.locator(".hit")).to_have_count(20)
    page.get_by_role("button", name="再多列一些").click()
    expect(page.locator(".hit")).to_have_count(50)
    expect(page.get_by_role("button", name="再多列一些")).to_be_hidden()


def test_a_passage_is_read_with_its_neighbours(at_the_desk: Open) -> None:
    page = at_the_desk("/desk?q=商标法第四十条")
    expect(page.locator("#pane-title")).to_contain_text("第四十条")
    pane = page.locator("#pane")
    expect(pane.locator(".notice", has_text="将有新版本")).to_be_visible()
    expect(pane).to_contain_text("要点整理，非法条原文")
    pane.get_by_role("link", name="下一条").click()
    expect(page.locator("#pane-title")).to_contain_text("第四十一条")
    expect(page.locator("#pane-title")).to_be_focused()
    page.go_back()
    expect(page.locator("#pane-title")).to_contain_text("第四十条")


def test_the_ranking_is_explained_in_words_and_bars(at_the_desk: Open, shot: Shot) -> None:
    page = at_the_desk("/desk?q=专利侵权赔偿多少&explain=1")
    why = page.locator(".why").first
    expect(why).to_contain_text("第 1 条，主要凭")
    widths = why.locator(".bar span").evaluate_all("bars => bars.map(bar => bar.getBoundingClientRect().width)")
    assert len(widths) > 2
    assert widths[0] == max(widths) > 10
    expect(page.locator("#reading")).to_contain_text("问的是：金额")
    shot(page, "desk-search-explained")


def test_a_network_that_fails_is_said_and_recovered_from(at_the_desk: Open, shot: Shot) -> None:
    page = at_the_desk("/desk?q=专利侵权")
    expect(page.locator(".hit").first).to_be_visible()
    page.route(SEARCHES, lambda route: route.abort())
    page.fill("#q", "商标续展")
    expect(page.locator("#standing")).to_have_text("连接不上服务，请检查网络后再试。")
    assert hits(page) == 20  # what was found before is still there to be read
    shot(page, "desk-search-failed")
    page.unroute(SEARCHES)
    page.get_by_role("button", name="重试").click()
    expect(page.locator("#standing")).to_contain_text("最相近的 20 条")
    expect(page.locator(".hit-title").first).to_contain_text("商标法")

    busy = {"title": "忙", "detail": "现在提问的人太多，请稍后再试。", "status": 503}
    page.route(SEARCHES, lambda route: route.fulfill(status=503, json=busy, content_type="application/problem+json"))
    page.fill("#q", "专利")
    expect(page.locator("#standing")).to_have_text("现在提问的人太多，请稍后再试。")
    page.unroute(SEARCHES)
    page.fill("#q", "专利权")
    expect(page.locator("#standing")).to_contain_text("最相近的")

    page.route(PASSAGES, lambda route: route.abort())
    page.locator(".hit-title").nth(7).click()
    expect(page.locator("#around")).to_contain_text("前后条没有取到")
    expect(page.locator("#pane blockquote").first).not_to_be_empty()
    page.unroute(PASSAGES)
    page.locator("#around").get_by_role("button", name="重试").click()
    expect(page.locator("#pane h3", has_text="前后条")).to_be_visible()

    page.route(PREVIEWS, lambda route: route.abort())
    page.get_by_role("button", name="看公众答复").click()
    expect(page.locator("#pane")).to_contain_text("没有得到答复：连接不上服务")
    page.unroute(PREVIEWS)
    page.locator("#pane").get_by_role("button", name="重试").click()
    expect(page.locator("#pane .reply")).to_be_visible()


def test_who_is_no_longer_signed_in_is_told_so(at_the_desk: Open) -> None:
    page = at_the_desk("/desk?q=专利侵权")
    page.context.clear_cookies()
    page.fill("#q", "商标")
    expect(page.locator("#standing")).to_contain_text("登录已失效")


def test_in_a_hand_the_passage_takes_the_lists_place_and_back_leads_to_it(at_the_desk: Open, shot: Shot) -> None:
    page = at_the_desk()
    page.set_viewport_size(PHONE)
    page.goto(page.url)
    expect(page.locator("#narrow")).not_to_have_attribute("open", "")
    found(page, "商标续展")
    expect(page.locator("#pane")).to_be_hidden()
    shot(page, "desk-search-phone")
    page.locator(".hit-title").nth(1).click()
    expect(page.locator("#pane-title")).to_be_visible()
    expect(page.locator("#hits")).to_be_hidden()
    shot(page, "desk-search-phone-passage")
    page.go_back()
    expect(page.locator("#hits")).to_be_visible()
    expect(page.locator("#pane")).to_be_hidden()
    page.locator(".hit-title").nth(1).click()
    page.get_by_role("button", name="返回结果").click()
    expect(page.locator(".hit-title").nth(1)).to_be_focused()
    page.get_by_role("button", name="看公众答复").click()
    expect(page.locator("#pane .reply")).to_be_visible()
    page.get_by_role("button", name="返回条款和结果").click()
    expect(page.locator("#hits")).to_be_visible()
    page.get_by_role("button", name="大字").click()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(("size", "scheme"), [(DESKTOP, "light"), (DESKTOP, "dark"), (PHONE, "light"), (PHONE, "dark")])
def test_no_state_breaks_a_rule_of_accessibility(
    at_the_desk: Open, no_violations: Scan, shot: Shot, size: dict[str, int], scheme: str
) -> None:
    page = at_the_desk()
    page.set_viewport_size(size)  # type: ignore[arg-type]
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(page.url)
    no_violations(page)
    found(page, "专利侵权赔偿多少")
    page.get_by_role("button", name="解释排序").click()
    page.locator(".pick").first.click()
    page.locator("#chosen summary").click()
    page.evaluate("document.querySelector('#narrow').open = true")
    no_violations(page)
    shot(page, f"desk-search-{size['width']}-{scheme}")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="看公众答复").click()
    expect(page.locator("#pane .reply")).to_be_visible()
    no_violations(page)
    page.get_by_role("button", name="返回条款和结果").click()
    page.locator(".hit-title").nth(1).click()
    expect(page.locator("#pane h3", has_text="前后条")).to_be_visible()
    no_violations(page)
    page.get_by_role("button", name="按键").click()
    no_violations(page)
    page.get_by_role("button", name="关闭").click()
    page.route(SEARCHES, lambda route: route.abort())
    page.fill("#q", "商标")
    expect(page.locator("#retry")).to_be_visible()
    no_violations(page)
    page.unroute(SEARCHES)


def test_without_scripts_one_searches_and_reads(chrome: Browser, site: str, no_violations: Scan) -> None:
    context = chrome.new_context(java_script_enabled=False, viewport=DESKTOP)
    page = context.new_page()
    page.goto(f"{site}/desk/sign-in")
    page.fill("#name", "reader")
    page.fill("#password", PASSWORD)
    page.click("main button")
    page.fill("#q", "专利侵权")
    page.get_by_label("形式").select_option("guide")
    page.get_by_role("button", name="检索").click()
    expect(page.locator(".hit")).to_have_count(20)
    page.locator(".hit-title").nth(1).click()
    expect(page.locator("#pane-title")).to_have_text(page.locator(".hit-title").nth(1).inner_text().strip())
    expect(page.locator("#pane")).to_contain_text("前后条")
    context.close()


def test_a_search_takes_no_longer_than_a_tenth_of_a_second_after_the_pause(at_the_desk: Open, shared_tmp: Path) -> None:
    page = at_the_desk()
    found(page, "预热")
    measure = """text => new Promise(done => {
      const field = document.querySelector("#q"), hits = document.querySelector("#hits"), began = performance.now();
      new MutationObserver((_, observer) => {
        observer.disconnect();
        requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)));
      }).observe(hits, { childList: true });
      field.value = text;
      field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    })"""
    asked = ("专利", "专利侵权赔偿", "商标续展要多久", "质押融资有没有贴息", "专利法第六十五条", "被人仿冒了去哪里投诉")
    pause_ms = 150
    took = [page.evaluate(measure, text) - pause_ms for text in asked]
    (shared_tmp / "desk-search-ms.json").write_text(json.dumps(took))
    # On a quiet machine it is some 40 ms; here others run beside it.
    assert sorted(took)[len(took) // 2] < 400
