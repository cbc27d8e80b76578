"""Headers and footers that a reader can see: those of each section, on the kinds of page that it has."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from qms.formats.docx.names import VAL, R, W, is_on
from qms.formats.text import Block, Running

BlocksOf = Callable[[str], tuple[Block, ...]]
Found = list[Running]


def read_running(
    root: etree._Element, even_pages: bool, blocks_of: BlocksOf
) -> tuple[tuple[Running, ...], tuple[Running, ...]]:
    """Return (headers, footers), each part once, where a section first shows it; empty ones are left out."""
    found: dict[str, Found] = {"header": [], "footer": []}
    current: dict[tuple[str, str], str] = {}
    shown: set[str] = set()
    for number, section in enumerate(root.iter(f"{W}sectPr")):
        for kind in found:
            for reference in section.findall(f"{W}{kind}Reference"):
                current[kind, reference.get(f"{W}type", "default")] = reference.get(f"{R}id", "")
        for (kind, pages), relation_id in sorted(current.items()):
            if relation_id in shown or pages not in _pages_of(section, even_pages):
                continue
            shown.add(relation_id)
            running = Running(blocks_of(relation_id), number, pages)
            if running.text:
                found[kind].append(running)
    return tuple(found["header"]), tuple(found["footer"])


def _pages_of(section: etree._Element, even_pages: bool) -> set[str]:
    title_page = section.find(f"{W}titlePg")
    pages = {"default"}
    if title_page is not None and is_on(title_page.get(VAL)):
        pages.add("first")
    if even_pages:
        pages.add("even")
    return pages
