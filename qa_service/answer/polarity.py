"""What in a question and in the text tells whether the answer is yes or no: the small words, negations and figures.

Words of the field tell nothing of it; 可以, 不得, 视为 and 除外 do, each beside what the question asks with.
"""

import math
import re
from collections.abc import Mapping, Sequence

from qa_service.answer.extract import Sentence
from qa_service.corpus.models import EverydayQuestion, Verdict
from qa_service.search.question import Question
from qa_service.text.normal import normalise

_WORDS_ASKED_WITH = """
不能 不可以 不用 不会 不算 不是 不要 不必 没有 有没有 能不能 可不可以 会不会 要不要 是不是 算不算 是否 能否 可否 对吗 对吧 对不对 是吧 可以 能 行 准 允许 必须
一定 非 要 得 需 应 会 被 算 是 属于 叫 有 都 全 只 仅 才 就 还 也 没 不 未 无 吗 吧 么 给 让 管 罚 赔 禁止 违法 侵权 保护 受理 免 直接 自动 随便
所有 任何 永远 马上 除了 同意 自己 别的 其他
"""
_ASKED_WITH = tuple(_WORDS_ASKED_WITH.split())
_WORDS_SAID_WITH = """
不得 不能 不予 不可 不属于 不是 不视为 不受 不再 不需 不必 不应 不具 不构成 不承担 不影响 不 未 无需 无须 无权 无 非 禁止 免 除外 但 可以 可 应当 应 必须 须
要 有权 自愿 视为 属于 是 算 都 均 任何 所有 只 仅 才 只有 方可 经 同意 批准 符合 的, 驳回 终止 失效 撤销 责令 罚款 赔偿 承担 处 准予 支持 鼓励 推动 建立
加强 受理 给予 予以 认定 构成 推定 有效 适用 参照 同样 也 还 由 自行 依法 另有 协商 没有核到 没有查到 一般 或者 之一 一律 直接 允许
"""
_SAID_WITH = tuple(_WORDS_SAID_WITH.split())
_NEGATION = re.compile(r"不|未|无|非|禁止|免|没")
_IN_ITSELF = re.compile(r"([\u4e00-\u9fff])不\1|有没有|可不可以|(?:不|没有?)[?？]?$")
"""Negations that only ask: 能不能, 登记没有."""
_NEGATIONS = re.compile(r"不|没|无|非|未")
_CLAUSE = re.compile(r"[,。；;：:\n]")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_TELLS_THE_FORM = re.compile(r"[能可会要是有不没别还就才都只行算得需必吗吧么对]")
_BEFORE_SAID, _BEFORE_ASKED = 4, 3
"""So many characters before a word a negation still governs it."""
_FORMS = (
    ("right", re.compile(r"对[吗吧么不]|是吧|没错吧|是不是|正确吗")),
    ("must", re.compile(r"必须|一定|非.*不可|只能|只有|都|全|凡")),
    ("may", re.compile(r"能|可以|可否|准|允许|行[吗不么]|让")),
    ("need", re.compile(r"[要需用得]|应")),
    ("will", re.compile(r"会")),
    ("is", re.compile(r"算|是|属于")),
    ("have", re.compile(r"有")),
)
_LEAST_ALIKE = 0.3
"""An everyday question of at least this cosine has a say in the answer."""

Features = Mapping[str, float]


def features_of(question: Question, sentence: Sentence, asked: Sequence[tuple[EverydayQuestion, float]]) -> Features:
    """Return what tells whether ``sentence`` answers yes or no, by name; what is not there is 0.

    How near it is to the question tells whether it settles anything.

    Args:
        question: what is asked.
        sentence: the sentence that answers.
        asked: the everyday questions of its passage, each with its cosine to the question.
    """
    normal = question.normal
    signals = sentence.signals
    near = max((cosine for _, cosine in asked), default=0.0)
    return {
        **_of_the_words(question, normalise(sentence.text)),
        **_of_the_form(normal),
        **_of_the_asked(normal, asked),
        "overlap": 2 * signals.overlap,
        "cosine": 2 * signals.vector,
        "near": 3 * near,
        "passage": signals.passage / 10,
    }


def _of_the_words(question: Question, said: str) -> dict[str, float]:
    normal, words = question.normal, question.words
    clauses = [clause for clause in _CLAUSE.split(said) if clause.strip()] or [said]
    nearest = max(clauses, key=lambda clause: sum(len(word) for word in words if word in clause))
    asks, near, all_said = _found(normal, _ASKED_WITH), _found(nearest, _SAID_WITH), _found(said, _SAID_WITH)
    features = {
        **{f"asked:{a}": 1.0 for a in asks},
        **{f"near:{n}": 1.0 for n in near},
        **{f"said:{s}": 1.0 for s in all_said},
        **{f"{a}+{s}": 0.5 for a in asks for s in all_said},
        **{f"{a}*{n}": 1.0 for a in asks for n in near},
        f"negated:{_negated(normal)}{len(_NEGATIONS.findall(nearest)) % 2}": 1.0,
    }
    told = [word for word in words if word in nearest]
    features["told"] = len(told) / (len(words) or 1)
    for word in told:
        name = f"pair:{_governed(nearest, word, _BEFORE_SAID)}{_governed(normal, word, _BEFORE_ASKED)}"
        features[name] = features.get(name, 0.0) + 1
    if figures := frozenset(_NUMBER.findall(normal)):
        own = frozenset(_NUMBER.findall(said))
        features |= {"figures:all": float(figures <= own), "figures:none": float(figures.isdisjoint(own))}
    return features


def _of_the_form(normal: str) -> dict[str, float]:
    """The ends of the question, and every two and three characters of it that hold a small word."""
    plain = re.sub(r"[?。!]", "", normal)
    runs = {plain[i : i + n] for n in (2, 3) for i in range(len(plain) - n + 1)}
    return {f"end:{plain[-2:]}": 1.0, **{f"run:{run}": 0.7 for run in runs if _TELLS_THE_FORM.search(run)}}


def _of_the_asked(normal: str, asked: Sequence[tuple[EverydayQuestion, float]]) -> dict[str, float]:
    """How the everyday questions of the passage were judged: the more alike they are and the more alike they ask."""
    alike: dict[Verdict, float] = {}
    same_form: dict[Verdict, float] = {}
    best, best_verdict = 0.0, None
    own, form, negated = frozenset(_found(normal, _ASKED_WITH)), _form(normal), _negated(normal)
    for other, cosine in asked:
        if other.verdict is None or cosine < _LEAST_ALIKE:
            continue
        text = normalise(other.text)
        theirs = frozenset(_found(text, _ASKED_WITH))
        shared = len(own & theirs) / max(1, len(own | theirs))
        same = _negated(text) == negated
        weight = math.exp(6 * (cosine - 0.5) + 4 * (shared - 0.5)) * (1.0 if same else 0.15)
        alike[other.verdict] = alike.get(other.verdict, 0.0) + weight
        if same and _form(text) == form:
            same_form[other.verdict] = same_form.get(other.verdict, 0.0) + weight
        nearness = cosine + 0.5 * shared + (0.3 if same else 0.0)
        if nearness > best:
            best, best_verdict = nearness, other.verdict
    features = {f"nearest:{best_verdict}": best} if best_verdict else {}
    for name, votes in (("alike", alike), ("same", same_form)):
        total = sum(votes.values())
        features |= {f"{name}:{verdict}": 3 * weight / (total + 0.3) for verdict, weight in votes.items()}
    return features


def _found(text: str, words: Sequence[str]) -> list[str]:
    return [word for word in words if word in text]


def _negated(normal: str) -> int:
    """1 where a question is put in the negative, else 0."""
    return len(_NEGATIONS.findall(_IN_ITSELF.sub("", normal))) % 2


def _governed(text: str, word: str, before: int) -> int:
    """1 where a negation stands right before a word, else 0."""
    at = text.find(word)
    return int(at >= 0 and bool(_NEGATION.search(text[max(0, at - before) : at])))


def _form(normal: str) -> str:
    return next((name for name, pattern in _FORMS if pattern.search(normal)), "other")
