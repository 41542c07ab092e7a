"""One queue for what was reported anywhere, and who is named for worries about a child."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.permissions import is_safeguarding_contact
from discussions.domain.reporting import report_post
from discussions.models import Report
from notifications.models import Message
from reports.domain.errors import NotAllowed
from reports.domain.naming import name_contact
from reports.domain.reporting import ReportedPage, report_page
from reports.models import PageReport
from tests.factories.accounts import (
    AdministratorFactory,
    ModeratorFactory,
    SafeguardingContactFactory,
    UserFactory,
    sign_in,
)
from tests.factories.discussions import member, new_member, post_in, thread_by

pytestmark = pytest.mark.django_db


def queue_of(user: User) -> str:
    answer = sign_in(Client(), user).get("/reports/")
    assert answer.status_code == 200
    return answer.content.decode()


def reported(title: str, reason: str, *, days: int = 0, **more: object) -> PageReport:
    made = report_page(ReportedPage(f"/{title.lower()}/", title), **{"user": None, "reason": reason, **more})  # type: ignore[arg-type]
    assert made is not None
    PageReport.objects.filter(pk=made.pk).update(made_at=timezone.now() - timedelta(days=days))
    return made


def test_worries_come_first_then_the_oldest_pages_and_posts_in_one_list():
    reader = UserFactory(name="Ann Lee")
    reported("Page-old", "spam", days=3, user=reader, note="It <sells> things.")
    reported("Page-old", "wrong", days=2)
    reported("Page-new", "outdated")
    reported("Page-worry", "safeguarding")
    for title, days, reason in (("Post-old", 2, "abuse"), ("Post-worry", 1, "safeguarding")):
        made = report_post(post_in(thread_by(title=title)), user=member(), reason=reason)
        Report.objects.filter(pk=made.pk).update(made_at=timezone.now() - timedelta(days=days))
    post_in(thread_by(title="First-link"), new_member(), text="https://cheap.example/")
    page = queue_of(ModeratorFactory())
    urgent = ("Worries about a child", "Post-worry", "Page-worry")
    others = ("Everything else", "Page-old", "Post-old", "Page-new", "First posts with links", "First-link")
    places = [page.index(f">{title}") for title in (*urgent, *others)]
    assert places == sorted(places)
    assert '“It &lt;sells&gt; things.” <span class="hint">Ann Lee<' in page
    assert "a visitor" in page and "2 reports" in page
    assert 'href="/page-old/"' in page and "(6)" in page
    moderator = sign_in(Client(), ModeratorFactory())
    assert moderator.get("/discussions/care/")["Location"] == "/reports/"


def test_a_post_that_becomes_a_worry_is_told_as_one():
    named, reader, post = SafeguardingContactFactory(), member(), post_in(thread_by())
    report_post(post, user=reader, reason="spam", note="An advert.")
    report_post(post, user=reader, reason="safeguarding", note="For nine-year-olds.")
    report_post(post, user=reader, reason="safeguarding")
    made = Report.objects.get()
    assert (made.reason, made.note) == ("safeguarding", "An advert.\n\nFor nine-year-olds.")
    assert Message.objects.filter(user=named).count() == 1


def test_administrators_name_people_and_a_banner_says_where_nobody_is():
    administrator, moderator, person = AdministratorFactory(), ModeratorFactory(), UserFactory()
    assert "Ask an administrator" in queue_of(moderator) and "/reports/contacts/" in queue_of(administrator)
    client = sign_in(Client(), administrator)
    unknown = client.post("/reports/contacts/", {"email": "nobody@people.example"})
    assert unknown.status_code == 422 and "Nobody here has this e-mail address" in unknown.content.decode()
    for _twice in range(2):
        client.post("/reports/contacts/", {"email": person.email.upper()})
    assert is_safeguarding_contact(User.objects.get(pk=person.pk))
    assert Message.objects.filter(user=person).count() == 1
    assert "Nobody is named" not in queue_of(moderator)
    assert str(person) in client.get("/reports/contacts/").content.decode()
    assert "Safeguarding contact" in sign_in(Client(), person).get("/account/").content.decode()
    client.post("/reports/contacts/", {"end": person.pk})
    assert not is_safeguarding_contact(User.objects.get(pk=person.pk))
    with pytest.raises(NotAllowed):
        name_contact(person.email, by=moderator)


def test_who_is_named_shows_a_second_factor_first():
    named = SafeguardingContactFactory()
    assert sign_in(Client(), named, second_factor=False).get("/reports/").status_code == 302
    assert sign_in(Client(), named).get("/reports/").status_code == 200


@pytest.mark.parametrize("rows", [1, 30])
def test_queue_and_case_ask_as_much_at_one_as_at_thirty(rows, django_assert_num_queries):
    for number in range(rows):
        reported(f"Page-{number}", "spam", user=UserFactory())
        last = reported("Same", "safeguarding", user=UserFactory())
    client = sign_in(Client(), ModeratorFactory())
    for address, asked in (("/reports/", 15), (f"/reports/{last.pk}/", 13)):
        client.get(address)
        with django_assert_num_queries(asked):
            assert client.get(address).status_code == 200
