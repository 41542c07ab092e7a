"""What everyone reads: list, initiative, place."""

from __future__ import annotations

import datetime

import pytest
from django.core.cache import cache
from django.urls import reverse

from initiatives.models import Initiative
from initiatives.queries.hanging import hanging_on
from places.models import Place
from tests.factories.accounts import CoordinatorFactory, ModeratorFactory
from tests.factories.initiatives import MIDDLESBROUGH, NORTH_EAST, InitiativeFactory, draft_of
from tests.factories.organisations import MembershipFactory
from texts.vocabulary import PartnerRole, Reach

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_pages():
    cache.clear()


def test_the_list_says_how_many_there_are_and_where(client):
    InitiativeFactory(title="Ready for Year 7")
    InitiativeFactory(title="Whole region", reach=Reach.REGION, places=[NORTH_EAST])
    InitiativeFactory(title="In Cardiff", places=["W06000015"])
    page = client.get("/initiatives/", {"where": "TS1 3BA"}).content.decode()
    assert "Initiatives in Middlesbrough" in page
    assert "2 initiatives" in page
    assert "In Cardiff" not in page


def test_one_more_filter_narrows_and_every_filter_is_an_address(client):
    InitiativeFactory(title="Early birds", stages=("early-years",), support=("family",))
    InitiativeFactory(title="Sixth form talks", stages=("16-18",), support=("guidance",), tags=["physics"])
    for address, shown, hidden in (
        ("?stage=early-years", "Early birds", "Sixth form talks"),
        ("?stage=16-18&support=guidance", "Sixth form talks", "Early birds"),
        ("?tag=physics", "Sixth form talks", "Early birds"),
    ):
        page = client.get("/initiatives/" + address).content.decode()
        assert shown in page
        assert hidden not in page


@pytest.mark.parametrize(
    "address",
    [
        "?page=0",
        "?page=-3",
        "?page=99999999999999999999",
        "?page=two",
        "?stage=nonsense&support=&kind=%00",
        "?where=%00%ff",
        "?where=XX1+1XX",
        "?where=" + "x" * 5000,
        "?tag=" + "&tag=".join(str(n) for n in range(300)),
        "?place=atlantis",
    ],
)
def test_no_address_is_an_error(client, address):
    InitiativeFactory()
    assert client.get("/initiatives/" + address).status_code == 200


def test_words_lead_to_the_search_with_all_that_was_asked_beside_them(client):
    answer = client.get("/initiatives/?q=birds&where=leeds&stage=primary")
    assert answer.url == "/search/?q=birds&where=leeds&stage=primary"


def test_an_unknown_place_is_said_and_what_was_typed_is_kept(client):
    page = client.get("/initiatives/", {"where": "Qwxzville"}).content.decode()
    assert "We know no place called “Qwxzville”" in page
    assert 'value="Qwxzville"' in page


def test_the_list_takes_the_same_number_of_queries_at_one_and_at_thirty(client, django_assert_num_queries):
    for number in range(30):
        if number in (1, 0):
            pass
        InitiativeFactory(title=f"Scheme {number}", tags=["stem"])
        if number == 0:
            client.get("/initiatives/")
            cache.clear()
            with django_assert_num_queries(4):
                client.get("/initiatives/")
            cache.clear()
    with django_assert_num_queries(4):
        client.get("/initiatives/")


def test_an_initiative_page_takes_four_queries_whatever_hangs_on_it(client, django_assert_max_num_queries):
    initiative = InitiativeFactory(places=[MIDDLESBROUGH, "E06000001"], tags=[f"tag {n}" for n in range(10)])
    for _number in range(20):
        initiative.partners.create(organisation=MembershipFactory(organisation__is_public=True).organisation)
        initiative.handovers.create(next_initiative=InitiativeFactory())
    initiative.save()
    client.get(initiative.get_absolute_url())
    cache.clear()
    with django_assert_max_num_queries(4):
        assert client.get(initiative.get_absolute_url()).status_code == 200


def test_what_hangs_on_an_initiative_is_in_order_and_listed():
    initiative = InitiativeFactory(tags=["stem", "art"])
    for name, role in (("Zoo", PartnerRole.DELIVERS), ("Bank", PartnerRole.FUNDS), ("Ark", PartnerRole.DELIVERS)):
        partner = MembershipFactory(organisation__name=name, organisation__is_public=True).organisation
        initiative.partners.create(organisation=partner, role=role)
    for title, live in (("Second step", True), ("Not cleared", False), ("A later step", True)):
        initiative.handovers.create(next_initiative=InitiativeFactory(title=title, live=live), note=f"by {title}")
    day = datetime.date(2027, 1, 31)
    initiative.intakes.create(closes_on=day, note="late")
    initiative.intakes.create(opens_on=datetime.date(2026, 12, 1), closes_on=datetime.date(2027, 1, 1))
    initiative.save()
    found = hanging_on(initiative.pk)
    by_label = {str(label): [one.name for one in partners] for label, partners in found.partners}
    assert by_label[str(PartnerRole.DELIVERS.label)] == ["Ark", "Zoo"] and len(by_label) == 2
    assert [(one.name, one.note) for one in found.goes_on_to] == [
        ("Second step", "by Second step"),
        ("A later step", "by A later step"),
    ]
    assert [(one.opens_on, one.closes_on, one.note) for one in found.intakes] == [
        (datetime.date(2026, 12, 1), datetime.date(2027, 1, 1), ""),
        (None, day, "late"),
    ]
    assert ([tag.name for tag in found.tags], found.codes) == (["art", "stem"], [MIDDLESBROUGH])
    assert [tag.url for tag in found.tags] == ["/tags/art/", "/tags/stem/"]
    after = Initiative.objects.get(title="Second step")
    assert [(one.name, one.url) for one in hanging_on(after.pk).comes_from] == [
        (initiative.title, initiative.get_absolute_url())
    ]


def test_a_hub_takes_at_most_six_queries_at_one_and_at_thirty(client, django_assert_max_num_queries):
    InitiativeFactory()
    for _round in range(2):
        for slug in ("middlesbrough", "north-east", "england", "united-kingdom", "tees-valley-combined-authority"):
            client.get(reverse("place", args=[slug]))
            cache.clear()
            with django_assert_max_num_queries(7):
                response = client.get(reverse("place", args=[slug]))
                assert response.status_code == 200, slug
            cache.clear()
        for _number in range(30):
            InitiativeFactory()


def test_a_draft_is_seen_by_its_own_people_and_by_nobody_else(client):
    editor = MembershipFactory().user
    draft = draft_of(editor, editor.memberships.get().organisation, title="Not yet public")
    assert client.get(draft.get_absolute_url()).status_code == 404
    client.force_login(editor)
    assert "Not yet public" in client.get(draft.get_absolute_url()).content.decode()


def test_what_people_write_never_becomes_markup(client):
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    initiative = InitiativeFactory(title=evil, summary=evil, description=evil, how_to_join=evil, other_partners=evil)
    page = client.get(initiative.get_absolute_url()).content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;" in page


def test_a_visitor_gets_the_kept_page_and_a_member_a_fresh_one(client, django_assert_num_queries):
    initiative = InitiativeFactory()
    client.get(initiative.get_absolute_url())
    with django_assert_num_queries(0):
        assert client.get(initiative.get_absolute_url()).status_code == 200
    initiative.summary = "Changed since."
    initiative.save()
    client.force_login(ModeratorFactory())
    assert "Changed since." in client.get(initiative.get_absolute_url()).content.decode()


def test_former_codes_lead_to_the_place_of_today(client):
    assert client.get("/places/code/E08000019/").url == "/places/sheffield/"
    assert client.get("/places/code/X99999999/").status_code == 404


def test_the_places_index_goes_to_a_place_that_is_typed(client):
    assert client.get("/places/", {"where": "ynys mon"}).url == "/places/isle-of-anglesey/"
    assert client.get("/places/", {"where": "TS1 3BA"}).url == "/places/middlesbrough/"
    assert "We know no place" in client.get("/places/", {"where": "zzzz"}).content.decode()


def test_the_stones_of_a_place_have_a_name_and_a_table_with_the_same_links(client):
    InitiativeFactory(stages=("early-years",))
    page = client.get("/places/middlesbrough/").content.decode()
    assert '<ol class="stones" aria-label="Initiatives at each stage">' in page
    table = page.partition("As a table")[2].partition("</table>")[0]
    assert table.count('<th scope="row">') == 8
    assert 'stage=early-years">1<' in table.replace("&amp;", "&")


def test_a_postcode_that_nobody_knows_gives_its_area_and_says_so(client):
    page = client.get("/initiatives/", {"where": "TS1 9ZY"}).content.decode()
    assert "We do not know the postcode “TS1 9ZY”. These are the results for TS1, in Middlesbrough." in page
    assert "Initiatives in Middlesbrough" in page
    index = client.get("/places/", {"where": "TS1 9ZY"}).content.decode()
    assert "“TS1 9ZY” has no page of its own." in index


def test_a_picture_after_a_postcode_is_a_place_not_found(client):
    page = client.get("/initiatives/", {"where": "TS1 😀"}).content.decode()
    assert "We know no place called “TS1 😀”." in page
    assert "The list below is for the whole United Kingdom." in page


def test_a_coordinator_finds_the_places_she_coordinates(client):
    one = CoordinatorFactory(place=Place.objects.get(pk=MIDDLESBROUGH))
    client.force_login(one)
    page = client.get(reverse("dashboard")).content.decode()
    assert "Places you coordinate" in page
    assert reverse("place", args=["middlesbrough"]) in page


@pytest.mark.parametrize("address", ["/initiatives/", "/places/", "/organisations/", "/places/middlesbrough/"])
def test_a_page_says_its_address_and_what_it_is_about(client, settings, address):
    page = client.get(address, {"utm_source": "letter"}).content.decode()
    assert f'<link rel="canonical" href="{settings.SITE_URL}{address}">' in page
    title = page.partition("<title>")[2].partition(" – Stepping Stones")[0]
    assert title
    assert f'<meta property="og:title" content="{title}">' in page
    assert page.partition('<meta name="description" content="')[2].partition('"')[0]
    assert page.partition('<meta property="og:description" content="')[2].partition('"')[0]


def test_a_place_is_found_however_its_address_is_capitalised(client):
    assert "<h1>Middlesbrough</h1>" in client.get("/places/MIDDLESBROUGH/").content.decode()
    assert client.get("/places/Middlesbruh/").status_code == 404
