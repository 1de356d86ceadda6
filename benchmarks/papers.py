"""Papers: issuing and printing a certificate and a statement for each of many members.

    .venv/bin/python benchmarks/papers.py [--members 1000]
    DURE_POSTGRES_AS_IS=1 tools/with-postgres .venv/bin/python benchmarks/papers.py

Beside them the floor: the same number of PDFs of one line, by the same typesetter.
"""

from __future__ import annotations

import argparse
import io
import statistics
import time
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

import ground
from ground import say


def main() -> None:
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    asked.add_argument("--members", type=int, default=1_000)
    members = asked.parse_args().members
    engine = ground.prepare()
    say(f"engine {engine}, {ground.busy()}")
    from dure.domains.memberships import commands, documents, queries
    from dure.domains.parties import commands as parties
    from dure.kernel.dates import Month
    from dure.ui import pdf

    parties.found_network(ground.act(), name="한울 사회연대경제 네트워크", legal_form="association")
    commands.add_member_class(ground.act(), name="개인회원", code="person", who="person")
    for number in range(members):
        party = parties.add_person(ground.act(), name=f"회원{number}")
        commands.enrol_member(
            ground.act(),
            party_id=party.pk,
            member_class="person",
            joined_date=ground.BOOKS_FROM,
            decided_by="창립총회",
        )
    commands.set_dues_plan(
        ground.act(), member_class="person", name="월회비", period="month", amount_won=10_000,
        from_month=Month(2026, 1),
    )  # fmt: skip
    for month in range(1, 12):
        commands.bill_dues(ground.act(), month=Month(2026, month))

    def told(name: str, run: Callable[[], Any], count: int = members) -> Any:
        start = time.perf_counter()
        found = run()
        took = time.perf_counter() - start
        say(f"{name:34} {took:7.2f} s  {1000 * took / count:8.2f} ms each")
        return found

    for kind in ("member_certificate", "yearly_statement"):

        def issue(kind: str = kind) -> None:
            done = 0
            while done < members:
                done += commands.issue_papers(ground.act(), kind=kind, year=2026)

        told(f"{kind}: issued", issue)
        span = (date(2026, 1, 1), None) if kind == "yearly_statement" else (None, 2026)
        papers = told(
            f"{kind}: read again",
            lambda kind=kind, span=span: list(queries.printed_batch(ground.act(), kind, *span)),
        )
        folder = told(
            f"{kind}: ZIP of PDFs", lambda papers=papers: b"".join(documents.papers_zip(papers))
        )
        say(f"{len(zipfile.ZipFile(io.BytesIO(folder)).namelist())} files, {len(folder):,} bytes")
        told(
            f"{kind}: 500 in one PDF",
            lambda papers=papers: documents.papers_pdf(papers[: documents.MANY_MAX]),
            min(members, documents.MANY_MAX),
        )
        each = []
        for paper in papers[:100]:
            start = time.perf_counter()
            documents.papers_pdf([paper])
            each.append(time.perf_counter() - start)
        say(f"one PDF: median {1000 * statistics.median(each):.1f} ms, most {1000 * max(each):.1f}")
    line = pdf.Certificate(title="x", network="x", facts=(), lines=("x",), dated="x", lang="ko")
    told(
        "floor: a PDF of one line",
        lambda: [pdf.certificate(line, made_at=ground.act().at) for _time in range(members)],
    )
    say(ground.busy())


if __name__ == "__main__":
    main()
