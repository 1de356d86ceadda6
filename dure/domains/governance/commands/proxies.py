"""A voter who cannot come lets somebody else vote, where the rules allow it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dure.domains.bylaws import queries as bylaws
from dure.domains.bylaws.rules import Finding, Rulebook, enforce
from dure.domains.parties import queries as parties
from dure.domains.parties.rules.texts import clean_text
from dure.kernel.acts import Act, day_of
from dure.kernel.dates import after_months
from dure.kernel.deeds import command, record
from dure.kernel.files import keep_file
from dure.kernel.refusals import InvalidInput, NotFound, Refusal

from .. import policies, queries
from ..events import ProxyGiven, ProxyPaperKept, ProxyWithdrawn
from ..models import Attendance, Meeting, Proxy
from ..rules.bodies import BodyKind
from .attending import NotAVoter, ThereAlready
from .meetings import State, in_state


class ProxyUnproven(InvalidInput):
    """A proxy is given in writing."""

    text = _("Name the written proxy and where it is kept.")


class ProxyPaperKeptAlready(Refusal):
    """One picture of one paper."""

    text = _("The written proxy of %(name)s is kept already.")


class NoProxiesHere(Refusal):
    """Only in a general meeting does the law know proxies."""

    text = _("In “%(body)s” everybody votes in person.")


class ProxyGivenAlready(Refusal):
    """One proxy at a time."""

    text = _("%(name)s has a proxy in this meeting already.")
    remedy = _("Withdraw it first.")


@command
def give_proxy(
    act: Act,
    *,
    meeting_id: int,
    party_id: int,
    person_id: int,
    paper: str,
    is_family: bool = False,
) -> Proxy:
    """A voter lets a person vote for it in one meeting. `paper`: the written proof; `is_family`: it
    says that the person is family and lives with the voter.

    The rules say whether (제23조②), for how many one may vote and who (③: one; another voter, whoever
    represents one, family living together). Raises
    RuleNotMet, NoProxiesHere, NotAVoter, ProxyGivenAlready, ThereAlready, ProxyUnproven.
    """
    meeting: Meeting = Meeting.objects.select_related("body").hold(meeting_id)
    policies.can_give_proxy(act, meeting, party_id).enforce()
    in_state(meeting, State.CONVENED, State.OPEN)
    if not parties.party_exists(person_id, "person") or person_id == party_id:
        raise NotFound
    paper, name = clean_text(paper, 120, _("Written proxy")), parties.party_name(party_id)
    if not paper:
        raise ProxyUnproven
    if party_id not in queries.voters_of(meeting.body, day_of(meeting.starts_at)):
        raise NotAVoter(name=name)
    others = Proxy.objects.filter(meeting=meeting, withdrawn_at=None)
    if others.filter(party=party_id).exists():
        raise ProxyGivenAlready(name=name)
    if Attendance.objects.filter(meeting=meeting, party=party_id, until_at=None).exists():
        raise ThereAlready(name=name)
    book = bylaws.rules_on(day_of(meeting.starts_at))
    held = others.filter(person=person_id).count() + 1
    who = _who(meeting, person_id, is_family)
    enforce(_asked(book, meeting.body.kind, meeting.body.name, held, who))
    # ---
    proxy = Proxy.objects.create(
        meeting=meeting,
        party_id=party_id,
        person_id=person_id,
        paper=paper,
        is_family=is_family,
        given_at=act.at,
        noted_by_id=act.actor_id,
    )
    record(act, ProxyGiven(meeting.pk, meeting.title, party_id, person_id, paper))
    return proxy


@command
def keep_proxy_paper(act: Act, *, proxy_id: int, name: str, content: bytes) -> Proxy:
    """Keep a photograph or PDF of a written proxy, encrypted, for as long as the rules say after the
    meeting. Raises NotFound, ProxyPaperKeptAlready, FileUnfit."""
    proxy: Proxy = Proxy.objects.select_related("meeting").hold(proxy_id)
    policies.can_keep_proxy_paper(act, proxy.meeting, proxy.party_id).enforce()
    if proxy.withdrawn_at is not None:
        raise NotFound
    if proxy.file_id is not None:
        raise ProxyPaperKeptAlready(name=parties.party_name(proxy.party_id))
    held = day_of(proxy.meeting.starts_at)
    until = after_months(held, bylaws.rules_on(act.today).number("votes.proxy_papers_months"))
    # ---
    proxy.file = keep_file(
        act, subject_id=proxy.party_id, matter=f"governance.Proxy:{proxy.pk}", name=name,
        content=content, until=max(until, act.today),
    )  # fmt: skip
    proxy.save(update_fields=["file"])
    record(act, ProxyPaperKept(proxy.meeting_id, proxy.meeting.title, proxy.party_id, until))
    return proxy


@command
def withdraw_proxy(act: Act, *, proxy_id: int) -> Proxy:
    """The voter comes after all, or trusts no more; who sat for it leaves. Raises NotFound."""
    proxy: Proxy = Proxy.objects.select_related("meeting").hold(proxy_id)
    policies.can_withdraw_proxy(act, proxy.meeting, proxy.party_id).enforce()
    if proxy.withdrawn_at is not None:
        raise NotFound
    # ---
    proxy.withdrawn_at = act.at
    proxy.save(update_fields=["withdrawn_at"])
    there = Attendance.objects.filter(meeting=proxy.meeting, party=proxy.party_id, until_at=None)
    there.filter(person=proxy.person_id).update(until_at=act.at)
    record(act, ProxyWithdrawn(proxy.meeting_id, proxy.meeting.title, proxy.party_id))
    return proxy


def _who(meeting: Meeting, person_id: int, is_family: bool) -> str:
    """What the holder of a proxy is to the voter, in a word of `votes.proxy_who`."""
    day = day_of(meeting.starts_at)
    own = {person_id, *parties.represented_by(person_id, day)}
    if own & queries.voters_of(meeting.body, day):
        return "member"
    return "cohabiting_family" if is_family else "anybody"


def _asked(book: Rulebook, kind: str, body: str, held: int, who: str) -> tuple[Finding, ...]:
    """What the rules ask of a proxy; a body without a rule on it knows none."""
    if kind == BodyKind.DELEGATES_MEETING:
        return book.check_all(("delegates.proxy", True))
    if kind != BodyKind.GENERAL_MEETING or "votes.proxy" not in book:
        raise NoProxiesHere(body=body)
    return book.check_all(
        ("votes.proxy", True), ("votes.proxy_who", who), ("votes.proxy_principals_count", held)
    )
