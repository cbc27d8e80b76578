"""Headers and footers of each section: on the kinds of page that it has, and those that no page shows."""

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
    """Return (headers, footers), each part once, where a section first shows it; empty ones are left out.

    Those that no page shows come last (``pages`` is ``none``): their words are kept, nothing is judged by them.
    """
    found: dict[str, Found] = {"header": [], "footer": []}
    current: dict[tuple[str, str], str] = {}
    shown: set[str] = set()
    named: dict[str, tuple[str, int]] = {}
    for number, section in enumerate(root.iter(f"{W}sectPr")):
        for kind in found:
            for reference in section.findall(f"{W}{kind}Reference"):
                relation_id = reference.get(f"{R}id", "")
                current[kind, reference.get(f"{W}type", "default")] = relation_id
                named.setdefault(relation_id, (kind, number))
        for (kind, pages), relation_id in sorted(current.items()):
            if relation_id in shown or pages not in _pages_of(section, even_pages):
                continue
            shown.add(relation_id)
            found[kind].append(Running(blocks_of(relation_id), number, pages))
    for relation_id, (kind, number) in named.items():
        if relation_id not in shown:
            found[kind].append(Running(blocks_of(relation_id), number, "none"))
    found = {kind: [running for running in each if running.text] for kind, each in found.items()}
    return tuple(found["header"]), tuple(found["footer"])


def _pages_of(section: etree._Element, even_pages: bool) -> set[str]:
    title_page = section.find(f"{W}titlePg")
    pages = {"default"}
    if title_page is not None and is_on(title_page.get(VAL)):
        pages.add("first")
    if even_pages:
        pages.add("even")
    return pages
