"""From a question that was not answered to an answer that the public gets: the desk's gaps and curated answers."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from qa_service.access.staff import Role
from qa_service.answer.models import Answer, Origin, Reason, Status
from qa_service.clock import china_clock
from qa_service.journal.exchange import Channel, Exchange
from qa_service.journal.exchange_recorder import ExchangeRecorder
from qa_service.journal.feedback import Complaint, Feedback
from qa_service.keeping import open_journal
from qa_service.server.app import create_app
from qa_service.service import Service, open_service
from qa_service.staff_gate import open_staff_gate
from tests.browser.conftest import DESKTOP, PASSWORD, PHONE, Open, Scan, Shot
from tests.server.conftest import serving_app

HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script>怎么申请贯标 javascript:alert(3)"
PLAN = "规划提出到2025年要建几家知识产权品牌服务机构"


@pytest.fixture(scope="module")
def own(service: Service, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service with a journal of its own, in which some questions stand."""
    settings = service.settings.model_copy(update={"data_dir": tmp_path_factory.mktemp("gaps-var")})
    gate = open_staff_gate(settings, china_clock)
    for role in Role:
        gate.accounts.add(role.value, role, "test", password=PASSWORD)
    mine = open_service(settings, clock=china_clock)
    recorder = ExchangeRecorder(open_journal(settings), mine.lasting.key)  # type: ignore[union-attr]
    asked = [
        ("海门区养老金怎么领", Status.NO_ANSWER, Reason.OUT_OF_SCOPE, 3),
        ("质押融资贴息比例是多少", Status.RELATED, Reason.AMOUNT_NOT_STATED, 2),
        ("质押融资能不能给贴息", Status.RELATED, Reason.AMOUNT_NOT_STATED, 1),
        (HOSTILE, Status.NO_ANSWER, Reason.NO_EVIDENCE, 1),
        ("明天会下雨吗" * 20, Status.NO_ANSWER, Reason.NO_EVIDENCE, 1),
    ]
    for n, (question, status, reason, times) in enumerate(asked):
        for again in range(times):
            name = f"e{n}-{again}"
            said = Answer(question, status, reason, f"{HOSTILE}，说不上来。", origin=Origin.FIXED)
            recorder.put(Exchange(name, None, Channel.PAGE, china_clock(), said, 1.0))
            if question == HOSTILE:
                recorder.put(Feedback(name, china_clock(), False, Complaint.OTHER, HOSTILE))
    recorder.queue.close()
    yield mine
    mine.close()


@pytest.fixture(scope="module")
def site(own: Service) -> Iterator[str]:
    """The address of that service."""
    with serving_app(create_app(lambda: own)) as address:
        yield address


def row(page: Page, text: str) -> "object":
    return page.locator(".gaps > li").filter(has_text=text)


def test_from_a_disliked_answer_to_an_approved_one_that_the_public_gets(
    at_the_desk: Open, page: Page, site: str, own: Service, shot: Shot, no_violations: Scan
) -> None:
    asked = page.request.post(f"{site}/api/v1/ask", data={"question": PLAN}).json()
    judged = {"ask_id": asked["id"], "helpful": False, "reason": "unclear", "comment": "没说清"}
    assert page.request.post(f"{site}/api/v1/feedback", data=judged).ok
    at_the_desk("/desk/gaps?disliked=true")
    for _ in range(20):  # it is written behind the answer's back
        if page.get_by_role("link", name=PLAN).count():
            break
        page.wait_for_timeout(250)
        page.reload()
    page.get_by_role("link", name=PLAN).click()
    expect(page.get_by_text("看不懂")).to_be_visible()
    expect(page.get_by_text("“没说清”")).to_be_visible()
    page.get_by_role("link", name="写人工审核的答案").click()
    expect(page.get_by_label("问题", exact=True)).to_have_value(PLAN)
    page.get_by_label("所依据的条款").fill("知识产权品牌服务机构")
    page.get_by_role("option").first.wait_for()
    no_violations(page)
    page.get_by_label("所依据的条款").press("Enter")
    page.get_by_label("答案", exact=True).fill("详见规划原文")
    expect(page.locator("#answer-fault")).to_contain_text("没有注明引用")
    shot(page, "curated-faults")
    page.get_by_label("答案", exact=True).press("End")
    numbers = page.locator(".cites .number").count()
    for n in range(1, numbers + 1):
        page.get_by_role("button", name=f"注明 [{n}]").click()
    expect(page.locator("#preview .said").last).to_contain_text("人工审核")
    expect(page.locator("#answer-fault")).to_be_hidden()
    no_violations(page)
    shot(page, "curated-new")
    page.get_by_role("button", name="审核通过，保存").click()
    page.wait_for_url("**/desk/curated/c-*")
    expect(page.locator(".badge").first).to_have_text("在用")
    no_violations(page)
    shot(page, "curated-answer")
    page.goto(f"{site}/desk/gaps?disliked=true")
    expect(page.get_by_role("link", name=PLAN)).to_have_count(0)
    page.goto(f"{site}/desk/gaps?state=decided")
    page.get_by_role("link", name=PLAN).click()
    expect(page.locator(".notice.decided")).to_contain_text("已有人工审核的答案")
    page.goto(f"{site}/?q={PLAN}")
    expect(page.locator("main")).to_contain_text("详见规划原文")
    expect(page.locator("main")).to_contain_text("人工审核")


def test_a_figure_that_no_clause_has_is_asked_about_and_may_be_approved_all_the_same(
    at_the_desk: Open, own: Service, no_violations: Scan
) -> None:
    cite = own.engine.passages_of("haimen-ip-plan")[3].id.replace("#", "%23")
    page = at_the_desk(f"/desk/curated/new?question=窗口每周开几天&cite={cite}")
    page.get_by_label("答案", exact=True).fill("每周开987天。[1]")
    expect(page.get_by_text("这些数字我已核对无误")).to_be_visible()
    expect(page.locator("#force-fault")).to_contain_text("987")
    expect(page.locator("#force-fault")).not_to_contain_text("--force")
    no_violations(page)
    page.get_by_label("这些数字我已核对无误").check()
    expect(page.locator("#preview .said").last).to_contain_text("987")
    page.get_by_role("button", name="审核通过，保存").click()
    page.wait_for_url("**/desk/curated/c-*")
    page.get_by_role("button", name="停用").click()
    expect(page.locator(".badge").first).to_have_text("在用")
    page.get_by_role("button", name="再按一次").click()
    expect(page.locator(".badge").first).to_have_text("停用")
    page.get_by_role("button", name="重新审核并启用").click()
    expect(page.locator("#renew [role=alert]")).to_contain_text("987")
    page.get_by_label("这些数字我已核对无误").check()
    page.get_by_role("button", name="重新审核并启用").click()
    expect(page.locator(".badge").first).to_have_text("在用")


def test_what_is_empty_is_said_at_its_field(at_the_desk: Open) -> None:
    page = at_the_desk("/desk/curated/new")
    page.get_by_role("button", name="审核通过，保存").click()
    for field in ("question", "cites", "answer"):
        expect(page.locator(f"#{field}-fault")).to_be_visible()
    expect(page.get_by_label("问题", exact=True)).to_be_focused()


def test_a_question_is_decided_on_with_its_like_and_that_is_undone(at_the_desk: Open, page: Page, site: str) -> None:
    at_the_desk("/desk/gaps")
    page.get_by_role("link", name="质押融资贴息比例是多少").click()
    page.get_by_label("缺文件").check()
    page.get_by_role("button", name="记下处理").click()
    expect(page.locator("#decide [role=alert]")).to_contain_text("缺哪份文件")
    page.get_by_label("说明").fill("缺贴息办法")
    page.get_by_label(re.compile("质押融资能不能给贴息")).check()
    page.get_by_role("button", name="记下处理").click()
    page.wait_for_url("**/desk/gaps?*")
    expect(page.get_by_role("link", name=re.compile("质押"))).to_have_count(0)
    page.goto(f"{site}/desk/gaps?state=decided")
    page.get_by_role("link", name="质押融资贴息比例是多少").click()
    expect(page.locator(".notice.decided")).to_contain_text("缺贴息办法")
    page.get_by_role("button", name="撤销处理").click()
    expect(page.locator(".notice.decided")).to_have_count(0)
    expect(page.locator(".history").first).to_contain_text("由editor撤销")


def test_keys_go_through_the_list_and_open(at_the_desk: Open, page: Page) -> None:
    at_the_desk("/desk/gaps")
    page.keyboard.press("j")
    expect(page.locator(".gaps > li").nth(0)).to_have_class("current")
    page.keyboard.press("j")
    expect(page.locator(".gaps > li").nth(1)).to_have_class("current")
    page.keyboard.press("k")
    name = page.locator(".gaps > li").nth(0).locator("h3").inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/gaps/*")
    expect(page.locator("h1")).to_have_text(name)


def test_what_people_type_stays_text(at_the_desk: Open, page: Page) -> None:
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    at_the_desk("/desk/gaps")
    expect(page.locator(".gaps img, .gaps script")).to_have_count(0)
    page.locator(".gaps a").filter(has_text="onerror").click()
    for shown in page.locator("details").all():
        shown.locator("summary").click()
    expect(page.locator("main img, main script")).to_have_count(0)
    page.get_by_label("不是问题").check()
    page.get_by_label("说明").fill(HOSTILE)
    page.get_by_role("button", name="记下处理").click()
    page.wait_for_url("**/desk/gaps?*")
    page.goto(page.url + "&state=decided")
    page.locator(".gaps a").filter(has_text="onerror").click()
    expect(page.locator(".notice.decided")).to_contain_text("onerror=alert(1)")
    page.get_by_role("link", name="写人工审核的答案").click()
    expect(page.get_by_label("问题", exact=True)).to_have_value(re.compile("onerror"))
    expect(page.locator("main img, main script")).to_have_count(0)


def test_where_the_network_fails_nothing_is_lost_and_it_is_said(at_the_desk: Open, page: Page, own: Service) -> None:
    cite = own.engine.passages_of("haimen-ip-plan")[4].id.replace("#", "%23")
    at_the_desk(f"/desk/curated/new?question=网断了怎么办&cite={cite}")
    page.get_by_label("答案", exact=True).fill("见规划。[1]")
    expect(page.locator("#preview .said").last).to_contain_text("见规划")
    page.route("**/api/v1/staff/curated", lambda route: route.abort())
    page.get_by_role("button", name="审核通过，保存").click()
    expect(page.locator("#fault")).to_contain_text("连接不上服务")
    expect(page.get_by_label("答案", exact=True)).to_have_value("见规划。[1]")
    page.unroute("**/api/v1/staff/curated")
    page.get_by_role("button", name="审核通过，保存").click()
    page.wait_for_url("**/desk/curated/c-*")


def test_a_reader_reads_and_is_offered_nothing_else(at_the_desk: Open, page: Page, site: str) -> None:
    at_the_desk("/desk/gaps", Role.READER)
    page.locator(".gaps h3 a").first.click()
    expect(page.get_by_text("处理问题需要“编辑”权限")).to_be_visible()
    expect(page.locator("form#decide")).to_have_count(0)
    page.goto(f"{site}/desk/curated")
    expect(page.get_by_role("link", name="写一条答案")).to_have_count(0)
    answer = page.goto(f"{site}/desk/curated/new")
    assert answer
    assert answer.status == 403


@pytest.mark.parametrize("dark", [False, True])
def test_no_page_breaks_a_rule_of_accessibility(
    at_the_desk: Open, page: Page, site: str, no_violations: Scan, shot: Shot, dark: bool
) -> None:
    page.emulate_media(color_scheme="dark" if dark else "light")
    at_the_desk("/desk/gaps")
    gap = page.locator(".gaps h3 a").first.get_attribute("href")
    paths = [
        "/desk/gaps",
        "/desk/gaps?state=all&reason=partial",
        gap,
        f"/desk/gaps/{'0' * 16}",
        "/desk/curated",
        "/desk/curated/new",
    ]
    for size, name in ((DESKTOP, "desktop"), (PHONE, "phone")):
        page.set_viewport_size(size)
        for n, path in enumerate(paths):
            page.goto(f"{site}{path}")
            no_violations(page)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{path} would scroll sideways"
            shot(page, f"gaps-{n}-{name}-{'dark' if dark else 'light'}")


def test_at_large_text_nothing_leaves_the_page(at_the_desk: Open, page: Page, site: str, shot: Shot) -> None:
    at_the_desk("/desk/gaps")
    page.get_by_role("button", name="大字").click()
    page.set_viewport_size(PHONE)
    gap = page.locator(".gaps h3 a").first.get_attribute("href")
    for n, path in enumerate(("/desk/gaps", gap, "/desk/curated", "/desk/curated/new")):
        page.goto(f"{site}{path}")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        shot(page, f"gaps-large-{n}")
