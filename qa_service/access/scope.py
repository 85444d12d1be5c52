"""What a token may be used for: a closed vocabulary, so that a token never reaches what nobody meant it to."""

from enum import StrEnum


class Scope(StrEnum):
    """One thing that programs do. There is none for accounts, sessions and tokens: those are people's to change."""

    JOURNAL_READ = "journal:read"
    """Read what was asked and answered, and the numbers of it."""
    JOURNAL_WRITE = "journal:write"
    """Mark, export and erase what was asked."""
    CURATED_READ = "curated:read"
    CURATED_WRITE = "curated:write"
    DOCUMENTS_READ = "documents:read"
    DOCUMENTS_WRITE = "documents:write"
    """Import documents, undo imports, rebuild the index."""
    OPERATIONS = "operations"
    """Switches, reloading, the state of the service."""

    @property
    def label(self) -> str:
        """What people call it."""
        return _LABELS[self]


_LABELS = {
    Scope.JOURNAL_READ: "查阅问答记录",
    Scope.JOURNAL_WRITE: "处理问答记录",
    Scope.CURATED_READ: "查阅人工审核的答案",
    Scope.CURATED_WRITE: "改动人工审核的答案",
    Scope.DOCUMENTS_READ: "查阅文件和导入记录",
    Scope.DOCUMENTS_WRITE: "导入文件、重建索引",
    Scope.OPERATIONS: "开关和运行状态",
}
