"""Two hundred sentences in all forms of the field, each with what is to be found in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qms.citations import Citation, find

SENTENCES = Path(__file__).with_name("sentences.txt")


def cases() -> Iterator[tuple[str, tuple[str, ...]]]:
    sentence, expected = "", list[str]()
    for line in SENTENCES.read_text("utf-8").splitlines():
        if line.startswith("    "):
            expected.append(line.strip())
        elif not line.startswith("#"):
            if sentence:
                yield sentence.replace("␣", "\u00a0"), tuple(expected)
            sentence, expected = line, []
    yield sentence, tuple(expected)


def told(citation: Citation) -> str:
    name = citation.key or ("tự dẫn" if citation.self_reference else "thiếu số")
    provisions = f" : {' '.join(citation.provisions)}" if citation.provisions else ""
    return f"{name}{provisions}{' (nested)' if citation.nested else ''}"


@pytest.mark.parametrize(("sentence", "expected"), list(cases()))
def test_all_that_a_sentence_cites_is_found_and_nothing_else(
    sentence: str, expected: tuple[str, ...]
) -> None:
    assert tuple(map(told, find(sentence))) == expected


def test_there_are_enough_sentences() -> None:
    assert len(list(cases())) >= 190
