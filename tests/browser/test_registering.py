"""An organisation's editor registers an initiative: five pages, a check, submitted."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from organisations.models import Role
from tests.factories.accounts import UserFactory
from tests.factories.initiatives import InitiativeFactory, draft_of
from tests.factories.organisations import MembershipFactory, OrganisationFactory


@pytest.fixture
def editor(site):
    return MembershipFactory(organisation__name="Riverside Trust", role=Role.EDITOR).user


def heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Save and go on").last.click()


def begin(page: Page, title: str = "Steps to Secondary") -> None:
    heading(page, "Register an initiative")
    page.get_by_role("radio", name="Riverside Trust").check()
    page.get_by_label("What is it called?").fill(title)
    page.get_by_role("button", name="Begin").click()
    heading(page, "What it is")


def say_what(page: Page) -> None:
    page.get_by_label("In one or two sentences, what is it?").fill("Mentors meet Year 6 pupils every week.")
    page.get_by_role("checkbox", name="Mentoring").check()
    page.get_by_label("Describe it").fill("Ten weekly meetings.\n\n- with a **mentor**\n- in school")
    page.get_by_label("Tags").fill("football, phonics")
    go_on(page)
    heading(page, "For whom")


def say_whom(page: Page) -> None:
    page.get_by_role("checkbox", name="Primary (5–11)").check()
    page.get_by_role("checkbox", name="Secondary (11–16)").check()
    page.get_by_role("checkbox", name="Primary to secondary").check()
    page.get_by_label("Youngest age").fill("10")
    page.get_by_label("Oldest age").fill("12")
    go_on(page)
    heading(page, "Where")


def say_where(page: Page) -> None:
    page.get_by_role("radio", name="council areas").check()
    page.get_by_label("Add council areas").fill("Middlesbrough, hartlepol")
    page.get_by_role("button", name="Add", exact=True).click()
    chosen = page.get_by_role("group", name="Council areas chosen so far")
    expect(chosen.get_by_role("checkbox", name="Hartlepool")).to_be_checked()
    expect(chosen.get_by_role("checkbox", name="Middlesbrough")).to_be_checked()
    page.get_by_label("Its postcode").fill("ts1 3ba")
    go_on(page)
    heading(page, "When and how to join")


def say_when(page: Page) -> None:
    page.get_by_label("How do people join?").fill("Schools refer pupils in May.")
    page.get_by_label("Apply by").first.fill("2027-05-31")
    page.get_by_role("combobox", name="Cost").select_option(label="Free")
    page.get_by_label("Contact’s e-mail address").fill("hello@steps.example")
    go_on(page)
    heading(page, "Who with")


def say_with_whom(page: Page) -> None:
    page.get_by_label("Add a partner").fill("northern")
    page.get_by_role("button", name="Find").first.click()
    page.get_by_role("checkbox", name="Northern School").check()
    go_on(page)
    heading(page, "Check and submit")


@pytest.mark.parametrize(("scripts", "width"), [(True, 1280), (False, 390)], ids=["with-scripts", "without-scripts"])
def test_an_editor_registers_an_initiative_through_the_five_pages(visit, editor, scripts, width):
    OrganisationFactory(name="Northern School", slug="northern-school", is_public=True)
    page = visit("/initiatives/register/", user=editor, scripts=scripts, width=width)
    begin(page)
    say_what(page)
    say_whom(page)
    say_where(page)
    say_when(page)
    say_with_whom(page)
    shown = page.get_by_role("region", name="How it will look")
    for said in ("Steps to Secondary", "Mentors meet Year 6 pupils", "Northern School", "Middlesbrough", "May"):
        expect(shown).to_contain_text(said)
    page.get_by_role("button", name="Submit").click()
    heading(page, "Your work")
    expect(page.get_by_role("status")).to_contain_text("A moderator will read it")
    expect(page.get_by_role("row", name="Steps to Secondary")).to_contain_text("Waiting for clearance")


def test_an_editor_goes_back_and_leaves_and_comes_back_and_nothing_is_lost(visit, editor):
    page = visit("/initiatives/register/", user=editor, scripts=False)
    begin(page)
    say_what(page)
    say_whom(page)
    page.get_by_role("link", name="Back").click()
    heading(page, "For whom")
    expect(page.get_by_role("checkbox", name="Primary (5–11)")).to_be_checked()
    expect(page.get_by_label("Youngest age")).to_have_value("10")
    go_on(page)
    page.get_by_label("Add council areas").fill("Hartlepool")
    page.get_by_role("button", name="Save and finish later").click()
    heading(page, "Your work")
    row = page.get_by_role("row", name="Steps to Secondary")
    expect(row).to_contain_text("Draft")
    row.get_by_role("link", name="Go on").click()
    heading(page, "Check and submit")
    page.get_by_role("navigation", name="The five pages").get_by_role("link", name="Where").click()
    expect(page.get_by_role("checkbox", name="Hartlepool")).to_be_checked()


def test_what_is_still_missing_is_listed_with_the_page_that_asks_for_it(visit, editor):
    page = visit("/initiatives/register/", user=editor)
    begin(page)
    page.get_by_role("button", name="Save and finish later").click()
    page.get_by_role("link", name="Go on").click()
    missing = page.get_by_role("alert").filter(has_text="Still to answer")
    expect(missing.get_by_role("link")).to_have_count(6)
    expect(page.get_by_role("button", name="Submit")).to_have_count(0)
    missing.get_by_role("link", name="Choose at least one stage").click()
    heading(page, "For whom")


def test_what_cannot_be_kept_is_said_beside_its_field_and_in_the_summary_and_stays_typed(visit, editor):
    draft = draft_of(editor, editor.memberships.get().organisation)
    page = visit(f"/register/{draft.pk}/whom/", user=editor)
    page.get_by_label("Youngest age").fill("12")
    page.get_by_label("Oldest age").fill("10")
    go_on(page)
    heading(page, "For whom")
    sentence = "The oldest age is below the youngest. Swap them, or leave one empty."
    page.get_by_role("alert").get_by_role("link", name=sentence).click()
    oldest = page.get_by_label("Oldest age")
    expect(oldest).to_be_focused()
    expect(oldest).to_have_value("10")
    expect(oldest).to_have_attribute("aria-invalid", "true")


def test_an_initiative_that_looks_close_is_shown_before_submitting(visit, editor):
    InitiativeFactory(title="Step to Secondary")
    draft = draft_of(editor, editor.memberships.get().organisation, title="Steps to Secondary")
    page = visit(f"/register/{draft.pk}/check/", user=editor)
    close = page.get_by_role("region", name="This one looks close to yours")
    expect(close.get_by_role("link", name="Step to Secondary")).to_be_visible()
    expect(page.get_by_role("button", name="Submit")).to_be_enabled()


def test_every_page_of_the_wizard_fits_a_telephone_of_320_pixels(visit, editor):
    InitiativeFactory(title="Step to Secondary")
    draft = draft_of(editor, editor.memberships.get().organisation, places=["E06000002", "E06000001"])
    page = visit("/initiatives/register/", user=editor, width=320)
    for step in ("what", "whom", "where", "when", "with", "check"):
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, page.url
        page.goto(f"/register/{draft.pk}/{step}/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, page.url


def test_somebody_of_no_organisation_is_led_to_add_one_and_comes_back(visit, site):
    page = visit("/initiatives/register/", user=UserFactory(), scripts=False, width=390)
    page.get_by_role("link", name="Add your organisation").click()
    heading(page, "Add an organisation")
    page.get_by_label("Its name").fill("Riverside Trust")
    page.get_by_role("combobox", name="What kind").select_option(label="Charity")
    page.get_by_label("Postcode").fill("TS1 3BA")
    page.get_by_role("button", name="Add it").click()
    begin(page)


class Keyboard:
    """Somebody with a keyboard and nothing else: what has the focus must always be seen."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def to(self, role: str, name: str) -> None:
        """Tab until it has the focus; a group of radio buttons is one stop, its arrows do the rest."""
        wanted = self.page.get_by_role(role, name=name).first
        for _press in range(120):
            self.page.keyboard.press("Tab")
            self.seen()
            if wanted.evaluate("element => element === document.activeElement"):
                return
        raise AssertionError(f"The Tab key does not lead to the {role} “{name}”.")

    def seen(self) -> None:
        """What has the focus is on the screen, has a size and a ring."""
        found = self.page.evaluate(
            """() => {
                const element = document.activeElement
                if (element === document.body) return 'body'
                const box = element.getBoundingClientRect(), style = getComputedStyle(element)
                const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0
                const inside = box.bottom > 0 && box.top < innerHeight
                if (ring && inside && box.width > 1) return ''
                return `${element.outerHTML.slice(0, 200)} ring: ${ring}, inside: ${inside}`
            }"""
        )
        assert found in ("", "body"), f"Has the focus and shows it not: {found}"

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)


def test_an_editor_registers_by_keyboard_alone_and_always_sees_where_they_are(visit, editor):
    page = visit("/initiatives/register/", user=editor)
    hands = Keyboard(page)
    hands.to("textbox", "What is it called?")
    hands.type("Steps to Secondary")
    hands.press("Enter")
    heading(page, "What it is")
    hands.to("textbox", "In one or two sentences")
    hands.type("Mentors meet Year 6 pupils every week.")
    hands.to("checkbox", "Mentoring")
    hands.press("Space")
    hands.to("button", "Save and go on")
    hands.press("Enter")
    heading(page, "For whom")
    hands.to("checkbox", "Primary (5–11)")
    hands.press("Space")
    hands.to("spinbutton", "Youngest age")
    hands.type("10")
    hands.press("Enter")
    heading(page, "Where")
    hands.to("combobox", "Add council areas")
    hands.type("Hartlepool")
    hands.to("button", "Save and go on")
    hands.press("Enter")
    heading(page, "When and how to join")
    hands.to("textbox", "How do people join?")
    hands.type("Schools refer pupils.")
    hands.to("textbox", "Contact’s e-mail address")
    hands.type("hello@steps.example")
    hands.press("Enter")
    heading(page, "Who with")
    hands.to("button", "Save and go on")
    hands.press("Space")
    heading(page, "Check and submit")
    hands.to("button", "Submit")
    hands.press("Enter")
    heading(page, "Your work")
    expect(page.get_by_role("row", name="Steps to Secondary")).to_contain_text("Waiting for clearance")
