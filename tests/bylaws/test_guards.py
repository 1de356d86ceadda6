"""What is laid down is never edited: the database itself refuses it, on both engines."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from dure.domains.bylaws import commands
from dure.domains.bylaws.models import Article, FormSpell, Provision

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", [Provision, FormSpell, Article])
def test_no_row_is_changed_or_removed(act, model):
    commands.adopt_legal_form(act("secretariat"), form="cooperative", from_date=date(2026, 1, 1))
    before = model.objects.count()
    assert before
    for change in (
        lambda: model.objects.update(from_date=date(2000, 1, 1)),
        lambda: model.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert model.objects.count() == before


@pytest.mark.parametrize(
    "wrong",
    [
        {"pack": "", "origin": "law"},
        {"pack": "x", "origin": "bylaws"},
        {"document": ""},
        {"article": ""},
    ],
)
def test_a_row_without_article_or_of_a_false_layer_is_refused(act, wrong):
    commands.adopt_legal_form(act("secretariat"), form="cooperative", from_date=date(2026, 1, 1))
    row = Provision.objects.exclude(pack="").first()
    row.pk = None
    for name, value in wrong.items():
        setattr(row, name, value)
    with pytest.raises(DatabaseError), transaction.atomic():
        row.save(force_insert=True)


def test_only_the_office_lays_rules_down_or_ends_them(act):
    from dure.kernel.refusals import Denied

    day = date(2026, 1, 1)
    own = {"document": "정관", "article": "제1조", "from_date": day}
    for who in (
        act("visitor"),
        act("member", of=1),
        act("bookkeeper"),
        act("representative", of=1),
    ):
        for call in (
            lambda who=who: commands.adopt_legal_form(who, form="cooperative", from_date=day),
            lambda who=who: commands.load_packs(who),
            lambda who=who: commands.adopt_provision(who, key="a.b", value="1", **own),
            lambda who=who: commands.repeal_provision(who, key="a.b", **own),
            lambda who=who: commands.import_provisions(who, file=""),
            lambda who=who: commands.write_article(who, text="글", **own),
        ):
            with pytest.raises(Denied):
                call()
