"""The engine: SQLite tuned for durability and short writes, or PostgreSQL by URL."""

from __future__ import annotations

import sqlite3
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import StaticPool

from qms.errors import WrongUse

BUSY_MS = 30_000


class BadDatabaseUrl(WrongUse):
    """The database's address cannot be understood."""

    code = "bad_database_url"
    sentence = "QMS_DATABASE_URL không đúng; hãy dùng dạng sqlite:///đường-dẫn hoặc postgresql+psycopg://..."


def make_engine(url: str) -> Engine:
    """Return an engine for ``url``; SQLite writes begin ``IMMEDIATE`` so that two writers queue, not fail."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise BadDatabaseUrl from None
    if parsed.get_backend_name() != "sqlite":
        return create_engine(parsed, pool_pre_ping=True)
    in_memory = parsed.database in (None, "", ":memory:")
    engine = (
        create_engine(parsed, poolclass=StaticPool, connect_args={"check_same_thread": False})
        if in_memory
        else create_engine(parsed)
    )
    event.listen(engine, "connect", _tune_sqlite)
    event.listen(engine, "begin", _begin_immediate)
    return engine


def for_reading(engine: Engine) -> Engine:
    """Return the same engine for transactions that only read: SQLite then need not take the write lock."""
    return engine.execution_options(qms_read_only=True)


def _tune_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_MS}",
        "temp_store=MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_immediate(connection: Any) -> None:
    reading = connection.get_execution_options().get("qms_read_only", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
