"""A network of a version that knew no rules, and one whose Dure brings newer law, are brought up."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection

from dure.domains.bylaws import queries
from dure.domains.bylaws.models import FormSpell, Provision
from dure.domains.ledger import queries as ledger
from dure.domains.ledger.commands.books import restamp
from dure.domains.ledger.models import Account
from dure.domains.parties import commands as parties
from dure.kernel import triggers
from dure.kernel.models import Deed
from dure.site import health

pytestmark = pytest.mark.django_db


def forget(*models):
    with triggers.suspended(connection):
        for model in models:
            model.objects.all().delete()


def test_nothing_happens_where_there_is_no_network():
    health.bring_law()
    assert not Deed.objects.exists()


def test_an_older_network_takes_the_law_of_its_form_once(cast):
    forget(Provision, FormSpell)
    health.bring_law()
    assert queries.legal_form_on(date(2100, 1, 1)) == "association"
    rules, deeds = Provision.objects.count(), Deed.objects.count()
    assert rules
    health.bring_law()
    assert (Provision.objects.count(), Deed.objects.count()) == (rules, deeds)


def test_what_a_newer_version_brings_is_laid_down_once(cast):
    forget(Provision)
    health.bring_law()
    deeds = Deed.objects.count()
    assert Provision.objects.exists()
    health.bring_law()
    assert Deed.objects.count() == deeds and not queries.packs_are_waiting()


def test_a_profile_that_names_another_form_takes_its_law_from_that_day(cast, act):
    office = act("secretariat", actor_id=cast.secretary, days=1)
    parties.change_network(office, changes=(("legal_form", "social_cooperative"),))
    assert queries.legal_form_on(date(2026, 11, 20)) == "association"
    assert queries.legal_form_on(date(2026, 11, 21)) == "social_cooperative"
    assert "loans.ceiling_ratio" in queries.rules_on(date(2026, 11, 21))


def test_an_older_network_gets_the_accounts_that_are_booked_on_now(cast):
    with triggers.suspended(connection):
        Account.objects.filter(role="capital_reduction").update(role="", name="우리 계정")
        Account.objects.filter(role="share_refunds_due").delete()
        restamp()
    health.bring_accounts()
    roles = ledger.chart().roles
    assert roles["share_refunds_due"] == "2200"
    assert roles["capital_reduction"] == "3021"  # 3020 is the network's own
    accounts = Account.objects.count()
    health.bring_accounts()
    assert Account.objects.count() == accounts
