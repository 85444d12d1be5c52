"""An extracted answer reworded by a language model, sentence by sentence, each said only once it is proved.

Whatever goes wrong, the extracted answer is said, within the budget.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections import Counter
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import replace

from qa_service.answer.generation.breaker import Breaker
from qa_service.answer.generation.claims import claims_of
from qa_service.answer.generation.language_model import Fragment, LanguageModel, ModelFailure
from qa_service.answer.generation.orders import gives_orders
from qa_service.answer.generation.prompt import LONGEST_REWORDING, Prompt, prompt_for
from qa_service.answer.generation.sentence_stream import SentenceStream, Thinking, Written
from qa_service.answer.generation.verify import Verifier
from qa_service.answer.models import Answer, Citation, Dropped, Fault, Origin, Status
from qa_service.answer.notices import notices_of
from qa_service.answer.speech import Piece, speak
from qa_service.text.normal import normalise
from qa_service.text.sentences import Span

_log = logging.getLogger(__name__)

_LONGEST = 2 * LONGEST_REWORDING
"""Characters that may be said at most; a model rarely counts well."""
_LONGEST_SENTENCE = 400
_MOST_DROPPED = 6
"""Sentences that may be dropped before the model is no longer listened to."""
_REFUSES = re.compile(
    r"无法回答|不能回答|无法提供(?:相关|该|此|您|你|任何)|无可奉告|^(?:很?抱歉|对不起|不好意思)|作为(?:一个|一名)?(?:ai|人工智能|语言模型|大模型|助手)|我(?:不能|无法|没有办法)"
    r"|i'm sorry|i am sorry|i can(?:no|')t|as an ai"
)
_SHORTEST_ECHO = 14
"""Characters in a row of the instructions that make a sentence a recital of them."""
_MARK_AND_LEAD = re.compile(r"^(?:《[^》]*》[^：。\n]{0,24}：)?\s*")
_NUMBER = re.compile(r"\[[0-9]{1,2}\]")
_SETTLES = re.compile(r"(?:不?对|不?是)的?[，。]")
"""An answer that opens so holds what the question takes for granted against the text."""
_STEPS = re.compile(r"^1[.．] ", re.MULTILINE)
_CLOSING = re.compile(r"(?:（[^（）\n]*(?:（[^（）\n]*）[^（）\n]*)*。）(?:\[[0-9]{1,2}\])+)+$")
"""What an answer closes with on the validity of its texts, in brackets: it is kept as it stands."""


class Rewording:
    """Words answers anew; the generator of a :func:`~qa_service.answer.speech.speak`."""

    def __init__(
        self,
        model: LanguageModel,
        verifier: Verifier,
        breaker: Breaker,
        *,
        budget: float,
        at_once: int,
        masked: Callable[[str], str] = str,
    ) -> None:
        """Take up a model.

        Args:
            model: what writes.
            verifier: what each sentence is held against its passages by.
            breaker: when to leave the model alone.
            budget: seconds from the question to the last sentence.
            at_once: the most requests at a time; whoever comes beyond gets the extracted answer at once.
            masked: replaces what must not leave the machine in a question.
        """
        self._model = model
        self._verifier = verifier
        self._breaker = breaker
        self._budget = budget
        self._at_once = at_once
        self._masked = masked
        self._running = 0

    async def write(self, answer: Answer) -> AsyncGenerator[Piece | Answer, None]:
        """Yield the pieces as they stand proved, and last the whole answer; see ``Generator``."""
        if not is_reworded(answer) or self._running >= self._at_once or not self._breaker.admits():
            async for spoken in speak(answer, None):
                yield spoken
            return
        draft = Draft(answer, self._verifier, prompt_for(asked(answer), answer.citations, masked=self._masked))
        self._running += 1
        try:
            async with aclosing(self._listen(draft)) as pieces:
                async for piece in pieces:
                    yield piece
        finally:
            self._running -= 1
        result = draft.result()
        _log.info("language model: %s", draft.account())
        if result.origin is Origin.GENERATED:
            if closing := draft.closing:
                yield Piece(closing)
            yield result
            return
        afresh = draft.has_spoken
        async for spoken in speak(result, None):
            yield replace(spoken, afresh=True) if afresh and isinstance(spoken, Piece) else spoken
            afresh = False

    async def _listen(self, draft: Draft) -> AsyncGenerator[Piece, None]:
        """Yield what of the model's words stands proved; what fails is noted in the draft."""
        deadline = asyncio.get_running_loop().time() + self._budget
        try:
            async with aclosing(self._model.stream(draft.prompt)) as stream:
                while not draft.is_over and (fragment := await _next(stream, deadline)):
                    for piece in draft.take(fragment):
                        yield piece
                for piece in draft.close():
                    yield piece
            self._breaker.succeeded()
        except ModelFailure as failure:
            _log.warning("language model: %s (%s)", failure.fault, failure)
            draft.give_up(failure.fault)
            self._breaker.failed()


async def _next(stream: AsyncGenerator[Fragment, None], deadline: float) -> Fragment | None:
    """Return the next fragment, None at the end. A read timeout begins anew with every byte; this one does not."""
    try:
        async with asyncio.timeout_at(deadline):
            return await anext(stream, None)
    except TimeoutError as error:
        raise ModelFailure(Fault.TIMED_OUT, "the budget is spent") from error


def is_reworded(answer: Answer) -> bool:
    """Whether a model may word an answer anew.

    It may where sentences were extracted. A clause that is asked for by its number is shown as it stands, and so are
    steps, a document's standing (which takes up no span of its passages), and whether something is as the question says.
    """
    return (
        answer.status is Status.ANSWERED
        and answer.origin is Origin.EXTRACTED
        and any(citation.highlights for citation in answer.citations)
        and not _SETTLES.match(answer.text)
        and not _STEPS.search(answer.text)
        and not any(claim.fault is Fault.ARTICLE for claim in claims_of(normalise(asked(answer))).made)
    )


def asked(answer: Answer) -> str:
    """Return the question as it was read."""
    return answer.interpreted or answer.understood or answer.question


class Draft:
    """What a model has written so far to one question."""

    def __init__(self, answer: Answer, verifier: Verifier, prompt: Prompt) -> None:
        self.prompt = prompt
        self.has_spoken = False
        """Whether any piece was given out, were it since withdrawn."""
        self._answer = answer
        self._verifier = verifier
        self._rules = normalise(prompt.system)
        self._thinking = Thinking()
        self._begin()
        self._withdraw = False

    def _begin(self) -> None:
        self._sentences = SentenceStream()
        self._said: list[str] = []
        self._known: set[str] = set()
        self._dropped: list[Dropped] = []
        self._support: dict[int, set[Span]] = {}
        self._given_up: Fault | None = None
        self._finish: str | None = None
        self._heard = 0

    @property
    def closing(self) -> str:
        """What the extracted answer closes with on the validity of its texts."""
        match = _CLOSING.search(self._answer.text)
        return match.group() if match else ""

    @property
    def is_over(self) -> bool:
        """Whether there is nothing more to listen to."""
        return self._given_up is not None or self._finish is not None

    def give_up(self, fault: Fault) -> None:
        """Say nothing of what was written."""
        self._given_up = fault

    def take(self, fragment: Fragment) -> list[Piece]:
        """Take up a fragment, and return what it completes and what stands proved."""
        text = self._thinking.feed(fragment.text)
        if self._thinking.restarted:
            self._begin()
            self._withdraw = self.has_spoken
        self._heard += len(text.strip())
        pieces = self._judge(self._sentences.feed(text))
        self._finish = fragment.finish
        if self._sentences.pending > _LONGEST_SENTENCE:
            self.give_up(Fault.TOO_LONG)
        return pieces

    def close(self) -> list[Piece]:
        """Take up what was left unfinished; a stream that ended without saying so is broken."""
        if self._given_up:
            return []
        if self._finish is None or not self._heard:
            raise ModelFailure(Fault.BROKEN, "nothing written" if self._finish else "ended without a word")
        if self._finish not in ("stop", "length", "eos", "end_turn"):
            self.give_up(Fault.REFUSED)
            return []
        return self._judge(self._sentences.close())

    def _judge(self, sentences: list[Written]) -> list[Piece]:
        pieces = []
        for sentence in sentences:
            if self._given_up:
                break
            if piece := self._spoken(sentence):
                pieces.append(piece)
                self.has_spoken = True
        return pieces

    def _spoken(self, sentence: Written) -> Piece | None:
        normal = normalise(sentence.text)
        if whole := self._whole_fault(normal):
            self.give_up(whole)
            return None
        cited = [self.prompt.markers[m] for m in sentence.markers if m in self.prompt.markers]
        fault = self._fault_of(sentence, normal, cited)
        if fault:
            self._dropped.append(Dropped(sentence.text, fault))
            if len(self._dropped) >= _MOST_DROPPED:
                self.give_up(Fault.NOTHING_LEFT)
            return None
        self._known.add(normal)
        marks = "".join(f"[{n}]" for n in sorted({citation.n for citation in cited}))
        line = "\n" if sentence.on_new_line and self._said else ""
        stop = "" if sentence.text[-1:] in "。！？!?；;”’」』）)" else "。"
        self._said.append(f"{line}{sentence.text}{stop}{marks}")
        if sum(map(len, self._said)) > _LONGEST:
            self.give_up(Fault.TOO_LONG)
            return None
        afresh, self._withdraw = self._withdraw, False
        return Piece(self._said[-1], afresh=afresh)

    def _whole_fault(self, normal: str) -> Fault | None:
        """What makes all that is written worthless."""
        if _REFUSES.search(normal) and not any(normal.rstrip("。") in c.passage.text for c in self._answer.citations):
            return Fault.REFUSED
        windows = range(len(normal) - _SHORTEST_ECHO + 1)
        if gives_orders(normal) or any(normal[at : at + _SHORTEST_ECHO] in self._rules for at in windows):
            return Fault.ECHO
        return None

    def _fault_of(self, sentence: Written, normal: str, cited: list[Citation]) -> Fault | None:
        if not sentence.finished and self._finish == "length":
            return Fault.BROKEN
        if not cited or sentence.foreign_marks or len(cited) < len(sentence.markers):
            return Fault.UNMARKED
        if normal in self._known:
            return Fault.REPEATED
        verdict = self._verifier.judge(sentence.text, cited, asked(self._answer))
        if verdict.fault:
            _log.debug("dropped for %s (%s): %s", verdict.fault, verdict.about, sentence.text)
            return verdict.fault
        for n, spans in verdict.support.items():
            self._support.setdefault(n, set()).update(spans)
        return None

    def result(self) -> Answer:
        """Return the answer: the model's words where enough of them stand, else the extracted ones."""
        if self._given_up is None:
            if not self._said or len(self._dropped) > len(self._said):
                self.give_up(Fault.NOTHING_LEFT)
            elif self._loses_the_figure():
                self.give_up(Fault.FIGURE_LOST)
        if self._given_up is not None:
            return replace(self._answer, dropped=(*self._dropped, Dropped("", self._given_up)))
        return self._reworded()

    def _loses_the_figure(self) -> bool:
        """Whether the first extracted sentence has figures and none of them is said."""
        first = _NUMBER.split(_MARK_AND_LEAD.sub("", self._answer.text, count=1).strip(), maxsplit=1)[0]
        figures = {c.value for c in claims_of(normalise(first)).made if c.fault is Fault.FIGURE}
        said = claims_of(normalise(_NUMBER.sub("", "".join(self._said)))).values
        return bool(figures) and not figures & said

    def _reworded(self) -> Answer:
        text = "".join(self._said) + self.closing
        citations = tuple(
            replace(citation, highlights=tuple(sorted(self._support.get(citation.n, ()))))
            for citation in self._answer.citations
        )
        cited = [citation for citation in citations if f"[{citation.n}]" in text]
        notices = tuple(dict.fromkeys((*self._answer.notices, *notices_of(cited))))
        return replace(
            self._answer,
            text=text,
            citations=citations,
            notices=notices,
            origin=Origin.GENERATED,
            dropped=tuple(self._dropped),
        )

    def account(self) -> str:
        """What became of it, without a word of the question or of what was written."""
        faults = Counter(dropped.fault.value for dropped in self._dropped)
        dropped = "".join(f", {count} {fault}" for fault, count in sorted(faults.items()))
        ended = f", given up: {self._given_up.value}" if self._given_up else ""
        return f"{len(self._said)} sentences said{dropped}{ended}"
