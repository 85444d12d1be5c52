"""Whether two questions ask the same: exactly, but for how they are typed, or by meaning.

A curated answer is given word for word, so that a question that is merely near must not get it: one on another kind of
right, another place, another figure, or for another kind of answer. Rules tell those apart. How near two questions are
that no rule tells apart, the cosine of their vectors says; from where on they ask the same, ``scripts/calibrate_curated``
measures.
"""

import re
from dataclasses import dataclass

from qa_service.corpus.lexicon import Lexicon
from qa_service.search.expected import Expected
from qa_service.search.question import Question
from qa_service.text.normal import normalise
from qa_service.text.numerals import NUMERAL, parse_numeral
from qa_service.text.quantities import figure_terms

_OPENING = re.compile(
    r"^(?:(?:您好|你好|请教|我?想?问|我?想?咨询|麻烦问|打听|请问)(?:一下|下)?(?:[\W_]+|(?=.{4})))+", re.DOTALL
)
_ENDING = re.compile(r"(?:[\W_]|谢谢[您你]?|[啊呀呢哦哈啦])+$")
_BETWEEN = re.compile(r"[\W_]+")


def asked_form(text: str) -> str:
    """Return what two questions share that differ in nothing but how they are typed.

    Left out are punctuation, blanks, a civil opening (请问, 您好) and ending (谢谢, 啊). The form is empty where a text has
    no other word. ``asked_form`` is idempotent.

    >>> asked_form("请问，发明专利年费多少？") == asked_form("发明专利 年费多少")
    True
    """
    form = normalise(text)
    while (shorter := normalise(_BETWEEN.sub("", _ENDING.sub("", _OPENING.sub("", form))))) != form:
        form = shorter
    return form


_KINDS = re.compile(
    r"发明|实用新型|外观|专用标志|个人|小微|高校|学校|合作社|代理|原告|被告|平台|网店|展会|园区|城市|示范|优势|试点|国际|国外|国内"
    r"|海外|境外|境内|以前|以后|最高|最低|首次|再次|电子|材料|条件|流程|后果"
)
"""Who and what a rule is made for, and when: what holds for one of them need not hold for another."""
_ACTS = re.compile(
    r"进口|出口|转让|许可|续展|变更|注销|撤销|撤回|无效|异议|答辩|复审|质押|备案|恢复|上诉|诉前|保全|假冒|合并|分割|加计|优先权|延长"
    r"|审查|预审|登记|年费|滞纳金|公布|公告|授权|受理|奖|贴息|罚|赔|维权援助|法律援助|犯罪|证据|鉴定"
)
"""What is done. Everyday words for it count as well: 转给别人 is 转让."""
_LEVELS = {
    "国": re.compile(r"国家(?!知识产权局)|全国|国务院"),
    "省": re.compile(r"江苏|[全本]省|省(?=里|级|财政|政府|局|内|知识产权|市场监管)"),
    "市": re.compile(r"南通|[全本]市|市(?=里|级|财政|政府|局)"),
}
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_ORDINAL = re.compile(rf"第({NUMERAL}{{1,4}}|[0-9]{{1,4}})")
_A_YEAR = re.compile(r"[一每]年(?=[要得需应交缴付是]{0,3}(?:多少|几))")
"""一年多少 and 每年多少 ask the same."""
_EITHER = re.compile(r"(.)[不没](?=\1)|(?<![什怎多那这])[不没伐](?:有)?\W*$|有没有|可不可以|[是能可应]否")
"""能不能, …了没: asks whether, and denies nothing."""
_FIXED = re.compile(
    r"无效|不正当竞争|非遗|未来|未成年|不动产|无形|不[但仅过管论]|差不多|不好意思|非公|无偿|不可抗力|没收|不满"
)
"""Words that hold a negation and deny nothing."""
_NEGATION = re.compile(r"[不没未无非勿]|禁止|拒绝")
_FIGURES = frozenset({Expected.FIGURE, Expected.AMOUNT, Expected.NUMBER, Expected.SHARE})
_HOW = re.compile(r"怎么|怎样|如何|咋")
_WHETHER = re.compile(r"(.)[不没]\1|吗")
_HOW_MUCH = re.compile(r"多少|几|标准")
_OTHERS = re.compile(r"(?P<other>别人|别家|人家|他人|有人|被人|对方|对手|同行|[他她])|[我俺咱自]")
_PARTIES = re.compile(r"企业|公司|高校|学校|个人|机构|政府|法院|平台")
_SIBLING = re.compile(
    r"(?P<which>[^\W\da-z的多少几要交缴收付免减退到逾过长短定按延日分学首官有无产授维侵保认取举现资利时工])"
    r"(?P<sort>费|期(?![间刊货待末])|率|证(?![据明券人])|款(?!项)|金(?![额融属])|权(?![利限益威]))"
)
"""年费 and 申请费, 异议期 and 答辩期: things of one sort, told apart by what stands before the sort."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What must be the same of two questions for them to ask the same."""

    expected: Expected
    documents: frozenset[str]
    clauses: frozenset[tuple[str, int | None, int | None]]
    subjects: frozenset[str]
    """Kinds of right and of matter, by its own words."""
    subjects_told: frozenset[str]
    """The same by its own words and the official ones for them."""
    kinds: frozenset[str]
    acts: frozenset[str]
    acts_told: frozenset[str]
    """The same by its own words and the official ones for them."""
    places: frozenset[str]
    """Places and levels of government, the corpus' own place left out: who names none means that one."""
    figures: frozenset[str]
    denies: bool
    parties: tuple[str, ...]
    """Who does it to whom, in order."""
    siblings: frozenset[tuple[str, str]]
    """Things that it names, as their sort and the character before it: 费 and 年."""

    def is_apart_from(self, other: "Reading") -> bool:
        """Whether a rule tells that the two ask something else."""
        same = (
            self.documents == other.documents
            and self.clauses == other.clauses
            and (self.subjects == other.subjects or self.subjects_told == other.subjects_told)
            and self.kinds == other.kinds
            and self.acts <= other.acts_told
            and other.acts <= self.acts_told
            and self.places == other.places
            and self.figures == other.figures
            and self.denies == other.denies
        )
        return not (same and self._expects_as(other) and self._of_the_same(other) and self._names_as(other))

    def _expects_as(self, other: "Reading") -> bool:
        """多少 alone tells no unit: it may be any figure."""
        kinds = {self.expected, other.expected}
        return len(kinds) == 1 or (Expected.FIGURE in kinds and kinds <= _FIGURES)

    def _of_the_same(self, other: "Reading") -> bool:
        """Where both name two parties, they stand in the same order."""
        return min(len(self.parties), len(other.parties)) < 2 or self.parties == other.parties

    def _names_as(self, other: "Reading") -> bool:
        """Whether of a sort that both name things of, they name the same."""
        common = {sort for sort, _ in self.siblings} & {sort for sort, _ in other.siblings}
        return not any(sort in common for sort, _ in self.siblings ^ other.siblings)


def reading_of(question: Question, lexicon: Lexicon) -> Reading:
    """Read a question for comparison."""
    spoken = question.spoken
    told = " ".join((spoken, *question.official))
    counted = _A_YEAR.sub("", spoken)
    for clause in question.clauses:
        counted = counted.replace(clause.text, " ")
    ordinals = (f"第{parse_numeral(number)}" for number in _ORDINAL.findall(counted))
    return Reading(
        expected=_expected(question),
        documents=question.documents,
        clauses=frozenset((c.location, c.paragraph, c.item) for c in question.clauses),
        subjects=lexicon.subjects_in(spoken),
        subjects_told=lexicon.subjects_in(told),
        kinds=frozenset(_KINDS.findall(spoken)),
        acts=frozenset(_ACTS.findall(spoken)),
        acts_told=frozenset(_ACTS.findall(told)),
        places=_places_in(spoken, lexicon),
        figures=frozenset((*figure_terms(counted), *_NUMBER.findall(counted), *ordinals)),
        denies=bool(_NEGATION.search(_FIXED.sub("", _EITHER.sub("", spoken)))),
        parties=_parties_in(spoken),
        siblings=frozenset((m["sort"], m["which"]) for m in _SIBLING.finditer(spoken)),
    )


def _expected(question: Question) -> Expected:
    expected = question.expected
    if expected is Expected.OPEN and _WHETHER.search(question.spoken):
        return Expected.YES_NO
    if expected is Expected.OPEN and _HOW.search(question.spoken):
        return Expected.HOW
    if expected is Expected.DEFINITION and question.clauses:
        return Expected.OPEN
    if expected is Expected.AMOUNT and Expected.YES_NO in question.asks and not _HOW_MUCH.search(question.spoken):
        return Expected.YES_NO
    return expected


def _parties_in(spoken: str) -> tuple[str, ...]:
    named = tuple(_PARTIES.findall(spoken))
    if len(named) > 1:
        return named
    return tuple("对方" if match["other"] else "自己" for match in _OTHERS.finditer(spoken))


def _places_in(spoken: str, lexicon: Lexicon) -> frozenset[str]:
    for own in lexicon.own_places:
        spoken = re.sub(rf"(?:江苏省?)?(?:南通市?)?{own}[区市]?", " ", spoken)
    called = {place.removesuffix("区") for place in (*lexicon.places, *lexicon.abroad)}
    levels = {level for level, pattern in _LEVELS.items() if pattern.search(spoken)}
    return frozenset(place for place in called if place in spoken) | levels
