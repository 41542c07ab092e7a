"""Every address × every role × GET and POST, against one table. An address without a row fails the suite."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from django.utils.http import urlencode

from initiatives.models import Initiative
from organisations.models import Organisation
from partnerships.domain.amending import amend
from partnerships.domain.terms import terms_of
from reports.looking import can_be_reported
from tests.factories.laid import lay_pages
from tests.factories.partnerships import in_force, party, terms
from tests.house.conftest import World, client_of

pytestmark = pytest.mark.django_db

ROLES = (
    *("visitor", "newcomer", "member", "editor", "owner", "coordinator"),
    *("moderator", "cms_editor", "administrator"),
)
EVERYONE = frozenset(ROLES)
SIGNED_IN = EVERYONE - {"visitor"}
MODERATORS = frozenset({"moderator", "administrator"})
PEOPLE = frozenset({"member", "editor", "owner"}) | MODERATORS
WRITERS = frozenset({"editor", "owner"}) | MODERATORS
OWNERS = frozenset({"owner"}) | MODERATORS
OWNER = frozenset({"owner"})
PARTY = frozenset({"member", "editor", "owner"})  # nobody’s office opens an agreement to them
SPOKEN_FOR = frozenset({"editor", "owner"})
CMS = frozenset({"cms_editor"}) | MODERATORS
ADMINISTRATORS = frozenset({"administrator"})
JUDGES = PEOPLE | {"coordinator"}
TALKERS = SIGNED_IN - {"newcomer"}
NOBODY: frozenset[str] = frozenset()
METHOD = "method"  # nobody may ask this way: 405, or before that the way to sign in, 403 or 404

# Name → what it is about, who may GET, who may POST. Whoever may not is led to sign in, or told 403 or 404.
Rule = frozenset[str] | str
TABLE: dict[str, tuple[str, Rule, Rule]] = {
    "healthz": ("", EVERYONE, METHOD),
    "readyz": ("", EVERYONE, METHOD),
    "report": ("", EVERYONE, EVERYONE),
    "reports": ("", MODERATORS, METHOD),
    "report-decide": ("page_report", MODERATORS, MODERATORS),
    "safeguarding-contacts": ("", ADMINISTRATORS, ADMINISTRATORS),
    "place-suggest": ("", EVERYONE, METHOD),
    "organisations": ("", EVERYONE, METHOD),
    "organisation-suggest": ("", EVERYONE, METHOD),
    "register-suggest": ("", SIGNED_IN, METHOD),
    "organisation": ("organisation", EVERYONE, METHOD),
    "organisation-duplicates": ("", MODERATORS, METHOD),
    "organisation-merges": ("", MODERATORS, MODERATORS),
    "organisation-duplicate-answer": ("duplicate", METHOD, MODERATORS),
    "register-loads": ("", MODERATORS, METHOD),
    "organisation-new": ("", SIGNED_IN, SIGNED_IN),
    "organisation-edit": ("organisation", WRITERS, WRITERS),
    "organisation-people": ("organisation", PEOPLE, OWNERS),
    "organisation-people-change": ("organisation", METHOD, OWNERS),
    "organisation-claim": ("organisation", SIGNED_IN, SIGNED_IN),
    "organisation-claims": ("", MODERATORS, METHOD),
    "organisation-claim-review": ("claim", MODERATORS, MODERATORS),
    "organisation-join": ("organisation", SIGNED_IN, SIGNED_IN),
    "organisation-leave": ("organisation", METHOD, SIGNED_IN),
    "invitation": ("token", EVERYONE, METHOD),
    "invitation-accept": ("token", METHOD, SIGNED_IN),
    "initiatives": ("", EVERYONE, METHOD),
    "search": ("", EVERYONE, METHOD),
    "search-json": ("", EVERYONE, METHOD),
    "search-export-csv": ("", EVERYONE, METHOD),
    "search-export-json": ("", EVERYONE, METHOD),
    "search-feed": ("", EVERYONE, METHOD),
    "search-suggest": ("", EVERYONE, METHOD),
    "search-like": ("initiative", EVERYONE, METHOD),
    "search-posts": ("", EVERYONE, METHOD),
    "saved-searches": ("", SIGNED_IN, METHOD),
    "saved-search-new": ("", SIGNED_IN, SIGNED_IN),
    "saved-search": ("saved", OWNER, OWNER),
    "saved-search-do": ("saved", METHOD, OWNER),
    "alerts-stop": ("stop", EVERYONE, EVERYONE),
    "alerts-silence": ("silence", EVERYONE, EVERYONE),
    "inbox": ("", SIGNED_IN, SIGNED_IN),
    "notifications-preferences": ("", SIGNED_IN, SIGNED_IN),
    "address-again": ("", METHOD, SIGNED_IN),
    "address-works": ("failing", EVERYONE, EVERYONE),
    "notifications-stop": ("stop_kinds", EVERYONE, EVERYONE),
    "still-running": ("still_running", EVERYONE, EVERYONE),
    "inbox-notice": ("notice", OWNER, METHOD),
    "search-index": ("", ADMINISTRATORS, ADMINISTRATORS),
    "initiative": ("initiative", EVERYONE, METHOD),
    "initiative-register": ("", SIGNED_IN, SIGNED_IN),
    "initiative-check": ("draft", WRITERS, WRITERS),
    "initiative-step": ("step", WRITERS, WRITERS),
    "dashboard": ("", SIGNED_IN, METHOD),
    "initiative-status": ("pk", METHOD, WRITERS),
    "initiative-claim": ("pk", METHOD, WRITERS),
    "initiative-history": ("pk", WRITERS, METHOD),
    "moderation": ("", MODERATORS, METHOD),
    "initiative-merge": ("pair", MODERATORS, MODERATORS),
    "initiative-merges": ("", MODERATORS, MODERATORS),
    "moderation-review": ("waiting", MODERATORS, MODERATORS),
    "tags": ("", EVERYONE, METHOD),
    "tags-suggest": ("", EVERYONE, METHOD),
    "tags-for-text": ("", METHOD, SIGNED_IN),
    "tag": ("tag", EVERYONE, METHOD),
    "tags-tend": ("", MODERATORS, METHOD),
    "tag-tend": ("tended", MODERATORS, MODERATORS),
    "tag-change": ("changed", MODERATORS, MODERATORS),
    "import-start": ("", MODERATORS, MODERATORS),
    "import-template": ("", MODERATORS, METHOD),
    "import-run": ("run", MODERATORS, MODERATORS),
    "import-report": ("run", MODERATORS, METHOD),
    "places": ("", EVERYONE, METHOD),
    "place": ("place", EVERYONE, METHOD),
    "discussions": ("", EVERYONE, METHOD),
    "discussion-new": ("", SIGNED_IN, SIGNED_IN),
    "discussion": ("discussion", EVERYONE, METHOD),
    "discussion-at": ("discussion-at", EVERYONE, METHOD),
    "discussion-entries": ("discussion", EVERYONE, METHOD),
    "discussion-read": ("discussion", METHOD, SIGNED_IN),
    "discussion-follow": ("discussion", METHOD, SIGNED_IN),
    "discussion-tend": ("discussion", OWNERS, OWNERS),
    "discussion-mentionable": ("discussion", TALKERS, METHOD),
    "post-new": ("discussion", SIGNED_IN, SIGNED_IN),
    "post": ("post", EVERYONE, METHOD),
    "post-report": ("post", EVERYONE, EVERYONE),
    "care": ("", MODERATORS, METHOD),
    "care-post": ("post", MODERATORS, MODERATORS),
    "care-lift": ("muting", METHOD, MODERATORS),
    "post-do": ("post", METHOD, SIGNED_IN),
    "file": ("file", EVERYONE, METHOD),
    "file-small": ("file", EVERYONE, METHOD),
    "overlap-board": ("", MODERATORS | {"coordinator"}, METHOD),
    "overlap-board-csv": ("", MODERATORS | {"coordinator"}, METHOD),
    "close-to": ("initiative", EVERYONE, METHOD),
    "close-to-organisation": ("organisation", EVERYONE, METHOD),
    "close-in-place": ("place", EVERYONE, METHOD),
    "pair": ("pair", EVERYONE, METHOD),
    "pair-talk": ("pair", SIGNED_IN, PARTY | {"coordinator"}),
    "overlap-weights": ("", SIGNED_IN, MODERATORS),
    "pair-judge": ("pair", SIGNED_IN, JUDGES),
    "pair-withdraw": ("pair", SIGNED_IN, JUDGES),
    "journey": ("place", EVERYONE, METHOD),
    "journey-list": ("place", EVERYONE, METHOD),
    "journey-csv": ("place", EVERYONE, METHOD),
    "journey-confirm": ("place", MODERATORS | {"coordinator"}, MODERATORS | {"coordinator"}),
    "journey-withdraw": ("place", METHOD, MODERATORS | {"coordinator"}),
    "briefing": ("place", EVERYONE, METHOD),
    "national": ("", EVERYONE, METHOD),
    "national-csv": ("", EVERYONE, METHOD),
    "journey-set": ("", EVERYONE, METHOD),
    "journey-set-list": ("", EVERYONE, METHOD),
    "journey-set-csv": ("", EVERYONE, METHOD),
    "cold-spots": ("", EVERYONE, METHOD),
    "cold-spots-csv": ("", EVERYONE, METHOD),
    "cold-spots-how": ("", EVERYONE, METHOD),
    "cold-spots-of": ("place", EVERYONE, METHOD),
    "place-over-time": ("place", EVERYONE, METHOD),
    "place-changes": ("place", EVERYONE, METHOD),
    "place-changes-do": ("place", METHOD, SIGNED_IN),
    "place-changes-feed": ("place", EVERYONE, METHOD),
    "place-looked-for": ("place", MODERATORS | {"coordinator"}, METHOD),
    "chains": ("place", EVERYONE, METHOD),
    "chains-csv": ("place", EVERYONE, METHOD),
    "chain-of": ("initiative", EVERYONE, METHOD),
    "chains-introduce": ("place", SIGNED_IN, SIGNED_IN),  # asked for nobody it says so; whom else: test_introducing
    "partnerships": ("", EVERYONE, METHOD),
    "partnerships-csv": ("", EVERYONE, METHOD),
    "partnerships-calendar": ("", SIGNED_IN, SIGNED_IN),
    "partnerships-feed": ("feed", EVERYONE, METHOD),
    "partnership-new": ("", SIGNED_IN, SIGNED_IN),
    "partnership": ("partnership", PARTY | {"coordinator"}, METHOD),
    "partnership-history": ("partnership", PARTY | {"coordinator"}, METHOD),
    "partnership-json": ("partnership", PARTY | {"coordinator"}, METHOD),
    "partnership-actions": ("partnership", PARTY | {"coordinator"}, METHOD),
    "partnership-amend": ("partnership", SPOKEN_FOR, SPOKEN_FOR),
    "partnership-action": ("action", SPOKEN_FOR, SPOKEN_FOR),
    "partnership-do": ("partnership", SIGNED_IN, SPOKEN_FOR),
    "need": ("", EVERYONE, METHOD),
    "need-index": ("index", EVERYONE, METHOD),
    "need-csv": ("index", EVERYONE, METHOD),
    "need-report": ("index", MODERATORS, METHOD),
    "place-need": ("place", EVERYONE, METHOD),
    "place-by-code": ("code", EVERYONE, METHOD),
    "profile": ("", SIGNED_IN, SIGNED_IN),
    "account-data": ("", SIGNED_IN, SIGNED_IN),
    "account-close": ("", SIGNED_IN, SIGNED_IN),
    "account-closed": ("", EVERYONE, METHOD),
    "account-again": ("", METHOD, NOBODY),  # it leads everybody to the sign-in, that is its purpose
    "usersessions_list": ("", SIGNED_IN, SIGNED_IN),
    "robots": ("", EVERYONE, METHOD),
    "favicon": ("", EVERYONE, METHOD),
    "security": ("", EVERYONE, METHOD),
    "news-feed": ("", EVERYONE, EVERYONE),
    "sitemap-index": ("", EVERYONE, EVERYONE),
    "sitemap-section": ("section", EVERYONE, EVERYONE),
    "wagtail_serve": ("page", EVERYONE, EVERYONE),
    "wagtailadmin_home": ("", CMS, METHOD),
    "admin:index": ("", ADMINISTRATORS, ADMINISTRATORS),
}

# The same of a partnership that an amendment asks their organisation to join: to read that version, and to answer.
ASKED_TO_JOIN: dict[str, tuple[Rule, Rule]] = {
    "partnership": (PARTY | {"coordinator"}, METHOD),
    "partnership-history": (frozenset({"coordinator"}), METHOD),
    "partnership-json": (frozenset({"coordinator"}), METHOD),
    "partnership-actions": (frozenset({"coordinator"}), METHOD),
    "partnership-amend": (NOBODY, NOBODY),
    "partnership-do": (SIGNED_IN, SPOKEN_FOR),
}

# Other people's rooms, whose own suites hold each page: here a door for all of them, and never an error.
PREFIXES = ("cms/", "django-admin/", "accounts/", "documents/", "_util/", "static/", "media/")


BY_DESIGN = ("account_logout", "wagtailadmin_error_test")  # ends the session; fails to show how that looks


def addresses(resolver: Any = None, before: str = "") -> Iterator[tuple[str, str | None]]:
    """Every pattern of the project with its name."""
    for pattern in (resolver or get_resolver()).url_patterns:
        address = before + str(pattern.pattern).removeprefix("^")
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, address)
        else:
            yield address, pattern.name


def test_every_address_has_a_row():
    without = [(a, name) for a, name in addresses() if name not in TABLE and not a.startswith(PREFIXES)]
    assert without == []


def outcome(response: Any) -> str:
    """ok, sign-in, no or method."""
    if response.status_code == 405:
        return METHOD
    if response.status_code in (403, 404):
        return "no"
    if response.status_code == 302 and "/login/" in response["Location"]:
        return "sign-in"
    assert response.status_code < 500, response.status_code
    return "ok"


def fits(found: str, rule: Rule, role: str) -> bool:
    if rule == METHOD:
        return found != "ok"
    if role in rule:
        return found == "ok"
    return found in ("sign-in", "no")


def without_a_way_to_report(client: Client, answer: Any) -> str:
    """What is wrong with a public page's link to its report; nothing where there is none to be wanted."""
    address = answer.wsgi_request.path
    if answer.status_code != 200 or answer.streaming or not can_be_reported(address):
        return ""
    if b"site-footer__groups" not in answer.content:
        return ""  # data, not a page
    link = f"/report/?{urlencode({'page': address})}"
    if f'<a href="{link}"'.encode() not in answer.content:
        return "no link"
    return "" if f'value="{address}"'.encode() in client.get(link).content else "its report does not know the page"


GROUPS = 8  # a world costs more than what is asked in it: each is for many addresses


@pytest.mark.parametrize("group", range(GROUPS))
def test_each_role_gets_what_the_table_says(group: int, world: World):
    lay_pages()
    wrong = []
    clients = {role: client_of(user) for role, user in world.users.items()}
    cookies = {role: deepcopy(client.cookies) for role, client in clients.items()}
    for name in list(TABLE)[group::GROUPS]:
        about, get, post = TABLE[name]
        address = reverse(name, args=world.arguments[about])
        for role, client in clients.items():
            for method, rule in (("get", get), ("post", post)):
                with transaction.atomic():
                    answer = getattr(client, method)(address)
                    found = outcome(answer)
                    transaction.set_rollback(True)  # what one role did is undone before the next asks
                if not fits(found, rule, role):
                    wrong.append((name, role, method, found))
                if (role, method) == ("visitor", "get") and (fault := without_a_way_to_report(client, answer)):
                    wrong.append((name, role, "report", fault))
            client.cookies = deepcopy(cookies[role])  # one of the addresses signs out
    assert wrong == []


def _wrong(world: World, address: str, get: Rule, post: Rule) -> list[tuple[str, str, str]]:
    """Role, method and what was found where the rules say something else."""
    wrong = []
    for role, user in world.users.items():
        client = client_of(user)
        for method, rule in (("get", get), ("post", post)):
            with transaction.atomic():
                found = outcome(getattr(client, method)(address))
                transaction.set_rollback(True)  # what one role did is undone before the next asks
            if not fits(found, rule, role):
                wrong.append((role, method, found))
    return wrong


def test_who_is_only_asked_to_join_gets_the_version_that_asks_them_and_an_answer(world: World):
    owner = world.users["owner"]
    assert owner is not None
    asked, one, two = Organisation.objects.get(memberships__user=owner), party(), party()
    partnership = in_force(one, two)
    more = replace(terms_of(partnership.stands), parties=terms(one[0], two[0], asked).parties)
    amend(partnership, more, seen=1, user=one[1], organisation=one[0])
    wrong = []
    for name, (get, post) in ASKED_TO_JOIN.items():
        wrong += [(name, *one) for one in _wrong(world, reverse(name, args=[partnership.slug]), get, post)]
    assert wrong == []


@pytest.mark.parametrize("method", ["head", "put", "patch", "delete", "options"])
def test_no_other_way_of_asking_is_an_error(method: str, world: World):
    for role in ("visitor", "owner", "administrator"):
        client = client_of(world.users[role])
        for name, (about, _get, _post) in TABLE.items():
            if about == "page":
                continue
            with transaction.atomic():
                answer = getattr(client, method)(reverse(name, args=world.arguments[about]))
                transaction.set_rollback(True)
            assert answer.status_code < 500, (role, name)


def test_every_other_door_is_never_an_error_and_lets_no_visitor_into_the_cms(world: World):
    for role in ("visitor", "newcomer", "cms_editor", "moderator", "administrator"):
        client = client_of(world.users[role])
        for address, name in addresses():
            if not address.startswith(PREFIXES) or "<" in address or "(" in address or name in BY_DESIGN:
                continue
            with transaction.atomic():
                answer = client.get("/" + address.removesuffix("\\Z").removesuffix("$"))
                transaction.set_rollback(True)
            assert answer.status_code < 500, (role, address)
            if role in ("visitor", "newcomer") and address.startswith(("cms/", "django-admin/")):
                assert answer.status_code in (301, 302, 403, 404) or "jsi18n" in address or "sprite" in address, address


def test_what_is_not_public_yet_is_nobody_elses(world: World):
    draft = Initiative.objects.get(pk=world.arguments["draft"][0])
    for role, user in world.users.items():
        answer = client_of(user).get(draft.get_absolute_url())
        assert (answer.status_code == 200) == (role in WRITERS), role
