"""A text without what two printings of it may set differently."""


def letters_of(text: str) -> str:
    """Return the letters and figures of ``text``, without blanks, punctuation and brackets."""
    return "".join(c for c in text if c.isalnum())
