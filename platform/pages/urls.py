from __future__ import annotations

from django.contrib.sitemaps import views as sitemap_views
from django.urls import URLPattern, path

from pages import views
from pages.feeds import NewsFeed
from pages.sitemaps import SITEMAPS

urlpatterns: list[URLPattern] = [
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", views.favicon, name="favicon"),
    path(".well-known/security.txt", views.security, name="security"),
    path("feeds/news/", NewsFeed(), name="news-feed"),
    path(
        "sitemap.xml",
        sitemap_views.index,
        {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap-section"},
        name="sitemap-index",
    ),
    path("sitemap-<section>.xml", sitemap_views.sitemap, {"sitemaps": SITEMAPS}, name="sitemap-section"),
]
