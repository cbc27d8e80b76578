"""The allow-list: only ids, paths and commits of known shape reach git; every refusal is one ``NotFound``."""

from __future__ import annotations

import re

from qms.errors import NotFound
from qms.model.ids import is_id
from qms.model.published import MANIFEST_NAME, is_document_path

MAIN = "refs/heads/main"
NO_COMMIT = "0" * 40
SIGNERS = "allowed_signers"
_OBJECT = re.compile(r"[0-9a-f]{40}")
_ISSUANCE_FILE = re.compile(r"[a-z0-9](?:[a-z0-9_-]|\.(?!\.|$)){0,99}")


def nothing_there() -> NotFound:
    """Return the one refusal: it does not tell a wrong shape from an absent thing."""
    return NotFound(what="nội dung này trong kho công bố")


def object_id(text: str) -> str:
    """Return a full object id (40 hexadecimal digits) or refuse."""
    if _OBJECT.fullmatch(text) is None:
        raise nothing_there()
    return text


def document_folder(document_id: str) -> str:
    """Return ``documents/ab/abcdefgh`` or refuse."""
    if not is_id(document_id):
        raise nothing_there()
    return f"documents/{document_id[:2]}/{document_id}"


def document_file(document_id: str, name: str) -> str:
    """Return the path in the tree of one file of a document, ``MANIFEST`` included, or refuse."""
    if name != MANIFEST_NAME and not is_document_path(name):
        raise nothing_there()
    return f"{document_folder(document_id)}/{name}"


def issuance_file(issuance_id: str, name: str) -> str:
    """Return ``issuances/<id>/<name>`` or refuse."""
    if not is_id(issuance_id) or _ISSUANCE_FILE.fullmatch(name) is None:
        raise nothing_there()
    return f"issuances/{issuance_id}/{name}"


def checked_issuance_path(path: str) -> str:
    """Return a path handed in as ``issuances/<id>/<name>`` or refuse."""
    folder, _, rest = path.partition("/")
    issuance_id, _, name = rest.partition("/")
    if folder != "issuances":
        raise nothing_there()
    return issuance_file(issuance_id, name)
