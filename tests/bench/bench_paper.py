"""A PDF of ten pages: the press against WeasyPrint over the same words, header, footer, fonts and QR code.

``python -m tests.bench.bench_paper`` prints one JSON document. The text is the sample's procedure on documents gone
round until it fills ten pages; every round has words of its own, so that neither can remember the last one. WeasyPrint
is asked in an interpreter of its own, named by ``QMS_BENCH_WEASYPRINT``. Seconds are those of the clock and of the
processor; both are warm, and neither count includes the start of a process.
"""

from __future__ import annotations

import base64
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pypdfium2

from qms.formats.html import render
from qms.formats.press.qr import qr_svg
from qms.formats.press.sheet import Sheet
from qms.formats.press.typeset import typeset, warm_up

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates" / "print"
MASTER = ROOT / "documents" / "sample" / "masters" / "QT-01" / "r2.md"
WEASYPRINT = "QMS_BENCH_WEASYPRINT"
NO_WEASYPRINT = f"{WEASYPRINT} names no Python that has WeasyPrint."
PAGES = 10
ROUNDS = 5

SHEET = Sheet(
    agency="UBND xã Mẫu Thử",
    kind="Quy trình",
    title="Kiểm soát thông tin dạng văn bản",
    code="QT-01",
    edition="02",
    issued_on="15/06/2026",
    effective_from="01/07/2026",
    decision="131/QĐ-UBND ngày 15/06/2026",
    copy_line="BẢN KHÔNG KIỂM SOÁT, in ngày 25/11/2026",
    short_code="K7M2-Q9XA",
    address="https://qms.xa-mau-thu.vn/v/" + "0" * 26,
    check_place="https://qms.xa-mau-thu.vn/v",
)
PAGE = """<!doctype html><html lang="vi"><meta charset="utf-8"><title>{title}</title><style>
{faces}
@page {{ size: A4; margin: 45mm 18mm 35mm 30mm; @top-center {{ content: element(head); width: 100% }}
  @bottom-center {{ content: element(foot); width: 100% }} }}
body {{ font-family: Tinos; font-size: 13pt; text-align: justify }}
header {{ position: running(head) }} footer {{ position: running(foot); font-size: 9pt }}
.pages::after {{ content: counter(page) "/" counter(pages) }}
table {{ width: 100%; border-collapse: collapse }} td, th {{ border: .6pt solid; padding: 5pt; font-size: 11.5pt }}
footer img {{ width: 19mm; float: right }}
</style><header><table><tr><td>{agency}</td><td>{kind}<br>{title}</td><td>Mã hiệu: {code}<br>Lần ban hành: {edition}
<br>Ngày ban hành: {issued_on}<br><span class="pages">Trang: </span></td></tr></table></header>
<footer><img alt="" src="data:image/svg+xml;base64,{qr}">{copy_line}<br>{short_code}, {check_place}</footer>
{body}</html>"""
ASK = """
import json, sys, time
from importlib.metadata import version
from weasyprint import HTML
pages = json.load(sys.stdin)
HTML(string=pages[0]).write_pdf()
wall, cpu = [], []
for page in pages[1:]:
    began, worked = time.perf_counter(), time.process_time()
    pdf = HTML(string=page).write_pdf()
    wall.append(time.perf_counter() - began); cpu.append(time.process_time() - worked)
sys.stdout.write(json.dumps({"wall": wall, "cpu": cpu, "bytes": len(pdf), "version": version("weasyprint"),
    "pages": len(HTML(string=pages[-1]).render().pages)}))
"""


def main() -> None:
    """Print the figures."""
    json.dump(measure(), sys.stdout, ensure_ascii=False)


def measure(rounds: int = ROUNDS) -> dict[str, Any]:
    """Return how long ten pages take the press, and WeasyPrint where there is one."""
    warm_up(TEMPLATES)
    texts = [of_ten_pages(number) for number in range(rounds + 1)]
    typeset(texts[0], SHEET, TEMPLATES)
    wall, cpu, pdf = [], [], b""
    for text in texts[1:]:
        began, worked = time.perf_counter(), time.process_time()
        pdf = typeset(text, SHEET, TEMPLATES)
        wall.append(time.perf_counter() - began)
        cpu.append(time.process_time() - worked)
    ours = {"pages": pages_of(pdf), "wall_ms": _ms(wall), "cpu_ms": _ms(cpu), "bytes": len(pdf)}
    return {"ours": ours, "weasyprint": against_weasyprint(texts, ours)}


def of_ten_pages(number: int) -> str:
    """Return the sample's text gone round until it fills ten pages, with words that no other number has."""
    _, _, body = MASTER.read_text("utf-8").partition("## SỬA ĐỔI TÀI LIỆU")
    paragraphs = body.split("\n\n")
    for count in range(len(paragraphs), 40 * len(paragraphs), 12):
        gone = [paragraphs[at % len(paragraphs)] for at in range(count)]
        marked = [
            one if one.startswith(("#", "|", "-")) else f"Lượt {number}.{at} {one}"
            for at, one in enumerate(gone)
        ]
        # below the level of the list of contents, which the other page has not
        text = "# QUY TRÌNH\n\n" + "\n\n".join(marked).replace("## ", "### ")
        if pages_of(typeset(text, SHEET, TEMPLATES)) >= PAGES:
            return text
    raise AssertionError("the sample's text is empty")


def pages_of(pdf: bytes) -> int:
    """Return how many pages a PDF has."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def against_weasyprint(texts: list[str], ours: dict[str, Any]) -> dict[str, Any] | str:
    """Return WeasyPrint's figures over the same texts, or why there are none."""
    python = os.environ.get(WEASYPRINT)
    if not python:
        return NO_WEASYPRINT
    asked = subprocess.run(
        [python, "-c", ASK],
        input=json.dumps([as_html(text) for text in texts]),
        capture_output=True,
        text=True,
    )
    if asked.returncode:
        return NO_WEASYPRINT
    told = json.loads(asked.stdout)
    wall, cpu = _ms(told["wall"]), _ms(told["cpu"])
    return {
        "version": told["version"],
        "pages": told["pages"],
        "wall_ms": wall,
        "cpu_ms": cpu,
        "bytes": told["bytes"],
        "times_as_long": round(wall / ours["wall_ms"], 1),
        "times_the_work": round(cpu / ours["cpu_ms"], 1),
    }


def as_html(text: str) -> str:
    """Return the same page for a browser's printer: our HTML of the text, header, footer and fonts beside it."""
    faces = "".join(
        f"@font-face {{ font-family: Tinos; font-weight: {weight}; src: url({(TEMPLATES / 'fonts' / name).as_uri()}) }}"
        for weight, name in ((400, "Tinos-Regular.ttf"), (700, "Tinos-Bold.ttf"))
    )
    qr = base64.b64encode(qr_svg(SHEET.address).encode()).decode()
    return PAGE.format(faces=faces, qr=qr, body=render(text), **SHEET.__dict__)


def _ms(seconds: list[float]) -> float:
    return round(1000 * statistics.median(seconds), 1)


if __name__ == "__main__":
    main()
