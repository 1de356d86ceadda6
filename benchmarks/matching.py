"""Taking a long bank file in, and matching it against as many open dues.

    .venv/bin/python benchmarks/matching.py [--lines 100000]
    DURE_POSTGRES_AS_IS=1 tools/with-postgres .venv/bin/python benchmarks/matching.py

Nine of ten payers are members by name (in the spellings of banks), the others are strangers. Told
apart: reading and keeping the file, entering its receipts piece by piece, and matching all that is
sure (limit: 60 s), which is looking and booking.
"""

from __future__ import annotations

import argparse
import io
from dataclasses import replace
from typing import Any

import billing
import ground
from ground import say, timed

LIMIT = 60
PIECE = 25_000  # as `dure memberships receipts match-sure`


def main() -> None:
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    asked.add_argument("--lines", type=int, default=100_000)
    given = asked.parse_args()
    engine = ground.prepare()
    say(f"engine {engine}, {ground.busy()}, {given.lines:,} lines against as many open charges")
    billing.add_members(given.lines)
    billing.bill(11)
    from dure.domains.memberships import commands

    content = bank_file(given.lines)
    took: list[float] = []
    used = [ground.cpu()]
    with timed(took):
        staged = commands.upload_receipts(ground.act(), filename="bank.csv", content=content)
    used.append(ground.cpu())
    say(f"read and keep the file  {took[-1]:6.1f} s   {used[-1] - used[-2]:.1f} s of processor")
    with timed(took):
        while staged.state == "staged":
            staged = commands.accept_receipts(ground.act(), import_id=staged.pk, most=PIECE)
    assert staged.entered_count == given.lines
    used.append(ground.cpu())
    say(f"enter the receipts      {took[-1]:6.1f} s   {used[-1] - used[-2]:.1f} s of processor")
    count, left, after = 0, 1, 0
    with timed(took):
        while left:
            found = commands.match_sure_receipts(in_person(), after_id=after, most=PIECE)
            count, left, after = count + found.count, found.left, found.after_id
            say(f"  {after:,} looked at, {count:,} matched")
    used.append(ground.cpu())
    said = f"{count:,} of {given.lines:,}, {used[-1] - used[-2]:.1f} s of processor"
    say(f"match what is sure      {took[-1]:6.1f} s   {said} (limit {LIMIT} s)")
    say(f"all of it               {sum(took):6.1f} s   {used[-1] - used[0]:.1f} s of processor")


def in_person() -> Any:
    """The secretary herself: without a person nothing is matched unless the rules say so."""
    return replace(ground.act(), via="cli")


def bank_file(lines: int) -> bytes:
    text = io.StringIO()
    text.write("거래일시,적요,기재내용,출금액,입금액,잔액\n")
    shapes = ("{}", "{} ", "{}11월회비", "11월 {}", "{}회비")
    for n in range(lines):
        name = f"모르는사람{n}" if n % 10 == 9 else shapes[n % 5].format(billing.name_of(n))
        text.write(
            f"2026.11.{n % 18 + 1:02} 09:{n % 60:02}:00,타행,{name},0,10000,{(n + 1) * 10_000}\n"
        )
    return text.getvalue().encode("cp949")


if __name__ == "__main__":
    main()
