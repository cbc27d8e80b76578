"""A published record of any size, made quickly by ``git fast-import`` from the same acts that we would publish."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path

from qms.model.enums import ItemRole
from qms.model.ids import CROCKFORD
from qms.model.published import MANIFEST_NAME, DocumentAct, DocumentLine, Manifest, PublishedAct
from qms.stores.git.shapes import document_folder
from tests.stores.git.acts import AT, MAI, Trees, a_key, an_act

PER_ACT = 35
"""Documents of one decision, as in the real packages."""


def acts_of(documents: int, size: int, seed: int = 1) -> Iterator[tuple[PublishedAct, Trees]]:
    """Yield acts that issue so many documents, each with a body of ``size`` bytes that does not compress."""
    chance = random.Random(seed)
    for first in range(0, documents, PER_ACT):
        count = min(PER_ACT, documents - first)
        yield one_act(chance, f"{seed}-{first}", count, size, first)


def one_act(
    chance: random.Random, name: str, count: int, size: int, number: int = 0
) -> tuple[PublishedAct, Trees]:
    """An act that issues ``count`` new documents: a DOCX master, what was received, and the meta."""
    trees = {}
    for each in range(count):
        document_id = "".join(chance.choices(CROCKFORD, k=8))
        meta = f"code: QT {number + each}\ntitle: Quy trình {number + each}\n".encode()
        content, source = chance.randbytes(size), chance.randbytes(size)
        trees[document_id] = {"content.docx": content, "source.docx": source, "meta.yaml": meta}
    documents = tuple(_document(id, f"QT {number + n}", files) for n, (id, files) in enumerate(trees.items()))
    at = AT + timedelta(minutes=number)
    return an_act(name, *documents, publish_key=a_key(name), at=at), trees


def _document(document_id: str, code: str, files: dict[str, bytes]) -> DocumentAct:
    line = DocumentLine(document_id, 1, "01.00", Manifest.of(files).content_sha256, code)
    return DocumentAct(line, ItemRole.NEW, MAI, (MAI,), (MAI,))


def import_acts(repository: Path, acts: Iterable[tuple[PublishedAct, Trees]]) -> None:
    """Put these acts on ``main`` of an empty repository without our protocol (for benchmarks only)."""
    command = ["git", "--git-dir", str(repository), "fast-import", "--quiet"]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as process:
        assert process.stdin
        for act, trees in acts:
            process.stdin.writelines(_stream(act, trees))
        process.stdin.close()
    assert process.returncode == 0


def _stream(act: PublishedAct, trees: Trees) -> Iterator[bytes]:
    message = act.message().encode()
    yield b"commit refs/heads/main\ncommitter qms <> %d +0000\n" % act.at.timestamp()
    yield b"data %d\n%s\n" % (len(message), message)
    for document_id, files in trees.items():
        for name, data in {**files, MANIFEST_NAME: Manifest.of(files).text().encode()}.items():
            path = f"{document_folder(document_id)}/{name}".encode()
            yield b"M 100644 inline %s\ndata %d\n%s\n" % (path, len(data), data)
