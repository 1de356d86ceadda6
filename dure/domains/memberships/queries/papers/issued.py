"""Papers that were handed out: the list, one of them, what it says, and whether a copy is genuine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dure.domains.bylaws.rules import Finding, kept
from dure.domains.parties import queries as parties
from dure.kernel import personal, plain
from dure.kernel.acts import Act
from dure.kernel.reads import note_read
from dure.kernel.refusals import NotFound, Refusal

from ... import policies
from ...models import IssuedPaper, Membership, PaperRevocation, ShareCertificate
from ...rules import papers as rules
from .contents import Content, digest_of_rows, register_rows

__all__ = [
    "BatchProgress", "Checked", "PaperCard", "PaperErased", "Printed", "RegisterChanged",
    "batch_progress", "check_paper", "members_without", "paper_card", "papers_of_party",
    "papers_visible_to", "printed", "printed_batch", "printed_for_check",
]  # fmt: skip

READ_AT_ONCE = 200


class PaperErased(Refusal):
    """What the paper said was erased with the person it was about."""

    text = _(
        "What no. %(number)s said was erased with the person's data; it cannot be printed again."
    )
    remedy = _("The paper that was handed out can still be checked by its number and code.")
    status = 410


class RegisterChanged(Refusal):
    """No copy of a register is kept, so it can be printed again only while it still reads the same."""

    text = _(
        "The register of %(date)s reads differently now from no. %(number)s: names or entries were corrected since."
    )
    remedy = _("Issue the register of that day anew; it gets a number of its own.")


@dataclass(frozen=True, slots=True)
class PaperCard:
    """One paper, as the office and its owner see it. `until_date` is exclusive."""

    id: int
    kind: str
    kind_label: str
    language: str
    number: str
    code: str
    party_id: int | None
    party_kind: str
    name: str
    membership_id: int | None
    from_date: date
    until_date: date
    amount_won: int | None
    digest: str
    issued_at: datetime
    issued_by: str
    revoked_at: datetime | None
    reason: str
    replaced: bool  # a share certificate whose shares are others now
    erased: bool
    findings: tuple[Finding, ...]

    @property
    def is_valid(self) -> bool:
        return self.revoked_at is None and not self.replaced


@dataclass(frozen=True, slots=True)
class Checked:
    """What a stranger may know of a paper. By its number alone not for whom it is."""

    number: str
    kind: str
    kind_label: str
    network: str
    issued_at: datetime
    from_date: date
    until_date: date
    revoked_at: datetime | None
    replaced: bool
    digest: str
    by_code: bool
    subject: str  # empty: not to be told, or erased
    erased: bool


@dataclass(frozen=True, slots=True)
class Printed:
    """What a paper says, ready to be printed again as it was."""

    paper_id: int
    kind: str
    language: str
    number: str
    issued_at: datetime
    revoked: bool
    content: Content


def valid() -> QuerySet[IssuedPaper]:
    """Papers that hold."""
    return IssuedPaper.objects.filter(revocation=None)


def papers_visible_to(
    act: Act, *, search: str = "", kind: str = "", year: int | None = None, state: str = ""
) -> QuerySet[IssuedPaper]:
    """What was issued, the newest first; one's own for everybody but the office.

    `search`: a name, a number or a code; `state`: valid or revoked.
    """
    rows = policies.papers_visible_to(
        act, IssuedPaper.objects.select_related("party", "revocation")
    )
    if kind:
        rows = rows.filter(kind=kind)
    if year:
        rows = rows.filter(year=year)
    if state:
        rows = rows.filter(revocation__isnull=state == "valid")
    if text := search.strip():
        wanted = Q(party__name__icontains=text)
        if (numbered := rules.read_paper_number(text)) is not None:
            wanted |= Q(kind=numbered[0], year=numbered[1], number=numbered[2])
        if (code := rules.read_code(text)) is not None:
            wanted |= Q(code=code)
        rows = rows.filter(wanted)
    return rows.order_by("-issued_at", "-pk")


def members_without(act: Act, kind: str, from_date: date, until_date: date) -> QuerySet[Membership]:
    """Members of the span who have no valid paper of the kind for it yet, by number.

    Of papers that tell of no year: none issued in this one. Leaves out who holds no shares, from
    share certificates, and whom one may not issue to.
    """
    policies.can_see_papers(act).enforce()
    have = valid().filter(kind=kind, membership=OuterRef("pk"))
    rows = Membership.objects.filter(
        Q(left_date=None) | Q(left_date__gt=from_date), joined_date__lt=until_date
    )
    if kind == rules.PaperKind.SHARE_CERTIFICATE:
        live = ShareCertificate.objects.filter(ended_date=None)
        rows = rows.filter(Exists(live.filter(membership=OuterRef("pk"))))
        of_it = live.filter(membership=OuterRef("membership"), issued_date=OuterRef("from_date"))
        have = have.filter(Exists(of_it.filter(won=OuterRef("amount_won"))))
    elif kind in rules.YEARLY:
        have = have.filter(from_date=from_date)
    else:
        have = have.filter(year=act.today.year)
    rows = rows.exclude(Exists(have))
    if kind not in rules.OWN and not act.holds("system", "operator", "administrator"):
        rows = rows.exclude(party__in=act.own)
    return rows.order_by("number")


@dataclass(frozen=True, slots=True)
class BatchProgress:
    """How far issuing a kind of paper to everybody is."""

    issued: int
    waiting: int

    @property
    def total(self) -> int:
        return self.issued + self.waiting


def batch_progress(act: Act, kind: str, from_date: date, until_date: date) -> BatchProgress:
    """How many have a valid paper of the kind for the span, and how many wait for theirs."""
    waiting = members_without(act, kind, from_date, until_date).count()
    have = valid().filter(kind=kind)
    if kind in rules.YEARLY:
        have = have.filter(from_date=from_date)
    else:
        have = have.filter(year=act.today.year)
    return BatchProgress(have.values("membership").distinct().count(), waiting)


def paper_of_certificate(membership_id: int, since: date, won: int | None) -> str:
    """The number of the valid paper of a share certificate; empty if there is none."""
    found = valid().filter(
        kind=rules.PaperKind.SHARE_CERTIFICATE,
        membership=membership_id,
        from_date=since,
        amount_won=won,
    )
    paper = found.first()
    return str(paper) if paper is not None else ""


def _is_replaced(paper: IssuedPaper) -> bool:
    """Whether it is of a share certificate that another one has replaced since."""
    if paper.kind != rules.PaperKind.SHARE_CERTIFICATE:
        return False
    return not ShareCertificate.objects.filter(
        membership=paper.membership_id,
        issued_date=paper.from_date,
        won=paper.amount_won or 0,
        ended_date=None,
    ).exists()


def papers_of_party(act: Act, party_id: int, *, limit: int = 50) -> list[IssuedPaper]:
    """What a party was given, the newest first."""
    rows = papers_visible_to(act).filter(Q(party=party_id) | Q(party__merged_into=party_id))
    return list(rows[:limit])


def paper_card(act: Act, paper_id: int) -> PaperCard:
    """One paper. Raises NotFound, Denied."""
    paper = _visible(act, paper_id)
    revocation: PaperRevocation | None = getattr(paper, "revocation", None)
    texts = personal.texts(
        [paper.digest, *([revocation.reason_digest] if revocation is not None else [])]
    )
    return PaperCard(
        id=paper.pk,
        kind=paper.kind,
        kind_label=paper.get_kind_display(),
        language=paper.language,
        number=str(paper),
        code=rules.shown_code(paper.code),
        party_id=paper.party_id,
        party_kind=paper.party.kind if paper.party else "",
        name=paper.party.name if paper.party else "",
        membership_id=paper.membership_id,
        from_date=paper.from_date,
        until_date=paper.until_date,
        amount_won=paper.amount_won,
        digest=paper.digest,
        issued_at=paper.issued_at,
        issued_by=parties.party_name(paper.issued_by_id) if paper.issued_by_id else "",
        revoked_at=revocation.revoked_at if revocation else None,
        reason=(texts.get(revocation.reason_digest) or "—") if revocation else "",
        replaced=_is_replaced(paper),
        erased=paper.party_id is not None and texts.get(paper.digest) is None,
        findings=kept(paper.findings),
    )


def printed(act: Act, paper_id: int) -> Printed:
    """What a paper says, for printing it. The office's look at a person's is logged.

    Raises NotFound, Denied, PaperErased.
    """
    paper = _visible(act, paper_id)
    if paper.party is not None and paper.party.kind == "person":
        note_read(act, paper.party_id, "memberships.printed")
    return _printed(paper, personal.texts([paper.digest]).get(paper.digest))


def printed_batch(
    act: Act,
    kind: str,
    from_date: date | None = None,
    year: int | None = None,
    refused: list[str] | None = None,
) -> Iterator[Printed]:
    """All valid papers of a kind for a span or of a year of issue, by number; erased ones left out.

    With `refused`, one that cannot be printed any more is told there, and the next one follows.
    """
    policies.can_see_papers(act).enforce()
    rows = valid().filter(kind=kind).select_related("party").order_by("year", "number")
    if from_date is not None:
        rows = rows.filter(from_date=from_date)
    if year is not None:
        rows = rows.filter(year=year)
    count = rows.count()
    note_read(act, None, "memberships.printed_batch", count, download=True)
    for start in range(0, count, READ_AT_ONCE):
        some = list(rows[start : start + READ_AT_ONCE])
        texts = personal.texts(paper.digest for paper in some)
        for paper in some:
            if (text := texts.get(paper.digest)) is None:
                continue
            try:
                made = _printed(paper, text)
            except RegisterChanged as refusal:
                if refused is None:
                    raise
                refused.append(str(refusal))
                continue
            yield made


def _printed(paper: IssuedPaper, text: str | None) -> Printed:
    if text is None:
        raise PaperErased(number=str(paper))
    content = plain.loads(text)
    if digest := content.get("members_digest"):
        content["members"] = register_rows(paper.from_date)
        if digest_of_rows(paper.code, content["members"]) != digest:
            raise RegisterChanged(number=str(paper), date=paper.from_date.isoformat())
    return Printed(
        paper_id=paper.pk,
        kind=paper.kind,
        language=paper.language,
        number=str(paper),
        issued_at=paper.issued_at,
        revoked=getattr(paper, "revocation", None) is not None,
        content={**content, "digest": rules.shown_digest(paper.digest)},
    )


def check_paper(text: str) -> Checked | None:
    """What may be told to anybody who types a number or a code; None: there is no such paper."""
    rows = IssuedPaper.objects.select_related("party", "revocation")
    code = rules.read_code(text)
    paper = rows.filter(code=code).first() if code else None
    by_code = paper is not None
    if paper is None and (numbered := rules.read_paper_number(text)) is not None:
        kind, year, number = numbered
        paper = rows.filter(kind=kind, year=year, number=number).first()
    if paper is None:
        return None
    content = personal.texts([paper.digest]).get(paper.digest)
    known = plain.loads(content) if content else {}
    profile = parties.network_profile()
    return Checked(
        number=str(paper),
        kind=paper.kind,
        kind_label=paper.get_kind_display(),
        network=known.get("network", {}).get("name") or (profile.name if profile else ""),
        issued_at=paper.issued_at,
        from_date=paper.from_date,
        until_date=paper.until_date,
        revoked_at=paper.revocation.revoked_at if hasattr(paper, "revocation") else None,
        replaced=_is_replaced(paper),
        digest=rules.shown_digest(paper.digest),
        by_code=by_code,
        subject=_shown_to_strangers(known) if by_code else "",
        erased=paper.party_id is not None and content is None,
    )


def printed_for_check(text: str) -> Printed | None:
    """What a paper says, by its code alone: for comparing a file with it, never for showing."""
    code = rules.read_code(text)
    paper = IssuedPaper.objects.filter(code=code).first() if code else None
    known = personal.texts([paper.digest]).get(paper.digest) if paper else None
    return _printed(paper, known) if paper is not None and known is not None else None


def _shown_to_strangers(content: Content) -> str:
    subject = content.get("member") or content.get("donor") or {}
    name = subject.get("name", "")
    return name if subject.get("kind") == "organisation" else rules.masked(name)


def _visible(act: Act, paper_id: int) -> IssuedPaper:
    rows = IssuedPaper.objects.select_related("party", "revocation")
    paper: IssuedPaper | None = rows.filter(pk=paper_id).first()
    if paper is None:
        raise NotFound
    policies.can_see_paper(act, paper).enforce()
    return paper
