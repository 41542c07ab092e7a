from __future__ import annotations

from django.urls import path

from organisations.duplicates import views as duplicates
from organisations.registers.views import register_loads
from organisations.views import claiming, people, reading, suggesting, writing

urlpatterns = [
    path("", reading.organisation_list, name="organisations"),
    path("suggest/", suggesting.suggest, name="organisation-suggest"),
    path("suggest/registers/", suggesting.suggest_entries, name="register-suggest"),
    path("new/", writing.organisation_new, name="organisation-new"),
    path("duplicates/", duplicates.duplicates, name="organisation-duplicates"),
    path("duplicates/merged/", duplicates.merges, name="organisation-merges"),
    path("duplicates/<int:pk>/", duplicates.duplicate_answer, name="organisation-duplicate-answer"),
    path("registers/", register_loads, name="register-loads"),
    path("invitations/<str:token>/", people.invitation, name="invitation"),
    path("invitations/<str:token>/accept/", people.invitation_accept, name="invitation-accept"),
    path("claims/", claiming.claims, name="organisation-claims"),
    path("claims/<int:pk>/", claiming.review, name="organisation-claim-review"),
    path("<slug:slug>/", reading.organisation_detail, name="organisation"),
    path("<slug:slug>/edit/", writing.organisation_edit, name="organisation-edit"),
    path("<slug:slug>/people/", people.people, name="organisation-people"),
    path("<slug:slug>/people/change/", people.people_change, name="organisation-people-change"),
    path("<slug:slug>/claim/", claiming.claim, name="organisation-claim"),
    path("<slug:slug>/join/", people.join, name="organisation-join"),
    path("<slug:slug>/leave/", people.leave, name="organisation-leave"),
]
