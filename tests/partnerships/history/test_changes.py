"""What opened, ended and changed in a place: only what everyone may read, each once, the newest first."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone, translation
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from initiatives.domain.asking import _mark
from initiatives.domain.drafting import save_draft
from initiatives.domain.moderating import approve_initiative, withdraw_initiative
from initiatives.domain.running import confirm_running, end_initiative, pause_initiative, reopen_initiative
from initiatives.domain.submitting import submit_initiative
from initiatives.models import Freshness, Initiative, ReachedPlace
from partnerships.coverage.models import Closing, Confirmation
from partnerships.history.kinds import Kind
from partnerships.history.models import Watch
from partnerships.history.queries.events import Events, events_in
from partnerships.history.queries.showing import counted, shown
from places.queries import gazetteer
from tests.factories.accounts import CoordinatorFactory, ModeratorFactory, UserFactory, sign_in
from tests.factories.history import ago, old, published, said_published
from tests.factories.importing import imported, table
from tests.factories.initiatives import CARDIFF, HARTLEPOOL, MIDDLESBROUGH, NORTH_EAST, UK, InitiativeFactory, draft_of
from tests.factories.organisations import MembershipFactory
from tests.factories.places import place
from texts.vocabulary import Reach

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
PAGE = "/places/middlesbrough/changes/"


def found_in(code: str, days: float = 30) -> Events:
    return events_in(gazetteer()[code], ago(days))


def told(code: str, days: float = 30) -> list[tuple[str, str]]:
    """Kind and title of each, in order."""
    rows = shown(gazetteer()[code], found_in(code, days).events)
    return [(one.label, one.title) for one in rows]


def confirmed(code: str = MIDDLESBROUGH, days: float = 5, lapses: float = -360, **more: object) -> Confirmation:
    return Confirmation.objects.create(
        place_id=code,
        note="I asked both libraries.",
        name="Ada Reed",
        role="Coordinator of Middlesbrough",
        confirmed_at=ago(days),
        lapses_on=ago(lapses).date(),
        **{"step": "primary", "support": "digital", **more},
    )


def press_read(client: Client, html: str) -> str:
    """As the button of that page does."""
    made_at = re.search(r'name="made_at" value="([^"]+)"', html)
    assert made_at
    answer = client.post(f"{PAGE}do/", {"do": "read", "made_at": made_at[1]}, follow=True)
    return answer.content.decode()


def test_each_sort_of_change_is_told_once_and_only_where_it_reaches():
    InitiativeFactory(title="New", first_published_at=ago(3))
    InitiativeFactory(title="For the region", reach=Reach.REGION, places=[NORTH_EAST], first_published_at=ago(4))
    InitiativeFactory(title="For all", reach=Reach.UK, places=[], first_published_at=ago(5))
    InitiativeFactory(title="Elsewhere", places=[CARDIFF], first_published_at=ago(3))
    old(title="Older")
    old(title="Starts", starts_on=ago(2).date())
    InitiativeFactory(title="Began before", starts_on=ago(20).date(), first_published_at=ago(6))
    old(title="Over", status="ended", ended_on=ago(7).date(), places=[MIDDLESBROUGH, HARTLEPOOL])
    old(title="Long over", status="ended", ended_on=ago(40).date())
    old(title="Withdrawn", status="ended", ended_on=ago(7).date(), live=False)
    published(old(title="Mends"), 8, summary="Another sentence.", how_to_join="Write to us.")
    paused = old(title="Rests")
    pause_initiative(paused, user=MembershipFactory(organisation=paused.lead_organisation, role="owner").user)
    _mark([old(title="Silent")], Freshness.HIDDEN)
    _mark([old(title="Doubted")], Freshness.STALE)
    assert told(MIDDLESBROUGH) == [
        ("Nobody confirms that it runs", "Silent"),
        ("Paused", "Rests"),
        ("Started", "Starts"),
        ("New here", "New"),
        ("New here", "For the region"),
        ("New here", "For all"),
        ("New here", "Began before"),
        ("Ended", "Over"),
        ("Changed", "Mends"),
    ]
    assert told(HARTLEPOOL) == [("New here", "For the region"), ("New here", "For all"), ("Ended", "Over")]
    assert told(CARDIFF) == [("New here", "Elsewhere"), ("New here", "For all")]
    assert len(told(NORTH_EAST)) == 9 and len(told(UK)) == 10
    assert ("Ended", "Over") in told("E47000006")  # Tees Valley Combined Authority
    assert [title for _kind, title in told(MIDDLESBROUGH, days=3.5)] == ["Silent", "Rests", "Starts", "New"]
    assert counted(found_in(MIDDLESBROUGH)) == "5 opened, 2 ended, 2 changed"
    keys = [event.key for event in found_in(UK).events]
    assert len(set(keys)) == len(keys)


def test_a_change_names_the_answers_of_published_versions_and_nothing_of_a_draft(tmp_path, settings):
    initiative = old(title="Chess", tags=["chess"])
    imported_one = old(title="From a list", source="A list", source_id="1", summary="Before.")
    Initiative.objects.filter(pk=imported_one.pk).update(live_revision=None, latest_revision=None)
    editor = MembershipFactory(organisation=initiative.lead_organisation, role="owner").user
    draft = initiative.get_latest_revision_as_object()
    draft.title, draft.description = "A secret title", "Not cleared."
    draft.save_revision(user=editor)
    assert told(MIDDLESBROUGH) == []
    version = initiative.live_revision.as_object()
    version.tags.set(["chess", "board games"])
    version.cost = "free"
    version.save_revision()
    published(initiative, 9, cost="free", capacity=30)
    published(initiative, 4, capacity=30, cost_note="For all of Year 6.")
    published(initiative, 2, cost="free")
    draft_of(editor, initiative.lead_organisation, title="Another secret")
    rows = shown(gazetteer()[MIDDLESBROUGH], found_in(MIDDLESBROUGH).events)
    assert [one.detail for one in rows] == [
        "Published again.",
        "New answers: about the cost.",
        "New answers: cost, places a year, tags.",
    ]
    assert "secret" not in repr(rows)

    settings.DATA_DIR = tmp_path
    first = table(tmp_path / "one.csv", {"title": "Rivers", "id": "7", "summary": "Boats.", "places": "Middlesbrough"})
    again = table(
        tmp_path / "two.csv", {"title": "Rivers", "id": "7", "summary": "More boats.", "places": "Hartlepool"}
    )
    imported(first)
    Initiative.objects.filter(title="Rivers").update(first_published_at=ago(50))
    imported(again, on_duplicate="update")
    imported(again.rename(tmp_path / "three.csv"), on_duplicate="update", format="csv")  # says nothing new
    rows = shown(gazetteer()[HARTLEPOOL], found_in(HARTLEPOOL).events)
    changed = [one.detail for one in rows if one.label == Kind.IMPORTED.label]
    assert changed == ["New answers: in one or two sentences, places."]


def test_answers_that_the_log_names_and_nobody_asks_any_more_are_left_out(client: Client):
    one = old(title="Chess")
    for answers in (["audiences", "cost", "asked_of"], ["audiences"], None):
        log(instance=one, action="initiatives.update", data={"answers": answers})
    rows = shown(gazetteer()[MIDDLESBROUGH], found_in(MIDDLESBROUGH).events)
    assert [one.detail for one in rows] == ["Published again.", "Published again.", "New answers: cost."]
    assert client.get(PAGE).status_code == client.get("/places/middlesbrough/changes.atom").status_code == 200


def test_clearing_is_new_the_first_time_and_a_change_the_second():
    moderator = ModeratorFactory()
    editor = MembershipFactory(role="editor").user
    draft = draft_of(editor, editor.memberships.get().organisation, title="Rowing")

    def cleared() -> None:
        submit_initiative(draft, user=editor)
        seen = Initiative.objects.get(pk=draft.pk).current_workflow_task_state.revision_id
        approve_initiative(draft, moderator=moderator, seen_revision=seen)

    cleared()
    assert told(MIDDLESBROUGH) == [("New here", "Rowing")]
    Initiative.objects.filter(pk=draft.pk).update(first_published_at=ago(90))
    ReachedPlace.objects.filter(initiative=draft.pk).update(published_at=ago(90))
    ModelLogEntry.objects.update(timestamp=ago(90))
    save_draft(draft, user=editor, apply=lambda version: setattr(version, "capacity", 12), seen_revision=None)
    assert told(MIDDLESBROUGH) == []
    cleared()
    rows = shown(gazetteer()[MIDDLESBROUGH], found_in(MIDDLESBROUGH).events)
    assert [(one.label, one.detail) for one in rows] == [("Changed", "New answers: places a year.")]
    withdraw_initiative(draft, moderator=moderator, reason="It names a child.")
    assert told(MIDDLESBROUGH, days=100) == []


def test_an_end_is_told_when_it_is_known_and_not_again_on_the_same_day(tmp_path, settings, time_machine_to):
    settings.DATA_DIR = tmp_path
    row = {"title": "Rivers", "id": "7", "summary": "Boats.", "places": "Middlesbrough"}
    imported(table(tmp_path / "one.csv", row))
    Initiative.objects.update(first_published_at=ago(50))
    ReachedPlace.objects.update(published_at=ago(50))
    imported(table(tmp_path / "two.csv", {**row, "ends_on": "30 June 2016"}), on_duplicate="update")
    assert Initiative.objects.get().status == "ended"
    assert told(MIDDLESBROUGH, days=1) == [("Ended", "Rivers")]  # its last day was ten years ago
    old(title="Starts", starts_on=timezone.localdate())
    over = old(title="Over")
    end_initiative(over, user=ModeratorFactory())
    assert len(told(MIDDLESBROUGH, days=1)) == 3
    read_at = timezone.now()
    assert events_in(gazetteer()[MIDDLESBROUGH], read_at).events == ()
    end_initiative(old(title="Later"), user=ModeratorFactory())
    assert [one.kind for one in events_in(gazetteer()[MIDDLESBROUGH], read_at).events] == [Kind.ENDED]
    reopen_initiative(over, user=ModeratorFactory())
    end_initiative(over, user=ModeratorFactory())
    assert told(MIDDLESBROUGH, days=1)[0] == ("Ended", "Over") and len(told(MIDDLESBROUGH, days=1)) == 4


def test_what_lists_left_out_and_have_again_is_told():
    silent, doubted = old(title="Silent"), old(title="Doubted")
    _mark([silent], Freshness.HIDDEN)
    _mark([doubted], Freshness.STALE)
    for one in (silent, doubted, silent):
        confirm_running(one, user=ModeratorFactory())
    assert told(MIDDLESBROUGH) == [
        ("Confirmed again that it runs", "Silent"),
        ("Nobody confirms that it runs", "Silent"),
    ]
    found = found_in(MIDDLESBROUGH)
    assert counted(found) == "1 opened, 1 ended"
    assert counted(replace(found, more=True)) == "more than 1 opened, 1 ended"


def test_what_coordinators_looked_for_belongs_to_their_place_alone():
    confirmed()
    confirmed(days=400, lapses=5, support="money")
    confirmed(days=50, closed_at=ago(1), closing=Closing.WITHDRAWN.value, support="health")
    confirmed(days=50, closed_at=ago(2), closing=Closing.STARTED.value, support="family")
    confirmed(days=50, closed_at=ago(2), closing=Closing.RENEWED.value, support="skills")
    confirmed(HARTLEPOOL, step="secondary")
    assert [kind for kind, _title in told(MIDDLESBROUGH)] == [
        "Taken back",
        "A gap was filled",
        "Not confirmed any more",
        "Nobody does this here, a coordinator says",
    ]
    assert counted(found_in(MIDDLESBROUGH)) == "4 gaps looked at"
    confirmed(NORTH_EAST, step="early-years", days=1)
    for around in (NORTH_EAST, "E47000006", UK):  # and with their names, in what lies around them
        rows = shown(gazetteer()[around], found_in(around).events)
        inside = [one for one in rows if ": " in one.title]
        assert len(inside) == 5 and len(rows) == (6 if around == NORTH_EAST else 5)
        told_of = {one.title: one.url for one in inside}
        hartlepool = told_of["Hartlepool: Secondary (11–16), Digital access"]
        assert hartlepool == "/places/hartlepool/journey/list/?step=secondary&support=digital"


def test_the_page_begins_where_one_has_read_and_costs_the_same_at_any_length(client: Client, django_assert_num_queries):
    published(old(title="Mends"), 3, summary="Another sentence.")
    confirmed(days=1)
    assert "3 changes since" not in client.get(PAGE).content.decode()
    person = UserFactory()
    sign_in(client, person)
    client.get(PAGE)
    with django_assert_num_queries(18):
        assert "2 changes since" in client.get(PAGE).content.decode()
    for number in range(5):
        said_published(old(title=f"Mends {number}"), times=6, days=4)
    with django_assert_num_queries(18):
        html = client.get(PAGE).content.decode()
    assert html.count('class="changes__one') == 30 and "32 changes since" in html
    assert client.get(f"{PAGE}?page=2&kind=changed").content.decode().count('class="changes__one') == 1

    assert client.get(f"{PAGE}do/").status_code == 405
    for nonsense in ("", "soon", "2026-13-45T00:00:00Z", "2026-10-01T00:00:00", "0001-01-01T00:00:00+00:00"):
        answer = client.post(f"{PAGE}do/", {"do": "read", "made_at": nonsense}, follow=True).content.decode()
        assert "Nothing was marked as read." in answer and "32 changes since" in answer
    answer = press_read(client, client.get(PAGE).content.decode())
    assert "Marked as read." in answer and "0 changes since you last read this, on" in answer
    assert "Nothing changed" in answer
    InitiativeFactory(title="Newest")
    assert "1 change since you last read this" in client.get(PAGE).content.decode()
    assert "32 changes since" not in client.get(f"{PAGE}?since={ago(10):%Y-%m-%d}").content.decode()
    assert "33 changes since" in client.get(f"{PAGE}?since={ago(10):%Y-%m-%d}").content.decode()
    assert f'href="{PAGE}?since={ago(30):%Y-%m-%d}">The last thirty days</a>' in answer
    between = client.get(PAGE).content.decode()
    InitiativeFactory(title="Between page and press")
    after = press_read(client, between)
    assert "1 change since you last read this" in after and "Between page and press" in after
    assert "1 change since you last read this" in press_read(client, html)  # an older page takes nothing back
    tomorrow = ago(-1).isoformat()
    client.post(f"{PAGE}do/", {"do": "read", "made_at": tomorrow})
    assert Watch.objects.get().read_at < timezone.now()  # type: ignore[operator]
    assert "Follow Middlesbrough" in answer
    assert "Stop following" in client.post(f"{PAGE}do/", {"do": "follow"}, follow=True).content.decode()
    assert "Follow Middlesbrough" in client.post(f"{PAGE}do/", {"do": "stop"}, follow=True).content.decode()


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (
            "since=yesterday%3Cb%3E",
            "“yesterday&lt;b&gt;” is no day. Write it like 1 October 2026, 01/10/2026 or 2026-10-01.",
        ),
        ("since=2026-02-31", "“2026-02-31” is no day."),
        ("since=0001-01-01", "“0001-01-01” is no day."),
        ("since=2999-01-01", "That day is still to come."),
        ("since=1999-01-01", "Changes are shown for two years"),
        ("kind=gold", "“gold” is nothing that can be chosen here"),
        ("page=x%00", "changes since"),
    ],
)
def test_what_an_address_cannot_mean_is_said(client: Client, asked: str, sentence: str):
    assert sentence in client.get(f"{PAGE}?{asked}").content.decode()


def test_a_day_is_read_as_people_say_it(client: Client, time_machine_to):
    with time_machine_to(datetime.date(2026, 11, 28)):
        for said in ("1+Oct+2026", "01/10/2026", "1+October+2026", "2026-10-01"):
            html = client.get(f"{PAGE}?since={said}").content.decode()
            assert 'type="date" value="2026-10-01"' in html and 'role="alert"' not in html, said


def test_the_feed_is_valid_lasting_and_says_when_nothing_is_new(client: Client, time_machine_to):
    address = "/places/middlesbrough/changes.atom"
    empty = client.get(address)
    assert empty["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert ElementTree.fromstring(empty.content).findtext(f"{ATOM}updated") == "2026-01-01T00:00:00+00:00"
    one = InitiativeFactory(title="Chess & <b>boards</b>", first_published_at=ago(2))
    confirmed()
    cache.clear()
    answer = client.get(address)
    feed = ElementTree.fromstring(answer.content)
    entries = feed.findall(f"{ATOM}entry")
    assert feed.findtext(f"{ATOM}id") == "tag:localhost,2026:changes/E06000002"
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == [
        "New here: Chess & <b>boards</b>",
        "Nobody does this here, a coordinator says: Primary (5–11), Digital access",
    ]
    assert entries[0].findtext(f"{ATOM}id") == (
        f"tag:localhost,2026:changes/E06000002/listed-{one.pk}-{one.first_published_at:%Y%m%d}"
    )
    authors = [entry.findtext(f"{ATOM}author/{ATOM}name") for entry in entries]
    assert authors == [one.lead_organisation.name, "Coordinator of Middlesbrough"]
    assert feed.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == "en-gb"
    cache.clear()
    with translation.override("de"):
        assert client.get(address, headers={"accept-language": "de"}).content == answer.content
    assert feed.findtext(f"{ATOM}updated") == entries[0].findtext(f"{ATOM}updated")
    assert entries[0].find(f"{ATOM}link").attrib["href"] == f"http://testserver{one.get_absolute_url()}"  # type: ignore[union-attr]
    for entry in (feed, *entries):
        assert all(entry.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated"))
    assert client.get(address, headers={"if-none-match": answer["ETag"]}).status_code == 304
    with time_machine_to(timezone.localdate() + datetime.timedelta(days=1)):
        cache.clear()
        assert client.get(address, headers={"if-none-match": answer["ETag"]}).status_code == 304
    end_initiative(one, user=ModeratorFactory())
    cache.clear()
    new = client.get(address, headers={"if-none-match": answer["ETag"]})
    assert new.status_code == 200 and b"Ended: Chess" in new.content
    for slug in ("north-east", "wales", "united-kingdom", "tees-valley-combined-authority", "middlesbrough"):
        html = client.get(f"/places/{slug}/changes/").content.decode()
        link = re.search(r'<link rel="alternate" type="application/atom\+xml"[^>]*href="([^"]+)"', html)
        assert link and client.get(link[1]).status_code == 200
    assert client.get("/places/nowhere/changes.atom").status_code == 404


def test_whoever_coordinates_a_place_is_not_asked_to_follow_it(client: Client):
    sign_in(client, CoordinatorFactory(place=place()))
    html = client.get(PAGE).content.decode()
    assert "Follow Middlesbrough" not in html and "You coordinate this place" in html
    assert "/places/middlesbrough/looked-for/" in html
