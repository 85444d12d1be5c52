from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from qa_service.journal.audit import AuditTrail
from qa_service.keeping import open_journal
from qa_service.service import Service
from qa_service.settings import Settings

SignIn = Callable[..., TestClient]
CURATED = "/api/v1/staff/curated"


@pytest.fixture
def entry(service: Service) -> dict[str, object]:
    """An answer that can be approved: it cites the plan."""
    passage = service.engine.passages_of("haimen-ip-plan")[3]
    return {
        "id": "c-plan",
        "question": "规划里第三段说什么",
        "answer": "规划对此有说明。[1]",
        "cites": [passage.id],
        "expires": "2099-12-31",
        "by": "冒名",
    }


def test_an_editor_previews_approves_renews_and_withdraws(
    signed_in: SignIn, entry: dict[str, object], settings: Settings, hands: Callable[[], object], tmp_path: Path
) -> None:
    editor, reader = signed_in("editor"), signed_in("reader")
    preview = editor.post(f"{CURATED}/preview", json={"entry": entry})
    assert preview.status_code == 200, preview.text
    assert "答（人工审核）：规划对此有说明。[1]" in preview.json()["shown"]
    assert reader.get(CURATED).json() == {"answers": []}
    made = editor.post(CURATED, json={"entry": entry})
    assert made.status_code == 201
    assert made.json()["approved_by"] == "editor"  # who is signed in, whatever the entry says
    assert made.json()["history"][0]["by"] == "editor"
    assert editor.post(CURATED, json={"entry": entry}).status_code == 422
    assert reader.get(f"{CURATED}/c-plan").json()["condition"] == "in_use"
    renewed = editor.post(f"{CURATED}/c-plan/renew", json={"expires": "2098-12-31"})
    assert renewed.json()["expires"] == "2098-12-31"
    assert editor.post(f"{CURATED}/c-plan/withdraw").json()["condition_label"] == "停用"
    assert editor.post(f"{CURATED}/c-plan/withdraw").status_code == 422
    trail = AuditTrail(open_journal(settings), hands)  # type: ignore[arg-type]
    done = [(e.actor, e.action) for e in reversed(trail.entries()) if e.action.startswith("curated")]
    assert done == [("editor", "curated.add"), ("editor", "curated.renew"), ("editor", "curated.withdraw")]


def test_what_cannot_be_approved_is_said_and_not_kept(signed_in: SignIn, entry: dict[str, object]) -> None:
    editor = signed_in("editor")
    for change in ({"cites": ["no-such#x"]}, {"answer": "没有引用"}, {"expires": "2020-01-01"}):
        refused = editor.post(CURATED, json={"entry": {**entry, **change}})
        assert refused.status_code == 422
        assert "不能录入" in refused.json()["detail"]
    assert editor.get(CURATED).json() == {"answers": []}
    assert editor.get(f"{CURATED}/c-plan").status_code == 404
    assert editor.post(f"{CURATED}/c-plan/withdraw").status_code == 404
    assert editor.post(f"{CURATED}/c-plan/renew", json={"expires": "2099-01-01"}).status_code == 404


def test_what_is_wrong_is_said_field_by_field(signed_in: SignIn, entry: dict[str, object]) -> None:
    editor = signed_in("editor")

    def faults(**change: object) -> list[str]:
        refused = editor.post(f"{CURATED}/preview", json={"entry": {**entry, **change}})
        assert refused.status_code == 422
        return [fault["field"] for fault in refused.json()["errors"]]

    assert faults(cites=["no-such#x"], answer="没有引用", expires="2020-01-01", question="……", wordings=["你好"]) == [
        "cites",
        "answer",
        "answer",
        "question",
        "wordings",
        "expires",
    ]
    assert faults(answer="一共987家。[1]") == ["force"]
    assert editor.post(CURATED, json={"entry": entry}).status_code == 201
    taken = editor.post(CURATED, json={"entry": {**entry, "id": "c-other"}}).json()["errors"]
    assert [fault["field"] for fault in taken] == ["question"]
    assert "qa-service" not in taken[0]["message"]
