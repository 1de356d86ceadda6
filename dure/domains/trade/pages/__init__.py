"""The pages of mutual trade."""

from . import clearing, deals

urlpatterns = [*deals.urlpatterns, *clearing.urlpatterns]
