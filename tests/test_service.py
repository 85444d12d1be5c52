import logging
from pathlib import Path

import pytest
from pydantic import SecretStr

from qa_service import shipped
from qa_service.answer.calibration import read_calibration
from qa_service.answer.curated.answers import CuratedAnswer, Ground
from qa_service.answer.dialogue.conversation import Turn
from qa_service.answer.dialogue.sessions import MemorySessions
from qa_service.answer.models import Origin, Status
from qa_service.clock import Clock
from qa_service.index.store import BuildStore
from qa_service.journal.curated_store import CuratedStore
from qa_service.journal.session_server import RedisSessions
from qa_service.keeping import open_journal, open_sessions
from qa_service.secret_key import SecretKey
from qa_service.service import Service, build_index, open_service, reopen_service, same_question_from
from qa_service.settings import Settings

KEY = SecretKey(b"k" * 32)


@pytest.fixture
def settings(tiny_corpus: Path, tmp_path: Path) -> Settings:
    return Settings(corpus_dir=tiny_corpus, index_dir=tmp_path / "index")


def test_the_first_start_builds_and_the_second_finds_it(settings: Settings) -> None:
    stages: list[str] = []
    open_service(settings, progress=lambda stage, done, total: stages.append(stage))
    assert "计算段落向量" in stages
    stages.clear()
    open_service(settings, progress=lambda stage, done, total: stages.append(stage))
    assert stages == []
    assert len(BuildStore(settings.index_dir).builds()) == 1


def test_a_changed_corpus_is_indexed_anew(settings: Settings, tiny_corpus: Path) -> None:
    assert len(open_service(settings).engine.passages) == 3
    path = tiny_corpus / "laws" / "test-law.md"
    path.write_text(path.read_text("utf-8") + "\n第四条 质押融资给予贴息。\n", "utf-8")
    service = open_service(settings)
    assert len(service.engine.passages) == 4
    assert service.answerer.ask("专利促进条例第四条").citations[0].passage.location == "第四条"


def test_a_damaged_build_is_passed_over_and_the_operator_told(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    open_service(settings)
    (build,) = BuildStore(settings.index_dir).builds()
    (build / "passages.jsonl").write_text("{}\n", "utf-8")
    with caplog.at_level(logging.WARNING):
        service = open_service(settings)
    assert len(service.engine.passages) == 3
    assert "passages.jsonl" in caplog.text


def test_a_segmenter_is_made_anew_only_for_other_terms(settings: Settings, tiny_corpus: Path) -> None:
    service = open_service(settings)
    assert reopen_service(service).searcher.segmenter is service.searcher.segmenter
    (tiny_corpus / "lexicon").mkdir(exist_ok=True)
    (tiny_corpus / "lexicon" / "terms.txt").write_text("海门制造\n", "utf-8")
    build_index(settings)
    reopened = reopen_service(service)
    assert reopened.searcher.segmenter is not service.searcher.segmenter


def test_another_corpus_than_the_plan_is_answered_from_by_article(settings: Settings) -> None:
    service = open_service(settings)
    answer = service.answerer.ask("授权的发明专利每件资助多少钱")
    assert "一万元" in answer.text
    assert answer.citations[0].passage.location == "第三条"
    assert answer.citations[0].validity.note == "自2020年5月1日起施行，现行有效"


def test_the_query_path_imports_neither_torch_nor_a_client_that_no_setting_asks_for(
    tmp_path: Path, shared_tmp: Path, service: object
) -> None:
    import subprocess
    import sys

    code = (
        "import sys; from pathlib import Path; from qa_service.settings import Settings;"
        "from qa_service.service import open_service;"
        f"s = open_service(Settings(corpus_dir=Path({str(shipped.corpus_folder())!r}), index_dir=Path({str(shared_tmp / 'index')!r})));"
        "s.answerer.ask('拿专利能贷款吗'); print({'torch', 'openai'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_an_answer_that_staff_approved_is_given_and_counted(
    service: Service, tmp_path: Path, fixed_clock: Clock
) -> None:
    settings = service.settings.model_copy(update={"data_dir": tmp_path / "var"})
    store, day = CuratedStore(open_journal(settings), fixed_clock), service.answerer.today()
    passage = service.engine.passage("专利收费标准#实用新型和外观设计年费")
    clause = Ground(service.library, service.engine.passage).clause(passage, day)
    answer = CuratedAnswer("c-1", "实用新型年费怎么收", (), "每年600元[1]。", (clause,), "张三", day, day)
    store.add(answer, "张三")
    opened = open_service(settings, clock=fixed_clock)
    assert opened.ask("请问实用新型年费怎么收？").origin is Origin.CURATED
    assert opened.ask("外观设计年费怎么收").origin is not Origin.CURATED
    opened.close()
    assert store.hits() == {"c-1": 1}


def test_a_threshold_that_was_measured_on_another_model_is_not_used(tmp_path: Path) -> None:
    calibration = read_calibration(shipped.calibration_file())
    assert same_question_from(Settings(), calibration) == calibration.same_question
    assert same_question_from(Settings(embedding_model="other"), calibration) is None
    own = Settings(embedding_model="other", calibration_file=tmp_path / "own.json")
    assert same_question_from(own, calibration) == calibration.same_question


def test_conversations_are_kept_where_every_process_finds_them(tmp_path: Path, fixed_clock: Clock) -> None:
    alone = open_sessions(Settings(data_dir=tmp_path), KEY, fixed_clock)
    several = [open_sessions(Settings(data_dir=tmp_path, workers=2), KEY, fixed_clock) for _ in range(2)]
    servers = open_sessions(
        Settings(data_dir=tmp_path, workers=2, redis_url=SecretStr("redis://127.0.0.1:1/0")), KEY, fixed_clock
    )
    assert isinstance(alone, MemorySessions)
    assert isinstance(servers, RedisSessions)
    several[0].add("a", Turn("发明专利资助多少", Status.ANSWERED))
    assert [turn.question for turn in several[1].conversation("a")] == ["发明专利资助多少"]
    for sessions in (*several, servers):
        sessions.close()
