"""Addresses of the national view."""

from __future__ import annotations

from django.urls import path

from partnerships.national import views

urlpatterns = [
    path("journey/national/", views.national, name="national"),
    path("journey/national.csv", views.national_csv, name="national-csv"),
]
