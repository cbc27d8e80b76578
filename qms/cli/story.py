"""The sample agency, played act by act on the days its story tells, so that the record looks lived-in.

What happened lies in ``documents/sample``: the agency, its register of law, and the acts in their order. Each act
is one use case, done by the person who did it, with the clock standing on its day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import yaml

from qms.cli.house import House
from qms.data import data_dir
from qms.model.enums import DocumentType, ImpactDecision, Role, SigningForm
from qms.model.issuance import IssuingDecision
from qms.usecases import (
    changes,
    creating,
    deciding,
    drafting,
    importing,
    issuing,
    legislating,
    linking,
    noticing,
    people,
    retiring,
    submitting,
    tthc_linking,
)
from qms.usecases.candidates import Source

if TYPE_CHECKING:
    from qms.bootstrap import QMS
    from qms.usecases.ports import Work

MARK = "SAMPLE"
HOST = "thuky"
OPENS_AT = time(8, 0)
PACE = timedelta(minutes=7)
ENDINGS = {"docx": "docx", "markdown": "md"}

Act = Mapping[str, Any]
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Founded:
    """What was founded: the agency's name and the login of who comes in first."""

    agency: str
    login: str


class StoryClock:
    """A clock that stands on the day of the act that is played; acts of one day follow one another."""

    def __init__(self, zone: ZoneInfo, today: date) -> None:
        self.zone, self.today = zone, today
        self.now = datetime.min.replace(tzinfo=UTC)

    def __call__(self) -> datetime:
        """Return where the clock stands."""
        return self.now

    def turn_to(self, day: date) -> None:
        """Go to the opening hour of a day, or a little later if it is that day already."""
        opening = datetime.combine(day, OPENS_AT, self.zone).astimezone(UTC)
        self.now = max(opening, self.now + PACE) if self.now.date() == opening.date() else opening

    def day(self, told: date | str) -> date:
        """Return a day of the story: a date, or ``-3 days`` counted from today."""
        if isinstance(told, date):
            return told
        return self.today + timedelta(days=int(told.partition(" ")[0]))


def singly(told: Sequence[Act], documents: Mapping[str, Mapping[str, Any]]) -> Iterator[Act]:
    """Yield acts one by one where they are told for several documents at once; a decision stays one act."""
    for act in told:
        if "documents" not in act or act["act"] not in {"draft", "submit", "review", "approve", "link"}:
            yield act
            continue
        for code in act["documents"]:
            single = {name: value for name, value in act.items() if name != "documents"} | {"document": code}
            if act["act"] == "link":
                yield from (single | {"other": form} for form in documents[code]["forms"])
            elif act["act"] == "draft":
                yield single | {"file": f"{code}/{act['revision']}.{ENDINGS[documents[code]['master']]}"}
            else:
                yield single


def mark(home: Path, kind: str, *, ready: bool) -> None:
    """Write into a home that it holds a made-up agency, and whether its story was told to the end."""
    (home / MARK).write_text(f"{kind} {'ready' if ready else 'making'}\n")


def marked(home: Path) -> tuple[str, bool]:
    """Return kind and readiness of a made-up agency; an empty kind where there is none."""
    try:
        kind, _, state = (home / MARK).read_text().strip().partition(" ")
    except FileNotFoundError:
        return "", False
    return kind, state == "ready"


def play(house: House, progress: Progress) -> Founded:
    """Play the whole story into an empty instance and return who may come in."""
    folder = data_dir("documents") / "sample"
    zone = house.config.zone
    clock = StoryClock(zone, datetime.now(zone).date())
    qms = house.open(clock)
    try:
        founded = Story(qms, clock, folder, lambda: house.follow_up(qms)).play(progress)
        house.follow_up(qms)
    finally:
        qms.close()
    return founded


class Story:
    """The story of the sample agency and the instance it is played into."""

    def __init__(
        self, qms: QMS, clock: StoryClock, folder: Path, follow_up: Callable[[], object] = lambda: None
    ) -> None:
        self.qms, self.clock, self.folder, self.follow_up = qms, clock, folder, follow_up
        self.agency: dict[str, Any] = yaml.safe_load((folder / "agency.yaml").read_text("utf-8"))
        told = yaml.safe_load((folder / "story.yaml").read_text("utf-8"))
        self.documents: dict[str, dict[str, Any]] = {entry["code"]: entry for entry in told["documents"]}
        self.acts: list[Act] = list(singly(told["acts"], self.documents))
        self.ids: dict[str, str] = {}
        self.changes: dict[str, str] = {}

    def play(self, progress: Progress) -> Founded:
        """Found the agency, fill its register of law, do every act."""
        self.clock.turn_to(self.clock.day(self.acts[0]["day"]))
        self._found()
        self._take_in_law()
        for number, act in enumerate(self.acts, 1):
            self.clock.turn_to(self.clock.day(act["day"]))
            doing: Callable[[Act], None] = getattr(self, f"_{act['act']}")
            doing(act)
            progress(number, len(self.acts))
        self._tick_procedures()
        return Founded(self.agency["agency"]["name"], HOST)

    def _found(self) -> None:
        units = [people.NewUnit(u["key"], u["name"], u["parent"], u["kind"]) for u in self.agency["units"]]
        root = next(unit for unit in units if unit.parent is None)
        positions = {p["key"]: (p["name"], p["unit"]) for p in self.agency["positions"]}
        fields = {field["key"]: field["name"] for field in self.agency["fields"]}
        self._bare(lambda work: people.found(work, self.agency["agency"]["name"], root.key))
        self._bare(lambda work: people.organise(work, units, positions, fields))
        for person in self.agency["people"]:
            self._bare(partial(people.add, new=_person(person)))

    def _take_in_law(self) -> None:
        names = ("instruments.csv", "relations.csv", "tthc.csv")
        tables = [legislating.read(name, (self.folder / name).read_bytes()) for name in names]
        self._bare(lambda work: legislating.take_in(work, tables))

    def _tick_procedures(self) -> None:
        pairs = [
            tthc_linking.Pair(code, stem)
            for code, entry in self.documents.items()
            for stem in entry.get("tthc", ())
        ]
        with self.qms.work(self.qms.shell(HOST)) as work:
            tthc_linking.link(work, pairs)

    def _record(self, act: Act) -> None:
        name, path = self._file(act)
        entry = self.documents[act["document"]]
        with self._as(act) as work:
            importing.publish(work, [Source(name, path.read_bytes)], entry["unit"], self._decision(act))

    def _draft(self, act: Act) -> None:
        code, (name, path) = act["document"], self._file(act)
        data, note = path.read_bytes(), act["change_note"]
        if code not in self.ids:
            with self._as(act) as work:
                self.ids[code] = creating.create_from_file(work, self._new(code), name, data)
        else:
            with self._as(act) as work:
                drafting.begin(work, code)
        with self._as(act) as work:
            drafting.upload(work, self.ids[code], name, data, "", note)

    def _submit(self, act: Act) -> None:
        with self._as(act) as work:
            submitting.submit(work, act["document"], act.get("basis_reason", ""))

    def _review(self, act: Act) -> None:
        with self._as(act) as work:
            deciding.review(work, act["document"], comment=act.get("comment", ""))

    def _approve(self, act: Act) -> None:
        with self._as(act) as work:
            deciding.approve(work, act["document"], comment=act.get("comment", ""))

    def _issue(self, act: Act) -> None:
        with self._as(act) as work:
            issuing.issue(work, act["documents"], self._decision(act))

    def _retire(self, act: Act) -> None:
        with self._as(act) as work:
            retiring.retire(work, [act["document"]], act["reason"], self._decision(act))

    def _link(self, act: Act) -> None:
        with self._as(act) as work:
            linking.link(work, act["document"], act["other"])

    def _open_change(self, act: Act) -> None:
        self.follow_up()  # what a change reaches is read from the citations of what was issued
        with self._as(act) as work:
            self.changes[act["instrument"]] = changes.open_change(work, act["instrument"])

    def _notify(self, act: Act) -> None:
        change = self.changes[act["instrument"]]
        with self._as(act) as work:
            starts = self.clock.day(act["from"])
            noticing.give(work, act["documents"], act["text"], starts=starts, change_id=change)

    def _weigh(self, act: Act) -> None:
        decision, due = ImpactDecision(act["decision"]), self.clock.day(act["due"])
        with self._as(act) as work:
            taken = [
                changes.ItemDecision(self.ids[code], decision, owner_position=act["owner"], due=due)
                for code in act["documents"]
            ]
            changes.decide(work, self.changes[act["instrument"]], taken)

    def _new(self, code: str) -> creating.NewDocument:
        entry = self.documents[code]
        issuers = {issuer["key"]: issuer["name"] for issuer in self.agency["issuers"]}
        issuers[self.agency["agency"]["key"]] = self.agency["agency"]["name"]
        return creating.NewDocument(
            code=code,
            title=entry["title"],
            type=DocumentType(entry["type"]),
            unit=entry["unit"],
            issuer=issuers[entry["issuer"]],
            field=entry["field"],
            owner=entry["owner"],
            applying_units=tuple(entry["applying_units"]),
            review_months=entry["review_months"],
        )

    def _decision(self, act: Act) -> IssuingDecision:
        positions = {p["key"]: p["name"] for p in self.agency["positions"]}
        holders = {p["position"]: p["name"] for p in self.agency["people"]}
        return IssuingDecision(
            number=act["number"],
            signed=self.clock.day(act["signed"]),
            effective=self.clock.day(act["effective"]),
            signer_name=holders[act["signer"]],
            signer_position=positions[act["signer"]],
            signing_form=SigningForm(act["signed_as"]),
            transition=act.get("transition", ""),
        )

    def _file(self, act: Act) -> tuple[str, Path]:
        """The file of an act under the name by which people would have kept it."""
        path = self.folder / "masters" / act["file"]
        return f"{act['document']} {self.documents[act['document']]['title']}{path.suffix}", path

    def _as(self, act: Act) -> Any:
        return self.qms.work(self.qms.shell(act["by"]))

    def _bare(self, do: Callable[[Work], object]) -> None:
        with self.qms.work(self.qms.shell()) as work:
            do(work)


def _person(entry: Mapping[str, Any]) -> people.NewPerson:
    return people.NewPerson(
        login=entry["login"],
        name=entry["name"],
        position=entry["position"],
        roles=[Role(role) for role in entry["roles"]],
        since=entry["from"],
    )
