"""Addresses of partnerships."""

from __future__ import annotations

from django.urls import path

from partnerships.views import actions, answering, calendars, reading, writing

urlpatterns = [
    path("", reading.partnership_list, name="partnerships"),
    path("list.csv", reading.list_csv, name="partnerships-csv"),
    path("new/", writing.new, name="partnership-new"),
    path("calendar/", calendars.manage, name="partnerships-calendar"),
    path("calendar/<str:token>.ics", calendars.feed, name="partnerships-feed"),
    path("<slug:slug>/", reading.partnership, name="partnership"),
    path("<slug:slug>/history/", reading.history, name="partnership-history"),
    path("<slug:slug>/amend/", writing.amend_or_renew, name="partnership-amend"),
    path("<slug:slug>/do/", answering.do, name="partnership-do"),
    path("<slug:slug>/record.json", reading.record_json, name="partnership-json"),
    path("<slug:slug>/actions/<int:pk>/", actions.change, name="partnership-action"),
    path("<slug:slug>/actions.csv", reading.actions_csv, name="partnership-actions"),
]
