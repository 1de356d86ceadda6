"""Each contract of pyproject.toml holds for a good tree and breaks for a planted import."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture import house

GOOD = {
    "dure/kernel/clock.py": "",
    "dure/kernel/triggers.py": "",
    "dure/ui/htmx.py": "import dure.kernel.triggers",
    "dure/site/urls.py": "import dure.domains.ledger.pages, dure.kernel.clock",
    **{
        f"dure/domains/{room}/{part}.py": ""
        for room in (
            "parties",
            "bylaws",
            "ledger",
            "memberships",
            "governance",
            "loans",
            "trade",
            "insight",
        )  # fmt: skip
        for part in ("models", "commands", "events")
    },
    "dure/domains/ledger/rules.py": "import fractions",
    "dure/domains/ledger/triggers.py": "import dure.kernel.triggers",
    "dure/domains/ledger/queries/__init__.py": "from . import balances",
    "dure/domains/ledger/queries/balances.py": "import dure.domains.ledger.models",
    "dure/domains/ledger/policies.py": "import dure.domains.ledger.models",
    "dure/domains/ledger/documents.py": "import dure.domains.ledger.queries",
    "dure/domains/ledger/forms.py": "import dure.domains.ledger.rules",
    "dure/domains/ledger/pages.py": "import dure.kernel.clock, dure.domains.ledger.documents",
    "dure/domains/ledger/cli.py": "import dure.kernel.clock, dure.domains.ledger.commands",
    "dure/domains/ledger/apps.py": "import dure.domains.ledger.triggers",
    "dure/domains/loans/reactions.py": "import dure.domains.loans.commands",
    "dure/domains/loans/commands.py": "import dure.domains.ledger.commands",
}


def lint(folder: Path, files: dict[str, str]) -> str:
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        for parent in file.relative_to(folder).parents:
            if parent.parts:
                (folder / parent / "__init__.py").touch()
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--config"]
    return subprocess.run(
        [*command, str(house.ROOT / "pyproject.toml")],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "NO_COLOR": "1", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    ).stdout


def broken(output: str) -> set[str]:
    assert "Contracts: " in output, output
    return {line.removesuffix(" BROKEN") for line in output.splitlines() if "BROKEN" in line}


def test_a_good_tree_passes(tmp_path):
    output = lint(tmp_path, GOOD)
    assert broken(output) == set()
    assert re.search(r"Contracts: \d+ kept, 0 broken", output)


@pytest.mark.parametrize(
    ("contract", "file", "line"),
    [
        ("Four floors", "dure/kernel/x.py", "import dure.ui.htmx"),
        ("Four floors", "dure/ui/x.py", "import dure.domains.ledger.queries"),
        ("Four floors", "dure/domains/ledger/pages.py", "import dure.site.urls"),
        ("Four floors", "dure/attic/x.py", ""),
        (
            "Domains: imports flow down",
            "dure/domains/ledger/pages.py",
            "import dure.domains.loans.events",
        ),
        (
            "Domains: imports flow down",
            "dure/domains/trade/commands.py",
            "import dure.domains.loans.events",
        ),
        (
            "Domains: imports flow down",
            "dure/domains/parties/commands.py",
            "import dure.domains.bylaws.events",
        ),
        (
            "Every room has the same shape",
            "dure/domains/ledger/models.py",
            "import dure.domains.ledger.commands",
        ),
        (
            "Every room has the same shape",
            "dure/domains/ledger/pages.py",
            "import dure.domains.ledger.cli",
        ),
        (
            "Every room has the same shape",
            "dure/domains/ledger/rules.py",
            "import dure.domains.ledger.models",
        ),
        (
            "Every room has the same shape",
            "dure/domains/ledger/triggers.py",
            "import dure.domains.ledger.models",
        ),
        ("Every room has the same shape", "dure/domains/ledger/utils.py", ""),
        (
            "Interfaces never touch the tables",
            "dure/domains/ledger/pages.py",
            "import dure.domains.ledger.models",
        ),
        (
            "Interfaces never touch the tables",
            "dure/domains/loans/reactions.py",
            "import dure.domains.loans.models",
        ),
        ("Rules are pure", "dure/domains/ledger/rules.py", "import django.db.models"),
        (
            "Only interfaces read the clock",
            "dure/domains/ledger/commands.py",
            "import dure.kernel.clock",
        ),
        (
            "Only interfaces read the clock",
            "dure/domains/ledger/queries/balances.py",
            "import dure.kernel.clock",
        ),
    ],
)
def test_a_planted_import_breaks_its_contract(tmp_path, contract, file, line):
    assert contract in broken(lint(tmp_path, {**GOOD, file: line}))


def test_a_room_without_a_floor_breaks_the_contract(tmp_path):
    attic = {f"dure/domains/attic/{part}.py": "" for part in ("models", "commands", "events")}
    assert "Domains: imports flow down" in broken(lint(tmp_path, GOOD | attic))


def test_a_room_without_commands_is_no_room(tmp_path):
    files = {name: text for name, text in GOOD.items() if name != "dure/domains/trade/commands.py"}
    assert "Missing layer in container 'dure.domains.trade'" in lint(tmp_path, files)


@pytest.mark.parametrize(
    "source",
    [
        "from django.utils import timezone\n\ntimezone.now()\n",
        "from django.dispatch import receiver\n\nreceiver(1)\n",
        "from django.db import transaction\n\ntransaction.on_commit(print)\n",
        "import datetime\n\ndatetime.datetime.now()\n",
        "import datetime\n\ndatetime.datetime.now(tz=datetime.UTC)\n",
        "try:\n    pass\nexcept Exception:\n    pass\n",
    ],
)
def test_ruff_refuses_what_the_house_bans(source):
    command = [str(Path(sys.executable).with_name("ruff")), "check", "--no-cache", "-", "--quiet"]
    command += ["--stdin-filename", "dure/domains/x/commands.py"]
    done = subprocess.run(
        command, cwd=house.ROOT, input=source, text=True, capture_output=True, check=False
    )
    assert done.returncode == 1, done.stdout + done.stderr
