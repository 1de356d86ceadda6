"""Papers issued at the same moment, a batch killed half-way, statements of three hundred rows."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dure.domains.ledger import commands as ledger_commands
from dure.domains.memberships import commands, documents, queries
from dure.domains.memberships.models import IssuedPaper, PaperRevocation
from dure.domains.parties import commands as parties
from dure.kernel.dates import Month
from tests.at_once import at_once
from tests.memberships.conftest import STARTED, Network


@pytest.fixture
def live(transactional_db, act):
    """The small network with real commits."""
    parties.found_network(act("system"), name="한울 네트워크", legal_form="association")
    ledger_commands.open_books(act("system"), first_date=STARTED)
    for code, name, who, may_vote in commands.STARTING_CLASSES:
        commands.add_member_class(act("system"), name=name, code=code, who=who, may_vote=may_vote)
    return Network(act)


def issue(act, member, kind="member_certificate"):
    return commands.issue_paper(act("secretariat"), kind=kind, membership_id=member.pk)


def test_two_at_once_get_two_numbers_without_a_gap(live, act):
    member = live.person("정마루")
    answers = at_once(*[lambda: issue(act, member)] * 4)
    assert all(isinstance(one, IssuedPaper) for one in answers), answers
    assert sorted(one.number for one in answers) == [1, 2, 3, 4]


def test_two_batches_at_once_issue_to_everybody_once(live, act):
    for number in range(12):
        live.person(f"회원{number}")

    def batch():
        return commands.issue_papers(act("secretariat"), kind="yearly_statement", year=2026, most=8)

    at_once(batch, batch)
    have = IssuedPaper.objects.values_list("membership", flat=True)
    assert len(have) == len(set(have)) == 12


def test_taken_back_once(live, act):
    paper = issue(act, live.person("정마루"))

    def revoke():
        return commands.revoke_paper(act("secretariat"), paper_id=paper.pk, reason="오기")

    answers = at_once(revoke, revoke)
    assert sum(isinstance(one, PaperRevocation) for one in answers) == 1, answers
    assert PaperRevocation.objects.count() == 1


def test_a_batch_that_dies_leaves_no_number_behind(network, act, monkeypatch):
    members = [network.person(f"회원{number}") for number in range(5)]
    issue(act, members[0])

    def die(*_rows):
        raise KeyboardInterrupt

    monkeypatch.setattr(IssuedPaper.objects, "bulk_create", die)
    with pytest.raises(KeyboardInterrupt):
        commands.issue_papers(act("secretariat"), kind="member_certificate", year=2026)
    monkeypatch.undo()
    commands.issue_papers(act("secretariat"), kind="member_certificate", year=2026)
    numbers = IssuedPaper.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [1, 2, 3, 4, 5]


def test_a_batch_asks_no_more_for_many_than_for_few(network, act):
    network.plan("person", 10_000)
    for number in range(30):
        network.person(f"회원{number}")
    commands.bill_dues(act("system"), month=Month(2026, 11))

    def asked(most):
        with CaptureQueriesContext(connection) as caught:
            commands.issue_papers(act("secretariat"), kind="yearly_statement", year=2026, most=most)
        return len(caught)

    first = asked(2)  # takes the series into use
    assert first >= asked(25) and first < 40


def test_a_long_register_goes_over_pages_with_its_heads_on_each(network, act):
    for number in range(300):
        network.person(f"회원{number:03}")
    paper = commands.issue_register(act("secretariat"), on=date(2026, 11, 20))
    told = queries.printed(act("secretariat"), paper.pk)
    assert len(told.content["members"]) == 300
    made = documents.papers_pdf([told])
    pages = re.search(rb"/Type\s*/Pages\s*/Count (\d+)", made)
    assert pages is not None and 7 <= int(pages[1]) <= 9
