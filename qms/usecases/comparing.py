"""Comparing two editions for those who decide: the table of comparison (bảng so sánh) as a paper to sign."""

from __future__ import annotations

from qms.model.permissions import Act
from qms.usecases import comparing_tables, lookups
from qms.usecases.letterheads import Paper
from qms.usecases.ports import Work


def table(work: Work, code: str) -> Paper:
    """Return the table that compares what is being drafted with what it was made from, one row a changed passage.

    Without a draft the last issued edition is compared with the one before. Raises ``NotFound`` where there is nothing
    to compare with.
    """
    document = lookups.document(work, code)
    revision = lookups.open_revision(work, document.id)
    act = Act.READ_HISTORY if revision is None else Act.READ_DRAFT
    work.allow(act, lookups.subject_of(document, revision))
    return comparing_tables.paper(work, document, revision)
