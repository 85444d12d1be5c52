"""Which of many phrases stand in a text."""

from collections.abc import Iterable

_LEAD = 2


class Phrases:
    """A list of phrases that is looked up by their first characters: a text is read once, however long the list."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._rank = {phrase: rank for rank, phrase in enumerate(sorted(dict.fromkeys(phrases), key=len, reverse=True))}
        self._by_lead: dict[str, list[str]] = {}
        for phrase in self._rank:
            self._by_lead.setdefault(phrase[:_LEAD], []).append(phrase)

    def standing_in(self, text: str) -> list[str]:
        """Return the phrases that stand in ``text``, the longest first, those of one length as they were listed.

        A phrase inside a longer one that is also there does not count, unless it stands elsewhere as well.
        """
        leads = {text[i : i + size] for i in range(len(text)) for size in range(1, _LEAD + 1)}
        near = (phrase for lead in leads for phrase in self._by_lead.get(lead, ()))
        found = []
        for phrase in sorted(near, key=self._rank.__getitem__):
            if phrase in text:
                text = text.replace(phrase, "\n")
                found.append(phrase)
        return found
