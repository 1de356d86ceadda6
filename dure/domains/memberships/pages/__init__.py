"""The pages of the memberships."""

from . import (
    admission,
    admission_procedures,
    admission_status,
    admission_steps,
    bank,
    conduct,
    debits,
    dues,
    duties,
    ethics,
    ladder,
    members,
    papers,
    receipts,
    shares,
)

urlpatterns = [
    *admission.urlpatterns,
    *admission_steps.urlpatterns,
    *admission_status.urlpatterns,
    *admission_procedures.urlpatterns,
    *debits.urlpatterns,
    *conduct.urlpatterns,
    *dues.urlpatterns,
    *bank.urlpatterns,
    *papers.urlpatterns,
    *receipts.urlpatterns,
    *ladder.urlpatterns,
    *shares.urlpatterns,
    *duties.urlpatterns,
    *ethics.urlpatterns,
    *members.urlpatterns,
]

check_urlpatterns = papers.check_urlpatterns
