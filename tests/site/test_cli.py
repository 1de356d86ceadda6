"""The command line as scripts see it: exit status, one line of reason, JSON, backup and restore."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests import blank
from tests.site.standing_by import Ran, StandingBy

standing_by: dict[tuple[Path, str], StandingBy] = {}


@pytest.fixture(autouse=True, scope="module")
def sent_away() -> Iterator[None]:
    yield
    while standing_by:
        standing_by.popitem()[1].leave()


def run(
    home: Path, *words: str, database_url: str = "", env: Mapping[str, str] | None = None
) -> Ran:
    """A command in the network of this folder, by a `dure` that stands by there."""
    at = home, database_url
    if at not in standing_by:
        standing_by[at] = StandingBy(*at)
    return standing_by[at].run(words, env or {})


def blank_home(place: Path) -> Path:
    """A folder without a network, its tables made."""
    place.mkdir()
    blank.copy_to(place / "dure.sqlite3")
    return place


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A network founded by `dure init`, with two organisations in it."""
    home = tmp_path_factory.mktemp("network")
    dure = [sys.executable, "-m", "dure.site.cli"]  # started as people start it
    begin = [
        "init",
        "--name",
        "시험 네트워크",
        "--form",
        "사회적협동조합",
        "--yes",
        "--email",
        "first@example.kr",
        "--person",
        "김하늘",
        "--format",
        "json",
    ]
    founded = subprocess.run(
        [*dure, *begin], env=blank.surroundings(home), capture_output=True, text=True, check=False
    )
    assert founded.returncode == 0, founded.stderr
    answer = json.loads(founded.stdout)
    assert answer["legal_form"] == "social_cooperative"
    assert "/account/invitation/" in answer["invitation"]
    return home


def test_misuse_is_2_and_a_refusal_is_1_with_one_line_of_reason(
    network: Path, tmp_path: Path
) -> None:
    assert run(network, "no-such-thing").returncode == 2
    assert run(network, "verify", "--format", "yaml").returncode == 2
    assert run(network, "backup").returncode == 2
    again = run(network, "init", "--name", "두 번째", "--yes")
    assert (again.returncode, len(again.stderr.strip().splitlines())) == (1, 1)
    empty = run(tmp_path / "empty", "verify")
    assert (empty.returncode, len(empty.stderr.strip().splitlines())) == (1, 1)
    assert "Traceback" not in empty.stderr
    other = blank_home(tmp_path / "other")
    assert run(other, "init", "--yes").returncode == 1
    wrong = run(other, "init", "--name", "x", "--form", "없는 꼴", "--yes")
    assert wrong.returncode == 1 and "없는 꼴" in wrong.stderr


def test_verify_and_seal_answer_in_json(network: Path) -> None:
    sealed = run(network, "seal", "--format", "json")
    assert sealed.returncode == 0, sealed.stderr
    assert json.loads(sealed.stdout)["rows"] > 0
    verified = run(network, "verify", "--format", "json")
    assert verified.returncode == 0, verified.stderr
    answer = json.loads(verified.stdout)
    assert answer["sound"] is True and answer["seals"] >= 1
    books = run(network, "check-books", "--format", "json")
    assert (books.returncode, json.loads(books.stdout)["sound"]) == (0, True)


def test_one_row_is_proved_and_the_proof_checked_without_a_network(
    network: Path, tmp_path: Path
) -> None:
    assert run(network, "seal").returncode == 0
    file = tmp_path / "proof.json"
    assert run(network, "verify", "--prove", "deeds:1", "--out", str(file)).returncode == 0
    away = tmp_path / "elsewhere"
    held = run(away, "verify", "--check-proof", str(file), "--format", "json")
    assert (held.returncode, json.loads(held.stdout)["holds"]) == (0, True), held.stderr
    file.write_text(file.read_text(encoding="utf-8").replace("시험", "거짓"), encoding="utf-8")
    assert run(away, "verify", "--check-proof", str(file)).returncode == 1
    file.write_text("[1, 2]")
    assert run(away, "verify", "--check-proof", str(file)).returncode == 1
    assert run(network, "verify", "--prove", "deeds:999999").returncode == 1
    assert run(network, "verify", "--prove", "wrong").returncode == 2


def test_one_changed_row_is_named(network: Path, tmp_path: Path) -> None:
    import sqlite3

    copy = blank_home(tmp_path / "copy")
    assert run(network, "backup", str(tmp_path / "b.zip")).returncode == 0
    assert run(copy, "restore", str(tmp_path / "b.zip")).returncode == 0
    assert run(copy, "seal").returncode == 0
    with sqlite3.connect(copy / "dure.sqlite3") as database:
        (trigger,) = database.execute(
            "select sql from sqlite_master where type='trigger' and sql like '%UPDATE ON kernel_deed %'"
        ).fetchone()
        name = trigger.split()[2]
        database.execute(f"DROP TRIGGER {name}")
        database.execute("UPDATE kernel_deed SET data = replace(data, '시험', '거짓') WHERE id = 1")
        database.execute(trigger)
    found = run(copy, "verify")
    assert found.returncode == 1, found.stdout
    assert len(found.stderr.strip().splitlines()) == 1


def test_a_backup_comes_back_as_it_was(network: Path, tmp_path: Path) -> None:
    (network / "media" / "정관").mkdir(parents=True, exist_ok=True)
    (network / "media" / "정관" / "정관.txt").write_text("제1조", encoding="utf-8")
    first, second = tmp_path / "first.zip", tmp_path / "second.zip"
    made = run(network, "backup", str(first), "--format", "json", "--progress")
    assert made.returncode == 0, made.stderr
    assert json.loads(made.stdout)["files"] == 1
    assert first.stat().st_mode & 0o077 == 0  # it holds the keys
    assert run(network, "backup", str(first)).returncode == 1  # never overwrites
    home = blank_home(tmp_path / "restored")
    back = run(home, "restore", str(first), "--format", "json")
    assert back.returncode == 0, back.stderr
    assert (home / "media" / "정관" / "정관.txt").read_text(encoding="utf-8") == "제1조"
    assert (home / "encryption.key").read_bytes() == (network / "encryption.key").read_bytes()
    assert run(home, "restore", str(first)).returncode == 1  # there is a network
    assert run(home, "restore", str(first), "--replace").returncode == 0
    assert run(home, "backup", str(second)).returncode == 0
    assert contents(first) == contents(second)


def contents(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as archive:
        return {n: archive.read(n) for n in archive.namelist() if n != "manifest.json"}


def test_a_broken_backup_is_refused_and_changes_nothing(network: Path, tmp_path: Path) -> None:
    whole = tmp_path / "whole.zip"
    assert run(network, "backup", str(whole)).returncode == 0
    half = tmp_path / "half.zip"
    half.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    text = tmp_path / "text.zip"
    text.write_text("아무 글")
    forged = tmp_path / "forged.zip"
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(forged, "w") as out:
        for name in source.namelist():
            data = source.read(name)
            out.writestr(
                name, data.replace("시험".encode(), "거짓".encode()) if "deed" in name else data
            )
    home = blank_home(tmp_path / "home")
    for broken in (half, text, forged):
        refused = run(home, "restore", str(broken))
        assert refused.returncode == 1, (broken.name, refused.stderr)
        assert len(refused.stderr.strip().splitlines()) == 1
    assert run(home, "verify").returncode == 1  # still no network there


def test_the_worker_does_what_is_due_and_stops(network: Path) -> None:
    first, second = run(network, "worker", "--once"), run(network, "worker", "--once")
    assert first.returncode == second.returncode == 0, first.stderr
    assert "/account/invitation/" in first.stdout  # the letter, on the console
    assert "/account/invitation/" not in second.stdout


def test_tokens_and_invitations_from_the_command_line(network: Path) -> None:
    invited = run(network, "people", "invite", "someone@example.kr", "--format", "json")
    assert invited.returncode == 0 and "link" in json.loads(invited.stdout)
    assert (
        run(network, "people", "token", "nobody@example.kr", "--scope", "me:read").returncode == 1
    )
    assert run(network, "people", "invite", "not an address").returncode == 1


def test_a_network_is_exported_looked_at_and_imported(network: Path, tmp_path: Path) -> None:
    place, keys = tmp_path / "all.zip", tmp_path / "keys.json"
    home = blank_home(tmp_path / "home")
    said = {"env": {"DURE_PASSPHRASE": "달빛 아래 모여 두레를 꾸린다"}}
    assert run(network, "export", str(place)).returncode == 2  # why?
    made = run(network, "export", str(place), "--reason", "이사", "--keys", str(keys), **said)
    assert made.returncode == 0, made.stderr
    again = run(network, "export", str(place), "--reason", "이사")
    assert (again.returncode, len(again.stderr.strip().splitlines())) == (1, 1)
    seen = run(home, "import-network", str(place), "--preview", "--format", "json")
    assert json.loads(seen.stdout)["network"] == "시험 네트워크"
    brought = run(home, "import-network", str(place), "--keys", str(keys), **said)
    assert brought.returncode == 0, brought.stderr
    assert run(home, "verify").returncode == run(home, "check-books").returncode == 0
    refused = run(home, "import-network", str(place), "--without-keys")
    assert (refused.returncode, len(refused.stderr.strip().splitlines())) == (1, 1)


SERVER = os.environ.get("DURE_DATABASE_URL", "")

if SERVER.startswith("postgres"):  # a file moves to a server where there is one

    @pytest.fixture
    def moved() -> Iterator[str]:
        """A blank database beside the one of the tests."""
        own = blank.make_on_server(SERVER, "dure_restored_by_test")
        yield own
        blank.drop_on_server(own)

    def test_a_backup_moves_between_engines(network: Path, tmp_path: Path, moved: str) -> None:
        first, second = tmp_path / "sqlite.zip", tmp_path / "postgresql.zip"
        assert run(network, "backup", str(first)).returncode == 0
        there = run(tmp_path / "there", "restore", str(first), database_url=moved)
        assert there.returncode == 0, there.stderr
        verified = run(tmp_path / "there", "verify", database_url=moved)
        assert verified.returncode == 0, verified.stderr
        assert run(tmp_path / "there", "backup", str(second), database_url=moved).returncode == 0
        assert run(blank_home(tmp_path / "back"), "restore", str(second)).returncode == 0
        assert contents(first) == contents(second)

    def test_an_export_moves_to_a_server_and_back(
        network: Path, tmp_path: Path, moved: str
    ) -> None:
        homes = [(network, ""), (tmp_path / "there", moved), (blank_home(tmp_path / "back"), "")]
        kept: list[dict[str, bytes]] = []
        for number, (home, url) in enumerate(homes):
            place, backup = tmp_path / f"{number}.zip", tmp_path / f"backup-{number}.zip"
            if number:
                package = str(tmp_path / f"{number - 1}.zip")
                brought = run(home, "import-network", package, "--without-keys", database_url=url)
                assert brought.returncode == 0, brought.stderr
                arrived = tmp_path / f"arrived-{number}.zip"
                assert run(home, "backup", str(arrived), database_url=url).returncode == 0
                assert lasting(contents(arrived)) == lasting(kept[-1])
                for check in ("verify", "check-books"):
                    assert run(home, check, database_url=url).returncode == 0
            left = run(home, "export", str(place), "--reason", "이사", database_url=url)
            assert left.returncode == 0, left.stderr
            assert run(home, "backup", str(backup), database_url=url).returncode == 0
            kept.append(contents(backup))

    def lasting(files: dict[str, bytes]) -> dict[str, bytes]:
        """What travels unchanged: not log-ins, letters that wait, tables each place makes, keys."""
        return {
            name: content
            for name, content in files.items()
            if name.startswith("tables/")
            and not re.search("account|auth|mfa|token|session|content_type|news|kernel_read", name)
        }
