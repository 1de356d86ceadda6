"""Profiles by the schemas of Murmurations, at addresses that anybody may read."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, JsonResponse
from django.urls import path, reverse

from dure.ui.doors import act_of

from .. import queries


def _address(request: HttpRequest) -> Callable[[str, int], str]:
    return lambda name, about: request.build_absolute_uri(reverse(name, args=[about]))


def profiles(request: HttpRequest) -> JsonResponse:
    """The addresses of all profiles."""
    return JsonResponse(
        {"profile_urls": queries.public_profiles(act_of(request), _address(request))}
    )


def organisation_profile(request: HttpRequest, party_id: int) -> JsonResponse:
    """One organisation."""
    return JsonResponse(queries.organisation_profile(act_of(request), party_id, _address(request)))


def listing_profile(request: HttpRequest, listing_id: int) -> JsonResponse:
    """One offer or want."""
    return JsonResponse(queries.listing_profile(act_of(request), listing_id, _address(request)))


urlpatterns = [
    path("profiles.json", profiles, name="profiles"),
    path(
        "profiles/organisations/<int:party_id>.json",
        organisation_profile,
        name="organisation_profile",
    ),
    path("profiles/listings/<int:listing_id>.json", listing_profile, name="listing_profile"),
]
