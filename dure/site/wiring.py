"""Who reacts to what, what leaves the house, what is sealed: on one page; what resolutions do is in
`effects`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from dure.domains.bylaws import reactions as bylaws
from dure.domains.bylaws.queries import wire_deciders, wire_owners
from dure.domains.governance import reactions as governance
from dure.domains.governance.events import MinutesCirculated, NoticesQueued
from dure.domains.governance.events.actions import ActionsReminded
from dure.domains.governance.queries import Paper, deciders, wire_papers
from dure.domains.governance.queries.effects import wire_effects
from dure.domains.ledger import reactions as ledger
from dure.domains.ledger.events import PeriodClosed
from dure.domains.ledger.queries import ENTRIES, wire_guards
from dure.domains.loans import events as loans_events, queries as lending, reactions as loans
from dure.domains.loans.queries import wire_aid, wire_aid_year
from dure.domains.memberships import events as memberships_events, reactions as memberships
from dure.domains.memberships.queries import wire_payables
from dure.domains.mutual_aid import events as aid_events, reactions as mutual_aid
from dure.domains.mutual_aid.queries import aid_counted, aid_of_year, keep_apart
from dure.domains.parties import events as parties_events
from dure.domains.parties.events import access as access_events
from dure.domains.privacy import reactions as privacy
from dure.domains.self_help import (
    events as self_help_events,
    queries as funds_of_others,
    reactions as self_help,
)
from dure.domains.trade import events as trade_events, reactions as trade
from dure.kernel.deeds import wire
from dure.kernel.outbox import wire_outbox
from dure.kernel.reads import wire_reads
from dure.kernel.seals import DEEDS, Stream, wire_streams

from . import mail, reactions
from .effects import EFFECTS
from .events import NetworkExported, StaffReminded
from .moving import fetching
from .privacy.held import READS

REACTIONS: dict[type[Any], tuple[Callable[..., Any], ...]] = {
    access_events.AccountOpened: (reactions.keep_address_of_account,),
    access_events.EmailChanged: (reactions.keep_address_of_account,),
    access_events.AccountErased: (reactions.forget_login,),
    parties_events.NetworkChanged: (reactions.follow_legal_form,),
    parties_events.NetworkFounded: (bylaws.apply_law_of_form,),
    parties_events.PartiesMerged: (
        reactions.carry_kept_files,
        ledger.carry_over_balances,
        memberships.follow_merge,
        privacy.follow_merge,
        governance.follow_merge,
        self_help.follow_merge,
        loans.follow_merge,
        trade.follow_merge,
        mutual_aid.follow_merge,
    ),
    parties_events.OrganisationDesignated: (memberships.enter_on_designation,),
    parties_events.PersonErased: (
        loans.refuse_forgetting,
        memberships.forget_applicant,
        privacy.forget_notes,
        reactions.erase_kept_files,
        mutual_aid.forget_claims,
    ),
    parties_events.ConsentWithdrawn: (privacy.follow_withdrawal,),
    parties_events.PeopleSetApart: (memberships.keep_by_law,),
    **dict.fromkeys(
        (
            loans_events.LoanRefused,
            loans_events.LoanApplicationWithdrawn,
            loans_events.LoanPromiseLapsed,
            loans_events.LoanRepaid,
        ),
        (loans.schedule_papers,),
    ),
    memberships_events.MembershipLeft: (
        governance.follow_leaving,
        loans.follow_leaving,
        mutual_aid.follow_leaving,
    ),
    memberships_events.ShareRefundApproved: (loans.hold_ceiling,),
    memberships_events.SharePaymentUndone: (loans.hold_ceiling,),
    self_help_events.FundCapitalPaidBack: (loans.hold_fund_ceiling,),
    self_help_events.ParticipantLeft: (mutual_aid.follow_end_of_participation,),
    memberships_events.ShareClaimLapsed: (loans.hold_ceiling,),
    memberships_events.SharesTransferred: (loans.hold_ceiling,),
    memberships_events.SharesInherited: (loans.hold_ceiling,),
}
OUTGOING: dict[type[Any], tuple[tuple[str, Callable[[Any], Any]], ...]] = {
    access_events.PersonInvited: (("invitation", mail.invitation_of_event),),
    access_events.EmailChangeAsked: (("email_change_asked", mail.of_deed),),
    access_events.EmailChanged: (("email_changed", mail.of_deed),),
    PeriodClosed: (("month_closed", mail.closing_of_event),),
    NetworkExported: ((fetching.KIND, fetching.of_event),),
    MinutesCirculated: (("minutes_circulated", mail.minutes_of_event),),
    NoticesQueued: (("meeting_notice", mail.notices_of_event),),
    StaffReminded: (("staff_reminder", mail.reminder_of_event),),
    ActionsReminded: (("action", mail.actions_of_event),),
    aid_events.AidContributionsWatched: (("aid_lapse", mail.aid_lapses_of_event),),
    aid_events.AidClaimApproved: (("aid_claim", mail.aid_claim_of_event),),
    aid_events.AidClaimRefused: (("aid_claim", mail.aid_claim_of_event),),
    aid_events.AidAppealDecided: (("aid_claim", mail.aid_claim_of_event),),
    **loans.OUTGOING,
    trade_events.DealRecorded: (("deal_asked", mail.deal_of_event),),
    trade_events.ListingAdded: (("listing_overlaps", mail.overlaps_of_event),),
    trade_events.ListingsAccepted: (("listing_overlaps", mail.overlaps_of_event),),
    trade_events.ListingsWatched: (("listing_ends", mail.listings_of_event),),
    trade_events.DealCorrectionProposed: (("deal_asked", mail.deal_of_event),),
    trade_events.OrderDelivered: (("deal_asked", mail.deal_of_event),),
    trade_events.RecurringDealsRecorded: (("deal_asked", mail.recurring_of_event),),
    trade_events.ContributionsReminded: (("contribution_late", mail.contributions_of_event),),
    trade_events.OrderProposed: (("order_asked", mail.order_of_event),),
    trade_events.OrderCountered: (("order_asked", mail.order_of_event),),
    **dict.fromkeys(
        (
            trade_events.GroupBuyClosed,
            trade_events.GroupBuyGivenUp,
            trade_events.GroupBuyReleased,
            trade_events.GroupBuySettled,
        ),
        (("group_buy", mail.group_buy_of_event),),
    ),
    **memberships.OUTGOING,
    **privacy.OUTGOING,
}
TELLERS: dict[str, Callable[[Any], None]] = {
    "listing_ends": mail.tell_listing,
    "listing_overlaps": mail.tell_overlap,
    "invitation": mail.tell_invitation,
    "email_change_asked": mail.tell_email_change_asked,
    "email_changed": mail.tell_email_changed,
    "month_closed": mail.tell_closing,
    "staff_reminder": mail.tell_reminder,
    "action": mail.tell_action,
    "loan_letter": mail.tell_loan_letter,
    "aid_lapse": mail.tell_aid_lapse,
    "aid_claim": mail.tell_aid_claim,
    "deal_asked": mail.tell_deal,
    "order_asked": mail.tell_order,
    "group_buy": mail.tell_group_buy,
    "contribution_late": mail.tell_contribution,
    fetching.KIND: fetching.write_waiting,
    "breach_told": mail.tell_breach,
    "meeting_notice": mail.tell_notice,
    "minutes_circulated": mail.tell_minutes,
    **{
        kind: mail.teller_of_letters(kind)
        for news in memberships.OUTGOING.values()
        for kind, _ in news
    },
}
PAYABLES = (
    loans.PAYABLES,
    mutual_aid.PAYABLES,
    trade.PAYABLES,
    trade.GROUP_BUYS,
)  # what money of members may pay besides dues
GUARDS = (keep_apart,)  # what rooms ask of every entry
STREAMS: tuple[Stream, ...] = (DEEDS, ENTRIES)
PAPERS = {  # whose template a network may replace
    lending.LENDING: Paper(
        _("Disclosure form 25"), lending.lending_fields, "dure.domains.loans", "loans:disclosure"
    ),
}


def wire_all() -> None:
    """Called once, when Django is ready."""
    wire(REACTIONS)
    wire_outbox(OUTGOING, TELLERS)
    wire_streams(STREAMS)
    wire_effects(EFFECTS)
    wire_reads(READS)
    wire_deciders(deciders)
    wire_aid(aid_counted)
    wire_aid_year(aid_of_year)
    wire_guards(GUARDS)
    wire_payables(PAYABLES)
    wire_papers(PAPERS)
    wire_owners(funds_of_others.rule_owners)
    funds_of_others.wire_lending(lending.lending_of)
