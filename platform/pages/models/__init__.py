"""The CMS's pages and menus."""

from pages.models.guidance import GuidanceFor, GuidanceIndexPage, GuidancePage
from pages.models.home import HomePage
from pages.models.menus import FooterGroup, FooterLink, Menus, NavigationLink
from pages.models.news import NewsIndexPage, NewsPage
from pages.models.seeded import Seeded
from pages.models.standard import StandardPage

__all__ = [
    "FooterGroup",
    "FooterLink",
    "GuidanceFor",
    "GuidanceIndexPage",
    "GuidancePage",
    "HomePage",
    "Menus",
    "NavigationLink",
    "NewsIndexPage",
    "NewsPage",
    "Seeded",
    "StandardPage",
]
