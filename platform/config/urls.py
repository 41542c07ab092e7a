"""Every address, room by room. The CMS answers what no other room claims."""

from __future__ import annotations

from django.conf import settings
from django.conf.urls.static import static
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail import views as wagtail_views
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.documents.views import serve as wagtaildocs_views

from accounts import doors
from config import views

# Three more doors would take a password without limits and a second factor: they lead to allauth's. Django admin's
# would even do so for somebody signed in, so it is replaced and not only wrapped.
admin.site.login = doors.sign_in  # type: ignore[assignment, method-assign]
_to_password = RedirectView.as_view(pattern_name="account_change_password")

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("django-admin/password_change/", _to_password),
    path("django-admin/", admin.site.urls),
    path("cms/login/", doors.sign_in, name="wagtailadmin_login"),
    path("_util/login/", doors.sign_in, name="wagtailcore_login"),
    path(
        "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/",
        doors.limited(wagtail_views.authenticate_with_password),
        name="wagtailcore_authenticate_with_password",
    ),
    path(
        "documents/authenticate_with_password/<int:restriction_id>/",
        doors.limited(wagtaildocs_views.authenticate_with_password),
        name="wagtaildocs_authenticate_with_password",
    ),
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("accounts/", include("allauth.urls")),
    path("account/", include("accounts.urls")),
    path("inbox/", include("notifications.urls")),
    path("", include("reports.urls")),
    path("places/", include("places.urls")),
    path("organisations/", include("organisations.urls")),
    path("discussions/", include("discussions.urls")),
    path("files/", include("discussions.files.urls")),
    path("", include("search.urls")),
    path("overlaps/", include("partnerships.overlaps.urls")),
    path("", include("partnerships.coverage.urls")),
    path("", include("partnerships.coldspots.urls")),
    path("", include("partnerships.briefing.urls")),
    path("", include("partnerships.national.urls")),
    path("", include("partnerships.history.urls")),
    path("", include("partnerships.chains.urls")),
    path("partnerships/", include("partnerships.urls")),
    path("", include("partnerships.need.urls")),
    path("", include("initiatives.urls")),
    path("", include("pages.urls")),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
    path("", include(wagtail_urls)),
]
