from __future__ import annotations

from django.urls import path

from initiatives.tagging.views import reading, suggesting, tending

urlpatterns = [
    path("tags/", reading.tags, name="tags"),
    path("tags/suggest/", suggesting.suggest, name="tags-suggest"),
    path("tags/suggest/for-text/", suggesting.suggest_for_text, name="tags-for-text"),
    path("tags/<slug:slug>/", reading.tag, name="tag"),
    path("moderation/tags/", tending.tend, name="tags-tend"),
    path("moderation/tags/<int:pk>/", tending.tend_tag, name="tag-tend"),
    path("moderation/tags/<int:pk>/<slug:change>/", tending.change_tag, name="tag-change"),
]
