"""Addresses of journeys."""

from __future__ import annotations

from django.urls import path

from partnerships.coverage.views import confirming, journey

urlpatterns = [
    path("journey/", journey.of_set, name="journey-set"),
    path("journey/list/", journey.list_of_set, name="journey-set-list"),
    path("journey.csv", journey.csv_of_set, name="journey-set-csv"),
    path("places/<slug:slug>/journey/", journey.of_place, name="journey"),
    path("places/<slug:slug>/journey/list/", journey.list_of_place, name="journey-list"),
    path("places/<slug:slug>/journey/confirm/", confirming.confirm, name="journey-confirm"),
    path("places/<slug:slug>/journey/withdraw/", confirming.withdraw, name="journey-withdraw"),
    path("places/<slug:slug>/journey.csv", journey.csv_of_place, name="journey-csv"),
]
