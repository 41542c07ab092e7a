"""What one does with a post of one's own where it stands, and what others are not offered."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from discussions.domain.posting import react
from discussions.domain.reporting import report_post
from discussions.domain.tending import close_thread
from tests.factories.accounts import ModeratorFactory, UserFactory
from tests.factories.discussions import member, post_in, thread_by
from tests.factories.organisations import OrganisationFactory


@pytest.fixture
def opener(site):
    return member(name="Olu Opener")


@pytest.fixture
def thread(opener):
    return thread_by(opener, title="Who meets the Year 7s?")


def test_a_post_is_edited_and_removed_where_it_stands(visit, thread, accessible):
    ana = member(name="Ana Ruiz")
    post = post_in(thread, ana, "Frist")
    page, other = visit(thread.get_absolute_url(), user=ana), visit(thread.get_absolute_url(), user=member())
    expect(other.get_by_role("button", name="Edit")).to_have_count(0)
    mine = page.locator("#p2")
    mine.get_by_role("button", name="Edit your post").click()
    box = mine.get_by_label("Your post")
    expect(box).to_be_focused()
    expect(box).to_have_value("Frist")
    expect(mine).to_contain_text("Earlier versions stay readable")
    accessible(page)
    box.fill("First")
    react(post, user=member(), kind="thanks", wanted=True)  # the post changes under who edits it
    expect(mine.get_by_role("button", name="Thank you 1")).to_be_visible()
    expect(box).to_have_value("First")
    mine.get_by_role("button", name="Save").click()
    for one in (page, other):
        expect(one.locator("#p2 .post__text")).to_have_text("First")
    expect(box).to_have_count(0)
    mine.get_by_role("button", name="Remove your post").click()
    expect(mine.get_by_role("group")).to_contain_text("gone for good")
    accessible(page)
    mine.get_by_role("button", name="Keep it").click()
    expect(mine.get_by_role("group")).to_have_count(0)
    mine.get_by_role("button", name="Remove your post").click()
    mine.get_by_role("button", name="Remove", exact=True).click()
    for one in (page, other):
        expect(one.locator("#p2")).to_contain_text("This post was removed by its author.")


def test_without_a_script_a_removal_is_asked_for_twice(visit, thread):
    ana = member(name="Ana Ruiz")
    post = post_in(thread, ana, "Words")
    page = visit(f"/discussions/posts/{post.pk}/", user=ana, scripts=False)
    expect(page.get_by_role("button", name="Remove it")).to_be_hidden()
    page.get_by_text("Remove this post", exact=True).click()
    page.get_by_role("button", name="Remove it").click()
    expect(page.locator("#p2")).to_contain_text("This post was removed by its author.")


def test_who_cannot_answer_is_offered_no_answering(visit, thread, opener):
    page, newcomer = (
        visit(thread.get_absolute_url(), user=member()),
        visit(thread.get_absolute_url(), user=UserFactory()),
    )
    answer = page.get_by_role("link", name="Answer the post by Olu Opener")
    expect(answer).to_be_visible()
    expect(page.get_by_role("button", name="React to the post by Olu Opener")).to_be_visible()
    expect(newcomer.locator(".post__answer")).to_be_hidden()
    close_thread(thread, user=opener, closed=True)
    expect(answer).to_be_hidden()
    visitor = visit(thread.get_absolute_url())
    expect(visitor.locator(".post__answer")).to_be_hidden()


def test_the_thanks_for_a_report_are_seen_where_one_lands(visit, thread):
    for _number in range(12):
        post = post_in(thread, text="Words.\n\nAnd more.\n\nAnd more.")
    page = visit(f"/discussions/posts/{post.pk}/report/", user=member(), width=390)
    page.get_by_label("Something else").check()
    page.get_by_role("button", name="Report it").click()
    expect(page.get_by_text("Thank you. A moderator will look at it.")).to_be_in_viewport()
    expect(page.locator(f"#p{post.number}")).to_be_in_viewport()


def test_organisations_are_asked_for_where_a_discussion_is_for_some(visit, site, accessible):
    OrganisationFactory(name="Ironstone Academy", is_public=True)
    page = visit("/discussions/new/", user=member())
    names = page.get_by_label("Which organisations?")
    expect(names).to_be_hidden()
    page.get_by_label("Only the organisations named").check()
    names.press_sequentially("Iron")
    page.get_by_role("option", name="Ironstone Academy").click()
    expect(names).to_have_value("Ironstone Academy, ")
    accessible(page)


def test_a_moderator_is_asked_where_and_how_long_for_a_muting_alone(visit, thread):
    post = post_in(thread, member(), "Unkind words.")
    report_post(post, user=member(), reason="abuse")
    page = visit(f"/discussions/care/{post.pk}/", user=ModeratorFactory())
    where = page.get_by_label("Where may they not write?")
    expect(where).to_be_hidden()
    page.get_by_label("Stop them from writing for a while").check()
    expect(where).to_be_visible()


@pytest.mark.once
@pytest.mark.parametrize("width", [320, 390, 1024, 1280, 1366])
@pytest.mark.parametrize("name", ["Kwame Okafor", "Bartholomew-Alexander Featherstonehaugh"])
def test_the_top_of_a_page_holds_name_and_number_in_one_row(visit, site, width, name):
    kwame = member(name=name)
    thread = thread_by(kwame, title="Year 7s")
    post_in(thread, text=f"@{name} hello")
    page = visit("/discussions/", user=kwame, width=width)
    page.wait_for_timeout(200)
    expect(page.locator("[data-inbox-number]")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    rows = page.locator(".site-nav__list a").evaluate_all("all => all.map((one) => one.getBoundingClientRect().height)")
    assert all(height <= 50 for height in rows)
