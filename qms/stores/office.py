"""Word files turned into others by LibreOffice where it is installed: own profile, limits, one at a time."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.sax.saxutils import escape

from qms.formats.refusals import Damaged, GaveUp, NoOffice

if sys.platform != "win32":  # elsewhere one process is all that runs
    import fcntl

SECONDS = 60
"""What one conversion may take by the clock and by the processor."""
MAX_WRITTEN = 200 * 1024 * 1024

_LIMITED = (
    "import os, resource, sys\n"
    f"resource.setrlimit(resource.RLIMIT_CPU, ({SECONDS}, {SECONDS}))\n"
    f"resource.setrlimit(resource.RLIMIT_FSIZE, ({MAX_WRITTEN}, {MAX_WRITTEN}))\n"
    "resource.setrlimit(resource.RLIMIT_CORE, (0, 0))\n"
    "os.execv(sys.argv[1], sys.argv[1:])\n"
)
_PROGRAMS = ("soffice", "libreoffice")
_FONT_SETTINGS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{folder}</dir>
  <cachedir>{cache}</cachedir>
  <match target="pattern">
    <test name="family" qual="any"><string>Times New Roman</string></test>
    <edit name="family" mode="assign" binding="strong"><string>Tinos</string></edit>
  </match>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <selectfont><rejectfont>
    <pattern><patelt name="family"><string>Liberation Serif</string></patelt></pattern>
  </rejectfont></selectfont>
</fontconfig>
"""


class Office:
    """The LibreOffice of this machine; ``program`` is where it lies, found on the path if not told.

    ``lock`` is a file by which the processes of an instance wait for one another: it runs once at a time.
    ``fonts`` is a folder with the font that stands for «Times New Roman».
    """

    def __init__(
        self,
        program: str | None = None,
        seconds: float = SECONDS,
        lock: Path | None = None,
        fonts: Path | None = None,
    ) -> None:
        self._fonts = fonts
        self._program = program
        self._seconds = seconds
        self._lock_file = lock
        self._lock = threading.Lock()

    def docx(self, data: bytes) -> bytes:
        """Return an old Word file as ``.docx``; raises ``NoOffice``, ``GaveUp`` or ``Damaged``."""
        return self._made(data, "doc", "docx")

    def pdf(self, data: bytes) -> bytes:
        """Return a ``.docx`` as PDF with its fonts embedded; raises ``NoOffice``, ``GaveUp`` or ``Damaged``."""
        return self._made(data, "docx", "pdf")

    @property
    def there(self) -> bool:
        """Tell whether this machine has it."""
        return self._found() is not None

    def _found(self) -> str | None:
        program = self._program or next(filter(None, map(shutil.which, _PROGRAMS)), None)
        return program if program is not None and Path(program).exists() else None

    def _made(self, data: bytes, suffix: str, wanted: str) -> bytes:
        program = self._found()
        if program is None:
            raise NoOffice
        with self._lock, self._alone(), tempfile.TemporaryDirectory(prefix="qms-office-") as folder:
            return self._converted(program, Path(folder), data, suffix, wanted)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Wait for the other processes; each holds the lock for as long as one conversion may take at most."""
        if self._lock_file is None or sys.platform == "win32":
            yield
            return
        self._lock_file.parent.mkdir(parents=True, exist_ok=True)
        with self._lock_file.open("ab") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            yield

    def _converted(self, program: str, folder: Path, data: bytes, suffix: str, wanted: str) -> bytes:
        (folder / f"in.{suffix}").write_bytes(data)
        command = [
            program,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            *("--headless", "--norestore", "--convert-to", wanted, "--outdir", str(folder / "out")),
            str(folder / f"in.{suffix}"),
        ]
        self._run(
            command if sys.platform == "win32" else [sys.executable, "-I", "-c", _LIMITED, *command], folder
        )
        written = folder / "out" / f"in.{wanted}"
        if not written.is_file():
            raise Damaged(what="LibreOffice không mở được")
        return written.read_bytes()

    def _run(self, command: list[str], folder: Path) -> None:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={"LANG": "C.UTF-8", "PATH": os.defpath, "HOME": str(folder)} | self._font_settings(folder),
            cwd=folder,
            start_new_session=True,
        )
        try:
            process.wait(self._seconds)
        except subprocess.TimeoutExpired:
            raise GaveUp(what="thời gian") from None
        finally:
            _end(process)

    def _font_settings(self, folder: Path) -> dict[str, str]:
        """Let our font stand for «Times New Roman»: others on a server often lack Vietnamese letters."""
        if self._fonts is None:
            return {}
        settings = folder / "fonts.conf"
        cache = escape(str(folder / "fontcache"))
        settings.write_text(_FONT_SETTINGS.format(folder=escape(str(self._fonts)), cache=cache))
        return {"FONTCONFIG_FILE": str(settings)}


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a conversion with all that it started."""
    if process.poll() is None:
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
