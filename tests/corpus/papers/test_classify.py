import pytest

from qa_service.corpus.papers.classify import issuer_of, kind_of, level_of, topics_of


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("中华人民共和国专利法", "法律"),
        ("专利代理条例", "行政法规"),
        ("江苏省知识产权促进和保护条例", None),
        ("最高人民法院关于审理专利纠纷案件若干问题的规定", "司法解释"),
        ("南通市海门区知识产权奖励办法（试行）", "办法"),
        ("关于申报奖励的通知", "通知"),
        ("《奖励办法》政策解读", "政策解读"),
        ("随想", None),
    ],
)
def test_the_kind_is_told_by_the_title(title: str, kind: str | None) -> None:
    assert kind_of(title) == kind


@pytest.mark.parametrize(
    ("title", "issuer", "kind", "level"),
    [
        ("奖励办法", "南通市海门区人民政府", "办法", "海门区"),
        ("奖励办法", "南通市人民政府", "办法", "南通市"),
        ("南通市海门区奖励办法", "", "办法", "海门区"),
        ("专利资助的意见", "国家知识产权局", "意见", "国家政策"),
        ("专利审查的规定", "国家知识产权局", "办法", "部门规章"),
        ("专利法", "", "法律", "法律"),
        ("奖励办法", "", "办法", None),
    ],
)
def test_the_level_is_told_by_who_issues(title: str, issuer: str, kind: str, level: str | None) -> None:
    assert level_of(title, issuer, kind) == level


def test_topics_are_what_is_most_spoken_of() -> None:
    assert topics_of("奖励办法", "对发明专利给予奖励、资助、补贴。" * 5)[0] == "资助"


def test_a_title_may_name_the_issuer() -> None:
    assert issuer_of("最高人民法院关于审理案件的规定", "司法解释") == "最高人民法院"
