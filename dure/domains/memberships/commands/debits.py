"""Direct debit: consents given and ended, dues asked for, results booked, money settled."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _, gettext_noop

from dure.domains.bylaws import queries as bylaws
from dure.domains.ledger import commands as ledger, queries as ledger_queries
from dure.domains.ledger.rules import Source
from dure.domains.parties.rules.texts import clean_text
from dure.kernel import secrets
from dure.kernel.acts import Act
from dure.kernel.deeds import command, record
from dure.kernel.personal import Personal
from dure.kernel.progress import Progress, silent
from dure.kernel.refusals import InvalidInput, Refusal
from dure.ui.files import open_table

from .. import policies
from ..events import (
    DebitResultTaken,
    DebitsRequested,
    MandateEnded,
    MandateGiven,
    MandatesDestroyed,
    ReceiptBookedAs,
)
from ..models import DebitLine, DebitRun, Mandate, Membership, Receipt, ReceiptUse
from ..queries import books, debits
from ..queries.destruction import mandates_kept_from, mandates_to_destroy
from ..rules import booking
from ..rules.debits import Answer, Asked, read_result
from ..rules.matching import normalise
from ..rules.texts import read_lines
from .admission import DateInFuture
from .bank import enter_many
from .dues import UnknownFund
from .paying_others import take_in_debits
from .settling import open_charges, settle_many, settlements

__all__ = [
    "ConsentFormNotAllowed", "LayoutUnknown", "MandateHasEnded", "MandateStands",
    "MandateUnreadable", "NobodyToDebit", "NothingToSettle", "destroy_mandates", "end_mandate",
    "give_mandate", "request_debits", "settle_debit_run", "take_debit_result",
]  # fmt: skip

CHUNK = 2_000
_SETTLED_TEXT = gettext_noop("Direct debits paid out")
_MEMO = gettext_noop("Direct debit")


class MandateUnreadable(InvalidInput):
    """A mandate names the bank, the account, its holder and the text that was agreed to."""

    text = _("Give the bank, the account number, its holder and the text that was agreed to.")


class ConsentFormNotAllowed(Refusal):
    """The rules name the forms in which consent to debits is taken."""

    text = _("Consent to debits is not taken in this form here.")
    remedy = _("Take it in one of the forms that the rules name (debit.consent_forms).")


class MandateStands(Refusal):
    """A member has one mandate at a time."""

    text = _("There is a mandate since %(date)s.")
    remedy = _("End it first.")


class MandateHasEnded(Refusal):
    """The mandate has an end already."""

    text = _("This mandate ended on %(date)s.")


class NobodyToDebit(Refusal):
    """Nobody with a mandate owes anything that is not asked for already."""

    text = _("Nobody with a mandate owes dues that are due by %(date)s and not asked for yet.")


class LayoutUnknown(InvalidInput):
    """There is no such layout of debit files."""

    text = _("There is no layout “%(layout)s” of debit files.")


class NothingToSettle(Refusal):
    """All that the request brought has come to the bank account."""

    text = _("Nothing of this request is still under way.")


@command
def give_mandate(
    act: Act,
    *,
    membership_id: int,
    bank: str,
    account_number: str,
    holder: str,
    consent_text: str,
    evidence: str,
    evidence_note: str = "",
    from_date: date | None = None,
) -> Mandate:
    """A member consents that dues are taken from an account; the number is kept encrypted.

    `evidence`: written | e_signed | recorded_call | phone_menu, as the rules allow. Raises
    MandateUnreadable, ConsentFormNotAllowed, MandateStands. Source: 전자금융거래법 제15조.
    """
    membership: Membership = Membership.objects.hold(membership_id)
    policies.can_give_mandate(act, membership).enforce()
    bank, holder = clean_text(bank, 40, _("Bank")), clean_text(holder, 60, _("Holder"))
    digits = re.sub(r"\D", "", account_number)
    consent_text = read_lines(consent_text, 4000, _("Text that was agreed to"))
    evidence_note = clean_text(evidence_note, 200, _("Where the proof lies"))
    if not bank or not holder or not consent_text or not 6 <= len(digits) <= 20:
        raise MandateUnreadable
    if evidence not in debits.consent_forms(act):
        raise ConsentFormNotAllowed
    standing = Mandate.objects.filter(membership=membership, until_date=None).first()
    if standing is not None:
        raise MandateStands(date=standing.from_date.isoformat())
    # ---
    mandate = Mandate.objects.create(
        membership=membership,
        bank=bank,
        account_secret=secrets.encrypt(digits),
        account_tail=digits[-4:],
        holder=holder,
        consent_text=consent_text,
        evidence=evidence,
        evidence_note=evidence_note,
        from_date=from_date or act.today,
    )
    record(
        act,
        MandateGiven(
            mandate.pk, membership.party_id, membership.number, evidence, mandate.from_date
        ),
    )
    return mandate


@command
def end_mandate(act: Act, *, mandate_id: int, until_date: date | None = None) -> Mandate:
    """The consent is withdrawn; what was asked of the bank before the day stays. Raises
    MandateHasEnded. Source: 전자금융거래법 제15조."""
    mandate: Mandate = Mandate.objects.select_related("membership").hold(mandate_id)
    policies.can_end_mandate(act, mandate).enforce()
    if mandate.until_date is not None:
        raise MandateHasEnded(date=mandate.until_date.isoformat())
    # ---
    mandate.until_date = max(until_date or act.today, mandate.from_date)
    mandate.save(update_fields=["until_date"])
    member = mandate.membership
    record(act, MandateEnded(mandate.pk, member.party_id, member.number, mandate.until_date))
    return mandate


@command
def destroy_mandates(act: Act) -> int:
    """Forget accounts and holders of mandates that ended so long ago that the rules let them go; how
    many. What was agreed to, when and how, stays."""
    policies.can_destroy_mandates(act).enforce()
    book = bylaws.rules_on(act.today)
    last, rows = mandates_kept_from(book, act.today), mandates_to_destroy(book, act.today)
    # ---
    count = rows.update(account_secret="", account_tail="", holder="", destroyed_at=act.at)
    record(act, MandatesDestroyed(count, last))
    return count


@command
def request_debits(
    act: Act, *, collect_date: date, layout: str = "csv", fund: str = "general"
) -> DebitRun:
    """Ask the bank for all that is due by a day, from everyone who gave a mandate: dues, and what of
    other rooms its payer agreed to.

    What is under way already is not asked for twice. Raises LayoutUnknown, NobodyToDebit.
    """
    policies.can_request_debits(act).enforce()
    if layout not in debits.debit_layouts():
        raise LayoutUnknown(layout=layout)
    if fund not in {f.code for f in ledger_queries.funds()}:
        raise UnknownFund(fund=fund)
    found = debits.debit_candidates(collect_date)
    if not found:
        raise NobodyToDebit(date=collect_date.isoformat())
    # ---
    run = DebitRun.objects.create(
        layout=layout,
        collect_date=collect_date,
        made_at=act.at,
        fund=fund,
        count=len(found),
        sum_won=sum(one.won for one in found),
    )
    DebitLine.objects.bulk_create(
        (
            DebitLine(
                run=run,
                mandate_id=one.mandate_id,
                membership_id=one.membership_id,
                payable=one.payable,
                amount_won=one.won,
            )
            for one in found
        ),
        batch_size=CHUNK,
    )
    record(act, DebitsRequested(run.pk, collect_date, run.count, run.sum_won))
    return run


@command
def take_debit_result(
    act: Act, *, run_id: int, filename: str, content: bytes, progress: Progress = silent
) -> DebitRun:
    """Book what the bank answered: what was paid pays dues, what failed stays owed, with the reason.

    Lines answered before are passed over, so the same file twice changes nothing. Dr debits under
    way, Cr suspense; Dr suspense, Cr dues receivable. Raises ResultUnreadable, DateInFuture, and what
    `ui.files.open_table` does.
    """
    run: DebitRun = DebitRun.objects.hold(run_id)
    policies.can_take_debit_result(act, run).enforce()
    if run.collect_date > act.today:
        raise DateInFuture(date=run.collect_date.isoformat())
    lines = {
        line.pk: line
        for line in DebitLine.objects.select_related("membership__party").filter(run=run)
    }
    sheet = open_table(filename, content)
    answers = read_result(
        debits.debit_layouts()[run.layout],
        sheet.head,
        ((row.number, row.cells) for row in sheet),
        [Asked(pk, debits.reference_of(pk), line.amount_won) for pk, line in lines.items()],
    )
    new = [a for a in answers.found if lines[a.line_id].state == DebitLine.State.REQUESTED]
    # ---
    for start in range(0, len(new), CHUNK):
        _book(act, run, [(lines[a.line_id], a) for a in new[start : start + CHUNK]])
        progress(min(start + CHUNK, len(new)), len(new), filename)
    paid = [a for a in new if a.paid_won]
    run.paid_count += len(paid)
    run.paid_won += sum(a.paid_won for a in paid)
    run.failed_count += len(new) - len(paid)
    run.result_digest = hashlib.sha256(content).hexdigest()
    if not DebitLine.objects.filter(run=run, state=DebitLine.State.REQUESTED).exists():
        run.state = DebitRun.State.ANSWERED
    run.save()
    record(
        act,
        DebitResultTaken(
            run.pk,
            len(paid),
            sum(a.paid_won for a in paid),
            len(new) - len(paid),
            len(answers.found) - len(new),
            len(answers.errors),
        ),
    )
    return run


@command
def settle_debit_run(act: Act, *, run_id: int, receipt_id: int) -> DebitRun:
    """The sum the bank collected came to the account: Dr suspense, Cr debits under way.

    Raises NothingToSettle.
    """
    run: DebitRun = DebitRun.objects.hold(run_id)
    receipt: Receipt = Receipt.objects.hold(receipt_id)
    policies.can_settle_debit_run(act, run).enforce()
    won = min(receipt.open_won, run.paid_won - run.settled_won)
    if won <= 0:
        raise NothingToSettle
    # ---
    day = books.bookable(receipt.receipt_date, act.today)
    entry = ledger.post_entry(
        act,
        date=day,
        text=books.entry_text(_SETTLED_TEXT),
        sides=booking.otherwise(
            books.chart(), books.account("debits_under_way"), receipt.fund, won
        ),
        source=Source("memberships.Receipt", receipt.pk),
    )
    ReceiptUse.objects.create(
        receipt=receipt, purpose="debit_run", amount_won=won, used_date=day, run=run, entry=entry
    )
    receipt.matched_won += won
    receipt.save(update_fields=["matched_won"])
    run.settled_won += won
    run.save(update_fields=["settled_won"])
    record(act, ReceiptBookedAs(receipt.pk, "debit_run", won, entry.pk, None, Personal("")))
    return run


def _book(act: Act, run: DebitRun, answered: Sequence[tuple[DebitLine, Answer]]) -> None:
    """A receipt for each line that was paid, which pays the member's oldest dues."""
    memo = books.entry_text(_MEMO)
    for line, answer in answered:
        line.paid_won, line.reason_code = answer.paid_won, answer.code[:10]
        line.reason = answer.reason[:120]
        kind = DebitLine.State
        whole = kind.PAID if answer.paid_won == line.amount_won else kind.PARTLY
        line.state = whole if answer.paid_won else kind.FAILED
    paid = [line for line, answer in answered if answer.paid_won]
    receipts = Receipt.objects.bulk_create(
        Receipt(
            receipt_date=run.collect_date,
            amount_won=line.paid_won,
            payer_text=line.membership.party.name,
            payer_key=normalise(line.membership.party.name),
            memo=memo,
            fund=run.fund,
            import_key=f"debit:{line.pk}",
        )
        for line in paid
    )
    if receipts:
        source = Source("memberships.DebitRun", run.pk)
        enter_many(act, receipts, source, books.account("debits_under_way"))
        for_dues = [line for line in paid if not line.payable]
        charges = open_charges({line.membership_id for line in for_dues})
        mine: dict[int, list[int]] = {}
        for charge in charges:
            mine.setdefault(charge.membership_id, []).append(charge.pk)
        wanted = {
            receipt.pk: mine.get(line.membership_id, [])
            for receipt, line in zip(receipts, paid, strict=True)
            if not line.payable
        }
        paying = [receipt for receipt in receipts if receipt.pk in wanted]
        settle_many(act, settlements(paying, charges, wanted))
        pairs = zip(receipts, paid, strict=True)
        take_in_debits(act, [(receipt, line.payable) for receipt, line in pairs if line.payable])
    for receipt, line in zip(receipts, paid, strict=True):
        line.receipt = receipt
    DebitLine.objects.bulk_update(
        [line for line, _answer in answered],
        ["paid_won", "state", "reason_code", "reason", "receipt"],
        batch_size=500,
    )
