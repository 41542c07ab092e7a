"""Addresses of overlaps."""

from __future__ import annotations

from django.urls import path

from partnerships.overlaps.views import board, judging, lists, pair, weights

urlpatterns = [
    path("board/", board.board, name="overlap-board"),
    path("board.csv", board.board_csv, name="overlap-board-csv"),
    path("of/<slug:slug>/", lists.close_to, name="close-to"),
    path("organisation/<slug:slug>/", lists.close_to_organisation, name="close-to-organisation"),
    path("place/<slug:slug>/", lists.close_in_place, name="close-in-place"),
    path("<int:low>-<int:high>/", pair.pair, name="pair"),
    path("<int:low>-<int:high>/talk/", pair.pair_talk, name="pair-talk"),
    path("weights/", weights.overlap_weights, name="overlap-weights"),
    path("<int:low>-<int:high>/judge/", judging.pair_judge, name="pair-judge"),
    path("<int:low>-<int:high>/withdraw/", judging.pair_withdraw, name="pair-withdraw"),
]
