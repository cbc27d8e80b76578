"""Where a document contradicts itself: each doubt once, in a sentence that says both sides."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from qms.formats.anatomy.cover import Cover, read_labels
from qms.formats.anatomy.lines import Flow
from qms.formats.anatomy.outline import Outline
from qms.formats.anatomy.times import time_doubts
from qms.formats.anatomy.values import Anatomy, Doubt, Section, Step
from qms.formats.anatomy.wording import wording_doubts
from qms.formats.text import Running, Text
from qms.model.enums import DocumentType, WarningCode
from qms.model.ids import fold, fold_code

_APPENDIX = re.compile(
    r"phụ lục\s+(?:số\s+)?(\d{1,2}|[IVX]{1,4})\s+(?:ban hành\s+)?kèm theo"
    r"(?!\s+(?:thông tư|nghị định|nghị quyết|luật|quyết định|công văn|văn bản|hướng dẫn|kế hoạch))",
    re.IGNORECASE,
)
_APPENDIX_HEAD = re.compile(r"(?:\W|^)phụ lục\s+(?:số\s+)?(\d{1,2}|[IVX]{1,4})\b", re.IGNORECASE)
_TITLE_STARTS = re.compile(r"^(?:quy trinh |thu tuc )+")


def doubts_of(anatomy: Anatomy, cover: Cover, outline: Outline, flow: Flow, text: Text) -> Iterator[Doubt]:
    """Yield what is missing, what differs between cover and headers, and what does not add up inside."""
    yield from _missing(anatomy)
    yield from _running(cover, text.running())
    yield from _numbers(anatomy.sections, anatomy.steps)
    yield from _contents(outline)
    yield from time_doubts(anatomy, outline, flow)
    yield from _appendices(text)
    yield from wording_doubts(anatomy, outline, flow, text)


def _missing(anatomy: Anatomy) -> Iterator[Doubt]:
    if not anatomy.code:
        yield Doubt(WarningCode.NO_CODE, "Không thấy mã hiệu tài liệu; cần nhập mã trước khi ban hành.")
    if not anatomy.title:
        yield Doubt(WarningCode.NO_TITLE, "Không thấy tên tài liệu; cần nhập tên.")
    if not anatomy.issue_date:
        yield Doubt(WarningCode.NO_DATE, "Không thấy ngày ban hành đầy đủ; cần nhập ngày ban hành.")
    if not anatomy.issue_number:
        yield Doubt(WarningCode.NO_ISSUE_NUMBER, "Không thấy lần ban hành; cần nhập lần ban hành.")
    if anatomy.type is DocumentType.PROCEDURE and anatomy.steps and not anatomy.legal_basis_lines:
        yield Doubt(WarningCode.NO_LEGAL_BASIS, "Quy trình không có phần căn cứ pháp lý.")


def _running(cover: Cover, runnings: Sequence[Running]) -> Iterator[Doubt]:
    seen: set[tuple[WarningCode, str]] = set()
    for running in runnings:
        labels = read_labels(running.blocks)
        for code, value, message in _differences(cover, labels):
            if (code, value) not in seen:
                seen.add((code, value))
                yield Doubt(code, message)


def _differences(cover: Cover, labels: Cover) -> Iterator[tuple[WarningCode, str, str]]:
    issued = labels.issued
    if issued and cover.issued and issued != cover.issued:
        yield _date_conflict("ngày ban hành", f"{issued:%d/%m/%Y}", cover)
    elif labels.month and cover.month and labels.month != cover.month:
        ours, shown = (f"{month:02d}/{year}" for month, year in (cover.month, labels.month))
        message = f"Trang bìa ghi ban hành tháng {ours}, đầu hoặc chân trang ghi tháng {shown}."
        yield WarningCode.ISSUE_DATE_CONFLICT, shown, message
    expected = cover.effective or cover.issued
    if labels.effective and expected and labels.effective != expected:
        yield _date_conflict("ngày hiệu lực", f"{labels.effective:%d/%m/%Y}", cover)
    if labels.issue and cover.issue and int(labels.issue) != int(cover.issue):
        message = f"Trang bìa ghi lần ban hành {cover.issue}, đầu hoặc chân trang ghi lần {labels.issue}."
        yield WarningCode.ISSUE_NUMBER_CONFLICT, labels.issue, message
    if labels.code and cover.code and fold_code(labels.code) != fold_code(cover.code):
        message = f"Trang bìa ghi mã {cover.code}, đầu hoặc chân trang ghi mã {labels.code}."
        yield WarningCode.CODE_CONFLICT, labels.code, message
    if labels.title and cover.title and not _same_title(labels.title, cover.title):
        message = f"Trang bìa ghi tên «{cover.title}», đầu trang ghi «{labels.title}»."
        yield WarningCode.HEADER_TITLE_CONFLICT, fold(labels.title), message


def _date_conflict(what: str, day: str, cover: Cover) -> tuple[WarningCode, str, str]:
    effective = what == "ngày hiệu lực" and cover.effective is not None
    ours = "ngày hiệu lực" if effective else "ngày ban hành"
    on_cover = cover.effective if effective else cover.issued
    shown = f"{on_cover:%d/%m/%Y}" if on_cover else ""
    message = f"Trang bìa ghi {ours} {shown}, đầu hoặc chân trang ghi {what} {day}."
    return WarningCode.ISSUE_DATE_CONFLICT, day, message


def _same_title(one: str, other: str) -> bool:
    first, second = (_TITLE_STARTS.sub("", fold(title)) for title in (one, other))
    cut_short = one.rstrip(" _").endswith(("…", "..."))
    return first == second or (cut_short and second.startswith(first))


def _numbers(sections: Sequence[Section], steps: Sequence[Step]) -> Iterator[Doubt]:
    counts = Counter(section.number for section in sections if section.number)
    for number, count in counts.items():
        if count > 1:
            titles = ", ".join(f"«{section.title}»" for section in sections if section.number == number)
            yield Doubt(
                WarningCode.SECTION_NUMBER_REPEATED, f"Số mục {number} dùng cho {count} mục: {titles}."
            )
    yield from _step_numbers(steps)


def _step_numbers(steps: Sequence[Step]) -> Iterator[Doubt]:
    before: set[tuple[str, str]] = set()
    for step in steps:
        if step.no is None:
            continue
        if (step.case, step.no) in before and not step.no_merged:
            yield Doubt(WarningCode.STEP_NUMBER_REPEATED, f"Bước số {step.no} xuất hiện nhiều lần.")
        before.add((step.case, step.no))
    missing = sum(step.no is None for step in steps)
    if 0 < missing < len(steps):
        yield Doubt(WarningCode.STEP_WITHOUT_NUMBER, f"{missing} bước không có số thứ tự.")


def _contents(outline: Outline) -> Iterator[Doubt]:
    if not outline.contents or not outline.sections:
        return
    listed = {fold(title) for title in outline.contents}
    differing = [part.title for part in outline.sections if fold(part.title) not in listed]
    if differing:
        shown = ", ".join(f"«{title}»" for title in differing)
        yield Doubt(WarningCode.TOC_DIFFERS, f"Mục lục không khớp tên mục trong bài: {shown}.")


def _appendices(text: Text) -> Iterator[Doubt]:
    lines = text.plain().split("\n")
    present: set[str] = set()
    wanted: dict[str, str] = {}
    for line in lines:
        for match in _APPENDIX.finditer(line):
            wanted.setdefault(match[1].upper(), match[0])
        if len(line) < 160 and not _APPENDIX.search(line) and (head := _APPENDIX_HEAD.match(line)):
            present.add(head[1].upper())
    missing = [number for number in wanted if number not in present]
    if missing:
        numbers = ", ".join(missing)
        yield Doubt(
            WarningCode.APPENDIX_MISSING, f"Bài nhắc đến Phụ lục {numbers} kèm theo nhưng tệp không có."
        )
