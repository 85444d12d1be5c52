"""What an amending notice tells to do, in its usual forms: 将第四条中的“甲”修改为“乙”; 删去第九条; 增加一条，作为第十条：“…”."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from qa_service.text.numerals import NUMERAL, format_numeral, parse_numeral

_N = f"(?:{NUMERAL}{{1,7}}|[0-9]{{1,4}})"
_ATTACHMENT = rf"附件\s*(?P<attachment>[0-9]{{1,2}}|{NUMERAL}{{1,3}})?(?:\s*《[^》]*》)?"
_ARTICLE = rf"第(?P<article>{_N})条(?:之(?P<sub>{NUMERAL}))?"
_WITHIN_ARTICLE = rf"(?:第(?P<paragraph>{_N})款)?(?:第?[（(]?(?P<item>{_N})[）)]?项)?"
_PLACE = re.compile(
    rf"(?:{_ATTACHMENT}(?:中的|中|的)?)?{_ARTICLE}{_WITHIN_ARTICLE}"
    rf"|{_ATTACHMENT.replace('attachment', 'table')}(?:(?:中的|中|的|表)*(?:序号|第)\s*(?P<row>{_N})(?:项|行|号)?)?"
    rf"|第(?P<more>{_N})款(?:第?[（(]?(?P<more_item>{_N})[）)]?项)?"
)
_ITEM = re.compile(rf"第?[（(]?({_N})[）)]?项")
_AND = re.compile(r"[、，,]?(?:和|及|与|以及)?|[、，,]")
_QUOTE = re.compile(r"\ue000(\d+)\ue001")
_CHANGE = re.compile(
    r"(?:修改|调整|变更|更正|更改|提高|降低|延长|替换|改)(?:为|成|至|到)(?:[：:]|\s)*"
    r"|(?P<delete>予以删[去除]|删[去除]|取消)"
    rf"|增加{_N}(?P<unit>[条款项])[，,]?(?:作为(?P<as>[^：:\ue000。；\n]{{1,24}}))?[：:]?\s*"
)
_PLAIN = re.compile(r"由(?P<old>[^\ue000，。；\n]{1,30})$")
_PLAIN_NEW = re.compile(r"[^\ue000，。；：:\n]{1,30}")
_COLUMN = re.compile(r"(?:一栏|一项|一行|对应)?的?(?P<column>[^\ue000，。；\n的由]{2,12})$")
_IS_OLD = re.compile(r"\s*(?:一词|一语|等?字样|的?表述|的规定|的?内容|统一|一律|分别|均|相应)*\s*")
_BESIDE = re.compile(r"[、，和及与或\s]*")
_INSTRUCTS = re.compile(rf"第{_N}条|附件|\ue000|由[^，。；\n]+$")
_LONGEST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a document a change is made."""

    attachment: int | None = None
    """附件1; 0 for an attachment without number; None for the document's own text."""
    article: str = ""
    """第五条, 第十条之一; empty where a whole attachment is meant."""
    paragraph: int | None = None
    """第几款, from 1."""
    item: int | None = None
    """第几项, from 1."""
    row: str = ""
    """Words by which a row of a table is known."""
    column: str = ""
    """The column head, where the old words are not given."""

    @property
    def label(self) -> str:
        """The place as a notice writes it: 附件1第三条第二款第（一）项."""
        attachment = "" if self.attachment is None else f"附件{self.attachment or ''}"
        paragraph = f"第{format_numeral(self.paragraph)}款" if self.paragraph else ""
        item = f"第（{format_numeral(self.item)}）项" if self.item else ""
        return f"{attachment}{self.article}{paragraph}{item}"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that a notice does to a document."""

    place: Place
    old: str | None
    """The words replaced; None where the whole place is."""
    new: str
    """What stands there now; empty where it is deleted."""
    adds: str = ""
    """条, 款 or 项 where one is put in and nothing goes; else empty."""

    def __str__(self) -> str:
        """Return the change as a person names it: 第四条“3万元”."""
        what = f"增加{self.place.label}" if self.adds else self.place.label
        return f"{what}{'“' + self.old + '”' if self.old else ''}"


class Quotations:
    """A text with every quotation, nested ones and several paragraphs included, put aside behind a mark.

    What is left is the notice's own wording, in which 第五条 is an instruction and no part of a new text.
    """

    def __init__(self, text: str) -> None:
        self._quotes: list[str] = []
        self.text = self._set_aside(_curled(text))

    def restored(self, text: str) -> str:
        """Return a part of ``text`` as it was printed."""
        return _QUOTE.sub(lambda m: f"“{self._quotes[int(m[1])]}”", text)

    def words(self, mark: re.Match[str]) -> str:
        """Return what stands in the quotation behind a mark; a mark opening each of its paragraphs is left out."""
        return re.sub(r"\n\s*“(?=[^”]*(?:\n|$))", "\n\n", self._quotes[int(mark[1])]).strip()

    def _set_aside(self, text: str) -> str:
        kept, at = [], 0
        while (start := text.find("“", at)) >= 0:
            end = _closing(text, start)
            if end is None:
                break
            kept.append(text[at:start] + f"\ue000{len(self._quotes)}\ue001")
            self._quotes.append(text[start + 1 : end])
            at = end + 1
        return "".join(kept) + text[at:]


def read_instructions(quotations: Quotations, text: str) -> tuple[list[Change], list[str]]:
    """Read what ``text``, a stretch of ``quotations.text``, tells to change.

    Returns:
        The changes in their order, and the instructions that were not understood, as printed.
    """
    changes: list[Change] = []
    unread: list[str] = []
    for paragraph in text.split("\n"):
        place: tuple[Place, ...] = ()
        for sentence in re.split(r"[。；;]", paragraph):
            found, place, whole = _Sentence(quotations, sentence, place).read()
            changes += found
            if not whole:
                shown = re.sub(r"\s+", " ", quotations.restored(sentence)).strip()
                unread.append(shown if len(shown) <= _LONGEST_SHOWN else f"{shown[:_LONGEST_SHOWN]}…")
    return changes, unread


class _Sentence:
    """One sentence of instructions; a place that is named once holds until the next."""

    def __init__(self, quotations: Quotations, text: str, places: tuple[Place, ...]) -> None:
        self._quotations = quotations
        self._text = text
        self._places = places

    def read(self) -> tuple[list[Change], tuple[Place, ...], bool]:
        """Return the changes, the place that holds on, and whether every instruction was understood."""
        changes: list[Change] = []
        at, whole = 0, True
        for verb in _CHANGE.finditer(self._text):
            if verb.start() < at:
                continue
            left = self._text[at : verb.start()]
            if not (_INSTRUCTS.search(left) or _INSTRUCTS.search(self._text[verb.end() : verb.end() + 12])):
                continue
            named = _last_places(left, self._places[-1] if self._places else Place())
            self._places = named or self._places
            found, end = self._operation(verb, left)
            whole = whole and bool(found)
            changes += found
            at = max(end, verb.end())
        return changes, self._places, whole

    def _operation(self, verb: re.Match[str], left: str) -> tuple[list[Change], int]:
        if verb["unit"]:
            return self._added(verb)
        return self._deleted(verb, left) if verb["delete"] else self._replaced(verb, left)

    def _added(self, verb: re.Match[str]) -> tuple[list[Change], int]:
        quote = _QUOTE.match(self._text, verb.end())
        if quote is None:
            return [], verb.end()
        new, before = self._quotations.words(quote), self._places[-1] if self._places else Place()
        if verb["unit"] == "条":
            return [Change(p, None, text, adds="条") for p, text in _new_articles(verb["as"] or "", new)], quote.end()
        given = _last_places(verb["as"] or "", before)
        place = given[-1] if given else before
        if number := _ITEM.fullmatch(verb["as"] or ""):
            place = replace(before, item=parse_numeral(number[1]))
        if not place.article or (verb["unit"] == "项" and place.item is None):
            return [], quote.end()
        return [Change(place, None, new, adds=verb["unit"])], quote.end()

    def _deleted(self, verb: re.Match[str], left: str) -> tuple[list[Change], int]:
        """删去第九条、第十条; 删去第四条中的“甲”; 第四条中的“甲”删去; 第九条删去."""
        listed = _Places(self._text, verb.end(), self._places[-1] if self._places else Place())
        end = listed.end
        if listed.places:
            self._places = tuple(listed.places)
        phrase = re.compile(r"\s*(?:中|的|里)*\s*\ue000(\d+)\ue001(?:[、和及与]\ue000\d+\ue001)*").match(
            self._text, end
        )
        source = phrase.group() if phrase else "" if listed.places else left
        quotes = [self._quotations.words(q) for q in _QUOTE.finditer(source)]
        if not quotes and not listed.places and not _last_places(left, Place()):
            return [], verb.end()
        if not quotes and re.match(r"\s*(?:中|的)", self._text[end:]) and listed.places:
            return [], end  # 删去第四条中关于……的内容: which words, it does not say
        olds: Sequence[str | None] = quotes or [None]
        return [Change(p, old, "") for p in self._places for old in olds], phrase.end() if phrase else end

    def _replaced(self, verb: re.Match[str], left: str) -> tuple[list[Change], int]:
        news, end = self._quotes_from(verb.end())
        quotes = list(_QUOTE.finditer(left))
        if not news:
            return self._plainly_replaced(verb, left, quotes)
        if not self._places:
            return [], end
        if not quotes:
            return self._wholly_replaced(left, news), end
        tail, words = left[quotes[-1].end() :], [self._quotations.words(q) for q in quotes]
        if _IS_OLD.fullmatch(tail):
            beside = [bool(_BESIDE.fullmatch(left[a.end() : b.start()])) for a, b in itertools.pairwise(quotes)]
            olds = words[-1 - _trailing(beside) :]
            rows = words[: len(words) - len(olds)]
            if len(news) not in (1, len(olds)):
                return [], end
            pairs = zip(olds, news * len(olds) if len(news) == 1 else news, strict=True)
            return [c for old, new in pairs for c in self._everywhere(old, new, row=rows[-1] if rows else "")], end
        if len(news) > 1:
            return [], end
        if plain := _PLAIN.search(tail):
            return self._everywhere(plain["old"].strip(), news[0], row=words[-1]), end
        if column := _COLUMN.fullmatch(tail.strip()):
            return self._everywhere(None, news[0], row=words[-1], column=column["column"]), end
        return [], end

    def _quotes_from(self, at: int) -> tuple[list[str], int]:
        """Return the quotations that stand side by side from ``at`` on, and where they end."""
        found: list[str] = []
        while quote := _QUOTE.match(self._text, at if not found else _BESIDE.match(self._text, at).end()):  # type: ignore[union-attr]
            if found and _CHANGE.match(self._text, quote.end()):
                break  # the next old words
            found.append(self._quotations.words(quote))
            at = quote.end()
        return found, at

    def _wholly_replaced(self, left: str, news: Sequence[str]) -> list[Change]:
        if len(news) > 1:
            return []
        if plain := _PLAIN.search(left):
            return self._everywhere(plain["old"].strip(), news[0])
        after = left[_last_end(left) :].strip()
        if len(self._places) > 1 or not re.fullmatch(r"(?:的?(?:内容|全文|规定))?[，,]?", after):
            return []
        return self._everywhere(None, news[0])

    def _plainly_replaced(
        self, verb: re.Match[str], left: str, quotes: Sequence[re.Match[str]]
    ) -> tuple[list[Change], int]:
        """由每件1万元调整为每件1.5万元, without quotation marks."""
        old, new = _PLAIN.search(left), _PLAIN_NEW.match(self._text, verb.end())
        if not self._places or old is None or new is None:
            return [], verb.end()
        row = self._quotations.words(quotes[-1]) if quotes else ""
        return self._everywhere(old["old"].strip(), new.group().strip(), row=row), new.end()

    def _everywhere(self, old: str | None, new: str, *, row: str = "", column: str = "") -> list[Change]:
        return [Change(replace(p, row=row or p.row, column=column), old, new) for p in self._places]


def _new_articles(named: str, text: str) -> Iterator[tuple[Place, str]]:
    """Yield the articles of a new text with their places, from 作为第十条 or from the numbers they open with."""
    listed = _Places(named, 0, Place()).places
    if len(listed) == 1:
        yield listed[0], text
        return
    starts = [m.start() for m in re.finditer(rf"^{_ARTICLE}(?![规所的、和至])", text, re.MULTILINE)]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        if opens := _PLACE.match(text, start):
            yield _place(opens, Place()), text[start:end].strip()


def _trailing(flags: Sequence[bool]) -> int:
    """Count the true ones at the end."""
    return next((i for i, flag in enumerate(reversed(flags)) if not flag), len(flags))


class _Places:
    """The places enumerated from ``at`` on: 第九条、第十条第二款和第三款."""

    def __init__(self, text: str, at: int, before: Place) -> None:
        self.places: list[Place] = []
        self.end = at
        while match := _PLACE.match(text, _skipped(text, self.end, first=not self.places)):
            self.places.append(_place(match, self.places[-1] if self.places else before))
            self.end = match.end()


def _skipped(text: str, at: int, *, first: bool) -> int:
    gap = re.compile(r"\s*原?") if first else _AND
    match = gap.match(text, at)
    return match.end() if match else at


def _last_places(text: str, before: Place) -> tuple[Place, ...]:
    """Return the last places that ``text`` names together."""
    found: tuple[Place, ...] = ()
    end = 0
    while match := _PLACE.search(text, end):
        listed = _Places(text, match.start(), found[-1] if found else before)
        found, end = tuple(listed.places), listed.end
    return found


def _last_end(text: str) -> int:
    return max((match.end() for match in _PLACE.finditer(text)), default=0)


def _place(match: re.Match[str], before: Place) -> Place:
    if match["more"]:
        item = match["more_item"]
        return replace(before, paragraph=parse_numeral(match["more"]), item=parse_numeral(item) if item else None)
    if not match["article"]:
        row = f"序号：{parse_numeral(match['row'])}" if match["row"] else ""
        return Place(attachment=parse_numeral(match["table"] or "") or 0, row=row)
    attached = match.group().startswith("附件")
    return Place(
        attachment=(parse_numeral(match["attachment"] or "") or 0) if attached else None,
        article=f"第{format_numeral(parse_numeral(match['article']) or 0)}条"
        + (f"之{match['sub']}" if match["sub"] else ""),
        paragraph=parse_numeral(match["paragraph"]) if match["paragraph"] else None,
        item=parse_numeral(match["item"]) if match["item"] else None,
    )


def _curled(text: str) -> str:
    """Turn straight quotation marks into curled ones, opening and closing by turns in each paragraph."""

    def curled(paragraph: str) -> Iterator[str]:
        opens = True
        for character in paragraph:
            if character == '"':
                yield "“" if opens else "”"
                opens = not opens
            else:
                yield character

    return "\n".join("".join(curled(paragraph)) for paragraph in text.split("\n"))


def _closing(text: str, start: int) -> int | None:
    """Return where the quotation that opens at ``start`` ends.

    A mark that opens each paragraph of a long quotation, as printers set them, does not open another.
    """
    depth = 0
    for at in range(start, len(text)):
        if text[at] == "“" and not (depth and _opens_line(text, at)):
            depth += 1
        elif text[at] == "”":
            depth -= 1
            if not depth:
                return at
    first = text.find("”", start)
    return first if first >= 0 else None


def _opens_line(text: str, at: int) -> bool:
    return not text[text.rfind("\n", 0, at) + 1 : at].strip()
