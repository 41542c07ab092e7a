"""Maps: by mouse, by keyboard, without scripts, larger and smaller."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.factories.initiatives import NORTH_EAST, InitiativeFactory
from texts.vocabulary import Reach


@pytest.fixture
def registry():
    InitiativeFactory(title="Ready for Year 7")
    InitiativeFactory(title="All over", reach=Reach.REGION, places=[NORTH_EAST])


def view_of(page: Page) -> list[float]:
    return [float(number) for number in page.locator(".map__svg").get_attribute("viewBox").split()]


def test_a_map_is_read_without_scripts_and_skipped_by_keyboard(visit, registry):
    page = visit("/places/", scripts=False)
    expect(page.get_by_role("button", name="Larger")).to_have_count(0)
    skip = page.get_by_role("link", name="Skip the map")
    skip.focus()
    expect(skip).to_be_visible()
    skip.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="England")).to_be_focused()
    page.get_by_role("link", name="Northumberland: 1 initiative reaches it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Northumberland")
    page.get_by_role("link", name="Scottish Borders: no initiative yet").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Scottish Borders")


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_a_map_grows_and_shrinks_and_has_no_barrier(visit, registry, accessible, width, scheme):
    page = visit("/places/north-east/", width=width, scheme=scheme)
    accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    whole = view_of(page)
    smaller = page.get_by_role("button", name="Smaller")
    expect(smaller).to_have_attribute("aria-disabled", "true")
    page.get_by_role("button", name="Larger").click()
    near = view_of(page)
    assert near[2] == pytest.approx(whole[2] / 1.6) and near[0] > whole[0]
    smaller.focus()
    page.keyboard.press("ArrowLeft")
    assert view_of(page)[0] < near[0]
    page.keyboard.press("+")
    assert view_of(page)[2] == pytest.approx(whole[2] / 2.56)
    # What is reached by the keyboard comes into sight, and the page scrolls over a map as over anything.
    northumberland = page.get_by_role("link", name="Northumberland: 1 initiative reaches it")
    northumberland.focus()
    page.keyboard.press("0")
    assert view_of(page) == pytest.approx(whole)
    page.locator(".map__svg").scroll_into_view_if_needed()
    page.locator(".map__svg").hover()
    before = page.evaluate("scrollY")
    page.mouse.wheel(0, 200)
    page.wait_for_function("before => scrollY !== before", arg=before)
    assert view_of(page) == pytest.approx(whole)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -200)
    page.keyboard.up("Control")
    page.wait_for_function(
        "wide => +document.querySelector('.map__svg').getAttribute('viewBox').split(' ')[2] < wide", arg=whole[2]
    )


def test_dragging_a_large_map_is_no_click_and_a_map_of_results_comes_in_place(visit, registry, accessible):
    page = visit("/search/?q=ready")
    page.get_by_role("link", name="Map", exact=True).click()
    expect(page.get_by_role("link", name="Middlesbrough: 1 initiative reaches it")).to_be_visible()
    accessible(page)
    page.get_by_role("button", name="Larger").click()
    page.get_by_role("button", name="Larger").click()
    near, address = view_of(page), page.url
    box = page.locator(".map__svg").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y + 40, steps=5)
    page.mouse.up()
    moved = view_of(page)
    assert moved[0] < near[0] and moved[1] < near[1]
    assert page.url == address
    page.get_by_role("link", name="Middlesbrough: 1 initiative reaches it").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Initiatives in Middlesbrough")
