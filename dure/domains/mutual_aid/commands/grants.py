"""Help out of a campaign: asked with a few words, decided by those named, paid once."""

from __future__ import annotations

from datetime import date

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _, gettext_noop

from dure.domains.bylaws import queries as bylaws
from dure.domains.bylaws.rules import enforce
from dure.domains.governance import queries as governance
from dure.domains.ledger import commands as ledger, queries as books
from dure.domains.ledger.rules import Source
from dure.domains.memberships import queries as memberships
from dure.domains.memberships.queries.books import entry_text
from dure.domains.parties import queries as parties
from dure.domains.parties.rules.texts import clean_text
from dure.kernel import files, secrets
from dure.kernel.acts import Act
from dure.kernel.dates import after_months
from dure.kernel.deeds import command, record
from dure.kernel.money import format_won
from dure.kernel.refusals import InvalidInput, Refusal

from .. import policies
from ..events import (
    AidGrantAsked,
    AidGrantDecided,
    AidGrantEvidenceAdded,
    AidGrantPaid,
    AidGrantResolved,
    AidGrantWithdrawn,
)
from ..models import AidCampaign, AidDecider, AidGrant, AidGrantVote
from ..rules import campaigns as rules
from .campaigns import chart, free_of, hold_campaign, over
from .claiming import AidConsentMissing, AidNothingSaid
from .ending import AidFundShort
from .steps import day_since, need, who_decided, why

__all__ = [
    "AidGrantAboveLimit", "AidGrantAskedBefore", "AidGrantDecidedBefore", "AidNeedUnknown",
    "AidNobodyDecides", "add_aid_grant_evidence", "ask_for_aid_grant", "decide_aid_grant", "pay_aid_grant",
    "resolve_aid_grant", "withdraw_aid_grant",
]  # fmt: skip

_GRANT_TEXT = gettext_noop("Help out of a campaign")
State = AidGrant.State
LONGEST = 1000  # letters


class AidNeedUnknown(InvalidInput):
    """A need is one of those known, an amount is above zero."""

    text = _("Choose what it is for, and type an amount above 0 won.")


class AidGrantAskedBefore(Refusal):
    """One application at a time."""

    text = _("An application to this campaign waits already.")


class AidNobodyDecides(Refusal):
    """Where every decider is concerned nobody can decide."""

    text = _("Nobody of those who decide may decide on this application.")
    remedy = _("Have a body given the review of mutual aid: its resolution decides in their place.")


class AidGrantDecidedBefore(Refusal):
    """A decider decides once."""

    text = _("You decided on this application already.")


class AidGrantAboveLimit(Refusal):
    """A campaign gives one person so much."""

    text = _("%(article)s: one person gets at most %(limit)s; with this it would be %(won)s.")


@command
def ask_for_aid_grant(
    act: Act,
    *,
    campaign_id: int,
    membership_id: int,
    need: str,
    about: str,
    asked_won: int,
    consented: bool = False,
) -> AidGrant:
    """Ask a campaign for help, as a member. What is written is sealed.

    Raises RuleNotMet of who is no member, AidCampaignOver, AidNeedUnknown, AidNothingSaid,
    AidConsentMissing, AidGrantAskedBefore, AidGrantAboveLimit, AidNobodyDecides.
    """
    campaign = hold_campaign(campaign_id)
    who = memberships.borrower(membership_id, act.today)
    policies.can_ask_for_aid_grant(act, who.party_id).enforce()
    if campaign.closed_date or not campaign.from_date <= act.today <= campaign.until_date:
        raise over(campaign)
    enforce(bylaws.rules_on(act.today).check_all(("mutual_aid.members_only", who.is_member)))
    if need not in list(rules.Need) or asked_won <= 0:
        raise AidNeedUnknown
    about = clean_text(about, LONGEST, _("What happened"))
    if not about:
        raise AidNothingSaid
    if not consented:
        raise AidConsentMissing
    if campaign.grants.filter(membership=membership_id, state=State.ASKED).exists():
        raise AidGrantAskedBefore
    _need_room(campaign, who.party_id, asked_won)
    # ---
    made = AidGrant.objects.create(
        campaign=campaign, membership_id=membership_id, need=need, asked_won=asked_won,
        about_secret=secrets.encrypt(about), asked_at=act.at,
    )  # fmt: skip
    if not _may_decide(act, made) and not bylaws.deciders(policies.MATTER, act.today):
        raise AidNobodyDecides
    record(act, AidGrantAsked(made.pk, who.party_id, asked_won))
    return made


@command
def add_aid_grant_evidence(act: Act, *, grant_id: int, name: str, content: bytes) -> int:
    """Add a photograph or a paper to an application that waits: kept sealed, read by who decides, gone
    by schedule; its number. Raises AidNotWaiting, FileUnfit, FileThereAlready, TooManyFiles."""
    grant = hold_grant(grant_id)
    policies.can_add_aid_grant_evidence(act, grant).enforce()
    need(grant, State.ASKED, State.GRANTED)
    # ---
    kept = files.keep_file(
        act, subject_id=grant.party_id, matter=grant.matter, name=name, content=content
    )
    record(act, AidGrantEvidenceAdded(grant.pk, grant.party_id))
    return kept.pk


@command
def withdraw_aid_grant(act: Act, *, grant_id: int) -> AidGrant:
    """Take an application back before it is paid. Raises AidNotWaiting."""
    grant = hold_grant(grant_id)
    policies.can_withdraw_aid_grant(act, grant).enforce()
    need(grant, State.ASKED, State.GRANTED)
    # ---
    grant.state, grant.won = State.WITHDRAWN, 0
    grant.save(update_fields=["state", "won"])
    _keep_evidence(act, grant)
    record(act, AidGrantWithdrawn(grant.pk, grant.party_id))
    return grant


@command
def decide_aid_grant(act: Act, *, grant_id: int, won: int, reason: str = "") -> AidGrant:
    """Say, as a decider, how much is given; 0 with a reason: nothing. When enough agree the least of
    what they said is granted, within the limit of a person and what the fund has.

    Raises AidNotWaiting, AidGrantDecidedBefore, AidNeedUnknown, AidDecisionUnnamed,
    AidGrantAboveLimit, AidFundShort.
    """
    grant = hold_grant(grant_id)
    policies.can_decide_aid_grant(act, grant).enforce()
    need(grant, State.ASKED)
    decider = AidDecider.objects.get(campaign=grant.campaign, party=act.actor_id)
    if AidGrantVote.objects.filter(grant=grant, decider=decider).exists():
        raise AidGrantDecidedBefore
    if not 0 <= won <= grant.asked_won:
        raise AidNeedUnknown
    reason = clean_text(reason, 300, _("Reason")) if won else why(reason)
    said = [*grant.votes.values_list("won", flat=True), won]
    found = rules.outcome(
        grant.campaign.needed, _may_decide(act, grant), [one for one in said if one], said.count(0)
    )
    if found.won:
        _need_money(grant, found.won)
    # ---
    AidGrantVote.objects.create(
        grant=grant, decider=decider, won=won, reason=reason, decided_at=act.at
    )
    if found.state != State.ASKED:
        grant.state, grant.won, grant.decided_date = found.state, found.won, act.today
        grant.save(update_fields=["state", "won", "decided_date"])
    if grant.state == State.REFUSED:
        _keep_evidence(act, grant)
    record(act, AidGrantDecided(grant.pk, grant.party_id, decider.pk, grant.state, found.won))
    return grant


@command
def resolve_aid_grant(
    act: Act, *, grant_id: int, won: int, decided_by: str, decided_date: date | None = None
) -> AidGrant:
    """A resolution decides in the place of the deciders named: so much is given, or 0: nothing. Within
    the same limits.

    Raises AidNotWaiting, AidNeedUnknown, AidDecisionUnnamed, AidDayImpossible, AidGrantAboveLimit,
    AidFundShort.
    """
    grant = hold_grant(grant_id)
    policies.can_resolve_aid_grant(act).enforce()
    need(grant, State.ASKED)
    decided_by = who_decided(decided_by)
    day = day_since(act, decided_date, grant.asked_at)
    if not 0 <= won <= grant.asked_won:
        raise AidNeedUnknown
    if won:
        _need_money(grant, won)
    # ---
    grant.state, grant.won = State.GRANTED if won else State.REFUSED, won
    grant.decided_date, grant.decided_by = day, decided_by
    grant.save(update_fields=["state", "won", "decided_date", "decided_by"])
    if not won:
        _keep_evidence(act, grant)
    record(act, AidGrantResolved(grant.pk, grant.party_id, won, decided_by))
    return grant


@command
def pay_aid_grant(act: Act, *, grant_id: int, paid_date: date | None = None) -> AidGrant:
    """Pay what was granted, once: Dr aid given, Cr cash, in the fund of the campaign.

    Raises AidNotWaiting, AidFundShort, AidDayImpossible, and the refusals of the ledger.
    """
    grant = hold_grant(grant_id)
    policies.can_pay_aid_grant(act, grant).enforce()
    need(grant, State.GRANTED)
    day = day_since(act, paid_date, grant.decided_date)
    fund = grant.campaign.fund
    if (has := books.fund_money(fund)) < grant.won:
        raise AidFundShort(has=format_won(has), won=format_won(grant.won))
    # ---
    entry = ledger.post_entry(
        act, date=day, text=entry_text(_GRANT_TEXT),
        sides=rules.granting(chart(), fund, grant.won),
        source=Source("mutual_aid.AidGrant", grant.pk),
    )  # fmt: skip
    grant.state, grant.paid_date, grant.entry = State.PAID, day, entry
    grant.save(update_fields=["state", "paid_date", "entry"])
    _keep_evidence(act, grant)
    record(act, AidGrantPaid(grant.pk, grant.party_id, grant.won, entry.pk))
    return grant


def hold_grant(grant_id: int) -> AidGrant:
    """The application in hand, behind its campaign. Raises NotFound."""
    campaign = AidGrant.objects.filter(pk=grant_id).values_list("campaign", flat=True).first()
    if campaign is not None:
        hold_campaign(campaign)
    rows = AidGrant.objects.select_related("membership", "campaign")
    found: AidGrant = rows.hold(grant_id)
    return found


def _may_decide(act: Act, grant: AidGrant) -> int:
    """How many of the deciders are not concerned: the member, who speaks for it and who is close are."""
    speaks = {one.person_id for one in parties.representatives_of(grant.party_id, act.today)}
    close, _article = governance.kept_out((grant.party_id,), act.today)
    return len(grant.decider_ids - speaks - close - {grant.party_id})


def _keep_evidence(act: Act, grant: AidGrant) -> None:
    """How long the evidence is kept after it is over."""
    months = bylaws.rules_on(act.today).number("mutual_aid.evidence_kept_months")
    files.keep_files_until(grant.matter, after_months(act.today, months))


def _need_money(grant: AidGrant, won: int) -> None:
    """Within the limit of a person and what the fund has. Raises AidGrantAboveLimit, AidFundShort."""
    _need_room(grant.campaign, grant.party_id, won)
    if (has := free_of(grant.campaign)) < won:
        raise AidFundShort(has=format_won(has), won=format_won(won))


def _need_room(campaign: AidCampaign, party_id: int, won: int) -> None:
    """Raises AidGrantAboveLimit, by the campaign and by the network's rule in force."""
    rows = campaign.grants.filter(membership__party=party_id, state__in=(State.GRANTED, State.PAID))
    had = int(rows.aggregate(won=Sum("won"))["won"] or 0)
    if had + won > campaign.per_person_won:
        raise AidGrantAboveLimit(
            article=campaign.article, limit=format_won(campaign.per_person_won),
            won=format_won(had + won),
        )  # fmt: skip
