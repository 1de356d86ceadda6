"""A database with every table and no row, migrated once and copied for whoever wants one.

Migrating from nothing takes five seconds of a processor, a copy none. Whoever copies still migrates,
which is quick then and remakes what follows from the program, the triggers; that nothing grows into
a network by itself is tried with `dure init` in test_cli.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).parents[1]
KEPT = Path(tempfile.gettempdir()) / f"dure-blank-{os.getuid()}"


def surroundings(home: Path, database_url: str = "") -> dict[str, str]:
    """The environment of a network in this folder, whatever this machine is set to."""
    own = {k: v for k, v in os.environ.items() if not k.startswith(("DURE_", "DJANGO_"))}
    return own | {
        "DURE_HOME": str(home),
        "DURE_DATABASE_URL": database_url,
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
    }


def copy_to(file: Path) -> None:
    """A blank database of the embedded engine at this place."""
    with _alone():
        kept = KEPT / f"{_fingerprint()}.sqlite3"
        if not kept.exists():
            with tempfile.TemporaryDirectory(dir=KEPT) as making:
                _migrate(surroundings(Path(making)))
                (Path(making) / "dure.sqlite3").rename(kept)
    shutil.copyfile(kept, file)


def make_on_server(database_url: str, name: str) -> str:
    """A blank database of this name on the server of another one; its address."""
    import psycopg

    parts = urlsplit(database_url)
    blank = f"dure_blank_{_fingerprint()}"
    server = psycopg.connect(parts._replace(path="/postgres").geturl(), autocommit=True)
    with _alone(), server:
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [blank]).fetchone():
            server.execute(f'DROP DATABASE IF EXISTS "{blank}_making"')
            server.execute(f'CREATE DATABASE "{blank}_making"')
            with tempfile.TemporaryDirectory(dir=KEPT) as home:
                making = parts._replace(path=f"/{blank}_making").geturl()
                _migrate(surroundings(Path(home), making))
            server.execute(f'ALTER DATABASE "{blank}_making" RENAME TO "{blank}"')
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{blank}"')
    return parts._replace(path=f"/{name}").geturl()


def drop_on_server(database_url: str) -> None:
    import psycopg

    parts = urlsplit(database_url)
    with psycopg.connect(parts._replace(path="/postgres").geturl(), autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{parts.path[1:]}" WITH (FORCE)')


def _fingerprint() -> str:
    """Of what makes the tables: the migrations of Dure, and what else is installed."""
    told = hashlib.sha256()
    for file in sorted((*ROOT.glob("dure/**/migrations/*.py"), ROOT / "requirements/run.txt")):
        told.update(f"{file.relative_to(ROOT)} ".encode() + file.read_bytes())
    return told.hexdigest()[:16]


def _migrate(env: dict[str, str]) -> None:
    subprocess.run(
        [sys.executable, "-m", "dure.site.cli", "manage", "migrate", "--verbosity", "0"],
        env=env, cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip


@contextmanager
def _alone() -> Iterator[None]:
    """One process at a time makes it; the others wait for it."""
    KEPT.mkdir(mode=0o700, exist_ok=True)
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
