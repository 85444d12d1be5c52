"""The text of a paper in the corpus' own written form: Markdown, one paragraph a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qa_service.corpus.papers.attachments import attachment_heading
from qa_service.corpus.papers.dialogue import dialogue_lines, is_dialogue
from qa_service.corpus.papers.table import table_lines
from qa_service.corpus.readers.manuscript import Block, Table


def body_of(title: str, blocks: Sequence[Block], signed_at: int | None) -> str:
    """Return the body of a document: its title as heading, every paragraph, table rows with their column heads.

    Args:
        title: the paper's title.
        blocks: its text without front and signature.
        signed_at: where the signature stood: attachments begin below it.
    """
    return "\n\n".join([f"# {title}", *_lines(title, blocks, signed_at)]) + "\n"


def _lines(title: str, blocks: Sequence[Block], signed_at: int | None) -> Iterator[str]:
    dialogue = is_dialogue(title, blocks)
    tables = resume = 0
    for index, block in enumerate(blocks):
        if index < resume:
            continue
        if isinstance(block, Table):
            tables += 1
            yield from table_lines(block, tables)
        elif heading := attachment_heading(blocks, index, signed_at):
            resume = index + heading.length
            yield f"## {heading.text}"
        else:
            following = blocks[index + 1] if index + 1 < len(blocks) else None
            rank = block.heading_rank
            if (spoken := dialogue_lines(block.text, following, dialogue=dialogue)) is not None:
                yield from spoken
            else:
                yield f"{'#' * max(rank, 2)} {block.text}" if rank else _escaped(block.text)


def _escaped(text: str) -> str:
    """A paragraph that happens to look like a Markdown heading keeps its characters, behind a blank of no width."""
    return f"\u2060{text}" if re.match(r"#{1,6}\s", text) else text
