"""Nobody gets in who should not: every route of the application is walked, by what it itself declares."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import RouteContext, iter_route_contexts
from fastapi.testclient import TestClient

from qa_service.access.gate import Gate
from qa_service.access.scope import Scope
from qa_service.access.staff import Role
from qa_service.server.desk.entrance import page_staff_of, page_visit_of
from qa_service.server.staff.guard import Guard, staff_of, visit_of
from qa_service.settings import Settings

SignIn = Callable[..., TestClient]
PARTS = ("/api/v1/staff", "/desk")
OPEN = {
    ("POST", "/api/v1/staff/session"),
    ("GET", "/desk/sign-in"),
    ("HEAD", "/desk/sign-in"),
    ("POST", "/desk/sign-in"),
}
"""Where somebody may come who is not signed in: to sign in."""
OWN = {
    ("GET", "/api/v1/staff/session"),
    ("DELETE", "/api/v1/staff/session"),
    ("POST", "/api/v1/staff/password"),
    ("POST", "/desk/sign-out"),
    ("GET", "/desk/password"),
    ("POST", "/desk/password"),
}
"""Where somebody may come who must change the password first."""
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
FILLED = {
    "name": "reader",
    "session_id": "0" * 16,
    "token_id": "0" * 12,
    "answer_id": "c-none",
    "exchange_id": "e-none",
    "stage_id": "0" * 32,
    "file_key": "0",
    "batch_id": "b-none",
    "gap_id": "0" * 16,
}


def routes_of(app: FastAPI) -> Iterator[tuple[str, RouteContext]]:
    """Yield every route of the staff's part, of the application and of whatever is mounted in it."""

    def walk(routes: Any, before: str) -> Iterator[tuple[str, RouteContext]]:
        for context in iter_route_contexts(routes):
            path = before + (context.path or "")
            inner = getattr(context.route, "app", None)
            if hasattr(inner, "routes"):
                yield from walk(inner.routes, path)
            if path.casefold().startswith(PARTS):
                yield path, context

    yield from walk(app.routes, "")


def endpoints(app: FastAPI) -> list[tuple[str, str, RouteContext]]:
    found = [
        (method, path, context) for path, context in routes_of(app) for method in sorted(context.methods or METHODS)
    ]
    assert len(found) > 25
    return found


def calls_of(dependant: Dependant) -> Iterator[Any]:
    for inner in dependant.dependencies:
        yield inner.call
        yield from calls_of(inner)


def guards_of(context: RouteContext) -> list[Guard]:
    return [call for call in calls_of(context.dependant) if isinstance(call, Guard)]


def address(path: str) -> str:
    for name, value in FILLED.items():
        path = path.replace("{" + name + "}", value)
    assert "{" not in path, f"say in FILLED what stands for it: {path}"
    return path


def is_refused(answer: Any) -> bool:
    return answer.status_code == 401 or (answer.status_code == 303 and answer.headers["location"] == "/desk/sign-in")


def test_every_route_declares_who_may_pass(app: FastAPI) -> None:
    for method, path, context in endpoints(app):
        calls = set(calls_of(context.dependant))
        if (method, path) in OPEN:
            assert not calls & {staff_of, visit_of}, path
        elif (method, path) in OWN:
            assert calls & {visit_of, page_visit_of}, path
        else:
            assert calls & {staff_of, page_staff_of}, path
            assert guards_of(context), f"{method} {path} asks for no role"


def test_what_is_listed_is_there(app: FastAPI) -> None:
    there = {(method, path) for method, path, _ in endpoints(app)}
    assert there >= OPEN | OWN


Become = Callable[[TestClient, Gate, Any], object]


def _signed_out(client: TestClient, gate: Gate, hands: Any) -> None:
    cookie = client.cookies["__Host-qa_staff"]
    assert client.delete("/api/v1/staff/session").status_code == 204
    client.cookies.set("__Host-qa_staff", cookie)


def _disabled(client: TestClient, gate: Gate, hands: Any) -> None:
    gate.accounts.add("another", Role.ADMIN, "x")
    gate.accounts.disable("admin", "x")


def _under_the_name_of_http(client: TestClient, gate: Gate, hands: Any) -> None:
    cookie = client.cookies["__Host-qa_staff"]
    client.cookies.clear()
    client.cookies.set("qa_staff", cookie)


def _forged(client: TestClient, gate: Gate, hands: Any) -> None:
    client.cookies.clear()
    client.cookies.set("__Host-qa_staff", "x" * 43 + "." + "y" * 43)


def _with_a_revoked_token(client: TestClient, gate: Gate, hands: Any) -> None:
    made = gate.tokens.add("脚本", list(Scope), "x", role=Role.ADMIN)
    gate.tokens.revoke(made.token.id, "x")
    client.headers["Authorization"] = f"Bearer {made.text}"  # a cookie does not make it good


def _with_a_password(client: TestClient, gate: Gate, hands: Any) -> None:
    client.headers["Authorization"] = "Basic YWRtaW46YWRtaW4="


BECOMES: dict[str, Become] = {
    "without a cookie": lambda client, gate, hands: client.cookies.clear(),
    "with a forged cookie": _forged,
    "with a session that is over": lambda client, gate, hands: hands.move(hours=13),
    "with a session that is idle": lambda client, gate, hands: hands.move(minutes=61),
    "with a disabled account": _disabled,
    "with a session that an administrator ended": lambda client, gate, hands: gate.accounts.revoke("admin", "x"),
    "with a session signed out of": _signed_out,
    "with a cookie under its name of http": _under_the_name_of_http,
    "with a revoked token": _with_a_revoked_token,
    "with a password instead of a token": _with_a_password,
}
"""What somebody becomes who was signed in as an administrator."""


@pytest.fixture(params=BECOMES)
def outsider(request: pytest.FixtureRequest, gate: Gate, signed_in: SignIn, hands: Any) -> TestClient:
    """Somebody who should not get in."""
    client = signed_in("admin")
    assert client.get("/api/v1/staff/accounts").status_code == 200
    BECOMES[request.param](client, gate, hands)
    return client


def test_every_route_refuses_who_is_not_signed_in(app: FastAPI, outsider: TestClient) -> None:
    for method, path, _ in endpoints(app):
        if (method, path) in OPEN:
            continue
        answer = outsider.request(method, address(path))
        assert is_refused(answer), f"{method} {path}: {answer.status_code}"
        assert answer.headers["cache-control"] == "no-store"
        if path.startswith("/api"):
            assert answer.headers["content-type"] == "application/problem+json"
            assert answer.headers["www-authenticate"].startswith("Bearer")


def test_no_other_method_and_no_other_spelling_gets_in(app: FastAPI, browser: TestClient) -> None:
    paths = {path for _, path, _ in endpoints(app)} - {path for _, path in OPEN}
    for path in paths:
        plain = address(path)
        spelt = {
            plain,
            plain.upper(),
            "/" + plain,
            plain.replace("/staff", "//staff").replace("/desk", "//desk"),
            plain.replace("/staff/", "/staff%2F").replace("/desk/", "/desk%2F"),
            plain.replace("/staff", "/%73taff").replace("/desk", "/%64esk"),
            plain + "/",
            plain + "/.",
            "/static/.." + plain,
            "/static/..%2f.." + plain,
            plain + "%00",
            plain + ";x",
        }
        for method in METHODS:
            for variant in spelt:
                answer = browser.request(method, f"https://qa.test{variant}")
                shown = f"{method} {variant}: {answer.status_code}"
                assert is_refused(answer) or answer.status_code in {307, 400, 404, 405}, shown
                if answer.status_code == 307:  # to the same address without the slash
                    assert answer.headers["location"].rstrip("/").endswith(plain.rstrip("/")), shown


@pytest.mark.parametrize("role", list(Role))
def test_a_role_passes_where_it_covers_what_the_route_asks_for_and_nowhere_else(
    app: FastAPI, signed_in: SignIn, role: Role
) -> None:
    client = signed_in(role.value)
    refused = 0
    for method, path, context in endpoints(app):
        guards = guards_of(context)
        if not guards or path.startswith("/desk/sessions") or method == "DELETE":
            continue
        answer = client.request(method, address(path))
        if all(role.covers(guard.role) for guard in guards):
            assert answer.status_code not in {401, 403}, f"{method} {path}: {answer.text}"
        else:
            refused += 1
            assert answer.status_code == 403, f"{method} {path}: {answer.status_code}"
            assert answer.json()["type"] == "urn:qa-service:problem:forbidden"
    assert (refused == 0) == (role is Role.ADMIN)


@pytest.mark.parametrize("role", [Role.READER, Role.EDITOR])
def test_a_lower_role_deletes_nothing_of_administrators(app: FastAPI, signed_in: SignIn, role: Role) -> None:
    client = signed_in(role.value)
    for method, path, context in endpoints(app):
        if method == "DELETE" and any(not role.covers(guard.role) for guard in guards_of(context)):
            assert client.request(method, address(path)).status_code == 403, path


@pytest.mark.parametrize("scope", list(Scope))
def test_a_token_passes_where_its_scope_is_asked_for_and_nowhere_else(
    app: FastAPI, browser: TestClient, gate: Gate, scope: Scope
) -> None:
    browser.headers["Authorization"] = f"Bearer {gate.tokens.add('脚本', [scope], 'x', role=Role.ADMIN).text}"
    for method, path, context in endpoints(app):
        if (method, path) in OPEN:
            continue
        answer = browser.request(method, address(path))
        guards = guards_of(context)
        if guards and not path.startswith("/desk") and all(guard.scope is scope for guard in guards):
            assert answer.status_code not in {401, 403}, f"{method} {path}: {answer.text}"
        else:
            assert answer.status_code in {401, 403} or is_refused(answer), f"{method} {path}: {answer.status_code}"


def test_a_token_of_a_reader_changes_nothing(app: FastAPI, browser: TestClient, gate: Gate) -> None:
    browser.headers["Authorization"] = f"Bearer {gate.tokens.add('脚本', list(Scope), 'x').text}"
    for method, path, context in endpoints(app):
        if any(not Role.READER.covers(guard.role) for guard in guards_of(context)):
            answer = browser.request(method, address(path))
            assert answer.status_code == 403 or is_refused(answer), path


def test_who_must_change_the_password_gets_no_further(app: FastAPI, gate: Gate, signed_in: SignIn) -> None:
    client = signed_in("new", gate.accounts.add("new", Role.ADMIN, "x"))
    for method, path, _ in endpoints(app):
        if (method, path) in OPEN | OWN:
            continue
        answer = client.request(method, address(path))
        if path.startswith("/desk"):
            assert (answer.status_code, answer.headers["location"]) == (303, "/desk/password"), path
        else:
            assert answer.status_code == 403, path
            assert "先修改密码" in answer.json()["detail"]


def test_every_change_asks_for_the_sessions_token(app: FastAPI, signed_in: SignIn) -> None:
    client = signed_in("admin")
    del client.headers["X-CSRF-Token"]
    for method, path, _ in endpoints(app):
        if method in {"GET", "HEAD"} or (method, path) in OPEN:
            continue
        for given in ({}, {"X-CSRF-Token": "0" * 64}):
            answer = client.request(method, address(path), headers=given)
            assert answer.status_code == 403, f"{method} {path}: {answer.status_code}"
            assert "防伪令牌" in answer.json()["detail"]


def test_nobody_gets_in_while_the_journal_is_damaged(
    app: FastAPI, signed_in: SignIn, gate: Gate, settings: Settings
) -> None:
    client = signed_in("admin")
    bearer = {"Authorization": f"Bearer {gate.tokens.add('脚本', list(Scope), 'x', role=Role.ADMIN).text}"}
    for file in settings.data_dir.glob("journal.db*"):
        file.write_bytes(b"no database" * 1000)
    for headers in ({}, bearer):
        for method, path, _ in endpoints(app):
            if (method, path) not in OPEN:
                answer = client.request(method, address(path), headers=headers)
                assert answer.status_code in {401, 403, 303, 500}, f"{method} {path}"
    right = {"name": "admin", "password": "一句好记的话，我记得住"}
    assert client.post("/api/v1/staff/session", json=right).status_code == 500
    assert client.post("/api/v1/ask", json={"question": "专利权质押有贴息吗"}).status_code == 200
