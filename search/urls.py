from __future__ import annotations

from django.urls import path

from search.views import exporting, index_state, likening, results, suggesting

urlpatterns = [
    path("search/", results.results, name="search"),
    path("search/results.json", results.results_json, name="search-json"),
    path("search/export.csv", exporting.export_csv, name="search-export-csv"),
    path("search/export.json", exporting.export_json, name="search-export-json"),
    path("search/suggest/", suggesting.suggest, name="search-suggest"),
    path("search/like/<slug:slug>/", likening.more_like, name="search-like"),
    path("search/index/", index_state.state, name="search-index"),
    path("search/feed/", exporting.feed, name="search-feed"),
]
