"""Something that goes wrong again and again: the operator is told once, and again only when it has been right meanwhile."""

import logging


class Trouble:
    """One thing that may go wrong."""

    def __init__(self, log: logging.Logger, message: str) -> None:
        """Begin with nothing wrong.

        Args:
            log: what is told.
            message: what is said, as ``logging`` writes it.
        """
        self._log = log
        self._message = message
        self.lasts = False
        """Whether it went wrong the last time."""

    def met(self, *details: object) -> None:
        """Note that it went wrong, and tell of it where it went right before.

        Args:
            details: what the message holds.
        """
        first, self.lasts = not self.lasts, True
        if first:
            self._log.warning(self._message, *details)

    def over(self) -> None:
        """Note that it went right."""
        self.lasts = False
