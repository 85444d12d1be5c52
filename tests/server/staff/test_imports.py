"""Official texts brought in over the API, with real files, on a small corpus of their own."""

import json
import os
import shutil
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from qa_service import shipped
from qa_service.access.staff import Role, Staff
from qa_service.clock import Clock, china_clock
from qa_service.corpus.library import read_library
from qa_service.desk.imports.staging import Staging
from qa_service.errors import ImportFileError
from qa_service.journal.audit import AuditTrail
from qa_service.keeping import open_journal
from qa_service.server import body_limit
from qa_service.server.app import create_app
from qa_service.server.rebuilding import Rebuilding
from qa_service.server.staff.builds import rebuilding_of
from qa_service.server.staff.guard import staff_of
from qa_service.server.staff.imports.router import fetch_of
from qa_service.service import Service, build_index, open_service
from qa_service.settings import Settings
from tests.conftest import LAW, UNLIMITED, WriteDocx, WritePdf

IMPORTS = "/api/v1/staff/imports"
MEASURE = (
    ("centre", "示例市商标品牌奖励办法"),
    "第一条 为了鼓励商标品牌建设，制定本办法。",
    "第二条 对新注册的地理标志商标，每件奖励八万元。",
    "第三条 本办法自2026年4月1日起施行，有效期至2030年12月31日。",
)


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of one small law with its index, made once."""
    folder = tmp_path_factory.mktemp("scene")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "test-law.md").write_text(LAW, "utf-8")
    build_index(Settings(corpus_dir=folder / "corpus", index_dir=folder / "index", data_dir=folder / "var"))
    return folder


@pytest.fixture
def settings(scene: Path, tmp_path: Path) -> Settings:
    for name in ("corpus", "index"):
        shutil.copytree(scene / name, tmp_path / name)
    return Settings(
        corpus_dir=tmp_path / "corpus", index_dir=tmp_path / "index", data_dir=tmp_path / "var", **UNLIMITED
    )


@pytest.fixture
def app(settings: Settings) -> FastAPI:
    """The application as an editor has it; a rebuild is quick, and makes nothing."""
    service = open_service(settings)
    app = create_app(lambda: service)
    app.dependency_overrides[staff_of] = lambda: Staff("王", Role.EDITOR)
    commanding(app, settings, "pass")
    return app


@pytest.fixture
def desk(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def measure(write_docx: WriteDocx) -> Path:
    return write_docx(*MEASURE, name="奖励办法.docx")


def commanding(app: FastAPI, settings: Settings, code: str) -> None:
    made = Rebuilding(settings, china_clock, [sys.executable, "-c", code])
    app.dependency_overrides[rebuilding_of] = lambda: made


def sent(desk: TestClient, *files: Path | tuple[str, bytes], **fields: str) -> Any:
    parts = [(f.name, f.read_bytes()) if isinstance(f, Path) else f for f in files]
    return desk.post(IMPORTS, files=[("files", part) for part in parts], data=fields)


def staged(desk: TestClient, *files: Path | tuple[str, bytes]) -> dict[str, Any]:
    answer = sent(desk, *files)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def published(desk: TestClient, *files: Path | tuple[str, bytes]) -> str:
    answer = desk.post(f"{IMPORTS}/{staged(desk, *files)['id']}/publish", json={"comment": "新发的"})
    assert answer.status_code == 202, answer.text
    return str(answer.json()["batch"])


def ended(desk: TestClient) -> dict[str, Any]:
    deadline = time.monotonic() + 60
    while (progress := desk.get(f"{IMPORTS}/progress").json())["step"] in ("rebuilding", "switching"):
        assert time.monotonic() < deadline, progress
        time.sleep(0.05)
    return dict(progress)


def fingerprint(settings: Settings) -> str:
    return read_library(settings.corpus_dir).fingerprint


def test_what_was_understood_is_shown_and_nothing_is_changed(
    desk: TestClient, settings: Settings, write_docx: WriteDocx
) -> None:
    before = fingerprint(settings)
    path = write_docx(*MEASURE, "附件1", [["项目", "标准"], ["集体商标", "三万元"]], name="奖励办法.docx")
    (one,) = staged(desk, path)["understood"]
    assert one["ready"]
    assert one["metadata"]["title"] == "示例市商标品牌奖励办法"
    assert (one["metadata"]["effective"], one["metadata"]["expires"]) == ("2026-04-01", "2030-12-31")
    assert one["counts"]["articles"] == 3
    assert (one["counts"]["tables"], one["counts"]["rows"]) == (1, 1)
    assert "每件奖励八万元" in one["clauses"][1]["text"]
    assert "发布机关" in one["warnings"][0]
    assert fingerprint(settings) == before


def test_a_pdf_and_a_web_page_are_read_as_well(desk: TestClient, write_pdf: WritePdf) -> None:
    page = (
        "<html><body><h1>示例市奖励办法解读</h1><p>一、总的要求是鼓励商标品牌建设，推动高质量发展。</p></body></html>"
    )
    preview = staged(desk, write_pdf(*MEASURE), ("解读.html", page.encode()))
    assert [one["ready"] for one in preview["understood"]] == [True, True], preview


def test_what_is_corrected_is_shown_and_published_and_what_is_cleared_is_gone(
    desk: TestClient, settings: Settings, measure: Path
) -> None:
    stage = staged(desk, measure)
    stated = stage["understood"][0]["metadata"] | {"issuer": "示例市监管局", "expires": "", "topics": "资助、保护"}
    answer = desk.put(f"{IMPORTS}/{stage['id']}/files/0", json=stated)
    assert answer.status_code == 200, answer.text
    (one,) = answer.json()["understood"]
    assert (one["metadata"]["issuer"], one["metadata"]["expires"]) == ("示例市监管局", "")
    assert desk.post(f"{IMPORTS}/{stage['id']}/publish").status_code == 202
    document = read_library(settings.corpus_dir)["示例市商标品牌奖励办法"]
    assert (document.issuer, document.expires, document.topics) == ("示例市监管局", None, ("资助", "保护"))


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("title", "甲", "标题"),
        ("issued", "去年", "2026-01-31"),
        ("expires", "2020-01-01", "早于施行日期"),
        ("id", "../etc", "编号不能含"),
        ("id", "..", "点开头"),
        ("source_url", "javascript:alert(1)", "应为网址"),
        ("number", "号" * 101, "最多 100 个字"),
    ],
)
def test_a_correction_that_cannot_be_is_refused_with_a_sentence_for_its_field(
    desk: TestClient, measure: Path, field: str, value: str, sentence: str
) -> None:
    stage = staged(desk, measure)
    answer = desk.put(f"{IMPORTS}/{stage['id']}/files/0", json=stage["understood"][0]["metadata"] | {field: value})
    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert error["field"] == field
    assert sentence in error["message"]


def test_what_others_would_become_is_said_before(desk: TestClient, write_docx: WriteDocx) -> None:
    notice = write_docx(
        ("centre", "示例市专利促进办法"),
        "第一条 为了鼓励发明创造，制定本办法。",
        "第二条 本办法自2026年1月1日起施行，《示例市专利促进条例》同时废止。",
    )
    preview = staged(desk, notice)
    assert [c["text"] for c in preview["consequences"]] == [
        "《示例市专利促进办法》自 2026-01-01 起废止《示例市专利促进条例》（test-law）"
    ]
    (change,) = preview["effects"]["validity"]
    assert (change["document"]["id"], change["before"]["state"], change["after"]["state"]) == (
        "test-law",
        "in_force",
        "repealed",
    )


def test_the_same_again_is_refused_and_another_wording_is_compared(
    desk: TestClient, measure: Path, write_docx: WriteDocx
) -> None:
    published(desk, measure)
    (again,) = staged(desk, measure)["understood"]
    assert "完全相同" in again["fault"]
    other = [*MEASURE[:2], "第二条 对新注册的地理标志商标，每件奖励九万元。", MEASURE[3]]
    (changed,) = staged(desk, write_docx(*other))["understood"]
    assert changed["ready"]
    (clause,) = changed["difference"]["clauses"]
    assert ("八万元" in clause["before"], "九万元" in clause["after"]) == (True, True)
    assert changed["difference"]["same"] == 2


def test_publishing_writes_one_batch_is_audited_and_has_the_index_made(
    desk: TestClient, settings: Settings, measure: Path, fixed_clock: Clock
) -> None:
    stage = staged(desk, measure)
    answer = desk.post(f"{IMPORTS}/{stage['id']}/publish", json={"comment": "市里新发的"})
    assert answer.status_code == 202, answer.text
    batch = answer.json()["batch"]
    assert "示例市商标品牌奖励办法" in read_library(settings.corpus_dir).documents
    entry = AuditTrail(open_journal(settings), fixed_clock).entries()[0]
    assert (entry.actor, entry.action, entry.subject, entry.comment) == ("王", "import.add", batch, "市里新发的")
    (listed,) = desk.get(f"{IMPORTS}/batches").json()["batches"]
    assert (listed["by"], listed["comment"], listed["sources"]) == ("王", "市里新发的", ["奖励办法.docx"])
    assert ended(desk)["step"] == "stale"  # what was commanded makes no index
    assert desk.post(f"{IMPORTS}/{stage['id']}/publish").status_code == 409


def test_a_rebuild_that_fails_says_why_and_the_old_build_answers(
    app: FastAPI, desk: TestClient, settings: Settings, measure: Path
) -> None:
    commanding(app, settings, "raise SystemExit('错误：磁盘满了')")
    published(desk, measure)
    assert ended(desk) | {"answering": ""} == {
        "step": "failed",
        "stage": "",
        "percent": 0,
        "actor": "王",
        "began": ended(desk)["began"],
        "said": "错误：磁盘满了",
        "answering": "",
    }
    answered = desk.post("/api/v1/ask", json={"question": "授权的发明专利每件资助多少钱"}).json()
    assert "一万元" in answered["answer"]


def test_what_is_published_is_answered_from_without_a_restart(
    desk: TestClient, settings: Settings, measure: Path
) -> None:
    published(desk, measure)
    build_index(settings)
    assert ended(desk)["step"] == "live"
    answered = desk.post("/api/v1/ask", json={"question": "新注册的地理标志商标奖励多少"}).json()
    assert "八万元" in answered["answer"]


def test_what_is_published_while_a_build_runs_has_a_build_of_its_own(
    app: FastAPI, desk: TestClient, settings: Settings, measure: Path, tmp_path: Path
) -> None:
    go, runs = tmp_path / "go", tmp_path / "runs"
    commanding(
        app,
        settings,
        f"import pathlib, time\nopen({str(runs)!r}, 'a').write('x')\n"
        f"while not pathlib.Path({str(go)!r}).exists(): time.sleep(0.02)",
    )
    published(desk, measure)
    published(
        desk, ("另一办法.txt", "示例市另一办法\n第一条 本办法自2026年5月1日起施行，对示范企业奖励一万元。\n".encode())
    )
    go.touch()
    deadline = time.monotonic() + 30
    while not runs.exists() or len(runs.read_text()) < 2:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    ended(desk)
    assert runs.read_text() == "xx"


def test_undoing_says_before_what_it_does_and_is_audited(
    desk: TestClient, settings: Settings, measure: Path, fixed_clock: Clock
) -> None:
    before = fingerprint(settings)
    batch = published(desk, measure)
    told = desk.get(f"{IMPORTS}/batches/{batch}").json()
    assert told["effects"]["removed"] == [{"id": "示例市商标品牌奖励办法", "title": "示例市商标品牌奖励办法"}]
    assert desk.post(f"{IMPORTS}/batches/{batch}/undo", json={"comment": ""}).status_code == 422
    assert desk.post(f"{IMPORTS}/batches/{batch}/undo", json={"comment": "发错了"}).status_code == 202
    assert fingerprint(settings) == before
    entry = AuditTrail(open_journal(settings), fixed_clock).entries()[0]
    assert (entry.action, entry.subject, entry.comment) == ("import.undo", batch, "发错了")
    (listed,) = desk.get(f"{IMPORTS}/batches").json()["batches"]
    assert (listed["state"], listed["undone_by"], listed["undone_why"]) == ("undone", "王", "发错了")
    assert desk.post(f"{IMPORTS}/batches/{batch}/undo", json={"comment": "再来"}).status_code == 409


def test_only_the_latest_batch_is_taken_back(desk: TestClient, measure: Path) -> None:
    first = published(desk, measure)
    published(
        desk, ("另一办法.txt", "示例市另一办法\n第一条 本办法自2026年5月1日起施行，对示范企业奖励一万元。\n".encode())
    )
    answer = desk.post(f"{IMPORTS}/batches/{first}/undo", json={"comment": "不对"})
    assert answer.status_code == 409
    assert "依次撤销" in answer.json()["detail"]


def test_notes_come_back_when_the_full_text_is_taken_back(desk: TestClient, settings: Settings) -> None:
    notes = "---\nid: test-notes\ntitle: 示例市品牌条例\nform: notes\neffective: 2026-04-01\n---\n第一条 鼓励品牌。\n"
    (settings.corpus_dir / "notes.md").write_text(notes, "utf-8")
    full = "示例市品牌条例\n第一条　为了鼓励品牌建设，制定本条例。\n第二条　本条例自2026年4月1日起施行。\n"
    preview = staged(desk, ("条例.txt", full.encode()))
    assert preview["understood"][0]["replaces"]["id"] == "test-notes"
    assert "替换要点整理" in preview["consequences"][0]["text"]
    batch = desk.post(f"{IMPORTS}/{preview['id']}/publish").json()["batch"]
    effects = desk.get(f"{IMPORTS}/batches/{batch}").json()["effects"]
    assert effects["replaced"] == [{"id": "test-notes", "title": "示例市品牌条例"}]
    assert effects["removed"] == []


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../../etc/passwd.txt", "passwd.txt"),
        ("C:\\windows\\system32\\办法.txt", "办法.txt"),
        ("<img src=x onerror=alert(1)>.txt", "<img src=x onerror=alert(1)>.txt"),
        ("gpj.\u202e办法.txt", "gpj.办法.txt"),
        ("办" * 300 + ".txt", "办" * 110 + "….txt"),
        (".txt", ".txt"),
        ("a\nb.txt", "a%0Ab.txt"),
    ],
)
def test_an_odd_name_is_harmless(desk: TestClient, settings: Settings, name: str, shown: str) -> None:
    text = "示例市奇名办法\n第一条 本办法自2026年5月1日起施行，对示范企业奖励一万元。\n"
    (one,) = staged(desk, (name, text.encode()))["understood"]
    if name == ".txt":
        assert one["name"] == "没有名字的文件" or one["name"] == shown
    else:
        assert one["name"] == shown
    kept = {path.name for path in (settings.data_dir / "imports").rglob("*") if path.is_file()} - {".lock"}
    assert kept <= {"stage.json", "0.txt", "0"}


def bomb(path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<w:t>" + b"0" * 30_000_000)
    return path


def test_what_cannot_be_read_is_refused_in_words(desk: TestClient, tmp_path: Path, write_pdf: WritePdf) -> None:
    cases: list[tuple[Path | tuple[str, bytes], str]] = [
        (bomb(tmp_path / "炸弹.docx"), "压缩炸弹"),
        (("假的.docx", b"%PDF-1.4 nothing"), "内容却是PDF"),
        (("空的.pdf", b""), "空文件"),
        (("旧的.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600), "不认识扩展名"),
        (("图.txt", b"\x89PNG\r\n\x1a\n"), "图片"),
        (("要点.md", LAW.replace("form: full_text", "form: notes").encode()), "不是官方全文"),
        (write_pdf(*MEASURE, password="secret", name="密.pdf"), "密码"),
    ]
    for file, sentence in cases:
        answer = sent(desk, file)
        name = file.name if isinstance(file, Path) else file[0]
        if answer.status_code == 422:
            said = answer.json()["detail"]
            assert answer.headers["content-type"] == "application/problem+json"
        else:
            assert answer.status_code == 201, answer.text
            (one,) = answer.json()["understood"]
            assert not one["ready"]
            said = one["fault"]
            assert desk.post(f"{IMPORTS}/{answer.json()['id']}/publish").status_code == 422
        assert sentence in said, name
        assert str(tmp_path) not in said


def test_a_bad_file_beside_a_good_one_is_left_out(desk: TestClient, settings: Settings, measure: Path) -> None:
    preview = staged(desk, measure, ("空的.pdf", b""), ("程序.exe", b"MZ"))
    assert [one["ready"] for one in preview["understood"]] == [True, False]
    assert [one["name"] for one in preview["refused"]] == ["程序.exe"]
    desk.post(f"{IMPORTS}/{preview['id']}/publish")
    assert set(read_library(settings.corpus_dir).documents) == {"test-law", "示例市商标品牌奖励办法"}


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"content": b"{}", "headers": {"content-type": "application/json"}},
        {"content": b"--x\r\nbroken", "headers": {"content-type": "multipart/form-data; boundary=x"}},
        {"content": b"anything", "headers": {"content-type": "multipart/form-data"}},
        {"data": {"addresses": "ftp://example.com/a"}, "files": {"other": b""}},
        {"data": {"addresses": "\n".join(f"https://example.com/{n}" for n in range(6))}, "files": {"other": b""}},
        {"files": [("files", (f"{n}.txt", b"x")) for n in range(21)]},
        {"files": [("files", (f"{n}.txt", b"x")) for n in range(200)]},
    ],
)
def test_what_is_no_upload_is_refused(desk: TestClient, body: dict[str, Any]) -> None:
    answer = desk.post(IMPORTS, **body)
    assert answer.status_code == 422, answer.text


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1/a.html", "http://[::1]:8000/", "http://169.254.169.254/latest/", "http://10.0.0.1/a.pdf"],
)
def test_an_address_within_is_not_asked(desk: TestClient, address: str) -> None:
    answer = desk.post(IMPORTS, data={"addresses": address}, files={"other": b""})
    assert answer.status_code == 422
    assert "内网" in answer.json()["detail"]


def test_an_address_is_fetched_and_remembered(app: FastAPI, desk: TestClient, settings: Settings) -> None:
    def fetch(address: str, folder: Path) -> Path:
        if "gone" in address:
            raise ImportFileError(f"{address}：网站答复 404，没有取到文件。")
        path = folder / "fetched.html"
        path.write_text(
            "<html><body><h1>示例市网上办法</h1><p>第一条 对示范企业每家奖励一万元，自公布之日起施行。</p></body></html>"
        )
        return path

    app.dependency_overrides[fetch_of] = lambda: fetch
    addresses = "https://example.gov.cn/a.html\nhttps://example.gov.cn/gone"
    preview = desk.post(IMPORTS, data={"addresses": addresses}, files={"other": b""}).json()
    (one,) = preview["understood"]
    assert one["metadata"]["source_url"] == one["address"] == "https://example.gov.cn/a.html"
    assert "404" in preview["refused"][0]["why"]


def test_more_than_the_limit_is_not_taken(desk: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(body_limit.LARGER_BODY_BYTES, IMPORTS, 2_000_000)
    assert sent(desk, ("大.txt", b"x" * 1_500_000)).status_code == 201
    answer = sent(desk, ("大.txt", b"x" * 2_500_000))
    assert answer.status_code == 413
    assert "1 MB" in answer.json()["detail"]


def test_an_upload_waits_for_any_editor_survives_a_restart_and_expires(
    app: FastAPI, desk: TestClient, settings: Settings, measure: Path
) -> None:
    stage = staged(desk, measure)
    app.dependency_overrides[staff_of] = lambda: Staff("李", Role.EDITOR)
    (waiting,) = desk.get(IMPORTS).json()["stages"]
    assert (waiting["id"], waiting["by"], waiting["files"]) == (stage["id"], "王", ["奖励办法.docx"])
    with TestClient(create_app(lambda: open_service(settings))) as other:
        other.app.dependency_overrides[staff_of] = lambda: Staff("李", Role.EDITOR)  # type: ignore[attr-defined]
        assert other.get(f"{IMPORTS}/{stage['id']}").status_code == 200
    state = settings.data_dir / "imports" / stage["id"] / "stage.json"
    old = json.loads(state.read_text("utf-8")) | {"at": "2020-01-01T00:00:00+08:00"}
    state.write_text(json.dumps(old), "utf-8")
    assert desk.get(f"{IMPORTS}/{stage['id']}").status_code == 404
    staged(desk, measure)
    assert not state.exists()


def test_files_are_left_out_and_uploads_discarded(desk: TestClient, settings: Settings, measure: Path) -> None:
    stage = staged(desk, measure, ("甲.txt", b"x"))
    address = f"{IMPORTS}/{stage['id']}"
    assert desk.delete(f"{address}/files/1").status_code == 204
    assert [one["key"] for one in desk.get(address).json()["understood"]] == ["0"]
    assert desk.delete(f"{address}/files/1").status_code == 404
    assert desk.delete(address).status_code == 204
    assert desk.get(address).status_code == 404
    assert desk.get(f"{IMPORTS}/..%2f..%2f").status_code == 404


def test_of_two_who_publish_at_once_one_is_told_to_wait(desk: TestClient, settings: Settings, measure: Path) -> None:
    stage = staged(desk, measure)
    with Staging(settings.data_dir, china_clock).publishing():
        answer = desk.post(f"{IMPORTS}/{stage['id']}/publish")
    assert answer.status_code == 409
    assert "另一位同事" in answer.json()["detail"]
    codes: list[int] = []
    threads = [
        threading.Thread(target=lambda: codes.append(desk.post(f"{IMPORTS}/{stage['id']}/publish").status_code))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(codes) == [202, 409, 409, 409]
    assert len(desk.get(f"{IMPORTS}/batches").json()["batches"]) == 1


def test_a_corpus_that_cannot_be_written_to_is_named(
    desk: TestClient, measure: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = staged(desk, measure)
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    answer = desk.post(f"{IMPORTS}/{stage['id']}/publish")
    assert answer.status_code == 503
    assert "QA_CORPUS_DIR" in answer.json()["detail"]


def test_a_full_disk_changes_nothing_and_is_named(
    desk: TestClient, settings: Settings, measure: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, stage = fingerprint(settings), staged(desk, measure)

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        answer = desk.post(f"{IMPORTS}/{stage['id']}/publish")
        other = sent(desk, measure)
    assert (answer.status_code, other.status_code) == (503, 503)
    assert "No space left" in answer.json()["detail"]
    assert "QA_DATA_DIR" in other.json()["detail"]
    assert fingerprint(settings) == before
    assert desk.post(f"{IMPORTS}/{stage['id']}/publish").status_code == 202


def test_the_corpus_of_the_installed_package_is_left_alone(
    desk: TestClient, settings: Settings, measure: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = staged(desk, measure)
    monkeypatch.setattr(shipped, "_HERE", settings.corpus_dir.parent)
    answer = desk.post(f"{IMPORTS}/{stage['id']}/publish")
    assert answer.status_code == 503
    assert "随软件包安装" in answer.json()["detail"]
    assert "QA_CORPUS_DIR" in answer.json()["detail"]


def test_a_reader_is_kept_out(app: FastAPI, desk: TestClient, measure: Path) -> None:
    stage = staged(desk, measure)
    app.dependency_overrides[staff_of] = lambda: Staff("李", Role.READER)
    assert sent(desk, measure).status_code == 403
    assert desk.get(IMPORTS).status_code == 403
    assert desk.get(f"{IMPORTS}/{stage['id']}").status_code == 403
    assert desk.post(f"{IMPORTS}/{stage['id']}/publish").status_code == 403


def test_nothing_is_kept_of_what_nobody_signed_in_sends(client: TestClient, service: Service) -> None:
    assert client.post(IMPORTS, files={"files": ("a.txt", b"x" * 1000)}).status_code == 401
    assert not (service.settings.data_dir / "imports").exists()
