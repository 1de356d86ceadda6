"""An approved applicant becomes a member by shares: paid by a receipt, handed over, inherited."""

from __future__ import annotations

from datetime import date

import pytest

from dure.domains.bylaws.rules import RuleNotMet
from dure.domains.ledger import queries as ledger
from dure.domains.memberships import commands, queries
from dure.domains.memberships.forms.shares import PayShares
from dure.domains.memberships.models import Membership, ShareCertificate
from dure.domains.memberships.queries import shares
from dure.domains.parties import commands as parties
from dure.kernel.refusals import Denied

from .share_capital import VOTES, five, founded, leave

TODAY = date(2026, 11, 20)


@pytest.fixture
def coop(db, act):
    network = founded(act, "social_cooperative")
    parties.change_network(act("secretariat"), changes=(("authorised_date", date(2026, 1, 2)),))
    commands.set_member_class(act("secretariat"), code="organisation", share_minimum_won=50_000)
    commands.load_procedure(
        act("secretariat"),
        member_class="organisation",
        profile="okcheon",
        from_date=date(2026, 1, 2),
        decided_by="창립총회",
    )
    return network


@pytest.fixture
def approved(coop, act):
    """산들바람 is approved; members only once shares of 50,000 won are its own."""
    application = commands.apply_for_membership(
        act("visitor"),
        member_class="organisation",
        kind="organisation",
        name="산들바람",
        contact_name="한노을",
        email="san@example.kr",
    )
    commands.note_step(
        act("secretariat"), application_id=application.pk, step="papers", item="가입신청서"
    )
    return commands.decide_application(
        act("secretariat"),
        application_id=application.pk,
        seats=5,
        present=5,
        in_favour=5,
        minutes="제3차 이사회 1호",
    )


def test_a_receipt_of_the_bank_completes_the_admission(coop, approved, act):
    five(coop, act, 20)
    of_others = commands.enter_receipt(
        act("bookkeeper"), receipt_date=TODAY, amount_won=70_000, payer="가나"
    )
    money = commands.enter_receipt(
        act("bookkeeper"), receipt_date=TODAY, amount_won=50_000, payer="산들바람"
    )
    offered = queries.open_receipts(act("bookkeeper"), 50_000)
    assert [one.id for one in offered] == [money.pk, of_others.pk]  # what fits stands first
    form = PayShares({"receipt_id": str(money.pk)}, receipts=offered, owed_won=50_000)
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {
        "receipt_id": money.pk, "amount_won": 50_000, "paid_date": TODAY,
    }  # fmt: skip
    assert not PayShares({}, receipts=offered, owed_won=50_000).is_valid()
    member = commands.complete_admission(
        act("secretariat"), application_id=approved.pk, **form.cleaned_data
    )
    assert queries.receipt_card(act("bookkeeper"), money.pk).open_won == 0
    assert queries.receipt_card(act("bookkeeper"), money.pk).shares == (("산들바람", 50_000),)
    assert ledger.party_balance("3010", member.party_id) == 50_000
    assert [one.id for one in queries.open_receipts(act("bookkeeper"))] == [of_others.pk]
    assert queries.check_memberships() == []


def test_shares_handed_to_an_applicant_complete_the_admission(coop, approved, act):
    giver, *_rest = five(coop, act, 20)
    to = {
        "membership_id": giver.pk,
        "to_application_id": approved.pk,
        "decided_by": "2026 임시총회 2호",
        **VOTES,
    }
    with pytest.raises(commands.PaidTooLittle):
        commands.transfer_shares(act("secretariat"), shares=4, **to)
    with pytest.raises(RuleNotMet, match="제29조제2항"):
        commands.transfer_shares(act("secretariat"), shares=5, **{**to, "votes_for": 2})
    with pytest.raises(commands.PaidBeforeApproved):
        commands.transfer_shares(act("secretariat"), shares=5, moved_date=date(2026, 11, 19), **to)
    with pytest.raises(Denied):
        commands.transfer_shares(act("bookkeeper"), shares=5, **to)
    assert not Membership.objects.filter(party__name="산들바람").exists()
    key = act("secretariat")
    made = commands.transfer_shares(key, shares=5, **to)
    assert commands.transfer_shares(key, shares=5, **to).pk == made.pk
    approved.refresh_from_db()
    member = approved.membership
    assert approved.state == "admitted" and member.joined_date == TODAY
    assert shares.holding(member.pk) == shares.Held(5, 50_000)
    assert shares.holding(giver.pk) == shares.Held(15, 150_000)
    assert ledger.party_balance("3010", member.party_id) == 50_000
    assert ShareCertificate.objects.filter(membership=member, ended_date=None).exists()
    with pytest.raises(commands.NotApproved):
        commands.transfer_shares(act("secretariat"), shares=5, **to)
    assert queries.check_memberships() == []


def test_an_heir_who_is_approved_takes_the_shares_over(coop, approved, act):
    dead, *_rest = five(coop, act, 20)
    leave(act, dead, TODAY, reason="died")
    made = commands.inherit_shares(
        act("secretariat"),
        membership_id=dead.pk,
        to_application_id=approved.pk,
        decided_by="가족관계증명서, 제4차 이사회 2호",
    )
    approved.refresh_from_db()
    assert made.membership_id == approved.membership_id
    assert shares.holding(made.membership_id) == shares.Held(20, 200_000)
    assert shares.holding(dead.pk).won == 0
    assert queries.check_memberships() == []


def test_the_office_picks_the_money_on_the_page(cast, furniture, act, client_of):
    money = commands.enter_receipt(
        act("bookkeeper"), receipt_date=TODAY, amount_won=10_000, payer="두리"
    )
    client, url = (
        client_of("secretariat"),
        f"/memberships/applications/{furniture.approved_id}/paid/",
    )
    asked = client.get(f"/memberships/receipts/{money.pk}/match/").content.decode()
    assert f"{url}?receipt={money.pk}" in asked
    page = client.get(f"{url}?receipt={money.pk}").content.decode()
    assert f'value="{money.pk}" selected' in page
    empty = client.post(url, {"receipt_id": "", "amount_won": "", "paid_date": ""})
    assert empty.status_code == 422
    shown = client.post(url, {"receipt_id": money.pk}).content.decode()
    assert "10,000" in shown
    seal = shown.split('name="confirmed" value="')[1].split('"')[0]
    done = client.post(url, {"receipt_id": money.pk, "confirmed": seal})
    assert done.status_code == 302
    assert queries.receipt_card(act("bookkeeper"), money.pk).open_won == 0


def test_a_giver_sees_who_waits_for_shares(cast, furniture, client_of):
    page = client_of("secretariat").get(
        f"/memberships/{cast.organisation_membership}/shares/transfer/"
    )
    assert f'<option value="{furniture.approved_id}">두리</option>' in page.content.decode()
