"""Pages that gather several rooms: the first page, the desk, mine, an organisation's, the guide."""

from __future__ import annotations

from django.urls import path

from .calendars import calendar_feed, public_calendar
from .desk import desk
from .finding import search
from .founding import found_network
from .front import about, home, privacy
from .guide import guide, guide_page, guide_picture
from .leaving import download_export, export_network
from .mine import download_my_data, give_consent, me, my_data, withdraw_consent
from .month_end import (
    do_month_step,
    mark_month_step,
    month_end,
    month_report,
    undo_month_step,
    unmark_month_step,
)
from .news import news, tell_news_again
from .organisation import organisation
from .rules import rules_pdf

__all__ = ["about", "desk", "found_network", "home", "me", "organisation", "privacy", "urlpatterns"]

urlpatterns = [
    path("", home, name="home"),
    path("desk/", desk, name="desk"),
    path("me/", me, name="me"),
    path("me/data/", my_data, name="my_data"),
    path("me/data.zip", download_my_data, name="download_my_data"),
    path("me/consents/<int:text_id>/give/", give_consent, name="give_my_consent"),
    path("me/consents/<int:consent_id>/withdraw/", withdraw_consent, name="withdraw_my_consent"),
    path("organisation/<int:party_id>/", organisation, name="organisation"),
    path("search/", search, name="search"),
    path("month-end/", month_end, name="month_ends"),
    path("month-end/<str:month>/", month_end, name="month_end"),
    path("month-end/<str:month>/report.pdf", month_report, name="month_report"),
    path("month-end/<str:month>/<slug:step>/do/", do_month_step, name="do_month_step"),
    path("month-end/<str:month>/<slug:step>/undo/", undo_month_step, name="undo_month_step"),
    path("month-end/<str:month>/<slug:step>/mark/", mark_month_step, name="mark_month_step"),
    path("month-end/<str:month>/<slug:step>/unmark/", unmark_month_step, name="unmark_month_step"),
    path("bylaws/rules.pdf", rules_pdf, name="rules_pdf"),
    path("news/", news, name="news"),
    path("news/again/", tell_news_again, name="tell_all_news_again"),
    path("news/<int:news_id>/again/", tell_news_again, name="tell_news_again"),
    path("network/export/", export_network, name="export_network"),
    path("network/export/<int:deed_id>.zip", download_export, name="download_export"),
    path("calendar/public.ics", public_calendar, name="public_calendar"),
    path("calendar/<str:token>/<slug:scope>.ics", calendar_feed, name="calendar_feed"),
    path("about/", about, name="about"),
    path("privacy/", privacy, name="privacy"),
    path("help/", guide, name="guide"),
    path("help/pictures/<str:name>", guide_picture, name="guide_picture"),
    path("help/<slug:slug>/", guide_page, name="guide_page"),
]
