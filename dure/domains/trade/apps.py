from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Config(AppConfig):
    name = "dure.domains.trade"
    verbose_name = _("Mutual trade")
    default_auto_field = "django.db.models.BigAutoField"
