"""Letters that could not be sent: what they were about, why, and once more."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from dure.kernel import outbox
from dure.kernel.acts import Act
from dure.kernel.deeds import sentences_of
from dure.kernel.models import News
from dure.kernel.refusals import Denied
from dure.ui.doors import act_of, away, page

SHOWN_MAX = 100


def _office(request: HttpRequest) -> Act:
    act = act_of(request)
    if not act.holds("secretariat", "administrator"):
        raise Denied(_("Only the secretariat sends letters again."))
    return act


def news(request: HttpRequest) -> HttpResponse:
    """What was given up, the latest first."""
    _office(request)
    rows = list(
        News.objects.filter(state=News.State.GIVEN_UP)
        .select_related("deed")
        .order_by("-id")[:SHOWN_MAX]
    )
    told = dict(
        zip([row.pk for row in rows], sentences_of([row.deed for row in rows]), strict=True)
    )
    return page(
        request,
        "site/news.html",
        {"rows": [(row, told[row.pk][1]) for row in rows], "count": outbox.given_up()},
    )


def tell_news_again(request: HttpRequest, news_id: int | None = None) -> HttpResponse:
    """Put one letter, or all, back into the queue. Only when they are tried changes, so no deed tells of it."""
    act = _office(request)
    if request.method != "POST":
        return HttpResponse(status=405, headers={"Allow": "POST"})
    again = outbox.tell_again(act.at, news_id)
    return away(request, "news", _("It is sent again within a minute.") if again else "")
