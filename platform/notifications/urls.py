from __future__ import annotations

from django.urls import path

from notifications import views

urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("<int:pk>/", views.notice, name="inbox-notice"),
]
