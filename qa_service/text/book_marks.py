"""Titles as running text names them."""

_WITHIN = str.maketrans("《》", "〈〉")


def in_book_marks(title: str) -> str:
    """Return ``title`` in book marks, those it holds itself turned into single ones.

    >>> in_book_marks("关于修改《甲办法》的通知")
    '《关于修改〈甲办法〉的通知》'
    """
    return f"《{title.translate(_WITHIN)}》"
