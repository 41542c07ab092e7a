"""A report of any public page: by anyone, of a page that is there and that they may read."""

from __future__ import annotations

import pytest
from django.core import mail
from django.core.cache import cache

from accounts.models import User
from notifications.kinds import kinds
from notifications.models import Notice
from reports.domain.alerting import who_is_alerted
from reports.models import PageReport
from reports.templatetags.reports_tags import report_address
from tests.factories.accounts import (
    AdministratorFactory,
    ModeratorFactory,
    SafeguardingContactFactory,
    UserFactory,
    sign_in,
)
from tests.factories.initiatives import InitiativeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_limit_reached():
    cache.clear()


def test_a_visitor_reports_a_page_from_its_foot_and_may_leave_an_address(client):
    page = InitiativeFactory(title="Ready for <b>Year 7</b>").get_absolute_url()
    address = f"/report/?page={page.replace('/', '%2F')}"
    assert f'href="{address}"' in client.get(page).content.decode()
    form = client.get(address).content.decode()
    assert "Ready for &lt;b&gt;Year 7&lt;/b&gt;" in form and "999" in form and "<b>Year" not in form
    fields = {"page": page, "reason": "outdated", "note": "It ended.", "email": "ann@people.example"}
    assert client.post("/report/", {**fields, "reason": ""}).status_code == 422
    answer = client.post("/report/", fields, follow=True)
    assert answer.redirect_chain == [(page, 302)]
    assert "A moderator will look at it" in answer.content.decode()
    made = PageReport.objects.get()
    assert (made.path, made.title, made.email) == (page, "Ready for <b>Year 7</b>", "ann@people.example")


def test_who_is_signed_in_is_asked_for_no_address_and_adds_words_to_what_waits(client):
    reader, page = UserFactory(), InitiativeFactory().get_absolute_url()
    sign_in(client, reader)
    assert 'name="email"' not in client.get("/report/", {"page": page}).content.decode()
    for reason, note in (("spam", "An advert."), ("spam", "An advert."), ("spam", "Again."), ("private", "A name.")):
        client.post("/report/", {"page": page, "reason": reason, "note": note, "email": "no@people.example"})
    made = PageReport.objects.order_by("pk").values_list("reporter", "reason", "note", "email")
    assert list(made) == [
        (reader.pk, "spam", "An advert.\n\nAgain.", ""),
        (reader.pk, "private", "A name.", ""),
    ]
    for letter in "abcd":
        answer = client.post("/report/", {"page": page, "reason": "spam", "note": letter * 1000})
    assert answer.status_code == 422 and "d" * 1000 in answer.content.decode()
    assert "A moderator reads that first" in answer.content.decode()


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("https://elsewhere.example/initiatives/", "not on this site"),
        ("//elsewhere.example/initiatives/", "not on this site"),
        ("javascript:alert(1)", "not on this site"),
        ("http://[", "no address"),
        ("/nowhere/", "There is no such page"),
        ("/initiatives/nowhere/", "There is no such page"),
        ("/moderation/", "There is no such page"),
        ("/healthz", "There is no such page"),
        ("/places/suggest/", "There is no such page"),
        ("/\\elsewhere.example/", "no page that can be reported"),
        ("/accounts/login/", "no page that can be reported"),
        ("/report/", "no page that can be reported"),
        ("initiatives", "no page that can be reported"),
        ("/" + "x" * 600, "no page that can be reported"),
        ("/search/\0<script>", "There is no such page"),
    ],
)
def test_an_address_that_is_no_page_of_ours_gets_a_sentence_and_keeps_what_was_typed(client, address, sentence):
    for answer in (
        client.get("/report/", {"page": address}),
        client.post("/report/", {"page": address, "reason": "wrong", "note": "Kept <i>words</i>"}),
    ):
        page = answer.content.decode()
        assert answer.status_code == 422 and sentence in page and "<script>" not in page
        assert 'name="page"' in page and 'type="hidden" name="page"' not in page
    assert "Kept &lt;i&gt;words&lt;/i&gt;" in page
    assert not PageReport.objects.exists()


def test_a_whole_address_of_this_site_is_understood_and_its_question_forgotten(client):
    page = InitiativeFactory().get_absolute_url()
    for typed in (f"http://testserver{page}?q=my+own+words#part", page.rstrip("/")):
        assert f'value="{page}"' in client.get("/report/", {"page": typed}).content.decode()
    assert 'name="page"' in client.get("/report/").content.decode()


def test_what_somebody_may_not_read_they_cannot_report(client):
    hidden = InitiativeFactory(title="Not for all", live=False)
    address, fields = hidden.get_absolute_url(), {"page": hidden.get_absolute_url(), "reason": "wrong"}
    answer = client.post("/report/", fields)
    assert answer.status_code == 422 and "Not for all" not in answer.content.decode()
    sign_in(client, ModeratorFactory(), second_factor=True)
    assert "Not for all" in client.get("/report/", {"page": address}).content.decode()


def test_a_flood_of_reports_is_told_to_wait_and_one_page_takes_so_many(client):
    page = InitiativeFactory().get_absolute_url()
    fields = {"page": page, "reason": "spam"}
    answers = [client.post("/report/", fields).status_code for _number in range(12)]
    assert answers[:10] == [302] * 10 and answers[-1] == 429
    for _number in range(2):
        cache.clear()
        for _one in range(8):
            client.post("/report/", fields)
    assert PageReport.objects.count() == 20
    cache.clear()
    client.post("/report/", {**fields, "reason": "safeguarding"})
    assert PageReport.objects.count() == 21


def test_looking_at_a_page_to_report_it_leaves_the_readers_own_messages_and_asks_nothing_for_the_link(
    client, rf, django_assert_num_queries
):
    page = InitiativeFactory().get_absolute_url()
    with django_assert_num_queries(0):
        assert report_address({"request": rf.get(page)}) == f"/report/?page={page.replace('/', '%2F')}"
        assert report_address({"request": rf.get("/accounts/login/")}) == report_address({}) == ""
    client.post("/report/", {"page": page, "reason": "wrong"})  # leaves a message that nobody has read yet
    client.get("/report/", {"page": "/nowhere/"})
    client.post("/report/", {"page": page, "reason": "spam"})
    assert client.get(page).content.decode().count("A moderator will look at it") == 1


def test_a_worry_about_a_child_is_told_at_once_to_who_is_named_and_the_mail_says_only_where_to_look(
    client, django_capture_on_commit_callbacks
):
    named, moderator = SafeguardingContactFactory(), ModeratorFactory()
    page = InitiativeFactory(title="Boxing on Fridays").get_absolute_url()
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/report/", {"page": page, "reason": "safeguarding", "note": "Sam is nine."})
    made = PageReport.objects.get()
    (letter,) = mail.outbox
    assert letter.to == [named.email] and f"/reports/{made.pk}/" in letter.body
    assert not [word for word in ("Sam", "Boxing", page) if word in letter.body + letter.subject]
    assert Notice.objects.get(user=named).path == f"/reports/{made.pk}/"
    assert not Notice.objects.filter(user=moderator).exists()
    assert "safeguarding" not in {kind.name for kind in kinds()}, "somebody could wish it away"
    User.objects.filter(pk=named.pk).update(failing_email=named.email)
    assert who_is_alerted() == [named, moderator]  # e-mail to the only one who is named comes back
    named.groups.clear()
    assert who_is_alerted() == [moderator]
    moderator.groups.clear()
    administrator = AdministratorFactory()
    assert who_is_alerted() == [administrator]


def test_words_added_to_a_worry_about_a_child_are_told_at_once_too(client, django_capture_on_commit_callbacks):
    SafeguardingContactFactory()
    sign_in(client, UserFactory())
    page = InitiativeFactory().get_absolute_url()
    for note in ("Sam is nine.", "Sam is nine.", "He was there again today."):
        with django_capture_on_commit_callbacks(execute=True):
            client.post("/report/", {"page": page, "reason": "safeguarding", "note": note})
    assert len(mail.outbox) == 2
