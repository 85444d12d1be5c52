import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from qa_service.corpus.papers.table import table_lines
from qa_service.corpus.readers import Table


def lines(*rows: tuple[str, ...]) -> list[str]:
    return list(table_lines(Table(rows), 1))


def test_every_row_has_its_column_heads_and_its_place() -> None:
    assert lines(("序号", "项目", "标准"), ("1", "专利", "1万元"), ("2", "商标", "2万元")) == [
        "〔表1 第1行〕序号：1；项目：专利；标准：1万元",
        "〔表1 第2行〕序号：2；项目：商标；标准：2万元",
    ]


def test_a_head_of_two_levels_names_each_column_whole() -> None:
    assert lines(("项目", "标准", "标准"), ("项目", "国家级", "省级"), ("示范企业", "20万元", "10万元")) == [
        "〔表1 第1行〕项目：示范企业；标准国家级：20万元；标准省级：10万元"
    ]


def test_a_head_of_three_levels_is_read() -> None:
    rows = (
        ("项目", "标准", "标准"),
        ("项目", "国家级", "国家级"),
        ("项目", "一等", "二等"),
        ("奖", "20万元", "10万元"),
    )
    assert lines(*rows) == ["〔表1 第1行〕项目：奖；标准国家级一等：20万元；标准国家级二等：10万元"]


def test_a_head_with_figures_is_a_head() -> None:
    rows = (("项目", "2025年", "2026年标准（万元/件）"), ("专利", "1", "2"))
    assert lines(*rows) == ["〔表1 第1行〕项目：专利；2025年：1；2026年标准（万元/件）：2"]


def test_a_first_row_of_amounts_is_no_head() -> None:
    assert lines(("专利", "1万元"), ("商标", "2万元")) == ["〔表1 第1行〕专利：1万元", "〔表1 第2行〕商标：2万元"]


def test_the_group_of_rows_goes_with_each() -> None:
    rows = (
        ("项目", "标准", "备注"),
        ("一、专利类", "一、专利类", "一、专利类"),
        ("金奖", "30万元", ""),
        ("二、商标类", "", ""),
        ("马德里", "1万元", ""),
    )
    assert lines(*rows) == [
        "〔表1 第1行〕类别：一、专利类；项目：金奖；标准：30万元",
        "〔表1 第2行〕类别：二、商标类；项目：马德里；标准：1万元",
    ]


def test_groups_within_groups_are_named_together() -> None:
    rows = (
        ("项目", "标准", "备注"),
        ("一、专利类", "", ""),
        ("（一）发明", "", ""),
        ("金奖", "30万元", ""),
        ("（二）外观", "", ""),
        ("银奖", "10万元", ""),
        ("二、商标类", "", ""),
        ("马德里", "1万元", ""),
    )
    found = lines(*rows)
    assert [line.partition("；")[0].partition("：")[2] for line in found] == [
        "一、专利类 （一）发明",
        "一、专利类 （二）外观",
        "二、商标类",
    ]


def test_a_caption_and_a_note_merged_over_the_width_are_kept() -> None:
    rows = (
        ("奖励标准表",) * 3,
        ("项目", "标准", "备注"),
        ("专利", "1万元", ""),
        ("注：每家企业最高20万元。",) * 3,
    )
    assert lines(*rows) == [
        "奖励标准表",
        "〔表1 第1行〕项目：专利；标准：1万元",
        "〔表1 第2行〕注：每家企业最高20万元。",
    ]


@pytest.mark.parametrize(
    "rows",
    [
        (("受理部门", "区市场监管局"), ("申报时间", "每年九月"), ("联系电话", "0513-00000001")),
        (("受理部门：", "区市场监管局"), ("申报时间：", "每年九月")),
    ],
)
def test_a_table_that_names_from_left_to_right_is_read_so(rows: tuple[tuple[str, ...], ...]) -> None:
    assert lines(*rows)[:2] == ["〔表1 第1行〕受理部门：区市场监管局", "〔表1 第2行〕申报时间：每年九月"]


def test_a_form_of_four_columns_is_read_pair_by_pair() -> None:
    rows = (("单位名称", "某公司", "联系人", "张三"), ("单位地址", "海门", "联系电话", "0513"))
    assert lines(*rows) == [
        "〔表1 第1行〕单位名称：某公司；联系人：张三",
        "〔表1 第2行〕单位地址：海门；联系电话：0513",
    ]


def test_two_columns_under_a_head_are_no_form() -> None:
    assert lines(("奖励项目", "奖励标准"), ("专利", "1万元")) == ["〔表1 第1行〕奖励项目：专利；奖励标准：1万元"]


def test_a_head_printed_again_is_no_row() -> None:
    head = ("项目", "标准", "备注")
    assert len(lines(head, ("专利", "1万元", ""), head, ("商标", "2万元", ""))) == 2


CELL = st.sampled_from(
    [
        "",
        "项目",
        "标准",
        "序号",
        "1",
        "30万元",
        "一、专利类",
        "（一）发明",
        "注：说明。",
        "联系电话",
        "示范企业",
        "国家级",
        "某公司",
    ]
)


def rows_of(cell: st.SearchStrategy[str]) -> st.SearchStrategy[list[tuple[str, ...]]]:
    return st.integers(1, 5).flatmap(lambda n: st.lists(st.tuples(*[cell] * n), min_size=1, max_size=7))


@given(rows_of(CELL.filter(bool)))
@example([("项目", "标准", "备注"), ("一、专利类",) * 3])
def test_no_cell_of_a_full_table_is_lost(rows: list[tuple[str, ...]]) -> None:
    shown = "\n".join(lines(*rows))
    assert [cell for row in rows for cell in row if cell.rstrip("。；") not in shown] == []


@given(rows_of(CELL))
@example([("项目", "标准"), ("专利", ""), ("", "30万元")])
def test_no_row_with_an_amount_loses_a_cell(rows: list[tuple[str, ...]]) -> None:
    shown = "\n".join(lines(*rows))
    assert [cell for row in rows if "30万元" in row for cell in row if cell.rstrip("。；") not in shown] == []


@given(st.integers(2, 5).flatmap(lambda n: st.lists(st.tuples(*[CELL] * n), min_size=1, max_size=7)))
def test_rows_are_counted_from_one_without_a_gap(rows: list[tuple[str, ...]]) -> None:
    numbers = [int(found[1]) for line in lines(*rows) if (found := re.match(r"〔表1 第(\d+)行〕", line))]
    assert numbers == list(range(1, len(numbers) + 1))
