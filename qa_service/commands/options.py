"""The options that several commands share."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

Host = Annotated[str | None, typer.Option(help="监听地址（QA_HOST）")]
Port = Annotated[int | None, typer.Option(help="监听端口（QA_PORT）")]
Workers = Annotated[int | None, typer.Option(help="进程数（QA_WORKERS）")]
CorpusDir = Annotated[Path | None, typer.Option(help="语料目录（QA_CORPUS_DIR）")]
IndexDir = Annotated[Path | None, typer.Option(help="索引目录（QA_INDEX_DIR）")]
DataDir = Annotated[Path | None, typer.Option(help="运行数据目录（QA_DATA_DIR）")]
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="日期，如 2026-01-31")]
AsOf = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="按哪一天判断效力")]
AsJson = Annotated[bool, typer.Option("--json", help="输出接口的 JSON")]
