"""From an application to a paid month, and the money before and after."""

from datetime import date

import pytest

from dure.domains.ledger import queries as ledger
from dure.domains.memberships import commands, queries
from dure.domains.memberships.models import Charge, Membership
from dure.kernel.dates import Month
from dure.kernel.models import Deed
from dure.kernel.refusals import Denied

NOVEMBER = Month(2026, 11)


def applied(act, **given):
    return commands.apply_for_membership(
        act("visitor"),
        **{
            "member_class": "organisation",
            "kind": "organisation",
            "name": "햇살돌봄 사회적협동조합",
            "contact_name": "김하늘",
            "email": "sun@example.kr",
            **given,
        },
    )


def test_an_application_becomes_a_paying_member(network, act):
    network.plan("organisation", 30_000)
    application = applied(act)
    assert application.state == "applied"
    with pytest.raises(Denied):
        commands.admit_member(act("visitor"), application_id=application.pk, decided_by="이사회")
    membership = commands.admit_member(
        act("secretariat"),
        application_id=application.pk,
        decided_by="제5차 이사회",
        joined_date=date(2026, 11, 10),
    )
    assert membership.number == 1
    assert str(membership.party) == "햇살돌봄 사회적협동조합"

    preview = queries.bill_preview(act("bookkeeper"), NOVEMBER)
    assert (preview.count, preview.sum_won) == (1, 30_000)
    with pytest.raises(Denied):
        commands.bill_dues(act("member", of=membership.pk), month=NOVEMBER)
    run = commands.bill_dues(act("bookkeeper"), month=NOVEMBER)
    assert (run.count, run.sum_won) == (1, 30_000)
    assert ledger.balance("1110", "general") == 30_000
    assert ledger.balance("4010", "general") == 30_000
    assert ledger.party_balance("1110", membership.party_id) == 30_000

    receipt = commands.enter_receipt(
        act("bookkeeper"), receipt_date=date(2026, 11, 19), amount_won=50_000, payer="햇살돌봄"
    )
    assert ledger.balance("1010", "general") == 50_000
    assert ledger.balance("2010", "general") == 50_000
    [waiting] = queries.unmatched_receipts(act("bookkeeper"))
    assert waiting.proposal.membership_id == membership.pk
    commands.match_receipt(act("bookkeeper"), receipt_id=receipt.pk, membership_id=membership.pk)
    assert ledger.balance("2010", "general") == 20_000  # the overpayment waits
    assert ledger.party_balance("1110", membership.party_id) == 0
    assert Charge.objects.get().open_won == 0
    names = list(Deed.objects.order_by("pk").values_list("name", flat=True))
    assert names.count("memberships.DuesBilled") == 1
    assert Membership.objects.count() == 1


def test_billing_twice_charges_once(network, act):
    network.plan("organisation", 30_000)
    network.plan("person", 10_000)
    for i in range(3):
        network.organisation(f"조직{i}")
    network.person("한사람")
    first = act("bookkeeper")
    run = commands.bill_dues(first, month=NOVEMBER)
    again = commands.bill_dues(first, month=NOVEMBER)  # the same key
    assert again.pk == run.pk
    assert (run.count, run.sum_won, run.already) == (4, 100_000, 0)
    second = commands.bill_dues(act("bookkeeper"), month=NOVEMBER)  # another key
    assert (second.count, second.sum_won, second.already) == (0, 0, 4)
    assert ledger.balance("1110", "general") == 100_000
