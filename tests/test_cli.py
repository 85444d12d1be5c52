import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from qa_service import shipped
from qa_service.service import Service

pytestmark = pytest.mark.usefixtures("service")  # its index is there


@pytest.fixture
def environment(shared_tmp: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("QA_")}
    return {
        **kept,
        "QA_CORPUS_DIR": str(shipped.corpus_folder()),
        "QA_INDEX_DIR": str(shared_tmp / "index"),
        "QA_DATA_DIR": str(shared_tmp / "var"),
        "PYTHONUTF8": "1",
        "COLUMNS": "100",
    }


def run(environment: dict[str, str], *args: str, typed: str | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from qa_service.cli import main; main()", *args]
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=120, input=typed)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_ask_prints_the_answer_and_its_citations(environment: dict[str, str]) -> None:
    done = run(environment, "ask", "知识产权质押金额目标是多少")
    assert done.returncode == 0, done.stderr
    assert "知识产权质押金额累计15亿元。[1]" in done.stdout
    assert "[1] 《南通市海门区“十四五”知识产权发展规划》三、（二）2" in done.stdout
    assert "已于2025年12月31日届满" in done.stdout


def test_ask_json_is_the_answer_of_the_api(environment: dict[str, str]) -> None:
    body = json.loads(run(environment, "ask", "质押金额目标", "--json", "--as-of", "2024-01-01").stdout)
    assert body["citations"][0]["validity"]["state"] == "in_force"


@pytest.mark.parametrize("end", ["退出\n没有人问的话\n", ""])
def test_chat_keeps_the_conversation_until_it_is_left(environment: dict[str, str], end: str) -> None:
    lines = ["续展要多久", "1", "", "坏\x07", "那发明专利的保护期呢", end]
    done = run(environment, "chat", typed="\n".join(lines))
    assert done.returncode == 0, done.stderr
    assert re.search(r"^  2\. .+续展要多久？$", done.stdout, re.MULTILINE)
    assert "按“商标续展要多久？”理解" in done.stdout
    assert "不含控制字符" in done.stdout
    assert done.stdout.endswith("再见。\n")
    assert "没有人问的话" not in done.stdout


def test_a_curated_answer_is_marked_as_checked_by_staff(environment: dict[str, str], tmp_path: Path) -> None:
    own = {**environment, "QA_DATA_DIR": str(tmp_path)}
    given = ["--question", "质押金额目标", "--answer", "到2025年累计15亿元。[1]", "--cite", "haimen-ip-plan#三-二-2"]
    added = run(own, "curated", "add", *given, "--expires", "2099-12-31", "--by", "张三", "--yes", "--force")
    assert added.returncode == 0, added.stderr
    shown = run(own, "ask", "请问质押金额目标？").stdout
    assert shown.startswith("人工审核\n到2025年累计15亿元。[1]\n")
    assert "命中 1 " in run(own, "curated", "list").stdout


def test_search_lists_passages_with_their_scores(environment: dict[str, str]) -> None:
    done = run(environment, "search", "质押融资", "-k", "2")
    assert len(re.findall(r"^\d\. 《", done.stdout, re.MULTILINE)) == 2
    assert len(json.loads(run(environment, "search", "质押融资", "--json", "-k", "3").stdout)) == 3


@pytest.mark.parametrize("question", ["", "问" * 501, "专利\x07"])
def test_a_question_that_cannot_be_asked_is_one_sentence(environment: dict[str, str], question: str) -> None:
    done = run(environment, "ask", question)
    assert done.returncode == 1
    assert done.stderr.startswith("错误：问题应为 1—500 个字")
    assert "Traceback" not in done.stderr


def test_a_missing_corpus_is_one_sentence(environment: dict[str, str]) -> None:
    done = run(environment, "ask", "专利", "--corpus-dir", "/nowhere")
    assert done.returncode == 1
    assert "/nowhere" in done.stderr
    assert "Traceback" not in done.stderr


def test_doctor_finds_a_healthy_service_healthy(environment: dict[str, str]) -> None:
    done = run(environment, "doctor")
    assert done.returncode == 0, done.stdout
    assert "QA_PORT=8000  （默认值" in done.stdout
    assert f"QA_INDEX_DIR={environment['QA_INDEX_DIR']}  （环境变量" in done.stdout
    assert "与语料和模型一致" in done.stdout
    assert "✗" not in done.stdout


def test_doctor_names_what_is_wrong(environment: dict[str, str], tmp_path: Path) -> None:
    done = run({**environment, "QA_EMBEDDING_MODEL": str(tmp_path)}, "doctor", "--corpus-dir", str(tmp_path))
    assert done.returncode == 1
    assert done.stdout.count("✗") == 2
    assert "QA_EMBEDDING_MODEL" in done.stdout


def test_the_version_is_printed(environment: dict[str, str]) -> None:
    assert run(environment, "--version").stdout.startswith("qa-service ")


@pytest.mark.parametrize("workers", [1, 2])
def test_serve_prints_its_address_and_answers_there(environment: dict[str, str], workers: int) -> None:
    port = free_port()
    command = [sys.executable, "-c", "from qa_service.cli import main; main()", "serve"]
    process = subprocess.Popen(
        [*command, "--port", str(port), "--workers", str(workers)], env=environment, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        assert f"http://127.0.0.1:{port}" in process.stdout.readline()
        answer = post(f"http://127.0.0.1:{port}/api/v1/ask", {"question": "知识产权质押金额目标是多少"})
        assert "15亿元" in answer["answer"]
        taken = run(environment, "serve", "--port", str(port))
        assert taken.returncode == 1
        assert f"127.0.0.1:{port}" in taken.stderr
        assert "被占用" in taken.stderr
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) in {0, -signal.SIGTERM}
        process.stdout.close()


def post(url: str, body: dict[str, str]) -> dict[str, str]:
    request = urllib.request.Request(url, json.dumps(body).encode(), {"content-type": "application/json"})
    for _ in range(100):
        try:
            with urllib.request.urlopen(request, timeout=10) as response:
                loaded: dict[str, str] = json.load(response)
                return loaded
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"{url} does not answer")


def test_the_readme_shows_what_is_really_printed(environment: dict[str, str], service: Service) -> None:
    readme = (Path(__file__).parents[1] / "README.md").read_text("utf-8")
    shown = re.search(r"\$ qa-service ask (\S+)\n(.*?)```", readme, re.DOTALL)
    assert shown
    printed = run(environment, "ask", shown[1]).stdout
    assert shown[2].split("……")[0].strip() in printed


GOLDEN = (
    '{"id": "money", "question": "知识产权质押金额目标是多少", "asker": "staff", "kind": "number", "answerable": true,'
    ' "gold": [{"doc": "规划", "where": "三、（二）2", "quote": "知识产权质押金额累计15亿元"}],'
    ' "must_contain": [["15亿"]]}\n'
    '{"id": "ducks", "question": "红烧肉怎么做好吃", "asker": "wechat", "kind": "out-of-scope", "answerable": false}\n'
)


@pytest.fixture
def golden(tmp_path: Path) -> Path:
    path = tmp_path / "题.jsonl"
    path.write_text(GOLDEN, "utf-8")
    return path


def test_eval_shows_and_keeps_figures_and_compares_with_the_last_run(
    environment: dict[str, str], golden: Path, tmp_path: Path
) -> None:
    kept = {**environment, "QA_DATA_DIR": str(tmp_path / "var")}
    first = run(kept, "eval", str(golden), "--as-of", "2026-07-01", "--min-accuracy", "1", "--max-refused", "0")
    assert first.returncode == 0, first.stderr
    assert re.search(r"^答案正确率 +100\.0%", first.stdout, re.MULTILINE)
    assert "按 2026-07-01 判断效力" in first.stdout
    assert "相比" not in first.stdout
    assert "逐题作答… 2/2" in first.stderr
    (report,) = (tmp_path / "var" / "eval").iterdir()
    assert f"报告：{report}" in first.stdout
    assert {path.name for path in report.iterdir()} == {"questions.jsonl", "summary.json", "summary.txt"}
    second = run(kept, "eval", str(golden), "--out", str(tmp_path / "var" / "eval" / "again"))
    assert f"与 {report} 相比，相同的 2 题：\n各项指标没有变化" in second.stdout
    chosen = run(kept, "eval", str(golden), "--out", str(tmp_path / "alone"), "--against", str(report))
    assert f"与 {report} 相比" in chosen.stdout


def test_eval_fails_where_a_gate_is_broken_and_says_which(
    environment: dict[str, str], golden: Path, tmp_path: Path
) -> None:
    golden.write_text(GOLDEN.replace('"15亿"', '"16亿"').replace("红烧肉怎么做好吃", "专利权的保护期是多久"), "utf-8")
    gates = ("--min-accuracy", "0.5", "--min-evidence3", "0.9", "--min-abstention", "1")
    done = run(environment, "eval", str(golden), "--out", str(tmp_path / "report"), *gates)
    assert done.returncode == 1
    assert "错误：答案正确率 0.0% 低于 --min-accuracy 的 50.0%；不该答的拒住 0.0% 低于" in done.stderr
    assert "--min-evidence3" not in done.stderr
    assert (tmp_path / "report" / "summary.json").is_file()


def test_eval_refuses_what_it_cannot_use_before_asking_anything(
    environment: dict[str, str], golden: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text("{}\n", "utf-8")
    for args, said in (
        ((str(bad),), f"错误：{bad} 第 1 行：缺少 question"),
        ((str(golden), "--out", str(tmp_path)), "已有内容，不覆盖"),
        ((str(golden), "--out", str(tmp_path / "new"), "--against", "/nowhere"), "/nowhere 里没有评测报告"),
    ):
        done = run(environment, "eval", *args)
        assert (done.returncode, done.stdout) == (1, "")
        assert said in done.stderr
        assert "逐题作答" not in done.stderr
