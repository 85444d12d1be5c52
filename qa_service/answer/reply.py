"""One question on its way to an answer."""

import re
from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Protocol

from qa_service.answer.compose import Choice, Figures, choose_sentences, spoken
from qa_service.answer.confidence import Confidence, evidence_of
from qa_service.answer.courtesy import COVERS, EXAMPLES
from qa_service.answer.definition import defining_first
from qa_service.answer.extract import Sentence, probabilities
from qa_service.answer.limits import grant_beyond, kind_missing, known_miss, name_beyond, place_beyond, time_beyond
from qa_service.answer.models import Answer, Citation, Origin, Reason, Status
from qa_service.answer.notices import notices_of
from qa_service.answer.standing import asks_standing, standing_of
from qa_service.answer.suggestions import suggestions_from
from qa_service.corpus.models import NATIONAL_LEVELS, Document, Form, Passage
from qa_service.corpus.validity import COMPILED_KINDS
from qa_service.search.clause import ClauseReference
from qa_service.search.expected import Expected, kinds_asked
from qa_service.search.question import Question
from qa_service.search.searcher import Filters, Hit, Searcher
from qa_service.text.sentences import Span, sentence_spans

_ASK_ELSEWHERE = "具体以主管部门公布的文件为准，也可拨打 12345 政务服务热线咨询。"
_PART_END = re.compile(r"[？?；;\n]+")
_CLAUSE_END = re.compile(r"[，,]")
_ASKS = re.compile(r"[吗呢么]|多少|几|什么|啥|哪|怎|如何|谁|何时|要不要|能不能|是不是|可不可以|还.不|[?？]")
_MOST_PARTS = 3
_SHORTEST_PART = 5
"""Terms a part of a question must have to be a question of its own."""
_ENOUGH_TO_CHOOSE_FROM = 5
_LARGEST_SECTION = 60
"""Passages of a section that is asked for as a whole."""
_LONGEST_CLAUSE = 400
"""Characters of a clause that are shown when the clause itself is asked for; the rest is one click away."""


class Means(Protocol):
    """What a reply is worked out with."""

    @property
    def searcher(self) -> Searcher:
        """What finds passages."""

    @property
    def confidence(self) -> Confidence:
        """When to answer."""

    def rank(self, question: Question, hits: Sequence[Hit]) -> list[Sentence]:
        """Return the sentences of the best passages, the likeliest to answer first."""


class Reply:
    """One question on its way to an answer."""

    def __init__(self, means: Means, question: Question, top_k: int, day: date, filters: Filters | None) -> None:
        self._means = means
        self._searcher = means.searcher
        self._text = question.text
        self._top_k = top_k
        self._day = day
        self._filters = filters
        self.question = question
        self._hits = self._find(question)

    def _find(self, question: Question) -> list[Hit]:
        enough = _LARGEST_SECTION if question.clauses or question.documents else _ENOUGH_TO_CHOOSE_FROM
        return self._searcher.search(question, self._day, max(self._top_k, enough), self._filters)

    def compose(self) -> Answer:
        """Decide how the question ends, and say it."""
        question, hits = self.question, self._hits
        named = [hit for hit in hits if self._searcher.is_named(hit.passage, question)]
        for document_id in question.documents:
            document = self._searcher.library[document_id]
            if asks_standing(question, document):
                return self._standing(document)
        if question.unknown_document and not question.documents:
            return self._document_unknown(question.unknown_document)
        if question.clauses and not named and question.documents:
            return self._clause_unknown()
        if not (named or question.words):
            return self._unclear()
        if named and self._asks_for_the_clause(named):
            return self._clause(named)
        hits = named or self._on_the_matter(hits)
        ranked = self._means.rank(question, hits)
        if not named and (refused := self._refused(hits, ranked)):
            return refused
        choice = self._choose(ranked)
        if choice is None:
            return self._no_answer()
        if reason := self._limit(choice):
            return self._related(reason, choice.best)
        return self._answered(choice.sentences)

    def _choose(self, ranked: list[Sentence]) -> Choice | None:
        """Choose what is said of the sentences found, and of those found for each part of the question."""
        question = self.question
        if Expected.DEFINITION in question.asks:
            ranked = defining_first(ranked, question)
        return choose_sentences(
            [ranked, *self._ranked_parts()],
            self._fits,
            _figures(question),
            open_ended=question.expected.is_open or question.expected is Expected.NAMES,
            is_clause=lambda sentence: self._is_clause(sentence.hit.passage),
        )

    def _on_the_matter(self, hits: list[Hit]) -> list[Hit]:
        """Keep to the documents that are named, else to those that are not on another kind of right.

        What a thing is, a clause defines and no guide.
        """
        named = self.question.documents | self.question.family
        own = [hit for hit in hits if hit.passage.document_id in named]
        kept = own or [hit for hit in hits if hit.features.subject >= 0] or hits
        if Expected.DEFINITION in self.question.asks:
            return [hit for hit in kept[:_ENOUGH_TO_CHOOSE_FROM] if self._is_clause(hit.passage)] or kept
        return kept

    def _refused(self, hits: Sequence[Hit], ranked: Sequence[Sentence]) -> Answer | None:
        """Refuse what the corpus does not speak of, and what it is known not to say of what it speaks of."""
        unanswered = self._searcher.engine.unanswered(self._searcher.vector_of(self.question))
        evidence = evidence_of(self.question, hits, ranked, unanswered, self._searcher.engine)
        named = bool(self.question.documents or (self._filters and self._filters.document_ids))
        if not self._means.confidence.on_topic(evidence, named=named):
            return self._no_answer()
        missed = self._means.confidence.missed(evidence, unanswered)
        if missed is None:
            return None
        return self._related(known_miss(self.question, Reason(missed), self._searcher.library.lexicon), ranked[0])

    def _ranked_parts(self) -> list[list[Sentence]]:
        """Rank sentences for each part of a question that asks several things."""
        parts = parts_of(self.question.text)
        understood = [self._searcher.understand(part, self._day) for part in parts] if len(parts) > 1 else []
        return [self._means.rank(q, self._find(q)) for q in understood if len(q.terms) >= _SHORTEST_PART]

    def _limit(self, choice: Choice) -> Reason | None:
        """Why what was found does not give what is asked, if so."""
        library = self._searcher.library
        found = [(library[s.hit.passage.document_id], s.hit.passage.text) for s in choice.sentences]
        texts = [f"{document.title} {document.issuer or ''} {text}" for document, text in found]
        national = all(document.level in NATIONAL_LEVELS for document, _ in found)
        if place_beyond(self.question, library.lexicon, texts, national=national, is_own=self._is_own_place):
            return Reason.PLACE_NOT_COVERED
        if self._time_beyond(choice.best):
            return Reason.TIME_NOT_COVERED
        if name_beyond(self.question, choice.best.hit.passage.text):
            return Reason.NOT_STATED
        if self._grant_beyond(choice.best):
            return Reason.AMOUNT_NOT_STATED
        return kind_missing(self.question, choice.best)

    def _is_own_place(self, name: str) -> bool:
        library = self._searcher.library
        if name in library.lexicon.terms:
            return True
        return any(name in f"{d.title} {d.issuer or ''}" for d in library.documents.values())

    def _fits(self, sentence: Sentence) -> bool:
        missing = kind_missing(self.question, sentence) or self._time_beyond(sentence) or self._grant_beyond(sentence)
        return not missing

    def _grant_beyond(self, sentence: Sentence) -> bool:
        document = self._searcher.library[sentence.hit.passage.document_id]
        return grant_beyond(self.question, national=document.level in NATIONAL_LEVELS)

    def _time_beyond(self, sentence: Sentence) -> str | None:
        passage = sentence.hit.passage
        return time_beyond(self.question, passage.text, self._searcher.library[passage.document_id])

    def _answered(self, chosen: Sequence[Sentence]) -> Answer:
        citations = self._citations(chosen)
        number = {citation.passage.id: citation.n for citation in citations}
        said: list[str] = []
        for passage_id, group in groupby(chosen, key=lambda sentence: sentence.hit.passage.id):
            sentences = [f"{spoken(sentence.text)}[{number[passage_id]}]" for sentence in group]
            lead = self._lead(self._searcher.engine.passage(passage_id))
            # The lines of a list stay lines.
            said.append(f"{lead}{sentences[0]}" if len(sentences) == 1 else "\n".join((lead, *sentences)).strip())
        as_lines = any("\n" in part for part in said)
        return self._answer(Status.ANSWERED, Reason.COMPLETE, ("\n" if as_lines else "").join(said), citations)

    def _is_clause(self, passage: Passage) -> bool:
        document = self._searcher.library[passage.document_id]
        return document.form is Form.FULL_TEXT or (document.form is Form.NOTES and document.kind not in COMPILED_KINDS)

    def _lead(self, passage: Passage) -> str:
        """A line of notes is too terse to stand without saying which article it renders."""
        document = self._searcher.library[passage.document_id]
        return f"《{document.name}》{passage.location}：" if document.form is Form.NOTES else ""

    def _related(self, reason: Reason, nearest: Sentence) -> Answer:
        citations = self._citations([nearest])[:3]
        asked = self.question.expected
        if asked.is_open and reason is Reason.AMOUNT_NOT_STATED:
            asked = Expected.AMOUNT
        missing = {
            Reason.PLACE_NOT_COVERED: "没有所问地区的内容",
            Reason.TIME_NOT_COVERED: "没有所问时间的内容",
        }.get(reason, f"没有写明{asked.label}")
        text = f"所收录的文件谈到了相关内容，但{missing}。{_ASK_ELSEWHERE}最接近的原文是：{spoken(nearest.text)}[1]"
        return self._answer(Status.RELATED, reason, text, citations)

    def _no_answer(self) -> Answer:
        in_field = self._searcher.library.lexicon.holds_a_term(self.question.normal)
        reason = Reason.NO_EVIDENCE if in_field else Reason.OUT_OF_SCOPE
        if in_field:
            text = f"所收录的文件没有这个问题的答案。{_ASK_ELSEWHERE}"
        else:
            text = f"这个问题不在本服务的范围内。{COVERS}。其他事项可拨打 12345 政务服务热线咨询。"
        return Answer(self._text, Status.NO_ANSWER, reason, text, suggestions=EXAMPLES)

    def _asks_for_the_clause(self, named: Sequence[Hit]) -> bool:
        """Whether nothing but the clause is asked for: 规划四（三）4讲什么."""
        rest = self.question.normal
        for clause in self.question.clauses:
            rest = rest.replace(clause.text, " ")
        headings = {heading for hit in named for heading in hit.passage.heading_path}
        for word in sorted(self._searcher.segmenter.words(" ".join(headings)), key=len, reverse=True):
            rest = rest.replace(word, " ")
        return not _CLAUSE_ONLY.sub("", rest)

    def _clause(self, named: Sequence[Hit]) -> Answer:
        """Show the clause asked for; of a whole section, what it consists of."""
        in_order = sorted(named, key=lambda hit: (hit.passage.document_id, hit.passage.start))
        reference = self.question.clauses[0]
        if len(in_order) == 1:
            citations = self._cite(in_order, {})
            text = citations[0].passage.text
            shown = text if len(text) <= _LONGEST_CLAUSE else f"{text[:_LONGEST_CLAUSE]}……"
            said = f"{citations[0].passage.titled_location}：{shown}[1]"
        else:
            several = len({hit.passage.document_id for hit in in_order}) > 1
            first_below = {
                (f"《{self._searcher.library[hit.passage.document_id].name}》" if several else "")
                + heading_below(hit.passage, reference): hit
                for hit in reversed(in_order)
            }
            heads = list(reversed(first_below.items()))
            citations = self._cite([hit for _, hit in heads], {})
            lines = [f"{head}[{citation.n}]" for (head, _), citation in zip(heads, citations, strict=True)]
            said = "\n".join([f"{heading_of(in_order[0].passage, reference)}包括：", *lines])
        return self._answer(Status.ANSWERED, Reason.COMPLETE, said, citations)

    def _standing(self, document: Document) -> Answer:
        """Say whether a document is in force, citing where it names itself."""
        validity = self._searcher.library.validity(document.id, self._day)
        own = [hit for hit in self._hits if hit.passage.document_id == document.id]
        naming = sorted(own, key=lambda hit: (document.title not in hit.passage.text, -hit.score))[:1]
        citations = self._cite(naming, {})
        mark = "[1]" if citations else ""
        return self._answer(
            Status.ANSWERED,
            Reason.COMPLETE,
            f"{standing_of(document, validity, self.question)}{mark}",
            citations,
        )

    def _unclear(self) -> Answer:
        text = "请说得具体一点：您想问的是哪件事？例如：" + "、".join(EXAMPLES)
        return Answer(self._text, Status.CLARIFY, Reason.PARTIAL, text, suggestions=EXAMPLES)

    def _clause_unknown(self) -> Answer:
        places = "、".join(dict.fromkeys(clause.location for clause in self.question.clauses))
        documents = self.question.documents or self._searcher.library.documents.keys()
        names = "、".join(f"《{self._searcher.library[d].title}》" for d in sorted(documents)[:3])
        text = f"{names}中没有“{places}”这一条。请核对编号，或直接说想问的事。"
        return Answer(self._text, Status.RELATED, Reason.NOT_STATED, text, suggestions=EXAMPLES)

    def _document_unknown(self, law: str) -> Answer:
        text = f"所收录的文件里没有“{law}”，无法引用它的条文。请核对名称，或在国家法律法规数据库等官方渠道查原文。"
        return Answer(self._text, Status.RELATED, Reason.NOT_STATED, text, suggestions=EXAMPLES)

    def _citations(self, chosen: Sequence[Sentence]) -> tuple[Citation, ...]:
        """The passages that are said, in the order they are said, then the next best."""
        said = dict[str, Hit]()
        spans: dict[str, list[Span]] = {}
        for sentence in chosen:
            said.setdefault(sentence.hit.passage.id, sentence.hit)
            spans.setdefault(sentence.hit.passage.id, []).append(sentence.span)
        rest = [hit for hit in self._hits[: self._top_k] if hit.passage.id not in said]
        most = max(self._top_k, len(said))
        return self._cite([*said.values(), *rest][:most], spans)

    def _cite(self, hits: Sequence[Hit], spans: dict[str, list[Span]]) -> tuple[Citation, ...]:
        library = self._searcher.library
        found = [*hits, *(hit for hit in self._hits if hit not in hits)]
        chances = probabilities([hit.score for hit in found])[: len(hits)]
        return tuple(
            Citation(
                n=n,
                passage=hit.passage,
                document=library[hit.passage.document_id],
                validity=library.validity(hit.passage.document_id, self._day),
                upcoming=library.upcoming(hit.passage.document_id, self._day),
                highlights=tuple(sorted(spans.get(hit.passage.id, ()))),
                score=round(chance, 4),
            )
            for n, (hit, chance) in enumerate(zip(hits, chances, strict=True), 1)
        )

    def _answer(self, status: Status, reason: Reason, text: str, citations: tuple[Citation, ...]) -> Answer:
        suggestions = suggestions_from(self._hits, self._text)
        said = [citation for citation in citations if f"[{citation.n}]" in text]
        return Answer(
            self._text, status, reason, text, citations, notices_of(said), suggestions, origin=Origin.EXTRACTED
        )


def parts_of(question: str) -> list[str]:
    """Return the questions that one question consists of, each with the topic it was put under.

    专利无效：谁都能提吗，判过的赔偿还退吗 asks twice about 专利无效; so does a question whose every clause asks.
    """
    topic, colon, rest = question.partition("：") if "：" in question else question.partition(":")
    if not colon or not _ASKS.search(rest):
        topic, rest = "", question
    pieces = [p.strip() for p in _PART_END.split(rest) if p.strip()]
    if len(pieces) == 1:
        clauses = [p.strip() for p in _CLAUSE_END.split(pieces[0]) if p.strip()]
        pieces = clauses if all(kinds_asked(p) for p in clauses) else [rest]
    return list(dict.fromkeys(f"{topic} {piece}".strip() for piece in pieces))[:_MOST_PARTS]


def _figures(question: Question) -> Figures:
    """Whether a question asks for one figure, for several, or for none."""
    if not question.expected.is_figure:
        return Figures.NONE
    return Figures.SEVERAL if _SEVERAL.search(question.normal) else Figures.ONE


def heading_below(passage: Passage, reference: ClauseReference) -> str:
    """What a passage stands under, one level below the section referred to.

    That is its heading there, or where it has none, its place and first sentence.
    """
    below = passage.heading_path[_part_of(passage, reference) + reference.levels :]
    first = spoken(sentence_spans(passage.text)[0].of(passage.text))
    return below[0] if below else f"{passage.location} {first}"


def heading_of(passage: Passage, reference: ClauseReference) -> str:
    """The section referred to, with what its heading says: 二、（二）基本原则."""
    part = reference.location.partition("、")[0]
    own = passage.heading_path[_part_of(passage, reference) + reference.levels - 1 :][:1]
    if not own:
        return reference.location.removesuffix("、")
    return own[0] if reference.levels == 1 else f"{part}、{own[0]}"


def _part_of(passage: Passage, reference: ClauseReference) -> int:
    """Where in the heading path the part stands that the reference begins with."""
    label = f"{reference.location.partition('、')[0]}、"
    return next((i for i, heading in enumerate(passage.heading_path) if heading.startswith(label)), 0)


_SEVERAL = re.compile(r"各|分别|与|和|还是|从.+到.+(增|升|降|变|提)|相比|对比|差|、")
"""Words by which more than one figure is asked for."""
_CLAUSE_ONLY = re.compile(
    r"包括|包含|总共|一共|下面|分|大块|几|都|[\W_]|请|查(一下|看|找)?|看(一下|看)?|给我|帮我|我想|知道|原文|全文|条文|内容|这|那|一|规划|里|中|的|是|讲|说|写|规定|了|什么|哪些|啥|怎么|如何|表述|有|主要|具体"
    r"|第|点|条|款|项|部分|海门区?|十四五|知识产权|发展|南通市?|本|文件"
)
