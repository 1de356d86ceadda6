"""The monthly look at the log of reads: downloads explained, the month confirmed by a person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dure.domains.bylaws import queries as bylaws
from dure.domains.bylaws.rules import keep
from dure.domains.parties.rules.texts import clean_paragraphs, clean_text
from dure.kernel.acts import Act
from dure.kernel.dates import Month
from dure.kernel.deeds import command, record
from dure.kernel.models import Read
from dure.kernel.personal import Personal
from dure.kernel.refusals import InvalidInput, NotFound, Refusal

from .. import policies, queries
from ..events import DownloadExplained, ReadsConfirmed
from ..models import ReadCheck, ReadReason
from ..queries.reads import CHECK_EVERY, LEAST

__all__ = [
    "DownloadsUnexplained", "MonthNotOver", "ReadsAlreadyConfirmed", "ReasonAlreadyGiven",
    "ReasonOfDownloadMissing", "UnusualUnexplained", "confirm_reads", "explain_download",
]  # fmt: skip


class ReasonOfDownloadMissing(InvalidInput):
    """A download is explained in words."""

    text = _("Say what the file was needed for.")


class ReasonAlreadyGiven(Refusal):
    """A reason is given once."""

    text = _("The reason of this download was noted already: %(reason)s")


class MonthNotOver(Refusal):
    """A log is looked through when its month is over."""

    text = _("%(month)s is not over yet.")


class ReadsAlreadyConfirmed(Refusal):
    """A month is confirmed once."""

    text = _("The log of %(month)s was confirmed already.")


class DownloadsUnexplained(Refusal):
    """Every download has its reason before the month is confirmed."""

    text = _("%(count)d downloads of %(month)s have no reason yet.")
    remedy = _(
        "Ask whoever took them along; they find it on their desk. Or note here what they said."
    )


class UnusualUnexplained(InvalidInput):
    """What stands out is looked into, and the note says what was found."""

    text = _("%(count)d people read more than is usual for them. Write down what you found.")


@command
def explain_download(act: Act, *, read_id: int, reason: str) -> ReadReason:
    """Say why personal data was taken along. Raises ReasonOfDownloadMissing, ReasonAlreadyGiven.

    Source: 개인정보의 안전성 확보조치 기준 제8조.
    """
    read = Read.objects.filter(pk=read_id, is_download=True).first()
    if read is None:
        raise NotFound
    policies.can_explain_download(act, read.actor_id).enforce()
    reason = clean_text(reason, 300, _("Reason"))
    if not reason:
        raise ReasonOfDownloadMissing
    for before in ReadReason.objects.filter(read=read):
        raise ReasonAlreadyGiven(reason=before.reason)
    # ---
    said = ReadReason.objects.create(
        read=read, reason=reason, said_at=act.at, said_by_id=act.actor_id
    )
    record(act, DownloadExplained(read.pk, Personal(reason, None, f"kernel.Read:{read.pk}")))
    return said


@command
def confirm_reads(act: Act, *, month: Month, note: str = "") -> ReadCheck:
    """Confirm that the log of a month was looked through.

    Raises MonthNotOver, ReadsAlreadyConfirmed, DownloadsUnexplained, UnusualUnexplained. Source:
    개인정보의 안전성 확보조치 기준 제8조.
    """
    policies.can_confirm_reads(act).enforce()
    note = clean_paragraphs(note, 2_000, _("Note"))
    if month.end_date > act.today:
        raise MonthNotOver(month=str(month))
    if ReadCheck.objects.filter(month_date=month.first_date).exists():
        raise ReadsAlreadyConfirmed(month=str(month))
    log = queries.reads_of_month(act, month)
    if log.unexplained:
        raise DownloadsUnexplained(count=log.unexplained, month=str(month))
    if log.unusual and not note:
        raise UnusualUnexplained(count=log.unusual)
    # ---
    after = month.until(Month.of(act.today))  # months from this one to that of the look
    findings = bylaws.rules_on(act.today).check_all(
        (CHECK_EVERY, after), *((LEAST, one.people) for one in log.readers if one.is_unusual)
    )
    check = ReadCheck.objects.create(
        month_date=month.first_date, confirmed_at=act.at, confirmed_by_id=act.actor_id, note=note,
        reads=log.reads, downloads=log.taken, unusual=log.unusual,
        findings=keep(findings),
    )  # fmt: skip
    record(
        act,
        ReadsConfirmed(month.first_date, log.reads, log.taken, log.unusual),
    )
    return check
