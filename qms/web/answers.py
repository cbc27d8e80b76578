"""Answers that are not pages: files to keep, and the way back to where one came from."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from flask import Response, request, url_for

_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "md": "text/markdown; charset=utf-8",
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
}
_FORBIDDEN = dict.fromkeys(map(ord, '<>:"/\\|?*'), "-") | dict.fromkeys(range(32), None)


def attachment(name: str, data: bytes) -> Response:
    """Return bytes as a file to be saved under its own name, Vietnamese letters kept (RFC 5987)."""
    safe = name.translate(_FORBIDDEN).strip(". ") or "tai-lieu"
    plain = safe.encode("ascii", "ignore").decode().strip(". -_") or "tai-lieu"
    response = Response(data, mimetype="application/octet-stream")
    response.content_type = _TYPES.get(safe.rpartition(".")[2].lower(), "application/octet-stream")
    response.headers["Content-Disposition"] = (
        f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(safe, safe='')}"
    )
    return response


def safe_next(target: str) -> str:
    """Return a target inside this site, else the first page: no link may send a person elsewhere."""
    parts = urlsplit(target)
    inside = target.startswith("/") and not target.startswith(("//", "/\\")) and not parts.netloc
    return target if inside and "\\" not in target and parts.scheme == "" else url_for("search.home")


def here() -> str:
    """Return the address asked for, to come back to after signing in."""
    return request.full_path.rstrip("?") if request.method == "GET" else request.path
