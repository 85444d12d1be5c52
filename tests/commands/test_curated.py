"""Staff approve an answer, the public gets it, a clause changes, staff are told and approve it anew."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from fastapi.testclient import TestClient
from typer.testing import CliRunner, Result

from qa_service import shipped
from qa_service.answer.answerer import Answerer
from qa_service.answer.calibration import read_calibration
from qa_service.answer.curated.reply import CuratedReply
from qa_service.answer.dialogue.sessions import MemorySessions
from qa_service.answer.models import Origin
from qa_service.answer.verdict import read_verdicts
from qa_service.cli import app
from qa_service.clock import Clock, china_clock, today
from qa_service.corpus.library import read_library
from qa_service.doctor import Finding, diagnose
from qa_service.errors import QaError
from qa_service.index.build import write_build
from qa_service.index.embedder import Embedder
from qa_service.index.engine import EmbeddedEngine
from qa_service.index.store import BuildStore
from qa_service.keeping import open_curated
from qa_service.search.searcher import Searcher
from qa_service.server.app import create_app
from qa_service.service import Service
from qa_service.settings import Settings, load_settings
from qa_service.text.segmenter import Segmenter

CLAUSE = "test-law#第三条"
GIVEN = {
    "--id": "c-grant",
    "--question": "发明专利授权后资助多少",
    "--answer": "每件授权的发明专利资助1万元。[1]",
    "--cite": CLAUSE,
    "--expires": "2099-12-31",
    "--by": "张三",
}
Run = Callable[..., Result]


@pytest.fixture
def environment(tiny_corpus: Path, tmp_path: Path, segmenter: Segmenter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa_service.desk.curated.Segmenter", lambda terms: segmenter)  # a second saved each time
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QA_CORPUS_DIR", str(tiny_corpus))
    monkeypatch.setenv("QA_INDEX_DIR", str(tmp_path / "index"))
    monkeypatch.setenv("QA_DATA_DIR", str(tmp_path / "var"))


@pytest.fixture
def run(environment: None) -> Run:
    """Run ``qa-service curated``; an expected error is in ``exception``, anything else fails."""

    def run(*args: str) -> Result:
        result = CliRunner().invoke(app, ["curated", *args])
        if result.exception and not isinstance(result.exception, QaError | SystemExit):
            raise result.exception
        return result

    return run


def flags(**changed: str) -> list[str]:
    given = {**GIVEN, **{f"--{name}": value for name, value in changed.items()}}
    return [part for flag in given.items() if flag[1] for part in flag]


@pytest.fixture
def serve(
    environment: None, tmp_path: Path, segmenter: Segmenter, hash_embedder: Embedder, fixed_clock: Clock
) -> Callable[[], Service]:
    """Open the service on the corpus as it now is, with the journal of the environment."""
    numbers = iter(range(10))

    def serve() -> Service:
        settings = load_settings()
        library = read_library(settings.corpus_dir)
        store = BuildStore(tmp_path / f"build{next(numbers)}")
        engine = EmbeddedEngine(write_build(library, segmenter, hash_embedder, store))
        calibration = read_calibration(shipped.calibration_file())
        searcher = Searcher(library, engine, hash_embedder, segmenter, calibration.ranking)
        curated = open_curated(settings, china_clock)
        reply = CuratedReply(curated, searcher, None)
        answerer = Answerer(
            searcher,
            calibration.confidence,
            calibration.sentences,
            read_verdicts(shipped.verdicts_file()),
            china_clock,
            reply,
        )
        sessions = MemorySessions(china_clock, most=1, turns=1, age=timedelta(minutes=1))
        return Service(
            settings, library, engine, searcher, answerer, sessions, curated=curated, writers=(curated.writer,)
        )

    return serve


def change_the_clause(corpus: Path) -> None:
    path = corpus / "laws" / "test-law.md"
    path.write_text(path.read_text("utf-8").replace("每件资助一万元", "每件资助1万元"), "utf-8")


def test_an_answer_is_shown_confirmed_and_kept(run: Run) -> None:
    refused = run("add", *flags())
    assert isinstance(refused.exception, QaError)  # nobody is there to confirm
    assert "--yes" in str(refused.exception)
    added = run("add", *flags(), "--wording", "授权了给多少", "--yes")
    assert added.exit_code == 0
    assert "答（人工审核）：每件授权的发明专利资助1万元。[1]" in added.stdout
    assert "[1] 《示例市专利促进条例》第三条（现行有效）" in added.stdout
    assert "对授权的发明专利，每件资助一万元。" in added.stdout
    listed = run("list").stdout
    assert "c-grant  在用  命中 0  至 2099-12-31  发明专利授权后资助多少" in listed
    shown = run("show", "c-grant").stdout
    assert "其他问法：授权了给多少" in shown
    assert "录入  张三" in shown


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"cite": "test-law#第九条"}, "没有条款 test-law#第九条"),
        ({"cite": "no-law#第三条"}, "没有条款 no-law#第三条"),
        ({"answer": "每件资助1万元[2]。"}, "[2] 没有对应的引用"),
        ({"answer": "每件资助1万元[1]。随时可以领。"}, "没有注明引用：随时可以领。"),
        ({"answer": "每件资助2万元[1]。"}, "所引条款里没有这些数字：20000元"),
        ({"expires": str(today(china_clock))}, "应晚于今天"),
        ({"question": "你好"}, "“你好”不是一个问题"),
        ({"question": "？？"}, "“？？”不是一个问题"),
        ({"by": ""}, "没有写审核人"),
        ({"answer": ""}, "应含 question、answer、cites、expires"),
        ({"id": "有 空格"}, "应含 question、answer、cites、expires"),
    ],
)
def test_what_cannot_be_approved_is_named_and_not_kept(run: Run, changed: dict[str, str], fault: str) -> None:
    refused = run("add", *flags(**changed), "--yes")
    assert isinstance(refused.exception, QaError)
    assert fault in str(refused.exception)
    assert "还没有人工审核的答案" in run("list").stdout


def test_a_figure_that_was_looked_at_may_be_forced(run: Run) -> None:
    assert run("add", *flags(answer="每件资助2万元[1]。"), "--yes", "--force").exit_code == 0


def test_a_clause_may_be_cited_as_people_cite_it(run: Run) -> None:
    assert run("add", *flags(cite="《专利促进条例》第三条"), "--yes").exit_code == 0
    exported = yaml.safe_load(run("export").stdout)
    assert exported[0]["cites"][0]["passage"] == CLAUSE


def test_the_public_gets_it_marked_until_a_clause_changes_and_again_when_it_is_renewed(
    run: Run, serve: Callable[[], Service], tiny_corpus: Path
) -> None:
    run("add", *flags(), "--yes")
    service = serve()
    with TestClient(create_app(lambda: service)) as client:
        body = client.post("/api/v1/ask", json={"question": "请问发明专利授权后资助多少？"}).json()
        page = client.get("/", params={"q": GIVEN["--question"]}).text
    assert (body["origin"], body["answer"]) == ("curated", GIVEN["--answer"])
    assert body["citations"][0]["passage_id"] == CLAUSE
    assert "人工审核</span>" in page
    shown = run("show", "c-grant").stdout
    assert "命中 2 次" in shown
    assert "2 次（问法相同 2，意思相同 0）" in shown
    assert run("check").exit_code == 0

    change_the_clause(tiny_corpus)
    assert serve().ask(GIVEN["--question"]).origin is not Origin.CURATED
    checked = run("check")
    assert checked.exit_code == 1
    assert "c-grant 条款有变化，已停止使用" in checked.stdout
    assert "[1] 《示例市专利促进条例》第三条的文字有变化" in checked.stdout
    assert "c-grant  条款有变化" in run("list").stdout
    assert any("1 条人工审核的答案所引条款有变化" in finding.text for finding in findings() if not finding.healthy)

    renewed = run("renew", "c-grant", "--expires", "2099-06-30", "--by", "李四", "--yes")
    assert renewed.exit_code == 0, renewed.output
    assert "文字有变化" in renewed.stdout
    assert serve().ask(GIVEN["--question"]).origin is Origin.CURATED
    shown = run("show", "c-grant").stdout
    assert "李四" in shown
    assert "有效至 2099-06-30" in shown
    assert run("check").exit_code == 0


def findings() -> list[Finding]:
    found = (finding for finding in diagnose(load_settings(), {}) if not finding.text.startswith("QA_"))
    return [finding for finding in found if "人工审核" in finding.text or "记录库" in finding.text]


def test_renewing_looks_at_the_figures_again(run: Run, tiny_corpus: Path) -> None:
    run("add", *flags(), "--yes")
    path = tiny_corpus / "laws" / "test-law.md"
    path.write_text(path.read_text("utf-8").replace("每件资助一万元", "每件资助五千元"), "utf-8")
    refused = run("renew", "c-grant", "--expires", "2099-06-30", "--by", "李四", "--yes")
    assert "10000元" in str(refused.exception)
    assert "条款有变化" in run("list").stdout


def test_withdrawn_is_given_no_more(run: Run, serve: Callable[[], Service]) -> None:
    run("add", *flags(), "--yes")
    assert run("withdraw", "c-grant", "--by", "李四").exit_code == 0
    assert serve().ask(GIVEN["--question"]).origin is not Origin.CURATED
    assert "c-grant  停用" in run("list").stdout
    assert "停用  李四" in run("show", "c-grant").stdout


def test_what_expires_soon_is_said(run: Run) -> None:
    soon = today(china_clock) + timedelta(days=3)
    run("add", *flags(expires=str(soon)), "--yes")
    checked = run("check")
    assert checked.exit_code == 0
    assert f"将于 {soon} 到期" in checked.stdout


def test_several_come_from_a_file_all_or_none(run: Run, tmp_path: Path) -> None:
    entry = {
        "question": "提交材料要多久",
        "wordings": ["几个月内交材料"],
        "answer": "三个月内提交。[1]",
        "cites": ["test-law#第二条"],
        "expires": "2099-12-31",
        "by": "张三",
    }
    path = tmp_path / "答案.json"
    path.write_text(json.dumps([entry, {**entry, "question": "交多少钱", "answer": "三百元[1]。"}]), "utf-8")
    refused = run("add", "--file", str(path), "--yes")
    assert "300元" in str(refused.exception)
    assert "还没有" in run("list").stdout
    path.write_text(yaml.safe_dump(entry, allow_unicode=True), "utf-8")
    assert run("add", "--file", str(path), "--yes").exit_code == 0
    assert "提交材料要多久" in run("list").stdout


@pytest.mark.parametrize("content", ["{", "- 1", "question: 甲", "[]x: ", "\xff"])
def test_a_file_that_cannot_be_used_is_an_error_in_words(run: Run, tmp_path: Path, content: str) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(content.encode("latin-1") if content == "\xff" else content.encode())
    refused = run("add", "--file", str(path), "--yes")
    assert isinstance(refused.exception, QaError)
    assert "x.yaml" in str(refused.exception)


def test_answers_move_to_another_machine_with_their_approval(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tiny_corpus: Path
) -> None:
    run("add", *flags(), "--wording", "授权了给多少", "--yes")
    file = tmp_path / "导出.yaml"
    assert run("export", "--out", str(file)).exit_code == 0
    again = run("import", str(file), "--by", "王五")
    assert "新增 0 条，已有 1 条" in again.stdout
    monkeypatch.setenv("QA_DATA_DIR", str(tmp_path / "elsewhere"))
    assert "新增 1 条" in run("import", str(file), "--by", "王五").stdout
    shown = run("show", "c-grant").stdout
    assert "张三 于" in shown
    assert "导入  王五" in shown
    assert run("export").stdout == file.read_text("utf-8")
    # What reads otherwise there is not used there.
    change_the_clause(tiny_corpus)
    monkeypatch.setenv("QA_DATA_DIR", str(tmp_path / "third"))
    assert "条款有变化" in run("import", str(file), "--by", "王五").stdout
    changed = file.read_text("utf-8").replace("资助1万元", "资助一万元")
    file.write_text(changed, "utf-8")
    refused = run("import", str(file), "--by", "王五")
    assert refused.exit_code == 1
    assert "编号 c-grant 已有" in refused.stdout


def test_a_hand_written_file_is_not_imported_as_approved(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(f"question: 甲\nanswer: 乙[1]。\ncites: [{CLAUSE}]\nexpires: 2099-01-01\n", "utf-8")
    refused = run("import", str(path), "--by", "王五")
    assert refused.exit_code == 1
    assert "缺少审核记录" in refused.stdout


def test_a_damaged_journal_is_an_error_for_staff_and_none_for_the_public(
    run: Run, serve: Callable[[], Service], tmp_path: Path
) -> None:
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "journal.db").write_bytes(b"no database" * 1000)
    assert "journal.db 无法使用" in str(run("list").exception)
    answer = serve().ask("授权的发明专利每件资助多少钱")
    assert answer.origin is Origin.EXTRACTED
    found = findings()
    assert found
    for finding in found:
        assert not finding.healthy
        assert "journal.db" in finding.text


def test_doctor_says_that_there_is_no_journal_yet_and_makes_none(environment: None, tmp_path: Path) -> None:
    (finding,) = (f for f in findings() if f.text.startswith("记录库"))
    assert finding.healthy
    assert not (tmp_path / "var").exists()


def test_doctor_does_not_show_the_password_of_a_database(environment: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QA_JOURNAL_URL", "nosuch://u:geheim@host/db")
    assert all("geheim" not in finding.text for finding in diagnose(load_settings(), {}))
    assert "geheim" not in repr(Settings())
