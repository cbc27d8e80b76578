"""The YAML head of a Markdown file, bounded and read as plain values only."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import yaml

from qms.formats.refusals import BadFrontMatter

MAX_HEAD = 20_000
"""Characters of the head."""

_HEAD = re.compile(r"\ufeff?---[ \t]*\r?\n(.*?)(?:^|\n)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)


def split(markdown: str) -> tuple[Mapping[str, Any], str]:
    """Return (values of the head, body); a file without head has no values. Raises ``BadFrontMatter``."""
    match = _HEAD.match(markdown)
    if match is None:
        return {}, markdown.removeprefix("\ufeff")
    head, body = match[1], markdown[match.end() :]
    if len(head) > MAX_HEAD:
        raise BadFrontMatter(what="quá dài")
    if re.search(r"(?:^|[\s\[{,:-])[&*][\w-]", head):
        raise BadFrontMatter(what="không dùng neo «&», «*» của YAML")
    return _values(head), body


@lru_cache(maxsize=2)
def _values(head: str) -> Mapping[str, Any]:
    """Read a head, once for all who take the same file apart."""
    try:
        values = yaml.safe_load(head)
    except (yaml.YAMLError, ValueError, RecursionError):
        raise BadFrontMatter(what="sai cú pháp YAML") from None
    if values is None:
        return {}
    if not isinstance(values, dict) or not all(isinstance(key, str) for key in values):
        raise BadFrontMatter(what="phải là các dòng «tên: giá trị»")
    return values
