"""The address of a briefing."""

from __future__ import annotations

from django.urls import path

from partnerships.briefing import views

urlpatterns = [path("places/<slug:slug>/briefing/", views.briefing_of_place, name="briefing")]
