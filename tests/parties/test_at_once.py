"""Two people at once, with real commits: one wins, the other is told."""

from uuid import uuid4

import pytest

from dure.domains.parties import commands, queries
from dure.domains.parties.models import ConsentText, Organisation, Party
from dure.domains.parties.rules import imports as r
from dure.kernel.acts import Act, Capacity
from dure.kernel.refusals import Refusal, SomeoneWasFaster
from dure.ui.files import open_table
from tests.at_once import at_once
from tests.conftest import NOW

pytestmark = pytest.mark.django_db(transaction=True)


def by(*names):
    return Act(None, NOW, uuid4(), standing=frozenset(map(Capacity, names or ("secretariat",))))


def split(answers):
    lost = [one for one in answers if isinstance(one, Exception)]
    assert all(isinstance(one, Refusal) for one in lost), lost
    return len(answers) - len(lost), lost


def test_one_business_number_goes_to_one_of_four():
    answers = at_once(
        *(
            lambda n=n: commands.add_organisation(
                by(), name=f"바람 {n}", business_number="124-81-00998"
            )
            for n in range(4)
        )
    )
    won, lost = split(answers)
    assert won == 1 and {type(one) for one in lost} == {commands.BusinessNumberTaken}
    assert Organisation.objects.count() == Party.objects.count() == 1


def test_the_network_is_founded_once():
    won, lost = split(
        at_once(
            *(lambda n=n: commands.found_network(by("operator"), name=f"망 {n}") for n in range(3))
        )
    )
    assert won == 1 and {type(one) for one in lost} == {commands.NetworkAlreadyFounded}


def test_a_chunk_is_taken_by_one_of_two():
    data = "기관명\n" + "\n".join(f"마을 {n}" for n in range(50))
    sheet = open_table("a.csv", data.encode())
    [chunk] = r.chunks(sheet.rows, ("name",))
    staged = commands.stage_import(
        by(), file_name="a.csv", digest="x", mapping=("name",), publish=False
    )
    answers = at_once(*[lambda: commands.accept_import(by(), import_id=staged.pk, chunk=chunk)] * 2)
    won, lost = split(answers)
    assert won == 1 and isinstance(lost[0], SomeoneWasFaster | commands.ImportOver)
    assert Party.objects.count() == 50


def test_two_merges_of_one_duplicate_leave_one():
    a, b, c = (commands.add_person(by(), name=f"이름 {n}").pk for n in range(3))
    won, _lost = split(
        at_once(
            lambda: commands.merge_parties(by(), kept_id=a, duplicate_id=c),
            lambda: commands.merge_parties(by(), kept_id=b, duplicate_id=c),
        )
    )
    assert won == 1 and queries.resolve(c) in (a, b)


def test_merging_two_into_each_other_leaves_no_ring():
    a, b = (commands.add_person(by(), name=f"이름 {n}").pk for n in range(2))
    won, _lost = split(
        at_once(
            lambda: commands.merge_parties(by(), kept_id=a, duplicate_id=b),
            lambda: commands.merge_parties(by(), kept_id=b, duplicate_id=a),
        )
    )
    assert won == 1
    assert queries.resolve(a) == queries.resolve(b)


def test_versions_of_a_consent_text_follow_each_other():
    answers = at_once(
        *(
            lambda n=n: commands.publish_consent_text(
                by(), purpose="news", title=f"소식 {n}", text="…", from_date=NOW.date()
            )
            for n in range(4)
        )
    )
    won, lost = split(answers)
    assert {type(one) for one in lost} <= {SomeoneWasFaster}
    versions = ConsentText.objects.order_by("version").values_list("version", flat=True)
    assert list(versions) == list(range(1, won + 1))
