"""The same work by Dure, django-hordak and django-ledger, one after the other on the same engine.

    tools/setup benchmarks
    .venv-bench/bin/python benchmarks/peers.py [--transfers 500] [--legs 20000] [--rounds 3]
    DURE_POSTGRES_AS_IS=1 tools/with-postgres .venv-bench/bin/python benchmarks/peers.py

One transfer is one balanced entry of two lines, posted, by the way each system documents for it; in
bulk, that many lines by the fastest way it offers; a balance is the cash account's, read after
that. django-hordak has no SQLite. Each round runs every system in turn, in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import ground
from ground import middle, say

SYSTEMS = ("dure", "hordak", "ledger")
NAMES = {"dure": "Dure", "hordak": "django-hordak", "ledger": "django-ledger"}
AT = datetime(2026, 11, 20, 1, tzinfo=UTC)


def main() -> None:
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    asked.add_argument("--transfers", type=int, default=500)
    asked.add_argument("--legs", type=int, default=20_000)
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--system", choices=SYSTEMS, help="this one only, in this process")
    given = asked.parse_args()
    if given.system:
        print(json.dumps(MEASURES[given.system](given.transfers, given.legs)))
        return
    postgresql = bool(os.environ.get("DURE_DATABASE_URL"))
    say(f"engine {'postgresql' if postgresql else 'sqlite'}, {ground.busy()}")
    found: dict[str, list[dict[str, float]]] = {name: [] for name in SYSTEMS}
    for _round in range(given.rounds):
        for name in SYSTEMS:
            if name == "hordak" and not postgresql:
                continue
            found[name].append(apart(name, given.transfers, given.legs))
    for name, rounds in found.items():
        if rounds:
            figures = {kind: middle([one[kind] for one in rounds]) for kind in rounds[0]}
            say(
                f"{NAMES[name]:14} {figures['transfers']:7.0f} transfers/s"
                f"  {figures['legs']:8.0f} lines/s in bulk"
                f"  balance {figures['balance_few'] * 1000:.2f} ms at {given.transfers * 2} lines,"
                f" {figures['balance_many'] * 1000:.2f} ms at {given.transfers * 2 + given.legs}"
            )
    say(ground.busy())


def apart(system: str, transfers: int, legs: int) -> dict[str, float]:
    command = [sys.executable, __file__, "--system", system]
    command += ["--transfers", str(transfers), "--legs", str(legs)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def measured(
    transfers: int,
    legs: int,
    transfer: Callable[[], Any],
    bulk: Callable[[int], Any],
    balance: Callable[[], Any],
) -> dict[str, float]:
    for _ in range(20):
        transfer()
    figures: dict[str, float] = {}
    start = time.perf_counter()
    for _ in range(transfers):
        transfer()
    figures["transfers"] = transfers / (time.perf_counter() - start)
    figures["balance_few"] = read_time(balance)
    start = time.perf_counter()
    bulk(legs // 2)
    figures["legs"] = legs / (time.perf_counter() - start)
    figures["balance_many"] = read_time(balance)
    return figures


def read_time(balance: Callable[[], Any]) -> float:
    took: list[float] = []
    for _ in range(21):
        with ground.timed(took):
            balance()
    return middle(took)


# -- Dure ------------------------------------------------------------------------------------------


def dure(transfers: int, legs: int) -> dict[str, float]:
    ground.prepare()
    from dure.domains.ledger import commands, queries
    from dure.domains.ledger.rules import EntryDraft, Source, credit, debit

    sides = (debit("5210", "general", 1000), credit("1010", "general", 1000))

    def transfer() -> None:
        commands.post_entry(
            ground.act(), date=ground.DAY, text="Rent", sides=sides, source=Source("benchmark", 1)
        )

    def bulk(count: int) -> None:
        batch = tuple(EntryDraft(ground.DAY, sides) for _ in range(count))
        commands.post_entries(ground.act(), text="Rent", batch=batch, source=Source("benchmark", 2))

    return measured(transfers, legs, transfer, bulk, lambda: queries.balance("1010", "general"))


# -- django-hordak ---------------------------------------------------------------------------------


def hordak(transfers: int, legs: int) -> dict[str, float]:
    start_django(
        ["mptt", "hordak"],
        HORDAK_INTERNAL_CURRENCY="KRW",
        DEFAULT_CURRENCY="KRW",
        HORDAK_CURRENCIES=["KRW"],
        CURRENCIES=["KRW"],
    )
    from hordak.models import Account, Leg, Transaction
    from moneyed import Money

    cash = Account.objects.create(name="cash", code="1", type="AS", currencies=["KRW"])
    rent = Account.objects.create(name="rent", code="2", type="EX", currencies=["KRW"])
    cash.refresh_from_db()
    rent.refresh_from_db()
    won = Money(1000, "KRW")

    def bulk(count: int) -> None:
        from django.db import transaction

        with transaction.atomic():
            made = Transaction.objects.bulk_create(
                [Transaction(date=ground.DAY, description="Rent") for _ in range(count)]
            )
            Leg.objects.bulk_create(
                [
                    leg
                    for one in made
                    for leg in (
                        Leg(transaction=one, account=cash, credit=won),
                        Leg(transaction=one, account=rent, debit=won),
                    )
                ]
            )

    return measured(
        transfers,
        legs,
        lambda: cash.transfer_to(rent, won, description="Rent", date=ground.DAY),
        bulk,
        lambda: cash.get_balance(),
    )


# -- django-ledger ---------------------------------------------------------------------------------


def ledger(transfers: int, legs: int) -> dict[str, float]:
    start_django(["django_ledger"])
    from django.contrib.auth import get_user_model
    from django_ledger.models import EntityModel, JournalEntryModel, TransactionModel

    admin = get_user_model().objects.create_user(username="admin")
    entity = EntityModel.create_entity(
        name="Network", use_accrual_method=True, admin=admin, fy_start_month=1
    )
    entity.create_chart_of_accounts(assign_as_default=True, commit=True, coa_name="Chart")
    entity.populate_default_coa(activate_accounts=True)
    books = entity.create_ledger(name="General", posted=True)
    accounts = entity.get_coa_accounts()
    cash = accounts.filter(role="asset_ca_cash").first()
    rent = accounts.filter(role="ex_regular").first()
    won = Decimal(1000)

    def transfer() -> None:
        books.commit_txs(
            je_timestamp=AT,
            je_txs=[
                {"account": rent, "amount": won, "tx_type": "debit", "description": "Rent"},
                {"account": cash, "amount": won, "tx_type": "credit", "description": "Rent"},
            ],
            je_posted=True,
        )

    def bulk(count: int) -> None:
        """It has no bulk posting of entries; this is one journal entry with all the lines."""
        books.commit_txs(
            je_timestamp=AT,
            je_txs=[
                {"account": account, "amount": won, "tx_type": kind, "description": "Rent"}
                for _ in range(count)
                for account, kind in ((rent, "debit"), (cash, "credit"))
            ],
            je_posted=True,
        )

    def balance() -> Any:
        return entity.get_account_balance([cash.code], to_date=AT, user_model=admin)

    assert JournalEntryModel and TransactionModel
    return measured(transfers, legs, transfer, bulk, balance)


def start_django(apps: list[str], **more: Any) -> None:
    """A project with nothing but the peer, on the database that Dure would have."""
    url = os.environ.get("DURE_DATABASE_URL", "")
    if url:
        database = dict(settings_of(ground._own_database(url)))
    else:
        from dure.site.home import SQLITE_START

        database = {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": os.path.join(tempfile.mkdtemp(prefix="dure-peer-"), "peer.sqlite3"),
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "init_command": SQLITE_START},
        }
    import django
    from django.conf import settings

    settings.configure(
        SECRET_KEY="benchmark",
        USE_TZ=True,
        DATABASES={"default": database},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", *apps],
        ROOT_URLCONF="benchmarks",
        **more,
    )
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def settings_of(url: str) -> dict[str, Any]:
    from psycopg.conninfo import conninfo_to_dict

    found = conninfo_to_dict(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": found["dbname"],
        "USER": found.get("user", ""),
        "PASSWORD": found.get("password", ""),
        "HOST": found.get("host", ""),
        "PORT": found.get("port", ""),
        "CONN_MAX_AGE": None,
    }


MEASURES: dict[str, Callable[[int, int], dict[str, float]]] = {
    "dure": dure,
    "hordak": hordak,
    "ledger": ledger,
}

if __name__ == "__main__":
    main()
