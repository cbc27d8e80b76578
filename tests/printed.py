"""Printed pages as tests read them: their words, their pictures, the QR codes on them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2
import zxingcpp

DOTS = 200
"""Dots an inch, as an office scanner makes them."""


def words(pdf: bytes) -> list[str]:
    """Return the words of each page in one line."""
    with _opened(pdf) as document:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def codes(pdf: bytes) -> list[list[str]]:
    """Return what the QR codes of each page say, read from its picture."""
    with _opened(pdf) as document:
        pictures = [_grey(page.render(scale=DOTS / 72, grayscale=True)) for page in document]
    return [[found.text for found in zxingcpp.read_barcodes(picture)] for picture in pictures]


def _grey(picture: pypdfium2.PdfBitmap) -> memoryview:
    """Return a picture as rows of grey dots, without what its rows are filled up with."""
    held, width, height = bytes(picture.buffer), picture.width, picture.height
    rows = (held[row * picture.stride : row * picture.stride + width] for row in range(height))
    return memoryview(b"".join(rows)).cast("B", (height, width))


@contextmanager
def _opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        yield document
    finally:
        document.close()
