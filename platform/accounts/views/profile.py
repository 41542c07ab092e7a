"""A person's own page."""

from __future__ import annotations

from typing import cast

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.domain.renaming import rename
from accounts.forms import ProfileForm
from accounts.models import User
from accounts.permissions import needs_second_factor, roles_asleep
from accounts.queries import roles_of


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """What the product knows of the person, and the ways to change it."""
    person = cast("User", request.user)
    form = ProfileForm(request.POST or None, initial={"name": person.name})
    if request.method == "POST" and form.is_valid():
        rename(person, form.cleaned_data["name"])
        messages.success(request, _("Your name is saved."))
        return redirect("profile")
    factors = set(Authenticator.objects.filter(user=person).values_list("type", flat=True))
    context = {
        "form": form,
        "person": person,
        "address": EmailAddress.objects.filter(user=person, primary=True).first(),
        "factors": factors,
        "has_app": Authenticator.Type.TOTP in factors,
        "has_key": Authenticator.Type.WEBAUTHN in factors,
        "roles": roles_of(person),
        "needs_factor": needs_second_factor(person),
        "asleep": roles_asleep(person),
    }
    return render(request, "accounts/profile.html", context, status=400 if form.errors else 200)
