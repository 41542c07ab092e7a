"""Who is named for worries about a child: administrators say."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import queries
from accounts.requests import SignedInRequest
from reports.domain.errors import ReportError
from reports.domain.naming import name_contact, unname_contact
from reports.forms import ContactForm
from reports.permissions import can_name_contacts


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def safeguarding_contacts(request: SignedInRequest) -> HttpResponse:
    """The list; a POST names one more by e-mail address, or with `end` one fewer."""
    if not can_name_contacts(request.user):
        raise PermissionDenied
    named = queries.safeguarding_contacts()
    form = ContactForm(request.POST if request.method == "POST" and "end" not in request.POST else None)
    if request.method == "POST" and "end" in request.POST:
        person = next((one for one in named if str(one.pk) == request.POST["end"]), None)
        if person is not None:
            unname_contact(person, by=request.user)
            messages.success(request, _("%(name)s is no longer named.") % {"name": person})
        return redirect("safeguarding-contacts")
    if form.is_bound and form.is_valid():
        try:
            person = name_contact(form.cleaned_data["email"], by=request.user)
        except ReportError as error:
            form.add_error("email", str(error))
        else:
            messages.success(request, _("%(name)s is named, and has been told.") % {"name": person})
            return redirect("safeguarding-contacts")
    context = {"named": named, "form": form}
    return render(request, "reports/contacts.html", context, status=422 if form.errors else 200)
