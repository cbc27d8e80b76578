"""The QR code of a print: error correction M (15 %), with the four modules of quiet that ISO/IEC 18004 asks for."""

from __future__ import annotations

import io

QUIET = 4


def qr_svg(address: str) -> str:
    """Return the QR code of an address as SVG."""
    out = io.BytesIO()
    _made(address).save(out, kind="svg", border=QUIET, xmldecl=False, svgclass=None, lineclass=None)
    return out.getvalue().decode()


def qr_png(address: str, scale: int = 8) -> bytes:
    """Return the QR code of an address as PNG, ``scale`` pixels a module."""
    out = io.BytesIO()
    _made(address).save(out, kind="png", border=QUIET, scale=scale)
    return out.getvalue()


def _made(address: str):  # type: ignore[no-untyped-def]
    import segno

    return segno.make(address, error="m", micro=False)
