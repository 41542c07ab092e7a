"""Addresses of cold spots."""

from __future__ import annotations

from django.urls import path

from partnerships.coldspots import views

urlpatterns = [
    path("cold-spots/", views.cold_spots, name="cold-spots"),
    path("cold-spots.csv", views.cold_spots_csv, name="cold-spots-csv"),
    path("cold-spots/how/", views.how, name="cold-spots-how"),
    path("cold-spots/<slug:slug>/", views.of_place, name="cold-spots-of"),
]
