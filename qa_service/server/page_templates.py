"""The templates of the pages, and what they write with."""

import re
from datetime import datetime
from pathlib import Path

from fastapi.templating import Jinja2Templates
from markupsafe import Markup, escape

from qa_service.clock import CHINA
from qa_service.server.assets import asset_url

_STEP = re.compile(r"\s*(\d{1,2}[.、．)]|（[一二三四五六七八九十\d]+）|[-·•])")
_MARK = re.compile(r"\[(\d{1,2})\]")


def highlighted(text: str, spans: list[tuple[int, int]]) -> Markup:
    """Return ``text`` as HTML with ``<mark>`` around the spans, which are sorted and do not overlap."""
    pieces, at = [], 0
    for start, end in spans:
        pieces += [escape(text[at:start]), Markup("<mark>"), escape(text[start:end]), Markup("</mark>")]
        at = end
    return Markup("").join([*pieces, escape(text[at:])])


def cited(text: str) -> Markup:
    """Return an answer as HTML, a paragraph a line, with its [n] as links to the citations below it."""
    lines = [line for line in str(escape(text)).split("\n") if line.strip()]
    linked = (_MARK.sub(r'<a class="cite" href="#c\1" aria-label="依据 \1">[\1]</a>', line) for line in lines)
    steps = (' class="step"' if _STEP.match(line) else "" for line in lines)
    return Markup("").join(Markup(f"<p{step}>{line}</p>") for step, line in zip(steps, linked, strict=True))


def in_china(moment: datetime) -> str:
    """Return a moment as the clocks in China show it."""
    return f"{moment.astimezone(CHINA):%Y-%m-%d %H:%M}"


def _templates() -> Jinja2Templates:
    templates = Jinja2Templates(directory=Path(__file__).parent.parent / "web" / "templates")
    templates.env.filters["highlighted"] = highlighted
    templates.env.filters["cited"] = cited
    templates.env.filters["in_china"] = in_china
    templates.env.globals["asset"] = asset_url
    templates.env.trim_blocks = templates.env.lstrip_blocks = True
    return templates


TEMPLATES = _templates()
