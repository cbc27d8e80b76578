"""LibreOffice as tests use it: real papers written as real PDF, where it is installed."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

from tests.conftest import skip_or_fail

SECONDS = 120


def converted(docx: bytes, folder: Path, kind: str = "pdf", **options: str) -> bytes:
    """Return a DOCX paper as another format, or skip where LibreOffice is not installed."""
    if shutil.which("soffice") is None:
        skip_or_fail("LibreOffice (soffice) is not installed")
    (folder / "paper.docx").write_bytes(docx)
    settings = {name: _typed(value) for name, value in options.items()}
    wanted = f"{kind}:writer_pdf_Export:{json.dumps(settings)}" if options else kind
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", wanted, "--outdir", ".", "paper.docx"],
        check=True,
        capture_output=True,
        timeout=SECONDS,
        cwd=folder,
    )
    return (folder / f"paper.{kind}").read_bytes()


def _typed(value: str) -> dict[str, str]:
    return {"type": "boolean" if value == "true" else "string", "value": value}
