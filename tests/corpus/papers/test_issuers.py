import pytest

from qa_service.corpus.papers.issuers import is_person, names_in

SUPERVISION, FINANCE = "南通市海门区市场监督管理局", "南通市海门区财政局"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (SUPERVISION, [SUPERVISION]),
        (f"{SUPERVISION}　　{FINANCE}", [SUPERVISION, FINANCE]),
        (f"{SUPERVISION} {FINANCE}", [SUPERVISION, FINANCE]),
        ("南 通 市 海 门 区 财 政 局", [FINANCE]),
        ("南通市海门区财　政　局", [FINANCE]),
        ("南通市海门区人民政府 办公室", ["南通市海门区人民政府办公室"]),
        ("南通市海门区市场监督管理局（知识产权局）", ["南通市海门区市场监督管理局（知识产权局）"]),
        ("由区财政局，会同有关部门", []),
        ("联系单位：区财政局", []),
        ("第一条", []),
        ("企业应当向区市场监督管理局申请", []),
    ],
)
def test_a_line_of_names_is_told_from_text(text: str, names: list[str]) -> None:
    assert names_in(text) == names


@pytest.mark.parametrize("text", ["市长　张三", "区长：李四", "国务院总理　李强", "主任 王 五"])
def test_who_signs_an_order_is_known(text: str) -> None:
    assert is_person(text)


@pytest.mark.parametrize("text", ["市长签署后公布施行", "第一条", "主任医师的职称评定办法"])
def test_text_about_an_office_is_no_signature(text: str) -> None:
    assert not is_person(text)
