"""Adding an organisation from a public register: found by name or number, picked, filled in."""

from __future__ import annotations

import datetime

import pytest

from organisations.models import Identifier, Organisation, RegisterEntry
from organisations.registers.queries import find_entries
from organisations.registers.spelling import mixed_case
from tests.factories.accounts import UserFactory, sign_in
from tests.factories.organisations import MembershipFactory, OrganisationFactory
from tests.factories.registers import SCHOOLS, UNIVERSITIES, entry_of, read

pytestmark = pytest.mark.django_db
NEW = "/organisations/new/"


@pytest.fixture
def signed_in(client):
    return sign_in(client, UserFactory())


@pytest.fixture
def schools(tmp_path):
    return read(tmp_path / "registers")


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("ayresome", "190001"),
        ("Ayersome Hil", "190001"),
        ("saint marys blackburn", "190002"),
        ("st mary's infants preston", "190003"),
        ("brecknok primry", "190004"),
        ("chruch hill", "190006"),
        ("hill cambridge", "190005"),
        ("1900 06", "190006"),
        ("urn 190004", "190004"),
    ],
)
def test_slips_and_towns_and_numbers_find_the_entry_that_is_meant(schools, typed, number):
    assert find_entries(typed)[0].entry.number == number


@pytest.mark.parametrize("typed", ["", "x", "zzzzqqqq", "’’", "123", "\0", "9" * 200])
def test_what_is_in_no_register_finds_nothing(signed_in, schools, typed):
    assert find_entries(typed) == []
    assert signed_in.get(NEW, {"q": typed, "next": typed}).status_code == 200
    assert signed_in.get("/organisations/suggest/registers/", {"q": typed}).json() == {"results": []}


def test_suggestions_take_as_many_queries_for_thirty_entries_as_for_one(tmp_path, django_assert_max_num_queries):
    read(tmp_path, (SCHOOLS[0], "191000,Hill School,Leeds,"))
    with django_assert_max_num_queries(8):
        assert len(find_entries("hill school")) == 1
    read(tmp_path, (SCHOOLS[0], *(f"1910{n:02},Hill School {n},Leeds," for n in range(30))))
    with django_assert_max_num_queries(8):
        assert len(find_entries("hill school")) == 8


def test_suggestions_say_what_tells_namesakes_apart_and_are_for_the_signed_in(client, schools):
    assert client.get("/organisations/suggest/registers/?q=ayresome").status_code == 302
    sign_in(client, UserFactory())
    entry = RegisterEntry.objects.get(number="190001")
    assert client.get("/organisations/suggest/registers/?q=ayresome").json() == {
        "results": [
            {
                "name": "Ayresome Hill Primary School",
                "note": "Middlesbrough · Register of schools 190001",
                "url": f"/organisations/new/?entry={entry.pk}",
            }
        ]
    }


def test_without_a_script_the_results_are_links_and_each_fills_the_form(signed_in, schools, tmp_path):
    read(tmp_path, UNIVERSITIES, "universities", source="Register of providers")
    page = signed_in.get(f"{NEW}?q=tyneford&next=/my/").content.decode()
    entry = RegisterEntry.objects.get(number="10009901")
    link = f"{NEW}?entry={entry.pk}&amp;next=%2Fmy%2F"
    assert link in page
    filled = signed_in.get(link.replace("&amp;", "&"))
    form = filled.context["form"]
    assert form["name"].value() == "University of Tyneford" and form["postcode"].value() == "TS1 3BA"
    assert "Register of universities, from Register of providers, 1 Nov 2026" in filled.content.decode()
    given = {
        **{name: form[name].value() or "" for name in form.fields},
        **{"identifiers-TOTAL_FORMS": "2", "identifiers-INITIAL_FORMS": "0", "entry": entry.pk},
        **{"identifiers-0-scheme": "GB-UKPRN", "identifiers-0-value": "10009901"},
    }
    kept = signed_in.post(NEW, given | {"name": ""})
    assert kept.status_code == 422 and "from Register of providers" in kept.content.decode()
    signed_in.post(NEW, given)
    made = Organisation.objects.get()
    assert (made.name, made.kind, made.place_id) == ("University of Tyneford", "university", "E06000002")
    assert [str(number) for number in made.identifiers.all()] == ["GB-UKPRN-10009901"]
    page = signed_in.get(made.get_absolute_url()).content.decode()
    assert "Register of universities" in page and "Register of providers, 1 Nov 2026" in page


def test_nothing_found_is_said_and_the_form_stays(signed_in, schools):
    page = signed_in.get(f"{NEW}?q=zzzz").content.decode()
    assert "No register has anything like “zzzz”." in page and 'name="description"' in page
    assert "Type a name or a number to look up" in signed_in.get(f"{NEW}?q=+").content.decode()
    assert "Type a name or a number to look up" not in signed_in.get(NEW).content.decode()


def test_what_is_here_already_leads_to_asking_to_join(signed_in, tmp_path):
    entry = entry_of(tmp_path)
    here = OrganisationFactory(name="Ayresome Hill")
    Identifier.objects.create(organisation=here, scheme="GB-EDU", value="190001")
    (found,) = signed_in.get("/organisations/suggest/registers/?q=ayresome").json()["results"]
    assert found["url"] == f"/organisations/{here.slug}/join/" and "is here already: ask to join" in found["note"]
    page = signed_in.get(f"{NEW}?entry={entry.pk}").content.decode()
    assert "Ayresome Hill is here already with this number." in page and found["url"] in page


def test_a_closed_entry_is_marked_and_picked_with_a_warning(signed_in, schools, tmp_path):
    read(tmp_path, SCHOOLS[:6])
    (found, *_others) = signed_in.get("/organisations/suggest/registers/?q=church+hill").json()["results"]
    assert "closed on 1 Nov 2026" in found["note"]
    page = signed_in.get(found["url"]).content.decode()
    assert "The register has it as closed on 1 Nov 2026. Add it only if you know that it still runs." in page


class TestChangingDetails:
    """The same look-up where an organisation is here already."""

    @pytest.fixture
    def mine(self, client, tmp_path):
        read(tmp_path, UNIVERSITIES, "universities", source="Register of providers")
        one = OrganisationFactory(name="Tyneford Uni", kind="university", website="https://tyne.example")
        sign_in(client, MembershipFactory(organisation=one, role="owner").user)
        return one

    def typed(self, page, **changed):
        form, rows = page.context["form"], page.context["identifiers"]
        numbers = {field.html_name: field.value() or "" for row in rows for field in row}
        counts = {
            f"identifiers-{name}": rows.management_form[name].value() for name in ("TOTAL_FORMS", "INITIAL_FORMS")
        }
        answers = {name: form[name].value() or "" for name in form.fields}
        return {**answers, **numbers, **counts, "seen": page.context["seen"], **changed}

    def test_what_is_empty_is_filled_and_what_differs_is_kept_until_it_is_ticked(self, client, mine):
        edit = f"{mine.get_absolute_url()}edit/"
        (found,) = client.get("/organisations/suggest/registers/", {"q": "tyneford", "for": mine.slug}).json()[
            "results"
        ]
        assert (
            found["url"].startswith(f"{edit}?entry=")
            and found["url"] in client.get(f"{edit}?q=tyneford").content.decode()
        )
        again = client.get("/organisations/suggest/registers/", {"q": "tyneford", "for": f"\0{mine.slug}"})
        assert again.json()["results"] == [found]  # PostgreSQL would choke on the null byte
        page = client.get(found["url"])
        form, text = page.context["form"], page.content.decode()
        assert (form["name"].value(), form["website"].value()) == ("Tyneford Uni", "https://tyne.example")
        assert form["postcode"].value() == "TS1 3BA"
        assert "from Register of providers, 1 Nov 2026" in text and "Its name: use “University of Tyneford”" in text
        entry = {"entry": page.context["picked"].entry.pk}
        kept = client.post(edit, self.typed(page, take=["website"], email="no address", **entry))
        assert kept.status_code == 422 and kept.context["form"]["website"].value() == "http://www.tyneford.ac.uk/"
        client.post(edit, self.typed(page, take=["website"], **entry))
        mine.refresh_from_db()
        assert (mine.name, mine.website) == ("Tyneford Uni", "http://www.tyneford.ac.uk/")
        assert [str(number) for number in mine.identifiers.all()] == ["GB-UKPRN-10009901"]

    def test_it_says_which_entry_it_is_linked_to_and_that_it_is_closed_there(self, client, mine, tmp_path):
        edit = f"{mine.get_absolute_url()}edit/"
        assert "It carries no number that a register here has" in client.get(edit).content.decode()
        Identifier.objects.create(organisation=mine, scheme="GB-UKPRN", value="10009901")
        RegisterEntry.objects.update(closed_on=datetime.date(2026, 10, 1))
        text = client.get(edit).content.decode()
        assert "University of Tyneford, number 10009901, from Register of providers" in text
        assert "Closed there on 1 Oct 2026" in text and "see what differs" in text

    def test_a_number_that_another_carries_is_not_filled_in(self, client, mine):
        other = OrganisationFactory(name="The other")
        Identifier.objects.create(organisation=other, scheme="GB-UKPRN", value="10009901")
        page = client.get(f"{mine.get_absolute_url()}edit/?entry={RegisterEntry.objects.get().pk}")
        assert "The other is here with this number" in page.content.decode()
        assert not any(row["value"].value() for row in page.context["identifiers"])

    def test_another_number_of_the_same_register_is_kept_until_the_other_is_ticked(self, client, mine):
        Identifier.objects.create(organisation=mine, scheme="GB-UKPRN", value="10000001")
        page = client.get(f"{mine.get_absolute_url()}edit/?entry={RegisterEntry.objects.get().pk}")
        assert "Number: use “10009901”" in page.content.decode()
        entry = {"entry": page.context["picked"].entry.pk}
        client.post(f"{mine.get_absolute_url()}edit/", self.typed(page, take=["number", "nonsense"], **entry))
        assert [number.value for number in mine.identifiers.all()] == ["10009901"]

    def test_suggestions_for_somebody_elses_organisation_lead_to_adding_one(self, client, mine):
        asked = {"q": "tyneford", "for": OrganisationFactory().slug}
        (found,) = client.get("/organisations/suggest/registers/", asked).json()["results"]
        assert found["url"].startswith(NEW)


@pytest.mark.parametrize(
    ("shouted", "written"),
    [
        ("ST MARY'S PLAYGROUP (UK) LTD", "St Mary's Playgroup (UK) Ltd"),
        ("THE HOUSE OF THE BRAVE-HEARTED PLC", "The House of the Brave-Hearted PLC"),
        ("3RD TYNEFORD SCOUTS", "3rd Tyneford Scouts"),
        ("DŴR CYMRU", "Dŵr Cymru"),
        ("eBay Trust", "eBay Trust"),
    ],
)
def test_names_that_a_register_shouts_are_offered_as_people_write_them(shouted, written):
    assert mixed_case(shouted) == written


@pytest.mark.parametrize("entry", ["0", "-1", "x", "9" * 40, "999999", "\0"])
def test_an_entry_that_is_none_leaves_the_form_empty(signed_in, entry):
    answer = signed_in.get(NEW, {"entry": entry})
    assert answer.status_code == 200 and answer.context["picked"] is None
