"""Letters about loans: who is due one, which went out, and what each says, read when it is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q

from dure.domains.parties import queries as parties
from dure.kernel.acts import Act
from dure.kernel.refusals import NotFound

from .. import policies
from ..models import Loan, LoanChange, LoanGuarantee, LoanInstalment, LoanLetter, LoanStanding
from ..rules.ladder import Ladder, Step, next_step
from .borrowers import rules_of
from .loans import PREFIX, count_late

__all__ = [
    "LetterDue", "LetterFacts", "LetterLine", "PaperLetter", "ladder_of", "letter_readers", "letters_due",
    "letters_of", "letters_on_paper", "letters_sent", "loan_letter_facts", "loan_news_facts", "readers_of_loan",
]  # fmt: skip

AT_ONCE = 1_000
Kind = LoanChange.Kind


@dataclass(frozen=True, slots=True)
class LetterDue:
    """A letter that is to be sent today."""

    loan_id: int
    step: Step
    oldest_date: date
    won: int
    until_date: date | None
    guarantors_hear: bool


@dataclass(frozen=True, slots=True)
class LetterLine:
    """A letter that went out."""

    id: int
    label: str
    sent_date: date
    days: int
    won: int
    until_date: date | None
    guarantors_hear: bool


@dataclass(frozen=True, slots=True)
class PaperLetter:
    """A letter of the ladder that mail does not bring."""

    id: int
    name: str
    label: str
    sent_date: date


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """To whom a letter goes, and what about."""

    kind: str
    email: str
    name: str
    borrower: str  # to a guarantor: whose loan it is
    product: str
    reference: str
    is_guarantor: bool
    won: int
    days: int = 0
    on: date | None = None  # what it tells of: the oldest due day, the day of the promise
    until: date | None = None
    reason: str = ""


def ladder_of(fund: str, on: date) -> Ladder:
    """What the rules say of letters about loans of a fund."""
    book = rules_of(fund, on)
    told = {key: f"loans.{key}" for key in ("letters_apart_days", "letters_from_won")}
    numbers = {name: int(book.number(key)) if key in book else 0 for name, key in told.items()}
    hear = "loans.guarantors_hear"
    notice = "loans.call_notice_days"
    return Ladder(
        {step: int(book.number(key)) for step in Step if (key := f"loans.{step}_days") in book},
        numbers["letters_apart_days"],
        numbers["letters_from_won"],
        book.choices(hear) if hear in book else frozenset(),
        int(book.number(notice)) if notice in book else 0,
    )


def letters_due(on: date, after: int, limit: int) -> list[LetterDue]:
    """The letters that are due on a day, by the loans after one; not about those whose borrower died:
    the office writes to the heirs. Late is what was late on the last day that was run."""
    ladders: dict[str, Ladder] = {}
    found: list[LetterDue] = []
    while len(found) < limit:
        rows = list(_late(after)[:AT_ONCE])
        sent = letters_sent([one.loan_id for one in rows])
        for one in rows:
            after = one.loan_id
            ladder = ladders.get(one.fund) or ladders.setdefault(one.fund, ladder_of(one.fund, on))
            oldest = one.as_of_date - timedelta(days=one.days_late)
            step = next_step(ladder, oldest, on, sent[one.loan_id], one.is_called)
            won = _late_won(one.loan, on) if step else 0
            if step is None or won < ladder.from_won:
                continue
            until = on + timedelta(days=ladder.notice_days) if step is Step.CALLING else None
            hear = step in ladder.guarantors_hear
            found.append(LetterDue(one.loan_id, step, oldest, won, until, hear))
            if len(found) == limit:
                break
        if len(rows) < AT_ONCE:
            break
    return found


def _late(after: int) -> Any:
    """Standings of loans that are late, after one: with the contract that says how late interest runs."""
    changes = LoanChange.objects.filter(loan=OuterRef("loan"))
    rows = LoanStanding.objects.filter(closed_date=None, days_late__gt=0, loan_id__gt=after)
    rows = rows.exclude(Exists(changes.filter(kind=Kind.SPARED)))
    rows = rows.annotate(is_called=Exists(changes.filter(kind=Kind.CALLED_DUE)))
    return rows.select_related("loan").order_by("loan_id")


def letters_sent(loans: list[int]) -> dict[int, dict[str, date]]:
    """Loan → step → when it was sent last."""
    found: dict[int, dict[str, date]] = defaultdict(dict)
    for loan, step, day in (
        LoanLetter.objects.filter(loan__in=loans)
        .order_by("sent_date")
        .values_list("loan", "step", "sent_date")
    ):
        found[loan][step] = day
    return found


def _late_won(loan: Loan, on: date) -> int:
    rows = list(LoanInstalment.objects.filter(loan=loan, closed_date=None, due_date__lt=on))
    count_late(loan, rows, on)
    return sum(one.as_open().won for one in rows)


def letters_of(loan_id: int) -> tuple[LetterLine, ...]:
    """What was sent about a loan, the latest first."""
    rows = LoanLetter.objects.filter(loan=loan_id).order_by("-sent_date", "-pk")
    return tuple(
        LetterLine(
            one.pk, str(one.get_step_display()), one.sent_date,
            (one.sent_date - one.oldest_date).days, one.won, one.until_date, one.guarantors_hear,
        )
        for one in rows
    )  # fmt: skip


def letter_readers(letters: Collection[int]) -> list[tuple[int, int]]:
    """(letter, party) for all it goes to: the borrower, and the guarantors who hear of it."""
    rows = LoanLetter.objects.filter(pk__in=letters).order_by("pk")
    signed = Q(loan__guarantees__state=LoanGuarantee.State.SIGNED, guarantors_hear=True)
    return [
        *rows.values_list("pk", "loan__party"),
        *rows.filter(signed).values_list("pk", "loan__guarantees__party"),
    ]


def letters_on_paper(act: Act, days: int) -> list[PaperLetter]:
    """The letters of the last days that go to somebody without an address for mail, the oldest first:
    they are printed and posted. Raises Denied."""
    policies.can_see_loans(act).enforce()
    since = act.today - timedelta(days=days)
    rows = LoanLetter.objects.filter(
        sent_date__gt=since, loan__standing__closed_date=None, loan__standing__days_late__gt=0
    )
    sent = {one.pk: one for one in rows.order_by("sent_date", "pk")[:AT_ONCE]}
    readers = letter_readers(sent.keys())
    reached = parties.emails_of({party for _letter, party in readers}, act.today)
    missing = [(letter, party) for letter, party in readers if not reached.get(party)]
    names = parties.names_of(party for _letter, party in missing)
    return [
        PaperLetter(
            letter, names[party], str(sent[letter].get_step_display()), sent[letter].sent_date
        )
        for letter, party in sorted(missing)
    ]


def loan_letter_facts(act: Act, letter_id: int) -> list[LetterFacts]:
    """What a letter of the ladder said, for each of its readers; a borrower sees the own. Raises
    NotFound, Denied."""
    row = LoanLetter.objects.select_related("loan__party", "loan__product").filter(pk=letter_id)
    letter = row.first()
    if letter is None:
        raise NotFound
    policies.can_see_loan(act, letter.loan).enforce()
    told = [letter.loan.party_id]
    if policies.can_see_loans(act):
        told = [party_id for _letter, party_id in letter_readers([letter_id])]
    return [_of_letter(letter, reader, act.today) for reader in told]


def loan_news_facts(kind: str, number: int, party_id: int, on: date) -> LetterFacts | None:
    """What a letter of the outbox is about; None where there is nothing to say any more: paid in the
    meantime, or nobody is reached. `number`: of the letter (kind letter), else of the loan."""
    if kind == "letter":
        letter = (
            LoanLetter.objects.select_related("loan__party", "loan__product", "loan__standing")
            .filter(pk=number)
            .first()
        )
        if letter is None or letter.loan.standing.closed_date or not letter.loan.standing.days_late:
            return None
        told = _of_letter(letter, party_id, on)
    else:
        loan = Loan.objects.select_related("party", "product").get(pk=number)
        told = _of_change(kind, loan, party_id, on)
    return told if told.email else None


def readers_of_loan(loan_id: int) -> list[int]:
    """The borrower and those who stand for the loan."""
    loan = Loan.objects.get(pk=loan_id)
    stand = loan.guarantees.filter(state=LoanGuarantee.State.SIGNED).order_by("pk")
    return [loan.party_id, *stand.values_list("party", flat=True)]


def _of_letter(letter: LoanLetter, party_id: int, on: date) -> LetterFacts:
    return LetterFacts(
        letter.step, *_to(letter.loan, party_id, on), letter.won,
        (letter.sent_date - letter.oldest_date).days, letter.oldest_date, letter.until_date,
    )  # fmt: skip


def _of_change(kind: str, loan: Loan, party_id: int, on: date) -> LetterFacts:
    """That all of a loan was called due, or that its promise lapsed."""
    change = loan.changes.filter(kind=Kind.CALLED_DUE).last() if kind == "called_due" else None
    due = loan.instalments.order_by("due_date").last() if change else None
    return LetterFacts(
        kind, *_to(loan, party_id, on), change.won if change else loan.won, 0, loan.decided_date,
        due.due_date if due else None, change.reason if change else "",
    )  # fmt: skip


def _to(loan: Loan, party_id: int, on: date) -> tuple[str, str, str, str, str, bool]:
    email = parties.emails_of([party_id], on).get(party_id, "")
    name = loan.party.name if party_id == loan.party_id else parties.party_name(party_id)
    stands = party_id != loan.party_id
    return email, name, loan.party.name, loan.product.name, f"{PREFIX}{loan.pk}", stands
