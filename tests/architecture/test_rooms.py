"""What the import linter cannot see: the doors between rooms, and where foreign keys point."""

import grimp
import pytest
from django.apps import apps
from django.apps.registry import Apps
from django.db import models

from tests.architecture import house

HEIGHT = {"parties": 0, "bylaws": 0, "ledger": 1, "loans": 4}


def test_rooms_use_only_the_doors():
    graph = grimp.build_graph("dure", exclude_type_checking_imports=True, cache_dir=None)
    imports = [
        (importer, imported)
        for importer in graph.modules
        for imported in graph.find_modules_directly_imported_by(importer)
    ]
    assert len(imports) > 20
    assert house.trespasses(imports) == []


@pytest.mark.parametrize("theirs", ["models", "models.loan", "policies", "pages", "apps"])
def test_an_import_beside_the_doors_is_seen(theirs):
    found = house.trespasses([("dure.domains.loans.commands", f"dure.domains.ledger.{theirs}")])
    assert found == [f"dure.domains.loans.commands -> dure.domains.ledger.{theirs}"]


@pytest.mark.parametrize("theirs", ["commands", "queries", "queries.balances", "events", "rules"])
def test_a_door_is_a_door(theirs):
    assert not house.trespasses([("dure.domains.loans.pages", f"dure.domains.ledger.{theirs}")])


def test_every_room_has_a_floor():
    rooms = {app.name.split(".")[2] for app in apps.get_app_configs() if ".domains." in app.name}
    assert rooms <= house.floors().keys()
    heights = house.floors()
    assert heights["parties"] < heights["ledger"] < heights["memberships"] < heights["governance"]
    assert heights["loans"] == heights["trade"] < heights["insight"]


def test_foreign_keys_point_down_and_protect():
    assert house.bad_keys(apps.get_models(), house.floors()) == []


def planted(room, target, on_delete=models.PROTECT, field=models.ForeignKey):
    """A table in `room` that points at a table in `target`; neither comes into the real registry."""
    registry = Apps()

    def table(name, where, **fields):
        meta = type("Meta", (), {"app_label": where, "apps": registry})
        body = {"__module__": f"dure.domains.{where}.models", "Meta": meta, **fields}
        return type(models.Model)(name, (models.Model,), body)

    named = table("Named", target)
    given = {} if field is models.ManyToManyField else {"on_delete": on_delete}
    return table("Naming", room, named=field(named, related_name="+", **given))


@pytest.mark.parametrize(
    ("model", "complaints"),
    [
        (planted("loans", "ledger"), []),
        (planted("ledger", "ledger"), []),
        (planted("ledger", "loans"), ["ledger.Naming.named points up to loans"]),
        (planted("parties", "bylaws"), ["parties.Naming.named points up to bylaws"]),
        (planted("loans", "ledger", models.CASCADE), ["loans.Naming.named does not PROTECT"]),
        (planted("loans", "ledger", models.DO_NOTHING), ["loans.Naming.named does not PROTECT"]),
        (
            planted("ledger", "loans", models.CASCADE, models.OneToOneField),
            ["ledger.Naming.named does not PROTECT", "ledger.Naming.named points up to loans"],
        ),
        (
            planted("loans", "ledger", field=models.ManyToManyField),
            ["loans.Naming.named has a join table that cascades: give it a model"],
        ),
    ],
)
def test_a_bad_key_is_seen(model, complaints):
    assert house.bad_keys([model], HEIGHT) == complaints
