"""Safe HTML of Markdown: bounds first, then the parser, then an explicit list of what may remain."""

from __future__ import annotations

import re

import nh3
from markdown import Markdown

from qms.formats.frontmatter import split
from qms.formats.markdown import check_bounds
from qms.model.ids import fold

_BLOCKS = (
    "h1 h2 h3 h4 h5 h6 p br hr blockquote pre ul ol li dl dt dd div table thead tbody tfoot tr th td caption"
)
_WORDS = "a strong em b i u s sub sup code kbd abbr span small"
TAGS = frozenset(f"{_BLOCKS} {_WORDS}".split())
REDLINE_TAGS = TAGS | {"ins", "del"}
ATTRIBUTES: dict[str, set[str]] = {
    "a": {"href", "title", "id", "class"},
    "abbr": {"title"},
    "ol": {"start"},
    "th": {"align", "colspan", "rowspan", "scope"},
    "td": {"align", "colspan", "rowspan"},
    "div": {"class"},
    "sup": {"id"},
    "li": {"id"},
    **{f"h{level}": {"id"} for level in range(1, 7)},
}
_CLASSES = frozenset({"footnote", "footnote-ref", "footnote-backref", "diff"})
_IDENTIFIER = re.compile(r"(?:muc-[a-z0-9-]{1,120}(?:_\d+)?|fn(?:ref)?\d*[:-][\w-]{1,40})")
_LINK = re.compile(r"(?:https?://[^/\\]|mailto:|#|/(?![/\\])|\.{1,2}/|[\w%.-]+(?:[/?#]|$))", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x20\x7f]")


def render(markdown: str) -> str:
    """Return safe HTML of Markdown, its front matter left out; raises ``MarkdownTooComplex``."""
    check_bounds(markdown)
    _, body = split(markdown)
    return sanitise(_converter().convert(body))


def sanitise(html: str) -> str:
    """Return HTML with only what the list allows."""
    return _clean(html, TAGS)


def sanitise_redline(html: str) -> str:
    """Return HTML with only what the list allows, and the marks of a comparison."""
    return _clean(html, REDLINE_TAGS)


def slug(title: str, separator: str = "-") -> str:
    """Return the anchor of a heading: folded words (đ as d), never one that could be taken for a page's own."""
    return f"muc{separator}{separator.join(fold(title).split())[:100]}"


def _converter() -> Markdown:
    return Markdown(
        extensions=["tables", "footnotes", "toc", "def_list", "sane_lists"],
        extension_configs={
            "toc": {"slugify": slug, "marker": ""},
            "tables": {"use_align_attribute": True},
            "footnotes": {"BACKLINK_TEXT": "↩"},
        },
        output_format="html",
    )


def _clean(html: str, tags: frozenset[str]) -> str:
    return nh3.clean(
        html,
        tags=set(tags),
        attributes=ATTRIBUTES,
        attribute_filter=_allowed,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
    )


def _allowed(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "href":
        target = _CONTROL.sub("", value)
        return target if _LINK.match(target) and not target.startswith(("//", "/\\", "\\")) else None
    if attribute == "class":
        return value if value in _CLASSES else None
    if attribute == "id":
        return value if _IDENTIFIER.fullmatch(value) else None
    if attribute in {"colspan", "rowspan", "start"}:
        return value if value.isdecimal() and len(value) < 5 else None
    return value
