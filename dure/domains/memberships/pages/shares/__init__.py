"""Share capital: the register, one member's shares, claims, the yearly report."""

from . import claims, holders, reports

urlpatterns = [*holders.urlpatterns, *claims.urlpatterns, *reports.urlpatterns]
