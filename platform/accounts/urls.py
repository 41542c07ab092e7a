from __future__ import annotations

from django.urls import path

from accounts.views import own, profile

urlpatterns = [
    path("", profile.profile, name="profile"),
    path("data/", own.data, name="account-data"),
    path("close/", own.close, name="account-close"),
    path("closed/", own.closed, name="account-closed"),
    path("again/", own.again, name="account-again"),
]
