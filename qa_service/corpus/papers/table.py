"""A table as lines of text: every row with its column heads and its place."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from qa_service.corpus.marker import read_marker
from qa_service.corpus.readers.manuscript import Table

_LONGEST_HEAD = 24
_LONGEST_LABEL = 12
_MOST_HEAD_ROWS = 3
_HEAD_WORD = re.compile(
    r"序号|编号|项目|名称|标准|类别|类型|种类|内容|金额|备注|说明|事项|等级|级别|条款|对象|比例|额度|档次|指标|单位|部门|条件|材料|依据|"
    r"时限|期限|方式|年度|奖励|补助|资助|数量|联系|电话|地址"
)
_LABEL_WORD = re.compile(
    r"(?:名称|单位|地址|电话|联系人|时间|日期|代码|负责人|法人|代表|邮箱|部门|机关|机构|方式|条件|材料|类型|金额|账号|开户行|性质|期限|时限|"
    r"对象|依据|范围|渠道|流程|邮编|网址|传真|姓名|职务|标准|主体|事项|科室|窗口)(?:[（(][^（）()]*[）)])?[：:]?$"
)
_SENTENCE = re.compile(r"[。；？！]")
_NOTE = re.compile(r"(?:注|备注|说明|附注)\s*[0-9]?\s*[：:]")
_Row = Sequence[str]


def table_lines(table: Table, number: int) -> Iterator[str]:
    """Yield the lines of a document's ``number``-th table: its caption, then 〔表1 第2行〕head：cell；head：cell.

    A cell merged over the whole width above the head is the caption; below it, it names the group of the rows that
    follow, or is a note. A table without a head, its left cells naming the right ones, becomes name：value. Every cell
    is in a line; a head above an empty column is not.
    """
    rows: list[_Row] = [row for row in table.rows if any(row)]
    while len(rows) > 1 and _is_whole(rows[0]):
        yield _whole(rows[0])
        rows = rows[1:]
    heads, rows = _heads(rows)
    groups: list[str] = []
    row_number, waiting = 0, False

    def line(cells: Sequence[str]) -> str:
        nonlocal row_number
        row_number += 1
        return f"〔表{number} 第{row_number}行〕{'；'.join(cells)}"

    for row in rows:
        if heads and list(row) == heads:  # printed again on a new page
            continue
        if heads and _is_group(row):
            groups, waiting = _below(groups, _whole(row), waiting), True
            continue
        if heads and _is_whole(row):
            if waiting:
                yield line([" ".join(groups)])
            yield line([_whole(row)])
            groups, waiting = [], False
            continue
        cells = _pairs(heads, row) if heads else _named(row)
        yield line([f"类别：{' '.join(groups)}", *cells] if groups else cells)
        waiting = False
    if waiting:
        yield line([" ".join(groups)])


def _is_whole(row: _Row) -> bool:
    """Whether a row is one cell over the whole width: merged, or the only one filled of several."""
    return len(row) > 1 and (len({*row}) == 1 or (len(row) > 2 and bool(row[0]) and not any(row[1:])))


def _whole(row: _Row) -> str:
    return row[0]


def _is_group(row: _Row) -> bool:
    return _is_whole(row) and not _NOTE.match(row[0]) and not _SENTENCE.search(row[0]) and len(row[0]) <= 40


def _below(groups: list[str], name: str, waiting: bool) -> list[str]:
    """Return the groups that ``name`` opens: below one that has had no rows yet, else in place of its equals."""
    if waiting:
        last, now = read_marker(groups[-1]), read_marker(name)
        if not (last and now and last.rank >= now.rank):
            return [*groups, name]
        return [*groups[:-1], f"{groups[-1]} {name}"]
    marker = read_marker(name)
    ranks = [read_marker(group) for group in groups]
    if marker is None or None in ranks:
        return [name]
    return [*(group for group, held in zip(groups, ranks, strict=True) if held and held.rank < marker.rank), name]


def _heads(rows: list[_Row]) -> tuple[list[str], list[_Row]]:
    """Split the column heads off; a head merged over several columns is completed by the rows below it."""
    if all(_is_whole(row) or row == rows[0] for row in rows[1:]) or not _is_head(rows[0]) or _is_form(rows):
        return [], rows
    heads, used = list(rows[0]), 1
    while (
        used < min(_MOST_HEAD_ROWS, len(rows) - 1)
        and not all(map(_is_whole, rows[used + 1 :]))
        and _is_completed(rows[used - 1], rows[used])
    ):
        heads = [a if a == b or not b or a.endswith(b) else f"{a}{b}" for a, b in zip(heads, rows[used], strict=True)]
        used += 1
    return heads, rows[used:]


def _is_completed(row: _Row, below: _Row) -> bool:
    """Whether ``below`` divides a head that is merged over several columns of ``row``."""
    merged = {x for i, (a, b) in enumerate(itertools.pairwise(row)) if a == b and a for x in (i, i + 1)}
    divided = any(below[x] != row[x] for x in merged)
    others = all(below[x] in (row[x], "") for x in range(len(row)) if x not in merged)
    return divided and others and _is_short(below) and not any(map(_is_amount, below))


def _is_amount(cell: str) -> bool:
    return bool(re.match(r"[\d.]+\s*(?:万|元|%|％|$)", cell))


def _is_short(row: _Row) -> bool:
    return all(len(cell) <= _LONGEST_HEAD and not _SENTENCE.search(cell) for cell in row)


def _is_head(row: _Row) -> bool:
    filled = [cell for cell in row if cell]
    if len(filled) < 2 or not _is_short(row) or any(map(_is_amount, filled)):
        return False
    words = sum(bool(_HEAD_WORD.search(cell)) for cell in {*filled})
    if len(row) == 2:
        return words == 2
    return words > 0 or not any(re.search(r"[0-9]", cell) for cell in filled)


def _is_form(rows: Sequence[_Row]) -> bool:
    """Whether the cells name one another from left to right, as in a form: 受理部门 | 市场监管局."""
    if len(rows[0]) % 2:
        return False
    names = [cell for row in rows for cell in row[::2] if cell]
    values = [cell for row in rows for cell in row[1::2] if cell]
    named = sum(len(cell) <= _LONGEST_LABEL and bool(_LABEL_WORD.search(cell)) for cell in names)
    also = sum(len(cell) <= _LONGEST_LABEL and bool(_LABEL_WORD.search(cell)) for cell in values)
    return named >= max(1, 0.6 * len(names)) and also <= 0.3 * len(values)


def _pairs(heads: _Row, row: _Row) -> list[str]:
    pairs: list[str] = []
    for head, cell in zip(heads, row, strict=True):
        text = f"{head}：{cell}" if head else cell
        if cell and text not in pairs:
            pairs.append(text.rstrip("。；"))
    return pairs


def _named(row: _Row) -> list[str]:
    cells = [cell for i, cell in enumerate(row) if i == 0 or cell != row[i - 1]]
    while cells and not cells[-1]:
        cells.pop()
    if len(cells) % 2 or not all(cells[::2]):
        return [cell.rstrip("。；") for cell in cells if cell]
    pairs = zip(cells[::2], cells[1::2], strict=True)
    return [f"{name.rstrip('：:')}：{value.rstrip('。；')}" if value else name for name, value in pairs]
