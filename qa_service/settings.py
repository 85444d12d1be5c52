"""Every setting, in one place: from a command line flag, the environment, ``.env``, or its default."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from qa_service import shipped
from qa_service.errors import SettingsError

PREFIX = "QA_"
ENV_FILE = ".env"


def _default_corpus() -> Path:
    here = Path("corpus")
    return here if here.is_dir() else shipped.corpus_folder()


class Settings(BaseSettings):
    """What can be set. Names in the environment are upper case with the prefix ``QA_``."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=ENV_FILE, env_ignore_empty=True, extra="ignore", frozen=True
    )

    host: Annotated[str, Field(min_length=1, description="监听地址")] = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535, description="监听端口")] = 8000
    workers: Annotated[int, Field(ge=1, le=64, description="进程数")] = 1
    corpus_dir: Annotated[
        Path, Field(default_factory=_default_corpus, description="语料目录；当前目录有 corpus/ 就用它，否则用随包语料")
    ]
    index_dir: Annotated[Path, Field(description="索引目录")] = Path("index")
    data_dir: Annotated[Path, Field(description="运行数据目录：记录库、评测报告等")] = Path("var")
    secret_key: Annotated[
        SecretStr | None,
        Field(description="给员工登录签名、给会话和地址做假名的密钥；留空在运行数据目录自动生成 secret.key"),
    ] = None
    journal_url: Annotated[
        SecretStr | None, Field(description="记录库的地址（SQLAlchemy 写法）；留空用运行数据目录下的 journal.db")
    ] = None
    embedding_model: Annotated[
        str | None, Field(min_length=1, description="sentence-transformers 模型目录或模型名；留空用随包模型")
    ] = None
    embedding_query_instruction: Annotated[
        str | None, Field(description="加在问题前的指令；留空按模型自带或已知的惯例")
    ] = None

    calibration_file: Annotated[
        Path | None, Field(description="排序权重和拒答门槛，由 scripts/calibrate 写出；留空用随包的，按随包模型校准")
    ] = None

    session_count: Annotated[int, Field(ge=1, le=1_000_000, description="最多记住几个会话；满了先忘最久没说话的")] = (
        10_000
    )
    session_turns: Annotated[int, Field(ge=1, le=50, description="每个会话记住最近几轮")] = 6
    session_minutes: Annotated[int, Field(ge=1, le=1440, description="会话多少分钟没有新问题就忘掉")] = 30
    llm_base_url: Annotated[
        str | None,
        Field(
            pattern=r"^https?://[^\s@/]+(/\S*)?$",
            description="大模型接口地址，如 http://127.0.0.1:11434/v1；留空不用大模型",
        ),
    ] = None
    llm_model: Annotated[str | None, Field(min_length=1, description="大模型名称")] = None
    llm_api_key: Annotated[SecretStr | None, Field(description="大模型接口密钥；本机的模型一般不需要")] = None
    llm_timeout: Annotated[
        float, Field(gt=0, le=300, description="大模型改写一次答复的总时限（秒），超过就用原文摘出的答复")
    ] = 20
    llm_max_concurrency: Annotated[
        int, Field(ge=1, le=100, description="同时请求大模型的上限，超出的直接用原文摘出的答复")
    ] = 4
    operator_name: Annotated[
        str | None,
        Field(min_length=1, max_length=100, description="运行本服务的单位，写在隐私说明里；留空写“本服务的运行单位”"),
    ] = None
    operator_contact: Annotated[
        str | None,
        Field(min_length=1, max_length=200, description="查询、导出、删除个人信息找谁，写在隐私说明里，如 电话或邮箱"),
    ] = None

    @property
    def model(self) -> str:
        """The embedding model that is used."""
        return self.embedding_model or str(shipped.model_folder())


@dataclass(frozen=True, slots=True)
class Origin:
    """One setting as it is in force."""

    name: str
    """As it stands in the environment: QA_PORT."""
    value: str
    source: str
    """Where it came from, in Chinese."""
    description: str


def load_settings(flags: Mapping[str, Any] | None = None) -> Settings:
    """Read the settings; ``flags`` that are not None win over the environment, which wins over ``.env``.

    Raises:
        SettingsError: a value cannot be used; the message names the setting and the value.
    """
    given = {name: value for name, value in (flags or {}).items() if value is not None}
    try:
        return Settings(**given)
    except ValidationError as error:
        faults = "；".join(
            f"{PREFIX}{str(e['loc'][0]).upper()} 的值 {e['input']!r} 不可用（{e['msg']}）" for e in error.errors()
        )
        raise SettingsError(f"{faults}。请在命令行、环境变量或 {ENV_FILE} 中改正。") from error


def origins(settings: Settings, flags: Mapping[str, Any] | None = None) -> list[Origin]:
    """Return every setting with its value and where that came from."""
    in_file = {key.upper() for key in dotenv_values(ENV_FILE)} if Path(ENV_FILE).is_file() else set()
    in_environment = {key.upper() for key in os.environ}
    given = {name for name, value in (flags or {}).items() if value is not None}
    found = []
    for name, field in Settings.model_fields.items():
        variable = f"{PREFIX}{name.upper()}"
        source = (
            "命令行"
            if name in given
            else "环境变量"
            if variable in in_environment
            else ENV_FILE
            if variable in in_file
            else "默认值"
        )
        value = getattr(settings, name)
        found.append(Origin(variable, "（空）" if value is None else str(value), source, field.description or ""))
    return found
