"""One thing that was looked at."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found, in words; a fault or a warning says how to mend it."""

    healthy: bool
    """Whether the service can do all it is for; False makes the command fail."""
    text: str
    warning: bool = False
    """Whether, although healthy, something ought to be looked after."""

    @property
    def level(self) -> str:
        """``ok``, ``warning`` or ``fault``."""
        return "fault" if not self.healthy else "warning" if self.warning else "ok"


def warning(text: str) -> Finding:
    """Return a finding that does not stop anything, yet ought to be looked after."""
    return Finding(True, text, warning=True)


def judged(good: bool, text: str, advice: str) -> Finding:
    """Return that all is well, or a warning with what to do."""
    return Finding(True, text) if good else warning(f"{text}。{advice}")
