"""Addresses of the import pages; the room's own urls.py includes them at moderation/import/."""

from __future__ import annotations

from django.urls import path

from initiatives.views import importing

urlpatterns = [
    path("", importing.import_start, name="import-start"),
    path("template.csv", importing.import_template, name="import-template"),
    path("<int:pk>/", importing.import_run, name="import-run"),
    path("<int:pk>/report.csv", importing.import_report, name="import-report"),
]
