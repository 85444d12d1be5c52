from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from qa_service.access.gate import Gate
from qa_service.access.staff import Role

PASSWORD = "一句好记的话，我记得住"
Field = Callable[[str], str]


@pytest.fixture
def at_the_desk(browser: TestClient, field: Field) -> TestClient:
    """A browser without scripts in which a reader has signed in by the form."""
    form = field(browser.get("/desk/sign-in").text)
    answer = browser.post("/desk/sign-in", data={"name": "reader", "password": PASSWORD, "csrf": form})
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk"), answer.text
    return browser


def test_who_is_not_signed_in_is_led_to_the_form(browser: TestClient) -> None:
    answer = browser.get("/desk")
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk/sign-in")
    page = browser.get("/desk/sign-in")
    assert page.status_code == 200
    assert "员工登录" in page.text
    assert "<script>" not in page.text
    # Under no-referrer a browser would say "Origin: null" of this form.
    assert page.headers["referrer-policy"] == "same-origin"
    assert page.headers["cache-control"] == "no-store"
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]


def test_the_desk_says_who_is_signed_in_and_where(at_the_desk: TestClient) -> None:
    page = at_the_desk.get("/desk/account").text
    assert "reader，查阅" in page
    assert "（这里）" in page
    assert "testclient" in page
    assert "结束其他全部登录" not in page


def test_a_form_that_was_not_shown_here_signs_nobody_in(browser: TestClient, field: Field) -> None:
    given = {"name": "reader", "password": PASSWORD}
    assert browser.post("/desk/sign-in", data=given).status_code == 403
    page = browser.get("/desk/sign-in").text
    browser.cookies.clear()  # a stranger's field in the victim's browser
    answer = browser.post("/desk/sign-in", data={**given, "csrf": field(page)})
    assert answer.status_code == 403
    assert "再登录一次" in answer.text
    assert "__Host-qa_staff" not in browser.cookies


def test_no_other_site_posts_the_form(browser: TestClient, field: Field) -> None:
    form = field(browser.get("/desk/sign-in").text)
    given = {"name": "reader", "password": PASSWORD, "csrf": form}
    assert browser.post("/desk/sign-in", data=given, headers={"Origin": "https://evil.test"}).status_code == 403


def test_a_wrong_password_is_said_on_the_page_and_not_repeated(browser: TestClient, field: Field) -> None:
    name = '"><script>alert(1)</script>'
    form = field(browser.get("/desk/sign-in").text)
    answer = browser.post("/desk/sign-in", data={"name": name, "password": "secret-typed", "csrf": form})
    assert answer.status_code == 401
    assert "账号或密码不对" in answer.text
    assert "<script>" not in answer.text
    assert "secret-typed" not in answer.text
    for _ in range(4):
        form = field(answer.text)
        answer = browser.post("/desk/sign-in", data={"name": name, "password": "x", "csrf": form})
    for _ in range(5):
        answer = browser.post("/desk/sign-in", data={"name": "reader", "password": "x", "csrf": field(answer.text)})
    answer = browser.post("/desk/sign-in", data={"name": "reader", "password": PASSWORD, "csrf": field(answer.text)})
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 0
    assert "分钟后再试" in answer.text


def test_signing_out_by_the_form(at_the_desk: TestClient, field: Field) -> None:
    form = field(at_the_desk.get("/desk/account").text)
    assert at_the_desk.post("/desk/sign-out", data={"csrf": "0"}).status_code == 403
    answer = at_the_desk.post("/desk/sign-out", data={"csrf": form})
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk/sign-in")
    assert at_the_desk.get("/desk/account").headers["location"] == "/desk/sign-in"


def test_sessions_are_ended_by_the_form(
    at_the_desk: TestClient, field: Field, signed_in: Callable[..., TestClient]
) -> None:
    second, third = signed_in("reader"), signed_in("reader")
    page = at_the_desk.get("/desk/account").text
    its_id = second.get("/api/v1/staff/session").json()["session_id"]
    assert f"/desk/sessions/{its_id}/revoke" in page
    answer = at_the_desk.post(f"/desk/sessions/{its_id}/revoke", data={"csrf": field(page)})
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk/account")
    assert second.get("/api/v1/staff/session").status_code == 401
    assert at_the_desk.post("/desk/sessions/revoke-others", data={"csrf": field(page)}).status_code == 303
    assert third.get("/api/v1/staff/session").status_code == 401
    assert at_the_desk.get("/desk/account").status_code == 200


def test_a_first_password_is_changed_before_anything_else(browser: TestClient, field: Field, gate: Gate) -> None:
    first = gate.accounts.add("new", Role.READER, "x")
    form = field(browser.get("/desk/sign-in").text)
    browser.post("/desk/sign-in", data={"name": "new", "password": first, "csrf": form})
    assert browser.get("/desk").headers["location"] == "/desk/password"
    page = browser.get("/desk/password").text
    assert "初始密码只能用来登录一次" in page
    given = {"old": first, "new": PASSWORD, "csrf": field(page)}
    assert "两次输入" in browser.post("/desk/password", data={**given, "again": "other"}).text
    assert "太常见" in browser.post("/desk/password", data={**given, "new": "1234567890", "again": "1234567890"}).text
    assert "旧密码不对" in browser.post("/desk/password", data={**given, "old": "x", "again": PASSWORD}).text
    answer = browser.post("/desk/password", data={**given, "again": PASSWORD})
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk")
    assert "new，查阅" in browser.get("/desk/account").text
