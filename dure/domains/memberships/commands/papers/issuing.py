"""Issuing papers: numbered without a gap, with a code, what they say kept apart from their number.

What is printed again is what was kept, so it never changes; who wants today's figures is given a
new paper.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from dure.domains.bylaws.rules import Finding, keep
from dure.domains.parties.rules.texts import clean_text
from dure.kernel import personal, plain
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.personal import Personal
from dure.kernel.refusals import InvalidInput, NotFound, Refusal

from ... import policies
from ...events import PaperIssued, PaperRevoked, PapersIssued
from ...models import IssuedPaper, Membership, PaperRevocation, Series
from ...queries import duties
from ...queries.papers import contents as told, issued
from ...rules import papers as rules
from ...rules.papers import PaperKind

__all__ = [
    "AlreadyRevoked", "CertificateIsOut", "HoldsNoShares", "NothingToIssue", "RevocationUnreasoned",
    "UnknownPaper", "YearNotBegun", "issue_destruction_certificate", "issue_paper", "issue_papers", "issue_register",
    "issue_room_paper", "revoke_paper",
]  # fmt: skip

FIRST_YEAR = 1950


class UnknownPaper(InvalidInput):
    """There is no such kind of paper, or it is not issued in this way or language."""

    text = _("There is no paper “%(kind)s” of a member in “%(language)s”.")


class YearNotBegun(InvalidInput):
    """A paper tells of a year that has begun."""

    text = _("Papers of %(year)s cannot be issued yet; choose a year up to %(last)s.")


class HoldsNoShares(Refusal):
    """A share certificate is of shares that are paid in."""

    text = _("%(name)s holds no shares on %(date)s.")
    remedy = _("Book the shares paid in first.")


class CertificateIsOut(Refusal):
    """Of one share certificate there is one paper."""

    text = _("The share certificate was issued already as no. %(number)s.")
    remedy = _("Print that one again; if it is lost, revoke it and issue it anew.")


class NothingToIssue(Refusal):
    """Everybody has this paper already."""

    text = _("Everybody has this paper of %(year)s already.")
    remedy = _("Revoke a paper to issue it anew, or print the ones that were issued.")


class AlreadyRevoked(Refusal):
    """A paper is taken back once."""

    text = _("No. %(number)s does not hold since %(date)s.")


class RevocationUnreasoned(InvalidInput):
    """Whoever takes a paper back says why."""

    text = _("Say why the paper no longer holds.")


@dataclass(frozen=True, slots=True)
class Wish:
    """One paper to be written: for whom, of which days, what it says."""

    party_id: int | None
    membership_id: int | None
    content: dict[str, Any]
    amount_won: int | None = None
    span: tuple[date, date] | None = None  # of its own, unlike the others issued with it


@command
def issue_paper(
    act: Act,
    *,
    kind: str,
    membership_id: int,
    year: int | None = None,
    language: str = "ko",
    site_url: str = "",
) -> IssuedPaper:
    """Issue one paper of a member: a certificate as of today, or a statement of a calendar year.

    `year`: of statements, this year by default; `site_url`: where the paper can be checked. Raises
    UnknownPaper, YearNotBegun, HoldsNoShares, CertificateIsOut, BenefitRests.
    """
    membership = _members([membership_id]).get(membership_id)
    if membership is None:
        raise NotFound
    policies.can_issue_paper(act, kind, membership.party_id).enforce()
    of_kind = kind_of(kind, language)
    if of_kind == PaperKind.MEMBER_CERTIFICATE and not policies.keeps_members(act):
        duties.need_benefit(membership.pk, duties.Use.CERTIFICATE, act.today)
    span = begun(of_kind, year, act.today)
    line_up(of_kind, act.today.year)
    [wish] = _wishes(act, of_kind, [membership], span)
    if of_kind == PaperKind.SHARE_CERTIFICATE:
        if wish.span is None:
            raise HoldsNoShares(name=membership.party.name, date=act.today.isoformat())
        if number := issued.paper_of_certificate(membership.pk, wish.span[0], wish.amount_won):
            raise CertificateIsOut(number=number)
    # ---
    [paper] = write_papers(act, of_kind, language, span, [wish], site_url)
    tell(act, paper)
    return paper


@command
def issue_register(act: Act, *, on: date, language: str = "ko", site_url: str = "") -> IssuedPaper:
    """Issue the register of members of a day (조합원명부). Raises YearNotBegun, UnknownPaper."""
    policies.can_issue_register(act).enforce()
    if language not in rules.LANGUAGES:
        raise UnknownPaper(kind=PaperKind.MEMBER_REGISTER, language=language)
    if on > act.today:
        raise YearNotBegun(year=on.isoformat(), last=act.today.isoformat())
    # ---
    span = (on, on + timedelta(days=1))
    wish = Wish(None, None, {"rows": told.register_rows(on)})
    [paper] = write_papers(act, PaperKind.MEMBER_REGISTER, language, span, [wish], site_url)
    tell(act, paper)
    return paper


@command
def issue_destruction_certificate(
    act: Act,
    *,
    on: date,
    rows: tuple[tuple[str, str, int], ...],
    kept: tuple[tuple[str, str, int], ...],
    site_url: str = "",
) -> IssuedPaper:
    """Certify that personal data was destroyed: what, by which rule, how many records.

    `rows` and `kept`: title, article, count, of what is gone and of what a law keeps apart. Source:
    개인정보보호법 제21조.
    """
    policies.can_issue_destruction_certificate(act).enforce()
    # ---
    span = (on, act.today + timedelta(days=1))
    wish = Wish(
        None, None, {"destroyed": [list(row) for row in rows], "kept": [list(row) for row in kept]}
    )
    [paper] = write_papers(act, PaperKind.DESTRUCTION, "ko", span, [wish], site_url)
    tell(act, paper)
    return paper


@command
def issue_room_paper(
    act: Act,
    *,
    kind: str,
    party_id: int,
    name: str,
    said: dict[str, Any],
    from_date: date,
    until_date: date,
    amount_won: int | None = None,
    site_url: str = "",
) -> IssuedPaper:
    """Issue a paper of a room above, which says what is on it (form, title, facts, tables, lines).

    Raises UnknownPaper.
    """
    policies.can_issue_room_paper(act, party_id).enforce()
    if kind not in rules.OF_ROOMS:
        raise UnknownPaper(kind=kind, language="ko")
    # ---
    wish = Wish(party_id, None, {"member": {"name": name}, "said": said}, amount_won)
    span = (from_date, until_date)
    [paper] = write_papers(act, PaperKind(kind), "ko", span, [wish], site_url)
    tell(act, paper)
    return paper


@command
def issue_papers(
    act: Act,
    *,
    kind: str,
    year: int,
    language: str = "ko",
    site_url: str = "",
    most: int = 200,
) -> int:
    """Issue a paper to members who have none of this kind for the year yet; how many it was.

    At most `most` at once, by member number: call it again (under a new key) until NothingToIssue.
    Stopped in between and started again it goes on where it was. Raises UnknownPaper, YearNotBegun.
    """
    policies.can_issue_papers(act, kind).enforce()
    of_kind = kind_of(kind, language)
    span = begun(of_kind, year, act.today)
    line_up(of_kind, act.today.year)  # one batch at a time
    waiting = issued.members_without(act, of_kind, *span).values_list("pk", flat=True)
    memberships = list(_members(waiting[:most]).values())
    if not memberships:
        raise NothingToIssue(year=year)
    # ---
    wishes = _wishes(act, of_kind, memberships, span)
    made = write_papers(act, of_kind, language, span, wishes, site_url)
    record(
        act,
        PapersIssued(
            of_kind,
            span[0],
            language,
            str(made[0]),
            str(made[-1]),
            len(made),
            tuple(paper.digest for paper in made),
        ),
    )
    return len(made)


@command
def revoke_paper(act: Act, *, paper_id: int, reason: str) -> PaperRevocation:
    """A paper no longer holds: a row of its own says so, the paper stays as it was.

    Raises RevocationUnreasoned, AlreadyRevoked.
    """
    paper = IssuedPaper.objects.select_related("party").filter(pk=paper_id).first()
    if paper is None:
        raise NotFound
    policies.can_revoke_paper(act, paper).enforce()
    reason = clean_text(reason, 200, _("Reason"))
    if not reason:
        raise RevocationUnreasoned
    line_up(PaperKind(paper.kind), paper.year)
    before = PaperRevocation.objects.filter(paper=paper).first()
    if before is not None:
        raise AlreadyRevoked(number=str(paper), date=before.revoked_at.date().isoformat())
    # ---
    told = Personal(reason, paper.party_id)
    revocation = PaperRevocation.objects.create(
        paper=paper,
        revoked_at=act.at,
        revoked_by_id=act.actor_id,
        reason_digest=personal.keep(told),
    )
    record(act, PaperRevoked(paper.pk, paper.party_id, paper.kind, str(paper), told))
    return revocation


# -- what issuing is made of -----------------------------------------------------------------------

Span = tuple[date, date]


def kind_of(kind: str, language: str) -> PaperKind:
    """The kind, if it is one of a member's papers, in a language there is. Raises UnknownPaper."""
    if kind not in set(rules.OF_A_MEMBER) or language not in rules.LANGUAGES:
        raise UnknownPaper(kind=kind, language=language)
    return PaperKind(kind)


def begun(kind: PaperKind, year: int | None, today: date) -> Span:
    """The days a paper tells of. Raises YearNotBegun."""
    if kind in rules.YEARLY and year is not None and not FIRST_YEAR <= year <= today.year:
        raise YearNotBegun(year=year, last=today.year)
    return rules.span_of(kind, year, today)


def line_up(kind: PaperKind, year: int) -> Series:
    """The series of a kind and year in hand: whoever else issues or revokes in it waits."""
    name = f"paper:{kind}:{year}"
    Series.objects.get_or_create(name=name)
    return Series.objects.select_for_update().get(name=name)


def write_papers(
    act: Act,
    kind: PaperKind,
    language: str,
    span: Span,
    wishes: Sequence[Wish],
    site_url: str,
    findings: Sequence[Finding] = (),
) -> list[IssuedPaper]:
    """Number the papers, keep what they say apart, write them; a handful of statements for all."""
    series, network = line_up(kind, act.today.year), told.network_facts()
    papers, texts = [], []
    for number, wish in enumerate(wishes, series.last + 1):
        paper = IssuedPaper(
            kind=kind,
            language=language,
            year=act.today.year,
            number=number,
            code=rules.code_of(os.urandom(rules.CODE_BYTES)),
            party_id=wish.party_id,
            membership_id=wish.membership_id,
            from_date=(wish.span or span)[0],
            until_date=(wish.span or span)[1],
            amount_won=wish.amount_won,
            findings=keep(findings),
            issued_at=act.at,
            issued_by_id=act.actor_id,
        )
        content = told.head(paper, network, site_url, act.today) | wish.content
        if (rows := content.pop("rows", None)) is not None:
            content["members_digest"] = told.digest_of_rows(paper.code, rows)
            content["count"] = len(rows)
        papers.append(paper)
        texts.append(Personal(plain.dumps(content), wish.party_id))
    series.last += len(papers)
    series.save(update_fields=["last"])
    for paper, digest in zip(papers, personal.keep_many(texts), strict=True):
        paper.digest = digest
    return IssuedPaper.objects.bulk_create(papers)


def tell(act: Act, paper: IssuedPaper) -> None:
    """One paper was issued."""
    record(
        act,
        PaperIssued(
            paper.pk,
            paper.party_id,
            paper.kind,
            str(paper),
            paper.language,
            paper.amount_won,
            paper.digest,
        ),
    )


def _members(ids: Sequence[int] | Any) -> dict[int, Membership]:
    rows = Membership.objects.select_related("party__organisation").filter(pk__in=list(ids))
    return {one.pk: one for one in rows.order_by("number")}


def _wishes(act: Act, kind: PaperKind, memberships: Sequence[Membership], span: Span) -> list[Wish]:
    said = told.contents(kind, memberships, *span, act.today)
    return [_wish(one, said[one.pk]) for one in memberships]


def _wish(membership: Membership, content: dict[str, Any]) -> Wish:
    """A share certificate is of the day from which on it holds."""
    certificate = content.get("certificate")
    if certificate is None:
        return Wish(membership.party_id, membership.pk, content)
    since = date.fromisoformat(certificate["issued"])
    span = (since, since + timedelta(days=1))
    return Wish(membership.party_id, membership.pk, content, certificate["won"], span)
