"""Leaving with everything: exported open, looked at, brought into an empty installation, or refused."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from hypothesis import given, strategies as st

from dure.domains.parties import commands as parties, queries as party_queries
from dure.kernel import secrets, triggers
from dure.kernel.models import Deed, News, Read
from dure.kernel.refusals import Denied, KeyReused, Refusal
from dure.kernel.secrets import KeyMissing
from dure.site import commands, health, moving
from dure.site.archive import form as types, loading
from dure.site.archive.form import MadeBeforeRelease, NotBroughtForward
from dure.site.home import Home
from dure.site.moving import cells, dictionary, passphrase, travels
from tests.cast import Cast, build
from tests.conftest import NOW, MakeAct
from tests.furniture import furnish

WORDS = "달빛 아래 모여 두레를 꾸린다"


def empty() -> None:
    """The database as a new installation has it."""
    with triggers.suspended(connection), connection.cursor() as cursor:
        tables = [model._meta.db_table for model in types.tables()]
        tables = [table for table in tables if table not in travels.REMADE]
        if connection.vendor == "postgresql":
            cursor.execute(f"TRUNCATE {', '.join(tables)} RESTART IDENTITY CASCADE")
        else:
            cursor.execute("PRAGMA foreign_keys=OFF")
            for table in tables:
                cursor.execute(f"DELETE FROM {table}")
            cursor.execute("DELETE FROM sqlite_sequence")
            cursor.execute("PRAGMA foreign_keys=ON")


@pytest.fixture
def here(tmp_path: Path, settings: Any) -> Home:
    home = Home(tmp_path / "here")
    home.prepare()
    settings.DURE_ENCRYPTION_KEY_FILE = home.encryption_key_file
    return home


@pytest.fixture
def network(transactional_db: None, here: Home, act: MakeAct) -> Iterator[Cast]:
    """The cast's network with one of everything, an account number, a file and a strange name.

    A test that fails while tables are away leaves them to the others as they were.
    """
    cast = build(NOW)
    furnish(cast, NOW)
    parties.record_bank_account(
        act("secretariat"),
        party_id=cast.member,
        bank="신한은행",
        number="110-234-567890",
        holder="정마루",
    )
    parties.add_organisation(act("secretariat"), name='=햇살\n"쉼표, 따옴표"', description="'\\N")
    (here.media / "정관").mkdir()
    (here.media / "정관" / "정관.txt").write_text("제1조", "utf-8")
    yield cast
    if {model._meta.db_table for model in types.tables()} - set(
        connection.introspection.table_names()
    ):
        call_command("migrate", verbosity=0)


def export(act: MakeAct, place: Path, home: Home, form: str = "csv") -> moving.Moved:
    return moving.write_export(act("operator"), place, home, form=form)


def contents(place: Path, part: str = "tables/") -> dict[str, bytes]:
    with zipfile.ZipFile(place) as package:
        return {name: package.read(name) for name in package.namelist() if name.startswith(part)}


@pytest.mark.parametrize("form", cells.FORMS)
def test_a_network_leaves_and_is_the_same_elsewhere(
    network: Cast, here: Home, tmp_path: Path, act: MakeAct, settings: Any, form: str
) -> None:
    commands.export_network(act("operator"), reason="이사", form=form)
    first, second = tmp_path / "first.zip", tmp_path / "second.zip"
    left = export(act, first, here, form)
    assert left.sealed >= 1
    seen = moving.look_into(first)
    assert (seen.network, seen.rows, seen.fingerprint) == (
        "한울 사회연대경제 네트워크",
        left.rows,
        left.fingerprint,
    )
    there = Home(tmp_path / "there")
    there.prepare()
    keys = secrets.keys()
    settings.DURE_ENCRYPTION_KEY_FILE = there.encryption_key_file
    empty()
    done = moving.import_network(first, there, keys=keys)
    assert (done.rows, done.fingerprint) == (left.rows, left.fingerprint)
    assert health.all_findings() == []
    assert (there.media / "정관" / "정관.txt").read_text("utf-8") == "제1조"
    export(act, second, there, form)
    assert contents(first) == contents(second)
    # life goes on: numbers continue, triggers hold, account numbers open
    added = parties.add_organisation(act("secretariat"), name="새 조합")
    assert added.pk > network.organisation
    with pytest.raises(Exception, match="append-only"), connection.cursor() as cursor:
        cursor.execute("UPDATE kernel_deed SET name = 'x'")
    account = apps.get_model("parties.BankAccount").objects.get(party_id=network.member)
    assert secrets.decrypt(account.number_sealed).endswith("567890")
    with pytest.raises(moving.InstallationNotEmpty):
        moving.import_network(first, there, keys=keys)


def rewritten(
    place: Path, to: Path, change: Callable[[dict[str, bytes]], None], *, honest: bool
) -> Path:
    """The package with files changed; with an honest manifest, as another program would make it."""
    files = contents(place, "")
    change(files)
    if honest:
        manifest = json.loads(files["manifest.json"])
        for one in (*manifest["tables"], *manifest["files"]):
            content = files[one["file"]]
            one |= {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        files["manifest.json"] = json.dumps(manifest).encode()
    with zipfile.ZipFile(to, "w") as package:
        for name, content in files.items():
            package.writestr(name, content)
    return to


def replaced(name: str, old: str, new: str, count: int = 1) -> Callable[[dict[str, bytes]], None]:
    def change(files: dict[str, bytes]) -> None:
        assert old.encode() in files[name], name
        files[name] = files[name].replace(old.encode(), new.encode(), count)

    return change


def removed(name: str) -> Callable[[dict[str, bytes]], None]:
    def change(files: dict[str, bytes]) -> None:
        del files[name]

    return change


def aged() -> Callable[[dict[str, bytes]], None]:
    """As it was before the newest room was built: without its tables and migrations."""
    graph = MigrationLoader(connection).graph
    ours = {app.label for app in apps.get_app_configs() if app.name.startswith("dure.domains.")}
    below = {
        parent.key[0]
        for key in graph.nodes
        for parent in graph.node_map[key].parents
        if parent.key[0] != key[0]
    }
    newest = min(ours - below)

    def age(files: dict[str, bytes]) -> None:
        manifest = json.loads(files["manifest.json"])
        manifest["migrations"] = [one for one in manifest["migrations"] if one[0] != newest]
        old = [one for one in manifest["tables"] if not one["table"].startswith(f"{newest}_")]
        assert len(old) < len(manifest["tables"])
        manifest["tables"] = old
        files["manifest.json"] = json.dumps(manifest).encode()

    return age


def test_what_an_older_dure_exported_comes_in_and_grows_up(
    network: Cast, here: Home, tmp_path: Path, act: MakeAct
) -> None:
    whole = tmp_path / "whole.zip"
    export(act, whole, here)
    older = rewritten(whole, tmp_path / "older.zip", aged(), honest=False)
    before = set(connection.introspection.table_names())
    empty()
    moving.import_network(older, here, keys=secrets.keys())
    assert not triggers.differences(connection)
    assert set(connection.introspection.table_names()) == before
    assert Deed.objects.exists()


def test_what_was_made_before_the_first_release_is_refused_by_name(
    network: Cast, here: Home, tmp_path: Path, act: MakeAct
) -> None:
    def age(files: dict[str, bytes]) -> None:
        manifest = json.loads(files["manifest.json"])
        late = {("loans", "0011_late_interest_waived"), ("loans", "0001_first_release")}
        manifest["migrations"] = [one for one in manifest["migrations"] if tuple(one) not in late]
        files["manifest.json"] = json.dumps(manifest).encode()

    whole = tmp_path / "whole.zip"
    export(act, whole, here)
    early = rewritten(whole, tmp_path / "early.zip", age, honest=False)
    empty()
    with pytest.raises(MadeBeforeRelease, match="loans"):
        moving.import_network(early, here, keys=secrets.keys())
    assert untouched(here)


def test_what_cannot_grow_up_leaves_an_empty_installation(
    network: Cast, here: Home, tmp_path: Path, act: MakeAct, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = tmp_path / "whole.zip"
    export(act, whole, here)
    older = rewritten(whole, tmp_path / "older.zip", aged(), honest=False)
    empty()
    migrate, calls = loading.call_command, []

    def fails_once(*given: object, **named: object) -> None:
        calls.append(given)
        if len(calls) == 1:
            raise ValueError("a row that today's table does not take")
        migrate(*given, **named)

    monkeypatch.setattr(loading, "call_command", fails_once)
    with pytest.raises(NotBroughtForward, match="today's table"):
        moving.import_network(older, here, keys=secrets.keys())
    assert untouched(here) and loading.is_empty()
    moving.import_network(whole, here, keys=secrets.keys())
    assert Deed.objects.exists()


def untouched(home: Home) -> bool:
    return not Deed.objects.exists() and not triggers.differences(connection)


def test_what_is_wrong_is_named_and_nothing_is_changed(
    network: Cast, here: Home, tmp_path: Path, act: MakeAct
) -> None:
    whole = tmp_path / "whole.zip"
    export(act, whole, here)
    keys = secrets.keys()
    first = contents(whole)["tables/parties_person.csv"].decode().splitlines()[1]
    pk = first.partition(",")[0]
    fund = contents(whole)["tables/ledger_fund.csv"].decode().splitlines()[1].partition(",")[0]
    empty()
    tries: list[tuple[Callable[[dict[str, bytes]], None], bool, type[Refusal], str]] = [
        (
            replaced("tables/kernel_deed.csv", "한울", "거짓"),
            False,
            moving.FileAltered,
            "kernel_deed.csv",
        ),
        (removed("tables/ledger_line.csv"), False, moving.FileMissing, "ledger_line.csv"),
        (removed("manifest.json"), False, moving.FileMissing, "manifest.json"),
        (
            replaced("manifest.json", "dure-export-v1", "dure-export-v9"),
            False,
            moving.NotAnExport,
            "manifest",
        ),
        (
            replaced("manifest.json", "0001_initial", "9999_of_tomorrow"),
            False,
            moving.ExportTooNew,
            "9999",
        ),
        (
            replaced("tables/ledger_account.csv", "1010", "1110"),
            True,
            moving.RowRefused,
            "ledger_account.csv",
        ),
        (
            replaced("tables/ledger_fund.csv", f"\r\n{fund},", "\r\n하나,"),
            True,
            moving.RowRefused,
            "ledger_fund.csv 2",
        ),
        (
            replaced("tables/ledger_fund.csv", "code,", "cod,"),
            True,
            moving.RowRefused,
            "ledger_fund.csv 1",
        ),
        (
            replaced("tables/parties_person.csv", f"\n{pk},", "\n999999,"),
            True,
            moving.RowRefused,
            "→ parties_person",
        ),
        (
            replaced("manifest.json", '"kernel_deed"', '"kernel_deed; DROP"'),
            False,
            moving.NotAnExport,
            "DROP",
        ),
        (
            replaced("manifest.json", '"tables/kernel_deed.csv"', '"../../kernel_deed.csv"'),
            False,
            moving.NotAnExport,
            "..",
        ),
    ]
    for number, (change, honest, refusal, named) in enumerate(tries):
        broken = rewritten(whole, tmp_path / f"{number}.zip", change, honest=honest)
        with pytest.raises(refusal) as told:
            moving.import_network(broken, here, keys=keys)
        said = " ".join(map(str, told.value.params.values()))
        assert named in said, (number, said)
        assert untouched(here), number
    half = tmp_path / "half.zip"
    half.write_bytes(whole.read_bytes()[:5_000])
    with pytest.raises(moving.NotAnExport):
        moving.look_into(half)


def test_stopped_half_way_nothing_has_happened_and_it_begins_anew(
    network: Cast, here: Home, tmp_path: Path, act: MakeAct
) -> None:
    folder = tmp_path / "as a folder"
    seen = export(act, folder, here, "jsonl")
    keys = secrets.keys()
    empty()
    for place in (100, 300, seen.rows - 1):

        def stop(done: int, total: int, what: str, place: int = place) -> None:
            if total == seen.rows and done >= place:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            moving.import_network(folder, here, keys=keys, progress=stop)
        assert untouched(here)
    assert moving.import_network(folder, here, keys=keys).rows == seen.rows
    assert health.all_findings() == []


def test_an_export_stopped_half_way_leaves_nothing_and_never_overwrites(
    network: Cast, here: Home, tmp_path: Path, act: MakeAct
) -> None:
    for place in (tmp_path / "x.zip", tmp_path / "x"):

        def stop(done: int, total: int, what: str) -> None:
            if what == "ledger_line":
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            moving.write_export(act("operator"), place, here, progress=stop)
        assert not place.exists() and not list(tmp_path.glob("*.part"))
        export(act, place, here)
        with pytest.raises(moving.TargetExists):
            export(act, place, here)
        moving.look_into(place)


def test_nothing_that_opens_a_door_leaves(
    network: Cast, here: Home, tmp_path: Path, act: MakeAct
) -> None:
    place = tmp_path / "all.zip"
    News.objects.create(
        deed=Deed.objects.order_by("id")[0], kind="x", payload="{}", next_at=NOW, state="waiting"
    )
    account = get_user_model()._default_manager.get(pk=network.accounts["secretariat"])
    export(act, place, here)
    text = b"".join(contents(place, "").values()).decode(errors="ignore")
    assert account.password not in text
    assert here.encryption_key_file.read_text().strip() not in text
    assert here.secret_key() not in text
    assert "110234567890" not in text and "110-234-567890" not in text
    accounts = csv.DictReader(
        io.StringIO(contents(place)["tables/parties_account.csv"].decode("utf-8-sig"))
    )
    assert {row["password"] for row in accounts} == {"!"}
    news = csv.DictReader(
        io.StringIO(contents(place)["tables/kernel_news.csv"].decode("utf-8-sig"))
    )
    assert "waiting" not in {row["state"] for row in news}
    names = contents(place, "")
    assert not {f"tables/{table}.csv" for table in travels.LEFT_OUT} & names.keys()
    assert any(name.startswith("documents/papers/") and name.endswith(".pdf") for name in names)
    assert any(name.startswith("documents/statements/") for name in names)
    assert "files/정관/정관.txt" in names
    for language in ("ko", "en"):
        assert "keys.json" in names[f"README.{language}.md"].decode()


def test_the_key_leaves_in_a_file_of_its_own(
    network: Cast, here: Home, tmp_path: Path, act: MakeAct, settings: Any
) -> None:
    place, file = tmp_path / "all.zip", tmp_path / "keys.json"
    export(act, place, here)
    with pytest.raises(moving.PassphraseWeak):
        moving.write_keys(file, "12345678")
    moving.write_keys(file, WORDS)
    with pytest.raises(moving.TargetExists):
        moving.write_keys(file, WORDS)
    keys = secrets.keys()
    assert keys[0] not in file.read_text() and file.stat().st_mode & 0o077 == 0
    with pytest.raises(moving.PassphraseWrong):
        passphrase.opened(file.read_bytes(), "다른 말", str(file))
    with pytest.raises(moving.NotAKeyFile):
        passphrase.opened(b"[]", WORDS, str(file))
    assert passphrase.opened(file.read_bytes(), WORDS, str(file)) == keys
    there = Home(tmp_path / "there")
    there.prepare()
    settings.DURE_ENCRYPTION_KEY_FILE = there.encryption_key_file
    empty()
    with pytest.raises(moving.KeysUndecided):
        moving.import_network(place, there, keys=None)
    with pytest.raises(KeyMissing):
        moving.import_network(place, there, keys=[Fernet.generate_key().decode()])
    assert untouched(there)
    moving.import_network(place, there, keys=[])
    assert health.all_findings() == []


def test_only_an_administrator_or_the_operator_with_a_reason(cast: Cast, act: MakeAct) -> None:
    for standing in ("secretariat", "bookkeeper", "member"):
        with pytest.raises(Denied):
            commands.export_network(act(standing), reason="이사")
    with pytest.raises(commands.ReasonNotGiven):
        commands.export_network(act("administrator"), reason="  ")
    once = act("administrator", actor_id=cast.administrator)
    commands.export_network(once, reason="이사", waits=True)
    commands.export_network(once, reason="이사", waits=True)
    with pytest.raises(KeyReused):
        commands.export_network(once, reason="다른 까닭", waits=True)
    assert Deed.objects.filter(name="site.NetworkExported").count() == 1
    assert News.objects.filter(kind="network_export").count() == 1
    read = Read.objects.get(what="site.export_network")
    assert read.count == party_queries.people_count() and read.actor_id == cast.administrator


def test_every_table_leaves_or_says_why_and_none_refers_to_what_stays() -> None:
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    assert tables >= travels.LEFT_OUT.keys()
    for model in travels.travelling():
        for field in model._meta.local_concrete_fields:
            if field.related_model:
                assert field.related_model._meta.db_table not in travels.LEFT_OUT, field
        meaning = dictionary.meaning_of_table(model)
        assert meaning and not meaning.startswith(f"{model.__name__}("), model


def test_the_dictionary_says_what_each_column_is() -> None:
    rows = {
        (row[0], row[3]): dict(zip(dictionary.HEAD, row, strict=True)) for row in dictionary.rows()
    }
    line = rows["ledger_line", "amount_won"]
    assert line["table_meaning"].startswith("One side of an entry in whole won.")
    assert (line["type"], line["unit"]) == ("int", str(dictionary.WON))
    assert rows["ledger_line", "entry_id"]["refers_to"] == "ledger_entry.id"
    assert rows["kernel_deed", "name"]["meaning"] == "room.Event"
    assert "organisation=" in rows["parties_party", "kind"]["values"]
    assert rows["parties_bankaccount", "number_sealed"]["note"]


values = st.one_of(st.none(), st.text(st.characters(exclude_categories=["Cs"])))


@given(
    st.lists(st.tuples(st.none() | st.integers(), values, st.none() | st.booleans()), max_size=5)
)
def test_every_value_comes_back_exactly(rows: list[tuple[Any, ...]]) -> None:
    columns = (("id", "int"), ("text", "text"), ("yes", "bool"))
    for form in cells.FORMS:
        written = b"".join(cells.WRITERS[form](columns, iter(rows)))
        read = cells.READERS[form](io.BytesIO(written), columns)
        assert [tuple(row) for row in read] == rows


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_no_cell_is_a_formula(text: str) -> None:
    cell = cells.to_cell(text, "text")
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert cells.from_cell(cell, "text") == text
