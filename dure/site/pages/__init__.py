"""Pages that gather several rooms: the first page, the desk, mine, an organisation's, the guide."""

from __future__ import annotations

from django.urls import path

from .desk import desk
from .founding import found_network
from .front import about, home, privacy
from .guide import guide, guide_page, guide_picture
from .mine import download_my_data, give_consent, me, withdraw_consent
from .organisation import organisation

__all__ = ["about", "desk", "found_network", "home", "me", "organisation", "privacy", "urlpatterns"]

urlpatterns = [
    path("", home, name="home"),
    path("desk/", desk, name="desk"),
    path("me/", me, name="me"),
    path("me/data.zip", download_my_data, name="download_my_data"),
    path("me/consents/<int:text_id>/give/", give_consent, name="give_my_consent"),
    path("me/consents/<int:consent_id>/withdraw/", withdraw_consent, name="withdraw_my_consent"),
    path("organisation/<int:party_id>/", organisation, name="organisation"),
    path("about/", about, name="about"),
    path("privacy/", privacy, name="privacy"),
    path("help/", guide, name="guide"),
    path("help/pictures/<str:name>", guide_picture, name="guide_picture"),
    path("help/<slug:slug>/", guide_page, name="guide_page"),
]
