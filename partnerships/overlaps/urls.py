"""Addresses of overlaps."""

from __future__ import annotations

from django.urls import path

from partnerships.overlaps.views import judging, weights

urlpatterns = [
    path("weights/", weights.overlap_weights, name="overlap-weights"),
    path("<int:low>-<int:high>/judge/", judging.pair_judge, name="pair-judge"),
    path("<int:low>-<int:high>/withdraw/", judging.pair_withdraw, name="pair-withdraw"),
]
