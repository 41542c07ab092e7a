"""The box to write in: it stays where it is, and what became of a post is said where one looks."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from discussions.about import of_place
from discussions.models import Post
from places.queries import gazetteer
from tests.factories.discussions import member, post_in, thread_by
from tests.factories.files import PDF, photograph
from tests.factories.initiatives import MIDDLESBROUGH

SOON = 8_000  # milliseconds: it takes a tenth of a second on an idle machine


@pytest.fixture
def thread(site):
    thread = thread_by(title="Who meets the Year 7s?", subject=of_place(gazetteer()[MIDDLESBROUGH]))
    for number in range(12):
        post_in(thread, text=f"We do, on day {number}.\n\nAnd that is a long story.\n\nTruly.")
    return thread


def top_of(page: Page, selector: str = "#id_text") -> float:
    return page.locator(selector).evaluate("one => one.getBoundingClientRect().top")


@pytest.mark.parametrize("width", [390, 1280])
def test_the_box_stays_where_it_is_while_one_writes_and_others_do(visit, thread, width):
    page = visit(thread.get_absolute_url(), user=member(name="Ana Ruiz"), width=width)
    box = page.get_by_label("Your post", exact=True)
    box.click()
    box.fill("First")
    stood = top_of(page)
    for number in range(3):
        box.fill(f"Number {number}")
        page.keyboard.press("Control+Enter")
        expect(page.locator("#posts .post")).to_have_count(14 + number)
        expect(page.locator("#posts-sending .post")).to_have_count(0)
        assert top_of(page) == pytest.approx(stood, abs=2)
    expect(box).to_be_focused()
    post_in(thread, member(name="Ben Ode"), "Meanwhile\n\nI say this\n\nat length.")
    expect(page.locator("#posts .post")).to_have_count(17, timeout=SOON)
    assert top_of(page) == pytest.approx(stood, abs=2)


@pytest.mark.parametrize("width", [390, 1280])
def test_suggestions_open_where_they_are_seen(visit, thread, width):
    page = visit(thread.get_absolute_url(), user=member(name="Ana Ruiz"), width=width)
    box = page.get_by_label("Your post", exact=True)
    box.focus()
    box.evaluate("one => window.scrollBy(0, one.getBoundingClientRect().bottom - window.innerHeight + 10)")
    box.press_sequentially("Thank you @")
    listed = page.get_by_role("listbox")
    expect(listed).to_be_visible()
    place = listed.bounding_box()
    assert place is not None
    assert place["y"] >= 0
    assert place["y"] + place["height"] <= 900


@pytest.mark.parametrize("width", [390, 1280])
def test_a_new_post_is_followed_at_the_end_of_the_posts_and_told_of_elsewhere(visit, thread, accessible, width):
    page = visit(thread.get_absolute_url(), user=member(name="Ana Ruiz"), width=width)
    page.locator("#p13").evaluate("one => one.scrollIntoView({block: 'end'})")
    post_in(thread, member(name="Ben Ode"), "Below what you read")
    expect(page.locator("#p14")).to_be_in_viewport(timeout=SOON)
    page.evaluate("window.scrollTo(0, 0)")
    for text in ("One", "Two"):
        post_in(thread, member(name="Ben Ode"), text)
    link = page.get_by_role("link", name="2 new posts ↓")
    expect(link).to_be_in_viewport(timeout=SOON)
    accessible(page)
    link.click()
    expect(page.locator("#p15")).to_be_in_viewport()
    expect(page.locator(".thread__news")).to_be_hidden()


def test_a_reaction_that_does_not_arrive_says_so_beside_the_post(visit, thread):
    page = visit(thread.get_absolute_url(), user=member(name="Ana Ruiz"))
    page.context.set_offline(True)
    page.locator("#p12").get_by_role("button", name="React").click()
    page.locator("#p12").get_by_role("button", name="Thank you").click()
    fault = page.locator("#p12").get_by_role("alert")
    expect(fault).to_have_text("That did not arrive. Try once more.")
    expect(fault).to_be_in_viewport()
    page.context.set_offline(False)
    page.locator("#p12").get_by_role("button", name="Thank you").click()
    expect(page.locator("#p12").get_by_role("button", name="Thank you 1")).to_be_visible()
    expect(fault).to_have_count(0)


def test_whoever_was_signed_out_meanwhile_signs_in_and_loses_nothing(visit, thread):
    ana = member(name="Ana Ruiz")
    page = visit(thread.get_absolute_url(), user=ana)
    box = page.get_by_label("Your post", exact=True)
    page.context.clear_cookies(name="session")
    box.fill("Written for hours")
    page.keyboard.press("Control+Enter")
    waiting = page.locator("#posts-sending .post")
    expect(waiting).to_contain_text("You are signed out. Sign in, and send it again: your text is kept.")
    waiting.get_by_role("link", name="Sign in").click()
    expect(page).to_have_url(f"{page.url.split('/accounts')[0]}/accounts/login/?next={thread.get_absolute_url()}")


def test_a_name_that_is_nobodys_here_is_said_after_posting(visit, thread):
    ana = member(name="Ana Ruiz")
    member(name="Beth Carrick")
    page = visit(thread.get_absolute_url(), user=ana)
    page.get_by_label("Your post", exact=True).fill("What do you say, @Beth Carrick?")
    page.get_by_role("button", name="Post", exact=True).click()
    expect(page.locator("#p14 .post__note")).to_contain_text("“@Beth Carrick”: nobody was told.")
    plain = visit(thread.get_absolute_url(), user=ana, scripts=False, width=390)
    plain.get_by_label("Your post", exact=True).fill("And now, @Beth Carrick?")
    plain.get_by_role("button", name="Post", exact=True).click()
    expect(plain.locator("#p15")).to_be_in_viewport()
    expect(plain.locator(".message")).to_contain_text("“@Beth Carrick”: nobody was told.")
    expect(plain.locator(".message")).to_be_in_viewport()


def test_a_file_that_is_refused_leaves_the_page_and_the_other_files_as_they_are(visit, thread, tmp_path: Path):
    (tmp_path / "bridge.jpg").write_bytes(photograph((80, 60)))
    (tmp_path / "not.pdf").write_bytes(b"This is no PDF.")
    (tmp_path / "paper.pdf").write_bytes(PDF)
    page = visit(thread.get_absolute_url(), user=member(name="Ana Ruiz"))
    page.get_by_text("Add pictures or documents").click()
    files = page.get_by_label("Pictures and documents")
    files.set_input_files([tmp_path / "bridge.jpg", tmp_path / "not.pdf"])
    page.get_by_label("Your post", exact=True).fill("Here they are.")
    page.get_by_role("button", name="Post", exact=True).click()
    expect(page.locator("#write .field__error")).to_contain_text("not.pdf")
    expect(page).to_have_url(f"{page.url.split('/discussions')[0]}{thread.get_absolute_url()}")
    assert files.evaluate("one => one.files.length") == 2
    expect(page.get_by_label("Your post", exact=True)).to_have_value("Here they are.")
    files.set_input_files([tmp_path / "bridge.jpg", tmp_path / "paper.pdf"])
    page.get_by_role("button", name="Post", exact=True).click()
    expect(page.locator("#p14 .files__one")).to_have_count(2)
    expect(page.get_by_label("Your post", exact=True)).to_have_value("")  # once the answer is there, too
    assert files.evaluate("one => one.files.length") == 0
    assert Post.objects.filter(thread=thread).count() == 14
