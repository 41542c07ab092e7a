"""Closing an account: what somebody wrote stays, and nothing tells any more who they were."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from accounts import leaving
from accounts.domain.closing import close_account, said_before
from accounts.leaving import CannotClose
from accounts.models import Coordination, User
from discussions.domain.posting import edit_post
from discussions.domain.spreading import tell_new_posts
from discussions.live.frames import post_frame
from discussions.live.visiting import person_of
from discussions.models import Mention, Post, PostVersion
from initiatives.domain.asking import LinkRefused, answer_token, read_question
from initiatives.domain.merging import merge_initiatives
from initiatives.models import Asking, Initiative
from notifications.bounces.reading import read_report
from notifications.domain.bouncing import take_report
from notifications.models import Message, Notice
from organisations.domain.inviting import accept_invitation, invite_member
from organisations.domain.inviting import token_for as invitation_token
from organisations.domain.joining import ask_to_join
from organisations.domain.merging import merge_organisations
from organisations.models import Claim, Evidence, Invitation, Membership, Role
from organisations.permissions import can_claim
from partnerships.domain.feeding import new_address
from places.models import Place
from search.models import SavedSearch
from tests.factories.accounts import AdministratorFactory, ModeratorFactory, UserFactory, just_signed_in, sign_in
from tests.factories.bounces import report, sent_to
from tests.factories.discussions import member, post_in, thread_by
from tests.factories.initiatives import InitiativeFactory, draft_of
from tests.factories.organisations import MembershipFactory, OrganisationFactory
from tests.factories.overlaps import JudgementFactory
from tests.factories.partnerships import party, proposed
from tests.factories.search import SavedSearchFactory

pytestmark = pytest.mark.django_db
LEFT = "Someone who has left"
ANN = "ann@people.example"


def ann(**columns: Any) -> User:
    return member(name="Ann Lee", email=ANN, **columns)


def closed(user: User) -> User:
    close_account(User.objects.get(pk=user.pk))
    return User.objects.get(pk=user.pk)


def test_whoever_types_the_words_is_gone_and_their_address_is_free(client: Client, django_capture_on_commit_callbacks):
    user = UserFactory(name="Ann Lee", email=ANN, password="a plain phrase of words", with_factor=True)
    Message.objects.create(user=user, address=ANN, kind="test", subject="s", body="b", sent_at=timezone.now())
    other = Client()
    sign_in(other, user)
    just_signed_in(client, user)
    assert client.get("/account/close/").status_code == 200
    wrong = client.post("/account/close/", {"word": "yes please"})
    assert wrong.status_code == 422 and "yes please" in wrong.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post("/account/close/", {"word": "“Close my account”"}).url == "/account/closed/"
    for session in (client, other):
        assert session.get("/account/").url.startswith("/accounts/login/")
    gone = User.objects.get(pk=user.pk)
    assert (gone.is_active, gone.name, str(gone), gone.get_short_name()) == (False, "", LEFT, LEFT)
    assert not gone.has_usable_password() and gone.last_login is None
    for model in (EmailAddress, Authenticator, UserSession):
        assert not model.objects.filter(user=user).exists()
    assert [message.to for message in mail.outbox] == [[ANN]]
    assert not Message.objects.exists()  # neither what they were sent, nor the last
    assert not UserFactory(name="Somebody new", email=ANN).is_closed


def test_closed_twice_it_is_closed_once() -> None:
    user = UserFactory()
    first = closed(user).closed_at
    assert closed(user).closed_at == first and Message.objects.count() == 1


def test_an_old_session_shows_first_who_it_is(client: Client) -> None:
    by_code, by_password = UserFactory(), UserFactory(password="a plain phrase of words")
    for page in ("/account/close/", "/account/data/"):
        sign_in(client, by_code)
        asked = client.post(page, {"word": "close my account"}).content.decode()
        assert "Sign in again" in asked
        sign_in(client, by_password)
        assert client.post(page, {"word": "close my account"}).url.startswith("/accounts/reauthenticate/")
    sign_in(client, by_code)
    assert "next=%2Faccount%2Fdata%2F" in client.post("/account/again/", {"next": "/account/data/"}).url
    sign_in(client, by_code)
    assert "evil" not in client.post("/account/again/", {"next": "https://evil.example/"}).url
    assert not User.objects.exclude(closed_at=None).exists()


def test_posts_stay_and_name_nobody_nor_do_mentions_edits_lines_frames_and_copies(client: Client) -> None:
    user, other = ann(), member(name="Bob")
    thread = thread_by(user, title="Who meets Year 7s?", text="We do, on Tuesdays.")
    reply = post_in(thread, other, "Thanks @Ann Lee, and @Ann Leeds too. `@Ann Lee`")
    post_in(thread, user, "@Bob, come along.", answers=reply)
    edited = post_in(thread, other, "Ask @Ann Lee first.")
    edit_post(edited, user=other, text="Ask anybody first.")
    tell_new_posts()
    Message.objects.create(address="bob@people.example", kind="x", subject="Ann Lee", body="By Ann Lee. Joann Leeson")
    assert "Ann Lee" in post_frame(
        Post.objects.select_related("author", "answers").get(thread=thread, number=3), "en-gb"
    )
    assert Notice.objects.filter(user=other, title__startswith="Ann Lee").exists()
    closed(user)
    page = client.get(thread.get_absolute_url()).content.decode()
    assert page.count(LEFT) >= 3 and "Ann Lee" not in page.replace("Ann Leeds", "")
    assert f'data-person="{user.pk}"' not in page
    frame = post_frame(Post.objects.select_related("author", "answers").get(thread=thread, number=3), "en-gb")
    assert LEFT in frame and "Ann Lee" not in frame.replace("Ann Leeds", "")
    reply.refresh_from_db()
    assert reply.text.startswith(f"Thanks @{LEFT}, and @Ann Leeds too.")
    assert PostVersion.objects.get(post=edited).text == f"Ask @{LEFT} first."
    assert not Mention.objects.filter(user=user).exists()
    assert [title for title in Notice.objects.values_list("title", flat=True) if "Ann Lee" in title] == []
    copy = Message.objects.get(address="bob@people.example")
    assert (copy.subject, copy.body) == (LEFT, f"By {LEFT}. Joann Leeson")
    found = client.get(reverse("search-posts"), {"q": "Tuesdays"}).content.decode()
    assert "Tuesdays" in found and "Ann Lee" not in found


def test_a_post_that_waits_for_a_moderator_waits_no_more() -> None:
    user = ann(date_joined=timezone.now())
    thread = thread_by(member())
    post = post_in(thread, user, "Look at https://elsewhere.example/")
    assert post.is_waiting
    closed(user)
    post.refresh_from_db()
    assert post.is_removed


def test_the_only_owner_hands_over_first_where_others_belong(client: Client) -> None:
    mine = MembershipFactory(role=Role.OWNER)
    other = MembershipFactory(organisation=mine.organisation, role=Role.EDITOR)
    with pytest.raises(CannotClose, match="only owner"):
        closed(mine.user)
    page = just_signed_in(client, mine.user).get("/account/close/").content.decode()
    assert reverse("organisation-people", args=[mine.organisation.slug]) in page
    assert 'name="word"' not in page
    refused = client.post("/account/close/", {"word": "close my account"})
    assert refused.status_code == 422 and "only owner" in refused.content.decode()
    other.role = Role.OWNER
    other.save()
    assert closed(mine.user).is_closed
    assert list(Membership.objects.filter(organisation=mine.organisation)) == [other]


def test_of_whom_nobody_is_left_it_can_be_claimed_and_its_badge_is_gone() -> None:
    mine = MembershipFactory(role=Role.OWNER, organisation=OrganisationFactory(is_public=True))
    Claim.objects.create(
        organisation=mine.organisation,
        user=mine.user,
        accepted=True,
        answered_at=timezone.now(),
        evidence=Evidence.NOTE,
        message="I am its head, 0161 496 0000",
    )
    draft = draft_of(mine.user, mine.organisation, title="Nobody saw it")
    live = InitiativeFactory(lead_organisation=mine.organisation, created_by=mine.user)
    assert "Nobody else belongs" in said_before(mine.user)[0].text
    closed(mine.user)
    claim = Claim.objects.get()
    assert claim.lapsed_at is not None and claim.message == ""
    assert can_claim(UserFactory(), mine.organisation)
    assert list(Initiative.objects.values_list("pk", flat=True)) == [live.pk]
    assert not Initiative.objects.filter(pk=draft.pk).exists()


def test_a_draft_that_others_can_go_on_with_stays() -> None:
    mine = MembershipFactory(role=Role.EDITOR)
    MembershipFactory(organisation=mine.organisation, role=Role.OWNER)
    draft = draft_of(mine.user, mine.organisation, title="Half done")
    closed(mine.user)
    assert str(Initiative.objects.get(pk=draft.pk).created_by) == LEFT


def test_the_only_administrator_stays_and_one_of_two_may_go() -> None:
    only = AdministratorFactory()
    with pytest.raises(CannotClose, match="only administrator"):
        closed(only)
    AdministratorFactory()
    gone = closed(only)
    assert (gone.is_superuser, gone.is_staff) == (False, False)


def test_whoever_is_asked_to_agree_is_told_before() -> None:
    one, other = party(), party()
    proposed(one, other)
    assert [said.hinders for said in said_before(other[1])] == [False, False]
    assert "waits for the answer" in " ".join(said.text for said in said_before(other[1]))
    assert "waits for the answer" not in " ".join(said.text for said in said_before(one[1]))


def test_what_is_theirs_alone_goes_and_links_that_they_have_lead_nowhere(client: Client) -> None:
    user = ann()
    organisation = Membership.objects.get(user=user).organisation
    MembershipFactory(organisation=organisation, role=Role.OWNER)
    SavedSearchFactory(owner=user)
    calendar = reverse("partnerships-feed", args=[new_address(user)])
    asking = Asking.objects.create(
        initiative=InitiativeFactory(lead_organisation=organisation), began_at=timezone.now(), last_at=timezone.now()
    )
    still = answer_token(asking, user)
    assert client.get(calendar).status_code == 200 and read_question(still).waits
    closed(user)
    assert client.get(calendar).status_code == 404
    with pytest.raises(LinkRefused):
        read_question(still)
    assert not SavedSearch.objects.exists() and not Notice.objects.filter(user=user).exists()


def test_requests_invitations_and_the_record_lose_the_name() -> None:
    user = ann()
    owner = MembershipFactory(role=Role.OWNER)
    ask_to_join(owner.organisation, user=user, message="I am Ann Lee of 4 Mill Lane")
    invited = invite_member(owner.organisation, user=owner.user, email=ANN)
    accept_invitation(invitation_token(invited), user=user)
    invite_member(OrganisationFactory(), user=AdministratorFactory(), email=ANN)
    assert Notice.objects.filter(user=owner.user, title__contains="Ann Lee").exists()
    assert ModelLogEntry.objects.filter(data__who__in=["Ann Lee", ANN]).exists()
    closed(user)
    assert Invitation.objects.get().email.endswith("@closed.invalid")
    assert not ModelLogEntry.objects.filter(data__who__in=["Ann Lee", ANN]).exists()
    assert not ModelLogEntry.objects.filter(label__contains="Ann Lee").exists()
    assert not Notice.objects.filter(title__contains="Ann Lee").exists()
    assert not Message.objects.filter(body__contains="Ann Lee").exists()


def test_copies_of_mails_lose_the_address_and_what_was_said_with_it_and_nobody_elses() -> None:
    user = ann()
    owner = MembershipFactory(role=Role.OWNER)
    ask_to_join(owner.organisation, user=user, message="I am Ann Lee of 4 Mill Lane.\n\nI teach music.")
    copy = Message.objects.get(user=owner.user)
    assert f"({ANN})" in copy.body and "4 Mill Lane" in copy.body
    Message.objects.filter(pk=copy.pk).update(body=f"{copy.body} Ask joann@people.example, or {ANN}.")
    closed(user)
    copy.refresh_from_db()
    assert f" {ANN}" not in copy.body and f"({ANN}" not in copy.body
    assert "Mill Lane" not in copy.body and "music" not in copy.body and "Accept or decline" in copy.body
    assert "joann@people.example" in copy.body and f"({LEFT})" in copy.body


def test_lines_that_e_mail_to_them_comes_back_lose_the_name_after_a_merge_too(
    django_capture_on_commit_callbacks,
) -> None:
    user = ann()
    organisation = Membership.objects.get(user=user).organisation
    Membership.objects.filter(user=user).update(role=Role.EDITOR)
    other = MembershipFactory(organisation=organisation, role=Role.OWNER)
    now = timezone.now()
    Asking.objects.create(initiative=InitiativeFactory(lead_organisation=organisation), began_at=now, last_at=now)
    with django_capture_on_commit_callbacks(execute=True):
        take_report(read_report(report(ANN, about=sent_to(ANN))))
    line = Notice.objects.get(user=other.user)
    assert line.title == "We cannot reach Ann Lee"
    before = MembershipFactory(role=Role.OWNER).organisation
    ask_to_join(before, user=user, message="")
    merge_organisations(organisation, before, user=ModeratorFactory())
    assert Notice.objects.filter(title__startswith="Ann Lee asks").exists()
    closed(user)
    assert [title for title in Notice.objects.values_list("title", flat=True) if "Ann Lee" in title] == []
    line.refresh_from_db()
    assert line.title == f"We cannot reach {LEFT}"


def test_the_administrations_log_and_judgements_that_lapsed_before_name_them_no_more(client: Client) -> None:
    user, other = UserFactory(name="Ann Lee", email=ANN), UserFactory(name="Ann Leeds")
    administrator = AdministratorFactory()
    for person in (user, other):
        office = Coordination.objects.create(user=person, place=Place.objects.first())
        for thing in (office, EmailAddress.objects.get(user=person)):
            LogEntry.objects.log_actions(administrator.pk, [thing], 3)
    judged = JudgementFactory(user=user, counts=False)
    log(instance=judged, action="overlaps.lapse", data={"who": "Ann Lee", "verdict": judged.verdict})
    closed(user)
    named = list(LogEntry.objects.order_by("pk").values_list("object_repr", flat=True))
    assert named[:2] == [LEFT, LEFT] and named[2].startswith("Ann Leeds · ") and named[3] == other.email
    assert ModelLogEntry.objects.get(action="overlaps.lapse").data == {"who": LEFT, "verdict": judged.verdict}


def test_an_address_that_nobody_confirmed_is_not_theirs_to_take_away() -> None:
    user = UserFactory()
    EmailAddress.objects.create(user=user, email="bob@people.example", verified=False)
    invited = invite_member(OrganisationFactory(), user=AdministratorFactory(), email="bob@people.example")
    closed(user)
    assert Invitation.objects.get().pk == invited.pk
    assert Message.objects.filter(address="bob@people.example").exists()


def test_a_draft_that_is_part_of_another_stays_for_its_address_leads_there() -> None:
    mine = MembershipFactory(role=Role.OWNER)
    draft = draft_of(mine.user, mine.organisation, title="Entered twice")
    merge_initiatives(InitiativeFactory(), draft, user=ModeratorFactory())
    closed(mine.user)
    assert Initiative.objects.filter(pk=draft.pk).exists()


def test_what_one_room_cannot_close_leaves_all_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    user = ann()

    def fail(_leaving: leaving.Leaving) -> None:
        raise RuntimeError

    monkeypatch.setitem(leaving._closers, "last", leaving.Closer("last", fail))
    with pytest.raises(RuntimeError):
        closed(user)
    user.refresh_from_db()
    assert (user.name, user.is_active, user.is_closed) == ("Ann Lee", True, False)
    assert Membership.objects.filter(user=user).exists() and EmailAddress.objects.filter(user=user).exists()


def test_sockets_of_whoever_left_are_nobodys(
    client: Client, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks
) -> None:
    user, asked = ann(), []
    sign_in(client, user)
    key = client.session.session_key
    assert person_of(key).pk == user.pk
    monkeypatch.setattr("discussions.domain.parting.ask_again_who_may_read", asked.append)
    with django_capture_on_commit_callbacks(execute=True):
        closed(user)
    assert asked == [user.pk] and person_of(key).pk is None


def test_administrators_see_that_it_is_closed_and_cannot_open_it_again(client: Client) -> None:
    gone = closed(UserFactory(name="Ann Lee"))
    sign_in(client, AdministratorFactory())
    assert f"closed-{gone.pk}@closed.invalid" in client.get("/django-admin/accounts/user/").content.decode()
    page = f"/django-admin/accounts/user/{gone.pk}/change/"
    assert client.get(page).status_code == 200
    assert client.post(page, {"email": ANN, "is_active": "on"}).status_code == 403
    data = {"email": ANN, "name": "Ann", "is_active": "on"}
    assert "cannot be opened again" in client.post(f"/cms/users/edit/{gone.pk}/", data).content.decode()
    assert not User.objects.get(pk=gone.pk).is_active
