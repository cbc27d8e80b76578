"""Trees and commits as pure functions give what stock git gives."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms.stores.git.commits import add_signature, read_commit, write_commit
from qms.stores.git.errors import StoreUnreadable
from qms.stores.git.loose import GitObject
from qms.stores.git.trees import Entry, TreeBuilder, blob, changed_files, nested, read_tree, write_tree
from tests.stores.git.processes import stock_git

AT = datetime(2026, 12, 1, 8, tzinfo=UTC)
ids = st.text("0123456789abcdef", min_size=40, max_size=40)
names = st.text("abc.-01", min_size=1, max_size=4).filter(lambda name: name not in (".", ".."))
entries = st.dictionaries(names, st.builds(Entry, st.sampled_from(["100644", "40000"]), ids), max_size=12)


@given(entries)
def test_a_tree_is_read_as_it_was_written(tree: dict[str, Entry]):
    assert read_tree(write_tree(tree)) == tree


@pytest.mark.parametrize(
    "broken", [b"x", b"100644 a\0", b"100644 a\0" + b"1" * 19, b"100644 a\0" + b"1" * 21]
)
def test_a_broken_tree_is_unreadable(broken: bytes):
    with pytest.raises(StoreUnreadable):
        read_tree(broken)


def test_the_order_of_names_is_that_of_git(repository: Path):
    empty = stock_git(repository, "hash-object", "-w", "--stdin", stdin=b"").strip()
    folder = stock_git(repository, "mktree", stdin=b"").strip()
    tree = {"a": Entry("40000", folder), "a.b": blob(empty), "a-b": blob(empty), "a0": blob(empty)}
    lines = [
        f"{'040000 tree' if e.is_folder else '100644 blob'} {e.id}\t{name}\n" for name, e in tree.items()
    ]
    assert (
        GitObject.of("tree", write_tree(tree)).id
        == stock_git(repository, "mktree", stdin="".join(lines).encode()).strip()
    )


def test_grafting_touches_only_what_is_named():
    one, two, three = (blob(digit * 40) for digit in "123")
    first = TreeBuilder(lambda id: b"")
    base = first.graft(None, nested({"d/aa/x": one, "d/bb/y": two}))
    stored = {each.id: each.data for each in first.made}
    second = TreeBuilder(stored.__getitem__)
    top = second.graft(base.id, nested({"d/bb/z": three}))
    stored |= {each.id: each.data for each in second.made}
    assert len(second.made) == 3
    changed = changed_files(lambda id: read_tree(stored[id]), base.id, top.id)
    assert list(changed) == [("d/bb/z", three)]
    gone = changed_files(lambda id: read_tree(stored[id]), top.id, base.id)
    assert list(gone) == [("d/bb/z", None)]


def test_a_signature_can_be_taken_off_again():
    text = write_commit("1" * 40, "2" * 40, ("Mai", "UBND"), AT, "Ban hành\n\ngpgsig none\n")
    read = read_commit(add_signature(text, "-----BEGIN-----\nabc\n-----END-----\n"))
    assert read.signed == text
    assert read.signature == "-----BEGIN-----\nabc\n-----END-----"
    assert (read.tree, read.parents, read.at) == ("1" * 40, ("2" * 40,), AT)
    assert read_commit(text).signature is None


@pytest.mark.parametrize("broken", [b"", b"tree x\n\nmessage", b"tree x\ncommitter y\n\nm"])
def test_a_broken_commit_is_unreadable(broken: bytes):
    with pytest.raises(StoreUnreadable):
        read_commit(broken)
