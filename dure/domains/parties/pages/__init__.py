"""The pages of the room: the public directory, and the register behind it for staff."""

from django.urls import path
from django.views.generic import RedirectView

from . import imports, offices, organisations, people, relations
from .directory import directory_urlpatterns

urlpatterns = [
    path(
        "directory/", RedirectView.as_view(url="/directory/", query_string=True), name="directory"
    ),
    *imports.urlpatterns,
    *offices.urlpatterns,
    *people.urlpatterns,
    *relations.urlpatterns,
    *organisations.urlpatterns,
]

__all__ = ["directory_urlpatterns", "urlpatterns"]
