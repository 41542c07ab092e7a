"""Addresses of need."""

from __future__ import annotations

from django.urls import path

from partnerships.need import views

urlpatterns = [
    path("need/", views.need_list, name="need"),
    path("need/<slug:slug>/", views.need_index, name="need-index"),
    path("need/<slug:slug>/table.csv", views.need_csv, name="need-csv"),
    path("need/<slug:slug>/report/", views.need_report, name="need-report"),
    path("places/<slug:slug>/need/", views.place_need, name="place-need"),
]
