"""The journal's database: where it is, how it is opened, and that its tables are those of this version.

By default an SQLite file in write-ahead mode, so that several processes read while one writes, and a process killed at
any moment loses at most what it had not committed. Nothing outside this file knows which database it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from sqlalchemy import (
    URL,
    Connection,
    DateTime,
    Dialect,
    MetaData,
    NullPool,
    TypeDecorator,
    column,
    create_engine,
    event,
    func,
    inspect,
    make_url,
    select,
    table,
)
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Session

from qa_service.errors import JournalError

REVISION = "0006"
"""The revision of ``migrations/`` that this version's tables are of."""
FILE = "journal.db"
_LOCK = "journal.lock"
_MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK_WAIT_S = 60
PATIENCE_S = 5.0
"""How long the lock of another process is waited for."""
_BEGIN = "journal_begin"
_ONE_WRITER = select(func.pg_advisory_xact_lock(0x71A5))
"""SQLite has one writer by itself; of PostgreSQL it is asked, for as long as the transaction lasts."""


class Table(DeclarativeBase):
    """The base of every table of the journal."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Moment(TypeDecorator[datetime]):
    """A moment with its time zone, kept in UTC: not every database keeps the zone."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment as it is kept."""
        return value.astimezone(UTC).replace(tzinfo=None) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment as it is meant."""
        return value.replace(tzinfo=UTC) if value else None


class Journal:
    """One database. Opened when it is first used; safe to share between threads."""

    def __init__(self, url: str | None, folder: Path, *, patience_s: float = PATIENCE_S) -> None:
        """Know where the journal is; nothing is opened or written yet.

        Args:
            url: as SQLAlchemy writes it; None is the SQLite file ``journal.db`` in ``folder``.
            folder: the data folder, where the lock is that lets one process at a time change the tables.
            patience_s: how long another process' lock is waited for.

        Raises:
            JournalError: the address cannot be used.
        """
        self._folder = folder
        self._url = _parsed(url) if url else URL.create("sqlite", database=str(folder / FILE))
        self._file = self._sqlite_file()
        try:
            # Connections are cheap to open on a file, and none is then left open in a thread that ended.
            options: dict[str, Any] = {"poolclass": NullPool} if self._file else {"pool_pre_ping": True}
            self._engine = create_engine(self._url, **options)
        except (SQLAlchemyError, ImportError) as error:
            raise JournalError(
                f"记录库的地址 {self.name} 不可用（{error}）。请检查 QA_JOURNAL_URL，并安装该数据库的驱动。"
            ) from error
        if self._file:
            _set_up_sqlite(self._engine, patience_s)
        self._ready = False

    @property
    def name(self) -> str:
        """Where it is, for people; a password is masked."""
        return str(self._file) if self._file else self._url.render_as_string(hide_password=True)

    @property
    def file(self) -> Path | None:
        """The SQLite file; None of a server."""
        return self._file

    def exists(self) -> bool:
        """Whether there is anything to read; of a server that is not asked."""
        return self._file is None or self._file.is_file()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a session that reads.

        Raises:
            JournalError: the database cannot be read.
        """
        with self._session("DEFERRED") as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Give a session that is committed when all went well, and rolled back when not.

        One writes at a time, on every database: what was looked up before writing still holds when it is written.

        Raises:
            JournalError: the database cannot be written.
        """
        with self._session("IMMEDIATE") as session, session.begin():
            if self._engine.dialect.name == "postgresql":
                session.execute(_ONE_WRITER)
            yield session

    def close(self) -> None:
        """Let go of open connections; the next use opens new ones."""
        self._engine.dispose()

    @contextmanager
    def _session(self, begin: str) -> Iterator[Session]:
        try:
            self._make_ready()
            with Session(self._engine.execution_options(**{_BEGIN: begin}), expire_on_commit=False) as session:
                yield session
        except (SQLAlchemyError, OSError) as error:
            raise JournalError(
                f"记录库 {self.name} 无法使用（{reason_of(error)}）。请检查磁盘空间、目录权限和 QA_JOURNAL_URL；"
                "文件若已损坏，请用备份替换，或移走它后重新录入。"
            ) from error

    def _make_ready(self) -> None:
        """See to it that the tables are those of this version: made where there are none, changed where they are older.

        Raises:
            JournalError: they are newer, or another process does not finish changing them.
        """
        if self._ready:
            return
        if self.exists() and self._revision() == REVISION:
            self._ready = True
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        if self._file:
            self._file.parent.mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(self._folder / _LOCK, timeout=_LOCK_WAIT_S):
                if self._revision() != REVISION:
                    self._migrate()
        except Timeout as error:
            raise JournalError(
                f"另一个进程正在更新记录库 {self.name}，等了 {_LOCK_WAIT_S} 秒仍未结束，请稍后再试。"
            ) from error
        self._ready = True

    def _revision(self) -> str | None:
        with self._engine.connect() as connection:
            if not inspect(connection).has_table("alembic_version"):
                return None
            found: str | None = connection.scalar(select(column("version_num")).select_from(table("alembic_version")))
            return found

    def _migrate(self) -> None:
        from alembic import command
        from alembic.config import Config
        from alembic.util import CommandError

        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
        with self._engine.execution_options(**{_BEGIN: "IMMEDIATE"}).begin() as connection:
            config.attributes["connection"] = connection
            try:
                command.upgrade(config, "head")
            except CommandError as error:
                raise JournalError(
                    f"记录库 {self.name} 是更新的版本写的，本版本读不了（{error}）。请升级本软件包。"
                ) from error

    def _sqlite_file(self) -> Path | None:
        if self._url.get_backend_name() != "sqlite":
            return None
        if not self._url.database or self._url.database == ":memory:":
            raise JournalError("QA_JOURNAL_URL 不能是内存数据库：各个进程要看到同一份记录。请写文件路径。")
        return Path(self._url.database)


def reason_of(error: Exception) -> str:
    """Return what a database said went wrong, without the statement and what it carried."""
    return str(error.orig) if isinstance(error, DBAPIError) else str(error)


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
        parsed.get_dialect()
    except (ArgumentError, NoSuchModuleError, ImportError, ValueError) as error:
        # The address may hold a password: it is not repeated.
        raise JournalError(
            "QA_JOURNAL_URL 不是可用的数据库地址。写法如 sqlite:////绝对路径/journal.db 或 postgresql+psycopg://用户:密码@主机/库名。"
        ) from error
    return parsed


def _set_up_sqlite(engine: Any, patience_s: float) -> None:  # noqa: ANN401
    @event.listens_for(engine, "connect")
    def connected(connection: Any, record: object) -> None:  # noqa: ANN401
        connection.isolation_level = None  # the driver would commit before it changes tables
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {round(patience_s * 1000)}")
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = NORMAL")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        connection.exec_driver_sql(f"BEGIN {connection.get_execution_options().get(_BEGIN, 'DEFERRED')}")
