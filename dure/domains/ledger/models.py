"""The nouns of the ledger. What they may not do is refused by the database: see `triggers`."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dure.kernel.money import WON_MAX

from . import rules


class Books(models.Model):
    """The one row that says since when and in which fiscal year the books are kept."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    first_date = models.DateField()
    fiscal_year_start_month = models.SmallIntegerField(default=1)
    opened_at = models.DateTimeField()
    chart_stamp = models.CharField(max_length=32)  # new whenever accounts, funds or rules change

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="ledger_one_books"),
            models.CheckConstraint(
                condition=Q(fiscal_year_start_month__range=(1, 12)), name="ledger_fiscal_month"
            ),
        ]


class Fund(models.Model):
    """Money kept apart for a purpose. Every entry balances within each fund."""

    class Restriction(models.TextChoices):
        UNRESTRICTED = rules.UNRESTRICTED, _("unrestricted")
        EARMARKED = rules.EARMARKED, _("earmarked by the network")
        RESTRICTED = rules.RESTRICTED, _("restricted by its givers or by law")
        ENTRUSTED = rules.ENTRUSTED, _("held for others")

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=80, unique=True)
    purpose = models.CharField(max_length=400)
    restriction = models.CharField(max_length=20, choices=Restriction)
    opened_date = models.DateField()
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class FundRule(models.Model):
    """What an article asks of a fund (or, without a fund, of all that have no rule of their own)."""

    class Kind(models.TextChoices):
        SECOND_PERSON_ABOVE_WON = (
            rules.SECOND_PERSON_ABOVE_WON,
            _("entries above this amount need a second person"),
        )
        MONEY_FLOOR_WON = (
            rules.MONEY_FLOOR_WON,
            _("the fund's money may not fall below this amount"),
        )

    fund = models.ForeignKey(Fund, null=True, on_delete=models.PROTECT, related_name="rules")
    kind = models.CharField(max_length=40, choices=Kind)
    amount_won = models.BigIntegerField()
    article = models.CharField(max_length=200)
    from_date = models.DateField()
    until_date = models.DateField(null=True)  # exclusive

    class Meta:
        ordering = ["from_date", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_date=None) | Q(until_date__gte=F("from_date")),
                name="ledger_rule_ends_after_start",
            ),
        ]


class Account(models.Model):
    """One account of the chart. Its code and nature never change: add another instead."""

    class Kind(models.TextChoices):
        ASSET = rules.ASSET, _("asset")
        LIABILITY = rules.LIABILITY, _("liability")
        NET_ASSET = rules.NET_ASSET, _("net assets")
        INCOME = rules.INCOME, _("income")
        EXPENSE = rules.EXPENSE, _("expense")

    code = models.CharField(max_length=10, unique=True)
    name = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=10, choices=Kind)
    role = models.CharField(max_length=40, blank=True)
    is_control = models.BooleanField(default=False)
    is_money = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["role"], condition=~Q(role=""), name="ledger_role_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Period(models.Model):
    """One month of the books; its number is the year and month, 202611."""

    class State(models.TextChoices):
        OPEN = rules.OPEN, _("open")
        CLOSED = rules.CLOSED, _("closed")
        LOCKED = rules.LOCKED, _("locked")

    id = models.IntegerField(primary_key=True)
    first_date = models.DateField(unique=True)
    end_date = models.DateField()  # exclusive
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)

    class Meta:
        ordering = ["id"]


class Entry(models.Model):
    """One balanced booking: drafted or not, posted once, never changed; it can only be reversed.

    Written unposted, then its lines, then posted by an update on which the database checks it.
    `text` is impersonal; what people type about it (`note`) is kept apart by the kernel and can
    be erased, its salted digest stays. `key` is the key of the act that posted (or drafted) it:
    the deeds under that key say what caused the entry.
    """

    number = models.BigIntegerField(null=True, unique=True)  # without gap, given when posted
    booked_date = models.DateField()
    period = models.ForeignKey(Period, on_delete=models.PROTECT, db_index=False)
    text = models.CharField(max_length=200)
    note_digest = models.CharField(max_length=64, blank=True)
    source_kind = models.CharField(max_length=60, blank=True)
    source_id = models.BigIntegerField(null=True)
    key = models.UUIDField()
    written_by_id = models.BigIntegerField(null=True)
    written_at = models.DateTimeField()
    posted_by_id = models.BigIntegerField(null=True)
    posted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    reverses = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="reversed_by"
    )

    class Meta:
        ordering = ["booked_date", "number", "id"]
        indexes = [
            models.Index(fields=["booked_date", "number"], name="ledger_entry_by_date"),
            models.Index(
                fields=["source_kind", "source_id"],
                condition=Q(source_id__isnull=False),
                name="ledger_entry_by_source",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(posted_at=None, number=None)
                | Q(posted_at__isnull=False, number__isnull=False),
                name="ledger_number_iff_posted",
            ),
            models.CheckConstraint(
                condition=Q(posted_at=None) | Q(withdrawn_at=None),
                name="ledger_posted_or_withdrawn",
            ),
        ]


class Line(models.Model):
    """One side of an entry in whole won. Above zero is debit, below zero is credit."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="lines")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, db_index=False)
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, db_index=False)
    party = models.ForeignKey("parties.Party", null=True, on_delete=models.PROTECT, db_index=False)
    project = models.CharField(max_length=40, null=True)  # noqa: DJ001 - null: none
    amount_won = models.BigIntegerField()

    class Meta:
        ordering = ["entry_id", "id"]
        indexes = [
            models.Index(fields=["account", "fund", "entry"], name="ledger_line_by_account"),
            models.Index(
                fields=["party", "account"],
                condition=Q(party__isnull=False),
                name="ledger_line_by_party",
            ),
            models.Index(
                fields=["project", "entry"],
                condition=Q(project__isnull=False),
                name="ledger_line_by_project",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=(Q(amount_won__gte=-WON_MAX) & Q(amount_won__lte=-1))
                | (Q(amount_won__gte=1) & Q(amount_won__lte=WON_MAX)),
                name="ledger_line_moves_won",
            ),
        ]


class Balance(models.Model):
    """What an account of a fund holds now; kept by the posting trigger, never by hand."""

    pk = models.CompositePrimaryKey("account_id", "fund_id")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, db_index=False)
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, db_index=False)
    balance_won = models.BigIntegerField()


class DayBalance(models.Model):
    """What moved on one day in an account of a fund; kept by the posting trigger."""

    pk = models.CompositePrimaryKey("account_id", "fund_id", "booked_date")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, db_index=False)
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, db_index=False)
    booked_date = models.DateField()
    debit_won = models.BigIntegerField()
    credit_won = models.BigIntegerField()
    line_count = models.BigIntegerField(default=0)  # how many lines moved it


class PartyBalance(models.Model):
    """What stands between a party and an account of a fund; kept by the posting trigger."""

    pk = models.CompositePrimaryKey("party_id", "account_id", "fund_id")
    party = models.ForeignKey("parties.Party", on_delete=models.PROTECT, db_index=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, db_index=False)
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, db_index=False)
    balance_won = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["account", "fund"], name="ledger_party_balance_account")]


class PeriodStatement(models.Model):
    """A statement of a closed period, byte for byte as it was when the period was closed."""

    class Kind(models.TextChoices):
        TRIAL_BALANCE = "trial_balance", _("trial balance")
        BALANCE_SHEET = "balance_sheet", _("balance sheet")
        ACTIVITIES = "activities", _("statement of activities")
        FUND = "fund", _("fund statement")

    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="statements")
    kind = models.CharField(max_length=20, choices=Kind)
    fund = models.ForeignKey(Fund, null=True, on_delete=models.PROTECT)  # null: all funds
    revision = models.IntegerField()  # grows when a reopened period is closed again
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["period_id", "revision", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["period", "kind", "fund", "revision"],
                condition=Q(fund__isnull=False),
                name="ledger_fund_statement_once",
            ),
            models.UniqueConstraint(
                fields=["period", "kind", "revision"],
                condition=Q(fund=None),
                name="ledger_statement_once",
            ),
        ]


class PeriodMark(models.Model):
    """A step of the month-end that a person looked at and called done, where no fact can say so."""

    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="marks")
    step = models.SlugField(max_length=30)
    note = models.CharField(max_length=200, blank=True)
    marked_at = models.DateTimeField()
    marked_by_id = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["period_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["period", "step"], name="ledger_period_mark_once")
        ]


class MainBusiness(models.Model):
    """Which spending is main business, from a day on; a change is a new row."""

    from_date = models.DateField(unique=True)
    funds = models.JSONField(default=list)  # codes; none: every fund
    accounts = models.JSONField(default=list)  # codes of expense accounts; none: every one
    article = models.CharField(max_length=200)
    decided_by = models.CharField(max_length=200)

    class Meta:
        ordering = ["from_date"]


class MainBusinessFigure(models.Model):
    """A quarter measured by what the books do not know: services given, people employed."""

    from_date = models.DateField()
    measure = models.CharField(max_length=40)
    main = models.BigIntegerField()
    whole = models.BigIntegerField()
    source = models.CharField(max_length=200)  # where the figures come from
    noted_at = models.DateTimeField()

    class Meta:
        ordering = ["from_date", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(main__gte=0, whole__gt=0) & Q(main__lte=F("whole")),
                name="ledger_main_part_of_whole",
            ),
        ]
