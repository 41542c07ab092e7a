"""A moderator at one screen, the people of a discussion at others."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from discussions.about import of_place
from discussions.domain.reporting import report_post
from places.queries import gazetteer
from tests.factories.accounts import ModeratorFactory
from tests.factories.discussions import member, new_member, post_in, thread_by
from tests.factories.initiatives import MIDDLESBROUGH

SOON = 8_000  # milliseconds: it takes a tenth of a second on an idle machine, and a heartbeat fifteen seconds


@pytest.fixture
def thread(site):
    return thread_by(title="Who meets the Year 7s?", subject=of_place(gazetteer()[MIDDLESBROUGH]))


def test_what_a_moderator_takes_away_is_gone_from_open_pages_and_its_author_reads_along(visit, thread):
    author, reader = member(name="Ana Ruiz"), member(name="Ben Ode")
    post = post_in(thread, author, text="Unkind words.")
    report_post(post, user=reader, reason="abuse", note="See for yourself.")
    own, other = (visit(thread.get_absolute_url(), user=user) for user in (author, reader))
    own.get_by_label("Your post").fill("And another")
    desk = visit("/discussions/care/", user=ModeratorFactory(name="Mo"))
    desk.get_by_role("link", name="Who meets the Year 7s?").click()
    expect(desk.locator("main")).to_contain_text("See for yourself.")
    desk.get_by_label("Remove it").check()
    desk.get_by_label("Stop them from writing for a while").check()
    desk.get_by_label("Why?").fill("We do not insult each other.")
    desk.get_by_role("button", name="Decide").click()
    expect(desk.locator("main")).to_contain_text("Nothing waits")
    for page in (own, other):
        expect(page.locator("#p2")).to_contain_text("removed by a moderator", timeout=SOON)
        expect(page.locator("#posts")).not_to_contain_text("Unkind")
    expect(own.locator("#write")).to_contain_text("We do not insult each other.", timeout=SOON)
    expect(other.get_by_label("Your post")).to_be_visible()
    desk.get_by_role("button", name="Let them write again").click()
    expect(own.get_by_label("Your post")).to_have_value("And another")


def test_a_first_post_with_a_link_waits_and_then_stands(visit, thread):
    author = new_member(name="Ana Ruiz")
    own, other = visit(thread.get_absolute_url(), user=author), visit(thread.get_absolute_url(), user=member())
    own.get_by_label("Your post").fill("Look at https://cheap.example/ now.")
    own.get_by_role("button", name="Post", exact=True).click()
    expect(own.locator("#posts-sending")).to_contain_text("A moderator looks at first posts")
    own.reload()
    expect(own.locator("#posts-sending .post")).to_have_count(1)
    desk = visit("/discussions/care/", user=ModeratorFactory())
    desk.get_by_role("link", name="Who meets the Year 7s?").click()
    desk.get_by_label("Publish it", exact=True).check()
    desk.get_by_role("button", name="Decide").click()
    for page in (own, other):
        expect(page.locator("#p2")).to_contain_text("cheap.example", timeout=SOON)
    expect(own.locator("#posts-sending .post")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_of_care_have_no_finding_of_axe(visit, thread, accessible, scheme):
    post = post_in(thread, member(name="Ana Ruiz"), text="Unkind words.")
    report_post(post, user=member(), reason="safeguarding", note="Names a child.")
    post_in(thread, new_member(), text="https://cheap.example/")
    page = visit("/discussions/care/", user=ModeratorFactory(), scheme=scheme)
    accessible(page)
    for address in (f"/discussions/care/{post.pk}/", f"/discussions/posts/{post.pk}/report/"):
        page.goto(address)
        accessible(page)
