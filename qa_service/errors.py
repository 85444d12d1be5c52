"""The errors a caller may catch.

QaError
├── SettingsError      a setting holds a value that cannot be used
├── CorpusError        a document, a question file or the lexicon cannot be read
│   ├── ImportFileError    a file or address that cannot be taken into the corpus
│   ├── ImportConflictError what would be changed was changed by another meanwhile
│   └── CorpusWriteError   the corpus cannot be written to
├── ModelError         the embedding model cannot be loaded or does not fit the build
├── BuildError         no build can be written
│   └── NoBuildError   there is no intact build to serve from
├── QuestionError      a question that cannot be asked (too long, unreadable)
├── BenchmarkError     the service cannot be measured
├── JournalError       the journal cannot be read or written
├── PeriodError        a period that no figures can be given of
├── SwitchError        a switch that does not exist, or that is changed without saying why
├── BusyError          too many ask at once
├── CuratedAnswerError a curated answer that cannot be approved or found
├── GapError           a decision on an unanswered question that cannot be made or taken back
├── AccessError        an account, a session or a token that is not to be had as asked
│   ├── SignInError        a name and a password that do not belong together
│   └── ThrottledError     too many attempts to sign in, or too many at once
├── EvaluationError    a file of golden questions or an earlier report cannot be used
└── NotFoundError      the document or passage asked for does not exist

Messages are for users and operators and therefore in Chinese. Each says what was wrong, the value, and what to
do about it.
"""

from collections.abc import Sequence


class QaError(Exception):
    """The base of every error this package raises on purpose."""


class SettingsError(QaError):
    """A setting holds a value that cannot be used."""


class CorpusError(QaError):
    """A document, a question file or the lexicon cannot be read."""


class ImportFileError(CorpusError):
    """A file or an address that cannot be taken into the corpus; nothing was written."""


class ImportConflictError(CorpusError):
    """Something cannot be published or taken back now, for another does so or has done so."""


class CorpusWriteError(CorpusError):
    """The corpus cannot be written to; it is as it was."""


class ModelError(QaError):
    """The embedding model cannot be loaded, or does not fit the build."""


class BuildError(QaError):
    """A build cannot be written."""


class NoBuildError(BuildError):
    """There is no intact build to serve from."""


class QuestionError(QaError):
    """A question that cannot be asked."""


class BenchmarkError(QaError):
    """The service cannot be measured."""


class JournalError(QaError):
    """The journal cannot be read or written."""


class PeriodError(QaError):
    """A period that no figures can be given of."""


class SwitchError(QaError):
    """A switch that does not exist, or that is changed without saying why."""


class BusyError(QaError):
    """Too many ask at once; a moment later it may be otherwise."""


class CuratedAnswerError(QaError):
    """A curated answer that cannot be approved as it is, or that does not exist."""

    def __init__(self, message: str, faults: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__(message)
        self.faults = tuple(faults)
        """What is wrong with which part of it: a field of the answer, or ``force`` where it may be approved all the same."""


class GapError(QaError):
    """A decision on an unanswered question that cannot be made, or taken back, as asked."""


class AccessError(QaError):
    """An account, a session or a token that is not to be had, made or changed as asked."""


class SignInError(AccessError):
    """A name and a password that do not belong together. It does not tell which of them is wrong."""


class ThrottledError(AccessError):
    """Too many attempts to sign in."""

    def __init__(self, message: str, wait_s: int) -> None:
        super().__init__(message)
        self.wait_s = wait_s
        """Seconds until another attempt is looked at, at least 1."""


class EvaluationError(QaError):
    """A file of golden questions, or an earlier report, cannot be used."""


class NotFoundError(QaError):
    """The document or passage asked for does not exist."""
