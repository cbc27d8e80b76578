"""How parent and child speak: frames of a 4-byte length and bytes; a job is a head and its parts."""

from __future__ import annotations

import json
import struct
from dataclasses import asdict, dataclass
from typing import BinaryIO

LENGTH = struct.Struct(">I")
MAX_FRAME = 64 * 1024 * 1024
READY, DONE, REFUSED, LAST_REFUSAL = b"=", b"+", b"-", b"!"
"""First byte of what the child says; after ``LAST_REFUSAL`` it ends itself."""


@dataclass(frozen=True)
class Job:
    """One piece of work for the child: what to do, the file's name, the seconds of CPU it may take."""

    verb: str
    name: str = ""
    cpu_seconds: int = 20
    parts: tuple[bytes, ...] = ()


def pack(job: Job) -> bytes:
    """Return a job as bytes."""
    head = asdict(job)
    head["parts"] = len(job.parts)
    return b"".join(_frame(data) for data in (json.dumps(head).encode(), *job.parts))


def read_job(stream: BinaryIO) -> Job | None:
    """Return the next job, None when the parent has closed the pipe."""
    head = read_frame(stream)
    if head is None:
        return None
    values = json.loads(head)
    parts = tuple(read_frame(stream) or b"" for _ in range(values["parts"]))
    return Job(values["verb"], values["name"], values["cpu_seconds"], parts)


def read_frame(stream: BinaryIO) -> bytes | None:
    """Return the next frame, None at the end."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(head)
    return stream.read(length)


def write_frame(stream: BinaryIO, data: bytes) -> None:
    """Write one frame and flush it."""
    stream.write(_frame(data))
    stream.flush()


def _frame(data: bytes) -> bytes:
    return LENGTH.pack(len(data)) + data
