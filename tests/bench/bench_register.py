"""The pages of the legal register with the full register and 10,000 documents, asked as a browser asks them.

``python -m tests.bench.bench_register`` prints one JSON document. The library is that of ``bench_impact``: the register
of the official codification, ten citations a document, written as rows. Each page is asked through Flask's test
client, its session included, so that what is timed is the whole answer but for the network. ``first_ms`` is the first
answer after the law has moved on, when nothing is remembered.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient

from qms.app import create_app
from qms.bootstrap import QMS
from qms.usecases import law_listing, naming, people
from tests.bench import bench_impact, instance
from tests.bench.bench_search import rounded, spread, timed

OFFICER = "thuky"


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.bench_register", description=__doc__)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=40)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(Path(folder) / "home", asked.documents, asked.rounds)
    json.dump(rounded(figures), sys.stdout, indent=1)


def measure(home: Path, documents: int, rounds: int) -> dict[str, Any]:
    """Fill one library and ask for every page of the register, in turn."""
    qms = instance.make(home, 0)
    try:
        citations = bench_impact.fill(qms, documents)
        client = signed_in(qms)
        addresses = pages(qms)
        return {
            "documents": documents,
            "citations": citations,
            "instruments": bench_impact.count(qms, "instrument"),
            "relations": bench_impact.count(qms, "relation"),
            "pages": asked_in_turn(qms, client, addresses, rounds),
        }
    finally:
        qms.close()


def pages(qms: QMS) -> Mapping[str, str]:
    """Return the pages by what they show; the instrument is the one that most documents cite."""
    with qms.reading(qms.shell()) as work:
        most = law_listing.listing(work, limit=1).lines[0].number
    return {
        "the list": "/legal",
        "the list, its hundredth page": "/legal?page=100",
        "found by words without marks": "/legal?q=ho+tich",
        "chosen by status and kind": "/legal?status=partly_expired&type=Thông tư",
        "only what is cited": "/legal?cited=1",
        "the instrument cited most": f"/legal/{most}",
        "what the register lacks": "/legal/missing",
        "what a change reaches": f"/legal/{bench_impact.NARROW}/impact",
        "list of external documents (Excel)": "/register/external.xlsx",
    }


def asked_in_turn(
    qms: QMS, client: FlaskClient, addresses: Mapping[str, str], rounds: int
) -> dict[str, dict[str, Any]]:
    """Return for each page its address, its first answer and the spread of the following ones."""
    first = {}
    for name, address in addresses.items():
        with qms.work(qms.shell()) as work:
            naming.move(work)
            naming.move(work, naming.CITATIONS)
            work.commit()
        first[name] = timed(lambda address=address: answer(client, address))
    times: dict[str, list[float]] = {name: [] for name in addresses}
    for _ in range(rounds):
        for name, address in addresses.items():
            times[name].append(timed(lambda address=address: answer(client, address)))
    return {
        name: {"address": address, "first_ms": first[name], **spread(times[name])}
        for name, address in addresses.items()
    }


def answer(client: FlaskClient, address: str) -> bytes:
    """Return a page, or raise where it is none."""
    got = client.get(address, buffered=True)
    if got.status_code != 200:
        raise RuntimeError(f"{address}: {got.status}")
    return got.data


def signed_in(qms: QMS) -> FlaskClient:
    """Return a browser in which the officer is signed in."""
    app = create_app(qms)
    app.config["WTF_CSRF_ENABLED"] = False
    with qms.work(qms.shell()) as work:
        token = people.one_time_link(work, OFFICER)
    client = app.test_client()
    if client.post(f"/sign-in/{token}").status_code != 302:
        raise RuntimeError("nobody could sign in")
    return client


if __name__ == "__main__":
    main()
