"""What a corpus must not hold twice."""

from collections.abc import Sequence
from pathlib import Path

from qa_service.corpus.batches import IMPORTED
from qa_service.corpus.intake import Taken
from qa_service.corpus.models import Form
from qa_service.errors import ImportFileError
from qa_service.text.book_marks import in_book_marks


def refuse_double(one: Taken, taken: Sequence[Taken], corpus: Path) -> None:
    """Refuse what the corpus would then hold twice.

    Args:
        one: a file as it was understood.
        taken: those of the same import that were taken before it.
        corpus: the folder that it is for.

    Raises:
        ImportFileError: another of these files, or a full text that no import wrote, is the same document.
    """
    document = one.document
    if any(t.document.id == document.id for t in taken):
        raise ImportFileError(
            f"{one.source}：与本次导入的另一份是同一文件（{document.id}）。请只留一份，或用 --id 区分。"
        )
    replaced = one.replaces
    if replaced and replaced.form is not Form.NOTES and not (corpus / IMPORTED / one.file_name).is_file():
        raise ImportFileError(
            f"{one.source}：语料中已有{in_book_marks(replaced.title)}（{replaced.id}），不是导入的，不能替换。"
            "请先移走语料目录里的那份文件；若是另一份文件，请用 --id 另给编号。"
        )
