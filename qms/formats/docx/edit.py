"""Changes one line of the legal basis inside a Word file; every byte outside of its paragraphs stays as it was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from qms.formats.anatomy.reader import read_basis
from qms.formats.docx.changes import Changes
from qms.formats.docx.lines import NOT_FOUND, copies_of
from qms.formats.docx.names import W
from qms.formats.docx.package import Package
from qms.formats.docx.reader import read_package
from qms.formats.docx.repack import replace_part
from qms.formats.docx.splice import Patch, Span, Spans, serialised, spliced
from qms.model.basis import LineLeft
from qms.model.enums import BasisAction

SIGNED = "Tệp Word có chữ ký số, sửa sẽ làm hỏng chữ ký; hãy lưu thành tệp mới không có chữ ký rồi sửa."

_RANGE_ENDS = {
    f"{W}{name}{end}": (f"{W}{name}", end)
    for name in ("bookmark", "commentRange", "perm")
    for end in ("Start", "End")
}


def edit_docx(data: bytes, line: int, action: BasisAction, text: str) -> bytes:
    """Return the package with one line changed; raises ``LineLeft`` or ``refusals.Unacceptable``."""
    package = Package(data)
    if any(entry.filename.lower().startswith("_xmlsignatures/") for entry in package.entries):
        raise LineLeft(reason=SIGNED)
    main = package.main_part()
    part, root = package.read(main), package.parse(main)
    lines = read_basis(read_package(package).text)
    words = [one.text for one in lines]
    paragraphs = list(root.iter(f"{W}p"))
    chosen = [None if one.place is None else paragraphs[one.place] for one in lines]
    target = chosen[line]
    if target is None:
        raise LineLeft(reason=NOT_FOUND)
    spans = Spans(part)
    spanned = {one: spans.paragraph(at) for at, one in enumerate(paragraphs)}
    spanned.update((row, spans.row(at)) for at, row in enumerate(root.iter(f"{W}tr")))
    patches: list[Patch] = []
    for copy in (chosen, *copies_of(chosen, target)):
        changes = Changes(copy, words)
        changes.make(line, action, text)
        patches.extend(_patches(changes, spanned))
    return replace_part(data, main, spliced(part, patches))


def _patches(changes: Changes, spans: Mapping[etree._Element, Span]) -> Iterator[Patch]:
    for element in changes.changed:
        if element not in changes.removed:
            yield Patch(spans[element], serialised(element))
    for before, new in changes.added:
        end = spans[before].end
        yield Patch(Span(end, end), serialised(new))
    for element in changes.removed:
        yield Patch(spans[element], b"".join(map(serialised, _open_ranges(element))))


def _open_ranges(element: etree._Element) -> Iterator[etree._Element]:
    """Yield the ends of bookmarks and comments whose other end is elsewhere; they stay when a paragraph goes."""
    found = list(element.iter(*_RANGE_ENDS))
    ends = {(*_RANGE_ENDS[str(one.tag)], one.get(f"{W}id")) for one in found}
    for one in found:
        name, end = _RANGE_ENDS[str(one.tag)]
        other = "End" if end == "Start" else "Start"
        if (name, other, one.get(f"{W}id")) not in ends:
            yield one
