"""The golden story on real procedures: Decree 18/2026 amends 123/2015, from the register to the proof table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from qms.bootstrap import QMS
from qms.jobs.runner import drain
from qms.model.enums import FindingLevel, ImpactDecision, ItemState, ProofOutcome
from qms.usecases import (
    change_drafts,
    change_proof,
    changes,
    clearing,
    deciding,
    importing,
    legislating,
    noticing,
    reading,
    rebuilding,
    searching,
    submitting,
)
from qms.usecases.candidates import Source
from qms.usecases.changes import ItemDecision
from tests import house

NUMBER, TARGET = "18/2026/NĐ-CP", "123/2015/NĐ-CP"
STARTS, DEADLINE = date(2026, 1, 15), date(2026, 4, 15)
TITLE = (
    "Sửa đổi, bổ sung một số điều của các nghị định để cắt giảm, đơn giản hóa thủ tục hành chính, "
    "điều kiện kinh doanh trong lĩnh vực hộ tịch"
)


def imported(qms: QMS, folder: Path) -> None:
    """Import the real procedures as papers that were issued already."""
    sources = [Source(path.name, path.read_bytes) for path in sorted(folder.glob("*.docx"))]
    with qms.work(qms.shell("thuky")) as work:
        done = importing.publish(work, sources)
    assert done.clean
    drain(qms)


def registered(qms: QMS) -> None:
    """Take the decree and what it does into the register."""
    instrument = {
        "number": NUMBER,
        "type": "Nghị định",
        "title": TITLE,
        "issuer": "Chính phủ",
        "issued": "2026-01-14",
        "effective": "2026-01-15",
    }
    relation = {
        "source": NUMBER,
        "kind": "amends",
        "target": TARGET,
        "target_provisions": "art_2 art_22 art_24 art_26 art_27",
        "from": "2026-01-15",
    }
    tables = [
        legislating.Table(name, frozenset(row), [(2, row)])
        for name, row in (("i.csv", instrument), ("r.csv", relation))
    ]
    with qms.work(qms.shell("thuky")) as work:
        legislating.take_in(work, tables)


@pytest.fixture
def change(qms: QMS, clock: house.FixedClock, real_data: Path) -> str:
    """Return the open change over the real procedures, on the day after the decree took effect."""
    clock.move_to(date(2026, 1, 16))
    imported(qms, real_data / "procedures")
    registered(qms)
    with qms.work(qms.shell("thuky")) as work:
        return changes.open_change(work, NUMBER)


def page(qms: QMS, change: str, on: date | None = None) -> changes.ChangePage:
    with qms.reading(qms.shell("doc")) as work:
        return changes.page(work, change, on)


def drafted(qms: QMS, change: str, documents: Sequence[str]) -> list[change_drafts.DraftOpened]:
    with qms.work(qms.shell("thuky")) as work:
        return change_drafts.open_drafts(work, change, documents)


def test_from_the_decree_to_the_proof_table(qms: QMS, clock: house.FixedClock, change: str) -> None:
    documents = [line.document for line in page(qms, change).items]
    assert len(documents) == 16
    assert {line.deadline for line in page(qms, change).items} == {DEADLINE}
    assert len(page(qms, change).untouched) + len(page(qms, change).unexamined) <= 10

    with qms.work(qms.shell("vanthu")) as work:
        assert noticing.give(work, documents, "Áp dụng Nghị định số 18/2026/NĐ-CP.", change_id=change) == 16
    with qms.reading(qms.shell("doc")) as work:
        assert [notice.basis for notice in reading.page(work, documents[0]).notices] == [NUMBER]
        hits = searching.search(work, "đăng ký khai sinh", limit=50).hits
    assert {hit.document for hit in hits if hit.notices} == {hit.document for hit in hits} & set(documents)

    decisions = [
        ItemDecision(document, ImpactDecision.APPLY_NOW, owner_position="cong-chuc-tu-phap")
        for document in documents
    ]
    with qms.work(qms.shell("thuky")) as work:
        assert changes.decide(work, change, decisions) == 16

    opened = drafted(qms, change, documents)
    assert [one.refusal for one in opened if not one.opened] == []
    assert {len(one.applied) for one in opened} == {1}
    assert {line.state for line in page(qms, change).items} == {ItemState.DRAFTED}

    clock.move_to(date(2026, 3, 2))
    with qms.work(qms.shell("thuky")) as work:
        sent = submitting.submit_batch(work, change)
    assert [one.refusal for one in sent if not one.done] == []
    with qms.work(qms.shell("chutich")) as work:
        decided = deciding.approve_batch(work, [(one.document, one.content_sha256) for one in sent])
    assert all(one.done for one in decided)
    by = house.decision("45/QĐ-UBND", signed=date(2026, 3, 2), effective=date(2026, 3, 10))
    acts = len(list(qms.stores.git.acts()))
    assert len(house.issue(qms, *documents, by=by).revisions) == 16
    assert len(list(qms.stores.git.acts())) == acts + 1, "one decision is one commit"
    assert {line.state for line in page(qms, change).items} == {ItemState.SCHEDULED}
    with qms.reading(qms.shell("doc")) as work:
        assert reading.page(work, documents[0], date(2026, 3, 9)).notices
        assert not reading.page(work, documents[0], date(2026, 3, 10)).notices

    clock.move_to(date(2026, 3, 10))
    with qms.work(qms.shell("thuky")) as work:
        clearing.close(work, change, "Đã ban hành lại 16 quy trình.")
    with qms.reading(qms.shell("danhgia")) as work:
        table = change_proof.proof(work, change)
        assert change_proof.proof_of_year(work, 2026) == table
        assert change_proof.proof_of_year(work, 2025) == []
    assert len(table) == 16
    assert {(row.decision, row.updated, row.outcome, row.gap_days) for row in table} == {
        ("45/QĐ-UBND", date(2026, 3, 10), ProofOutcome.ON_TIME, 54)
    }
    before = page(qms, change).items
    with qms.work(qms.shell("quantri")) as work:
        rebuilding.rebuild(work)
    drain(qms)
    with qms.reading(qms.shell("danhgia")) as work:
        assert rebuilding.check(work) == []
        assert {finding.level for finding in rebuilding.verify(work)} <= {FindingLevel.INFO}
    assert page(qms, change).items == before, "a rebuild leaves the work on the law as it was"
