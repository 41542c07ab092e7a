"""Two people at two screens, a third without scripts: what one does the others see, once and in order."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from discussions.about import of_place
from discussions.models import Post
from places.queries import gazetteer
from tests.factories.discussions import member, post_in, thread_by
from tests.factories.initiatives import MIDDLESBROUGH

SOON = 3_000  # milliseconds: it takes a tenth of a second, and the machine may be busy


@pytest.fixture
def thread(site):
    return thread_by(title="Who meets the Year 7s?", subject=of_place(gazetteer()[MIDDLESBROUGH]))


def write(page: Page, text: str) -> None:
    page.get_by_label("Your post").fill(text)
    page.get_by_role("button", name="Post", exact=True).click()


def posts(page: Page) -> list[str]:
    return page.locator("#posts .post .post__text").all_inner_texts()


def test_what_one_writes_the_other_reads_at_once_and_neither_twice(visit, thread):
    ana, ben = member(name="Ana Ruiz"), member(name="Ben Ode")
    one, other, visitor = (visit(thread.get_absolute_url(), user=user) for user in (ana, ben, None))
    expect(one.locator("#thread-here")).to_contain_text("Ben Ode")
    for number in range(3):
        write(one, f"From Ana {number}")
        write(other, f"From Ben {number}")
    for page in (one, other, visitor):
        expect(page.locator("#posts .post")).to_have_count(7)
        expect(page.locator("#posts-sending .post")).to_have_count(0)
    assert posts(one) == posts(other) == posts(visitor)
    numbers = list(Post.objects.filter(thread=thread).order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, 8))


def test_somebody_is_seen_writing_and_no_longer_once_they_posted(visit, thread):
    one = visit(thread.get_absolute_url(), user=member(name="Ana Ruiz"))
    other = visit(thread.get_absolute_url(), user=member(name="Ben Ode"))
    expect(other.locator("#thread-here")).to_contain_text("Ana Ruiz")
    one.get_by_label("Your post").press_sequentially("We do", delay=30)
    expect(other.locator("#thread-typing")).to_have_text("Ana Ruiz is writing …", timeout=SOON)
    one.keyboard.press("Control+Enter")
    expect(other.locator("#posts .post")).to_have_count(2)
    expect(other.locator("#thread-typing")).to_be_empty()


def test_a_post_written_on_a_lost_line_waits_and_then_everything_is_there_once(visit, thread):
    one = visit(thread.get_absolute_url(), user=member(name="Ana Ruiz"))
    other = visit(thread.get_absolute_url(), user=member(name="Ben Ode"))
    expect(one.locator("#thread-here")).to_contain_text("Ben Ode")
    one.context.set_offline(True)
    expect(one.locator("#thread-line")).to_contain_text("You are offline")
    write(one, "Written in the tunnel")
    expect(one.locator("#posts-sending")).to_contain_text("it goes by itself when the line is back")
    for number in range(3):
        write(other, f"Meanwhile {number}")
    expect(other.locator("#posts .post")).to_have_count(4)
    one.context.set_offline(False)
    for page in (one, other):
        expect(page.locator("#posts .post")).to_have_count(5)
        expect(page.locator("#posts-sending .post")).to_have_count(0)
    expect(one.locator("#thread-line")).to_be_hidden()
    assert posts(one) == posts(other)


def test_what_was_half_written_and_what_was_on_its_way_outlive_the_page(visit, thread):
    page = visit(thread.get_absolute_url(), user=member())
    page.get_by_label("Your post").fill("Half a thought")
    page.wait_for_timeout(600)
    page.reload()
    expect(page.get_by_label("Your post")).to_have_value("Half a thought")
    page.context.set_offline(True)
    page.get_by_role("button", name="Post", exact=True).click()
    expect(page.locator("#posts-sending .post--failed")).to_have_count(1)
    page.context.set_offline(False)
    page.reload()
    expect(page.locator("#posts .post")).to_have_count(2)
    expect(page.locator("#posts-sending .post")).to_have_count(0)
    expect(page.get_by_label("Your post")).to_have_value("")


def test_an_edit_and_a_removal_change_the_post_where_it_stands(visit, thread):
    ana = member(name="Ana Ruiz")
    post = post_in(thread, ana, text="Frist")
    other = visit(thread.get_absolute_url(), user=member())
    own = visit(f"/discussions/posts/{post.pk}/", user=ana)
    own.get_by_label("Your post").fill("First")
    own.get_by_role("button", name="Save").click()
    expect(other.locator("#p2 .post__text")).to_have_text("First", timeout=SOON)
    expect(other.locator("#p2 .post__edited")).to_be_visible()
    own.goto(f"/discussions/posts/{post.pk}/")
    own.get_by_text("Remove this post", exact=True).click()
    expect(own.locator("#remove")).to_contain_text("gone for good")
    expect(other.locator("#p2 .post__text")).to_have_text("First")
    own.get_by_role("button", name="Remove it").click()
    expect(other.locator("#p2")).to_contain_text("This post was removed by its author.", timeout=SOON)
    expect(other.locator("#posts .post")).to_have_count(2)


def test_two_tabs_of_one_person_agree_on_what_is_read(visit, thread):
    ana = member(name="Ana Ruiz")
    first = visit(thread.get_absolute_url(), user=ana)
    second = first.context.new_page()
    second.goto(thread.get_absolute_url())
    write(first, "From the first tab")
    expect(second.locator("#posts .post")).to_have_count(2)
    first.goto("/discussions/?which=unread")
    expect(first.locator("main")).to_contain_text("Nothing is new to you.")


def test_somebody_who_comes_back_sees_where_they_were(visit, thread):
    reader = member()
    page = visit(thread.get_absolute_url(), user=reader)
    page.goto("/discussions/")
    for number in range(3):
        post_in(thread, text=f"Meanwhile {number}")
    page.reload()
    expect(page.locator(".card .unread")).to_contain_text("3")
    page.goto(thread.get_absolute_url())
    line = page.locator(".posts__new")
    expect(line).to_have_text("New since you were here")
    assert line.evaluate("line => line.nextElementSibling.id") == "p2"


@pytest.mark.parametrize("width", [390, 1280])
def test_without_scripts_everything_is_a_form_and_a_reload(visit, thread, width):
    ana = member(name="Ana Ruiz")
    page = visit(thread.get_absolute_url(), user=ana, scripts=False, width=width)
    write(page, "Plainly")
    expect(page.locator("#p2")).to_contain_text("Plainly")
    page.locator("#p2").get_by_role("link", name="Answer").click()
    expect(page.locator("#write-answers")).to_have_text("You answer Ana Ruiz. Write without answering")
    write(page, "And an answer")
    expect(page.locator("#p3 .post__answers")).to_contain_text("To Ana Ruiz")
    page.locator("#p3").get_by_role("link", name="More").click()
    page.get_by_role("button", name="Thank you").click()
    expect(page.locator("#p3")).to_contain_text("Thank you 1")
    page.get_by_role("button", name="Stop following").click()
    expect(page.get_by_role("button", name="Follow", exact=True)).to_be_visible()


def test_a_discussion_is_started_and_answered_by_keyboard_alone(visit, site):
    page = visit("/discussions/new/?about=place:E06000002", user=member(name="Ana Ruiz"))
    page.get_by_label("What is it about?").focus()
    page.keyboard.type("Who meets the Year 7s?")
    page.keyboard.press("Tab")
    page.keyboard.type("We do, on Tuesdays.")
    page.get_by_role("button", name="Start it").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Who meets the Year 7s?")
    page.locator("#p1").get_by_role("link", name="Answer").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Your post")).to_be_focused()
    page.keyboard.type("And Thursdays.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#p2 .post__answers")).to_contain_text("To Ana Ruiz")


def test_who_follows_the_plain_link_to_answer_writes_at_once(visit, thread):
    page = visit(f"{thread.get_absolute_url()}?from=1&answer=1#write", user=member(name="Ana Ruiz"))
    expect(page.get_by_label("Your post")).to_be_focused()


def test_a_reaction_is_one_press_and_reaches_the_other_page(visit, thread):
    ana, bo = member(name="Ana Ruiz"), member(name="Bo Lund")
    page, other = (visit(thread.get_absolute_url(), user=user) for user in (ana, bo))
    page.locator("#p1").get_by_role("button", name="React").click()
    page.locator("#p1").get_by_role("button", name="Thank you").click()
    chip = page.locator("#p1").get_by_role("button", name="Thank you 1")
    expect(chip).to_have_attribute("aria-pressed", "true")
    theirs = other.locator("#p1").get_by_role("button", name="Thank you 1")
    expect(theirs).to_have_attribute("aria-pressed", "false")
    theirs.click()
    expect(page.locator("#p1").get_by_role("button", name="Thank you 2")).to_be_visible()
    page.locator("#p1").get_by_role("button", name="Thank you 2").click()
    expect(other.locator("#p1").get_by_role("button", name="Thank you 1")).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_discussions_have_no_finding_of_axe(
    visit: Callable[..., Page], thread, accessible: Callable[[Page], None], scheme: str
):
    ana = member(name="Ana Ruiz")
    post = post_in(thread, ana, text="Words with **weight**, and [a link](https://example.org/).")
    page = visit(thread.get_absolute_url(), user=ana, scheme=scheme)
    accessible(page)
    for address in (
        *("/discussions/", "/discussions/new/", f"/discussions/posts/{post.pk}/", "/discussions/?which=followed"),
        *(f"/discussions/{thread.pk}/?from=1&answer=1", "/places/middlesbrough/", "/search/?q=year&what=discussions"),
    ):
        page.goto(address)
        accessible(page)
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(thread.get_absolute_url())
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
