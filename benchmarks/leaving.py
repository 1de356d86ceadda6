"""A network of 100,000 members leaves and arrives: seconds and memory, beside a backup of the same.

.venv/bin/python benchmarks/leaving.py [--members 100000] [--months 1]

Each is a process of its own, as on a machine; the peak of its memory is what the system says of it.
The memory must not grow with the members: the last line compares with a tenth of them.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import ground
from ground import say

LIMIT = 1.5  # of the memory for a tenth of the members


def main() -> None:
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    asked.add_argument("--members", type=int, default=100_000)
    asked.add_argument("--months", type=int, default=1)
    asked.add_argument("--fill", type=Path, help="only make a network of that many in this folder")
    given = asked.parse_args()
    if given.fill:
        fill(given.fill, given.members, given.months)
        return
    peaks = {}
    for members in (given.members // 10, given.members):
        with tempfile.TemporaryDirectory(prefix="dure-leaving-") as folder:
            peaks[members] = measured(Path(folder), members, given.months)
    small, large = (max(peak.values()) for peak in peaks.values())
    say(f"memory at {large / small:.2f} of a tenth's (limit {LIMIT}); {ground.busy()}")


def measured(folder: Path, members: int, months: int) -> dict[str, int]:
    """Peak memory in MB by what was done."""
    home, there = folder / "home", folder / "there"
    run([__file__, "--fill", str(home), "--members", str(members), "--months", str(months)])
    package, backup = str(folder / "all.zip"), str(folder / "backup.zip")
    peaks = {}
    for name, place, words in (
        ("backup", home, ["backup", backup]),
        ("export", home, ["export", package, "--reason", "bench"]),
        ("preview", there, ["import-network", package, "--preview", "--format", "json"]),
        ("import", there, ["import-network", package, "--without-keys"]),
    ):
        seconds, peaks[name] = run(["-m", "dure.site.cli", "--home", str(place), *words])
        say(f"{members:,} members  {name:8} {seconds:7.1f} s  {peaks[name]} MB")
    say(f"the package has {os.path.getsize(package) / 1e6:.1f} MB")
    return peaks


def run(words: list[str]) -> tuple[float, int]:
    """Seconds and peak memory in MB of a Python process."""
    start = time.perf_counter()
    child = subprocess.Popen([sys.executable, *words], stdout=subprocess.DEVNULL)
    _pid, status, used = os.wait4(child.pid, 0)
    assert status == 0, words
    return time.perf_counter() - start, used.ru_maxrss // 1024


def fill(home: Path, members: int, months: int) -> None:
    home.mkdir()
    ground.prepare(home)
    import billing

    billing.add_members(members)
    for month in range(1, months + 1):
        billing.bill(month)


if __name__ == "__main__":
    main()
