from __future__ import annotations

from django.urls import include, path

from initiatives.views import answering, merging, moderating, reading, registering, working

urlpatterns = [
    path("initiatives/", reading.initiative_list, name="initiatives"),
    path("initiatives/register/", registering.start, name="initiative-register"),
    path("initiatives/<slug:slug>/", reading.initiative_detail, name="initiative"),
    path("register/<int:pk>/check/", registering.check, name="initiative-check"),
    path("register/<int:pk>/<slug:step>/", registering.step, name="initiative-step"),
    path("your-work/", working.dashboard, name="dashboard"),
    path("your-work/<int:pk>/status/", working.change_status, name="initiative-status"),
    path("your-work/<int:pk>/claim/", working.claim, name="initiative-claim"),
    path("your-work/<int:pk>/history/", working.history, name="initiative-history"),
    path("still-running/<str:token>/", answering.still_running, name="still-running"),
    path("moderation/", moderating.queue, name="moderation"),
    path("moderation/merge/<int:one>-<int:other>/", merging.initiative_merge, name="initiative-merge"),
    path("moderation/merged/", merging.initiative_merges, name="initiative-merges"),
    path("moderation/import/", include("initiatives.importing.urls")),
    path("moderation/<int:pk>/", moderating.review, name="moderation-review"),
    path("", include("initiatives.tagging.urls")),
    path("places/", reading.place_list, name="places"),
    path("places/code/<slug:code>/", reading.place_by_code, name="place-by-code"),
    path("places/<slug:slug>/", reading.place_hub, name="place"),
]
