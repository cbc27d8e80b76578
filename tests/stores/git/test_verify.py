"""What ``verify`` must see when somebody has been at the repository without us."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from qms.model.enums import FindingLevel, ItemRole
from qms.model.published import MANIFEST_NAME, Manifest, PublishedAct
from qms.stores.git.store import GitStore
from tests.stores.git.acts import a_document, a_folder, an_act, an_id, an_issue
from tests.stores.git.processes import stock_git


def commit_besides(
    repository: Path, message: str, files: Mapping[str, bytes | None], at: int = 0, parents: str = "main^0"
) -> None:
    """Make a commit with stock ``git fast-import``, as an intruder with access to the folder could."""
    text = message.encode()
    stream = [b"commit refs/heads/main\ncommitter x <> %d +0000\ndata %d\n%s\n" % (at, len(text), text)]
    stream += [
        b"%s %s\n" % (b"merge" if n else b"from", each.encode()) for n, each in enumerate(parents.split())
    ]
    for path, data in files.items():
        if data is None:
            stream.append(b"D %s\n" % path.encode())
        else:
            stream.append(b"M 100644 inline %s\ndata %d\n%s\n" % (path.encode(), len(data), data))
    stock_git(repository, "fast-import", "--quiet", "--force", stdin=b"".join(stream))


def besides(repository: Path, act: PublishedAct, files: Mapping[str, bytes | None]) -> None:
    commit_besides(repository, act.message(), files, int(act.at.timestamp()))


def folder_of(number: int) -> str:
    return f"documents/{an_id(number)[:2]}/{an_id(number)}"


@pytest.fixture
def published(store: GitStore) -> tuple[PublishedAct, dict[str, bytes]]:
    act, trees = an_issue("a", 1)
    store.publish(act, trees, {})
    return act, dict(trees[an_id(1)])


def codes(store: GitStore) -> list[str]:
    findings = list(store.verify())
    assert all(finding.level is FindingLevel.DAMAGE for finding in findings)
    return [finding.code for finding in findings]


@pytest.mark.usefixtures("published")
def test_a_commit_that_is_no_act_is_found(store: GitStore, repository: Path):
    commit_besides(repository, "wip", {})
    assert codes(store) == ["unreadable_act"]


def test_the_same_key_twice_is_found(store: GitStore, repository: Path, published):
    besides(repository, published[0], {})
    assert codes(store) == ["key_used_twice"]


@pytest.mark.usefixtures("published")
def test_a_back_dated_commit_is_found(store: GitStore, repository: Path):
    commit_besides(repository, an_act("b", act="attach").message(), {}, at=1)
    assert codes(store) == ["time_differs"]


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(
    "path", ["readme.txt", f"{folder_of(1)}/extra.md", f"{folder_of(7)}/meta.yaml", "issuances/x"]
)
def test_a_file_that_no_act_brought_is_found(store: GitStore, repository: Path, path: str):
    besides(repository, an_act("b", act="attach"), {path: b"x"})
    assert codes(store) == ["unknown_file"]


@pytest.mark.usefixtures("published")
def test_a_removed_document_is_found(store: GitStore, repository: Path):
    besides(repository, an_act("b", act="attach"), {"documents": None})
    assert codes(store) == ["unknown_file"]


def test_content_changed_under_cover_of_a_retirement_is_found(store: GitStore, repository: Path, published):
    _, files = published
    other = a_folder("khác")
    changed = {**other, MANIFEST_NAME: Manifest.of(other).text().encode()}
    act = an_act("b", a_document(1, files, role=ItemRole.RETIRES), act="retire")
    besides(repository, act, {f"{folder_of(1)}/{path}": data for path, data in changed.items()})
    assert set(codes(store)) == {"unknown_file"}


def test_a_file_that_differs_from_the_manifest_is_found(store: GitStore, repository: Path, published):
    act, _ = published
    again = an_act("b", *act.documents)
    besides(repository, again, {f"{folder_of(1)}/content.md": b"other"})
    assert codes(store) == ["file_differs"]


def test_a_missing_and_an_unlisted_file_are_found(store: GitStore, repository: Path, published):
    act, _ = published
    changes = {f"{folder_of(1)}/meta.yaml": None, f"{folder_of(1)}/attachments/x.docx": b"x"}
    besides(repository, an_act("b", *act.documents), changes)
    assert codes(store) == ["file_differs", "file_differs"]


@pytest.mark.usefixtures("published")
def test_a_manifest_other_than_the_decided_is_found(store: GitStore, repository: Path):
    besides(repository, an_act("b", a_document(1, a_folder("khác"), 2, ItemRole.REPLACES)), {})
    assert codes(store) == ["manifest_differs"]


@pytest.mark.usefixtures("published")
def test_an_act_about_a_revision_never_issued_is_found(store: GitStore, repository: Path):
    besides(repository, an_act("b", a_document(1, a_folder("khác"), role=None), act="withdraw"), {})
    assert codes(store) == ["refers_to_nothing"]


def test_one_revision_with_two_contents_is_found(store: GitStore, published):
    other = a_folder("khác")
    store.publish(an_act("b", a_document(1, other)), {an_id(1): other}, {})
    assert codes(store) == ["revision_changed"]


@pytest.mark.usefixtures("published")
def test_a_scan_that_is_not_there_is_found(store: GitStore, repository: Path):
    act = an_act("b", act="attach", scan_sha256="b" * 64)
    besides(repository, act, {f"issuances/{act.issuance_id}/scan.pdf": b"x"})
    assert codes(store) == ["scan_differs"]


@pytest.mark.usefixtures("published")
def test_a_merge_is_found(store: GitStore, repository: Path):
    first = store.head()
    store.publish(*an_issue("b", 2), {})
    act = an_act("c", act="attach")
    commit_besides(repository, act.message(), {}, int(act.at.timestamp()), f"main^0 {first}")
    assert codes(store) == ["not_linear"]


@pytest.mark.usefixtures("published")
def test_a_link_in_place_of_a_file_is_found(store: GitStore, repository: Path):
    act = an_act("b", act="attach")
    commit_besides(
        repository, act.message(), {f"issuances/{act.issuance_id}/scan.pdf": b"x"}, int(act.at.timestamp())
    )
    blob = stock_git(repository, "rev-parse", f"main:issuances/{act.issuance_id}/scan.pdf").strip()
    text = an_act("c", act="attach", issuance_id=act.issuance_id)
    stream = (
        f"commit refs/heads/main\ncommitter x <> {int(text.at.timestamp())} +0000\n"
        f"data {len(text.message().encode())}\n{text.message()}\nfrom main^0\n"
        f"M 120000 {blob} issuances/{act.issuance_id}/link\n"
    )
    stock_git(repository, "fast-import", "--quiet", stdin=stream.encode())
    assert codes(store) == ["unknown_file"]


def test_a_damaged_object_is_found(store: GitStore, repository: Path, published):
    blob = stock_git(repository, "rev-parse", f"main:{folder_of(1)}/content.md").strip()
    path = repository / "objects" / blob[:2] / blob[2:]
    path.chmod(0o644)
    path.write_bytes(b"x" * 30)
    assert {"fsck"} <= set(codes(store))


def test_a_missing_object_is_found(store: GitStore, repository: Path, published):
    tree = stock_git(repository, "rev-parse", "main:documents").strip()
    (repository / "objects" / tree[:2] / tree[2:]).unlink()
    assert {"fsck", "unreadable"} <= set(codes(store))


def test_rewritten_signers_are_found(signed_store: GitStore, repository: Path):
    signed_store.publish(*an_issue("a", 1), {})
    besides(
        repository, an_act("b", act="attach"), {"allowed_signers": b'qms namespaces="git" ssh-ed25519 AAAA\n'}
    )
    assert {"signers_rewritten", "bad_signature"} <= {finding.code for finding in signed_store.verify()}


def test_what_a_crash_left_behind_is_no_finding(store: GitStore, published):
    def die(step: str) -> None:
        if step == "write_commit":
            raise InterruptedError

    with pytest.raises(InterruptedError):
        store.publish(*an_issue("b", 2), {}, after_step=die)
    assert codes(store) == []
