"""What is kept about a person follows a merge and an erasing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dure.domains.bylaws import commands as bylaws, queries as rules
from dure.domains.parties import commands as parties
from dure.domains.privacy import commands, queries
from dure.domains.privacy.models import Breach, BreachedPerson, HandedOver, Withdrawal
from dure.kernel.refusals import Denied
from tests.conftest import NOW

from .test_consents import agree, centre, publish, withdraw


@pytest.fixture
def twins(cast, act):
    """One person, entered twice: the one to keep and the duplicate."""
    names = ("정마루 (둘째)", "정마루 (첫째)")
    return [parties.add_person(act("system"), name=name).pk for name in names]


def test_a_duplicates_lines_go_with_the_one_kept(cast, act, twins):
    kept, duplicate = twins
    both, alone = (
        Breach.objects.create(what="x", found_at=NOW, recorded_at=NOW, people_count=2)
        for _one in range(2)
    )
    later = NOW + timedelta(hours=3)
    BreachedPerson.objects.create(breach=both, person_id=kept, told_at=later)
    BreachedPerson.objects.create(breach=both, person_id=duplicate, told_at=NOW)
    BreachedPerson.objects.create(breach=alone, person_id=duplicate)
    text = centre(act)
    agree(act, kept, text)
    agree(act, duplicate, text)
    given = commands.hand_over_data(act("secretariat"), text_id=text.pk)
    photos = publish(act, "photos", "사진 싣기")
    withdraw(act, duplicate, agree(act, duplicate, photos))

    parties.merge_parties(act("secretariat"), kept_id=kept, duplicate_id=duplicate)

    lines = BreachedPerson.objects.order_by("breach").values_list("breach", "person", "told_at")
    assert list(lines) == [(both.pk, kept, NOW), (alone.pk, kept, None)]
    assert list(HandedOver.objects.values_list("handover", "person")) == [(given.pk, kept)]
    assert list(Withdrawal.objects.values_list("person", flat=True)) == [kept]


def test_an_erased_persons_note_goes_and_the_settling_stays(cast, act, twins):
    person = twins[0]
    photos = publish(act, "photos", "사진 싣기")
    withdraw(act, person, agree(act, person, photos))
    [waiting] = queries.withdrawals_open(act("secretariat"))
    commands.settle_withdrawal(
        act("secretariat"), withdrawal_id=waiting.id, note="정마루 님 사진 두 장을 내림"
    )
    parties.erase_person(act("administrator"), person_id=person, reason="요청")
    row = Withdrawal.objects.get()
    assert row.note == "" and row.settled_at is not None


def test_only_the_office_moves_them(cast, act, twins):
    with pytest.raises(Denied):
        commands.follow_person(act("member"), from_party_id=twins[0], to_party_id=twins[1])
    with pytest.raises(Denied):
        commands.empty_withdrawals(act("member"), party_id=twins[0])


def test_the_log_of_reads_is_kept_longer_where_sensitive_data_is_handled(cast, act):
    """개인정보의 안전성 확보조치 기준 제8조: 민감정보를 처리하면 접속기록을 2년 이상."""
    day = act("system").today
    short = {
        "key": "privacy.access_log_kept_months",
        "value": "12",
        "article": "1",
        "document": "x",
    }
    bylaws.adopt_provision(act("operator"), **short, from_date=day, decided_by="총회")
    kept = queries.reads_kept_from(rules.rules_on(day), day)
    assert kept == day.replace(year=day.year - 1)
    handles = {"key": "privacy.handles_sensitive", "value": "yes", "article": "1", "document": "x"}
    bylaws.adopt_provision(act("operator"), **handles, from_date=day, decided_by="총회")
    kept = queries.reads_kept_from(rules.rules_on(day), day)
    assert kept == day.replace(year=day.year - 2)
