"""Rebuilding and checking: the database's projection and the index from Git, and whether all three agree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import func, select

from qms.model.document import Revision
from qms.model.enums import FindingLevel
from qms.model.findings import Finding
from qms.model.permissions import Act
from qms.model.search import IndexDamaged, IndexOutdated
from qms.model.trail import Event, Job, OutboxEntry
from qms.usecases.ports import Work

ALARM_TRIES = 10


@dataclass(frozen=True)
class Rebuilt:
    """What a rebuild did: acts replayed, facts mended, revisions to derive anew, and what it cannot know."""

    acts: int
    mended: tuple[str, ...]
    revisions: int
    accounts_missing: bool


def rebuild(work: Work) -> Rebuilt:
    """Replay Git into the database and leave every revision to be derived and indexed anew."""
    work.allow(Act.MAINTAIN)
    acts, mended = work.projection.replay(work.session)
    keys = [f"{document}/{sequence}" for document, sequence in _published(work)]
    work.enqueue("derive", *keys)
    work.index.clear()
    trail_empty = not work.session.scalar(select(func.count(Event.id)))
    work.record("rebuild", "git", acts=acts, mended=len(mended))
    work.commit()
    return Rebuilt(acts, tuple(mended), len(keys), trail_empty)


def check(work: Work) -> list[Finding]:
    """Compare database and index with Git and change nothing."""
    work.allow(Act.VERIFY)
    return [*_projection(work), *_index(work)]


def verify(work: Work) -> list[Finding]:
    """Check what is published: objects, trailers, manifests, signatures, trail."""
    work.allow(Act.VERIFY)
    return [*work.git.verify(), *work.trail_findings(), *_anchor(work)]


def doctor(work: Work) -> list[Finding]:
    """Look at everything and say what needs work or a person; acts that wait were carried on before."""
    work.allow(Act.MAINTAIN)
    return [
        *_stuck(work),
        *_undone(work),
        *_projection(work),
        *_index(work),
        *work.git.verify(),
        *work.trail_findings(),
    ]


def index_missing(work: Work) -> int:
    """Leave whatever the index should hold and does not to be derived, and return how many that is."""
    work.allow(Act.MAINTAIN)
    try:
        held = work.index.keys()
    except (IndexDamaged, IndexOutdated):
        work.index.clear()
        held = frozenset()
    wanted = set(_published(work))
    work.index.remove(held - wanted)
    missing = wanted - held
    work.enqueue("derive", *(f"{document}/{sequence}" for document, sequence in sorted(missing)))
    work.commit()
    return len(missing)


def _published(work: Work) -> list[tuple[str, int]]:
    rows = work.session.execute(
        select(Revision.document_id, Revision.sequence)
        .where(Revision.sequence.is_not(None))
        .order_by(Revision.id)
    )
    return [(document, sequence) for document, sequence in rows if sequence is not None]


def _projection(work: Work) -> Iterator[Finding]:
    for difference in work.projection.differences(work.session):
        yield Finding(
            FindingLevel.WORK,
            "projection_differs",
            "Cơ sở dữ liệu khác kho tài liệu; hãy chạy «qms rebuild».",
            difference,
        )


def _index(work: Work) -> Iterator[Finding]:
    try:
        held = work.index.keys()
    except (IndexDamaged, IndexOutdated) as error:
        yield Finding(FindingLevel.WORK, error.code, str(error), "index")
        return
    wanted = set(_published(work))
    for document, sequence in sorted(wanted - held):
        yield Finding(
            FindingLevel.WORK,
            "not_indexed",
            "Có bản chưa tìm kiếm được; hãy chạy «qms rebuild».",
            f"{document}/{sequence}",
        )
    for document, sequence in sorted(held - wanted):
        yield Finding(
            FindingLevel.WORK,
            "indexed_unknown",
            "Chỉ mục có bản không có trong kho; hãy chạy «qms rebuild».",
            f"{document}/{sequence}",
        )


def _stuck(work: Work) -> Iterator[Finding]:
    waiting = work.session.scalars(
        select(OutboxEntry).where(OutboxEntry.done_at.is_(None)).order_by(OutboxEntry.id)
    )
    for entry in waiting:
        grave = entry.tries >= ALARM_TRIES
        yield Finding(
            FindingLevel.DAMAGE if grave else FindingLevel.WORK,
            "not_published",
            f"Một đợt ban hành chưa vào được kho sau {entry.tries} lần thử: {entry.last_error}",
            entry.publish_key,
        )


def _undone(work: Work) -> Iterator[Finding]:
    failed = work.session.scalars(select(Job).where(Job.tries > 0).order_by(Job.id))
    for job in failed:
        yield Finding(
            FindingLevel.WORK,
            "job_failed",
            f"Một việc nền chưa làm được sau {job.tries} lần thử: {job.last_error}",
            job.key,
        )


def _anchor(work: Work) -> Iterator[Finding]:
    last = None
    for _commit, act in work.git.acts():
        last = act
    if last is None:
        return
    anchored = work.session.scalar(select(Event.id).where(Event.hash == last.audit_head))
    if anchored is None:
        yield Finding(
            FindingLevel.INFO,
            "anchor_unknown",
            "Nhật ký ở đây không có dòng mà lần công bố cuối ghi nhận (có thể vừa khôi phục từ kho).",
            last.audit_head,
        )
        return
    after = work.session.scalar(select(func.count(Event.id)).where(Event.id > anchored)) or 0
    yield Finding(
        FindingLevel.INFO,
        "events_after_anchor",
        f"{after} dòng nhật ký nằm sau lần công bố cuối.",
        str(after),
    )
