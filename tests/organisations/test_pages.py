"""The organisations' pages: found, read, added, changed by two at once, and kept from strangers."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from notifications.announcing import subscribe, unsubscribe
from notifications.models import Message
from organisations.domain.inviting import invite_member, token_for
from organisations.events import OrganisationsChanged
from organisations.models import Invitation, JoinRequest, Membership, Organisation, Role
from tests.factories.accounts import ModeratorFactory, UserFactory, sign_in
from tests.factories.initiatives import InitiativeFactory
from tests.factories.organisations import MembershipFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
NEW = "/organisations/new/"


def numbers(*rows):
    given = {"identifiers-TOTAL_FORMS": str(len(rows)), "identifiers-INITIAL_FORMS": "0"}
    for row, (scheme, value) in enumerate(rows):
        given |= {f"identifiers-{row}-scheme": scheme, f"identifiers-{row}-value": value}
    return given


def answers(*rows, **given):
    return {"name": "Harbour Reading Club", "kind": "charity", "place": "Middlesbrough", **numbers(*rows), **given}


@pytest.fixture
def person():
    return UserFactory()


@pytest.fixture
def signed_in(client, person):
    return sign_in(client, person)


@pytest.fixture
def owning(person):
    return MembershipFactory(user=person, role=Role.OWNER)


def test_the_list_shows_public_ones_by_name_kind_and_place(client):
    OrganisationFactory(name="Tees Readers", is_public=True)
    OrganisationFactory(name="Tees Secret")
    OrganisationFactory(name="Clyde Readers", kind="council", place_id="S12000049", is_public=True)
    page = client.get("/organisations/").content.decode()
    assert "Tees Readers" in page and "Clyde Readers" in page and "Tees Secret" not in page
    for question in ("q=tees", "kind=charity", "place=middlesbrough", "place=Midlesbrough"):
        page = client.get(f"/organisations/?{question}").content.decode()
        assert "Tees Readers" in page and "Clyde Readers" not in page, question


@pytest.mark.parametrize(
    "question", ["page=0", "page=-1", "page=999999999", "page=x", "kind=nothing", "q=%00", "q=" + "a" * 3000, "x=y"]
)
def test_an_address_that_asks_nonsense_still_gets_the_list(client, question):
    assert client.get(f"/organisations/?{question}").status_code == 200


def test_a_place_nobody_knows_is_said(client):
    assert "We know no place called “Qqxxzzvv”" in client.get("/organisations/?place=Qqxxzzvv").content.decode()


def test_the_list_asks_the_database_as_often_for_thirty_as_for_one(client, django_assert_num_queries):
    OrganisationFactory(is_public=True)
    client.get("/organisations/?warm=1")
    with django_assert_num_queries(2):
        client.get("/organisations/?one=1")
    OrganisationFactory.create_batch(29, is_public=True)
    with django_assert_num_queries(2):
        client.get("/organisations/?thirty=1")


def test_an_organisation_s_page_asks_the_database_as_often_for_thirty_initiatives_as_for_one(client):
    organisation = OrganisationFactory(is_public=True)

    def asked(question):
        with CaptureQueriesContext(connection) as queries:
            page = client.get(organisation.get_absolute_url() + question).content.decode()
        assert "Steps to Secondary" in page
        return len(queries)

    InitiativeFactory(lead_organisation=organisation)
    asked("?warm")
    with_one = asked("?one")
    InitiativeFactory.create_batch(29, lead_organisation=organisation)
    assert asked("?thirty") == with_one <= 10


def test_the_people_page_asks_the_database_as_often_for_thirty_as_for_one(signed_in, owning):
    address = reverse("organisation-people", args=[owning.organisation.slug])

    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert signed_in.get(address).status_code == 200
        return len(queries)

    JoinRequest.objects.create(organisation=owning.organisation, user=UserFactory())
    Invitation.objects.create(organisation=owning.organisation, email="a0@b.example")
    asked()
    with_one = asked()
    MembershipFactory.create_batch(29, organisation=owning.organisation)
    for number in range(1, 30):
        JoinRequest.objects.create(organisation=owning.organisation, user=UserFactory())
        Invitation.objects.create(organisation=owning.organisation, email=f"a{number}@b.example")
    assert asked() == with_one


def test_what_is_not_public_is_no_page_to_strangers(client, owning):
    address = owning.organisation.get_absolute_url()
    assert client.get(address).status_code == 404
    assert sign_in(client, UserFactory()).get(address).status_code == 404
    for path in ("edit/", "people/"):
        assert client.get(address + path).status_code == 404
    for path in ("people/", "people/change/", "edit/"):
        assert client.post(address + path, {}).status_code == 404
    for unseen in (address, "/organisations/there-is-none/"):
        said = client.post(unseen + "leave/", {}, follow=True)
        assert said.redirect_chain == [("/your-work/", 302)]
    for one in (owning.user, ModeratorFactory()):
        for path in ("", "edit/", "people/"):
            assert sign_in(client, one).get(address + path).status_code == 200


def test_its_page_says_what_it_is_and_is_safe_to_read(client):
    organisation = OrganisationFactory(
        name="<b>Tees</b>",
        is_public=True,
        description="**Bold** <script>alert(1)</script>",
        website="https://t.example",
    )
    organisation.identifiers.create(scheme="GB-CHC", value="1089464")
    page = client.get(organisation.get_absolute_url()).content.decode()
    assert "&lt;b&gt;Tees" in page and "<strong>Bold</strong>" in page and "<script>alert" not in page
    assert "1089464" in page and "Middlesbrough" in page and "https://t.example" in page


def test_who_adds_one_owns_it_and_goes_on_to_where_they_came_from(signed_in, person):
    data = answers(("GB-CHC", "108 9464"), ("", ""), postcode="TS1 2AZ", place="", next="/register/")
    response = signed_in.post(NEW, data)
    assert response["Location"] == "/register/"
    made = Organisation.objects.get()
    assert (made.place_id, made.is_public, made.latitude is not None) == ("E06000002", False, True)
    assert [str(one) for one in made.identifiers.all()] == ["GB-CHC-1089464"]
    assert Membership.objects.get(organisation=made).role == Role.OWNER
    assert signed_in.post(NEW, data)["Location"] == "/register/"
    assert Organisation.objects.count() == 1


def test_going_on_never_leads_elsewhere(signed_in):
    response = signed_in.post(NEW, answers(next="https://evil.example/"))
    assert response["Location"] == Organisation.objects.get().get_absolute_url()


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"name": ""}, "This needs an answer"),
        ({"name": "x" * 201}, "200"),
        ({"name": "a\0b", "kind": ""}, "This needs an answer"),
        ({"kind": "pirates"}, "not among the choices"),
        ({"postcode": "ZZ99 9ZZ"}, "ZZ99 9ZZ"),
        ({"place": "Qqxxzzvv"}, "We know no council area of that name"),
        ({"place": "Wales"}, "We know no council area of that name"),
        ({"place": "Kent"}, "We know no council area of that name"),
        ({"place": "Bangor"}, "There is more than one Bangor"),
        ({"website": "javascript:alert(1)"}, "Write the address of a page"),
        ({"email": "me"}, "Write an e-mail address"),
        ({"identifiers-0-value": "SC012345", "identifiers-0-scheme": "GB-CHC"}, "six or seven digits"),
        ({"identifiers-0-value": "1089464", "identifiers-0-scheme": ""}, "Choose the register"),
        ({"identifiers-TOTAL_FORMS": "x"}, "ManagementForm"),
        ({"description": "x" * 3001}, "3000"),
    ],
)
def test_what_cannot_be_kept_is_said_and_what_was_typed_stays(signed_in, given, sentence):
    response = signed_in.post(NEW, {**answers(("", "")), "phone": "01642 000000", **given})
    page = response.content.decode().replace("3,000", "3000")
    assert response.status_code == 422
    assert sentence in page
    assert "01642 000000" in page
    assert not Organisation.objects.exists()


@pytest.mark.parametrize("name", ["St Mary’s Primary", "st. marys PRIMARY", "St Marý's Primary"])
def test_one_that_seems_to_be_there_is_offered_first(signed_in, name):
    there = OrganisationFactory(name="St Mary's Primary")
    page = signed_in.post(NEW, answers(name=name)).content.decode()
    assert "Is it one of these?" in page and reverse("organisation-join", args=[there.slug]) in page
    assert Organisation.objects.count() == 1
    signed_in.post(NEW, answers(name=name, sure="yes"))
    assert Organisation.objects.count() == 2


def test_a_number_another_one_carries_is_refused_and_leads_to_asking_to_join(signed_in, person):
    there = OrganisationFactory(name="Tees Trust")
    there.identifiers.create(scheme="GB-CHC", value="1089464")
    response = signed_in.post(NEW, answers(("GB-CHC", "1089464")))
    assert response.status_code == 422
    assert "registered with this number already" in response.content.decode()
    join = reverse("organisation-join", args=[there.slug])
    assert signed_in.get(join).status_code == 200
    assert signed_in.post(join, {"message": "Hello"})["Location"] == reverse("dashboard")
    assert JoinRequest.objects.get().user == person


def edit(client, organisation, seen, **given):
    data = {**numbers(), "name": organisation.name, "kind": "charity", "place": "Middlesbrough", "seen": seen, **given}
    return client.post(reverse("organisation-edit", args=[organisation.slug]), data)


def seen_by(client, organisation):
    return client.get(reverse("organisation-edit", args=[organisation.slug])).context["seen"]


def test_who_saves_second_sees_both_versions_and_chooses(signed_in, owning):
    organisation = owning.organisation
    seen = seen_by(signed_in, organisation)
    assert edit(signed_in, organisation, seen, description="Theirs").status_code == 302
    conflict = edit(signed_in, organisation, seen, description="Mine")
    page = conflict.content.decode()
    assert conflict.status_code == 409
    assert "Theirs" in page and "Mine" in page
    organisation.refresh_from_db()
    assert organisation.description == "Theirs"
    assert edit(signed_in, organisation, conflict.context["seen"], description="Mine").status_code == 302
    organisation.refresh_from_db()
    assert organisation.description == "Mine"


def test_an_edit_posted_twice_is_one_edit_and_one_without_its_version_is_asked_about(signed_in, owning):
    seen = seen_by(signed_in, owning.organisation)
    for _ in range(2):
        assert edit(signed_in, owning.organisation, seen, description="Mine").status_code == 302
    assert edit(signed_in, owning.organisation, "", description="Blind").status_code == 409


def test_each_edit_is_announced_and_says_whether_what_it_leads_shows_it_too(signed_in, owning):
    heard = []
    subscribe(OrganisationsChanged, heard.append)
    try:
        for change in ({"description": "New words"}, {"description": "New words", "name": "New name"}):
            edit(signed_in, owning.organisation, seen_by(signed_in, owning.organisation), **change)
    finally:
        unsubscribe(OrganisationsChanged, heard.append)
    ids = (owning.organisation.pk,)
    assert heard == [OrganisationsChanged(ids), OrganisationsChanged(ids, renamed=True)]


def test_an_edit_keeps_the_numbers_and_refuses_another_s(signed_in, owning):
    organisation = owning.organisation
    OrganisationFactory(name="Other").identifiers.create(scheme="GB-EDU", value="100000")
    seen = seen_by(signed_in, organisation)
    assert edit(signed_in, organisation, seen, **numbers(("GB-CHC", "1089464"))).status_code == 302
    refused = edit(signed_in, organisation, seen_by(signed_in, organisation), **numbers(("GB-EDU", "100000")))
    assert "registered with this number already" in refused.content.decode()
    assert [str(one) for one in organisation.identifiers.all()] == ["GB-CHC-1089464"]


def change(client, organisation, **given):
    return client.post(reverse("organisation-people-change", args=[organisation.slug]), given, follow=True)


def test_an_owner_invites_answers_and_changes_roles_on_the_people_page(signed_in, owning):
    organisation = owning.organisation
    people = reverse("organisation-people", args=[organisation.slug])
    signed_in.post(people, {"email": "new@people.example", "role": "editor"})
    assert "new@people.example" in signed_in.get(people).content.decode()
    assert signed_in.post(people, {"email": "no address", "role": "king"}).status_code == 422
    asking = JoinRequest.objects.create(organisation=organisation, user=UserFactory())
    change(signed_in, organisation, do="accept", id=asking.pk)
    member = Membership.objects.get(user=asking.user)
    change(signed_in, organisation, do="role", role="editor", id=member.pk)
    member.refresh_from_db()
    assert member.role == Role.EDITOR
    change(signed_in, organisation, do="withdraw", id=Invitation.objects.get().pk)
    assert "new@people.example" not in signed_in.get(people).content.decode()
    assert "needs an owner" in change(signed_in, organisation, do="remove", id=owning.pk).content.decode()
    change(signed_in, organisation, do="remove", id=member.pk)
    assert not Membership.objects.filter(pk=member.pk).exists()


@pytest.mark.parametrize(
    ("given", "status"),
    [({}, 200), ({"do": "fly"}, 200), ({"do": "role", "id": "x"}, 200), ({"do": "remove", "id": "9" * 400}, 200)],
)
def test_a_people_form_that_asks_nonsense_breaks_nothing(signed_in, owning, given, status):
    assert change(signed_in, owning.organisation, **given).status_code == status


def test_a_row_of_another_organisation_cannot_be_changed_from_here(signed_in, owning):
    elsewhere = MembershipFactory()
    assert "done already" in change(signed_in, owning.organisation, do="remove", id=elsewhere.pk).content.decode()
    assert Membership.objects.filter(pk=elsewhere.pk).exists()


def test_an_owner_who_removes_themselves_is_led_home(signed_in, owning):
    MembershipFactory(organisation=owning.organisation, role=Role.OWNER)
    page = change(signed_in, owning.organisation, do="remove", id=owning.pk)
    assert page.status_code == 200
    assert not Membership.objects.filter(pk=owning.pk).exists()


def test_a_member_reads_the_people_page_but_finds_no_form_there(client):
    member = MembershipFactory(role=Role.MEMBER)
    address = reverse("organisation-people", args=[member.organisation.slug])
    page = sign_in(client, member.user).get(address)
    assert page.status_code == 200
    assert "Invite someone" not in page.content.decode()
    assert client.post(address, {"email": "a@b.example", "role": "owner"}).status_code == 404
    assert client.get(reverse("organisation-edit", args=[member.organisation.slug])).status_code == 404
    assert not Message.objects.exists()


def test_leaving_is_a_button_and_leaving_twice_says_so(client):
    member = MembershipFactory(organisation__is_public=True)
    address = reverse("organisation-leave", args=[member.organisation.slug])
    sign_in(client, member.user)
    assert client.get(address).status_code == 405
    assert "You have left" in client.post(address, follow=True).content.decode()
    assert "You do not belong" in client.post(address, follow=True).content.decode()


def test_opening_an_invitation_joins_nobody_and_its_button_does(client, owning):
    person = UserFactory()
    sent = invite_member(owning.organisation, user=owning.user, email=person.email)
    link = reverse("invitation", args=[token_for(sent)])
    assert "Sign in to join" in client.get(link).content.decode()
    assert client.post(link + "accept/")["Location"].startswith(reverse("account_login"))
    sign_in(client, person)
    client.get(link)
    assert not Membership.objects.filter(user=person).exists()
    assert client.post(link + "accept/").status_code == 302
    assert Membership.objects.get(user=person).role == Role.MEMBER
    closed = client.get(link)
    assert (closed.status_code, "used already" in closed.content.decode()) == (410, True)


@pytest.mark.parametrize("token", ["x", "%00", "a" * 4000, "W10:1:2", "WyIxIl0:1abc:def"])
def test_a_forged_invitation_says_so(signed_in, token):
    for response in (
        signed_in.get(f"/organisations/invitations/{token}/"),
        signed_in.post(f"/organisations/invitations/{token}/accept/"),
    ):
        assert response.status_code == 410
        assert "This link is not complete" in response.content.decode()


def test_moderators_find_organisations_in_the_cms(client):
    organisation = OrganisationFactory()
    sign_in(client, ModeratorFactory())
    assert organisation.name in client.get(reverse("wagtailsnippets_organisations_organisation:list")).content.decode()
    edit_page = reverse("wagtailsnippets_organisations_organisation:edit", args=[organisation.pk])
    assert client.get(edit_page).status_code == 200
