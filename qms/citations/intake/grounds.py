"""On what a regulation rests and what it details: "Căn cứ ...", "quy định chi tiết ...", "hướng dẫn thi hành ...".

Pure. Grounds stand before the first article, a line each. What a regulation implements or guides is said in its title
or where its scope is told ("Nghị định này quy định chi tiết Điều 5 của Luật ...").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qms.citations.basis import legal_basis
from qms.citations.citation import Citation
from qms.citations.intake.effect import KINDS
from qms.citations.intake.layout import LEVELS, Line
from qms.citations.intake.targets import read_targets, target_key
from qms.citations.intake.values import StatedRelation
from qms.citations.keys import is_local
from qms.citations.titles import canonical_title
from qms.model.enums import RelationKind

_GROUND = re.compile(r"\W*(?:căn cứ|thực hiện|thi hành)(?: vào)? ", re.IGNORECASE)
_DETAILS = re.compile(
    rf"^\W*(?:{KINDS} này )?(?:về việc )?(?:quy định|hướng dẫn)?[^.;]{{0,60}}?"
    r"(?P<verb>quy định chi tiết|chi tiết (?:và hướng dẫn )?(?:thi hành|một số điều)|biện pháp thi hành|hướng dẫn)"
    r"(?P<rest>[^;]*)",
    re.IGNORECASE,
)
_FIRST_ARTICLES = 3


def read_grounds(
    lines: Sequence[Line], title: str, number: str | None, kind: str | None
) -> Iterator[StatedRelation]:
    """Yield basis, implements and guides relations of a whole regulation."""
    head = list(_before_articles(lines))
    grounds = [line.words for line in head if _GROUND.match(line.words)]
    basis = legal_basis(grounds)
    for citation in basis:
        sentence = next((words for words in grounds if citation.text in words), citation.text)
        yield _relation(RelationKind.BASIS, citation, "", sentence)
    seen: set[str] = set()
    for line in (Line(title, 0), *_scope(lines)):
        for relation in _details(line, number, kind, basis):
            if relation.target not in seen:
                seen.add(relation.target)
                yield relation


def _before_articles(lines: Sequence[Line]) -> Iterator[Line]:
    for line in lines:
        if LEVELS[line.level] == "article":
            return
        yield line


def _scope(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines of the first articles that speak of the regulation itself."""
    count = 0
    for line in lines:
        count += LEVELS[line.level] == "article" and not line.quoted
        if count > _FIRST_ARTICLES:
            return
        if count and not line.quoted and re.match(rf"{KINDS} này ", line.words, re.IGNORECASE):
            yield line


def _details(
    line: Line, number: str | None, kind: str | None, basis: Sequence[Citation]
) -> Iterator[StatedRelation]:
    found = _DETAILS.match(line.words)
    if found is None:
        return
    verb = RelationKind.GUIDES if found["verb"].lower() == "hướng dẫn" else RelationKind.IMPLEMENTS
    for member in read_targets(found["rest"], number, kind).members:
        yield _relation(verb, _dated(member.citation, basis), line.provision, line.words, member.provisions)


def _dated(citation: Citation, basis: Sequence[Citation]) -> Citation:
    """Return a law named without year as the grounds name it: "Luật Hộ tịch" is that of 20/11/2014 there."""
    if citation.instrument is not None or citation.year is not None or citation.date is not None:
        return citation
    title = canonical_title(citation.title or "")
    same = [one for one in basis if one.title and canonical_title(one.title) == title]
    return same[0] if len(same) == 1 else citation


def _relation(
    kind: RelationKind, citation: Citation, source: str, sentence: str, provisions: tuple[str, ...] = ()
) -> StatedRelation:
    number = citation.instrument
    return StatedRelation(
        kind=kind,
        target=target_key(citation),
        target_issuer=(citation.issuer or "") if number and is_local(number) else "",
        target_provisions=provisions,
        source_provision=source,
        sentence=sentence,
    )
