from __future__ import annotations

from django.urls import path

from discussions.views import files

urlpatterns = [
    path("<slug:token>/<str:name>", files.file, name="file"),
    path("<slug:token>/small/<str:name>", files.file_small, name="file-small"),
]
