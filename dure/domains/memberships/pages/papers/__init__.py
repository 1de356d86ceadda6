"""Papers: issuing and printing them, and the public check of one."""

from . import checking, donating, issuing

urlpatterns = [*donating.urlpatterns, *issuing.urlpatterns]
check_urlpatterns = checking.urlpatterns
