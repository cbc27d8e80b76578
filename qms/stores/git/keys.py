"""Ed25519 signatures over commits, made and checked by ``ssh-keygen``: anybody can check them without us.

The private key lies in the instance (mode 0600), the public one in ``allowed_signers`` at the root of a tree.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property, partial
from pathlib import Path
from subprocess import PIPE

from qms.stores.git.errors import CannotSign

PRINCIPAL = "qms"
_PUBLIC = re.compile(r"ssh-ed25519 [A-Za-z0-9+/=]{40,120}")
_ENVIRONMENT = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C"}


def can_sign() -> bool:
    """Tell whether this machine has ``ssh-keygen``."""
    return shutil.which("ssh-keygen", path=_ENVIRONMENT["PATH"]) is not None


def ensure_key(path: Path) -> Path | None:
    """Return the signing key at ``path``, made on first use; None where there is no ``ssh-keygen``."""
    if not can_sign():
        return None
    if not path.exists():
        _keygen("-q", "-t", "ed25519", "-N", "", "-C", PRINCIPAL, "-f", str(path))
        path.chmod(0o600)
    return path


class Signer:
    """A private key in use: signs commits, and knows the line that makes its signatures checkable."""

    def __init__(self, key: Path) -> None:
        self._key = key

    @cached_property
    def line(self) -> str:
        """The line of ``allowed_signers`` for this key; raises ``CannotSign``."""
        match = _PUBLIC.match(_keygen("-y", "-P", "", "-f", str(self._key)).decode("ascii", "replace"))
        if match is None:
            raise CannotSign(reason="khóa ký không phải Ed25519")
        return f'{PRINCIPAL} namespaces="git" {match.group()}\n'

    @contextmanager
    def ready(self) -> Iterator[Callable[[bytes], str]]:
        """Start ``ssh-keygen`` ahead of need and yield what signs one text, as ``git verify-commit`` expects."""
        words = ("ssh-keygen", "-Y", "sign", "-n", "git", "-f", str(self._key))
        try:
            child = subprocess.Popen(words, env=_ENVIRONMENT, stdin=PIPE, stdout=PIPE, stderr=PIPE)
        except OSError as failure:
            raise CannotSign(reason=failure.strerror) from failure
        try:
            yield partial(_signature, child)
        finally:
            child.kill()
            child.communicate()


def _signature(child: subprocess.Popen[bytes], text: bytes) -> str:
    signature, complaint = child.communicate(text)
    if child.returncode != 0:
        raise CannotSign(reason=_first_line(complaint))
    return signature.decode()


def is_signed(text: bytes, signature: str, allowed_signers: str) -> bool:
    """Tell whether the signature is over this text and by one of the allowed signers."""
    with tempfile.TemporaryDirectory() as folder:
        signers, armored = Path(folder, "signers"), Path(folder, "signature")
        signers.write_text(allowed_signers)
        armored.write_text(signature)
        words = ("-Y", "verify", "-n", "git", "-I", PRINCIPAL, "-f", str(signers), "-s", str(armored))
        return _run(words, text).returncode == 0


def _keygen(*words: str) -> bytes:
    ended = _run(words, b"")
    if ended.returncode != 0:
        raise CannotSign(reason=_first_line(ended.stderr))
    return ended.stdout


def _run(words: tuple[str, ...], text: bytes) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            ("ssh-keygen", *words), input=text, env=_ENVIRONMENT, capture_output=True, check=False
        )
    except OSError as failure:
        raise CannotSign(reason=failure.strerror) from failure


def _first_line(complaint: bytes) -> str:
    return complaint.decode("utf-8", "replace").strip().partition("\n")[0]
