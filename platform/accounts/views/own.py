"""What is held about somebody, and closing their account."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.domain.closing import close_account, said_before
from accounts.domain.handing import hand_over
from accounts.forms import CloseForm
from accounts.leaving import CannotClose
from accounts.recently import signed_in_recently
from accounts.requests import SignedInRequest
from texts.streaming import streamed_file


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_recently
def data(request: SignedInRequest) -> HttpResponseBase:
    """Everything that is held about the person who asks, as one file."""
    if request.method != "POST":
        return render(request, "accounts/data.html")
    name = f"stepping-stones-{timezone.localdate():%Y-%m-%d}.zip"
    return streamed_file(request, hand_over(request.user), content_type="application/zip", filename=name)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_recently
def close(request: SignedInRequest) -> HttpResponse:
    """What goes, what stays, what stands in the way; and a word typed, so that nobody closes it by mistake."""
    form = CloseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            close_account(request.user)
        except CannotClose as error:
            form.add_error(None, str(error))
        else:
            logout(request)
            return redirect("account-closed")
    said = said_before(request.user)
    context = {"form": form, "said": said, "hindered": any(one.hinders for one in said)}
    return render(request, "accounts/close.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD"])
def closed(request: HttpRequest) -> HttpResponse:
    """Good-bye. It says the same to everyone who opens it."""
    return render(request, "accounts/closed.html")


@login_required
@never_cache
@require_POST
def again(request: HttpRequest) -> HttpResponse:
    """Sign out, to sign in once more and come back to the page that asked for it."""
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = reverse("profile")
    logout(request)
    messages.info(request, _("Sign in once more, and you are led back."))
    return redirect(f"{reverse('account_login')}?{urlencode({'next': back})}")
