"""What a damaged index looks like from outside, told as one error."""

from __future__ import annotations

import pickle
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from whoosh.index import IndexVersionError

from qms.errors import Fault
from qms.model.search import IndexDamaged, IndexOutdated

_SIGNS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    ImportError,
    LookupError,
    MemoryError,
    OSError,
    TypeError,
    ValueError,
    pickle.UnpicklingError,
    struct.error,
    zlib.error,
)
"""What reading torn pickles, offsets and compressed blocks raises (each was seen when bytes were changed)."""


@contextmanager
def reading() -> Iterator[None]:
    """Let what reading the files raises come out as ``IndexDamaged``; raises ``Fault`` where rights are missing."""
    try:
        yield
    except PermissionError as error:
        raise Fault(
            reason="không có quyền đọc thư mục chỉ mục tìm kiếm; hãy kiểm tra quyền truy cập."
        ) from error
    except IndexVersionError as error:
        raise IndexOutdated from error
    except _SIGNS as error:
        raise IndexDamaged from error
    except Exception as error:
        # Whoosh tells wrong marks in its files by errors of its own and by bare ones
        kind = type(error)
        if kind is Exception or kind.__module__.startswith("whoosh."):
            raise IndexDamaged from error
        raise


@contextmanager
def writing() -> Iterator[None]:
    """Let a disk that takes no more, or not from us, come out as ``Fault``."""
    try:
        yield
    except OSError as error:
        reason = f"không ghi được chỉ mục tìm kiếm ({error.strerror}); hãy kiểm tra ổ đĩa và quyền truy cập."
        raise Fault(reason=reason) from error
