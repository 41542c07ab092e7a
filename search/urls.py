from __future__ import annotations

from django.urls import path

from search.views import exporting, index_state, likening, results, saved, stopping, suggesting, within

urlpatterns = [
    path("search/", results.results, name="search"),
    path("search/results.json", results.results_json, name="search-json"),
    path("search/export.csv", exporting.export_csv, name="search-export-csv"),
    path("search/export.json", exporting.export_json, name="search-export-json"),
    path("search/suggest/", suggesting.suggest, name="search-suggest"),
    path("search/like/<slug:slug>/", likening.more_like, name="search-like"),
    path("search/posts/", within.posts, name="search-posts"),
    path("search/saved/", saved.saved_searches, name="saved-searches"),
    path("search/saved/new/", saved.saved_search_new, name="saved-search-new"),
    path("search/saved/<int:pk>/", saved.saved_search, name="saved-search"),
    path("search/saved/<int:pk>/do/", saved.saved_search_do, name="saved-search-do"),
    path("alerts/<str:token>/stop/", stopping.stop, name="alerts-stop"),
    path("alerts/<str:token>/silence/", stopping.silence_one, name="alerts-silence"),
    path("search/index/", index_state.state, name="search-index"),
    path("search/feed/", exporting.feed, name="search-feed"),
]
