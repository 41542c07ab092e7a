"""Thanks, removal or reply: once, told to whoever it concerns, by who may."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from accounts.domain.closing import close_account
from discussions.about import of_place
from discussions.domain.reporting import report_post
from initiatives.domain.errors import InitiativeError
from initiatives.domain.moderating import withdraw_initiative
from initiatives.domain.submitting import submit_initiative
from initiatives.models import Initiative, ReachedPlace
from initiatives.queries.states import queue as waiting
from notifications.models import Message, Notice
from organisations.models import Role
from places.queries import gazetteer
from reports.domain.deciding import Decision, decide
from reports.domain.errors import AlreadyDecided, NotAllowed, ReportError
from reports.domain.reporting import ReportedPage, report_page
from reports.models import PageReport
from tests.factories.accounts import ModeratorFactory, SafeguardingContactFactory, UserFactory, sign_in
from tests.factories.discussions import member, post_in, thread_by
from tests.factories.initiatives import MIDDLESBROUGH, InitiativeFactory
from tests.factories.organisations import MembershipFactory, OrganisationFactory
from tests.factories.together import at_once

pytestmark = pytest.mark.django_db


def reported(path: str = "/places/hull/", *, reason: str = "wrong", **more: object) -> PageReport:
    page = ReportedPage(path, "A <b>page</b>")
    made = report_page(page, **{"user": None, "reason": reason, **more})  # type: ignore[arg-type]
    assert made is not None
    return made


def test_thanks_and_a_reply_are_told_to_who_reported_and_a_visitor_by_e_mail_alone(django_capture_on_commit_callbacks):
    moderator, reader = ModeratorFactory(), UserFactory()
    own = reported(user=reader)
    visitors = reported("/places/leeds/", email="ann@people.example")
    silent = reported("/places/york/")
    with django_capture_on_commit_callbacks(execute=True):
        decide(own, Decision("thanks"), user=moderator)
        decide(visitors, Decision("replied", "It moved to <Mondays>."), user=moderator)
        decide(silent, Decision("thanks", "Noted."), user=moderator)
        decide(reported("/places/bath/", user=reader), Decision("replied", "It is in the library."), user=moderator)
    letters = {letter.to[0]: letter.body for letter in mail.outbox}
    assert Notice.objects.get(path="/places/bath/").detail == "It is in the library."
    assert set(letters) == {reader.email, "ann@people.example"}
    assert any("nothing had to be changed" in letter.body for letter in mail.outbox if letter.to == [reader.email])
    assert (
        "It moved to <Mondays>." in letters["ann@people.example"] and "/places/leeds/" in letters["ann@people.example"]
    )
    assert {(notice.path, notice.user) for notice in Notice.objects.all()} == {
        ("/places/hull/", reader),
        ("/places/bath/", reader),
    }
    actions = list(ModelLogEntry.objects.filter(action__startswith="reports.").values_list("action", flat=True))
    assert sorted(actions) == [*["reports.replied"] * 2, *["reports.report"] * 4, *["reports.thanks"] * 2]


def test_an_initiative_is_withdrawn_and_its_editors_are_told_why_and_may_mend_it():
    owner = MembershipFactory(role=Role.OWNER)
    initiative = InitiativeFactory(lead_organisation=owner.organisation)
    reader, moderator, path = UserFactory(), ModeratorFactory(), initiative.get_absolute_url()
    report, other = reported(path, user=reader), reported(path, reason="spam")
    with pytest.raises(ReportError, match="Say why"):
        decide(report, Decision("removed"), user=moderator)
    assert decide(report, Decision("removed", "It ended.", together=True, seen=other.pk), user=moderator) == 2
    initiative.refresh_from_db()
    assert not initiative.live and not ReachedPlace.objects.filter(initiative=initiative).exists()
    assert Client().get(path).status_code == 404
    assert "It ended." in Message.objects.get(user=owner.user).body
    told = Message.objects.get(user=reader).body
    assert "taken away" in told and "It ended." not in told and path not in told
    submit_initiative(initiative, user=owner.user)
    imported = InitiativeFactory(lead_organisation=owner.organisation, source="A list", source_id="1")
    Initiative.objects.filter(pk=imported.pk).update(latest_revision=None, live_revision=None)
    withdraw_initiative(imported, moderator=moderator, reason="It ended.")
    submit_initiative(imported, user=owner.user)
    assert {one.initiative.pk for one in waiting()} == {initiative.pk, imported.pk}
    with pytest.raises(InitiativeError, match="not public any more"):
        withdraw_initiative(initiative, moderator=moderator, reason="Twice")
    with pytest.raises(InitiativeError):
        withdraw_initiative(initiative, moderator=owner.user, reason="Not mine to do")


def test_a_discussion_is_hidden_and_an_organisation_is_not_taken_away():
    moderator, author = ModeratorFactory(), member()
    thread = thread_by(author)
    decide(reported(thread.get_absolute_url()), Decision("removed", "Adverts."), user=moderator)
    thread.refresh_from_db()
    assert thread.hidden_at and "Adverts." in Message.objects.get(user=author).body
    organisation = OrganisationFactory(is_public=True)
    owner = MembershipFactory(organisation=organisation, role=Role.OWNER, user__name="Ada Reed").user
    report = reported(organisation.get_absolute_url())
    page = sign_in(Client(), moderator).get(f"/reports/{report.pk}/").content.decode()
    assert 'value="removed"' not in page and str(owner) in page and f"{organisation.get_absolute_url()}edit/" in page
    with pytest.raises(ReportError, match="cannot be taken away"):
        decide(report, Decision("removed", "x"), user=moderator)


def test_the_second_moderator_is_told_what_the_first_decided_and_nothing_is_done_twice():
    first, second = ModeratorFactory(name="Mo Field"), ModeratorFactory()
    report = reported(email="ann@people.example")
    client, fields = sign_in(Client(), second), {"outcome": "replied", "words": "Mine.", "seen": report.pk}
    assert client.post(f"/reports/{report.pk}/", {**fields, "words": ""}).status_code == 422
    decide(report, Decision("thanks"), user=first)
    for again in (fields, {**fields, "outcome": "rubbish"}):
        page = client.post(f"/reports/{report.pk}/", again, follow=True).content.decode()
        assert "Mo Field has decided this already" in page and "Decided on" in page and 'name="outcome"' not in page
    assert Message.objects.filter(address="ann@people.example").count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_moment_one_decides():
    report, moderators = reported(email="ann@people.example"), (ModeratorFactory(), ModeratorFactory())
    done = at_once(*(lambda user=user: decide(report, Decision("thanks"), user=user) for user in moderators))
    assert sorted(type(one) for one in done if not isinstance(one, int)) == [AlreadyDecided] and 1 in done
    assert Message.objects.count() == 1


def test_only_what_was_seen_is_decided_together():
    moderator = ModeratorFactory()
    first, second = reported(), reported(reason="spam")
    page = sign_in(Client(), moderator).get(f"/reports/{first.pk}/").content.decode()
    assert "1 other report of this page waits" in page and f'name="seen" value="{second.pk}"' in page
    assert "A &lt;b&gt;page&lt;/b&gt;" in page and "A <b>page" not in page
    later = reported(reason="private")
    assert decide(first, Decision("thanks", together=True, seen=second.pk), user=moderator) == 2
    assert list(PageReport.objects.filter(decided_at=None)) == [later]


def test_who_is_named_and_no_moderator_sees_and_decides_worries_about_a_child_alone():
    named, other = SafeguardingContactFactory(), member()
    initiative = InitiativeFactory()
    worry, spam = reported(initiative.get_absolute_url(), reason="safeguarding"), reported(reason="spam")
    post = post_in(thread_by(subject=of_place(gazetteer()[MIDDLESBROUGH]), title="Worry"), other)
    advert = post_in(thread_by(title="Adverts"))
    report_post(advert, user=None, reason="spam")
    report_post(post, user=None, reason="safeguarding")
    report_post(post, user=None, reason="spam")
    client = sign_in(Client(), named)
    queue = client.get("/reports/").content.decode()
    assert "Worry" in queue and "Adverts" not in queue and f"/reports/{spam.pk}/" not in queue
    seen = [f"/reports/{worry.pk}/", f"/discussions/care/{post.pk}/"]
    unseen = [f"/reports/{spam.pk}/", f"/discussions/care/{advert.pk}/", "/reports/contacts/", "/moderation/"]
    assert [client.get(address).status_code for address in seen] == [200, 200]
    assert {client.get(address).status_code for address in unseen} <= {403, 404}
    with pytest.raises(NotAllowed):
        decide(spam, Decision("thanks"), user=named)
    decide(worry, Decision("removed", "We look into it."), user=named)
    initiative.refresh_from_db()
    assert not initiative.live
    page = client.get(f"/discussions/care/{post.pk}/").content.decode()
    state = page.split('name="state" value="')[1].split('"')[0]
    fields = {"state": state, "post": "keep", "person": "", "thread": "", "reason": ""}
    assert "Stop them from writing" not in page and "Hide it from everyone" not in page
    assert client.post(f"/discussions/care/{post.pk}/", fields).status_code == 302
    assert list(post.reports.filter(decided_at=None).values_list("reason", flat=True)) == ["spam"]


def test_a_visitors_address_and_the_answer_to_it_are_forgotten_after_ninety_days():
    moderator = ModeratorFactory()
    old, new, open_one = (reported(f"/places/{name}/", email=f"{name}@people.example") for name in ("a", "b", "c"))
    for report in (old, new):
        decide(report, Decision("thanks"), user=moderator)
    long_ago = timezone.now() - timedelta(days=91)
    PageReport.objects.filter(pk__in=[old.pk, open_one.pk]).update(made_at=long_ago)
    PageReport.objects.filter(pk=old.pk).update(decided_at=long_ago)
    Message.objects.filter(address="a@people.example").update(created_at=long_ago)
    for _twice in range(2):
        call_command("forget_reporters", verbosity=0)
        kept = PageReport.objects.order_by("path").values_list("email", flat=True)
        assert list(kept) == ["", "b@people.example", "c@people.example"]
    assert list(Message.objects.values_list("address", flat=True)) == ["b@people.example"]


def test_who_closes_their_account_leaves_no_address_behind_and_is_answered_no_more():
    reader, moderator = UserFactory(email="ann@people.example"), ModeratorFactory()
    as_visitor, as_member = reported(email="ann@people.example"), reported(reason="spam", user=reader)
    close_account(reader)
    as_visitor.refresh_from_db()
    assert as_visitor.email == ""
    decide(as_member, Decision("replied", "Thank you.", together=True, seen=as_member.pk), user=moderator)
    assert not Message.objects.filter(kind="report-answer").exists()
    assert "Someone who has left" in sign_in(Client(), moderator).get(f"/reports/{as_member.pk}/").content.decode()
