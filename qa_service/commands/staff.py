"""``qa-service staff``: who may sign in, what they may do, where they are signed in, and tokens for programs."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from qa_service.access.scope import Scope
from qa_service.access.staff import Role
from qa_service.clock import CHINA, china_clock
from qa_service.commands.options import DataDir
from qa_service.errors import AccessError
from qa_service.journal.audit import command_line_actor
from qa_service.settings import load_settings

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from qa_service.access.gate import Gate

staff_app = typer.Typer(help="员工账号：新增、停用、重设密码、角色、登录、令牌。", no_args_is_help=True)
token_app = typer.Typer(help="给程序用的令牌：新增、查看、吊销。", no_args_is_help=True)
staff_app.add_typer(token_app, name="token")

Name = Annotated[str, typer.Argument(help="账号名，见 qa-service staff list")]
RoleOption = Annotated[Role, typer.Option("--role", help="reader 查阅，editor 编辑，admin 管理")]
Comment = Annotated[str, typer.Option(help="缘由，记入审计")]
FromStdin = Annotated[
    bool, typer.Option("--password-stdin", help="从标准输入读密码，不必再改；不写则生成一个，首次登录必须修改")
]


@staff_app.command()
def add(
    name: Annotated[str, typer.Argument(help="账号名：汉字、字母、数字")],
    role: RoleOption = Role.READER,
    password_stdin: FromStdin = False,
    comment: Comment = "",
    data_dir: DataDir = None,
) -> None:
    """新增账号；生成的初始密码只显示这一次。"""
    given = _password() if password_stdin else None
    password = _gate(data_dir).accounts.add(name, role, command_line_actor(), password=given, comment=comment)
    _done(f"已新增账号 {name}（{role.label}）")
    _say_password(given, password)


@staff_app.command("list")
def list_(data_dir: DataDir = None) -> None:
    """列出全部账号：角色、状态、改密码的时间。"""
    accounts = _gate(data_dir).accounts.list()
    for account in accounts:
        state = "停用" if account.disabled else "待改初始密码" if account.must_change_password else "在用"
        typer.echo(f"{account.name}  {account.role.label}  {state}  密码改于 {_when(account.password_changed_at)}")
    if not accounts:
        typer.echo("还没有账号。新增：qa-service staff add 姓名 --role admin")


@staff_app.command()
def disable(name: Name, comment: Comment = "", data_dir: DataDir = None) -> None:
    """停用账号：结束它的全部登录，吊销它的令牌。"""
    _gate(data_dir).accounts.disable(name, command_line_actor(), comment)
    _done(f"已停用 {name}")


@staff_app.command()
def enable(name: Name, comment: Comment = "", data_dir: DataDir = None) -> None:
    """启用停用的账号；吊销了的令牌不恢复。"""
    _gate(data_dir).accounts.enable(name, command_line_actor(), comment)
    _done(f"已启用 {name}")


@staff_app.command()
def reset(name: Name, password_stdin: FromStdin = False, comment: Comment = "", data_dir: DataDir = None) -> None:
    """重设密码，并结束它的全部登录；生成的初始密码只显示这一次。"""
    given = _password() if password_stdin else None
    accounts = _gate(data_dir).accounts
    password = accounts.reset_password(name, command_line_actor(), password=given, comment=comment)
    _done(f"已重设 {name} 的密码")
    _say_password(given, password)


@staff_app.command()
def role(
    name: Name,
    to: Annotated[Role, typer.Argument(help="reader 查阅，editor 编辑，admin 管理")],
    comment: Comment = "",
    data_dir: DataDir = None,
) -> None:
    """改账号的角色，即刻生效。"""
    _gate(data_dir).accounts.change_role(name, to, command_line_actor(), comment)
    _done(f"{name} 现在是“{to.label}”")


@staff_app.command()
def sessions(name: Name, data_dir: DataDir = None) -> None:
    """列出账号在哪些地方登录着。"""
    open_ones = _gate(data_dir).accounts.sessions(name)
    for session in open_ones:
        typer.echo(
            f"{session.id}  登录于 {_when(session.created_at)}  最近使用 {_when(session.seen_at)}  "
            f"地址代号 {session.address or '不详'}  {session.agent}"
        )
    if not open_ones:
        typer.echo(f"{name} 没有在任何地方登录。")


@staff_app.command()
def revoke(
    name: Name,
    session: Annotated[str | None, typer.Option("--session", help="只结束这一处，编号见 staff sessions")] = None,
    comment: Comment = "",
    data_dir: DataDir = None,
) -> None:
    """结束账号的登录；默认全部。"""
    ended = _gate(data_dir).accounts.revoke(name, command_line_actor(), only=session, comment=comment)
    _done(f"已结束 {name} 的登录 {ended} 处")


@token_app.command("add")
def add_token(
    name: Annotated[str, typer.Argument(help="给什么程序用")],
    scopes: Annotated[list[Scope], typer.Option("--scope", help="用途，可重复")],
    role: RoleOption = Role.READER,
    days: Annotated[int, typer.Option(min=1, max=365, help="有效多少天")] = 90,
    comment: Comment = "",
    data_dir: DataDir = None,
) -> None:
    """新增令牌；只显示这一次。"""
    made = _gate(data_dir).tokens.add(
        name, frozenset(scopes), command_line_actor(), role=role, days=days, comment=comment
    )
    _done(f"已新增令牌 {made.token.id}（{made.token.name}），有效至 {_when(made.token.expires_at)}")
    typer.echo(f"令牌（只显示这一次，请收好）：{made.text}")


@token_app.command("list")
def list_tokens(data_dir: DataDir = None) -> None:
    """列出全部令牌：用途、角色、有效期、最近使用。"""
    tokens, now = _gate(data_dir).tokens.list(), china_clock()
    for token in tokens:
        state = "在用" if token.live(now) else "已吊销" if token.revoked_at else "已过期"
        used = _when(token.used_at) if token.used_at else "没有用过"
        typer.echo(
            f"{token.id}  {state}  {token.name}  {token.role.label}  {' '.join(sorted(token.scopes))}  "
            f"至 {_when(token.expires_at)}  最近使用 {used}  {token.created_by}"
        )
    if not tokens:
        typer.echo("还没有令牌。新增：qa-service staff token add 名字 --scope 用途")


@token_app.command("revoke")
def revoke_token(
    token_id: Annotated[str, typer.Argument(help="编号，见 qa-service staff token list")],
    comment: Comment = "",
    data_dir: DataDir = None,
) -> None:
    """吊销令牌，即刻失效。"""
    token = _gate(data_dir).tokens.revoke(token_id, command_line_actor(), comment)
    _done(f"已吊销令牌 {token.id}（{token.name}）")


def _gate(data_dir: Path | None) -> Gate:
    from qa_service.staff_gate import open_staff_gate

    return open_staff_gate(load_settings({"data_dir": data_dir}))


def _password() -> str:
    password = sys.stdin.readline().rstrip("\r\n")
    if not password:
        raise AccessError("标准输入里没有密码。用法：qa-service staff add 姓名 --password-stdin < 密码文件。")
    return password


def _say_password(given: str | None, password: str) -> None:
    if given is None:
        typer.echo(f"初始密码（只显示这一次，首次登录必须修改）：{password}")


def _done(text: str) -> None:
    typer.secho(f"✓ {text}", fg=typer.colors.GREEN)


def _when(moment: datetime) -> str:
    return f"{moment.astimezone(CHINA):%Y-%m-%d %H:%M}"
