"""(stub until the pages engineer writes it)"""
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from dure.kernel.refusals import Denied
from dure.ui.doors import act_of
def organisation(request: HttpRequest, party_id: int) -> HttpResponse:
    if not act_of(request).holds("representative", "secretariat", "bookkeeper", "administrator", of=party_id): raise Denied(_("no"))
    return HttpResponse("organisation")
