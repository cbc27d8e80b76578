"""Twenty-six real procedures and the scan of a decision under control, then the next package, by forms alone."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from docx import Document

from qms.bootstrap import QMS
from qms.jobs.runner import drain
from qms.usecases import registering
from tests.functional.web.conftest import Browser
from tests.papers import word_paper

PDF = b"%PDF-1.7\n% ban quet quyet dinh\n%%EOF\n"
EDITED = 3


def packed(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def edited(data: bytes) -> bytes:
    """Return a paper with one more sentence at its end, as an office changes it in Word."""
    paper = Document(io.BytesIO(data))
    paper.add_paragraph("Hồ sơ nộp trực tuyến được tiếp nhận như hồ sơ nộp trực tiếp.")
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def hand_in(qms: QMS, officer: Browser, files: Mapping[str, bytes]) -> str:
    answer = officer.post("/packages", {"files": (io.BytesIO(packed(files)), "goi.zip")})
    assert answer.status_code == 302
    # the test client spools a large body to disk and leaves the file to us
    answer.request.environ["wsgi.input"].close()
    drain(qms)
    return answer.headers["Location"]


def counted(page: str) -> dict[str, int]:
    """Return the figures at the head of a package's page."""
    return {name: int(number) for name, number in re.findall(r"<dt>([^<]+)</dt><dd>(\d+)</dd>", page)}


def publish(officer: Browser, place: str, number: str, signed: str) -> None:
    paper = {"kind": "adopt", "number": number, "signed": signed, "compared": "1"}
    answer = officer.post(f"{place}/publish", {**paper, "scan": (io.BytesIO(PDF), "qd.pdf")})
    assert answer.status_code == 302, answer.text


def test_real_procedures_and_the_package_that_replaces_some(
    qms: QMS, browse: Callable[..., Browser], real_data: Path
) -> None:
    officer = browse("thuky")
    paths = sorted((real_data / "procedures").glob("*.docx"))
    first = {path.name: path.read_bytes() for path in paths}
    place = hand_in(qms, officer, first)
    page = officer.get(place).text
    assert counted(page)["Mới"] == len(first) == 26
    publish(officer, place, "145/QĐ-UBND", "20/7/2025")
    with qms.reading(qms.shell()) as work:
        lines = registering.register(work)
    assert len(lines) == 26
    assert {line.issued_by for line in lines} == {"145/QĐ-UBND"}

    issuer = lines[0].issuer
    names = list(first)
    second = {name: first[name] for name in names[1:]}
    for name in names[1 : 1 + EDITED]:
        second[name] = edited(second[name])
    second["moi.docx"] = word_paper("QT 99/CX-HCTP", "Thủ tục thử nghiệm", issuer=issuer)
    place = hand_in(qms, officer, second)
    figures = counted(officer.get(place).text)
    assert figures == {
        "Thay thế": EDITED,
        "Mới": 1,
        "Không đổi": 26 - 1 - EDITED,
        "Không có trong gói": 1,
        "Chưa rõ": 0,
    }
    publish(officer, place, "210/QĐ-UBND", "20/10/2026")
    with qms.reading(qms.shell()) as work:
        lines = registering.register(work)
    assert sorted(line.issued_by for line in lines) == ["145/QĐ-UBND"] * 23 + ["210/QĐ-UBND"] * 4
    assert officer.get(f"{place}/report.xlsx").status_code == 200
