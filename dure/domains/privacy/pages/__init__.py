"""Pages about personal data."""

from . import breaches, consents, destruction, reads

urlpatterns = [
    *breaches.urlpatterns,
    *reads.urlpatterns,
    *consents.urlpatterns,
    *destruction.urlpatterns,
]
