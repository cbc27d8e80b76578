"""The search index on Whoosh: one folder, one writer at a time, readers that notice what others wrote."""

from __future__ import annotations

import heapq
import os
import re
import shutil
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import RLock
from time import perf_counter
from typing import Any

from whoosh.index import TOC, FileIndex
from whoosh.reading import TermNotFound
from whoosh.util.filelock import FileLock, try_for
from whoosh.writing import SegmentWriter

from qms.model.search import (
    Hit,
    IndexBusy,
    IndexDamaged,
    IndexEntry,
    IndexOutdated,
    RevisionKey,
    SearchQuery,
    SearchResult,
)
from qms.stores.index.apart import LARGE, written_apart
from qms.stores.index.bags import bags
from qms.stores.index.damage import reading, writing
from qms.stores.index.files import (
    FAMILY,
    INDEX_NAME,
    CarefulStorage,
    merge_crowds,
    schema,
)
from qms.stores.index.letters import code_key, compose, fold
from qms.stores.index.passages import passage
from qms.stores.index.postings import BatchPostings, LeanCodec
from qms.stores.index.question import Question, pairs, read_question
from qms.stores.index.ranking import Ranked, rank
from qms.stores.index.snapshot import Snapshot

WAIT_SECONDS = 60
"""How long a writer waits for another one."""

_STATE = re.compile(rf"_({FAMILY}\d+)_(\d+)\.toc")
State = tuple[int, int, int, int]


class WhooshIndex:
    """``SearchIndex`` in a folder of its own, private because its files are pickles."""

    def __init__(self, folder: Path, wait_seconds: float = WAIT_SECONDS) -> None:
        self._folder = folder
        self._wait = wait_seconds
        self._turn = RLock()
        self._state: State | None = None
        self._snapshot: Snapshot | None = None

    def add(self, entries: Sequence[IndexEntry]) -> None:
        """Make the entries findable, each instead of the one with the same key; all or none."""
        if len(entries) < LARGE or not written_apart(self._folder, entries, self._wait):
            self.add_here(entries)

    def add_here(self, entries: Sequence[IndexEntry]) -> None:
        """Do the same in this process, however many they are."""
        latest = {entry.key: entry for entry in entries}
        if not latest:
            return
        with self._writer() as writer:
            _forget(writer, latest)
            for entry in latest.values():
                _add(writer, entry)

    def remove(self, keys: Collection[RevisionKey]) -> None:
        """Forget these revisions; one that is not there is no error."""
        if keys and self._current() is not None:
            with self._writer() as writer:
                _forget(writer, keys)

    def search(self, query: SearchQuery) -> SearchResult:
        """Answer a question; an odd text finds little or nothing, it never raises."""
        began = perf_counter()
        with self._turn:
            snapshot = self._current()
            if snapshot is None:
                return SearchResult(0)
            question = read_question(query.text, snapshot.codes_like)
            ranked = _ranked(query, question, snapshot)
            hits = tuple(_hits(ranked, question, snapshot))
        return SearchResult(ranked.total, hits, (perf_counter() - began) * 1000)

    def mentioning(self, text: str) -> frozenset[RevisionKey]:
        """Return the revisions in whose text these words stand side by side; fewer than two words find nothing."""
        together = pairs(compose(text))
        with self._turn:
            snapshot = self._current() if together else None
            if snapshot is None:
                return frozenset()
            numbers = set.intersection(*({*snapshot.holders(("pair", pair))} for pair in together))
            return frozenset(snapshot.keys[number] for number in numbers if number in snapshot.keys)

    def keys(self) -> frozenset[RevisionKey]:
        """Return what is indexed, to be compared with what should be."""
        with self._turn:
            snapshot = self._current()
            return frozenset(snapshot.keys.values()) if snapshot else frozenset()

    def clear(self) -> None:
        """Throw the index away, whatever its state, and begin an empty one."""
        with self._alone(), writing():
            for path in self._folder.iterdir():
                if path.name.startswith((FAMILY, f"_{FAMILY}")):
                    shutil.rmtree(path) if path.is_dir() else path.unlink()
            TOC.create(CarefulStorage(self._folder), schema(), INDEX_NAME)

    def close(self) -> None:
        """Let go of files; the index is not used afterwards."""
        with self._turn:
            snapshot, self._snapshot, self._state = self._snapshot, None, None
            if snapshot is not None:
                snapshot.close()

    def _current(self) -> Snapshot | None:
        with self._turn:
            state = self._latest_state()
            while state != self._state or state is None:
                self.close()
                if state is None:
                    return None
                try:
                    self._snapshot = self._open()
                except IndexDamaged:
                    tried, state = state, self._latest_state()
                    if state == tried:
                        raise
                else:
                    self._state = state
            return self._snapshot

    def _open(self) -> Snapshot:
        with self._reading() as storage:
            return Snapshot(FileIndex(storage, indexname=INDEX_NAME).reader())

    @contextmanager
    def _reading(self) -> Iterator[CarefulStorage]:
        storage = CarefulStorage(self._folder)
        try:
            with reading():
                yield storage
        except BaseException:
            storage.close_opened()
            raise

    def _latest_state(self) -> State | None:
        """The newest table of contents, told apart from one of the same number before a ``clear``.

        The process belongs to it: a forked one must not read through files whose places it shares.
        """
        with reading():
            while self._folder.is_dir():
                tables = [match for path in self._folder.iterdir() if (match := _STATE.fullmatch(path.name))]
                own = [int(match[2]) for match in tables if match[1] == INDEX_NAME]
                if tables and not own:
                    raise IndexOutdated
                if not own:
                    return None
                # gone when another process has just written a newer one: look again
                with suppress(FileNotFoundError):
                    stat = (self._folder / f"_{INDEX_NAME}_{max(own)}.toc").stat()
                    return max(own), stat.st_mtime_ns, stat.st_ino, os.getpid()
        return None

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with writing():
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = FileLock(str(self._folder / "writer.lock"))
        if not try_for(lock.acquire, timeout=self._wait, delay=0.05):
            raise IndexBusy(seconds=round(self._wait))
        try:
            yield
        finally:
            lock.release()

    @contextmanager
    def _writer(self) -> Iterator[Any]:
        with self._alone():
            if self._latest_state() is None:
                with writing():
                    TOC.create(CarefulStorage(self._folder), schema(), INDEX_NAME)
            with self._reading() as storage:
                # Whoosh's own lock would outlive a commit that failed; ours is held already
                index = FileIndex(storage, indexname=INDEX_NAME)
                writer = SegmentWriter(index, codec=LeanCodec(), _lk=False)
            writer.pool = BatchPostings()
            try:
                yield writer
            except BaseException:
                writer.cancel()
                raise
            with writing():
                writer.commit(mergetype=merge_crowds)


def _ranked(query: SearchQuery, question: Question, snapshot: Snapshot) -> Ranked:
    allowed = snapshot.allowed(query.within) if query.within else snapshot.everything
    for terms in _narrowing(query):
        allowed &= {number for term in terms for number in snapshot.holders(term)}
    if question.groups:
        return rank(question, snapshot, allowed, query.limit)
    if query.text.strip() or not (query.within or query.unit or query.types or query.cites):
        return Ranked(0)
    listed = heapq.nsmallest(query.limit, allowed, key=snapshot.keys.__getitem__)
    return Ranked(len(allowed), tuple((number, 0.0) for number in listed))


def _narrowing(query: SearchQuery) -> Iterator[Iterable[tuple[str, str]]]:
    if query.unit:
        yield [("unit", query.unit)]
    if query.types:
        yield [("type", kind.value) for kind in query.types]
    if query.cites:
        yield [("cites", code_key(query.cites))]


def _hits(ranked: Ranked, question: Question, snapshot: Snapshot) -> Iterator[Hit]:
    for number, score in ranked.best:
        document_id, sequence = snapshot.keys[number]
        yield Hit(document_id, sequence, score, passage(*snapshot.body(number), question.shown))


def _add(writer: Any, entry: IndexEntry) -> None:
    """What Whoosh's ``add_document`` does, but bag by bag instead of term by term."""
    number, document, schema = writer.docnum, writer.perdocwriter, writer.schema
    found, name = bags(entry), _name(entry.key)
    document.start_doc(number)
    for field, text in _texts(entry.body).items():
        document.add_field(field, schema[field], text, 0)
    document.add_column_value("key", schema["key"].column_type, schema["key"].to_column_value(name))
    for field, bag in found.items():
        if schema[field].scorable:
            document.add_field(field, schema[field], None, sum(bag.values()))
    document.finish_doc()
    for field, bag in (found | {"key": {name: 1}}).items():
        writer.pool.add_bag(field, bag, number)
    writer.docnum, writer._added = number + 1, True


def _forget(writer: Any, keys: Iterable[RevisionKey]) -> None:
    with reading():
        reader = writer.reader()
        leaves = list(reader.leaf_readers()) if reader.doc_count_all() else []
        for key in keys:
            for leaf, offset in leaves:
                for number in _numbered(leaf, key):
                    writer.delete_document(number + offset)
        reader.close()


def _numbered(leaf: Any, key: RevisionKey) -> list[int]:
    try:
        return list(leaf.postings("key", _name(key)).all_ids())
    except TermNotFound:
        return []


def _name(key: RevisionKey) -> str:
    return f"{key[0]}/{key[1]}"


def _texts(body: str) -> dict[str, str]:
    text = unicodedata.normalize("NFC", body)
    return {"body": text, "bare": fold(text)}  # Whoosh compresses what it stores
