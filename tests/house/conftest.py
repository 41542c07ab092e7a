"""A small world with somebody in every role, and an address of every sort."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from taggit.models import Tag

from accounts.models import User
from initiatives.domain.asking import answer_token
from initiatives.domain.submitting import submit_initiative
from initiatives.models import Asking, ImportRun, Initiative
from notifications.domain.reaching import token_for as address_token
from notifications.domain.stopping import stop_token as stop_kinds_token
from notifications.models import FailingAddress, Notice
from organisations.domain.inviting import invite_member, token_for
from organisations.models import Claim, DuplicateProposal, Role
from partnerships.domain.feeding import token_of
from partnerships.models import Action, CalendarFeed
from places.models import Place
from reports.models import PageReport
from reports.reasons import Reason
from search.domain.stopping import silence_token, stop_token
from tests.factories.accounts import (
    AdministratorFactory,
    CoordinatorFactory,
    EditorFactory,
    ModeratorFactory,
    UserFactory,
    sign_in,
)
from tests.factories.discussions import MutingFactory, post_in, thread_by
from tests.factories.files import ready_file
from tests.factories.initiatives import MIDDLESBROUGH, InitiativeFactory, draft_of
from tests.factories.need import IndexFactory
from tests.factories.organisations import MembershipFactory, OrganisationFactory
from tests.factories.partnerships import proposed
from tests.factories.search import SavedSearchFactory


@dataclass
class World:
    users: dict[str, User | None]
    arguments: dict[str, list[Any]]


def asking_of(initiative: Initiative) -> Asking:
    return Asking.objects.create(initiative=initiative, began_at=timezone.now(), last_at=timezone.now())


@pytest.fixture
def world() -> World:
    organisation = OrganisationFactory(is_public=True)
    in_role = {
        name: MembershipFactory(organisation=organisation, role=role).user
        for name, role in (("member", Role.MEMBER), ("editor", Role.EDITOR), ("owner", Role.OWNER))
    }
    users: dict[str, User | None] = {
        "visitor": None,
        "newcomer": UserFactory(),
        **in_role,
        "coordinator": CoordinatorFactory(place=Place.objects.get(code=MIDDLESBROUGH)),
        "moderator": ModeratorFactory(),
        "cms_editor": EditorFactory(),
        "administrator": AdministratorFactory(),
    }
    live = InitiativeFactory(lead_organisation=organisation, source="Somewhere", source_id="1", tags=["chess"])
    draft = draft_of(in_role["editor"], organisation, title="A draft")
    waiting = draft_of(in_role["editor"], organisation, title="It waits")
    submit_initiative(waiting, user=in_role["editor"])
    invitation = invite_member(organisation, user=in_role["owner"], email="someone@else.example")
    run = ImportRun.objects.create(digest="0" * 64, filename="x.csv", state=ImportRun.State.DONE)
    saved = SavedSearchFactory(owner=in_role["owner"])
    notice = Notice.objects.create(user=in_role["owner"], kind="test", title="A line", path="/")
    files = [ready_file("plan.png")]
    said = post_in(thread_by(in_role["owner"], title="Who meets Year 7s?"), in_role["owner"], files=files)
    file = said.attachments.get()
    muting = MutingFactory(user=UserFactory())
    other = MembershipFactory(organisation=OrganisationFactory(is_public=True), role=Role.OWNER)
    spoken_for = ((organisation, in_role["owner"]), (other.organisation, other.user))
    claimed = Claim.objects.create(organisation=OrganisationFactory(source="A list"), user=UserFactory(), message="Me")
    reported = PageReport.objects.create(path=live.get_absolute_url(), title="It", reason=Reason.SPAM)
    partnership = proposed(*spoken_for)
    action = Action.objects.create(partnership=partnership, text="Paint the room", owner=organisation)
    chess = Tag.objects.get(name="chess")
    arguments: dict[str, list[Any]] = {
        "page_report": [reported.pk],
        "tag": [chess.slug],
        "tended": [chess.pk],
        "changed": [chess.pk, "rename"],
        "claim": [claimed.pk],
        "pair": [live.pk, InitiativeFactory().pk],
        "partnership": [partnership.slug],
        "action": [partnership.slug, action.pk],
        "duplicate": [DuplicateProposal.objects.create(first=organisation, second=other.organisation).pk],
        "feed": [token_of(CalendarFeed.objects.create(user=in_role["owner"]))],
        "discussion": [said.thread_id],
        "discussion-at": [said.thread_id, 1],
        "post": [said.pk],
        "muting": [muting.pk],
        "file": [file.token, file.name],
        "saved": [saved.pk],
        "stop": [stop_token([saved.pk])],
        "stop_kinds": [stop_kinds_token(in_role["owner"].pk, ["post"])],
        "failing": [address_token(FailingAddress.objects.create(address="gone@people.example"))],
        "still_running": [answer_token(asking_of(live), in_role["owner"])],
        "silence": [silence_token(saved.pk, live.pk)],
        "notice": [notice.pk],
        "": [],
        "organisation": [organisation.slug],
        "initiative": [live.slug],
        "pk": [live.pk],
        "draft": [draft.pk],
        "step": [draft.pk, "what"],
        "waiting": [waiting.pk],
        "token": [token_for(invitation)],
        "run": [run.pk],
        "place": ["middlesbrough"],
        "index": [IndexFactory().slug],
        "code": ["E08000019"],
        "section": ["places"],
        "page": ["guidance/"],
    }
    return World(users, arguments)


def client_of(user: User | None) -> Client:
    client = Client(raise_request_exception=True)
    return sign_in(client, User.objects.get(pk=user.pk)) if user else client
