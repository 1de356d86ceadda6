from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Config(AppConfig):
    name = "dure.domains.governance"
    verbose_name = _("Bodies and meetings")
    default_auto_field = "django.db.models.BigAutoField"
