"""What is new in the inbox is seen on whatever page stands open."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from discussions.about import of_place
from discussions.domain.attending import pay_attention
from places.queries import gazetteer
from tests.factories.discussions import member, post_in, thread_by
from tests.factories.initiatives import MIDDLESBROUGH

SOON = 8_000  # milliseconds: it takes a tenth of a second on an idle machine, and a heartbeat fifteen seconds


@pytest.fixture
def thread(site):
    return thread_by(title="Who meets the Year 7s?", subject=of_place(gazetteer()[MIDDLESBROUGH]))


def test_an_answer_changes_the_number_on_any_page_and_reading_it_changes_it_back(visit, thread):
    ana, ben = member(name="Ana Ruiz"), member(name="Ben Ode")
    post_in(thread, ana, text="We do, on Tuesdays.")
    pay_attention(thread, user=ben, attention="follows")
    with_sockets = visit("/places/middlesbrough/", user=ana)
    with_sockets.wait_for_timeout(2_500)  # a page opens its line once it has settled
    number = with_sockets.locator("[data-inbox-number]")
    expect(number).to_be_hidden()
    other = visit(thread.get_absolute_url(), user=ben)
    other.locator("#p2").get_by_role("link", name="Answer").click()
    other.get_by_label("Your post").fill("And on Thursdays?")
    other.get_by_role("button", name="Post", exact=True).click()
    expect(number).to_have_text("11 new in the inbox", timeout=SOON)  # to see, and to hear
    with_sockets.goto("/inbox/")
    with_sockets.get_by_role("link", name="Ben Ode answers you in “Who meets the Year 7s?”").click()
    expect(with_sockets.locator("#p3")).to_be_in_viewport()
    expect(with_sockets.locator("[data-inbox-number]")).to_be_hidden()


def test_somebody_chooses_what_they_are_told(visit, site, accessible):
    page = visit("/inbox/", user=member())
    page.get_by_role("link", name="Choose what you are told").click()
    accessible(page)
    page.get_by_label("E-mail: Somebody answers your post").select_option("Never")
    page.get_by_label("No e-mail from").fill("21:00")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("Give both times")
    page.get_by_label("until").fill("07:00")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status").first).to_contain_text("Kept.")
    expect(page.get_by_label("E-mail: Somebody answers your post")).to_have_value("never")
