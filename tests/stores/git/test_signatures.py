"""Signatures that anybody checks with stock git and ssh-keygen."""

from __future__ import annotations

import stat
import subprocess
from pathlib import Path

import pytest

from qms.stores.git import keys
from qms.stores.git.commits import read_commit
from qms.stores.git.errors import CannotSign
from qms.stores.git.store import GitStore
from tests.stores.git.acts import AGENCY, an_issue
from tests.stores.git.processes import stock_git


def signers_of(repository: Path, tmp_path: Path) -> Path:
    signers = tmp_path / "allowed_signers"
    signers.write_text(stock_git(repository, "show", "main:allowed_signers"))
    return signers


def test_stock_git_verifies_every_commit(signed_store: GitStore, repository: Path, tmp_path: Path):
    commits = [signed_store.publish(*an_issue(name, number), {}) for number, name in enumerate("ab")]
    setting = f"gpg.ssh.allowedSignersFile={signers_of(repository, tmp_path)}"
    stock_git(repository, "-c", setting, "verify-commit", *commits)
    shown = stock_git(repository, "-c", setting, "log", "--format=%G? %GS", "main")
    assert shown.split() == ["G", "qms", "G", "qms"]


def test_ssh_keygen_alone_verifies_a_commit(signed_store: GitStore, repository: Path, tmp_path: Path):
    commit = signed_store.publish(*an_issue("a"), {})
    read = read_commit(stock_git(repository, "cat-file", "commit", commit).encode())
    signature = tmp_path / "signature"
    signature.write_text(read.signature or "")
    words = ["ssh-keygen", "-Y", "verify", "-n", "git", "-I", "qms", "-s", str(signature)]
    words += ["-f", str(signers_of(repository, tmp_path))]
    assert b"Good" in subprocess.run(words, input=read.signed, check=True, capture_output=True).stdout
    assert subprocess.run(words, input=read.signed + b"x", capture_output=True, check=False).returncode != 0


def test_the_private_key_is_private_and_made_once(tmp_path: Path):
    key = keys.ensure_key(tmp_path / "key")
    if key is None:
        pytest.skip("ssh-keygen is not on this machine")
    text = key.read_text()
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert keys.ensure_key(key) == key
    assert key.read_text() == text


def test_a_new_key_is_added_and_old_commits_stay_valid(
    signed_store: GitStore, repository: Path, tmp_path: Path
):
    signed_store.publish(*an_issue("a", 1), {})
    second = GitStore(repository, keys.ensure_key(tmp_path / "second"), AGENCY)
    second.publish(*an_issue("b", 2), {})
    assert len(stock_git(repository, "show", "main:allowed_signers").splitlines()) == 2
    assert [finding.code for finding in second.verify()] == ["signer_added"]
    second.close()


def test_an_unsigned_commit_is_no_finding_where_signing_is_off(
    signed_store: GitStore, store: GitStore, repository: Path
):
    store.publish(*an_issue("a", 1), {})
    signed_store.publish(*an_issue("b", 2), {})
    assert list(signed_store.verify()) == []
    store.publish(*an_issue("c", 3), {})
    assert list(store.verify()) == []
    assert [finding.code for finding in signed_store.verify()] == ["unsigned"]


def test_a_signature_over_something_else_is_damage(signed_store: GitStore, repository: Path):
    commit = signed_store.publish(*an_issue("a", 1), {})
    text = stock_git(repository, "cat-file", "commit", commit).replace("Vũ Văn An", "Vũ Văn Em")
    forged = stock_git(
        repository, "hash-object", "-t", "commit", "-w", "--stdin", stdin=text.encode()
    ).strip()
    stock_git(repository, "update-ref", "refs/heads/main", forged)
    assert [finding.code for finding in signed_store.verify()] == ["bad_signature"]


def test_a_key_that_cannot_sign_is_a_clear_fault_and_nothing_is_published(repository: Path, tmp_path: Path):
    broken = tmp_path / "key"
    broken.write_text("no key")
    store = GitStore(repository, broken, AGENCY)
    with pytest.raises(CannotSign):
        store.publish(*an_issue("a"), {})
    assert store.head() is None
    store.close()
