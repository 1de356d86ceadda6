"""Every address of the site: the rooms under their names, the log-in, the API, and what gathers rooms."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from dure.domains.memberships.pages import check_urlpatterns
from dure.domains.parties.pages import directory_urlpatterns

from . import access_pages, api, email_pages, pages
from .rooms import doors

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(pages.urlpatterns)),
    path("welcome/", pages.found_network, name="welcome"),
    path("deeds/", access_pages.deeds, name="deeds"),
    path("language/", set_language, name="set_language"),
    path("ui/", include("dure.ui.pages")),
    path("account/", include(access_pages.urlpatterns)),
    path("account/", include(email_pages.urlpatterns)),
    path("api/", api.describe, name="api_guide"),
    path("api/v1/", api.api.urls),
    path("directory/", include((directory_urlpatterns, "directory"))),
    path("check/", include((check_urlpatterns, "check"))),
    *(
        path(f"{room}/", include((patterns, room)))
        for room, patterns in doors("pages", "urlpatterns")
    ),
]

handler404 = "dure.site.errors.not_found"
