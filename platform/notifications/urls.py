from __future__ import annotations

from django.urls import path

from notifications import views

urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("preferences/", views.preferences, name="notifications-preferences"),
    path("address/", views.address_again, name="address-again"),
    path("address/<str:token>/", views.address_works, name="address-works"),
    path("stop/<str:token>/", views.stop, name="notifications-stop"),
    path("<int:pk>/", views.notice, name="inbox-notice"),
]
