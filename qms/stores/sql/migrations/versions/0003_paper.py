"""Paper: tokens and short codes by which prints are checked, controlled copies."""

import sqlalchemy as sa
from alembic import op

from qms.model.check_codes import derived_token, short_code

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('revision', sa.Column('check_token', sa.String(length=26), nullable=True))
    op.add_column('revision', sa.Column('short_code', sa.String(length=8), nullable=True))
    op.create_index(op.f('ix_revision_check_token'), 'revision', ['check_token'], unique=False)
    op.create_index(op.f('ix_revision_short_code'), 'revision', ['short_code'], unique=False)
    op.create_table('controlled_copy',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('document_id', sa.String(length=8), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('holder', sa.String(length=200), nullable=False),
    sa.Column('place', sa.String(length=200), nullable=False),
    sa.Column('given_on', sa.Date(), nullable=False),
    sa.Column('given_by', sa.String(length=120), nullable=False),
    sa.Column('recalled_on', sa.Date(), nullable=True),
    sa.Column('recalled_by', sa.String(length=120), nullable=False),
    sa.Column('fate', sa.String(length=20), nullable=True),
    sa.Column('note', sa.String(length=500), nullable=False),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_controlled_copy_document_id_document')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_controlled_copy')),
    sa.UniqueConstraint('document_id', 'sequence', 'number', name=op.f('uq_controlled_copy_document_id'))
    )
    op.create_index(op.f('ix_controlled_copy_document_id'), 'controlled_copy', ['document_id'], unique=False)
    _give_tokens()


def _give_tokens() -> None:
    """What was published before has the token that its commit tells, as a replay of Git would give it."""
    connection = op.get_bind()
    table = sa.table('revision', *map(sa.column, ('id', 'document_id', 'sequence', 'commit_id', 'check_token', 'short_code')))
    published = sa.and_(table.c.sequence.is_not(None), table.c.commit_id.is_not(None))
    rows = connection.execute(sa.select(table.c.id, table.c.commit_id, table.c.document_id, table.c.sequence).where(published))
    for row in rows.all():
        token = derived_token(row.commit_id, row.document_id, row.sequence)
        given = {'check_token': token, 'short_code': short_code(token)}
        connection.execute(sa.update(table).where(table.c.id == row.id).values(given))


def downgrade() -> None:
    op.drop_index(op.f('ix_controlled_copy_document_id'), 'controlled_copy')
    op.drop_table('controlled_copy')
    op.drop_index(op.f('ix_revision_short_code'), 'revision')
    op.drop_index(op.f('ix_revision_check_token'), 'revision')
    op.drop_column('revision', 'short_code')
    op.drop_column('revision', 'check_token')
