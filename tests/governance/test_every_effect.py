"""What holds of every effect in the table, whichever room it comes from."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django import forms

from dure.domains.bylaws.rules import RuleNotMet
from dure.domains.governance import commands
from dure.domains.governance.forms import AddEffectItem
from dure.domains.governance.rules.bodies import MATTERS
from dure.domains.memberships import commands as memberships
from dure.domains.memberships.models import ConductNote, Membership
from dure.kernel.acts import Capacity
from dure.kernel.models import Deed
from dure.kernel.refusals import Denied, NotFound
from dure.site.effects import EFFECTS
from tests.at_once import at_once
from tests.governance.test_decisions import case_about

ANYBODYS = ("business", "lending")  # loans until they are given to a body


@pytest.mark.parametrize("name", EFFECTS)
@pytest.mark.django_db
def test_its_form_carries_no_name_that_the_page_needs_itself(name):
    """Every form sends its idempotency token as `key`; the item's own fields are the page's."""
    form = EFFECTS[name].form()
    assert isinstance(form, forms.Form)
    assert not {"key", "csrfmiddlewaretoken", "confirmed", "matter"} & set(form.fields)
    assert set(AddEffectItem.base_fields) - set(form.fields) >= {"title"}
    assert EFFECTS[name].matter in dict(MATTERS) and str(EFFECTS[name].label)


@pytest.mark.parametrize("name", [one for one in EFFECTS if EFFECTS[one].matter not in ANYBODYS])
@pytest.mark.django_db
def test_a_body_that_is_not_competent_does_not_even_put_it_on_its_agenda(cooperative, name):
    meeting = cooperative.plan(cooperative.committee(3))
    with pytest.raises((commands.BodyNotCompetent, RuleNotMet)):
        cooperative.item(meeting, effect=name, effect_data={})


@pytest.mark.django_db(transaction=True)
def test_a_vote_closed_and_a_resolution_carried_out_at_once_takes_effect_once(cooperative):
    house = cooperative
    case = case_about(house, house.memberships[-1])
    meeting = house.plan()
    item = house.item(
        meeting, "제명", effect="memberships.expel_member", effect_data={"case_id": case.pk}
    )
    house.ready(meeting, present=6)
    vote = commands.open_vote(house.then(), item_id=item.pk, method="named")
    for party_id in house.members[:6]:
        commands.cast_vote(house.voter(party_id), vote_id=vote.pk, party_id=party_id, choice="yes")
    vote = commands.close_vote(house.then(), vote_id=vote.pk, carries_out=False)
    member = Membership.objects.get(pk=house.memberships[-1])
    assert member.left_date is None
    resolution_id = vote.resolution.pk
    answers = at_once(
        *[
            lambda act=act: commands.carry_out_resolution(act, resolution_id=resolution_id)
            for act in (house.then(), house.then(), house.then())
        ]
    )
    refused = [isinstance(one, commands.NothingToCarryOut) for one in answers]
    assert sorted(refused) == [False, True, True]
    assert Deed.objects.filter(name="memberships.MembershipLeft").count() == 1
    assert ConductNote.objects.filter(case=case, step="decision").count() == 1


@pytest.mark.django_db
def test_a_second_resolution_on_the_same_case_finds_nothing_to_decide(cooperative):
    house = cooperative
    case = case_about(house, house.memberships[-1])
    given = {"effect": "memberships.expel_member", "effect_data": {"case_id": case.pk}}
    first, second = house.plan(), house.plan()
    items = [house.item(one, "제명", **given) for one in (first, second)]
    house.ready(first, present=6)
    assert house.voted(items[0], yes=6).passed
    house.ready(second, present=6)
    with pytest.raises(NotFound):
        commands.open_vote(house.then(), item_id=items[1].pk, method="named")


@pytest.mark.django_db
def test_the_capacity_of_a_resolution_is_nobodys_to_take(cooperative):
    """Standing comes from offices, seats and memberships; none of them is called a resolution."""
    from dure.site.standing import of_person

    held = of_person(1, cooperative.members[0], cooperative.then().at).capacities
    assert not {one.name for one in held} & {"resolution", "system", "operator"}
    act = cooperative.then()
    taken = replace(act, standing=act.standing | {Capacity("seat", 1), Capacity("chair", 1)})
    case = case_about(cooperative, cooperative.memberships[-1])
    with pytest.raises(Denied, match="총회"):
        memberships.decide_conduct_case(
            taken, case_id=case.pk, body="general_meeting", outcome="upheld",
            decided_date=act.today, minutes="임시총회", present=11, in_favour=11,
        )  # fmt: skip
