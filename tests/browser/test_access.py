"""Every page, in every role, light and dark: axe finds nothing, and nothing is wider than a small telephone."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core import mail
from django.template.loader import render_to_string
from django.test import RequestFactory
from playwright.sync_api import Locator, Page, Route, expect

from initiatives.domain.submitting import submit_initiative
from organisations.domain.inviting import invite_member, token_for
from organisations.domain.joining import ask_to_join
from organisations.models import Invitation, Role
from tests.browser.conftest import AXE, CONTRAST
from tests.browser.test_moderating import change_summary
from tests.factories.accounts import PASSWORD, ModeratorFactory, UserFactory
from tests.factories.history import snapshot_in
from tests.factories.importing import checked, imported, table
from tests.factories.initiatives import HARTLEPOOL, InitiativeFactory, draft_of
from tests.factories.need import ValueFactory
from tests.factories.organisations import MembershipFactory, OrganisationFactory

WIDTHS = (390, 320)


class Inspector:
    """Walks a browser from page to page and keeps what is wrong with each: in the dark, what colours have a part in."""

    def __init__(self, page: Page, scheme: str) -> None:
        self.page = page
        self.is_dark = scheme == "dark"
        self.found: list[str] = []

    def look(self, *paths: str) -> None:
        for path in paths:
            self.page.goto(path)
            self.here()

    def press(self, control: Locator) -> None:
        """Press what leads to another page, or to the same one anew, and be there when this returns."""
        with self.page.expect_navigation():
            control.click()

    def here(self, name: str = "") -> None:
        """The page as it is now."""
        name = name or self.page.url.split("/", 3)[-1]
        for violation in Axe().run(self.page, options=CONTRAST if self.is_dark else AXE).response["violations"]:
            where = [node["html"][:160] for node in violation["nodes"][:3]]
            self.found.append(f"/{name}: {violation['id']}: {violation['help']}: {where}")
        for width in () if self.is_dark else WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            wide = self.page.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                self.found.append(f"/{name}: {wide} pixels wide on a screen of {width}")

    def show(self, template: str, **context: Any) -> None:
        """A page that a server shows when it cannot do otherwise."""
        html = render_to_string(template, context, request=RequestFactory().get("/"))

        def answer(route: Route) -> None:
            route.fulfill(body=html, content_type="text/html; charset=utf-8")

        self.page.route(f"**/shown/{template}", answer)
        self.look(f"/shown/{template}")

    def is_content(self) -> None:
        assert self.found == [], "\n".join(self.found)


@pytest.fixture(params=["light", "dark"])
def inspect(request: pytest.FixtureRequest, visit: Callable[..., Page]) -> Callable[..., Inspector]:
    return lambda user=None: Inspector(visit("/", user=user, scheme=request.param, width=WIDTHS[0]), request.param)


def rich_initiative(**more: Any) -> Any:
    initiative = InitiativeFactory(
        title="Ready for Year 7",
        description="## What happens\n\nTen **weekly** meetings:\n\n- in school\n- [at home](https://steps.example/)",
        places=["E06000002", "E06000001"],
        focus=("fsm", "care"),
        age_min=10,
        age_max=12,
        cost="free",
        website="https://steps.example/a-long-address-that-has-no-place-to-break-at-all-however-narrow-the-screen",
        venue_name="Town Hall",
        venue_postcode="TS1 3BA",
        tags=["football", "phonics"],
        evidence=[{"title": "Evaluation", "url": "https://steps.example/report"}],
        **more,
    )
    initiative.partners.create(organisation=OrganisationFactory(is_public=True), role="funds")
    initiative.handovers.create(next_initiative=InitiativeFactory(title="Choices at 16"), note="in July")
    initiative.save()
    return initiative


def test_every_public_page_is_open_to_everyone(inspect):
    initiative = rich_initiative()
    ended = InitiativeFactory(title="Ended", status="ended")
    for number in range(25):
        InitiativeFactory(title=f"Initiative {number}", tags=["stem"])
    owner = MembershipFactory(organisation=initiative.lead_organisation, role=Role.OWNER).user
    invite_member(initiative.lead_organisation, user=owner, email="new@people.example")
    walk = inspect()
    walk.look("/", "/initiatives/", "/initiatives/?page=2", "/initiatives/?stage=primary&tag=stem")
    walk.look("/search/?q=qqqq&stage=primary&tag=stem", "/search/?q=initiatve&where=TS1&miles=10&sort=distance")
    walk.look("/search/?q=initiative+-zebra&focus=fsm&where=Qwxzville", "/search/?q=trust&what=organisations")
    walk.look("/initiatives/?where=Qwxzville", "/initiatives/?where=Middlesbrough&stage=primary")
    walk.look(initiative.get_absolute_url(), ended.get_absolute_url())
    walk.look(
        "/places/", "/places/?where=Qwxzville", "/places/middlesbrough/", "/places/north-east/", "/places/gwynedd/"
    )
    need = ValueFactory(index__is_illustrative=True).index
    ValueFactory(index=need, place_id=HARTLEPOOL, share=0.5)
    InitiativeFactory.create_batch(2, places=[HARTLEPOOL], transitions=("into-work",))
    walk.look("/need/", need.get_absolute_url(), "/places/middlesbrough/need/", "/places/middlesbrough/briefing/")
    walk.look("/cold-spots/?enough=many", "/cold-spots/how/", "/cold-spots/middlesbrough/")
    walk.look("/journey/national/", "/journey/national/?kind=region&shade=number&step=into-work&state=unknown")
    snapshot_in(2026, 8)
    snapshot_in(2026, 10)
    walk.look("/places/middlesbrough/over-time/", "/places/middlesbrough/changes/?since=soon")
    walk.look("/organisations/", "/organisations/?q=qqqq", initiative.lead_organisation.get_absolute_url())
    walk.look(
        f"/organisations/invitations/{token_for(Invitation.objects.get())}/", "/organisations/invitations/forged/"
    )
    walk.look("/guidance/", "/news/", "/about/", "/accessibility/", "/privacy/", "/nowhere/")
    walk.page.goto("/guidance/")
    walk.press(walk.page.get_by_role("main").get_by_role("link").first)
    walk.here()
    walk.page.goto("/news/")
    walk.press(walk.page.get_by_role("main").get_by_role("link").first)
    walk.here()
    walk.is_content()


def test_every_door_is_open_to_everyone(inspect):
    UserFactory(email="ada@people.example", password=PASSWORD)
    moderator = ModeratorFactory(password=PASSWORD)
    walk = inspect()
    page = walk.page
    walk.look("/accounts/login/", "/accounts/signup/", "/accounts/login/code/", "/accounts/password/reset/")
    walk.look("/accounts/password/reset/done/", "/accounts/password/reset/key/1-forged/", "/accounts/inactive/")
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill("ada@people.example")
    page.locator("input[name=password]").fill("not this one")
    walk.press(page.get_by_role("button", name="Sign in", exact=True))
    walk.here("accounts/login/ refused")
    page.goto("/accounts/login/code/")
    page.locator("input[name=email]").fill("ada@people.example")
    walk.press(page.get_by_role("button", name="Send me a code"))
    walk.here("accounts/login/code/confirm/")
    page.context.clear_cookies()
    page.goto("/accounts/password/reset/")
    page.locator("input[name=email]").fill("ada@people.example")
    walk.press(page.get_by_role("main").get_by_role("button").first)
    expect(page).to_have_url(re.compile("done"))
    walk.look(re.findall(r"(/accounts/password/reset/key/\S+)", mail.outbox[-1].body)[0])
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill(moderator.email)
    page.locator("input[name=password]").fill(PASSWORD)
    walk.press(page.get_by_role("button", name="Sign in", exact=True))
    walk.here("accounts/2fa/authenticate/")
    for template in ("403.html", "403_csrf.html", "404.html", "429.html", "500.html"):
        walk.show(template)
    walk.is_content()


def test_every_page_of_an_editor_is_open_to_them(inspect):
    initiative = rich_initiative()
    organisation = initiative.lead_organisation
    editor = MembershipFactory(organisation=organisation, role=Role.OWNER, user__name="Ada Reed").user
    MembershipFactory(organisation=organisation, user__name="Ben Moss")
    ask_to_join(organisation, user=UserFactory(), message="I work there.")
    invite_member(organisation, user=editor, email="new@people.example")
    draft = draft_of(editor, organisation, title="Ready for Year 8", summary="")
    waiting = draft_of(editor, organisation, title="Ready for Year 9")
    submit_initiative(waiting, user=editor)
    other = OrganisationFactory(name="Bridge Club", is_public=True)
    walk = inspect(editor)
    page = walk.page
    walk.look("/initiatives/register/", f"/register/{draft.pk}/check/", f"/register/{waiting.pk}/check/")
    walk.look(*(f"/register/{initiative.pk}/{step}/" for step in ("what", "whom", "where", "when", "with")))
    walk.look(draft.get_absolute_url(), initiative.get_absolute_url(), "/your-work/")
    walk.look(f"/your-work/{initiative.pk}/history/", "/moderation/")
    own = organisation.get_absolute_url()
    walk.look("/organisations/new/", own, f"{own}edit/", f"{own}people/", f"{other.get_absolute_url()}join/")
    walk.look("/account/", "/accounts/email/", "/accounts/sessions/", "/accounts/logout/")
    page.goto(f"/register/{draft.pk}/whom/")
    page.get_by_label("Youngest age").fill("12")
    page.get_by_label("Oldest age").fill("10")
    walk.press(page.get_by_role("button", name="Save and go on").last)
    walk.here("register/whom/ refused")
    page.goto(f"/register/{draft.pk}/with/")
    page.get_by_label("Add a partner").fill("bridge")
    walk.press(page.get_by_role("button", name="Find").first)
    walk.here("register/with/ found")
    page.goto(f"/register/{draft.pk}/what/")
    page.locator("input[name=seen]").evaluate("element => { element.value = '1' }")
    page.get_by_label("In one or two sentences").fill("Another summary.")
    walk.press(page.get_by_role("button", name="Save and go on").last)
    walk.here("register/what/ conflict")
    walk.is_content()


def test_every_page_of_a_moderator_is_open_to_them(inspect, tmp_path, settings):
    settings.DATA_DIR = tmp_path
    editor = MembershipFactory(organisation=rich_initiative().lead_organisation).user
    organisation = editor.memberships.get().organisation
    new = draft_of(editor, organisation, title="Ready for Year 8")
    submit_initiative(new, user=editor)
    public = organisation.led_initiatives.get(live=True)
    change_summary(public, editor, "Mentors meet every Tuesday.")
    submit_initiative(public, user=editor)
    ask_to_join(OrganisationFactory(name="Imported Trust"), user=editor, message="I run it.")
    rows = table(tmp_path / "rivers.csv", {"title": "Mentors of the river"}, {"title": "", "summary": "No title."})
    done, only_checked = imported(rows), checked(rows)
    walk = inspect(ModeratorFactory(name="Mo Field"))
    walk.look("/moderation/", f"/moderation/{new.pk}/", f"/moderation/{public.pk}/")
    walk.look("/moderation/import/", f"/moderation/import/{done.pk}/", f"/moderation/import/{only_checked.pk}/")
    walk.look("/initiatives/mentors-of-the-river/", "/account/")
    walk.look("/accounts/2fa/", "/accounts/2fa/recovery-codes/generate/", "/accounts/2fa/webauthn/")
    walk.is_content()
