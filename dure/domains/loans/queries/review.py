"""What was handed in and noted for a loan, its conditions, and who stands for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet, Sum

from dure.kernel import files, secrets
from dure.kernel.acts import Act
from dure.kernel.files import FileLine, OpenFile, open_file
from dure.kernel.reads import note_read
from dure.kernel.refusals import NotFound

from .. import policies
from ..models import GuaranteePayment, Loan, LoanGuarantee, LoanPaper
from .borrowers import Lender
from .changes import outside_the_books

__all__ = [
    "ConditionLine", "GuaranteeLine", "NoteLine", "PaperLine", "ReviewCard", "guarantee_line",
    "loan_paper", "matter_of", "my_guarantees", "open_loans_of", "paid_by_guarantor", "papers_missing", "papers_to_schedule",
    "review_card", "stands_for",
]  # fmt: skip

LIVE = ("applied", "approved", "signed", "running")


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paper the product asks for: not there yet (no file), or as it was handed in."""

    title: str
    id: int | None = None
    file: FileLine | None = None


@dataclass(frozen=True, slots=True)
class NoteLine:
    kind: str
    kind_label: str
    on_date: date
    people: str
    advice: str
    text: str


@dataclass(frozen=True, slots=True)
class ConditionLine:
    id: int
    text: str
    met_date: date | None


@dataclass(frozen=True, slots=True)
class GuaranteeLine:
    """One guarantee, as borrower, guarantor and office see it."""

    id: int
    loan_id: int
    party_id: int
    name: str
    borrower_id: int
    borrower: str
    loan_won: int
    most_won: int
    state: str
    state_label: str
    loan_state: str
    asked_at: datetime
    signed_date: date | None
    called_date: date | None
    paid_won: int  # for the borrower, who owes it to the guarantor

    @property
    def is_released(self) -> bool:
        return self.state != "declined" and self.loan_state not in LIVE


@dataclass(frozen=True, slots=True)
class ReviewCard:
    papers: tuple[PaperLine, ...]
    notes: tuple[NoteLine, ...]
    conditions: tuple[ConditionLine, ...]
    guarantees: tuple[GuaranteeLine, ...]
    guarantors_needed: int

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(one.title for one in self.papers if one.file is None)

    @property
    def open_conditions(self) -> tuple[ConditionLine, ...]:
        return tuple(one for one in self.conditions if one.met_date is None)

    @property
    def guarantors_wanting(self) -> int:
        """How many more have to sign."""
        signed = sum(one.state == "signed" for one in self.guarantees)
        return max(self.guarantors_needed - signed, 0)


def matter_of(loan_id: int) -> str:
    """What the papers of a loan are kept under."""
    return f"loans.Loan:{loan_id}"


def papers_to_schedule(loan_id: int) -> bool:
    """Whether a loan is over and papers of it are kept."""
    over = Loan.objects.filter(pk=loan_id).exclude(state__in=LIVE)
    return bool(over.filter(papers__isnull=False).exists())


def papers_missing(loan: Loan) -> list[str]:
    """What the product asks for and nobody handed in."""
    there = set(loan.papers.values_list("title", flat=True)) if loan.product.papers else set()
    return [one for one in loan.product.papers if one not in there]


def review_card(act: Act, loan_id: int) -> ReviewCard:
    """The review of a loan; notes are for those who decide and the borrower. Raises NotFound, Denied."""
    loan = Loan.objects.select_related("product", "party").filter(pk=loan_id).first()
    if loan is None:
        raise NotFound
    policies.can_see_loan(act, loan).enforce()
    kept = files.files_of(matter_of(loan_id))
    there = list(loan.papers.order_by("pk"))
    titles = {one.title for one in there}
    notes = list(loan.notes.order_by("on_date", "pk"))
    reads = bool(policies.can_read_loan_paper(act, loan))
    if notes and reads and loan.party_id not in act.own:
        note_read(act, loan.party_id, "loans.review_card")
    return ReviewCard(
        papers=(
            *(PaperLine(one.title, one.pk, kept.get(one.file_id)) for one in there),
            *(PaperLine(one) for one in loan.product.papers if one not in titles),
        ),
        notes=tuple(
            NoteLine(
                one.kind, str(one.get_kind_display()), one.on_date, one.people,
                str(one.get_advice_display()) if one.advice else "",
                secrets.decrypt(one.text_sealed) if one.text_sealed else "",
            )
            for one in notes
            if reads
        ),
        conditions=tuple(
            ConditionLine(one.pk, one.text, one.met_date)
            for one in loan.conditions.order_by("pk")
        ),
        guarantees=_lines(LoanGuarantee.objects.filter(loan=loan)),
        guarantors_needed=loan.product.guarantors_for(loan.won),
    )  # fmt: skip


def loan_paper(act: Act, paper_id: int) -> OpenFile:
    """A paper, opened; whoever does is logged. Raises NotFound, Denied, FileDestroyed."""
    paper = LoanPaper.objects.select_related("loan").filter(pk=paper_id).first()
    if paper is None:
        raise NotFound
    policies.can_read_loan_paper(act, paper.loan).enforce()
    return open_file(act, paper.file_id, "loans.loan_paper")


def my_guarantees(act: Act) -> tuple[GuaranteeLine, ...]:
    """The loans one is asked to stand for, or stands for."""
    return _lines(LoanGuarantee.objects.filter(party__in=act.own).exclude(state="declined"))


def guarantee_line(act: Act, guarantee_id: int) -> GuaranteeLine:
    """One guarantee. Raises NotFound, Denied."""
    found = LoanGuarantee.objects.select_related("loan").filter(pk=guarantee_id)
    held = found.first()
    if held is None:
        raise NotFound
    policies.can_see_guarantee(act, held).enforce()
    return _lines(found)[0]


def stands_for(party_id: int, lender: Lender, without: int | None = None) -> int:
    """What somebody stands for in all towards a lender: asked, agreed and signed, of open loans."""
    rows = LoanGuarantee.objects.filter(party=party_id, loan__state__in=LIVE)
    rows = rows.filter(loan__product__fund__in=lender.funds)
    rows = rows.exclude(state=LoanGuarantee.State.DECLINED)
    if without is not None:
        rows = rows.exclude(pk=without)
    return int(rows.aggregate(won=Sum("most_won"))["won"] or 0)


def open_loans_of(party_id: int) -> list[int]:
    """The numbers of loans a party asks for, owes (also what was given up) or stands for."""
    own = Loan.objects.filter(party=party_id)
    stands = LoanGuarantee.objects.filter(party=party_id, loan__state__in=LIVE)
    stands = stands.exclude(state=LoanGuarantee.State.DECLINED)
    given_up = own.filter(state=Loan.State.WRITTEN_OFF).values_list("pk", flat=True)
    return sorted(
        {
            *own.filter(state__in=LIVE).values_list("pk", flat=True),
            *stands.values_list("loan", flat=True),
            *(one for one in given_up if outside_the_books(one)),
        }
    )


def paid_by_guarantor(guarantee_id: int) -> int:
    """What a guarantor paid for the borrower."""
    rows = GuaranteePayment.objects.filter(guarantee=guarantee_id, payment__undone=None)
    return int(rows.aggregate(won=Sum("won"))["won"] or 0)


def _lines(rows: QuerySet[LoanGuarantee]) -> tuple[GuaranteeLine, ...]:
    found = rows.select_related("party", "loan__party").annotate(
        paid=Sum("payments__won", filter=Q(payments__payment__undone=None))
    )
    return tuple(
        GuaranteeLine(
            one.pk, one.loan_id, one.party_id, one.party.name, one.loan.party_id,
            one.loan.party.name, one.loan.won, one.most_won, one.state,
            str(one.get_state_display()), one.loan.state, one.asked_at, one.signed_date,
            one.called_date, int(one.paid or 0),
        )
        for one in found.order_by("pk")
    )  # fmt: skip
