"""The widget on pages that are not ours."""

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from threading import Event

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from qa_service.answer.speech import Piece
from qa_service.server.assets import STATIC
from qa_service.service import Service
from tests.browser.conftest import PHONE, Scan, Shot
from tests.browser.hosts import Host, hosted
from tests.server.conftest import Scripted

QUESTION = "拿专利能贷款吗"
LARGEST = 30_000
PLAIN = '<!doctype html><html lang="zh-CN"><title>甲站</title><main><h1>甲站</h1></main><script src="{site}/widget.js" async></script>'
HOSTILE = """<!doctype html><html lang="zh-CN"><head><title>政务公开</title>
<style>
  html { font-size: 62.5%; }
  * { all: unset !important; display: inline !important; color: red !important; font: 40px cursive !important;
      box-sizing: content-box !important; position: static !important; }
  head, script, style, title { display: none !important; }
  qa-widget { display: none !important; visibility: hidden !important; transform: scale(3) !important; opacity: 0 !important; }
  body { display: block !important; transform: translateX(40px) !important; overflow: hidden !important; }
  #lid { position: fixed !important; inset: 0 !important; z-index: 2147483647 !important; display: block !important; }
</style></head>
<body><main><h1>政务公开</h1><p>正文</p></main>
<script src="{site}/widget.js" data-color="#8a1c1c" data-suggestions="怎么申请商标|专利费能减吗" async></script>
<div id="lid"></div>
<script>addEventListener("keydown", (e) => { if (e.key !== "Tab") e.preventDefault(); });</script>
</body></html>"""
STRICT = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src {site} 'sha256-yQlalU6tLTlULOscI+BjkX4HMmPN3fP2ljoAMPULVZs='; "
    "connect-src {site}"
)


@pytest.fixture(scope="module")
def hostile(service: Service) -> Iterator[Host]:
    """A page of another origin that does all it can to spoil what stands on it."""
    with hosted(service, HOSTILE, STRICT) as host:
        yield host


@pytest.fixture(scope="module")
def plain(service: Service) -> Iterator[Host]:
    """An ordinary page of another origin."""
    with hosted(service, PLAIN) as host:
        yield host


@pytest.fixture
def visitor(context: BrowserContext) -> Page:
    """Somebody's browser."""
    return context.new_page()


def part(page: Page, selector: str) -> Locator:
    return page.locator(f"qa-widget >> {selector}")


def opened(page: Page, host: Host) -> Locator:
    """Open the widget on a host's page; returns the field to ask in."""
    page.goto(host.origin)
    part(page, ".launcher").click()
    return part(page, "textarea")


def ask(page: Page, question: str = QUESTION) -> Locator:
    """Ask; returns the exchange when it is answered."""
    before = part(page, ".log > *").count()
    part(page, ".composer textarea").fill(question)
    page.keyboard.press("Enter")
    shown = part(page, ".log > *").nth(before)
    expect(shown).to_be_visible()
    return shown


def test_all_that_a_page_loads_for_it_is_small() -> None:
    modules, waiting = set[str](), ["widget.js"]
    while waiting:
        name = waiting.pop()
        if name not in modules:
            modules.add(name)
            waiting += re.findall(r'from "\./([\w.]+)"', (STATIC / "js" / name).read_text("utf-8"))
    sheets = re.findall(
        r'"(\w+)"', re.findall(r"const NAMES = \[(.*?)\]", (STATIC / "js/sheets.js").read_text("utf-8"))[0]
    )
    assert {"answer.js", "conversation.js", "sheets.js"} <= modules
    assert {"tokens", "widget"} <= set(sheets)
    files = [STATIC / "js" / name for name in [*modules, "widget_loader.js"]] + [
        STATIC / "css" / f"{name}.css" for name in sheets
    ]
    size = sum(len(gzip.compress(path.read_bytes(), 6)) for path in files)
    print(f"widget: {size:,} bytes gzipped in {len(files)} files")  # noqa: T201
    assert size <= LARGEST


def test_a_hostile_page_does_not_spoil_it(visitor: Page, hostile: Host, shot: Shot) -> None:
    opened(visitor, hostile)
    shown = ask(visitor)
    expect(shown.locator(".status")).to_have_text("有依据")
    said = shown.locator(".said").evaluate(
        "e => { const s = getComputedStyle(e); return [s.fontSize, s.color, s.display, s.position] }"
    )
    assert said == ["17px", "rgb(28, 36, 39)", "block", "static"]
    box = part(visitor, ".panel").bounding_box()
    assert box is not None
    assert box["x"] + box["width"] == pytest.approx(1280 - 20, abs=1)
    assert box["y"] + box["height"] == pytest.approx(800 - 20, abs=1)
    on_top = "([x, y]) => document.elementFromPoint(x, y).localName"
    assert visitor.evaluate(on_top, [box["x"] + 200, box["y"] + 20]) == "qa-widget"
    shot(visitor, "widget-hostile-host")


def test_a_citation_leads_to_the_clause_in_the_reader_of_the_service(visitor: Page, hostile: Host) -> None:
    opened(visitor, hostile)
    shown = ask(visitor)
    shown.locator(".cite").first.click()
    source = shown.locator("details.citation").first
    expect(source.locator("blockquote mark").first).to_be_visible()
    with visitor.context.expect_page() as opening:
        source.get_by_role("link", name="在原文中查看").click()
    reader = opening.value
    reader.wait_for_load_state()
    assert reader.url.startswith(f"{hostile.site}/documents/")
    expect(reader.locator(".clause:target")).to_be_in_viewport()
    assert reader.evaluate("window.opener") is None


def test_nothing_is_kept_but_the_tab_s_own_history(visitor: Page, plain: Host, context: BrowserContext) -> None:
    opened(visitor, plain)
    ask(visitor)
    assert context.cookies() == []
    assert visitor.evaluate("localStorage.length") == 0
    visitor.reload()
    part(visitor, ".launcher").click()
    expect(part(visitor, ".log .asked")).to_have_text(f"您问：{QUESTION}")
    part(visitor, "[aria-label=重新开始]").click()
    expect(part(visitor, ".log > *")).to_have_count(0)
    assert visitor.evaluate("sessionStorage.length") == 0


def test_a_follow_up_is_understood_by_what_was_said_before(visitor: Page, plain: Host) -> None:
    opened(visitor, plain)
    ask(visitor, "发明专利保护期是多久")
    visitor.reload()
    part(visitor, ".launcher").click()
    shown = ask(visitor, "那外观设计呢")
    expect(shown.locator(".hint")).to_contain_text("外观设计保护期是多久")


def test_a_site_that_is_not_listed_gets_no_widget_and_no_harm(visitor: Page, service: Service) -> None:
    said: list[str] = []
    visitor.on("console", lambda message: said.append(message.text))
    with hosted(service, PLAIN, listed=False) as host:
        visitor.goto(host.origin, wait_until="networkidle")
        expect(visitor.locator("qa-widget")).to_have_count(0)
        assert any("QA_WIDGET_ORIGINS" in text for text in said)
        asked = "fetch('SITE/api/v1/ask', {method: 'POST', headers: {'Content-Type': 'application/json'}, body: '{\"question\": \"x\"}'})"
        assert (
            visitor.evaluate(asked.replace("SITE", host.site) + ".then(() => 'let in', () => 'refused')") == "refused"
        )


def test_it_is_used_by_keys_alone(visitor: Page, plain: Host) -> None:
    visitor.goto(plain.origin)
    part(visitor, ".launcher").wait_for()
    visitor.keyboard.press("Tab")
    visitor.keyboard.press("Enter")
    expect(part(visitor, ".composer textarea")).to_be_focused()
    visitor.keyboard.type("专利费能减吗")
    visitor.keyboard.press("Shift+Enter")
    assert part(visitor, ".composer textarea").input_value().endswith("\n")
    visitor.keyboard.press("Enter")
    expect(part(visitor, ".log .exchange")).to_be_visible()
    part(visitor, ".log .cite").first.focus()
    visitor.keyboard.press("Enter")
    expect(part(visitor, ".log details.citation summary").first).to_be_focused()
    expect(part(visitor, ".log blockquote").first).to_be_visible()
    visitor.keyboard.press("Escape")
    expect(part(visitor, ".panel")).to_be_hidden()
    expect(part(visitor, ".launcher")).to_be_focused()


def test_what_an_input_method_composes_is_not_sent(visitor: Page, plain: Host) -> None:
    field = opened(visitor, plain)
    field.fill("zhuan li")
    field.evaluate(
        "e => e.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true}))"
    )
    field.evaluate("e => e.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', keyCode: 229, bubbles: true}))")
    expect(part(visitor, ".exchange")).to_have_count(0)
    expect(field).to_have_value("zhuan li")


def test_on_a_phone_it_is_the_whole_screen_and_keeps_the_focus(visitor: Page, plain: Host, shot: Shot) -> None:
    visitor.set_viewport_size(PHONE)
    visitor.emulate_media(reduced_motion="reduce")
    opened(visitor, plain)
    ask(visitor)
    box = part(visitor, ".panel").bounding_box()
    assert box == {"x": 0, "y": 0, "width": PHONE["width"], "height": PHONE["height"]}
    expect(part(visitor, ".panel")).to_have_attribute("aria-modal", "true")
    for _ in range(25):
        visitor.keyboard.press("Tab")
        assert visitor.evaluate("document.activeElement.localName") == "qa-widget"
    small = visitor.evaluate(
        "[...document.querySelector('qa-widget').shadowRoot.querySelectorAll('button, summary, textarea')]"
        ".filter((e) => e.getClientRects().length && !e.classList.contains('cite'))"
        ".map((e) => [e.textContent, e.getBoundingClientRect().height]).filter(([, height]) => height < 44)"
    )
    assert small == []
    shot(visitor, "widget-phone")


def test_at_twice_the_size_everything_can_be_reached(visitor: Page, plain: Host) -> None:
    visitor.set_viewport_size({"width": 640, "height": 400})  # 1280 × 800 at 200 %
    opened(visitor, plain)
    ask(visitor)
    for selector in (".composer textarea", "[aria-label=关闭]"):
        expect(part(visitor, selector)).to_be_in_viewport(ratio=1)
    assert part(visitor, ".body").evaluate("e => e.scrollWidth <= e.clientWidth")


def test_large_text_is_a_quarter_larger(visitor: Page, plain: Host, shot: Shot) -> None:
    opened(visitor, plain)
    said = ask(visitor).locator(".said")
    part(visitor, "[aria-label=大字]").click()
    assert said.evaluate("e => getComputedStyle(e).fontSize") == "21.25px"
    shot(visitor, "widget-large")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("phone", [False, True])
def test_it_breaks_no_rule_of_accessibility(
    visitor: Page, plain: Host, no_violations: Scan, scheme: str, phone: bool
) -> None:
    visitor.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    if phone:
        visitor.set_viewport_size(PHONE)
    visitor.goto(plain.origin)
    part(visitor, ".launcher").wait_for()
    no_violations(visitor)
    part(visitor, ".launcher").click()
    no_violations(visitor)
    shown = ask(visitor)
    shown.locator("summary").first.click()
    shown.get_by_role("button", name="没用").click()
    no_violations(visitor)


@pytest.mark.parametrize("colour", ["#8a1c1c", "#f0c000", "#808080", "rebeccapurple"])
def test_any_colour_gets_an_ink_that_can_be_read_on_it(
    visitor: Page, service: Service, no_violations: Scan, colour: str
) -> None:
    with hosted(service, PLAIN.replace(" async", f' data-color="{colour}" data-open async')) as host:
        visitor.goto(host.origin)
        part(visitor, ".panel").wait_for()
        ask(visitor)
        no_violations(visitor)


def test_it_looks_and_speaks_as_the_page_wishes(visitor: Page, service: Service) -> None:
    wishes = (
        ' data-color="#8a1c1c" data-position="left" data-language="en" data-title-text="IP help" data-greeting="Hello &lt;b&gt;"'
        ' data-suggestions="怎么申请商标|专利费能减吗" data-theme="dark" data-size="large" data-open async'
    )
    with hosted(service, PLAIN.replace(" async", wishes)) as host:
        visitor.goto(host.origin)
        panel = part(visitor, ".panel")
        expect(panel).to_be_visible()
        expect(part(visitor, "h2")).to_have_text("IP help")
        expect(part(visitor, ".opening p")).to_have_text("Hello <b>")
        expect(part(visitor, ".opening button")).to_have_text(["怎么申请商标", "专利费能减吗"])
        assert panel.evaluate("e => [e.getBoundingClientRect().left, getComputedStyle(e).backgroundColor]") == [
            20,
            "rgb(19, 24, 26)",
        ]
        assert part(visitor, ".head").evaluate(
            "e => [getComputedStyle(e).backgroundColor, getComputedStyle(e).color]"
        ) == [
            "rgb(138, 28, 28)",
            "rgb(255, 255, 255)",
        ]
        part(visitor, ".opening button").first.click()
        expect(part(visitor, ".status")).to_have_text("Answered")


def test_an_answer_is_seen_as_it_is_said_and_announced_once_when_it_is_whole(visitor: Page, service: Service) -> None:
    going_on = Event()
    slow = replace(
        service, generator=Scripted(Piece("可以用专利"), going_on, Piece("可以用专利质押贷款。[1]", afresh=True))
    )
    with hosted(slow, PLAIN) as host:
        opened(visitor, host)
        visitor.evaluate(
            "window.added = []; new MutationObserver((changes) => changes.forEach((c) => added.push(c.addedNodes.length)))"
            ".observe(document.querySelector('qa-widget').shadowRoot.querySelector('[role=log]'), {childList: true, subtree: true, characterData: true})"
        )
        part(visitor, ".composer textarea").fill(QUESTION)
        visitor.keyboard.press("Enter")
        expect(part(visitor, ".draft .said")).to_have_text("可以用专利")
        expect(part(visitor, ".draft")).to_have_attribute("aria-hidden", "true")
        expect(part(visitor, ".send")).to_have_text("停止")
        assert visitor.evaluate("added") == []
        going_on.set()
        expect(part(visitor, ".log .said")).to_have_text("可以用专利质押贷款。[1]")
        assert visitor.evaluate("added") == [1]


def test_an_answer_is_stopped(visitor: Page, service: Service) -> None:
    never = Event()
    slow = Scripted(Piece("可以用专利"), never)
    with hosted(replace(service, generator=slow), PLAIN) as host:
        opened(visitor, host)
        part(visitor, ".composer textarea").fill(QUESTION)
        visitor.keyboard.press("Enter")
        expect(part(visitor, ".draft .said")).to_have_text("可以用专利")
        part(visitor, ".send").click()
        expect(part(visitor, ".failed .said")).to_have_text("已停止。")
        assert slow.closed.wait(10), "the service goes on for nobody"


def _breaks_off(route: Route) -> None:
    meta = {"session_id": "s" * 32}
    delta = {"text": "可以", "afresh": False}
    body = f"event: meta\ndata: {json.dumps(meta)}\n\nevent: delta\ndata: {json.dumps(delta)}\n\nevent: del"
    route.fulfill(
        status=200, headers={"Content-Type": "text/event-stream", "Access-Control-Allow-Origin": "*"}, body=body
    )


def test_an_answer_that_breaks_off_can_be_had_again(visitor: Page, plain: Host) -> None:
    opened(visitor, plain)
    visitor.route("**/api/v1/ask/stream", _breaks_off)
    shown = ask(visitor)
    expect(shown.locator(".said")).to_have_text("答复中断了，请再试一次。")
    visitor.unroute("**/api/v1/ask/stream")
    shown.get_by_role("button", name="重试").click()
    expect(part(visitor, ".log .status")).to_have_text("有依据")
    expect(part(visitor, ".failed")).to_have_count(0)


def test_without_a_network_it_says_so_and_goes_on_later(visitor: Page, plain: Host, context: BrowserContext) -> None:
    opened(visitor, plain)
    context.set_offline(True)
    expect(part(visitor, ".offline")).to_have_text("网络已断开，恢复后可以继续问。")
    expect(ask(visitor).locator(".said")).to_have_text("连接不上服务，请检查网络后再试。")
    context.set_offline(False)
    expect(part(visitor, ".offline")).to_be_empty()
    part(visitor, ".failed button").click()
    expect(part(visitor, ".log .status")).to_have_text("有依据")


def test_what_the_service_refuses_is_said_in_its_words(visitor: Page, plain: Host) -> None:
    opened(visitor, plain)
    problem = json.dumps({"detail": "问得太快了，请 12 秒后再试。", "status": 429})
    headers = {"Content-Type": "application/problem+json", "Access-Control-Allow-Origin": "*"}
    visitor.route("**/api/v1/ask/stream", lambda route: route.fulfill(status=429, headers=headers, body=problem))
    expect(ask(visitor).locator(".said")).to_have_text("问得太快了，请 12 秒后再试。")


NASTY = '"><img src=x onerror="window.hacked=1"><script>window.hacked=1</script>'


def test_no_text_becomes_markup(visitor: Page, plain: Host) -> None:
    opened(visitor, plain)
    shown = ask(visitor, NASTY)
    expect(shown.locator(".asked")).to_contain_text(NASTY)
    answer = {
        "id": "a" * 32,
        "session_id": "s" * 32,
        "status": "answered",
        "reason": "complete",
        "answer": f"{NASTY}[1]",
        "notices": [NASTY],
        "suggestions": [NASTY],
        "choices": [NASTY],
        "understood": NASTY,
        "interpreted": NASTY,
        "origin": "curated",
        "citations": [
            {
                "n": 1,
                "document": NASTY,
                "location": NASTY,
                "text": NASTY,
                "highlights": [[0, 5]],
                "url": "javascript:window.hacked=1",
                "validity": {"state": "in_force", "label": NASTY, "note": NASTY},
            }
        ],
    }
    body = f"event: done\ndata: {json.dumps(answer)}\n\n"
    headers = {"Content-Type": "text/event-stream", "Access-Control-Allow-Origin": "*"}
    visitor.route("**/api/v1/ask/stream", lambda route: route.fulfill(status=200, headers=headers, body=body))
    shown = ask(visitor)
    shown.locator("summary").first.click()
    assert shown.locator("img, script").count() == 0
    assert shown.locator("a.action").get_attribute("href") == f"{plain.site}/"
    assert visitor.evaluate("window.hacked") is None


def test_what_somebody_thought_of_an_answer_arrives(visitor: Page, plain: Host, service: Service) -> None:
    opened(visitor, plain)
    shown = ask(visitor)
    sent: list[dict[str, object]] = []
    visitor.on(
        "request",
        lambda r: sent.append(r.post_data_json) if r.url.endswith("/feedback") and r.method == "POST" else None,
    )
    shown.get_by_role("button", name="没用").click()
    shown.get_by_role("radio", name="过时了").check()
    shown.locator(".complaint textarea").fill(NASTY)
    shown.get_by_role("button", name="提交").click()
    expect(shown.locator(".outcome")).to_have_text("谢谢，已记下。")
    assert sent[0]["reason"] == "outdated"
    assert sent[0]["comment"] == NASTY
    shown.get_by_role("button", name="有用").click()
    expect(shown.get_by_role("button", name="有用")).to_have_attribute("aria-pressed", "true")
    assert sent[1]["helpful"] is True


def test_who_asks_for_a_person_gets_the_card(visitor: Page, service: Service) -> None:
    found = {"handover_name": "海门区知识产权服务站", "handover_phone": "0513-1234 5678", "handover_hours": "工作日"}
    staffed = replace(service, settings=service.settings.model_copy(update=found))
    with hosted(staffed, PLAIN) as host:
        opened(visitor, host)
        part(visitor, "[aria-label=找工作人员]").click()
        card = part(visitor, ".log > .handover")
        expect(card).to_contain_text("海门区知识产权服务站")
        assert card.get_by_role("link").get_attribute("href") == "tel:0513-12345678"
        expect(ask(visitor, "转人工").locator(".handover")).to_be_visible()
        expect(ask(visitor, "今天天气怎么样").locator(".handover")).to_be_visible()
        expect(ask(visitor, QUESTION).locator(".handover")).to_have_count(0)


def test_it_is_set_up_on_a_page_that_shows_it(page: Page, site: str, no_violations: Scan, shot: Shot) -> None:
    page.goto(f"{site}/widget")
    page.locator("qa-widget >> .launcher").wait_for()
    assert page.locator("#code").text_content() == f'<script src="{site}/widget.js" async></script>'
    page.fill("#title-text", '专利"<问>')
    page.fill("#suggestions", "甲？\n乙？")
    page.select_option("#position", "left")
    page.fill("#color", "#8a1c1c")
    line = page.locator("#code").text_content() or ""
    assert line == (
        f'<script src="{site}/widget.js" data-color="#8a1c1c" data-position="left" data-title-text="专利&quot;&lt;问>"'
        ' data-suggestions="甲？|乙？" async></script>'
    )
    part(page, ".launcher").click()
    expect(part(page, "h2")).to_have_text('专利"<问>')
    expect(part(page, ".opening button")).to_have_text(["甲？", "乙？"])
    no_violations(page)
    shot(page, "widget-setup")


def test_the_line_that_is_copied_works_as_it_stands(page: Page, site: str, visitor: Page, service: Service) -> None:
    page.goto(f"{site}/widget")
    page.fill("#title-text", "政策一问便知")
    line = page.locator("#code").text_content() or ""
    with hosted(service, PLAIN) as host:
        host.page = f"<!doctype html><title>乙站</title><main>{line.replace(site, host.site)}</main>"
        visitor.goto(host.origin)
        part(visitor, ".launcher").click()
        expect(part(visitor, "h2")).to_have_text("政策一问便知")


def test_on_a_touch_screen_it_opens_without_a_keyboard(plain: Host, chrome: Browser) -> None:
    context = chrome.new_context(has_touch=True, is_mobile=True, viewport=PHONE)
    page = context.new_page()
    page.goto(plain.origin)
    part(page, ".launcher").tap()
    expect(part(page, ".panel")).to_be_focused()
    part(page, ".opening button").first.tap()
    expect(part(page, ".log .status")).to_have_text("有依据")
    context.close()
