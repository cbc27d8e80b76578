"""How Alembic meets our engine: on the connection it is handed, in batch mode for SQLite."""

from __future__ import annotations

from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy.types import TypeDecorator

from qms.stores.sql.tables import metadata


def plain_types(kind: str, item: object, _context: AutogenContext) -> str | Literal[False]:
    """Write our own column types into migrations as the plain ones they are stored as."""
    if kind != "type" or not isinstance(item, TypeDecorator):
        return False
    return f"sa.{item.impl!r}"


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    render_item=plain_types,
    transaction_per_migration=False,
)
context.run_migrations()
