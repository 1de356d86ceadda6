from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Config(AppConfig):
    name = "dure.domains.loans"
    verbose_name = _("Small loans")
    default_auto_field = "django.db.models.BigAutoField"
