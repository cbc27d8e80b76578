"""Packages: files handed in together, until each is in control or left out."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "package",
        sa.Column("id", sa.String(length=8), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=120), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_package_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_package")),
    )
    op.create_table(
        "package_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("package_id", sa.String(length=8), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=500), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=True),
        sa.Column("reading", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("typed", sa.Text(), nullable=False),
        sa.Column("choice", sa.String(length=20), nullable=True),
        sa.Column("choice_of", sa.String(length=8), nullable=True),
        sa.Column("match", sa.String(length=20), nullable=True),
        sa.Column("matched_by", sa.String(length=40), nullable=False),
        sa.Column("document_id", sa.String(length=8), nullable=True),
        sa.Column("issuance_id", sa.String(length=8), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["package_id"],
            ["package.id"],
            name=op.f("fk_package_file_package_id_package"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_package_file")),
        sa.UniqueConstraint("package_id", "position", name=op.f("uq_package_file_package_id")),
    )
    op.create_index(op.f("ix_package_file_package_id"), "package_file", ["package_id"], unique=False)
    waiting = sa.text("state = 'waiting'")
    op.create_index(
        "ix_package_file_waiting", "package_file", ["id"], sqlite_where=waiting, postgresql_where=waiting
    )


def downgrade() -> None:
    op.drop_index("ix_package_file_waiting", "package_file")
    op.drop_index(op.f("ix_package_file_package_id"), "package_file")
    op.drop_table("package_file")
    op.drop_table("package")
