"""Questions read for comparison, each once for as long as it is remembered."""

from collections.abc import Sequence
from datetime import date

from qa_service.answer.curated.likeness import asked_form, reading_of
from qa_service.answer.gaps.grouping import Asked
from qa_service.search.searcher import Searcher

_REMEMBERED = 20_000
"""Questions of a day: some forty megabytes."""


class QuestionComparer:
    """Reads questions as they are compared. Safe to share between threads."""

    def __init__(self, searcher: Searcher, threshold: float | None) -> None:
        """Compare by what reads and encodes questions.

        Args:
            searcher: the build that is answered from.
            threshold: the cosine from which two questions are put together; None where it was not measured.
        """
        self.searcher = searcher
        self.threshold = threshold
        self._remembered: tuple[date, dict[str, Asked]] = (date.min, {})

    def read(self, texts: Sequence[str], day: date) -> list[Asked]:
        """Return questions as they are compared on a day: which text of a law they mean depends on it."""
        remembered_day, remembered = self._remembered
        known = remembered if remembered_day == day else {}
        new = [text for text in dict.fromkeys(texts) if text not in known]
        if not new:
            return [known[text] for text in texts]
        read = {text: known[text] for text in texts if text in known}
        read |= zip(new, self._read(new, day), strict=True)
        # Another thread may have read the same meanwhile, and puts the same in its place.
        self._remembered = (day, {**known, **read} if len(known) + len(new) <= _REMEMBERED else read)
        return [read[text] for text in texts]

    def _read(self, texts: Sequence[str], day: date) -> list[Asked]:
        questions = [self.searcher.understand(text, day) for text in texts]
        vectors = self.searcher.embedder.encode_queries([question.spoken for question in questions])
        return [
            Asked(asked_form(text), reading_of(question, self.searcher.library.lexicon), vector)
            for text, question, vector in zip(texts, questions, vectors, strict=True)
        ]
