"""(stub until the pages engineer writes it)"""
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from dure.kernel.refusals import Denied
from dure.ui.doors import act_of
def me(request: HttpRequest) -> HttpResponse:
    if act_of(request).actor_id is None: raise Denied(_("Log in to see this page."))
    return HttpResponse("me")
download_my_data = me
