"""Names of the Word vocabulary (ECMA-376, transitional) in lxml's notation."""

from __future__ import annotations

from lxml import etree

W_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{W_NAMESPACE}}}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}"

STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": W_NAMESPACE.encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": R[1:-1].encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/math": M[1:-1].encode(),
}
"""The ISO/IEC 29500 strict names, read as their transitional twins."""

VAL = f"{W}val"


def is_on(flag: str | None) -> bool:
    """Tell what a toggle says by its ``w:val``; a toggle without one is on."""
    return flag not in {"0", "false", "off", "none"}


def parent_of(element: etree._Element) -> etree._Element:
    """Return the parent of an element that is not the root of its part."""
    parent = element.getparent()
    if parent is None:
        raise ValueError(element.tag)
    return parent
