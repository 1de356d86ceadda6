"""The review of a wish: papers, interview, opinion; conditions of a promise, and when it lapses."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dure.domains.memberships.commands.shares.holding import lock_shares
from dure.domains.parties.rules.texts import clean_paragraphs, clean_text
from dure.kernel import files, secrets
from dure.kernel.acts import Act
from dure.kernel.dates import after_months
from dure.kernel.deeds import command, record
from dure.kernel.refusals import InvalidInput, Refusal

from .. import policies, queries
from ..events import (
    LoanConditionMet,
    LoanNoted,
    LoanPaperHandedIn,
    LoanPapersScheduled,
    LoanPromiseLapsed,
)
from ..models import Loan, LoanCondition, LoanGuarantee, LoanNote, LoanPaper

__all__ = [
    "GuarantorsMissing", "LoanConditionIsMet", "LoanConditionsOpen", "LoanNoteEmpty", "LoanPaperUnasked",
    "LoanPapersClosed", "LoanPapersMissing", "NoLoanPapers", "NoPromiseLapses",
    "hand_in_loan_paper", "lapse_loan_promises", "meet_loan_condition", "note_loan",
    "schedule_loan_papers",
]  # fmt: skip

State = Loan.State
UNDER_REVIEW = (State.APPLIED, State.APPROVED, State.SIGNED)
OVER = (State.REFUSED, State.WITHDRAWN, State.LAPSED, State.REPAID)


class LoanPaperUnasked(InvalidInput):
    """Only what the product asks for is taken, so that nobody hands in more than is needed."""

    text = _("“%(title)s” is no paper this loan asks for.")
    remedy = _("These are asked for: %(asked)s.")


class LoanPapersClosed(Refusal):
    """Papers belong to a wish that is open."""

    text = _("Papers are taken until the loan is paid out; this one is %(state)s.")


class LoanPapersMissing(Refusal):
    """A decision rests on what the product asks for."""

    text = _("Not every paper was handed in yet: %(missing)s.")
    remedy = _("The member hands them in under “My loans”, or brings them to the office.")


class LoanNoteEmpty(InvalidInput):
    """A note says who, when and what."""

    text = _("Say who spoke with whom on which day, and what was said.")


class LoanConditionsOpen(Refusal):
    """What was promised on conditions is paid out when they are met."""

    text = _("A condition of this loan is not met yet: %(conditions)s.")
    remedy = _("Tick it on the page of the loan once it is met.")


class LoanConditionIsMet(Refusal):
    """A condition is met once."""

    text = _("This condition was met on %(date)s.")


class GuarantorsMissing(Refusal):
    """Where the regulation asks for guarantors, the contract waits for them."""

    text = _(
        "This loan asks for %(needed)d guarantors who signed; there are %(found)d (%(article)s)."
    )
    remedy = _(
        "The guarantor agrees on the own page and signs the paper at the office (민법 제428조의2)."
    )


class NoPromiseLapses(Refusal):
    """Every promise is within its time."""

    text = _("No promise of a loan is older than it may be.")


class NoLoanPapers(Refusal):
    """There is nothing to schedule."""

    text = _("No papers were handed in for this loan.")


@command
def hand_in_loan_paper(
    act: Act, *, loan_id: int, title: str, name: str, content: bytes
) -> LoanPaper:
    """Hand in a paper the product asks for; `name`: of the file. It is kept sealed.

    Raises LoanPaperUnasked, LoanPapersClosed, FileUnfit, FileThereAlready, TooManyFiles.
    """
    loan = _hold(loan_id)
    policies.can_hand_in_loan_paper(act, loan).enforce()
    if loan.state not in UNDER_REVIEW:
        raise LoanPapersClosed(state=loan.get_state_display())
    if title not in loan.product.papers:
        raise LoanPaperUnasked(title=title[:60], asked=", ".join(loan.product.papers) or "–")
    # ---
    kept = files.keep_file(
        act, subject_id=loan.party_id, matter=queries.matter_of(loan.pk), name=name, content=content
    )
    paper = LoanPaper.objects.create(loan=loan, title=title, file=kept)
    record(act, LoanPaperHandedIn(loan.pk, loan.party_id, title, kept.pk))
    return paper


@command
def note_loan(
    act: Act,
    *,
    loan_id: int,
    kind: str,
    people: str,
    text: str,
    on_date: date | None = None,
    advice: str = "",
) -> LoanNote:
    """Note an interview or an opinion; the text is kept sealed, for the reviewers and the borrower.

    Raises LoanNoteEmpty, LoanPapersClosed.
    """
    loan = _hold(loan_id)
    policies.can_note_loan(act, loan).enforce()
    if loan.state not in UNDER_REVIEW:
        raise LoanPapersClosed(state=loan.get_state_display())
    people = clean_text(people, 200, _("Who"))
    text = clean_paragraphs(text, 4_000, _("What was said"))
    day = on_date or act.today
    if (
        not people
        or not text
        or day > act.today
        or kind not in LoanNote.Kind.values
        or advice not in LoanNote.Advice.values
    ):
        raise LoanNoteEmpty
    # ---
    note = LoanNote.objects.create(
        loan=loan, kind=kind, on_date=day, people=people, advice=advice,
        text_sealed=secrets.encrypt(text), noted_at=act.at, noted_by_id=act.actor_id,
    )  # fmt: skip
    record(act, LoanNoted(loan.pk, loan.party_id, kind, day))
    return note


@command
def meet_loan_condition(
    act: Act, *, condition_id: int, met_date: date | None = None
) -> LoanCondition:
    """A condition is met; who saw it and when stays with it. Raises LoanConditionIsMet, LoanNoteEmpty."""
    condition: LoanCondition = LoanCondition.objects.select_related("loan").hold(condition_id)
    policies.can_meet_loan_condition(act, condition.loan).enforce()
    day = met_date or act.today
    if condition.met_date is not None:
        raise LoanConditionIsMet(date=condition.met_date.isoformat())
    if day > act.today:
        raise LoanNoteEmpty
    # ---
    condition.met_date, condition.met_at, condition.met_by_id = day, act.at, act.actor_id
    condition.save(update_fields=["met_date", "met_at", "met_by_id"])
    record(act, LoanConditionMet(condition.loan_id, condition.loan.party_id, condition.text, day))
    return condition


@command
def lapse_loan_promises(act: Act) -> int:
    """Promises older than the rules allow lapse, and their sums are free again; how many.

    Raises NoPromiseLapses.
    """
    policies.can_lapse_loan_promises(act).enforce()
    lock_shares()
    promised = Loan.objects.filter(state__in=(State.APPROVED, State.SIGNED))
    too_old = Q(pk=None)
    for fund in promised.order_by().values_list("product__fund", flat=True).distinct():
        days = queries.rules_of(fund, act.today).number("loans.promise_days")
        too_old |= Q(product__fund=fund, decided_date__lt=act.today - timedelta(days=days))
    old = promised.filter(too_old)
    loans = list(old.select_for_update(of=("self",)).order_by("pk"))
    if not loans:
        raise NoPromiseLapses
    # ---
    old.filter(pk__in=[one.pk for one in loans]).update(state=State.LAPSED, committed_won=0)
    for loan in loans:
        assert loan.decided_date is not None
        record(act, LoanPromiseLapsed(loan.pk, loan.party_id, loan.won, loan.decided_date))
    return len(loans)


@command
def schedule_loan_papers(act: Act, *, loan_id: int) -> date:
    """A loan is over: until when its papers are kept. Raises NoLoanPapers, LoanPapersClosed."""
    loan = _hold(loan_id)
    policies.can_schedule_loan_papers(act).enforce()
    if loan.state not in OVER:
        raise LoanPapersClosed(state=loan.get_state_display())
    book = queries.rules_of(loan.product.fund, act.today)
    months = book.number("loans.papers_kept_months")
    until = after_months(act.today, months)
    # ---
    count = files.keep_files_until(queries.matter_of(loan.pk), until)
    if not count:
        raise NoLoanPapers
    record(act, LoanPapersScheduled(loan.pk, loan.party_id, until, count))
    return until


def need_papers(loan: Loan) -> None:
    """Before a decision. Raises LoanPapersMissing."""
    if missing := queries.papers_missing(loan):
        raise LoanPapersMissing(missing=", ".join(missing))


def need_conditions(loan: Loan) -> None:
    """Before money moves. Raises LoanConditionsOpen."""
    open_ones = loan.conditions.filter(met_date=None).order_by("pk").values_list("text", flat=True)
    if open_ones:
        raise LoanConditionsOpen(conditions=" · ".join(open_ones))


def need_guarantors(loan: Loan) -> None:
    """Before the contract. Raises GuarantorsMissing."""
    needed = loan.product.guarantors_for(loan.won)
    found = loan.guarantees.filter(state=LoanGuarantee.State.SIGNED).count()
    if found < needed:
        raise GuarantorsMissing(needed=needed, found=found, article=loan.product.article)


def _hold(loan_id: int) -> Loan:
    loan: Loan = Loan.objects.select_related("product").hold(loan_id)
    return loan
