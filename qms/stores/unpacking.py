"""Archives other than zip unpacked by ``unar`` or ``bsdtar`` where one is installed: own folder, limits, one level."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from qms.formats.refusals import Damaged, GaveUp, NoUnpacker, TooMuchInside

SECONDS = 60
MOST_FILES = 2000
MOST_BYTES = 200 * 1024 * 1024
FILE_BYTES = 20 * 1024 * 1024

_LIMITED = (
    "import os, resource, sys\n"
    f"resource.setrlimit(resource.RLIMIT_CPU, ({SECONDS}, {SECONDS}))\n"
    f"resource.setrlimit(resource.RLIMIT_FSIZE, ({FILE_BYTES + 1}, {FILE_BYTES + 1}))\n"
    f"resource.setrlimit(resource.RLIMIT_AS, ({1024**3}, {1024**3}))\n"
    "os.execv(sys.argv[1], sys.argv[1:])\n"
)


class Unpacker:
    """The program of this machine that opens RAR archives, found on the path."""

    def files(self, data: bytes) -> list[tuple[str, bytes]]:
        """Return the regular files of an archive by their path; raises ``NoUnpacker`` and other refusals."""
        with tempfile.TemporaryDirectory(prefix="qms-unpack-") as place:
            folder, out = Path(place), Path(place) / "out"
            out.mkdir()
            (folder / "in.rar").write_bytes(data)
            self._run(_command(folder / "in.rar", out), folder)
            return _read(out)

    def _run(self, command: list[str], folder: Path) -> None:
        limited = command if sys.platform == "win32" else [sys.executable, "-I", "-c", _LIMITED, *command]
        process = subprocess.Popen(
            limited,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={"LANG": "C.UTF-8", "PATH": os.defpath, "HOME": str(folder)},
            cwd=folder,
            start_new_session=True,
        )
        try:
            code = process.wait(SECONDS)
        except subprocess.TimeoutExpired:
            raise GaveUp(what="thời gian") from None
        finally:
            if process.poll() is None and sys.platform != "win32":
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        if code != 0:
            raise Damaged(what="không mở được tệp nén")


def _command(archive: Path, out: Path) -> list[str]:
    if unar := shutil.which("unar"):
        return [
            unar,
            "-quiet",
            "-no-directory",
            "-force-overwrite",
            "-output-directory",
            str(out),
            str(archive),
        ]
    if bsdtar := shutil.which("bsdtar"):
        return [bsdtar, "-x", "-f", str(archive), "-C", str(out)]
    raise NoUnpacker


def _read(out: Path) -> list[tuple[str, bytes]]:
    """Read what lies in the folder; links lead out of it and are no files."""
    paths = [path for path in sorted(out.rglob("*")) if path.is_file() and not path.is_symlink()]
    if len(paths) > MOST_FILES or sum(path.stat().st_size for path in paths) > MOST_BYTES:
        raise TooMuchInside(what="quá nhiều tệp hoặc quá nặng")
    return [(path.relative_to(out).as_posix(), path.read_bytes()) for path in paths]
