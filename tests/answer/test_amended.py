"""A district's reward measure, a notice that amends it, and the amount that holds on a day."""

from datetime import date
from pathlib import Path

import pytest

from qa_service.service import Service, open_service
from qa_service.settings import Settings

MEASURE = """---
id: rewards
title: 南通市海门区知识产权奖励办法
form: full_text
kind: 办法
level: 海门区
issuer: 区政府办公室
number: 海政办规〔2026〕3号
issued: 2026-03-10
effective: 2026-04-10
topics: [资助]
---
# 南通市海门区知识产权奖励办法

第一条　为了促进知识产权发展，制定本办法。

第二条　奖励项目和标准按附件1执行。

第三条　对首次通过知识产权合规管理体系认证的企业，给予一次性奖励3万元。

第四条　本办法自2026年4月10日起施行。

## 附件1 奖励项目和标准表

〔表1 第1行〕奖励项目：中国专利金奖；奖励标准：每项30万元

〔表1 第2行〕奖励项目：马德里国际注册商标；奖励标准：每件1万元；备注：每家企业最高5万元
"""
NOTICE = """---
id: change
title: 关于修改《南通市海门区知识产权奖励办法》的通知
form: full_text
kind: 通知
level: 海门区
issuer: 区政府办公室
issued: 2026-09-20
effective: 2026-10-01
topics: [资助]
---
# 关于修改《南通市海门区知识产权奖励办法》的通知

经区政府同意，对《南通市海门区知识产权奖励办法》（海政办规〔2026〕3号）作如下修改：

一、将第三条中的“3万元”修改为“5万元”。

二、将附件1中“马德里国际注册商标”的奖励标准由“每件1万元”调整为“每件1.5万元”。

本通知自2026年10月1日起施行。
"""


@pytest.fixture
def district(tmp_path: Path) -> Service:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "rewards.md").write_text(MEASURE, "utf-8")
    (tmp_path / "corpus" / "change.md").write_text(NOTICE, "utf-8")
    return open_service(Settings(corpus_dir=tmp_path / "corpus", index_dir=tmp_path / "index"))


@pytest.mark.parametrize(
    ("question", "day", "amount", "location"),
    [
        ("马德里国际注册商标奖励多少", date(2026, 9, 30), "每件1万元", "附件1 表1第2行"),
        ("马德里国际注册商标奖励多少", date(2026, 10, 1), "每件1.5万元", "附件1 表1第2行"),
        ("合规管理体系认证奖励多少钱", date(2026, 9, 30), "3万元", "第三条"),
        ("合规管理体系认证奖励多少钱", date(2026, 10, 1), "5万元", "第三条"),
    ],
)
def test_the_right_row_answers_with_the_amount_of_the_day(
    district: Service, question: str, day: date, amount: str, location: str
) -> None:
    answer = district.answerer.ask(question, as_of=day)
    assert amount in answer.text
    assert answer.citations[0].passage.location == location
    assert {c.document.id for c in answer.citations} <= {"rewards", "rewards@2026-10-01"}


def test_a_merged_text_says_that_it_is_merged(district: Service) -> None:
    answer = district.answerer.ask("马德里国际注册商标奖励多少", as_of=date(2026, 10, 1))
    assert any(
        "由本服务据《关于修改〈南通市海门区知识产权奖励办法〉的通知》合并" in notice for notice in answer.notices
    )
