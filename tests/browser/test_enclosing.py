"""Names, files and cards in a real browser: by keyboard, without a script, and for readers of screens."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from discussions.models import Mention, Post
from tests.factories.discussions import member, post_in, thread_by
from tests.factories.files import PDF, photograph, picture, ready_file
from tests.factories.initiatives import InitiativeFactory
from tests.factories.organisations import OrganisationFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def thread(site):
    anna = member(name="Anna Smith")
    thread = thread_by(anna, title="Who meets Year 7s?")
    post_in(thread, member(name="Anna Brown"), "Another Anna.")
    OrganisationFactory(name="Annan Trust", is_public=True)
    return thread


def test_a_name_is_chosen_by_keyboard_and_the_box_stays_a_box(visit, thread, accessible):
    page = visit(thread.get_absolute_url(), user=member(name="Me Myself"))
    box = page.get_by_label("Your post", exact=True)
    box.press_sequentially("Thank you @ann")
    listed = page.get_by_role("listbox")
    expect(listed.get_by_role("option")).to_have_text(["Anna Brown", "Anna Smith", "Annan Trust Charity"])
    expect(page.get_by_text("Suggestions: 3.")).to_be_attached()
    accessible(page)
    for _time in range(2):
        box.press("ArrowDown")
    expect(listed.get_by_role("option", name="Anna Smith")).to_have_attribute("aria-selected", "true")
    active = box.get_attribute("aria-activedescendant")
    assert page.locator(f"#{active}").text_content() == "Anna Smith"
    box.press("Enter")
    expect(listed).to_be_hidden()
    expect(box).to_have_value("Thank you @Anna Smith ")
    box.press_sequentially("for this")
    page.get_by_role("button", name="Post", exact=True).click()
    expect(page.locator(".mention")).to_have_text("@Anna Smith")
    assert [str(mention.user) for mention in Mention.objects.all()] == ["Anna Smith"]


def test_the_list_closes_by_escape_and_leaves_who_types_on_alone(visit, thread):
    page = visit(thread.get_absolute_url(), user=member())
    box = page.get_by_label("Your post", exact=True)
    listed = page.get_by_role("listbox")
    box.press_sequentially("@ann")
    expect(listed).to_be_visible()
    box.press("Escape")
    expect(listed).to_be_hidden()
    box.press_sequentially("ouncement\n")
    expect(listed).to_be_hidden()
    expect(box).to_have_value("@announcement\n")
    box.press_sequentially("me@ann")
    page.wait_for_timeout(300)
    expect(listed).to_be_hidden()


def test_one_of_namesakes_is_meant_who_was_clicked(visit, thread):
    second = member(name="Anna Smith")
    wanted = second.memberships.get().organisation
    post_in(thread, second, "The other one.", organisation=wanted)
    page = visit(thread.get_absolute_url(), user=member())
    box = page.get_by_label("Your post", exact=True)
    box.press_sequentially("@anna smith")
    options = page.get_by_role("option")
    expect(options).to_have_count(2)
    options.filter(has_text=wanted.name).click()
    page.get_by_role("button", name="Post", exact=True).click()
    expect(page.locator(".mention")).to_have_text("@Anna Smith")
    assert Mention.objects.get().user == second


def test_files_are_sent_with_what_they_show(visit, thread, accessible, tmp_path: Path):
    (tmp_path / "bridge.jpg").write_bytes(photograph((800, 600)))
    (tmp_path / "paper.pdf").write_bytes(PDF)
    page = visit(thread.get_absolute_url(), user=member())
    page.get_by_text("Add pictures or documents").click()
    page.get_by_label("Pictures and documents").set_input_files([tmp_path / "bridge.jpg", tmp_path / "paper.pdf"])
    page.get_by_label("What does “bridge.jpg” show?").fill("The bridge by the school")
    expect(page.get_by_label("What do the pictures show?")).to_be_hidden()
    accessible(page)
    page.get_by_label("Your post", exact=True).fill("Here it is.")
    page.get_by_role("button", name="Post", exact=True).click()
    shown = page.get_by_role("img", name="The bridge by the school")
    expect(shown).to_be_visible()
    wide = "one => one.decode().then(() => one.naturalWidth)"  # it may still be on its way
    assert shown.evaluate(wide) == 640
    with page.expect_download() as download:
        page.get_by_role("link", name="paper.pdf").click()
    assert Path(download.value.path()).read_bytes() == PDF
    accessible(page)


def test_too_many_files_are_said_before_they_are_sent(visit, thread, tmp_path: Path):
    files = []
    for number in range(6):
        files.append(tmp_path / f"{number}.pdf")
        files[-1].write_bytes(PDF)
    page = visit(thread.get_absolute_url(), user=member())
    page.get_by_text("Add pictures or documents").click()
    box = page.get_by_label("Pictures and documents")
    box.set_input_files(files)
    assert "more than five files" in box.evaluate("one => one.validationMessage")
    box.set_input_files(files[:2])
    assert box.evaluate("one => one.validationMessage") == ""


def test_all_of_it_works_without_a_script(visit, thread, tmp_path: Path):
    for number in (1, 2):
        (tmp_path / f"{number}.png").write_bytes(picture("PNG"))
    page = visit(thread.get_absolute_url(), user=member(), scripts=False)
    page.get_by_text("Add pictures or documents").click()
    page.get_by_label("Pictures and documents").set_input_files([tmp_path / "1.png", tmp_path / "2.png"])
    page.get_by_label("What do the pictures show?").fill("A plan\nA better plan")
    page.get_by_label("Your post", exact=True).fill("Thank you, @Anna Smith.")
    page.get_by_role("button", name="Post", exact=True).click()
    expect(page.get_by_role("img", name="A better plan")).to_be_visible()
    expect(page.locator(".mention")).to_have_text("@Anna Smith")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_a_full_post_is_accessible_and_fits(visit, thread, accessible, scheme: str, width: int):
    steps = InitiativeFactory(title="Steps to Secondary " + "and onwards " * 8)
    author = member(name="Anna Green")
    first = Post.objects.filter(thread=thread, number=1).get()
    text = (
        f"[See]({steps.get_absolute_url()}) and [here](/places/middlesbrough/), @Anna Smith, @Annan Trust.\n\n"
        f"```\nx = '{'long ' * 40}'\n```\n\n> A quotation\n\n# A heading\n\nhttps://example.org/{'a' * 200}"
    )
    files = [ready_file(), ready_file("paper.pdf"), ready_file("x" * 70 + ".csv", b"a,b\n")]
    post = post_in(thread, author, text, files=files, answers=first)
    page = visit(thread.get_absolute_url(), user=author, width=width, scheme=scheme)
    accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.goto(f"/discussions/posts/{post.pk}/")
    page.get_by_label("Your post", exact=True).fill("Only some words now.")
    page.get_by_role("button", name="Save").first.click()
    page.goto(f"/discussions/posts/{post.pk}/")
    expect(page.get_by_role("heading", name="What was changed")).to_be_visible()
    accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
