"""How Alembic meets our engine: on the connection it is handed, in batch mode for SQLite."""

from alembic import context

from qms.stores.sql.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=False,
)
context.run_migrations()
