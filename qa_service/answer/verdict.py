"""Whether a question that asks yes or no is answered 可以 or 不可以, where that is plain enough to be said first."""

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from qa_service.answer.extract import Sentence
from qa_service.answer.figures.confirming import confirms
from qa_service.answer.polarity import Features, features_of
from qa_service.corpus.models import EverydayQuestion, Verdict
from qa_service.errors import ModelError
from qa_service.search.expected import Expected
from qa_service.search.question import Question

_WORDS = (
    (re.compile(r"能|可以|可否|允许|准不准|行[吗不么]|行得通"), "可以", "不可以"),
    (re.compile(r"有没有|有无|有.{0,12}[吗么]"), "有", "没有"),
    (re.compile(r"[要需]|必须|用不用"), "需要", "不需要"),
    (re.compile(r"会"), "会", "不会"),
    (re.compile(r"算"), "算", "不算"),
)
_CONFIRMED = ("对", "不对")
_ELSE = ("是", "不是")
_ASKS_FOR = re.compile(r"什么|啥|怎|如何|咋|哪|谁|多少|几|何|为何|各|区别|[a-z]{3}")
"""What a question asks for that is no yes and no no."""
_NOT_ASKED_PLAINLY = re.compile(r"还是(?!要|得|会|能|可以|不)|(?<!是)不[能用必会要]\S{0,4}吗\W*$|没有?\S{0,3}吗\W*$")
"""A choice, or a question put in the negative, to which yes may mean either."""


@dataclass(frozen=True, slots=True)
class Verdicts:
    """A multinomial logistic model over :mod:`.polarity`, fitted by ``scripts/train_verdicts`` to judged questions."""

    classes: tuple[str, ...]
    """The verdicts, and ``open`` for a text that settles nothing."""
    intercepts: tuple[float, ...]
    weights: Mapping[str, tuple[float, ...]]
    """One weight a class for each feature."""
    thresholds: Mapping[str, float]
    """A verdict is said from this probability on."""

    def probabilities(self, features: Features) -> Mapping[str, float]:
        """Return the probability of each class; they sum to 1."""
        logits = list(self.intercepts)
        for name, value in features.items():
            for n, weight in enumerate(self.weights.get(name, ())):
                logits[n] += weight * value
        top = max(logits)
        shares = [math.exp(logit - top) for logit in logits]
        return dict(zip(self.classes, (share / sum(shares) for share in shares), strict=True))

    def of(
        self, question: Question, sentence: Sentence, asked: Sequence[tuple[EverydayQuestion, float]]
    ) -> Verdict | None:
        """Return how ``sentence`` answers a question that asks yes or no; None where that is not plain.

        Args:
            question: what is asked.
            sentence: the sentence that answers.
            asked: the everyday questions of its passage, each with its cosine to the question.
        """
        chances = self.probabilities(features_of(question, sentence, asked))
        return next((Verdict(name) for name, least in self.thresholds.items() if chances[name] >= least), None)


def asks_yes_or_no(question: Question) -> bool:
    """Whether yes or no is what a question asks for above all, and plainly enough that either would be understood."""
    if _NOT_ASKED_PLAINLY.search(question.normal):
        return False
    of_no_kind = question.expected is Expected.OPEN
    declares = of_no_kind and question.text.rstrip().endswith(("？", "?")) and not _ASKS_FOR.search(question.normal)
    return question.expected is Expected.YES_NO or declares or (of_no_kind and confirms(question.normal))


def verdict_in_words(verdict: Verdict, normal: str) -> str:
    """Return a verdict as it is said to a question, in normal form: 可以 to 能不能, 需要 to 要不要."""
    if verdict is Verdict.DEPENDS:
        return "视情况。"
    words = ((yes, no) for pattern, yes, no in _WORDS if pattern.search(normal))
    yes, no = _CONFIRMED if confirms(normal) else next(words, _ELSE)
    return f"{yes if verdict is Verdict.YES else no}。"


def read_verdicts(path: Path) -> Verdicts:
    """Read the fitted model.

    Raises:
        ModelError: the file is missing, or is not one.
    """
    try:
        parts = json.loads(path.read_text("utf-8"))
        classes = tuple(map(str, parts["classes"]))
        weights = {str(name): tuple(map(float, row)) for name, row in parts["weights"].items()}
        thresholds = {Verdict(name).value: float(value) for name, value in parts["thresholds"].items()}
        model = Verdicts(classes, tuple(map(float, parts["intercepts"])), weights, thresholds)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise ModelError(f"判断是非的模型 {path} 无法读取（{error}）。请重新安装本软件包。") from error
    if len({len(classes), len(model.intercepts), *map(len, weights.values())}) != 1 or not {*thresholds} <= {*classes}:
        raise ModelError(f"判断是非的模型 {path} 前后不一致。请重新安装本软件包。")
    return model
