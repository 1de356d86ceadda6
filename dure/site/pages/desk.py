"""(stub until the pages engineer writes it)"""
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from dure.kernel.refusals import Denied
from dure.ui.doors import act_of
def desk(request: HttpRequest) -> HttpResponse:
    if not act_of(request).holds("secretariat", "bookkeeper", "administrator"): raise Denied(_("The desk is the secretariat's."))
    return HttpResponse("desk")
