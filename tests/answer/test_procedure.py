from datetime import date
from pathlib import Path

import pytest

from qa_service.answer.models import Status
from qa_service.answer.procedure import guide_on, procedure
from qa_service.service import Service, open_service
from qa_service.settings import Settings

DAY = date(2026, 7, 1)
GUIDE = """---
id: 指南-示例登记
title: 示例登记怎么办
form: guide
kind: 办事指南
topics: [申请]
---
# 示例登记怎么办

## 谁能办
- 企业和个人都能办示例登记。

## 办理步骤
- 第一步，到示例系统注册示例登记账号。
- 第二步，填示例登记申请表。
- 第三步，等示例登记证书。

## 要交的材料
- 示例登记的材料清单没有核到。
- 示例登记要交申请表和身份证明。

## 时间
- 示例登记要当面办。
- 示例登记10个工作日办完。

## 费用
- 办示例登记先查清单。
- 示例登记每件收200元。

## 到哪办
- 示例登记到政务服务大厅办。
"""


@pytest.fixture(scope="module")
def guided(tmp_path_factory: pytest.TempPathFactory) -> Service:
    folder: Path = tmp_path_factory.mktemp("guide")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "guide.md").write_text(GUIDE, "utf-8")
    return open_service(Settings(corpus_dir=folder / "corpus", index_dir=folder / "index"))


def steps(service: Service, text: str) -> list[str]:
    question = service.searcher.understand(text, DAY)
    hits = service.searcher.search(question, DAY, 10)
    guide = guide_on(question, hits, service.searcher)
    return [s.text for s in procedure(guide, question, hits, service.searcher)] if guide else []


def test_the_steps_are_numbered_and_papers_time_fee_and_place_follow(guided: Service) -> None:
    assert steps(guided, "示例登记怎么办理") == [
        "1. 到示例系统注册示例登记账号。",
        "2. 填示例登记申请表。",
        "3. 等示例登记证书。",
        "材料：示例登记要交申请表和身份证明。",
        "时间：示例登记10个工作日办完。",
        "费用：示例登记每件收200元。",
        "到哪办：示例登记到政务服务大厅办。",
    ]


@pytest.mark.parametrize("question", ["示例登记多少钱", "示例登记要多久", "谁能办示例登记"])
def test_who_asks_for_one_thing_gets_no_steps(guided: Service, question: str) -> None:
    assert steps(guided, question) == []


def test_a_corpus_of_laws_has_no_steps(tiny_corpus: Path, tmp_path: Path) -> None:
    laws = open_service(Settings(corpus_dir=tiny_corpus, index_dir=tmp_path / "index"))
    assert steps(laws, "专利资助怎么申请") == []


@pytest.mark.parametrize(
    ("question", "lines"),
    [
        ("怎么注册商标", ("1. ", "材料：", "时间：", "费用：", "到哪办：")),
        ("怎么续展商标", ("1. ", "材料：", "时间：", "到哪办：")),
        ("如何办理专利权质押登记", ("1. ", "材料：", "到哪办：")),
        ("撤三怎么办理", ("1. ", "材料：", "时间：", "费用：", "到哪办：")),
    ],
)
def test_how_a_thing_is_done_is_told_step_by_step(service: Service, question: str, lines: tuple[str, ...]) -> None:
    answer = service.answerer.ask(question, as_of=DAY)
    assert answer.status is Status.ANSWERED
    assert all(any(line.startswith(start) for line in answer.text.splitlines()) for start in lines)
    assert all(line.partition("[")[2] for line in answer.text.splitlines())


def test_every_step_stands_in_the_guide(service: Service) -> None:
    answer = service.answerer.ask("怎么注册商标", as_of=DAY)
    held = "".join(c.passage.text for c in answer.citations)
    for line in answer.text.splitlines():
        said = line.split(". ", 1)[-1].split("：", 1)[-1].split("[", maxsplit=1)[0]
        assert said.rstrip("。") in held
