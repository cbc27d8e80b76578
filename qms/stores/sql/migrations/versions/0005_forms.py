"""Forms: the words of each blank form as issued, and where forms get their validity from."""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('form_text',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('revision_id', sa.Integer(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=500), nullable=False),
    sa.Column('code', sa.String(length=80), nullable=False),
    sa.Column('fixed_sha256', sa.String(length=64), nullable=False),
    sa.Column('sketch', sa.LargeBinary(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['revision_id'], ['revision.id'], name=op.f('fk_form_text_revision_id_revision'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_form_text')),
    sa.UniqueConstraint('revision_id', 'place', name=op.f('uq_form_text_revision_id'))
    )
    op.create_index(op.f('ix_form_text_revision_id'), 'form_text', ['revision_id'], unique=False)
    op.create_index(op.f('ix_form_text_fixed_sha256'), 'form_text', ['fixed_sha256'], unique=False)
    op.create_table('form_origin',
    sa.Column('document_id', sa.String(length=8), nullable=False),
    sa.Column('source', sa.String(length=20), nullable=False),
    sa.Column('key', sa.String(length=80), nullable=False),
    sa.Column('issuer_key', sa.String(length=120), nullable=False),
    sa.Column('sample', sa.String(length=80), nullable=False),
    sa.Column('software', sa.String(length=200), nullable=False),
    sa.Column('set_by', sa.String(length=120), nullable=False),
    sa.Column('set_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_form_origin_document_id_document')),
    sa.PrimaryKeyConstraint('document_id', name=op.f('pk_form_origin'))
    )
    op.create_index(op.f('ix_form_origin_key'), 'form_origin', ['key'], unique=False)
    _derive_again()


def _derive_again() -> None:
    """What was issued before is read once more, for the forms in it."""
    connection = op.get_bind()
    revision_, job = (
        sa.table('revision', *map(sa.column, ('document_id', 'sequence', 'commit_id', 'created_at'))),
        sa.table('job', *map(sa.column, ('kind', 'key', 'due', 'tries', 'last_error'))),
    )
    published = sa.and_(revision_.c.sequence.is_not(None), revision_.c.commit_id.is_not(None))
    waiting = set(connection.execute(sa.select(job.c.key).where(job.c.kind == 'derive')).scalars())
    rows = connection.execute(sa.select(revision_.c.document_id, revision_.c.sequence, revision_.c.created_at).where(published))
    for row in rows.all():
        if (key := f'{row.document_id}/{row.sequence}') not in waiting:
            connection.execute(sa.insert(job).values(kind='derive', key=key, due=row.created_at, tries=0, last_error=''))


def downgrade() -> None:
    op.drop_index(op.f('ix_form_origin_key'), 'form_origin')
    op.drop_table('form_origin')
    op.drop_index(op.f('ix_form_text_fixed_sha256'), 'form_text')
    op.drop_index(op.f('ix_form_text_revision_id'), 'form_text')
    op.drop_table('form_text')
