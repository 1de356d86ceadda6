"""Papers with a number: issued, printed again as they were, checked by strangers, taken back."""

from datetime import date

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from hypothesis import given, strategies as st

from dure.domains.memberships import commands, documents, queries
from dure.domains.memberships.models import IssuedPaper, PaperRevocation
from dure.domains.memberships.rules import papers as rules
from dure.domains.parties import commands as parties
from dure.kernel.dates import Month
from dure.kernel.deeds import event_of
from dure.kernel.models import Deed, Read
from dure.kernel.refusals import Denied, KeyReused, NotFound

SITE = "https://dure.example.kr"


@pytest.fixture
def member(network):
    return network.organisation("햇살돌봄 사회적협동조합")


@pytest.fixture
def person(network):
    return network.person("정마루")


def issue(act, membership, kind="member_certificate", **terms):
    return commands.issue_paper(act, kind=kind, membership_id=membership.pk, site_url=SITE, **terms)


def pdf_of(act, paper):
    return documents.papers_pdf([queries.printed(act, paper.pk)])


# -- rules -----------------------------------------------------------------------------------------


@given(st.binary(min_size=16, max_size=16))
def test_a_code_is_read_as_it_is_printed_and_as_it_is_typed(chance):
    code = rules.code_of(chance)
    assert rules.read_code(rules.shown_code(code)) == code
    assert rules.read_code(f" {rules.shown_code(code).lower().replace('-', ' ')}\n") == code


@given(st.sampled_from(list(rules.PaperKind)), st.integers(1950, 2200), st.integers(1, 99_999))
def test_a_number_is_read_as_it_is_printed(kind, year, number):
    said = rules.paper_number(kind, year, number)
    for typed in (said, f"제{said}호", f" 제 {said} 호", f"No. {said}"):
        assert rules.read_paper_number(typed) == (kind, year, number)


@pytest.mark.parametrize("typed", ["", "2026", "2026-없음-1", "K7QF-3M2A", "A" * 300, "\x00"])
def test_what_is_neither_is_not_taken_for_one(typed):
    assert rules.read_paper_number(typed) is None and rules.read_code(typed) is None


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("김하늘", "김○○"),
        ("김", "○"),
        ("남궁 민수", "남○ 민○"),
        ("John Smith", "J○○○ S○○○○"),
        ("", ""),
    ],
)
def test_strangers_see_the_first_letter_of_each_word(name, shown):
    assert rules.masked(name) == shown


# -- issuing ---------------------------------------------------------------------------------------


def test_numbers_have_no_gap_and_each_kind_and_year_its_own(act, member, person):
    first = [issue(act("secretariat"), one) for one in (member, person, member)]
    other = issue(act("secretariat"), member, "dues_statement")
    with pytest.raises(commands.YearNotBegun):
        issue(act("secretariat"), member, "dues_statement", year=2027)
    with pytest.raises(commands.UnknownPaper):
        issue(act("secretariat"), member, language="fr")
    with pytest.raises(commands.UnknownPaper):
        issue(act("secretariat"), member, "member_register")
    last = issue(act("bookkeeper"), person)
    next_year = issue(act("secretariat", days=60), member)
    said = [str(one) for one in (*first, other, last, next_year)]
    assert said == [
        "2026-회원-0001",
        "2026-회원-0002",
        "2026-회원-0003",
        "2026-회비-0001",
        "2026-회원-0004",
        "2027-회원-0001",
    ]
    assert len({one.code for one in (*first, other, last)}) == 5


def test_the_same_key_issues_once(act, member):
    once = act("secretariat")
    assert issue(once, member) == issue(once, member)
    assert IssuedPaper.objects.count() == 1
    with pytest.raises(KeyReused):
        issue(once, member, language="en")


def test_members_issue_their_own_and_the_office_the_rest(act, member, person):
    def own():
        return act(actor_id=person.party_id)

    assert issue(own(), person) and issue(own(), person, "yearly_statement")
    assert issue(act("representative", of=member.party_id, actor_id=999), member)
    for nobody in (act("visitor"), own(), act("member", of=member.pk)):
        with pytest.raises(Denied):
            issue(nobody, member)
    with pytest.raises(Denied):
        issue(own(), person, "share_certificate")
    with pytest.raises(Denied):  # nobody certifies oneself what is worth money
        issue(act("secretariat", actor_id=person.party_id), person, "share_certificate")
    with pytest.raises(Denied):
        commands.issue_register(own(), on=date(2026, 11, 20))
    with pytest.raises(NotFound):
        commands.issue_paper(act("secretariat"), kind="member_certificate", membership_id=99)


def test_a_paper_prints_the_same_whatever_happened_since(act, member, person):
    papers = [
        issue(act("secretariat"), one, kind, language=language)
        for one in (member, person)
        for kind in ("member_certificate", "dues_statement", "yearly_statement")
        for language in ("ko", "en")
    ]
    first = [pdf_of(act("secretariat"), paper) for paper in papers]
    parties_change(act, member)
    parties_change(act, person)
    assert all(made.startswith(b"%PDF-") for made in first)
    assert first == [pdf_of(act("secretariat", days=9), paper) for paper in papers]


def parties_change(act, membership):
    if membership.party.kind == "person":
        parties.change_person(act("system"), person_id=membership.party_id, name="정마룬")
    else:
        parties.change_organisation(
            act("system"), organisation_id=membership.party_id, changes=(("name", "새 이름"),)
        )


def test_what_it_says_is_what_the_books_say(act, network, member):
    network.plan("organisation", 30_000)
    for month in (9, 10, 11):
        commands.bill_dues(act("system"), month=Month(2026, month))
    commands.enter_receipt(
        act("system"),
        receipt_date=date(2026, 11, 5),
        amount_won=50_000,
        payer="햇살돌봄",
        membership_id=member.pk,
    )
    paper = issue(act("secretariat"), member, "dues_statement", year=2026)
    told = queries.printed(act("secretariat"), paper.pk).content
    assert [row[-1] for row in told["payments"]] == [30_000, 20_000]
    assert [row[4:] for row in told["charges"]] == [
        (30_000, 30_000, 0),
        (30_000, 20_000, 0),
        (30_000, 0, 0),
    ]
    assert (told["from"], told["until"]) == ("2026-01-01", "2026-11-21")  # not beyond today
    assert told["check_url"].startswith(f"{SITE}/check/")
    before = issue(act("secretariat"), member, "dues_statement", year=2025)
    assert queries.printed(act("secretariat"), before.pk).content["payments"] == ()


def test_a_share_certificate_needs_shares(act, member):
    with pytest.raises(commands.HoldsNoShares):
        issue(act("secretariat"), member, "share_certificate")
    assert not IssuedPaper.objects.exists()


def test_a_share_certificate_holds_until_another_replaces_it(act, network, member):
    network.shares(member, 30)
    paper = issue(act("secretariat"), member, "share_certificate")
    assert (str(paper), paper.amount_won) == ("2026-출자-0001", 300_000)
    told = queries.printed(act("secretariat"), paper.pk)
    held = told.content["certificate"]
    assert (held["shares"], held["won"]) == (30, 300_000)
    assert documents.papers_pdf([told]).startswith(b"%PDF-")
    with pytest.raises(commands.CertificateIsOut):
        issue(act("secretariat"), member, "share_certificate")
    assert not queries.check_paper(paper.code).replaced
    with pytest.raises(commands.NothingToIssue):
        commands.issue_papers(act("secretariat"), kind="share_certificate", year=2026)
    network.shares(member, 5)
    assert queries.check_paper(paper.code).replaced
    assert not queries.paper_card(act("secretariat"), paper.pk).is_valid
    assert issue(act("secretariat"), member, "share_certificate").amount_won == 350_000
    other = network.organisation("새벽빵집")
    network.shares(other, 2)
    network.organisation("늘봄")  # holds none
    assert commands.issue_papers(act("secretariat"), kind="share_certificate", year=2026) == 1
    paper = commands.issue_register(act("secretariat"), on=date(2026, 11, 20))
    rows = queries.printed(act("secretariat"), paper.pk)
    assert [row[5:7] for row in rows.content["members"]] == [[35, 350_000], [2, 20_000], [0, 0]]
    assert documents.papers_pdf([rows]).startswith(b"%PDF-")
    yearly = issue(act("secretariat"), member, "yearly_statement")
    moves = queries.printed(act("secretariat"), yearly.pk)
    assert [row[2:] for row in moves.content["shares"]] == [(30, 300_000), (5, 50_000)]
    assert documents.papers_pdf([moves]).startswith(b"%PDF-")


def test_the_register_of_a_day_keeps_no_second_copy_of_everybody(act, network, member, person):
    before = len(known("정마루"))
    paper = commands.issue_register(act("secretariat"), on=date(2026, 11, 20), site_url=SITE)
    assert len(known("정마루")) == before
    assert str(paper) == "2026-명부-0001" and paper.party_id is None
    first = pdf_of(act("secretariat"), paper)
    network.person("늦게온이", joined=date(2026, 11, 21))
    assert first == pdf_of(act("secretariat", days=5), paper)
    parties_change(act, person)
    with pytest.raises(queries.RegisterChanged):
        pdf_of(act("secretariat"), paper)
    with pytest.raises(commands.YearNotBegun):
        commands.issue_register(act("secretariat"), on=date(2027, 1, 1))


def test_many_at_once_and_go_on_where_it_was(act, network):
    members = [network.person(f"회원{n}") for n in range(7)]
    issue(act("secretariat"), members[2], "yearly_statement", year=2026)
    given = {"kind": "yearly_statement", "year": 2026, "site_url": SITE}
    key = act("secretariat")
    assert commands.issue_papers(key, most=4, **given) == 4
    assert commands.issue_papers(key, most=4, **given) == 4  # the same key: nothing more
    far = queries.batch_progress(
        act("secretariat"), "yearly_statement", date(2026, 1, 1), date(2027, 1, 1)
    )
    assert (far.issued, far.waiting, far.total) == (5, 2, 7)
    assert commands.issue_papers(act("secretariat"), most=4, **given) == 2
    with pytest.raises(commands.NothingToIssue):
        commands.issue_papers(act("secretariat"), **given)
    with pytest.raises(Denied):
        commands.issue_papers(act(actor_id=members[0].party_id), **given)
    numbers = IssuedPaper.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, 8))
    told = list(queries.printed_batch(act("secretariat"), "yearly_statement", date(2026, 1, 1)))
    assert len(told) == 7 and documents.papers_pdf(told).startswith(b"%PDF-")
    pieces = b"".join(documents.papers_zip(told))
    assert pieces.startswith(b"PK") and pieces.count(b"%PDF-") == 7
    deed = Deed.objects.filter(name="memberships.PapersIssued").latest("pk")
    assert "2026-연간-0006" in str(event_of(deed).sentence())


# -- checking, taking back, forgetting -------------------------------------------------------------


def test_strangers_learn_by_the_code_for_whom_and_by_the_number_only_that(act, member, person):
    for one, shown in ((member, "햇살돌봄 사회적협동조합"), (person, "정○○")):
        paper = issue(act("secretariat"), one)
        by_code = queries.check_paper(rules.shown_code(paper.code))
        assert (by_code.subject, by_code.by_code, by_code.revoked_at) == (shown, True, None)
        assert by_code.network == "한울 네트워크" and by_code.number == str(paper)
        by_number = queries.check_paper(f"제{paper}호")
        assert (by_number.subject, by_number.by_code) == ("", False)
    for typed in ("2026-회원-0009", "AAAA-BBBB-CCCC", "", "%", "x" * 400):
        assert queries.check_paper(typed) is None


def test_a_revoked_paper_stays_and_says_so(act, member):
    paper = issue(act("secretariat"), member)
    valid = pdf_of(act("secretariat"), paper)
    with pytest.raises(Denied):
        commands.revoke_paper(
            act("representative", of=member.party_id), paper_id=paper.pk, reason="x"
        )
    with pytest.raises(commands.RevocationUnreasoned):
        commands.revoke_paper(act("secretariat"), paper_id=paper.pk, reason="  ")
    commands.revoke_paper(act("secretariat"), paper_id=paper.pk, reason="이름이 잘못됨")
    with pytest.raises(commands.AlreadyRevoked):
        commands.revoke_paper(act("secretariat"), paper_id=paper.pk, reason="또")
    card = queries.paper_card(act("secretariat"), paper.pk)
    assert (card.is_valid, card.reason) == (False, "이름이 잘못됨")
    assert queries.check_paper(paper.code).revoked_at is not None
    assert pdf_of(act("secretariat"), paper) != valid  # marked as void
    deed = Deed.objects.get(name="memberships.PaperRevoked")
    assert "이름이 잘못됨" in str(event_of(deed).sentence())


def test_the_database_itself_refuses_to_change_a_paper(act, member):
    paper = issue(act("secretariat"), member)
    commands.revoke_paper(act("secretariat"), paper_id=paper.pk, reason="시험")
    for table in (IssuedPaper, PaperRevocation):
        name = table._meta.db_table
        for deed in (f"UPDATE {name} SET id = id", f"DELETE FROM {name}"):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(deed)


def known(text):
    """Where in the whole database a text stands: a table and column for each time."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for column, value in zip(columns, row, strict=True):
                    if text in str(value):
                        found.append((table, column))
    return found


def test_the_paper_of_an_erased_person_is_still_genuine(act, person):
    paper = issue(act("secretariat"), person)
    commands.leave_membership(
        act("secretariat"),
        membership_id=person.pk,
        left_date=date(2026, 11, 20),
        reason="resigned",
        decided_by="본인",
    )
    assert known("정마루")
    parties.erase_person(act("administrator", days=1), person_id=person.party_id, reason="요청")
    assert not known("정마루")
    found = queries.check_paper(rules.shown_code(paper.code))
    assert (found.erased, found.subject, found.number) == (True, "", str(paper))
    assert found.digest == rules.shown_digest(paper.digest)
    with pytest.raises(queries.PaperErased):
        queries.printed(act("secretariat"), paper.pk)
    assert queries.paper_card(act("secretariat"), paper.pk).erased
    assert list(queries.printed_batch(act("secretariat"), "member_certificate")) == []


def test_the_office_reading_a_persons_paper_is_logged(act, person):
    paper = issue(act(actor_id=person.party_id), person)
    queries.printed(act(actor_id=person.party_id), paper.pk)
    assert not Read.objects.exists()
    queries.printed(act("secretariat", actor_id=77), paper.pk)
    assert Read.objects.get().subject_id == person.party_id
    with pytest.raises(Denied):
        queries.printed(act(actor_id=78), paper.pk)


def test_papers_go_with_a_merge(act, network, member):
    double = parties.add_organisation(act("system"), name="햇살돌봄")
    paper = issue(act("secretariat"), member)
    parties.merge_parties(act("administrator"), kept_id=double.pk, duplicate_id=member.party_id)
    speaks = act("representative", of=double.pk)
    assert [one.pk for one in queries.papers_visible_to(speaks)] == [paper.pk]
    assert queries.paper_card(speaks, paper.pk).number == str(paper)


def test_every_kind_of_paper_is_told_by_its_name_in_history():
    assert rules.KINDS.keys() == set(rules.PaperKind)
