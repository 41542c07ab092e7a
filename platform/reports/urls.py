from __future__ import annotations

from django.urls import path

from reports.views import contacts, deciding, reporting

urlpatterns = [
    path("report/", reporting.report, name="report"),
    path("reports/", deciding.queue, name="reports"),
    path("reports/<int:pk>/", deciding.report_decide, name="report-decide"),
    path("reports/contacts/", contacts.safeguarding_contacts, name="safeguarding-contacts"),
]
