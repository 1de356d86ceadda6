"""The pages of mutual trade."""

from . import deals

urlpatterns = [*deals.urlpatterns]
