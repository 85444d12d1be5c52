"""The database server that tests may use, where there is one."""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from qa_service.journal.database import Journal

in_a_file = pytest.mark.parametrize("journal", ["sqlite"], indirect=True)
"""For a test of what only a file can suffer: it is locked, damaged or killed with its process."""


@contextmanager
def own_database() -> Iterator[str]:
    """Give the address of a database that nobody else uses, and remove it afterwards; skip the test where none can be."""
    server = os.environ.get("TEST_POSTGRESQL_URL")
    if not server:
        pytest.skip("TEST_POSTGRESQL_URL is not set: no PostgreSQL server to test with")
    name = f"qa_{uuid.uuid4().hex}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        yield make_url(server).set(database=name).render_as_string(hide_password=False)
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


@contextmanager
def on_database(kind: str, folder: Path) -> Iterator[Journal]:
    """Give a journal without anything in it, ``sqlite`` or ``postgresql``; skip the test where there is no server."""
    if kind == "sqlite":
        yield Journal(None, folder)
        return
    with own_database() as url:
        journal = Journal(url, folder)
        yield journal
        journal.close()
