"""Everything a door needs, opened from the settings."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from threadpoolctl import threadpool_limits

from qa_service import shipped
from qa_service.admission import Admission
from qa_service.answer.answerer import Answerer
from qa_service.answer.calibration import Calibration, read_calibration
from qa_service.answer.curated.reply import CuratedReply
from qa_service.answer.dialogue.conversation import Conversation, Turn
from qa_service.answer.dialogue.sessions import Sessions
from qa_service.answer.generation.breaker import Breaker
from qa_service.answer.generation.generate import Rewording
from qa_service.answer.generation.language_model import ChatEndpoint
from qa_service.answer.generation.verify import Verifier
from qa_service.answer.models import Answer
from qa_service.answer.speech import Generator
from qa_service.answer.switched_off import SwitchedGenerator
from qa_service.answer.verdict import read_verdicts
from qa_service.clock import Clock, china_clock, today
from qa_service.corpus.intake import settled
from qa_service.corpus.library import Library, read_library
from qa_service.errors import BuildError, ModelError, SettingsError
from qa_service.index.build import Progress, silent, write_build
from qa_service.index.embedder import Embedder
from qa_service.index.engine import EmbeddedEngine, Engine
from qa_service.index.opening import open_fitting, open_last_good
from qa_service.index.static_embedder import StaticEmbedder, is_static_model
from qa_service.index.store import BuildStore, verify
from qa_service.journal.background_writer import BackgroundWriter
from qa_service.journal.curated_shelf import CuratedShelf
from qa_service.journal.exchange import Exchange
from qa_service.journal.exchange_recorder import ExchangeRecorder
from qa_service.journal.switches import LLM, Switches, SwitchStore
from qa_service.keeping import PATIENCE_OF_AN_ANSWER_S, open_curated, open_journal, open_secret_key, open_sessions
from qa_service.search.searcher import Filters, Searcher
from qa_service.secret_key import SecretKey
from qa_service.settings import Settings
from qa_service.text.personal import masked
from qa_service.text.segmenter import Segmenter

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Lasting:
    """What outlives a build: when another becomes live, none of this is lost."""

    sessions: Sessions
    breaker: Breaker
    """What is known of the language model's health."""
    curated: CuratedShelf
    key: SecretKey
    """What stands for names that are not kept is made with."""
    admission: Admission
    """How many questions are worked on at once."""
    switches: Switches
    """What staff have switched off."""
    recorder: ExchangeRecorder | None = None
    """What keeps exchanges, None where they are not kept."""
    writers: tuple[BackgroundWriter[Any], ...] = ()
    """What writes to the journal behind the answers' back."""
    counting: tuple[Callable[[Exchange], None], ...] = ()
    """Who is told of every question that was answered; none of them waits for anything."""


@dataclass(frozen=True)
class Service:
    """A corpus with its live build, ready to be asked."""

    settings: Settings
    library: Library
    engine: Engine
    searcher: Searcher
    answerer: Answerer
    sessions: Sessions
    generator: Generator | None = None
    """What words answers anew, where a language model is configured."""
    curated: CuratedShelf | None = None
    """The answers that staff approved, where there may be any."""
    clock: Clock = china_clock
    counting: tuple[Callable[[Exchange], None], ...] = ()
    """Who is told of every question that was answered; none of them waits for anything."""
    writers: tuple[BackgroundWriter[Any], ...] = ()
    """What writes to the journal behind the answers' back."""
    degraded: str | None = None
    """What is not as it should be although questions are answered, in a sentence for the operator."""
    build: Path | None = None
    """The folder of the build that is answered from; None where it lies elsewhere."""
    lasting: Lasting | None = None
    """What a service over another build takes over from this one."""

    def ask(
        self,
        text: str,
        *,
        session_id: str | None = None,
        conversation: Conversation = (),
        top_k: int = 5,
        as_of: date | None = None,
        filters: Filters | None = None,
    ) -> Answer:
        """Answer a question from the corpus, as part of a session where it has one.

        Every door asks through here. What :func:`~qa_service.answer.speech.speak` makes of the answer with the
        generator is what is shown.

        Args:
            text: the question as typed.
            session_id: the session that the question belongs to; None is a session of one question.
            conversation: what was said before, where there is no session and the door knows it.
            top_k: the most citations, at least 1.
            as_of: the day on which validity is judged; None is today.
            filters: where to look.
        """
        said = self.sessions.conversation(session_id) if session_id else conversation
        answer = self.answerer.ask(text, conversation=said, top_k=top_k, as_of=as_of, filters=filters)
        if session_id:
            self.sessions.add(session_id, Turn.of(answer))
        return answer

    def note(self, exchange: Exchange) -> None:
        """Let those who keep count know of a question that was answered at some door."""
        for count in self.counting:
            count(exchange)

    def close(self) -> None:
        """Write what still waits to be written. The service can be asked all the same."""
        for writer in self.writers:
            writer.close()
        self.sessions.close()


def open_lasting(settings: Settings, clock: Clock) -> Lasting:
    """Return what outlives a build, with nothing remembered as yet."""
    key = open_secret_key(settings)
    curated = open_curated(settings, clock)
    recorder = ExchangeRecorder(open_journal(settings), key) if settings.journal == "on" else None
    return Lasting(
        open_sessions(settings, key, clock),
        Breaker(clock),
        curated,
        key,
        Admission(at_once=settings.ask_at_once, waiting=settings.ask_waiting, patience_s=settings.ask_patience_s),
        Switches(SwitchStore(open_journal(settings, patience_s=PATIENCE_OF_AN_ANSWER_S), clock)),
        recorder,
        writers=(curated.writer, *((recorder.queue,) if recorder else ())),
        counting=(recorder.put,) if recorder else (),
    )


def open_service(settings: Settings, *, clock: Clock = china_clock, progress: Progress = silent) -> Service:
    """Open the live build, making one first where there is none that is intact and fits the corpus and the model.

    Where none can be made, an older one that can still be answered from is served, and ``degraded`` says so.

    Raises:
        CorpusError, ModelError, BuildError: with what the operator has to do about it.
    """
    # A question's few small products are done before other threads have woken: with them, it costs twice the work.
    threadpool_limits(1, user_api="blas")
    with settled(settings.corpus_dir):
        library = read_library(settings.corpus_dir)
    segmenter = Segmenter(library.lexicon.terms)
    embedder = open_query_embedder(settings)
    engine, degraded = _open_engine(settings, library, segmenter, embedder, clock, progress)
    service = _composed(settings, library, engine, embedder, segmenter, open_lasting(settings, clock), clock)
    return replace(service, degraded=degraded)


def reopen_service(before: Service) -> Service:
    """Open the live build in the place of another; never makes one.

    What outlives a build is taken over from ``before``, which goes on answering. The corpus is read anew: a build and
    a library are served together only where the one was made of the other.

    Raises:
        CorpusError: the corpus cannot be read.
        BuildError: the live build is damaged, or is not made of the corpus as it now is or with this model.
    """
    settings, embedder = before.settings, before.searcher.embedder
    with settled(settings.corpus_dir):
        library = read_library(settings.corpus_dir)
    store = BuildStore(settings.index_dir)
    engine, live = open_fitting(store, library, embedder), store.current()
    if live and (engine is None or engine.folder != live):
        verify(live)  # says which file is damaged
    if engine is None or engine.folder != live:
        raise BuildError(
            f"索引 {live.name if live else settings.index_dir} 已损坏，或不是用现在的语料、模型和程序建的，不能切换过去。"
            "请运行 qa-service build；升级了程序则请重启服务。"
        )
    segmenter = before.searcher.segmenter
    if library.lexicon.terms != before.library.lexicon.terms:
        # Its dictionary is read in one call that lets no other thread run for half a second.
        segmenter = Segmenter(library.lexicon.terms)
    lasting = before.lasting or open_lasting(settings, before.clock)
    return _composed(settings, library, engine, embedder, segmenter, lasting, before.clock)


def _composed(
    settings: Settings,
    library: Library,
    engine: EmbeddedEngine,
    embedder: Embedder,
    segmenter: Segmenter,
    lasting: Lasting,
    clock: Clock,
) -> Service:
    """Put together what belongs to a build and what outlives it."""
    calibration = read_calibration(settings.calibration_file or shipped.calibration_file())
    verdicts = read_verdicts(shipped.verdicts_file())
    searcher = Searcher(library, engine, embedder, segmenter, calibration.ranking)
    approved = CuratedReply(lasting.curated, searcher, same_question_from(settings, calibration))
    approved.prepare(today(clock))
    answerer = Answerer(
        searcher, calibration.confidence, calibration.sentences, verdicts, clock, approved, settings.handover
    )
    generator = open_generator(settings, library, segmenter, lasting.breaker)
    if generator is not None:
        generator = SwitchedGenerator(generator, lambda: lasting.switches.off(LLM) is not None)
    return Service(
        settings,
        library,
        engine,
        searcher,
        answerer,
        lasting.sessions,
        generator,
        lasting.curated,
        clock,
        counting=lasting.counting,
        writers=lasting.writers,
        build=engine.folder,
        lasting=lasting,
    )


def same_question_from(settings: Settings, calibration: Calibration) -> float | None:
    """Return the cosine from which two questions ask the same; None where it was not measured on this model.

    Of another model, whose cosines may all lie higher, the shipped threshold would let anything pass for the same.
    """
    measured = settings.embedding_model is None or settings.calibration_file is not None
    return calibration.same_question if measured else None


def open_generator(settings: Settings, library: Library, segmenter: Segmenter, breaker: Breaker) -> Generator | None:
    """Return what words answers anew, None where no language model is set.

    Raises:
        SettingsError: a language model is set, but not which, or the package to speak to it is not installed.
    """
    endpoint = open_language_model(settings)
    if endpoint is None:
        return None
    return Rewording(
        endpoint,
        Verifier(segmenter, library.lexicon),
        breaker,
        budget=settings.llm_timeout,
        at_once=settings.llm_max_concurrency,
        masked=masked,
    )


def open_language_model(settings: Settings) -> ChatEndpoint | None:
    """Return the language model that is set, if one is; nothing is sent yet.

    Raises:
        SettingsError: as :func:`open_generator`.
    """
    if settings.llm_base_url is None:
        return None
    if settings.llm_model is None:
        raise SettingsError(
            f"设了 QA_LLM_BASE_URL={settings.llm_base_url}，没有设 QA_LLM_MODEL。请写明用哪个模型，或去掉前一项。"
        )
    key = settings.llm_api_key.get_secret_value() if settings.llm_api_key else None
    return ChatEndpoint(settings.llm_base_url, settings.llm_model, key, timeout=settings.llm_timeout)


def build_index(settings: Settings, *, clock: Clock = china_clock, progress: Progress = silent) -> Path:
    """Make a new build the live one, whether or not the old one still fits; returns its folder."""
    with settled(settings.corpus_dir):
        library = read_library(settings.corpus_dir)
    embedder = open_passage_embedder(settings, progress)
    store = BuildStore(settings.index_dir)
    return write_build(library, Segmenter(library.lexicon.terms), embedder, store, clock=clock, progress=progress)


def open_query_embedder(settings: Settings) -> Embedder:
    """Return what questions are encoded with: for the bundled model, without loading torch."""
    folder = Path(settings.model)
    if is_static_model(folder) and not settings.embedding_model and not settings.embedding_query_instruction:
        return StaticEmbedder(folder)
    if not folder.is_dir() and settings.embedding_model is None:
        raise ModelError(
            f"随包向量模型 {folder} 缺失或不完整。请重新安装本软件包，或用 QA_EMBEDDING_MODEL 指定一个模型。"
        )
    return open_passage_embedder(settings, silent)


def open_passage_embedder(settings: Settings, progress: Progress) -> Embedder:
    """Return what passages are encoded with: sentence-transformers itself."""
    progress("加载向量模型", 0, 1)
    # Importing it takes seconds and half a gigabyte, which a server that finds its index ready does not need.
    from qa_service.index.transformer_embedder import TransformerEmbedder

    embedder = TransformerEmbedder(settings.model, query_instruction=settings.embedding_query_instruction)
    progress("加载向量模型", 1, 1)
    return embedder


def _open_engine(
    settings: Settings, library: Library, segmenter: Segmenter, embedder: Embedder, clock: Clock, progress: Progress
) -> tuple[EmbeddedEngine, str | None]:
    """Open the build that fits, made now if need be; else the last good one, with what is wrong.

    Raises:
        BuildError, ModelError: none fits, none can be made, and there is no other that could be served.
    """
    store = BuildStore(settings.index_dir)
    engine = open_fitting(store, library, embedder)
    if engine is not None:
        return engine, None
    try:
        with store.exclusive():
            # Of several processes that start at once, the first builds and the others find its build here.
            engine = open_fitting(store, library, embedder)
            if engine is None:
                writer = open_passage_embedder(settings, progress)
                engine = EmbeddedEngine(write_build(library, segmenter, writer, store, clock=clock, progress=progress))
            return engine, None
    except (BuildError, ModelError) as error:
        engine = open_last_good(store, library, embedder)
        if engine is None:
            raise
        degraded = (
            f"索引重建失败，正在用 {engine.manifest.created} 建的旧索引回答，此后导入或修改的文件查不到。原因：{error}"
        )
        _log.error("serving an older build, for no new one can be made: %s", degraded)
        return engine, degraded
