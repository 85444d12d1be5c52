"""Something in the corpus that must be mended."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault, with its place."""

    document_id: str
    location: str
    text: str

    def __str__(self) -> str:
        """Return where and what, in Chinese."""
        return f"{self.document_id} {self.location}：{self.text}".replace(" ：", "：")
