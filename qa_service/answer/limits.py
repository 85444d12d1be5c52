"""What a question asks beyond the text: another place, another time, a kind of answer that is not there."""

import re
from collections.abc import Callable, Sequence

from qa_service.answer.compose import Choice
from qa_service.answer.extract import Sentence
from qa_service.answer.models import Reason
from qa_service.corpus.lexicon import Lexicon
from qa_service.corpus.library import Library
from qa_service.corpus.models import NATIONAL_LEVELS, Document
from qa_service.corpus.validity import PERIOD_KINDS
from qa_service.search.expected import Expected
from qa_service.search.giving import own_words
from qa_service.search.question import Question
from qa_service.text.normal import normalise

_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?=年|底|末|至|—|-|~)|(?<=by )20[0-9]{2}|(?<=in )20[0-9]{2}")
_VERSION = re.compile(r"20[0-9]{2}年?[版的新那份这]{0,3}(?:版|通知|办法|规定|条例|法|意见|方案|解释|公告|修订|修正)")
"""A year that tells which text is meant."""
_MOVING_TIME = re.compile(r"今年|明年|后年|去年|前年|本月|这个月|上个?月|下个?月|上半年|下半年|截至(?:目前|现在)")
"""Times that move with the calendar; in a story they say nothing of what is asked."""
_STANDING = re.compile(
    r"最新|十五五|下一?[期次届场批]|实际(?:完成|达到)|完成(?:了(?:吗|没|多少)|多少|率|情况|得怎么样)|完成没"
)
"""What has become of a target, and what comes next: a text says nothing of either."""
_CLAUSE_END = re.compile(r"[，。；,;!！\n]")
_ASKS = re.compile(r"多少|几|什么|啥|吗|么|呢|哪|怎|如何|谁|何|[?？]")

_GRANT = re.compile(r"奖|补贴|补助|资助|贴息|扶持")
_BY_A_PLACE = re.compile(r"海门|[区市镇县省](?:里|上|政府|财政|局)|政府|园区|街道|本地|当地|我们这|咱们这|这边")
_KIND_OF_PLACE = r"(?:自治区|自治州|特别行政区|经济技术开发区|经济开发区|工业园区|高新区|开发区|示范区|新区|园区|[省市县区](?![场民面监值长级域别间分块内里委情属容]))"
_BEFORE_KIND_OF_PLACE = re.compile(f"(?={_KIND_OF_PLACE})")
_PLACE = re.compile(rf"(?P<name>[\u4e00-\u9fff]{{2,6}}?){_KIND_OF_PLACE}")
_NO_NAME = re.compile(
    r"[一二三四五六七八九十两年月我你他咱本该这那哪各全某外同跨几个的有没要不能可上进知道想里入给去做搞办拿问说看找别园城地县省市社街]"
    r"|什么|所在|隔壁|附近|周边|其[他它]|产权|专利|商标|版权|企业|公司|保护|示范|先行|试验|实验|产业|工业|商业|生活|保税|自贸|经济|技术|高新|科技"
    r"|开发|国家|政府|规划|密集|[聚集]集|集中|核心|重点|特色|家纺|专业|农贸|批发|电子|直辖|自治|功能|生产|居民|旅游|风景|特别|行政|管辖|辖"
)
"""What stands before 区 and its like and is no place's name: 办公区, 拟上市, 自治区."""
_MONEY = re.compile(r"[钱费奖补贴额价元赔罚]|资助")
_ABROAD = re.compile(r"国外|海外|境外|外国")
_LATIN = re.compile(r"(?<![a-z])[a-z]{2,}(?![a-z])")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_MOSTLY_CHINESE = 6
"""Han characters from which a question is a Chinese one."""

_LAST_YEAR_OF = {"十三五": "2020", "十四五": "2025"}


class Limits:
    """How far what was found goes towards a question."""

    def __init__(self, question: Question, library: Library) -> None:
        self._question = question
        self._library = library

    def beyond(self, choice: Choice) -> Reason | None:
        """Return why what was chosen does not give what is asked, if so."""
        found = [(self._library[s.hit.passage.document_id], s.hit.passage.text) for s in choice.sentences]
        texts = [f"{document.title} {document.issuer or ''} {text}" for document, text in found]
        national = all(document.level in NATIONAL_LEVELS for document, _ in found)
        lexicon = self._library.lexicon
        if place_beyond(self._question, lexicon, texts, national=national, is_own=self._is_own_place):
            return Reason.PLACE_NOT_COVERED
        if self._time_beyond(choice.best):
            return Reason.TIME_NOT_COVERED
        if name_beyond(self._question, choice.best.hit.passage.text):
            return Reason.NOT_STATED
        if self._grant_beyond(choice.best):
            return Reason.AMOUNT_NOT_STATED
        return kind_missing(self._question, choice.best)

    def fits(self, sentence: Sentence) -> bool:
        """Whether a sentence gives what is asked, for the time and from whom it is asked."""
        missing = kind_missing(self._question, sentence) or self._time_beyond(sentence) or self._grant_beyond(sentence)
        return not missing

    def covers_the_time(self, sentence: Sentence) -> bool:
        """Whether the text a sentence stands in speaks of the time asked about."""
        return not self._time_beyond(sentence)

    def _is_own_place(self, name: str) -> bool:
        if name in self._library.lexicon.terms:
            return True
        return any(name in f"{d.title} {d.issuer or ''}" for d in self._library.documents.values())

    def _grant_beyond(self, sentence: Sentence) -> bool:
        document = self._library[sentence.hit.passage.document_id]
        return grant_beyond(self._question, national=document.level in NATIONAL_LEVELS)

    def _time_beyond(self, sentence: Sentence) -> str | None:
        passage = sentence.hit.passage
        return time_beyond(self._question, passage.text, self._library[passage.document_id])


def place_beyond(
    question: Question,
    lexicon: Lexicon,
    texts: Sequence[str],
    *,
    national: bool = False,
    is_own: Callable[[str], bool] = lambda name: False,
) -> str | None:
    """Return the place that is asked about and that none of ``texts`` names or holds for, if any.

    That is a place of the lexicon, or one that is called by what it is: 余杭区.

    Args:
        question: what is asked.
        lexicon: the places there are.
        texts: what was found, each with its document's title and issuer.
        national: whether all of it holds in the whole country.
        is_own: whether a place is one that the corpus has documents of.
    """
    normal = question.spoken
    for own in lexicon.own_places:
        normal = normal.replace(own, "\n")
    here = national and not _asks_for_a_grant(question)
    places = (
        lexicon.abroad
        if here
        else (*lexicon.places, *lexicon.abroad, *(n for n in _administrative_places(question) if not is_own(n)))
    )
    # What holds abroad holds in every country there.
    covered = lexicon.abroad if any(_ABROAD.search(text) for text in texts) else ()
    asked = (place for place in places if place in normal and place not in covered)
    return next((place for place in asked if not any(place in text for text in texts)), None)


def grant_beyond(question: Question, *, national: bool) -> bool:
    """Whether what a place pays is asked for and what was found holds in the whole country.

    What the state fixes, fees and an inventor's reward, is no district's grant.
    """
    return national and _asks_for_a_grant(question) and bool(_BY_A_PLACE.search(question.spoken))


def _asks_for_a_grant(question: Question) -> bool:
    return question.expected.is_figure and bool(_GRANT.search(question.spoken))


def _administrative_places(question: Question) -> list[str]:
    """The names of the places a question calls by what they are: 余杭 of 余杭区, 苏州 of 苏州工业园区."""
    names = []
    kinds = [match.start() for match in _BEFORE_KIND_OF_PLACE.finditer(question.spoken)]
    for word in question.words:
        if whole := _PLACE.fullmatch(word):
            name = whole["name"]
        elif any(question.spoken.endswith(word, 0, kind) for kind in kinds):
            name = word
        else:
            continue
        if not _NO_NAME.search(name):
            names.append(name)
    return names


def time_beyond(question: Question, text: str, document: Document) -> str | None:
    """Return the time that is asked about and that ``text`` of ``document`` does not speak of, if any.

    A plan's targets are for its last year, unless the text names years of its own. A rule holds from the day it takes
    effect on, this year and next.
    """
    spoken = own_words(text)
    if document.kind not in PERIOD_KINDS and document.effective:
        years = (year for year in _YEAR.findall(question.normal) if int(year[:4]) < document.effective.year)
        return next((f"{year}年" for year in years if year not in spoken), None)
    standing = _STANDING.search(question.normal)
    timely = question.expected.is_figure or question.expected is Expected.DEADLINE
    moving = _MOVING_TIME.search(_asking_clause(question.normal)) if timely else None
    for found in (standing, moving):
        if found and found.group() not in spoken:
            return found.group()
    own_years = set(_YEAR.findall(spoken)) | {last for name, last in _LAST_YEAR_OF.items() if name in spoken}
    if not own_years and document.kind in PERIOD_KINDS and document.expires:
        own_years = {str(document.expires.year)}
    asked = _YEAR.findall(_VERSION.sub(" ", question.normal))
    return next((f"{year}年" for year in asked if year not in own_years), None)


def known_miss(question: Question, reason: Reason, lexicon: Lexicon) -> Reason:
    """Return why a question is not answered that is like a known near miss, which was for ``reason``.

    The two are alike in their matter: only who names a place or a time himself is told that it is beyond the text.
    """
    places = (*lexicon.places, *lexicon.abroad, *_administrative_places(question))
    if reason is Reason.PLACE_NOT_COVERED and any(place in question.spoken for place in places):
        return reason
    times = (_YEAR, _MOVING_TIME, _STANDING)
    if reason is Reason.TIME_NOT_COVERED and any(time.search(question.spoken) for time in times):
        return reason
    of_money = reason is Reason.AMOUNT_NOT_STATED and bool(_MONEY.search(question.spoken))
    asks_a_figure = question.expected.is_figure or (question.expected.is_open and of_money)
    return Reason.AMOUNT_NOT_STATED if asks_a_figure else Reason.NOT_STATED


def _asking_clause(normal: str) -> str:
    """The last clause that asks; the others tell a story."""
    clauses = [clause for clause in _CLAUSE_END.split(normal) if _ASKS.search(clause)]
    return clauses[-1] if clauses else normal


def name_beyond(question: Question, text: str) -> str | None:
    """Return an abbreviation (PCT, WIPO) that is asked about and that ``text`` lacks, if any.

    Only in a Chinese question: there an abbreviation is the very thing asked about.
    """
    if len(_HAN.findall(question.normal)) < _MOSTLY_CHINESE:
        return None
    normal = normalise(text)
    return next((name for name in _LATIN.findall(question.normal) if name not in normal and name != "ip"), None)


def kind_missing(question: Question, sentence: Sentence) -> Reason | None:
    """Return why ``sentence`` cannot answer although it speaks of the matter, or None where it can."""
    if sentence.signals.kind:
        return None
    return Reason.AMOUNT_NOT_STATED if question.expected.is_figure else Reason.NOT_STATED
