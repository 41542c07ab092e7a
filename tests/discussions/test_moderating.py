"""Reports, and what moderators decide: told to whom it concerns, written down, gone from pages at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from discussions.about import of_place
from discussions.domain.errors import DiscussionError, Muted, NotAllowed
from discussions.domain.moderating import Decision, Meanwhile, decide, lift, mute, state_of
from discussions.domain.posting import edit_post, remove_post
from discussions.domain.reporting import report_post
from discussions.live import announcing
from discussions.models import Attachment, Post, Report, Visibility, Warning
from discussions.permissions import can_post, mutings_of
from notifications.models import Message, Notice
from places.models import Place
from places.queries import gazetteer
from tests.factories.accounts import ModeratorFactory, UserFactory, sign_in
from tests.factories.discussions import MutingFactory, member, new_member, post_in, thread_by
from tests.factories.files import ready_file
from tests.factories.initiatives import CARDIFF, MIDDLESBROUGH
from tests.factories.organisations import OrganisationFactory

pytestmark = pytest.mark.django_db


def page_of(user, address):
    response = (sign_in(Client(), user) if user else Client()).get(address)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def decided(about, moderator, **decision):
    decide(about, Decision(**decision), user=moderator, state=state_of(about))
    about.refresh_from_db()


def again(user):
    return type(user).objects.get(pk=user.pk)


def test_a_report_is_made_once_and_a_visitor_may_make_one():
    post, reader = post_in(thread_by()), member()
    first = report_post(post, user=reader, reason="spam", note="The third today.")
    assert report_post(post, user=reader, reason="abuse").pk == first.pk
    report_post(post, user=None, reason="private")
    report_post(post, user=None, reason="private")
    assert Report.objects.filter(post=post).count() == 3
    with pytest.raises(DiscussionError, match="Choose"):
        report_post(post, user=reader, reason="rubbish")
    secret = post_in(thread_by(visibility=Visibility.MEMBERS))
    with pytest.raises(NotAllowed):
        report_post(secret, user=None, reason="spam")


def test_a_worry_about_a_child_comes_first_and_is_mailed_at_once(django_capture_on_commit_callbacks):
    moderator = ModeratorFactory()
    ordinary, urgent = post_in(thread_by(title="Adverts")), post_in(thread_by(title="Worry"))
    with django_capture_on_commit_callbacks(execute=True):
        report_post(ordinary, user=member(), reason="spam")
        assert not mail.outbox
        report_post(urgent, user=member(), reason="safeguarding", note="Names a child.")
    assert [message.to for message in mail.outbox] == [[moderator.email]]
    assert f"/discussions/care/{urgent.pk}/" in mail.outbox[0].body
    assert "Names a child" not in mail.outbox[0].body and urgent.text not in mail.outbox[0].body
    page = page_of(moderator, "/reports/")
    assert page.index(">Worry<") < page.index(">Adverts<")


def test_a_report_form_says_whom_to_call_and_reports():
    post = post_in(thread_by())
    client = Client()
    assert "999" in client.get(f"/discussions/posts/{post.pk}/report/").content.decode()
    assert client.post(f"/discussions/posts/{post.pk}/report/", {}).status_code == 422
    answer = client.post(f"/discussions/posts/{post.pk}/report/", {"reason": "wrong", "note": "No."}, follow=True)
    assert "A moderator will look at it" in answer.content.decode()
    assert Report.objects.get().note == "No."


def test_what_is_taken_away_is_gone_everywhere_and_can_be_put_back(monkeypatch):
    told = []
    monkeypatch.setattr(announcing, "send", lambda group, **message: told.append(message))
    author, moderator, reporter = member(), ModeratorFactory(), member()
    post = post_in(thread_by(), author, text="Unkind words.", files=[ready_file("plan.png")])
    answer = post_in(post.thread, answers=post)
    report_post(post, user=reporter, reason="abuse")
    decided(post, moderator, post="hide", reason="It insults.")
    for person in (None, author):
        page = page_of(person, post.thread.get_absolute_url())
        assert "Unkind words." not in page and "removed by a moderator" in page
    entries = Client().get(f"/discussions/{post.thread_id}/entries/?after=0").content.decode()
    assert "Unkind" not in entries
    file = Attachment.objects.get(post=post)
    assert Client().get(f"/discussions/files/{file.token}/{file.name}").status_code == 404
    answer.refresh_from_db()
    assert answer.changed > post.changed
    assert "It insults." in Message.objects.get(user=author).body
    assert "looked at" in Notice.objects.get(user=reporter).title
    assert not Report.objects.filter(decided_at=None).exists()
    decided(post, moderator, post="restore")
    assert "Unkind words." in page_of(None, post.thread.get_absolute_url())
    assert "plan.png" in page_of(None, post.thread.get_absolute_url())


def test_what_its_author_took_back_stays_theirs():
    author, moderator = member(), ModeratorFactory()
    post = post_in(thread_by(), author)
    remove_post(post, user=author)
    post.refresh_from_db()
    with pytest.raises(DiscussionError):
        decide(post, Decision("restore"), user=moderator, state=state_of(post))


def test_the_second_moderator_is_told_what_the_first_decided():
    first, second = ModeratorFactory(), ModeratorFactory()
    post = post_in(thread_by())
    report_post(post, user=member(), reason="spam")
    seen = state_of(post)
    decide(post, Decision("keep"), user=first, state=seen)
    with pytest.raises(Meanwhile):
        decide(post, Decision("hide", reason="x"), user=second, state=seen)
    client = sign_in(Client(), second)
    fields = {"state": seen, "post": "hide", "person": "", "reason": "x"}
    answer = client.post(f"/discussions/care/{post.pk}/", fields, follow=True)
    assert "Meanwhile" in answer.content.decode() and str(first) in answer.content.decode()
    assert not Post.objects.get(pk=post.pk).is_removed
    current = state_of(post)
    edit_post(post, user=post.author, text="Other words.")
    assert state_of(Post.objects.get(pk=post.pk)) != current


@pytest.mark.parametrize("decision", [{"post": "hide"}, {"post": "keep", "person": "warn"}])
def test_whoever_is_concerned_is_told_why(decision):
    post = post_in(thread_by())
    with pytest.raises(DiscussionError, match="Say why"):
        decided(post, ModeratorFactory(), **decision)
    assert not Post.objects.get(pk=post.pk).is_removed


def test_a_warning_is_kept_told_and_seen_the_next_time():
    author, moderator = member(), ModeratorFactory()
    post = post_in(thread_by(), author)
    decided(post, moderator, post="keep", person="warn", reason="Mind the children who read along.")
    assert Warning.objects.get(user=author).post == post
    assert "Mind the children" in page_of(moderator, f"/discussions/care/{post.pk}/")
    assert "mind how you write" in Notice.objects.get(user=author).title


def test_who_is_muted_in_a_place_reads_there_and_writes_elsewhere():
    person, moderator = member(), ModeratorFactory()
    here = thread_by(subject=of_place(gazetteer()[MIDDLESBROUGH]))
    there = thread_by(subject=of_place(gazetteer()[CARDIFF]))
    region = Place.objects.get(slug="north-east")
    mute(person, by=moderator, reason="Adverts.", place=region, until=timezone.now() + timedelta(days=1))
    person = again(person)
    with pytest.raises(Muted, match="Adverts"):
        post_in(here, person)
    assert post_in(there, person).number == 2
    page = page_of(person, here.get_absolute_url())
    assert "You read along for now" in page and "Adverts." in page and "Post</button>" not in page


def test_a_muting_everywhere_ends_by_itself_or_when_it_is_lifted():
    moderator = ModeratorFactory()
    over = MutingFactory(user=member(), until=timezone.now() - timedelta(seconds=1))
    assert mutings_of(over.user) == ()
    person = member()
    muting = mute(person, by=moderator, reason="Adverts.")
    thread = thread_by()
    assert not can_post(again(person), thread)
    sign_in(Client(), moderator).post(f"/discussions/care/lift/{muting.pk}/")
    assert can_post(again(person), thread)
    lift(muting, user=moderator)
    assert Notice.objects.filter(user=person).count() == 2


def test_moderators_are_muted_by_nobody_and_nobody_else_mutes():
    person, moderator = member(), ModeratorFactory()
    for by, whom in ((person, member()), (moderator, ModeratorFactory())):
        with pytest.raises(NotAllowed):
            mute(whom, by=by, reason="x")
    with pytest.raises(DiscussionError, match="ahead"):
        mute(person, by=moderator, reason="x", until=timezone.now())


def test_the_whole_decision_is_one_form():
    author, moderator = member(), ModeratorFactory()
    post = post_in(thread_by(subject=of_place(gazetteer()[MIDDLESBROUGH])), author)
    report_post(post, user=member(), reason="spam")
    fields = {
        **{"state": state_of(post), "post": "hide", "person": "mute", "where": MIDDLESBROUGH, "days": "7"},
        **{"thread": "close", "reason": "Adverts again."},
    }
    client = sign_in(Client(), moderator)
    assert client.post(f"/discussions/care/{post.pk}/", {**fields, "post": "rubbish"}).status_code == 422
    assert client.post(f"/discussions/care/{post.pk}/", {**fields, "reason": ""}).status_code == 422
    assert client.post(f"/discussions/care/{post.pk}/", fields).status_code == 302
    post.refresh_from_db()
    post.thread.refresh_from_db()
    (muting,) = mutings_of(again(author))
    assert post.is_removed and post.thread.is_closed
    assert muting.place_id == MIDDLESBROUGH and 6 < (muting.until - timezone.now()).days + 1 <= 7
    assert "Adverts again." in page_of(moderator, "/reports/")
    done = set(ModelLogEntry.objects.values_list("action", flat=True))
    assert {"discussions.report", "discussions.remove", "discussions.mute", "discussions.close"} <= done


def test_a_whole_discussion_is_hidden_and_shown_again():
    moderator = ModeratorFactory()
    post = post_in(thread_by(title="Cheap things"))
    decided(post, moderator, post="keep", thread="hide")
    address = post.thread.get_absolute_url()
    assert Client().get(address).status_code == sign_in(Client(), member()).get(address).status_code == 404
    assert "Cheap things" not in page_of(None, "/discussions/")
    assert "Show it again" in page_of(moderator, f"/discussions/care/{post.pk}/")
    decided(post, moderator, post="keep", thread="show")
    assert "Cheap things" in page_of(None, address)


def test_what_is_said_among_named_organisations_is_read_by_a_moderator_once_it_is_reported():
    named = OrganisationFactory()
    party, moderator = member(of=named), ModeratorFactory()
    thread = thread_by(party, visibility=Visibility.ORGANISATIONS, organisations=(named,), text="Between us.")
    post = post_in(thread, party, text="Unkind words.")
    client = sign_in(Client(), moderator)
    assert client.get(f"/discussions/care/{post.pk}/").status_code == 404
    report_post(post, user=party, reason="abuse")
    page = client.get(f"/discussions/care/{post.pk}/").content.decode()
    assert "Unkind words." in page and "Between us." not in page


@pytest.mark.parametrize("rows", [1, 30])
def test_the_queue_asks_as_much_at_one_as_at_thirty(rows, django_assert_max_num_queries):
    moderator = ModeratorFactory()
    for number in range(rows):
        report_post(post_in(thread_by()), user=None, reason="spam")
        post_in(thread_by(), new_member(), text=f"https://cheap.example/{number}")
        MutingFactory(user=UserFactory())
    client = sign_in(Client(), moderator)
    client.get("/reports/")
    with django_assert_max_num_queries(20):
        client.get("/reports/")
