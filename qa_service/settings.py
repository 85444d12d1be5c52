"""Every setting, in one place: from a command line flag, the environment, ``.env``, or its default."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated, Any, Literal

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from qa_service import shipped
from qa_service.answer.handover import Handover
from qa_service.errors import SettingsError

PREFIX = "QA_"
ENV_FILE = ".env"

Network = IPv4Network | IPv6Network


@lru_cache(8)
def networks_of(text: str) -> tuple[Network, ...]:
    """Return the networks that a list separated by commas names.

    Raises:
        ValueError: one is none.
    """
    return tuple(ip_network(part.strip()) for part in text.split(",") if part.strip())


def _default_corpus() -> Path:
    here = Path("corpus")
    return here if here.is_dir() else shipped.corpus_folder()


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part for part in (piece.strip() for piece in text.split(",")) if part)


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
    journal: Annotated[
        Literal["on", "off"], Field(description="记不记问答和评价：on 或 off；人工审核的答案、审计记录不受影响")
    ] = "on"
    retention_days: Annotated[int, Field(ge=0, description="问答和评价保留多少天；0 为不限")] = 180
    retention_hits_days: Annotated[int, Field(ge=0, description="人工审核的答案的使用记录保留多少天；0 为不限")] = 730
    retention_audit_days: Annotated[int, Field(ge=0, description="审计记录保留多少天；0 为不限")] = 1095
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
    redis_url: Annotated[
        SecretStr | None,
        Field(description="Redis 的地址，如 redis://127.0.0.1:6379/0：多台服务器共用会话和限流计数；留空不用"),
    ] = None
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
    handover_name: Annotated[
        str | None,
        Field(min_length=1, max_length=60, description="人工窗口的名称，如 海门区知识产权服务站；留空不显示人工窗口"),
    ] = None
    handover_phone: Annotated[str | None, Field(min_length=3, max_length=60, description="人工窗口的电话")] = None
    handover_address: Annotated[str | None, Field(min_length=1, max_length=120, description="人工窗口的地址")] = None
    handover_hours: Annotated[str | None, Field(min_length=1, max_length=120, description="人工窗口的服务时间")] = None
    public_url: Annotated[
        str | None,
        Field(
            pattern=r"^https?://[^\s@/]+/?$",
            description="对外的网址，如 https://qa.example.gov.cn；以 https 开头时员工登录只走 https",
        ),
    ] = None
    staff_session_hours: Annotated[int, Field(ge=1, le=168, description="员工登录最多多少小时有效")] = 12
    staff_idle_minutes: Annotated[int, Field(ge=5, le=1440, description="员工多少分钟没有操作就要重新登录")] = 60
    rate_limit: Annotated[str, Field(description="一个地址最多问多少次，如 30/minute；off 为不限")] = "30/minute"
    rate_limit_session: Annotated[str, Field(description="一个会话最多问多少次；off 为不限")] = "20/minute"
    rate_limit_reading: Annotated[str, Field(description="一个地址最多看多少次文件和页面；off 为不限")] = "300/minute"
    rate_limit_desk: Annotated[str, Field(description="一个地址最多在工作台检索多少次，边打边查；off 为不限")] = (
        "1200/minute"
    )
    ask_at_once: Annotated[int, Field(ge=1, le=64, description="每个进程同时算几个问题；超过处理器核数没有好处")] = 2
    ask_waiting: Annotated[int, Field(ge=0, le=1000, description="每个进程最多让几个问题等着，再多的立即答复 503")] = 16
    ask_patience_s: Annotated[float, Field(gt=0, le=60, description="一个问题最多等多少秒，超过就答复 503")] = 2.0
    trusted_proxies: Annotated[
        str,
        Field(description="自己的反向代理的地址或网段，用逗号隔开；只信它们写的 X-Forwarded-For 和 X-Forwarded-Proto"),
    ] = ""
    widget_origins: Annotated[
        str, Field(description="哪些网站的页面可以使用本服务，用逗号隔开，如 https://www.example.gov.cn；* 为任何网站")
    ] = ""
    log_format: Annotated[
        Literal["json", "text"] | None, Field(description="日志写成 json 还是 text；留空时终端上用 text，其余用 json")
    ] = None
    log_level: Annotated[
        Literal["debug", "info", "warning", "error"], Field(description="日志写多细；info 每个请求记一行")
    ] = "info"
    metrics_networks: Annotated[
        str, Field(description="哪些网段可以看 /metrics，用逗号隔开，如 127.0.0.0/8,10.1.2.0/24；其他人看到的是 404")
    ] = "127.0.0.0/8,::1"
    shutdown_s: Annotated[int, Field(ge=1, le=600, description="停止服务时，等正在处理的请求最多多少秒")] = 20

    @field_validator("metrics_networks")
    @classmethod
    def _are_networks(cls, value: str) -> str:
        try:
            networks_of(value)
        except ValueError as error:
            raise ValueError(f"不是网段：{error}") from error
        return value

    @field_validator("trusted_proxies")
    @classmethod
    def _are_proxies(cls, value: str) -> str:
        return cls._are_networks(value) if value.strip() else ""

    @field_validator("widget_origins")
    @classmethod
    def _are_origins(cls, value: str) -> str:
        for origin in _listed(value):
            if origin != "*" and not re.fullmatch(r"https?://[a-z0-9.-]+(:[0-9]{1,5})?", origin):
                raise ValueError(f"{origin} 不是网站的来源，应像 https://www.example.gov.cn，小写、不带路径")
        return value

    @property
    def proxies(self) -> tuple[str, ...]:
        """The addresses and networks of the proxies that are trusted."""
        return _listed(self.trusted_proxies)

    @property
    def origins(self) -> tuple[str, ...]:
        """The sites whose pages may use the service."""
        return _listed(self.widget_origins)

    @property
    def handover(self) -> Handover | None:
        """Where somebody finds a person, where the operator has said so."""
        if self.handover_name is None:
            return None
        return Handover(self.handover_name, self.handover_phone, self.handover_address, self.handover_hours)

    @property
    def allowed_metrics_networks(self) -> tuple[Network, ...]:
        """The networks that may read the metrics."""
        return networks_of(self.metrics_networks)

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
