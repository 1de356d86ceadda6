"""Papers: issuing and printing them, and the public check of one."""

from . import checking, issuing

urlpatterns = issuing.urlpatterns
check_urlpatterns = checking.urlpatterns
