"""Follow-ups, read as the whole questions they stand for: 那实用新型呢 after 发明专利保护期是多久.

What a follow-up leaves out is taken from the last question that was about the field; no language model has a hand in
it. A question that says itself what it is about is left alone, so that a change of subject stays one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from qa_service.answer.dialogue.case import Cases, case_given, tells_a_case
from qa_service.answer.dialogue.conversation import Conversation, Turn
from qa_service.answer.dialogue.fitting import Fitting
from qa_service.answer.dialogue.follow_up import FollowUp, Leaning, asks_for_detail, content_of, follow_up_of
from qa_service.answer.dialogue.matter import Matters, joined, last_asked, tidied, without_scope
from qa_service.answer.dialogue.reading import Reading
from qa_service.answer.dialogue.said import Said
from qa_service.answer.dialogue.side import side_named, without_other_sides
from qa_service.answer.dialogue.swap import Parallels
from qa_service.answer.models import Status
from qa_service.search.clause import read_clauses
from qa_service.search.searcher import Searcher
from qa_service.text.normal import normalise
from qa_service.text.numerals import format_numeral

_LEFT_OPEN = frozenset({Status.ANSWERED, Status.RELATED, Status.CLARIFY})
_ASKS_ITSELF = re.compile(
    r"[,，]\s*(?P<asks>[^,，]*(?:多少|几|什么|啥|哪|怎么|如何|谁|吗|能不能|要不要|是否|多久)[^,，]*)$"
)
_PLAN = re.compile(r"^(?:这个|这份|本|海门)*规划(?:里|中|上)?(?:面)?的?(?=.)")
_TARGET = re.compile(r"目标|指标")
_REMEDY = re.compile(r"起诉|诉讼|打官司|仲裁|调解|维权|上诉|(?<![公报原被广])告(?![知诉别])|法院")
"""What may be done about the infringement of any right."""
_TARGETS_AMONG = 3
"""Passages among which the clause of a target is looked for."""
_OF_ALL = re.compile(r"^(?:这些|那些|这几|都)")
_COUNTER = re.compile(r"(?:多少|几)[家件个人项名条所]")
_LONGEST_REPEATED = 20
"""Characters of a question that is repeated whole for another time or person."""
_SAYS_ENOUGH = 9
"""Characters from which a question may say all it means."""
_LAST_SAID = 3
"""Turns of which nothing is said again to who asks what there is besides."""
_WORSE = re.compile(r"情节|严重|数额|故意|恶意|恶劣|第[二三]次|再犯|屡")
"""What makes a case worse, of whatever matter."""
_WHOSE = "主体"
_HARDLY = 0.03
_LITTLE = 0.05
"""By how much an earlier matter must fit better than the last: the last is likelier by a little."""


_Reader = Callable[[FollowUp, Conversation, date], Reading | None]
"""Reads a follow-up of one kind after the turns that can be leaned on; None where it stands alone."""


def _asked_whose(turns: Conversation) -> bool:
    """Whether the last question asked whose something is."""
    side = last_asked(turns).side
    return side is not None and side.name == _WHOSE


class Dialogue:
    """Reads questions in their conversation. Stateless between calls, and safe to share between threads."""

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher
        self._lexicon = searcher.library.lexicon
        self._parallels = Parallels(self._lexicon)
        self._fitting = Fitting(searcher)
        self._said = Said(searcher)
        self._matters = Matters(searcher, self._said)
        self._cases = Cases(self._matters, self._parallels)
        self._readers: Mapping[Leaning, _Reader] = {
            Leaning.POINT: self._point,
            Leaning.NEIGHBOUR: self._neighbour,
            Leaning.SAME_CLAUSE: self._same_clause,
            Leaning.BESIDES: self._besides,
            Leaning.MORE: self._besides,
            Leaning.OTHER_THING: self._other_thing,
            Leaning.OTHER_CASE: self._other_case,
            Leaning.PRONOUN: self._pronoun,
            Leaning.ELLIPSIS: self._ellipsis,
            Leaning.PERHAPS: self._perhaps,
        }

    def read(self, text: str, conversation: Conversation, day: date) -> Reading:
        """Read a question as the whole question it stands for."""
        open_turns = [turn for turn in conversation if turn.status in _LEFT_OPEN]
        if not open_turns:
            return Reading(text)
        reading = self._read(follow_up_of(text), open_turns, day)
        if reading is None:
            return Reading(text)
        beside = self._said.documents_of(open_turns[-1])
        whole = tidied(reading.text)
        if not reading.leans or whole == text:
            return Reading(text, near=reading.near, without=reading.without, beside=beside)
        return replace(reading, text=whole, beside=beside)

    def _read(self, follow_up: FollowUp, turns: Conversation, day: date) -> Reading | None:
        if follow_up.leaning is Leaning.PERHAPS and self._parallels.is_word(follow_up.text):
            follow_up = replace(follow_up, leaning=Leaning.OTHER_THING)
        untold = _REMEDY.sub("", self._parallels.without_times(follow_up.text))
        if follow_up.leaning is Leaning.PERHAPS and not content_of(untold):
            # 规划期末要有几件 and 几年内得去起诉 name no matter.
            follow_up = replace(follow_up, leaning=Leaning.ELLIPSIS)
        bare = _PLAN.sub("", follow_up.text)
        if follow_up.leaning is Leaning.PERHAPS and bare != follow_up.text and not content_of(bare):
            # 那规划的目标是多少 names no matter either.
            follow_up = replace(follow_up, leaning=Leaning.ELLIPSIS, text=bare, rest=bare)
        if follow_up.leaning is Leaning.NONE or self._stands_alone(follow_up, turns[-1], day):
            return None
        return self._readers[follow_up.leaning](follow_up, turns, day)

    def _stands_alone(self, follow_up: FollowUp, last: Turn, day: date) -> bool:
        """Whether a question says what it is about: it names a document, or another kind of right than the last."""
        if follow_up.leaning in {Leaning.MORE, Leaning.SAME_CLAUSE, Leaning.BESIDES, Leaning.OTHER_THING}:
            return False
        question = self._searcher.understand(follow_up.text, day)
        if question.documents:
            return bool(question.clauses) or follow_up.leaning is not Leaning.ELLIPSIS
        named = self._lexicon.subjects_in(question.normal)
        spoken_of = self._lexicon.subjects_in(normalise(last.question))
        perhaps = follow_up.leaning is Leaning.PERHAPS and not _WORSE.search(follow_up.text)
        return not named <= spoken_of and perhaps

    def _in_context(self, turns: Conversation, rest: str, day: date) -> str:
        """Ask ``rest`` of the matter of the last question, or of what that question itself leaned on."""
        has_time = self._parallels.has_time(rest)
        names = self._matters.ways_to_name(turns, rest, day)
        bare = (self._parallels.without_times(name) if has_time else name for name in names)
        readings = dict.fromkeys(joined(name, rest) for name in bare)
        return self._fitting.likeliest(list(readings), day, by=_LITTLE)

    def _of_target(self, text: str, day: date) -> str:
        """Name the clause of a target that is asked for: what was reached is often called by another name than the aim.

        目标呢 after 2020年质押融资额 asks of 质押金额, which the plan's own sentence then says.
        """
        best = self._fitting.best(text, day, _TARGETS_AMONG) if _TARGET.search(text) else ()
        target = next((p for p in best if any(_TARGET.search(heading) for heading in p.heading_path)), None)
        clause = self._said.clause_of(target, day) if target else None
        return f"（限{clause}）{text}" if clause else text

    def _ellipsis(self, follow_up: FollowUp, turns: Conversation, day: date) -> Reading:
        return Reading(self._of_target(self._in_context(turns, follow_up.rest, day), day), leans=True)

    def _besides(self, follow_up: FollowUp, turns: Conversation, day: date) -> Reading:
        """Ask again, or something like it, without what was said; of what was said, where it has more on what is asked."""
        last = turns[-1]
        said = tuple(dict.fromkeys(passage_id for turn in turns[-_LAST_SAID:] for passage_id in turn.said))
        if not follow_up.rest:
            return Reading(last.question, leans=True, without=said)
        text = self._in_context(turns, follow_up.rest, day)
        told = [run for run in content_of(follow_up.rest) if run not in last.question]
        if self._said.says_more_on(last, told):
            return Reading(text, leans=True, near=last.said[:1])
        return Reading(text, leans=True, without=said)

    def _neighbour(self, follow_up: FollowUp, turns: Conversation, day: date) -> Reading | None:
        """The clause before the one that was cited, or after it."""
        passage = self._said.neighbour(turns[-1], follow_up.ordinal)
        clause = self._said.clause_of(passage, day) if passage else None
        return Reading(clause, leans=True, near=(passage.id,)) if passage and clause else None

    def _point(self, follow_up: FollowUp, turns: Conversation, day: date) -> Reading | None:
        """The n-th of several things said, else the n-th clause of the document that was spoken of."""
        n, last = follow_up.ordinal, turns[-1]
        rest = "" if asks_for_detail(follow_up.rest) else follow_up.rest
        points = next((turn.points for turn in reversed(turns) if turn.points), ())
        if points and (n == -1 or 0 < n <= len(points)):
            point = points[n - 1 if n > 0 else -1]
            near = (point.passage_id,) if point.passage_id else ()
            return Reading(self._said.ask_for_point(point, points, rest, day), leans=True, near=near)
        clauses = read_clauses(follow_up.text)
        if clauses and (swapped := self._parallels.swapped(clauses[0].text, last.question)):
            return Reading(swapped, leans=True)
        document = self._said.document_of(last)
        if n > 0 and "条" in follow_up.text and document:
            return Reading(f"《{document}》第{format_numeral(n)}条{rest}", leans=True)
        return None

    def _same_clause(self, follow_up: FollowUp, turns: Conversation, day: date) -> Reading | None:
        rest = follow_up.rest
        passage = self._said.passage_on(turns[-1], content_of(rest))
        if passage is None:
            return None
        clause = self._said.clause_of(passage, day)
        if clause:
            return Reading(f"（限{clause}）{rest}" if rest else clause, leans=True, near=(passage.id,))
        text = self._in_context(turns, rest, day) if rest else turns[-1].question
        return Reading(text, leans=True, near=(passage.id,))

    def _other_thing(self, follow_up: FollowUp, turns: Conversation, day: date) -> Reading | None:
        """Swap a part of the last question, or ask it of something else."""
        last = turns[-1]
        said, asked = follow_up.rest, last_asked(turns)
        if not said:
            return Reading(last.question, leans=True, without=last.said)
        if said in {"前者", "后者"}:
            return self._pronoun(FollowUp(follow_up.text, Leaning.PRONOUN, asked.tail, pronoun=said), turns, day)
        if named := side_named(said):
            side, noun = named
            rest = side.question.format(noun=noun)
            bare = self._parallels.without_times(without_other_sides(asked.matter, side))
            whole = joined(self._matters.phrase(bare, turns, rest, day), rest)
            return Reading(self._of_target(whole, day), leans=True)
        if swapped := self._parallels.swapped(said, without_scope(last.question)):
            return Reading(swapped, leans=True)
        if tells_a_case(follow_up.text):
            return self._put_case(said, turns, day)
        return self._of_another(said, turns, day)

    def _of_another(self, said: str, turns: Conversation, day: date) -> Reading | None:
        """Ask the last question of another thing, or another time or person, that it does not name."""
        last, asked = without_scope(turns[-1].question), last_asked(turns)
        subjects, spoken_of = map(self._lexicon.subjects_in, (normalise(said), normalise(last)))
        modifies = self._parallels.modifies(said)
        brief = asked.side is None and len(last) <= _LONGEST_REPEATED
        if modifies and brief:
            return Reading(f"{said}{last}", leans=True)
        tail = _COUNTER.sub("多少", asked.tail)
        if subjects and not spoken_of and self._parallels.mostly(said):
            readings = [f"{said}{last}", f"{said}{tail}"]
            return Reading(self._fitting.likeliest(readings, day, by=_LITTLE), leans=True)
        matters = self._matters.ways_to_name(turns, said, day)
        if modifies:
            return Reading(joined(matters[0], f"{said}{tail}"), leans=True)
        figure = asked.side is not None and asked.side.is_figure
        rest = f"{said}{tail}" if figure else said
        added = self._fitting.likeliest([joined(matter, rest) for matter in matters], day, by=_HARDLY)
        if self._fitting.is_foreign(said, added, day):
            return None
        if not self._lexicon.speaks_of_the_field(normalise(said)):
            return Reading(self._fitting.likeliest([added, rest], day, by=_LITTLE), leans=True)
        alone = f"{self._parallels.times_in(last)}{said}{tail}"
        if not subjects <= spoken_of:
            # Of another kind of right, what the last question was about is no part.
            return Reading(self._fitting.likeliest([alone, said], day), leans=True)
        readings = [alone, added] if figure else [added, alone]
        return Reading(self._fitting.likeliest(readings, day), leans=True)

    def _other_case(self, follow_up: FollowUp, turns: Conversation, day: date) -> Reading | None:
        """Put the last question for another case, or another question for it."""
        last = turns[-1]
        if _ASKS_ITSELF.search(follow_up.rest):
            # 如果是企业申请，要多少钱 puts its own question; of its own matter, where it names one.
            own = self._lexicon.subjects_in(normalise(follow_up.rest))
            context = self._in_context(turns, follow_up.rest, day)
            alone = bool(own) or self._stands_better_alone(follow_up.rest, context, turns, day)
            return Reading(follow_up.text) if alone else Reading(context, leans=True)
        given = case_given(follow_up.rest)
        if swapped := self._parallels.swapped(given, without_scope(last.question)):
            return Reading(swapped, leans=True)
        return self._put_case(given, turns, day)

    def _put_case(self, given: str, turns: Conversation, day: date) -> Reading | None:
        last = turns[-1]
        text = self._fitting.likeliest(self._cases.put(given, turns, day), day)
        if self._fitting.is_foreign(given, text, day):
            return None
        # What answered the one case, and does not speak of the other, is not what answers the other.
        whose = given.endswith("的") and _asked_whose(turns)
        other = whose and not self._said.speaks_of(last, self._searcher.understand(given, day).words)
        return (
            Reading(text, leans=True, without=last.said[:1]) if other else Reading(text, leans=True, near=last.said[:2])
        )

    def _pronoun(self, follow_up: FollowUp, turns: Conversation, day: date) -> Reading:
        last = turns[-1]
        pair = self._parallels.of_one_class(last.question)
        if pair and follow_up.pronoun in {"前者", "第一种", "后者", "第二种"}:
            return Reading(f"{pair[0 if follow_up.pronoun in {'前者', '第一种'} else -1]}{follow_up.rest}", leans=True)
        return Reading(self._in_context(turns, follow_up.rest, day), leans=True, near=last.said[:1])

    def _perhaps(self, follow_up: FollowUp, turns: Conversation, day: date) -> Reading | None:
        """Read a question in its context where it fits there about as well as alone."""
        alone, context = follow_up.text, self._in_context(turns, follow_up.rest, day)
        if self._fitting.is_foreign(alone, context, day, asks=True):
            return None
        near = turns[-1].said[:1] if _OF_ALL.match(alone) else ()
        worse = _WORSE.search(alone) and not self._lexicon.subjects_in(normalise(alone))
        if not worse and self._stands_better_alone(alone, context, turns, day):
            return Reading(alone)
        return Reading(context, leans=True, near=near)

    def _stands_better_alone(self, alone: str, context: str, turns: Conversation, day: date) -> bool:
        """Whether a question is answered better alone; by what was spoken of, as well alone is better."""
        if not self._fitting.fits_in(context, alone, day):
            return True
        if len(alone) < _SAYS_ENOUGH:
            return False
        best = self._fitting.best(alone, day)
        there = bool(best) and best[0].document_id in self._said.documents_of(turns[-1])
        return there and self._fitting.likeliest([alone, context], day, by=0) == alone
