from collections.abc import Callable

from fastapi.testclient import TestClient

SignIn = Callable[..., TestClient]
PASSWORD = "一句好记的话，我记得住"
ACCOUNTS, TOKENS = "/api/v1/staff/accounts", "/api/v1/staff/tokens"


def test_an_administrator_makes_changes_and_disables_an_account(signed_in: SignIn, browser: TestClient) -> None:
    admin = signed_in("admin")
    made = admin.post(ACCOUNTS, json={"name": "王", "role": "reader", "comment": "新来的"})
    assert made.status_code == 201
    assert admin.post(ACCOUNTS, json={"name": "王", "role": "reader"}).status_code == 422
    wang = signed_in("王", made.json()["password"])
    assert wang.get("/api/v1/staff/session").json()["must_change_password"]
    assert admin.get(f"{ACCOUNTS}/王").json()["role"] == "reader"
    assert admin.patch(f"{ACCOUNTS}/王", json={"role": "editor"}).json()["role_label"] == "编辑"
    assert len(admin.get(f"{ACCOUNTS}/王/sessions").json()["sessions"]) == 1
    assert admin.patch(f"{ACCOUNTS}/王", json={"disabled": True}).json()["disabled"]
    assert wang.get("/api/v1/staff/session").status_code == 401
    assert not admin.patch(f"{ACCOUNTS}/王", json={"disabled": False}).json()["disabled"]
    again = admin.post(f"{ACCOUNTS}/王/password", json={})
    assert signed_in("王", again.json()["password"])
    assert admin.delete(f"{ACCOUNTS}/王/sessions").json() == {"ended": 1}
    assert {a["name"] for a in admin.get(ACCOUNTS).json()["accounts"]} == {"reader", "editor", "admin", "王"}
    assert "password_hash" not in admin.get(ACCOUNTS).text
    assert "argon2" not in admin.get(ACCOUNTS).text


def test_what_cannot_be_done_is_said(signed_in: SignIn) -> None:
    admin = signed_in("admin")
    for body in ({}, {"role": "editor", "disabled": True}):
        assert admin.patch(f"{ACCOUNTS}/reader", json=body).status_code == 422
    last = admin.patch(f"{ACCOUNTS}/admin", json={"disabled": True})
    assert last.status_code == 422
    assert "最后一个管理员" in last.json()["detail"]
    assert "旧密码" in admin.post(f"{ACCOUNTS}/admin/password", json={}).json()["detail"]
    assert admin.get(f"{ACCOUNTS}/nobody").status_code == 404
    assert admin.delete(f"{ACCOUNTS}/reader/sessions/{'0' * 16}").status_code == 404
    assert admin.post(ACCOUNTS, json={"name": "a/b", "role": "reader"}).status_code == 422
    assert admin.post(ACCOUNTS, json={"name": "ab", "role": "root"}).status_code == 422


def test_a_token_is_shown_once_used_and_revoked(signed_in: SignIn, browser: TestClient) -> None:
    admin = signed_in("admin")
    made = admin.post(TOKENS, json={"name": "统计", "scopes": ["curated:read"]})
    assert made.status_code == 201
    text, token_id = made.json()["text"], made.json()["token"]["id"]
    bearer = {"Authorization": f"Bearer {text}"}
    assert browser.get("/api/v1/staff/curated", headers=bearer).status_code == 200
    assert "令牌" in browser.get(TOKENS, headers=bearer).json()["detail"]
    assert text.rpartition("_")[2] not in admin.get(TOKENS).text
    assert admin.get(TOKENS).json()["tokens"][0]["used_at"]
    assert admin.delete(f"{TOKENS}/{token_id}").json()["revoked_at"]
    refused = browser.get("/api/v1/staff/curated", headers=bearer)
    assert refused.status_code == 401
    assert "invalid_token" in refused.headers["www-authenticate"]
    assert admin.delete(f"{TOKENS}/{token_id}").status_code == 422
    assert admin.post(TOKENS, json={"name": "x", "scopes": ["everything"]}).status_code == 422
    assert admin.post(TOKENS, json={"name": "x", "scopes": ["operations"], "days": 366}).status_code == 422


def test_a_bearer_token_needs_no_token_against_forgery_and_a_wrong_one_is_not_made_good_by_a_cookie(
    signed_in: SignIn, browser: TestClient
) -> None:
    admin = signed_in("admin")
    text = admin.post(TOKENS, json={"name": "x", "scopes": ["curated:write"], "role": "editor"}).json()["text"]
    bearer = {"Authorization": f"Bearer {text}"}
    assert browser.post("/api/v1/staff/curated/preview", json={}, headers=bearer).status_code == 422
    assert admin.get(ACCOUNTS, headers={"Authorization": "Bearer qas_wrong"}).status_code == 401
