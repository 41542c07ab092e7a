"""Addresses of a place over time."""

from __future__ import annotations

from django.urls import path

from partnerships.history.views import changes, looked_for, months

urlpatterns = [
    path("places/<slug:slug>/over-time/", months.of_place, name="place-over-time"),
    path("places/<slug:slug>/changes/", changes.of_place, name="place-changes"),
    path("places/<slug:slug>/changes/do/", changes.do, name="place-changes-do"),
    path("places/<slug:slug>/changes.atom", changes.feed, name="place-changes-feed"),
    path("places/<slug:slug>/looked-for/", looked_for.of_place, name="place-looked-for"),
]
