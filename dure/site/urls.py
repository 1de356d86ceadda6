"""Every address of the site: the rooms under their names, the log-in, the API, and what gathers rooms."""

from __future__ import annotations

from importlib import import_module

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from . import api, pages

urlpatterns: list[URLPattern | URLResolver] = [
    path("", pages.home, name="home"),
    path("welcome/", pages.found_network, name="welcome"),
    path("desk/", pages.desk, name="desk"),
    path("me/", pages.me, name="me"),
    path("organisation/<int:party_id>/", pages.organisation, name="organisation"),
    path("language/", pages.choose_language, name="choose_language"),
    path("account/", include("dure.site.access_pages")),
    path("account/", include("allauth.urls")),
    path("api/v1/", api.api.urls),
    path("api/", api.describe, name="api_guide"),
    *(
        path(f"{room}/", include((import_module(f"dure.domains.{room}.pages").urlpatterns, room)))
        for room in settings.ROOMS
        if (settings.PACKAGE / "domains" / room / "pages.py").exists()
        or (settings.PACKAGE / "domains" / room / "pages").is_dir()
    ),
]

handler400 = "dure.site.errors.bad_request"
handler403 = "dure.site.errors.forbidden"
handler404 = "dure.site.errors.not_found"
handler500 = "dure.site.errors.server_error"
