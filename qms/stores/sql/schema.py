"""The schema and its migrations: only ``qms init`` and ``qms upgrade`` move it, every other command checks it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect

from qms.errors import Fault


class NoInstance(Fault):
    """The database of this home holds no schema."""

    code = "no_instance"
    sentence = "Chưa có hệ thống ở đây; hãy chạy «qms init» trước."


class SchemaDiffers(Fault):
    """The database was made by another version of the tool."""

    code = "schema_differs"
    sentence = (
        "Cơ sở dữ liệu thuộc phiên bản khác của phần mềm (đang là {found}, cần {wanted}); "
        "hãy sao lưu rồi chạy «qms upgrade»."
    )


def upgrade(engine: Engine, to: str = "head") -> str:
    """Bring the schema to head (or to an earlier revision, for a test of the way up) and return where it is."""
    with engine.begin() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, to)
    return head() if to == "head" else to


def check(engine: Engine) -> None:
    """Raise unless the schema is exactly the one this code was written for."""
    found = current(engine)
    if found != head():
        raise SchemaDiffers(found=found, wanted=head())


def current(engine: Engine) -> str | None:
    """Return the revision that the schema is at; raises ``NoInstance`` where there is none."""
    with engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
        if found is None and not inspect(connection).has_table("document"):
            raise NoInstance
    return found


def copy(engine: Engine, path: Path) -> bool:
    """Copy a SQLite database as it stands into a new file; return False for a database that has its own tools."""
    if engine.dialect.name != "sqlite":
        return False
    with engine.connect() as connection, closing(sqlite3.connect(path)) as target:
        source: Any = connection.connection.dbapi_connection
        source.backup(target)
    return True


def head() -> str:
    """Return the revision that this code was written for."""
    found: Any = ScriptDirectory.from_config(_config()).get_current_head()
    return str(found)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "qms.stores.sql:migrations")
    return config
