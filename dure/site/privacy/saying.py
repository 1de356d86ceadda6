"""Columns and values of what is held about a person, in words that the person reads."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils.timezone import localtime
from django.utils.translation import gettext as _now, gettext_lazy as _

from dure.domains.bylaws.rules import kept
from dure.kernel.dates import format_date
from dure.kernel.held import Held
from dure.kernel.money import format_won

HEADINGS = {
    "account": _("Account"),
    "apart_at": _("Kept apart since"),
    "breach": _("Breach no."),
    "breach__found_at": _("Found out"),
    "breach__what": _("What happened"),
    "by_letter": _("By letter"),
    "handover": _("List no."),
    "handover__handed_at": _("Given on"),
    "handover__text__recipient": _("Given to"),
    "handover__text__title": _("Text of the consent"),
    "is_download": _("Taken along as a file"),
    "read": _("Read no."),
    "read__at": _("Read at"),
    "read__what": _("What was read"),
    "said_at": _("Said at"),
    "settled_at": _("Done at"),
    "told_at": _("Told at"),
    "account_tail": _("End of the account number"),
    "actor_id": _("Who (no.)"),
    "agreed_date": _("Agreed on"),
    "allocated_date": _("Allocated on"),
    "amount_won": _("Amount (won)"),
    "answers": _("Answers"),
    "appeal_decided_date": _("Appeal decided on"),
    "appeal_until_date": _("Appeal until"),
    "appealed_date": _("Appealed on"),
    "applied_at": _("Applied at"),
    "article": _("Article"),
    "asked_date": _("Asked on"),
    "at": _("At"),
    "balance_won": _("Balance (won)"),
    "bank": _("Bank"),
    "billed_date": _("Billed on"),
    "application": _("Application"),
    "body": _("Body"),
    "by": _("Sponsored by"),
    "claimable_date": _("Claimable from"),
    "closed_at": _("Closed at"),
    "code": _("Code"),
    "consent_text": _("Text of the consent"),
    "consents": _("Consents"),
    "contact": _("Contact person"),
    "contact_name": _("Contact person"),
    "count": _("How many people"),
    "created_at": _("Made at"),
    "decided_by": _("Decided by"),
    "decided_date": _("Decided on"),
    "decision": _("Decision"),
    "decision_reason": _("Reason of the decision"),
    "destroyed_at": _("Destroyed at"),
    "due_date": _("Due on"),
    "email": _("E-mail"),
    "ended_at": _("Ended at"),
    "ended_date": _("Ended on"),
    "entry": _("Entry no."),
    "entry__booked_date": _("Booked on"),
    "entry__text": _("Text of the entry"),
    "erased_at": _("Erased at"),
    "evidence": _("Evidence"),
    "evidence_note": _("Note on the evidence"),
    "expires_at": _("Expires at"),
    "findings": _("Rules that were checked"),
    "first_date": _("First on"),
    "from_date": _("From"),
    "fund": _("Fund"),
    "given_at": _("Given at"),
    "granted": _("Granted"),
    "ground": _("Ground"),
    "hearing_date": _("Heard on"),
    "heir": _("Heir"),
    "holder": _("Account holder"),
    "id": _("No. in the table"),
    "interviewers": _("Interviewers"),
    "is_active": _("In use"),
    "is_deputy": _("Deputy"),
    "is_learned": _("Learned by itself"),
    "issued_at": _("Issued at"),
    "issued_date": _("Issued on"),
    "item": _("Item"),
    "joined_date": _("Joined on"),
    "kept_date": _("Kept since"),
    "kind": _("Kind"),
    "language": _("Language"),
    "last_digits": _("End of the account number"),
    "last_login": _("Last log-in"),
    "last_used_at": _("Last used at"),
    "left_date": _("Left on"),
    "left_reason": _("Reason for leaving"),
    "loss_won": _("Share of losses (won)"),
    "mandate": _("Mandate no."),
    "matched_won": _("Matched (won)"),
    "meeting_date": _("Meeting on"),
    "member_class": _("Class"),
    "membership": _("Member no."),
    "memo": _("Memo"),
    "minutes": _("Minutes"),
    "monthly_won": _("Monthly (won)"),
    "motivation": _("Motivation"),
    "moved_date": _("Moved on"),
    "name": _("Name"),
    "note": _("Note"),
    "noted_at": _("Noted at"),
    "noted_date": _("Noted on"),
    "notice_date": _("Notice on"),
    "notice_way": _("Way of notice"),
    "number": _("Number"),
    "office": _("Office"),
    "oldest_date": _("Oldest due on"),
    "on_date": _("On"),
    "opened_at": _("Opened at"),
    "opened_date": _("Opened on"),
    "opinion": _("Opinion"),
    "organisation": _("Organisation"),
    "outcome": _("Outcome"),
    "owed_won": _("Owed (won)"),
    "paid_date": _("Paid on"),
    "paid_in_won": _("Paid in (won)"),
    "paid_won": _("Paid (won)"),
    "party": _("Name"),
    "pay_until_date": _("Pay until"),
    "payer_text": _("Name of the payer"),
    "period_date": _("For the period from"),
    "person": _("Name"),
    "phone": _("Phone"),
    "plan": _("Dues plan"),
    "project": _("Project"),
    "purpose": _("Purpose"),
    "reason": _("Reason"),
    "receipt_date": _("Received on"),
    "recorded_at": _("Recorded at"),
    "reference": _("Reference"),
    "refunded_won": _("Refunded (won)"),
    "registration_number": _("Registration number"),
    "revoked_at": _("Revoked at"),
    "role": _("Role"),
    "said": _("Said"),
    "scopes": _("Scopes"),
    "shares": _("Shares"),
    "shown": _("As written"),
    "state": _("State"),
    "step": _("Step"),
    "subject_id": _("About"),
    "subscribed_date": _("Subscribed on"),
    "surplus_won": _("Surplus (won)"),
    "taken_date": _("Taken on"),
    "text": _("Text"),
    "text__purpose": _("Purpose of the consent"),
    "text__text": _("The text that was agreed to"),
    "text__version": _("Version of the text"),
    "total_won": _("Total (won)"),
    "undone_date": _("Undone on"),
    "unit_won": _("One share (won)"),
    "until_at": _("Until"),
    "until_date": _("Until"),
    "used_at": _("Used at"),
    "used_date": _("Used on"),
    "used_won": _("Used (won)"),
    "version": _("Version"),
    "via": _("Door"),
    "virtual_account": _("Virtual account"),
    "visit_date": _("Visited on"),
    "waived_date": _("Waived on"),
    "waived_won": _("Waived (won)"),
    "was_heard": _("Was heard"),
    "what": _("What"),
    "withdrawn_at": _("Withdrawn at"),
    "won": _("Amount (won)"),
    "year": _("Year"),
}


def heading(column: str) -> str:
    """The heading of a column; its plain name where no word is given."""
    return str(HEADINGS.get(column) or column.replace("__", " ").replace("_", " "))


def plain(value: Any) -> Any:
    """A value as plain JSON keeps it."""
    if isinstance(value, (bool, int, str, list, dict, type(None))):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def said(held: Held, column: str, value: Any) -> str:
    """A value as people read it; nothing for what is empty."""
    if value is None or value in ("", [], {}):
        return ""
    if isinstance(value, bool):
        return _now("yes") if value else _now("no")
    if isinstance(value, datetime):
        return f"{localtime(value):%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, int) and column.endswith("_won"):
        return format_won(value)
    if column == "findings":
        return " / ".join(finding.sentence() for finding in kept(value))
    if isinstance(value, (list, dict)):
        return _spoken(value)
    return str(_choices(held, column).get(value, value))


def _spoken(value: Any) -> str:
    """What was kept as a list or as pairs, in one line."""
    if isinstance(value, dict):
        pairs = ((heading(key), _spoken(one)) for key, one in value.items() if key != "party")
        return ", ".join(f"{key}: {one}" for key, one in pairs if one)
    if isinstance(value, list):
        return " / ".join(one for one in map(_spoken, value) if one)
    if isinstance(value, bool):
        return _now("yes") if value else _now("no")
    return "" if value is None else str(value)


def _choices(held: Held, column: str) -> dict[Any, Any]:
    try:
        return dict(apps.get_model(held.model)._meta.get_field(column).flatchoices)
    except (FieldDoesNotExist, AttributeError):
        return {}
