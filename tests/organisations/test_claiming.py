"""Claiming an organisation: believed by an address at the register's website or by a moderator, while it holds."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from notifications.models import Message
from organisations.domain.claiming import answer_claim, claim_organisation
from organisations.domain.editing import edit_organisation
from organisations.domain.errors import NotAllowed, OrganisationError
from organisations.domain.membership import change_role, leave_organisation
from organisations.domain.merging import merge_organisations, undo_merge
from organisations.domain.registering import Details
from organisations.models import Claim, Identifier, Membership, Organisation, Role
from organisations.queries import standing_claim
from organisations.registers.proving import domain_of, proofs_of
from tests.factories.accounts import ModeratorFactory, UserFactory, sign_in
from tests.factories.organisations import MembershipFactory, OrganisationFactory
from tests.factories.registers import CHARITIES, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def tyneford(tmp_path):
    read(tmp_path, CHARITIES, "charities", source="Register of 2026")
    organisation = OrganisationFactory(
        name="Tyneford Trust", website="https://www.tyneford.org.uk", source="A list", is_public=True
    )
    Identifier.objects.create(organisation=organisation, scheme="GB-CHC", value="1099901")
    return organisation


@pytest.fixture
def insider():
    return UserFactory(name="Ann", email="ann@tyneford.org.uk")


def owners(organisation):
    return list(Membership.objects.filter(organisation=organisation, role=Role.OWNER).values_list("user", flat=True))


def told(person):
    return list(Message.objects.filter(address=person.email).values_list("subject", flat=True))


def test_an_address_at_the_registers_website_is_believed_at_once(client, tyneford, insider):
    sign_in(client, insider)
    page = client.get(f"/organisations/{tyneford.slug}/claim/").content.decode()
    assert "you have shown that ann@tyneford.org.uk is yours. That is enough." in page
    answer = client.post(f"/organisations/{tyneford.slug}/claim/", follow=True)
    assert "Tyneford Trust is verified, and you are its owner." in answer.content.decode()
    shown = (
        "by an e-mail address at tyneford.org.uk, where its website is by the public register (Register of charities)"
    )
    assert shown in answer.content.decode()
    assert owners(tyneford) == [insider.pk]
    client.post(f"/organisations/{tyneford.slug}/claim/")  # posted twice
    assert Claim.objects.count() == 1


def test_who_wants_to_join_where_nobody_is_hears_that_it_can_be_claimed(client, tyneford, insider):
    sign_in(client, insider)
    join, claim = f"/organisations/{tyneford.slug}/join/", f'href="/organisations/{tyneford.slug}/claim/"'
    assert claim in client.get(join).content.decode()
    assert claim in client.get(tyneford.get_absolute_url()).content.decode()
    MembershipFactory(organisation=tyneford)
    assert claim not in client.get(join).content.decode()
    assert claim not in client.get(tyneford.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "ann@nottyneford.org.uk",
        "ann@org.uk",
        "ann@tyneford.org.uk.example",
        "ann@gmail.com",
        "tyneford.org.uk@evil.example",
        "ann@members.tyneford.org.uk",
    ],
)
def test_an_address_elsewhere_is_not(tyneford, address):
    with pytest.raises(OrganisationError, match="Tell the moderators who you are"):
        claim_organisation(tyneford, user=UserFactory(email=address))
    assert owners(tyneford) == []


def test_neither_is_one_that_is_not_confirmed_nor_one_where_the_register_has_it_closed(tyneford, insider, tmp_path):
    EmailAddress.objects.update(verified=False)
    with pytest.raises(OrganisationError):
        claim_organisation(tyneford, user=insider)
    EmailAddress.objects.update(verified=True)
    other = (CHARITIES[0], "GB-CHC-1099902,Elsewhere,,,")
    read(tmp_path, other, "charities", closing=True)
    with pytest.raises(OrganisationError):
        claim_organisation(tyneford, user=insider)


def test_a_shared_host_is_nobodys(tyneford, tmp_path):
    read(tmp_path, (CHARITIES[0], "GB-CHC-1099903,Little,,,https://sites.google.com/little"), "charities", closing=True)
    little = OrganisationFactory(source="A list")
    Identifier.objects.create(organisation=little, scheme="GB-CHC", value="1099903")
    with pytest.raises(OrganisationError):
        claim_organisation(little, user=UserFactory(email="x@sites.google.com"))


def test_neither_is_one_that_the_registers_name_for_another_too(tyneford, insider, tmp_path):
    lines = ("company_number,name,website", "09990001,Tyneford Trust,tyneford.org.uk")
    read(tmp_path, lines, "companies")  # a charity that is a company as well
    assert proofs_of(tyneford, insider)[0].address
    read(tmp_path, (*lines, "09990002,Tyneford Sports,tyneford.org.uk/sports"), "companies")
    assert proofs_of(tyneford, insider) == []


@pytest.mark.parametrize(
    ("kind", "number", "scheme"),
    [("universities", "10009901", "GB-UKPRN"), ("colleges", "10009901", "GB-UKPRN"), ("schools", "190001", "GB-EDU")],
)
def test_where_students_and_pupils_have_addresses_a_moderator_looks(client, tmp_path, kind, number, scheme):
    column = "urn" if kind == "schools" else "ukprn"
    read(tmp_path, (f"{column},name,website", f"{number},Tyneford,https://www.tyneford.ac.uk"), kind)
    organisation = OrganisationFactory(source="A list", is_public=True)
    Identifier.objects.create(organisation=organisation, scheme=scheme, value=number)
    sign_in(client, UserFactory(email="student@tyneford.ac.uk"))
    address = f"/organisations/{organisation.slug}/claim/"
    assert "A moderator checks it by hand" in client.get(address).content.decode()
    client.post(address, {"message": "I teach there"})
    assert Claim.objects.get().accepted is None and owners(organisation) == []


def test_a_moderators_note_is_evidence_too_and_both_are_told(client, tyneford):
    moderator, person = ModeratorFactory(), UserFactory(name="Bea")
    sign_in(client, person)
    address = f"/organisations/{tyneford.slug}/claim/"
    empty = client.post(address, {"message": ""})
    assert empty.status_code == 422 and "Tell the moderators who you are" in empty.content.decode()
    client.post(address, {"message": "Registrar, page /staff"})
    client.post(address, {"message": "Again"})
    claim = Claim.objects.get()
    assert told(moderator) == ["Bea claims Tyneford Trust"] and standing_claim(tyneford) is None
    assert "You claimed it on" in client.get(address).content.decode()
    sign_in(client, moderator)
    review = f"/organisations/claims/{claim.pk}/"
    assert review in client.get("/organisations/claims/").content.decode()
    page = client.get(review).content.decode()
    assert "Registrar, page /staff" in page and "http://www.tyneford.org.uk/" in page
    kept = client.post(review, {"answer": "accept", "note": ""})
    assert kept.status_code == 422 and "Write how you checked it" in kept.content.decode()
    assert client.post(review, {"note": "Rang the registrar"}).status_code == 422
    client.post(review, {"answer": "accept", "note": "Rang the registrar"})
    assert owners(tyneford) == [person.pk]
    assert told(person) == ["Your claim on Tyneford Trust"]
    page = client.get(tyneford.get_absolute_url()).content.decode()
    assert "by a moderator’s check: Rang the registrar" in page


def test_what_was_declined_says_why_and_can_be_claimed_anew(tyneford):
    moderator, person = ModeratorFactory(), UserFactory()
    claim = claim_organisation(tyneford, user=person, message="Me")
    answer_claim(claim, user=moderator, accept=False, note="No such person there")
    answer_claim(claim, user=moderator, accept=False, note="No such person there")  # posted twice
    assert "No such person there" in Message.objects.get(address=person.email).body
    with pytest.raises(OrganisationError, match="answered this already"):
        answer_claim(claim, user=moderator, accept=True, note="Yes")
    assert claim_organisation(tyneford, user=person, message="Look again").answered_at is None


def test_only_moderators_answer_and_never_their_own(tyneford):
    moderator = ModeratorFactory()
    claim = claim_organisation(tyneford, user=moderator, message="Me")
    for person in (moderator, UserFactory()):
        with pytest.raises(NotAllowed):
            answer_claim(claim, user=person, accept=True, note="Yes")


def test_of_two_who_claim_it_the_second_is_told_whom_to_ask(client, tyneford, insider):
    slower, latest = UserFactory(), UserFactory(email="cy@tyneford.org.uk")
    waiting = claim_organisation(tyneford, user=slower, message="Me")
    claim_organisation(tyneford, user=insider)
    waiting.refresh_from_db()
    assert waiting.accepted is False and "Ask to join it" in Message.objects.get(address=slower.email).body
    with pytest.raises(OrganisationError, match="has people here already"):
        claim_organisation(tyneford, user=latest)
    sign_in(client, latest)
    refused = client.post(f"/organisations/{tyneford.slug}/claim/")
    assert refused.status_code == 422 and "has people here already. Ask to join it." in refused.content.decode()


def test_who_was_claimed_for_meanwhile_is_not_given_away(tyneford):
    claim = claim_organisation(tyneford, user=UserFactory(), message="Me")
    MembershipFactory(organisation=tyneford)
    with pytest.raises(OrganisationError, match="has people here by now"):
        answer_claim(claim, user=ModeratorFactory(), accept=True, note="Yes")


def details(website, *, name="Tyneford Trust", numbers=(("GB-CHC", "1099901"),)):
    return Details(name=name, kind="charity", website=website, place_code="E06000002", identifiers=numbers)


SITE = "https://www.tyneford.org.uk"


def test_it_lapses_when_the_number_goes_or_the_name_becomes_another(tyneford, insider):
    claim_organisation(tyneford, user=insider)
    edit_organisation(tyneford, details(SITE, name="TYNEFORD Trust."), user=insider, seen=None)
    assert standing_claim(tyneford) is not None
    edit_organisation(tyneford, details(SITE, name="University of Oxbridge"), user=insider, seen=None)
    assert standing_claim(tyneford) is None and Claim.objects.get().lapse == "name"
    assert "its name was changed to one that nobody has checked" in Message.objects.get(address=insider.email).body
    claim_organisation(tyneford, user=insider)
    edit_organisation(tyneford, details(SITE, name="Oxbridge", numbers=()), user=insider, seen=None)
    assert Claim.objects.order_by("pk").last().lapse == "number"
    letter = Message.objects.filter(address=insider.email).last()
    assert "it no longer carries the number that the register has it under" in letter.body


def test_a_name_that_differed_from_the_registers_may_stay_and_may_become_the_registers(tyneford, insider):
    Organisation.objects.filter(pk=tyneford.pk).update(name="Tyneford")
    claim_organisation(tyneford, user=insider)
    for name in ("Tyneford", "Tyneford Trust"):
        edit_organisation(tyneford, details(f"{SITE}/{name[0]}", name=name), user=insider, seen=None)
        assert standing_claim(tyneford) is not None, name


@pytest.mark.parametrize(
    ("change", "lapse"),
    [({"name": "Another"}, "name"), ({"website": "https://elsewhere.example"}, "website"), ({"numbers": ()}, "")],
)
def test_what_a_moderator_checked_lapses_with_the_name_and_with_a_first_website(tyneford, change, lapse):
    Organisation.objects.filter(pk=tyneford.pk).update(website="")
    moderator = ModeratorFactory()
    claim = claim_organisation(tyneford, user=UserFactory(), message="Me")
    answer_claim(claim, user=moderator, accept=True, note="Rang")
    edit_organisation(tyneford, details(**{"website": "", **change}), user=moderator, seen=None)
    claim.refresh_from_db()
    assert (claim.lapse, standing_claim(tyneford) is None) == (lapse, bool(lapse))


def test_a_first_website_keeps_what_an_address_there_has_shown(tyneford, insider):
    Organisation.objects.filter(pk=tyneford.pk).update(website="")
    claim_organisation(tyneford, user=insider)
    edit_organisation(tyneford, details(SITE), user=insider, seen=None)
    assert standing_claim(tyneford) is not None
    edit_organisation(tyneford, details("https://elsewhere.example"), user=insider, seen=None)
    assert Claim.objects.get().lapse == "website"


def test_a_badge_comes_back_when_a_merge_is_undone(tyneford, insider):
    claim_organisation(tyneford, user=insider)
    kept, moderator = OrganisationFactory(source="A list", website="https://kept.example"), ModeratorFactory()
    other = claim_organisation(kept, user=UserFactory(), message="Me")
    answer_claim(other, user=moderator, accept=True, note="Rang")
    merge = merge_organisations(kept, tyneford, user=moderator)
    assert standing_claim(kept) == other
    undo_merge(merge, user=moderator)
    assert standing_claim(tyneford) is not None and standing_claim(kept) == other


def test_an_old_claim_makes_no_member_an_owner_beside_the_owners(tyneford):
    person, moderator = UserFactory(), ModeratorFactory()
    claim = claim_organisation(tyneford, user=person, message="Me")
    owner = MembershipFactory(organisation=tyneford, role=Role.OWNER).user
    MembershipFactory(organisation=tyneford, user=person, role=Role.MEMBER)
    with pytest.raises(OrganisationError, match="without being its owner"):
        answer_claim(claim, user=moderator, accept=True, note="Yes")
    assert owners(tyneford) == [owner.pk]
    answer_claim(claim, user=moderator, accept=False, note="Ask the owner")


def test_a_closed_account_holds_no_badge_and_who_comes_after_it_has_the_only_one(tyneford, insider):
    waiting = claim_organisation(tyneford, user=UserFactory(), message="Me")
    claim_organisation(tyneford, user=insider)
    waiting.refresh_from_db()
    User.objects.filter(pk=insider.pk).update(is_active=False)
    assert standing_claim(tyneford) is None
    later = claim_organisation(tyneford, user=UserFactory(email="bea@tyneford.org.uk"))
    assert standing_claim(tyneford) == later
    assert list(Claim.objects.filter(accepted=True, lapsed_at=None)) == [later]
    assert Claim.objects.get(user=insider).lapse == "anew"


def test_the_claim_of_a_closed_account_is_not_accepted(tyneford):
    claim = claim_organisation(tyneford, user=UserFactory(), message="Me")
    User.objects.filter(pk=claim.user_id).update(is_active=False)
    with pytest.raises(OrganisationError, match="account is closed"):
        answer_claim(claim, user=ModeratorFactory(), accept=True, note="Yes")


def test_it_lapses_when_the_website_moves_and_says_why(client, tyneford, insider):
    claim_organisation(tyneford, user=insider)
    for same in ("https://tyneford.org.uk/about", "", "http://www.tyneford.org.uk"):
        edit_organisation(tyneford, details(same), user=insider, seen=None)
        assert standing_claim(tyneford) is not None, same
    edit_organisation(tyneford, details("https://tyneford.example"), user=insider, seen=None)
    assert standing_claim(tyneford) is None
    assert "its website moved to another domain" in Message.objects.get(address=insider.email).body
    sign_in(client, insider)
    page = client.get(f"/organisations/{tyneford.slug}/claim/").content.decode()
    assert "its website moved to another domain" in page
    assert "Verified" not in client.get(tyneford.get_absolute_url()).content.decode()
    assert claim_organisation(tyneford, user=insider).accepted and standing_claim(tyneford) is not None


@pytest.mark.parametrize("how", ["leaves", "steps down"])
def test_it_lapses_when_who_showed_it_is_no_longer_its_owner(tyneford, insider, how):
    claim_organisation(tyneford, user=insider)
    other = MembershipFactory(organisation=tyneford, role=Role.OWNER).user
    insider = User.objects.get(pk=insider.pk)
    if how == "leaves":
        leave_organisation(tyneford, user=insider)
    else:
        change_role(Membership.objects.get(user=insider), Role.EDITOR, user=other)
    assert standing_claim(tyneford) is None and Claim.objects.get().lapse == "owner"
    assert "is no longer its owner" in Message.objects.get(address=other.email).body


def test_an_owner_can_have_it_verified_and_a_member_cannot(tyneford):
    owner = MembershipFactory(organisation=tyneford, role=Role.OWNER, user__email="o@tyneford.org.uk").user
    member = MembershipFactory(organisation=tyneford, role=Role.MEMBER, user__email="m@tyneford.org.uk").user
    with pytest.raises(OrganisationError, match="Ask an owner"):
        claim_organisation(tyneford, user=member)
    assert claim_organisation(tyneford, user=owner).accepted


@pytest.mark.parametrize(
    ("website", "domain"),
    [
        ("http://WWW.Tyneford.org.uk:80/x", "tyneford.org.uk"),
        ("https://a@tyneford.example/", "tyneford.example"),
        ("http://[::1", ""),
        ("http://127.0.0.1/", ""),
        ("http://localhost/", ""),
        ("", ""),
    ],
)
def test_the_domain_of_a_website(website, domain):
    assert domain_of(website) == domain


def test_the_moderators_queue_asks_the_database_as_often_for_thirty_as_for_one(client):
    sign_in(client, ModeratorFactory())

    def asked(number):
        for _claim in range(number):
            claim_organisation(OrganisationFactory(source="A list"), user=UserFactory(), message="Me")
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/organisations/claims/").status_code == 200
        return len(queries)

    asked(1)
    assert asked(1) == asked(28) <= 12
