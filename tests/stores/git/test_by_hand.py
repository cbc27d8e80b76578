"""An auditor with stock tools sees the register, the history and every mismatch (``docs/verify-by-hand.sh``)."""

from __future__ import annotations

import os
import subprocess
from datetime import date
from pathlib import Path

import pytest

from qms.model.enums import ItemRole
from qms.stores.git.store import GitStore
from tests.stores.git.acts import a_document, an_act, an_id, an_issue
from tests.stores.git.processes import ROOT, stock_git

SCRIPT = ROOT / "docs" / "verify-by-hand.sh"


def by_hand(repository: Path, *words: str, **environment: str) -> tuple[int, str]:
    """Exit status and output of the script."""
    ended = subprocess.run(
        [str(SCRIPT), repository.name, *words],
        cwd=repository.parent,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    return ended.returncode, ended.stdout + ended.stderr


@pytest.fixture
def published(signed_store: GitStore) -> GitStore:
    """Document 1 in two revisions, document 2 retired, document 3 withdrawn before its day and given a code."""
    signed_store.publish(*an_issue("a", 1, 2, 3), {})
    second = an_issue("b", 1, 3, sequence=2, effective_from=date(2027, 3, 1), number="7/QĐ-UBND")
    signed_store.publish(*second, {})
    _, old = an_issue("a", 1, 2, 3)
    ended = a_document(2, old[an_id(2)], role=ItemRole.RETIRES)
    signed_store.publish(
        an_act("c", ended, act="retire", effective_from=date(2027, 2, 1), reason="Bãi bỏ"), {}, {}
    )
    back = a_document(3, second[1][an_id(3)], 2, None)
    signed_store.publish(an_act("d", back, act="withdraw", reason="Còn sai\nsót"), {}, {})
    return signed_store


@pytest.mark.parametrize(
    ("on", "held"),
    [
        ("2026-12-04", []),
        ("2026-12-05", [(1, "01.00"), (2, "01.00"), (3, "01.00")]),
        ("2027-02-01", [(1, "01.00"), (3, "01.00")]),
        ("2027-03-01", [(1, "02.00"), (3, "01.00")]),
    ],
)
@pytest.mark.usefixtures("published")
def test_the_register_of_a_day(repository: Path, on: str, held: list[tuple[int, str]]):
    status, said = by_hand(repository, ON=on)
    rows = said.splitlines()[1:]
    assert status == 0
    assert [row.split()[0] for row in rows] == [an_id(number) for number, _ in held]
    assert all(f"lần {label} " in row for row, (_, label) in zip(rows, held, strict=True))
    assert all(row.endswith(f"QT {number:02}/CX-HCTP") for row, (number, _) in zip(rows, held, strict=True))


@pytest.mark.usefixtures("published")
def test_the_history_of_a_code_with_blanks(repository: Path):
    status, said = by_hand(repository, "QT 01/CX-HCTP")
    assert status == 0
    for told in (
        "Quyết định, ngày ký: 145/QĐ-UBND 2026-12-01",
        "Hiệu lực từ: 2027-03-01",
        "Người phê duyệt: Vũ Văn An; Phó Chủ tịch UBND xã; 2026-12-01T08:00:00Z",
        "Người ký: Vũ Văn An",
        "Mã kiểm tra bản in: token1",
    ):
        assert told in said
    assert said.count("Nội dung: khớp") == 2
    assert said.count("Chữ ký: đúng (ED25519 key SHA256:") == 2
    assert "token2" not in said


@pytest.mark.usefixtures("published")
def test_the_end_of_a_document_and_its_reason(repository: Path):
    status, said = by_hand(repository, an_id(2))
    assert status == 0
    assert "Ngừng áp dụng QT 02/CX-HCTP" in said
    assert "Lý do: Bãi bỏ" in said


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("wanted", ["QT 99", "", "a\\nb", "' OR 1", "--help", "$(id)"])
def test_an_unknown_code_is_not_found(repository: Path, wanted: str):
    assert by_hand(repository, wanted)[0] == 1


def test_a_wrong_call_explains_itself(tmp_path: Path):
    status, said = by_hand(tmp_path)
    assert status == 2
    assert "verify-by-hand.sh KHO" in said


def test_changed_content_is_seen(published: GitStore, repository: Path):
    act, _ = an_issue("e", 1, sequence=3)
    path = f"documents/{an_id(1)[:2]}/{an_id(1)}/content.md"
    message = act.message().encode()
    stream = b"commit refs/heads/main\ncommitter x <> 0 +0000\ndata %d\n%s\nfrom main^0\n" % (
        len(message),
        message,
    )
    stream += b"M 100644 inline %s\ndata 1\nx\n" % path.encode()
    stock_git(repository, "fast-import", "--quiet", stdin=stream)
    status, said = by_hand(repository, an_id(1))
    assert status == 1
    assert said.count("KHÔNG KHỚP") == 1
    assert said.count("Chữ ký: không ký") == 1


@pytest.mark.usefixtures("published")
def test_the_auditors_own_list_of_keys_is_decisive(repository: Path, tmp_path: Path):
    other = tmp_path / "signers"
    other.write_text("")
    status, said = by_hand(repository, an_id(1), SIGNERS=str(other))
    assert status == 1
    assert said.count("Chữ ký: KHÔNG ĐÚNG") == 2
