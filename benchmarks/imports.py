"""A file of organisations taken in: a first time, again, and killed half way and begun anew.

    .venv/bin/python benchmarks/imports.py [--rows 100000]
    DURE_POSTGRES_AS_IS=1 tools/with-postgres .venv/bin/python benchmarks/imports.py

It calls the command line as an office does, each time as a process of its own, and tells its time, its
processor time and the most memory it held. On SQLite beside it the floor: the same rows written into the
same tables by the bare driver, as many at a time.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import ground
from ground import say

DURE = Path(sys.executable).parent / "dure"
HEADS = "기관명 사업자등록번호 지역 대표전화 설립일 종사자수 유형 사업내용".split()
FIRST = (
    "햇살 달빛 한마음 두레 이음 나눔 살림 도담 마중 어울림 새벽 온누리 동네 우리 함께 느티".split()
)
SECOND = "돌봄 반찬 목공 카페 청소 농장 인쇄 교육 공방 택배 방앗간 세탁 여행 문화 책방 요양".split()
FORMS = ("협동조합", "사회적협동조합", "마을기업", "자활기업", "")
KINDS = ("협동조합", "사회적협동조합", "사회적기업", "마을기업", "자활기업", "예비사회적기업")
PLACES = ("서울 광진구", "서울 성동구", "강원 원주시", "경기 안성시", "전북 완주군", "충남 홍성군")
WEIGHTS = (1, 3, 7, 1, 3, 7, 1, 3, 5)
WRONG_EVERY = 500
TABLES = ("parties_party", "parties_organisation", "parties_designation", "parties_searchterm")
CHUNK = 2_000


@dataclass(frozen=True)
class Ran:
    wall: float
    processor: float
    megabytes: int
    told: dict[str, int]


def number(at: int) -> str:
    """A business registration number with its check digit."""
    nine = f"{100_000_000 + at:09d}"
    products = [int(digit) * weight for digit, weight in zip(nine, WEIGHTS, strict=True)]
    return f"{nine}{-(sum(products) + products[8] // 10) % 10}"


def write_file(path: Path, rows: int) -> None:
    """What networks send: most rows right, one in 500 with a wrong number, one in four without."""
    chance = random.Random(7)
    with path.open("w", newline="") as file:
        out = csv.writer(file)
        out.writerow(HEADS)
        for at in range(rows):
            name, work = f"{chance.choice(FIRST)}{chance.choice(SECOND)}", chance.choice(SECOND)
            given = number(at + (at % WRONG_EVERY == WRONG_EVERY - 1))[:9] + number(at)[9:]
            out.writerow(
                (
                    f"{name}{at}{chance.choice(FORMS)}",
                    given if at % 4 else "",
                    chance.choice(PLACES),
                    f"0{chance.randint(31, 64)}-{chance.randint(200, 999)}-{at % 10_000:04d}",
                    f"{chance.randint(2000, 2025)}.{chance.randint(1, 12)}.{chance.randint(1, 28)}",
                    chance.randint(1, 80),
                    chance.choice(KINDS),
                    f"{work}와 돌봄, 지역 일자리",
                )
            )


def found(home: Path) -> None:
    words = ["init", "--yes", "--name", "시험", "--person", "홍길동", "--email", "a@example.kr"]
    subprocess.run([DURE, "--home", home, *words], check=True, stdout=subprocess.DEVNULL)


def take(home: Path, file: Path, kill_after: float = 0) -> Ran | None:
    """`dure parties import FILE --accept`; None when it was killed."""
    start = time.perf_counter()
    with tempfile.TemporaryFile("w+") as answer:
        words = [DURE, "--home", home, "parties", "import", file, "--accept"]
        running = subprocess.Popen(words, stdout=answer)
        if kill_after:
            time.sleep(kill_after)
            running.send_signal(signal.SIGKILL)
        _pid, status, used = os.wait4(running.pid, 0)
        wall = time.perf_counter() - start
        if status:
            return None
        answer.seek(0)
        told = {name: value for name, value in json.load(answer).items() if type(value) is int}
    return Ran(wall, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024, told)


def write_bare(source: Path, target: Path) -> float:
    """The rows of one network into the tables of another, by the driver alone; seconds."""
    start = time.perf_counter()
    with sqlite3.connect(source) as there, sqlite3.connect(target) as here:
        here.execute("PRAGMA synchronous=NORMAL")
        here.execute("PRAGMA foreign_keys=OFF")
        here.execute("PRAGMA cache_size=-20000")
        [last] = there.execute("SELECT max(id) FROM parties_party").fetchone()
        known = {table: there.execute(f"SELECT * FROM {table} LIMIT 0") for table in TABLES}
        for first in range(2, last + 1, CHUNK):
            for table, heads in known.items():
                key = "id" if table == "parties_party" else "organisation_id"
                key = "party_id" if table == "parties_organisation" else key
                asked = f"SELECT * FROM {table} WHERE {key} >= ? AND {key} < ?"
                rows = there.execute(asked, (first, first + CHUNK)).fetchall()
                places = ", ".join("?" * len(heads.description))
                here.executemany(f"INSERT INTO {table} VALUES ({places})", rows)
            here.commit()
    return time.perf_counter() - start


def main() -> None:
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    asked.add_argument("--rows", type=int, default=100_000)
    rows = asked.parse_args().rows
    engine = "postgresql" if os.environ.get("DURE_DATABASE_URL") else "sqlite"
    say(f"engine {engine}, {rows:,} rows, {ground.busy()}")

    def told(name: str, ran: Ran | None) -> Ran:
        assert ran is not None, f"{name} failed"
        say(
            f"{name:14} {ran.wall:8.1f} s  {1000 * ran.processor / rows:6.3f} ms of processor a row"
            f"  {ran.megabytes} MB  {ran.told}"
        )
        return ran

    with tempfile.TemporaryDirectory(prefix="dure-benchmark-") as folder:
        home, other, file = Path(folder, "one"), Path(folder, "two"), Path(folder, "file.csv")
        write_file(file, rows)
        found(home)
        first = told("first", take(home, file))
        told("again", take(home, file))
        if engine == "sqlite":
            found(other)
            took = write_bare(home / "dure.sqlite3", other / "dure.sqlite3")
            say(f"{'bare driver':14} {took:8.1f} s, reading included")
            third = Path(folder, "three")
            found(third)
            assert take(third, file, kill_after=first.wall / 2) is None
            resumed = told("killed, resumed", take(third, file))
            assert resumed.told == first.told, (resumed.told, first.told)
    say(ground.busy())


if __name__ == "__main__":
    main()
