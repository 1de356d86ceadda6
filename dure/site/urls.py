"""Every address of the site: the rooms under their names, the log-in, the API, and what gathers rooms."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from . import access_pages, api, pages

urlpatterns: list[URLPattern | URLResolver] = [
    path("", pages.home, name="home"),
    path("welcome/", pages.found_network, name="welcome"),
    path("desk/", pages.desk, name="desk"),
    path("me/", pages.me, name="me"),
    path("organisation/<int:party_id>/", pages.organisation, name="organisation"),
    path("deeds/", access_pages.deeds, name="deeds"),
    path("language/", set_language, name="set_language"),
    path("ui/", include("dure.ui.pages")),
    path("account/", include(access_pages.urlpatterns)),
    path("api/", api.describe, name="api_guide"),
    path("api/v1/", api.api.urls),
    *(
        path(f"{room}/", include((import_module(f"dure.domains.{room}.pages").urlpatterns, room)))
        for room in settings.ROOMS
        if find_spec(f"dure.domains.{room}.pages")
    ),
]

handler404 = "dure.site.errors.not_found"
