"""What a conversation is about: the matter of the last question, and what a follow-up leaves of it.

A matter that is told as a story (别人仿了我们的产品，一直不肯停) is not repeated: the few words that say what it is about
are, chosen by the lexicon and by what the answer to it was called. So a chain of follow-ups does not grow, and the new
question's own words decide.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from qa_service.answer.dialogue.conversation import Conversation, Turn
from qa_service.answer.dialogue.follow_up import content_of
from qa_service.answer.dialogue.said import Said
from qa_service.answer.dialogue.side import Asked, side_asked, side_named, take_apart, without_other_sides
from qa_service.search.searcher import Searcher

LONGEST_QUESTION = 120
"""Characters of a question that a chain of follow-ups may grow to."""
SCOPE = re.compile(r"^（限《[^》]+》[^（）]*(?:（[^（）]*）[^（）]*)*）")
"""The clause that a question is asked within: （限《规划》三、（二）3）."""
_CLAUSE_NAMED = re.compile(r"^《[^》]+》[^，]{2,24}(?:，|$)")
_LONGEST_KIND = 8
"""Characters after 的 that are a thing and what is asked of it: 花型版权归谁."""
_BRIEF = 18
"""Characters up to which a matter and what is asked of it are written as one phrase."""
_LONGEST_PHRASE = 16
"""Characters of a matter that is repeated as it was said."""
_LONGEST_TITLE = 4
_LOOKED_BACK = 3
"""Turns in which a kind of right is looked for."""
_MOST_WORDS = 3
_GENERAL_IDF = 1.2
"""A word of the field that stands in more than about a third of the passages is a kind of right, or says nothing."""
_ADDED = 3
"""Characters by which a matter is more than an earlier one."""
_TELLING_IDF = 2.9
"""A word that stands in more than about a twentieth of the passages tells no matter."""
_TOLD = re.compile(
    r"[，,。；]|[我俺咱你您他她]|别人|人家|别的|有人|被人|外面|对方|被(?!驳回|侵权|撤|宣告|无效|异议)|[哪几怎吗呢]|什么|多少|任何|^(?:把|给|请|让|想|告)|\s"
)
"""What a story has, and the name of a matter has not."""
_INFRINGED = re.compile(r"侵[权犯]|仿|抄|冒|盗")
_INFRINGEMENT = "侵权"
_INFRINGING = frozenset(["假冒", "仿冒", "冒充", "冒用", "抄袭", "盗用", "仿制"])
_GENERAL = frozenset(
    ["知识产权", "规划", "合同", "规定", "办法", "条例", "企业", "公司", "单位", "法院", "产品", "国家", "中国"]
)
"""Words of the field that say too little to be carried on."""
_OF_A_RIGHT = re.compile(r"保护期|保护(?:多久|几年|多少年)")
"""What is asked of a right, whatever was being done with it."""
_COMPLAINING = frozenset(["投诉", "举报"])
"""What one does about a matter, and what would ask for whom to call."""
_ACTS = frozenset({"办理", "途径", "许可方式", "费用", "环节", "事项", "权利", "作品"})
"""Classes of the lexicon whose words say what a question is about."""
_RIGHTS = "权利"
_ANYTHING = frozenset(["东西", "产品", "货", "事", "情况", "人"])
_EMPTY_MARKS = re.compile(r"“”[末底]?|‘’|\(\)|（）|《》")
_DOUBLED = re.compile(r"([\u4e00-\u9fff]{2,6})\1")


class Matters:
    """Says what a conversation is about. Stateless between calls, and safe to share between threads."""

    def __init__(self, searcher: Searcher, said: Said) -> None:
        self._searcher = searcher
        self._lexicon = searcher.library.lexicon
        self._said = said
        parallels = self._lexicon.parallels.items()
        subjects, everyday = self._lexicon.subjects, self._lexicon.everyday
        # 牌子 is called 商标: what people say for a right is carried on as the right.
        said_for = (
            (word, name) for name, words in subjects.items() for word in words if word not in self._lexicon.terms
        )
        self._official = {word: name for word, name in said_for if any(name in w for w in everyday.get(word, ()))}
        self._acts = frozenset(word for name, words in parallels if name in _ACTS for word in words)
        kinds = [word for words in self._lexicon.subjects.values() for word in words]
        self._kinds = frozenset((*kinds, *self._lexicon.parallels.get(_RIGHTS, ()))) - _GENERAL
        self._known = frozenset({*self._lexicon.terms, *self._acts, *self._kinds}) - _GENERAL
        own = self._lexicon.own_places
        self._places = frozenset({*own, *(f"{place}区" for place in own), *self._lexicon.places})

    def ways_to_name(self, turns: Conversation, rest: str, day: date) -> Sequence[str]:
        """Return ways to name what the last question was about, before ``rest``, the likeliest by its words first.

        As it was said, where that is brief and adds nothing to an earlier question's matter; else by its words; and by
        nothing but the kind of right. Words that ``rest`` says are left out.

        Args:
            turns: what was said before.
            rest: what is now asked of it.
            day: the day on which it is asked.
        """
        side = side_asked(rest) if rest else None
        matters = [without_other_sides(matter, side) if rest else matter for matter in matters_of(turns)]
        named = [self.phrase(matter, turns, rest, day) for matter in matters]
        words = "".join(self._words(matters[0], turns, rest, day))
        spoken_of = self._infringed(self.kinds_spoken_of(turns), matters[0])
        kinds = "".join(word for word in spoken_of if word not in rest)
        if _OF_A_RIGHT.search(rest) and kinds:
            return [kinds]
        ways = [*named, words, *([kinds] if content_of(rest) else [])]
        return [way for way in dict.fromkeys(ways) if way] or [""]

    def kinds_spoken_of(self, turns: Conversation) -> Sequence[str]:
        """The kinds of right or matter of the last question, where it names none of the one before."""
        asked = (self.kinds_in(without_scope(turn.question)) for turn in reversed(turns[-_LOOKED_BACK:]))
        return next((kinds for kinds in asked if kinds), [])

    def phrase(self, matter: str, turns: Conversation, rest: str, day: date) -> str:
        """Return a matter as it is repeated before ``rest``: as it was said where that is brief, else its words."""
        if len(matter) <= _LONGEST_PHRASE and not tells_a_story(matter) and not self._before(matter, turns, day):
            return self._without_what_follows(matter, rest)
        return "".join(self._words(matter, turns, rest, day))

    def _without_what_follows(self, matter: str, rest: str) -> str:
        """专利申请 before 怎么申请 is 专利."""
        last = next((word for word in self._acts if matter.endswith(word) and word in rest), "")
        return matter.removesuffix(last) or matter

    def _before(self, matter: str, turns: Conversation, day: date) -> list[str]:
        """The words of the question before's matter, where ``matter`` is that and more."""
        if len(turns) < 2:
            return []
        earlier = last_asked(turns[:-1]).matter
        before = self._telling(earlier, turns[-2], day)
        least = len("".join(before)) if tells_a_story(earlier) else len(earlier) + _ADDED
        added = all(word in matter for word in before) and len(matter) > least
        return before if added else []

    def _words(self, matter: str, turns: Conversation, rest: str, day: date) -> list[str]:
        side = side_asked(rest) if rest else None
        noun = side.noun if side else None
        words = self._telling(matter, turn_asked(turns), day)
        if before := self._before(matter, turns, day):
            # What a follow-up added of its own is a condition, unless it is done about the matter: 驳回, and not 故意.
            done = [word for word in words if word in self._acts and not any(word in known for known in before)]
            words = _longest(_in_order([*before, *done][:_MOST_WORDS], matter))
        words = [word for word in words if word not in rest and (noun is None or not noun.search(word))]
        return [word for word in words if word not in _COMPLAINING] or words

    def object_of(self, text: str) -> list[str]:
        """Return the words of the field in ``text``, in their order: what another case leaves as it is."""
        return self._infringed(self._among(text, self._known), text)

    def are_alike(self, word: str, text: str) -> bool:
        """Whether a word is of a kind of matter that ``text`` is of: 商业诋毁 and 刷单 are both 不正当竞争."""
        return not self._lexicon.subjects_in(word).isdisjoint(self._lexicon.subjects_in(text))

    def kinds_in(self, text: str) -> list[str]:
        """Return the kinds of right and matter that ``text`` names, in their order."""
        return self._among(text, self._kinds)

    def _among(self, text: str, known: frozenset[str]) -> list[str]:
        lowered = text.lower()
        words = dict.fromkeys((*self._searcher.segmenter.words(text), *(k for k in self._kinds if k in lowered)))
        found = [word for word in words if word in known and word not in self._places]
        return sorted(_longest(found), key=lowered.find)

    def _telling(self, matter: str, turn: Turn, day: date) -> list[str]:
        """The few words of a matter that say what it is about, in their order."""
        idf = self._searcher.engine.idf
        words = dict.fromkeys((*self._searcher.understand(matter, day).words, *self._among(matter, self._known)))
        words = {word: None for word in words if word not in _GENERAL | self._places and not side_named(word)}
        known = {word for word in words if word in self._kinds or (word in self._known and idf(word) >= _GENERAL_IDF)}
        called = self._called(turn)
        # What the answer is called by says best what was asked about.
        named = {word for word in words if word in called and (word in known or idf(word) >= _TELLING_IDF)}
        kept = _longest(sorted(named, key=lambda word: (word not in known, -idf(word)))[:_MOST_WORDS])
        if len(kept) < _MOST_WORDS - 1:
            others = sorted(known - named, key=idf, reverse=True)
            kept = _longest([*kept, *others])[: _MOST_WORDS - 1]
        passage = self._said.first_passage(turn)
        if len(kept) < _MOST_WORDS - 1 and all(idf(word) < _TELLING_IDF for word in kept):
            said = [word for word in words if idf(word) >= _TELLING_IDF and passage and word in passage.text]
            kept = _longest([*kept, *sorted(set(said), key=idf, reverse=True)[:1]])
        if not kept or (tells_a_story(matter) and all(idf(word) < _TELLING_IDF for word in kept)):
            title = take_apart(passage.title if passage else "").matter
            kept += (
                [title] if 1 < len(title) <= _LONGEST_TITLE and not tells_a_story(title) and title not in matter else []
            )
        kept = kept or [word for word in words if idf(word) >= _TELLING_IDF][: _MOST_WORDS - 1]
        return self._infringed(_in_order(_longest(kept), matter), matter)

    def _infringed(self, words: Sequence[str], text: str) -> list[str]:
        """Official words for everyday ones, and that a right is infringed, where ``text`` tells it in any way."""
        named = [self._official.get(word, word) for word in words if word not in _INFRINGING]
        infringed = _INFRINGED.search(text) and not any(_INFRINGED.search(word) for word in named)
        return [
            *dict.fromkeys(named[: _MOST_WORDS - 1] if infringed else named),
            *([_INFRINGEMENT] if infringed else []),
        ]

    def _called(self, turn: Turn) -> str:
        passage = self._said.first_passage(turn)
        if passage is None:
            return ""
        document = self._searcher.library[passage.document_id]
        return " ".join((document.name, document.title, *passage.heading_path, passage.title)).lower()


def tells_a_story(matter: str) -> bool:
    """Whether a matter is told as what happened to somebody, and is no mere name of it."""
    return bool(_TOLD.search(matter))


def last_asked(turns: Conversation) -> Asked:
    """The last question, taken apart, without the clause it names; where it only names one, the question before."""
    for turn in reversed(turns):
        asked = take_apart(without_scope(turn.question))
        if asked.matter:
            return asked
    return take_apart(turns[-1].question)


def turn_asked(turns: Conversation) -> Turn:
    """The turn of ``last_asked``."""
    return next((t for t in reversed(turns) if take_apart(without_scope(t.question)).matter), turns[-1])


def without_scope(question: str) -> str:
    """Return a question without the clause that it is asked within, or names first."""
    return _CLAUSE_NAMED.sub("", SCOPE.sub("", question))


def matters_of(turns: Conversation) -> list[str]:
    """What the last question was about, and where that was added to an earlier question's matter, that as well."""
    asked = last_asked(turns)
    matter = asked.matter
    earlier = [take_apart(turn.question).matter for turn in turns[:-1]][-1:]
    return [matter, *(other for other in earlier if other and matter != other and matter.startswith(other))]


def kind_asked(question: str) -> str | None:
    """What of a question another case leaves as it is: 花型版权归谁 of 委托别人设计的花型版权归谁; None where it tells no case.

    合作开发的 tells which is meant, and so did what stood before 的 in the last question.
    """
    clauses = [clause for clause in re.split("[，,]", question.rstrip("?？")) if clause]
    telling = [thing for clause in clauses if (thing := clause.removesuffix("的").rpartition("的")[2]) != clause]
    telling = [thing for thing in telling if f"{thing}的" not in clauses]
    if not telling or len(telling[-1]) > _LONGEST_KIND:
        return None
    if telling[-1] in _ANYTHING:
        return clauses[-1]
    return telling[-1] if clauses[-1].endswith(telling[-1]) else f"{telling[-1]}，{clauses[-1]}"


def joined(matter: str, rest: str) -> str:
    """Join a matter and what is asked of it: as one phrase where both are brief."""
    if not matter or not rest:
        return matter or rest
    between = "" if len(matter) <= _BRIEF and "，" not in matter and "，" not in rest else "，"
    return f"{matter}{between}{rest}"[:LONGEST_QUESTION]


def tidied(text: str) -> str:
    """Return a question as one would write it: no word twice running, no empty marks, no blank that a cut left."""
    text = re.sub(r"(?<=[^\x00-\x7f]) +(?=[^\x00-\x7f])", "", _EMPTY_MARKS.sub("", text))
    return re.sub(r"，{2,}", "，", _DOUBLED.sub(r"\1", text)).strip("， ")


def _longest(words: Sequence[str]) -> list[str]:
    """Keep the words that stand in no other of them."""
    return [word for word in words if not any(word != other and word in other for other in words)]


def _in_order(words: Sequence[str], text: str) -> list[str]:
    """The words as they stand in ``text``; those that it does not have, last."""
    return sorted(words, key=lambda word: text.find(word) if word in text else len(text))
