"""What is taken away from the desk's search: for WeChat, for Word, what the public is told; and nothing hurtful."""

import docx
from playwright.sync_api import expect

from tests.browser.conftest import Open, Shot
from tests.browser.desk_search import PASSAGES, PREVIEWS, SEARCHES, clipboard, found, may_copy

EVIL = '"><img src=x onerror="window.hurt=1"><script>window.hurt=1</script>'


def test_the_publics_answer_is_shown_and_nobody_has_asked_it(at_the_desk: Open, site: str, shot: Shot) -> None:
    page = at_the_desk("/desk?q=知识产权质押金额目标是多少")
    may_copy(page, site)
    count = "() => fetch('/api/v1/staff/journal/exchanges').then(r => r.json()).then(x => x.exchanges.length)"
    before = page.evaluate(count)
    page.get_by_role("button", name="看公众答复").click()
    reply = page.locator("#pane .reply")
    expect(reply).to_contain_text("15亿元")
    expect(page.locator("#pane-title")).to_be_focused()
    shot(page, "desk-search-preview")
    page.get_by_role("button", name="复制到微信").click()
    expect(page.locator("#toast")).to_contain_text("微信")
    said = clipboard(page)
    assert "[1]" not in said
    assert "——《南通市海门区“十四五”知识产权发展规划》" in said
    assert said.splitlines()[-1].startswith(f"{site}/documents/haimen-ip-plan#")
    curated = page.get_by_role("link", name="写人工审核的答案").get_attribute("href") or ""
    assert curated.startswith("/desk/curated/new?question=%E7%9F%A5")
    assert "&cite=haimen-ip-plan%23" in curated
    with page.expect_download() as saving:
        page.locator("#save-answer").click()
    word = docx.Document(str(saving.value.path()))
    lines = [p.text for p in word.paragraphs]
    assert "知识产权质押金额目标是多少" in lines
    page.wait_for_timeout(300)
    assert page.evaluate(count) == before
    page.get_by_role("button", name="返回条款和结果").click()
    expect(page.locator("#pane .reply")).to_have_count(0)


def test_passages_are_copied_for_wechat_and_for_word(at_the_desk: Open, site: str) -> None:
    page = at_the_desk("/desk?q=专利法第六十五条")
    may_copy(page, site)
    expect(page.locator("#pane-title")).to_contain_text("第六十五条")
    page.get_by_role("button", name="复制到微信").click()
    expect(page.locator("#toast")).to_contain_text("微信")
    lines = clipboard(page).splitlines()
    assert lines[-2].startswith("——《中华人民共和国专利法》第六十五条")
    assert lines[-2].endswith("（要点整理，非法条原文）")
    assert lines[-1].startswith(f"{site}/documents/")
    page.get_by_role("button", name="复制到 Word").click()
    expect(page.locator("#toast")).to_contain_text("Word")
    html = clipboard(page, "text/html")
    assert "<h3>《中华人民共和国专利法》第六十五条" in html
    assert "<blockquote>" in html
    assert "效力：现行有效" in html
    assert f'href="{site}/documents/' in html
    assert "以官方发布为准" in clipboard(page)


def test_copying_works_where_there_is_no_clipboard_to_write_to(at_the_desk: Open, site: str) -> None:
    page = at_the_desk("/desk?q=专利法第六十五条")
    may_copy(page, site)
    expect(page.locator("#pane-title")).to_contain_text("第六十五条")
    # As on http in an office network.
    page.evaluate(
        "() => { navigator.clipboard.write = navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }"
    )
    page.get_by_role("button", name="复制到 Word").click()
    expect(page.locator("#toast")).to_contain_text("可以粘贴到 Word")
    assert "<h3>《中华人民共和国专利法》第六十五条" in clipboard(page, "text/html")
    page.get_by_role("button", name="复制引用").click()
    expect(page.locator("#toast")).to_contain_text("已复制：《中华人民共和国专利法》")
    assert clipboard(page).startswith("《中华人民共和国专利法》第六十五条")


def test_a_choice_lasts_over_searches_and_is_saved_as_word(at_the_desk: Open, site: str, shot: Shot) -> None:
    page = at_the_desk("/desk?q=专利法第六十五条")
    may_copy(page, site)
    page.locator(".pick").first.click()
    expect(page.locator("#chosen summary")).to_have_text("已选 1 条")
    found(page, "商标续展")
    expect(page.locator(".pick input").first).not_to_be_checked()
    page.locator("#pane").get_by_role("button", name="选入").click()
    expect(page.locator(".pick input").first).to_be_checked()
    page.locator(".pick").nth(1).click()
    expect(page.locator("#chosen summary")).to_have_text("已选 3 条")
    page.locator("#chosen summary").click()
    shot(page, "desk-search-chosen")
    page.locator(".chosen .remove").nth(2).click()
    expect(page.locator(".pick input").nth(1)).not_to_be_checked()
    page.get_by_label("文件标题").fill("给来电企业的答复")
    with page.expect_download() as saving:
        page.locator("#chosen").get_by_role("button", name="导出 Word").click()
    assert saving.value.suggested_filename.startswith("给来电企业的答复 ")
    word = docx.Document(str(saving.value.path()))
    headings = [p.text for p in word.paragraphs if p.style and p.style.name == "Heading 2"]
    assert headings[0].startswith("1. 《中华人民共和国专利法》第六十五条")
    assert len(headings) == 2
    page.locator("#chosen").get_by_role("button", name="复制到 Word").click()
    expect(page.locator("#toast")).to_contain_text("已复制 2 条")
    page.locator("#chosen").get_by_role("button", name="清空").click()
    expect(page.locator("#chosen")).to_be_hidden()
    assert page.locator(".pick input:checked").count() == 0


def test_nothing_that_is_shown_becomes_a_part_of_the_page(at_the_desk: Open, site: str) -> None:
    page = at_the_desk()
    quoted = {
        "passage_id": f"x#{EVIL}",
        "document_id": EVIL,
        "document": EVIL,
        "location": EVIL,
        "form": EVIL,
        "text": f"{EVIL}正文",
        "highlights": [[0, 5]],
        "score": 1.0,
        "url": "/documents/x",
        "validity": {"state": "in_force", "label": EVIL, "note": EVIL},
    }
    reason = {"name": "words", "label": EVIL, "score": 1.0}
    read = {name: [EVIL] for name in ("asks", "topics", "documents", "clauses", "official")}
    listed = {
        "query": EVIL,
        "understood": EVIL,
        "read": read,
        "hits": [{**quoted, "rank": 1, "asked": EVIL, "reasons": [reason]}],
        "elapsed_ms": 1,
    }
    named = {"document_id": "x", "document": EVIL, "url": "/documents/x"}
    around = {
        "passage": quoted,
        "heading_path": [EVIL],
        "previous": quoted,
        "next": quoted,
        "part": 1,
        "parts": 2,
        **dict.fromkeys(("issuer", "number", "effective", "expires", "note"), EVIL),
        "source_url": "https://example.gov.cn/",
        "replaced_by": named,
        "amended_by": named,
        "coming": {**named, "effective": EVIL, "text": EVIL, "unchanged": False},
    }
    answer = {
        **{"id": "p", "session_id": "p", "status": "answered", "reason": "complete", "origin": "extracted"},
        **{"answer": f"{EVIL}[1]", "citations": [{**quoted, "n": 1}], "notices": [EVIL], "suggestions": [EVIL]},
        **{"choices": [EVIL], "understood": EVIL, "interpreted": EVIL, "elapsed_ms": 1},
    }
    page.route(SEARCHES, lambda route: route.fulfill(json=listed))
    page.route(PASSAGES, lambda route: route.fulfill(json=around))
    page.route(PREVIEWS, lambda route: route.fulfill(json=answer))
    may_copy(page, site)
    page.fill("#q", EVIL)
    expect(page.locator(".hit")).to_have_count(1)
    page.locator(".pick").click()
    page.locator("#chosen summary").click()
    page.get_by_role("button", name="解释排序").click()
    page.locator("#pane").get_by_role("button", name="复制到 Word").click()
    expect(page.locator("#toast")).to_contain_text("Word")
    assert "<img" not in clipboard(page, "text/html")
    page.get_by_role("button", name="看公众答复").click()
    expect(page.locator("#pane .reply")).to_be_visible()
    page.reload()
    page.goto(f"{site}/desk?q={EVIL}&document={EVIL}&passage={EVIL}")
    expect(page.locator(".hit")).to_have_count(1)
    assert page.evaluate("window.hurt === undefined")
    assert page.locator("main img").count() == 0
