"""What any published record must do: the real one, signed or not, and the stand-in of the use-case tests."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor

import pytest

from qms.errors import NotFound
from qms.model.enums import ItemRole
from qms.model.published import MANIFEST_NAME, BadFolder, Manifest
from qms.stores.git.errors import NotTheDecidedContent
from qms.stores.git.store import GitStore
from tests.fakes import FakeGitStore
from tests.stores.git.acts import a_document, a_folder, an_act, an_id, an_issue

Record = GitStore | FakeGitStore


@pytest.fixture(params=["store", "signed_store", "fake"])
def record(request: pytest.FixtureRequest) -> Record:
    return FakeGitStore() if request.param == "fake" else request.getfixturevalue(request.param)


def test_an_empty_record_has_no_head_and_no_acts(record: Record):
    assert record.head() is None
    assert list(record.acts()) == []
    assert list(record.verify()) == []


def test_a_published_act_is_read_back_exactly(record: Record):
    act, trees = an_issue("a", 1, 2)
    commit = record.publish(act, trees, {})
    assert record.head() == commit
    assert list(record.acts()) == [(commit, act)]
    assert record.files(commit, an_id(1)) == trees[an_id(1)]
    assert record.read(commit, an_id(2), "meta.yaml") == trees[an_id(2)]["meta.yaml"]
    assert list(record.verify()) == []


def test_the_manifest_lies_beside_the_files(record: Record):
    act, trees = an_issue("a", 1)
    commit = record.publish(act, trees, {})
    text = record.read(commit, an_id(1), MANIFEST_NAME)
    assert hashlib.sha256(text).hexdigest() == act.documents[0].line.content_sha256
    assert record.manifest(commit, an_id(1)) == Manifest.of(trees[an_id(1)])


def test_acts_come_in_the_order_of_publication(record: Record):
    commits = [record.publish(*an_issue(name, number), {}) for number, name in enumerate("abc")]
    assert [commit for commit, _ in record.acts()] == commits
    assert [commit for commit, _ in record.acts(after=commits[0])] == commits[1:]
    assert list(record.acts(after=commits[-1])) == []


def test_publishing_the_same_act_again_changes_nothing(record: Record):
    act, trees = an_issue("a", 1)
    first = record.publish(act, trees, {})
    second = record.publish(*an_issue("b", 2), {}, since=first)
    assert record.publish(act, trees, {}) == first
    assert record.head() == second


def test_a_new_revision_replaces_the_whole_folder_and_the_old_stays_readable(record: Record):
    old = a_folder("cũ") | {"attachments/bm-01.docx": b"PK"}
    first = record.publish(an_act("a", a_document(1, old)), {an_id(1): old}, {})
    new = a_folder("mới")
    second = record.publish(an_act("b", a_document(1, new, 2, ItemRole.REPLACES)), {an_id(1): new}, {})
    assert record.files(first, an_id(1)) == old
    assert record.files(second, an_id(1)) == new
    with pytest.raises(NotFound):
        record.read(second, an_id(1), "attachments/bm-01.docx")


def test_a_retirement_leaves_the_files_where_they_are(record: Record):
    act, trees = an_issue("a", 1)
    record.publish(act, trees, {})
    retired = a_document(1, trees[an_id(1)], role=ItemRole.RETIRES)
    commit = record.publish(an_act("b", retired, act="retire", reason="Luật đã hết hiệu lực"), {}, {})
    assert record.files(commit, an_id(1)) == trees[an_id(1)]
    assert [act.act for _, act in record.acts()] == ["issue", "retire"]
    assert list(record.verify()) == []


def test_what_was_never_published_cannot_be_retired(record: Record):
    with pytest.raises(NotFound):
        record.publish(an_act("a", a_document(1, a_folder(), role=ItemRole.RETIRES), act="retire"), {}, {})
    assert record.head() is None


def test_a_later_scan_is_an_act_of_its_own(record: Record):
    act, trees = an_issue("a", 1)
    record.publish(act, trees, {})
    scan = b"%PDF-1.7 scan"
    attach = an_act(
        "x", act="attach", issuance_id=act.issuance_id, scan_sha256=hashlib.sha256(scan).hexdigest()
    )
    commit = record.publish(attach, {}, {f"issuances/{act.issuance_id}/scan.pdf": scan})
    assert record.read_issuance_file(commit, act.issuance_id, "scan.pdf") == scan
    assert record.files(commit, an_id(1)) == trees[an_id(1)]
    assert list(record.verify()) == []


@pytest.mark.parametrize(
    "extra",
    [
        {"issuances/1abcdefg/scan.pdf": b"other"},
        {},
    ],
)
def test_a_scan_other_than_the_one_named_is_refused(record: Record, extra: dict[str, bytes]):
    act = an_act("x", act="attach", issuance_id="1abcdefg", scan_sha256="b" * 64)
    with pytest.raises(NotTheDecidedContent):
        record.publish(act, {}, extra)


@pytest.mark.parametrize(
    "path",
    [
        "issuances/../allowed_signers",
        "allowed_signers",
        "issuances/1abcdefg/Quyết định.pdf",
        "issuances/1abcdefg/a/b",
        "documents/aa/aaaaaaaa/meta.yaml",
        "/issuances/1abcdefg/scan.pdf",
    ],
)
def test_an_extra_file_lies_with_its_issuance_or_nowhere(record: Record, path: str):
    with pytest.raises(NotFound):
        record.publish(an_act("x", act="attach", issuance_id="1abcdefg"), {}, {path: b""})


def test_a_scan_of_another_issuance_is_refused(record: Record):
    with pytest.raises(NotTheDecidedContent):
        record.publish(an_act("x", issuance_id="2abcdefg"), {}, {"issuances/1abcdefg/scan.pdf": b""})


def test_files_other_than_those_decided_are_refused(record: Record):
    act, trees = an_issue("a", 1)
    changed = {an_id(1): trees[an_id(1)] | {"meta.yaml": b"title: khac\n"}}
    for wrong in (changed, {}, trees | {an_id(2): a_folder()}):
        with pytest.raises(NotTheDecidedContent):
            record.publish(act, wrong, {})
    assert record.head() is None


def test_a_file_that_no_document_may_hold_is_refused(record: Record):
    act, trees = an_issue("a", 1)
    with pytest.raises(BadFolder):
        record.publish(act, {an_id(1): trees[an_id(1)] | {"../../hooks/update": b"#!/bin/sh"}}, {})


@pytest.mark.parametrize(
    ("commit", "document_id", "name"),
    [
        ("HEAD", "1", "meta.yaml"),
        ("main", None, "meta.yaml"),
        ("0" * 40, None, "meta.yaml"),
        (None, "../../ab", "meta.yaml"),
        (None, "zzzzzzzz", "meta.yaml"),
        (None, None, "../meta.yaml"),
        (None, None, "content.docx"),
        (None, None, "meta.yaml\nHEAD"),
        (None, None, ""),
        (None, None, "attachments"),
        ("--help", None, "meta.yaml"),
    ],
)
def test_every_refusal_to_read_is_the_same(
    record: Record, commit: str | None, document_id: str | None, name: str
):
    known = record.publish(*an_issue("a", 1), {})
    with pytest.raises(NotFound) as refusal:
        record.read(commit or known, document_id or an_id(1), name)
    assert str(refusal.value) == "Không tìm thấy nội dung này trong kho công bố."


@pytest.mark.parametrize("after", ["0" * 40, "HEAD", "", "--all"])
def test_acts_after_an_unknown_commit_are_refused(record: Record, after: str):
    record.publish(*an_issue("a", 1), {})
    with pytest.raises(NotFound):
        list(record.acts(after))


def test_threads_may_read_and_publish_at_once(record: Record):
    first = record.publish(*an_issue("a", 1), {})
    expected = record.files(first, an_id(1))
    with ThreadPoolExecutor(8) as pool:
        reads = [pool.submit(record.files, first, an_id(1)) for _ in range(40)]
        writes = [pool.submit(record.publish, *an_issue(f"w{n}", 10 + n), {}) for n in range(8)]
        assert all(read.result() == expected for read in reads)
        published = {write.result() for write in writes}
    assert {commit for commit, _ in record.acts(after=first)} == published
    assert len(published) == 8


def test_reading_goes_on_after_maintenance(record: Record):
    act, trees = an_issue("a", 1, 2)
    commit = record.publish(act, trees, {})
    record.read(commit, an_id(1), "meta.yaml")
    record.maintenance()
    assert record.files(commit, an_id(2)) == trees[an_id(2)]
    later = record.publish(*an_issue("b", 1, sequence=2), {})
    assert record.files(later, an_id(2)) == trees[an_id(2)]
    assert list(record.verify()) == []


def test_many_files_are_read_in_the_order_asked_for(record: Record):
    act, trees = an_issue("a", *range(1, 120))
    commit = record.publish(act, trees, {})
    asked = [(commit, an_id(n), name) for n in range(119, 0, -1) for name in ("meta.yaml", "content.md")]
    assert record.read_all(asked) == [trees[document][name] for _, document, name in asked]
    with pytest.raises(NotFound):
        record.read_all([*asked[:3], (commit, an_id(500), "meta.yaml"), asked[4]])
    assert record.read_all(asked[:2]) == [trees[an_id(119)]["meta.yaml"], trees[an_id(119)]["content.md"]]
