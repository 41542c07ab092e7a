"""Addresses of broken chains."""

from __future__ import annotations

from django.urls import path

from partnerships.chains import views

urlpatterns = [
    path("places/<slug:slug>/chains/", views.chains, name="chains"),
    path("places/<slug:slug>/chains.csv", views.chains_csv, name="chains-csv"),
    path("places/<slug:slug>/chains/introduce/", views.chains_introduce, name="chains-introduce"),
    path("chains/of/<slug:slug>/", views.chain_of, name="chain-of"),
]
