"""The folder of a network's data: where its database, keys and files live.

`DURE_HOME` (or `dure --home DIR`) names it. Nothing here needs Django, because the
settings read it.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit


@dataclass(frozen=True, slots=True)
class Home:
    folder: Path

    @property
    def database_file(self) -> Path:
        return self.folder / "dure.sqlite3"

    @property
    def secret_key_file(self) -> Path:
        return self.folder / "secret.key"

    @property
    def encryption_key_file(self) -> Path:
        return self.folder / "encryption.key"

    @property
    def ballots(self) -> Path:
        """Of votes under way; in no backup. Machines that serve one network share one folder."""
        return Path(os.environ.get("DURE_BALLOTS") or self.folder / "ballots")

    @property
    def media(self) -> Path:
        return self.folder / "media"

    @property
    def cache(self) -> Path:
        return self.folder / "cache"

    @property
    def demo_mark(self) -> Path:
        return self.folder / "demo"

    def mark_demo(self, database_url: str) -> None:
        """Say that the network in this database is the demonstration."""
        self.demo_mark.write_text(_fingerprint(database_url))

    def holds_demo(self, database_url: str) -> bool:
        """Whether the network is the demonstration: its staff work without a second factor.

        The mark names its database: the folder beside another network's database marks nothing.
        """
        return self.demo_mark.exists() and self.demo_mark.read_text() == _fingerprint(database_url)

    def prepare(self) -> None:
        """Make the folder and its keys when they are missing; never replace what is there."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.media.mkdir(exist_ok=True)
        self.cache.mkdir(exist_ok=True, mode=0o700)
        _write_once(self.secret_key_file, secrets.token_urlsafe(64))
        from cryptography.fernet import Fernet

        _write_once(self.encryption_key_file, Fernet.generate_key().decode())

    def secret_key(self) -> str:
        """The key that signs sessions; a passing one when the folder is not prepared yet."""
        if self.secret_key_file.exists():
            return self.secret_key_file.read_text().strip()
        return secrets.token_urlsafe(64)


def _write_once(file: Path, text: str) -> None:
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w") as out:
        out.write(text + "\n")


def home() -> Home:
    return Home(Path(os.environ.get("DURE_HOME") or Path.home() / ".dure").expanduser().resolve())


SQLITE_START = (
    "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;"
    "PRAGMA recursive_triggers=ON;PRAGMA cache_size=-20000;PRAGMA temp_store=MEMORY;"
)


def _fingerprint(database_url: str) -> str:
    return sha256(database_url.encode()).hexdigest() + "\n"


def database(url: str, folder: Home) -> dict[str, object]:
    """Django's settings of the one database: PostgreSQL when a URL is given, else a SQLite file.

    IMMEDIATE, because a transaction that reads and then writes fails at once under DEFERRED
    when another wrote in between; the time-out cannot help there.
    """
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(folder.database_file),
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": SQLITE_START,
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError("DURE_DATABASE_URL: postgresql://user:password@host:port/name")
    query = dict(parse_qsl(parts.query))
    pool_max = int(query.pop("pool", "8"))
    options: dict[str, object] = {
        **query,
        "pool": {"min_size": 1, "max_size": pool_max, "timeout": 20},
    }
    schema = query.pop("schema", "")
    if schema:
        options.pop("schema")
        options["options"] = f"-c search_path={schema}"
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or query.get("host", "")),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 0,
        "OPTIONS": options,
    }
