from __future__ import annotations

from django.urls import URLPattern, path

from places import views

urlpatterns: list[URLPattern] = [path("suggest/", views.suggest, name="place-suggest")]
