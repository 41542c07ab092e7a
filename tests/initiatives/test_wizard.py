"""The five pages by form and reload: saved as one goes, nothing typed lost, nothing an error."""

from __future__ import annotations

import pytest
from django.urls import reverse

from initiatives.models import Initiative
from tests.factories.accounts import ModeratorFactory, UserFactory, sign_in
from tests.factories.initiatives import MIDDLESBROUGH, InitiativeFactory, draft_of
from tests.factories.organisations import MembershipFactory, OrganisationFactory

pytestmark = pytest.mark.django_db

NASTY = [
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "\u202eevil\u202c \x00null\x07 bell",
    "🪨" * 60,
    "=cmd|' /C calc'!A0",
    "x" * 20_000,
]
ROWS = {
    f"{part}-{name}": number
    for part in ("intakes", "partners", "handovers", "evidence")
    for name, number in (("TOTAL_FORMS", "0"), ("INITIAL_FORMS", "0"))
}


@pytest.fixture
def editor():
    return MembershipFactory().user


@pytest.fixture
def organisation(editor):
    return editor.memberships.get().organisation


@pytest.fixture
def draft(editor, organisation):
    return draft_of(editor, organisation)


def save(client, draft, step, then="next", **answers):
    seen = Initiative.objects.get(pk=draft.pk).latest_revision_id
    return client.post(
        reverse("initiative-step", args=[draft.pk, step]), {"seen": seen, "then": then, **ROWS, **answers}
    )


def latest(draft):
    return Initiative.objects.get(pk=draft.pk).get_latest_revision_as_object()


def test_a_start_that_is_posted_twice_makes_one_draft(client, editor, organisation):
    sign_in(client, editor)
    page = client.get(reverse("initiative-register"))
    token = page.context["form"]["token"].value()
    answers = {"organisation": organisation.pk, "title": "Ready for Year 7", "token": token}
    first = client.post(reverse("initiative-register"), answers)
    again = client.post(reverse("initiative-register"), answers)
    assert first.url == again.url
    assert Initiative.objects.filter(title="Ready for Year 7").count() == 1


def test_the_five_pages_keep_what_is_answered_and_lead_to_the_check(client, editor, draft):
    sign_in(client, editor)
    partner = OrganisationFactory(name="Tees Library Friends", is_public=True)
    following = InitiativeFactory(title="Year 7 Crew")
    save(client, draft, "what", title="Bridge", summary="We meet.", support=["mentoring"], tags="Phonics, reading")
    save(client, draft, "whom", stages=["primary"], transitions=["primary-to-secondary"], age_min=10, age_max=12)
    save(client, draft, "where", reach="authorities", authorities=[MIDDLESBROUGH], more="TS24 0XN, cardiff")
    save(
        client,
        draft,
        "when",
        how_to_join="Ask.",
        starts_on="3/9/2026",
        ends_on="2027-07-20",
        contact_email="a@b.example",
        **{"intakes-TOTAL_FORMS": "1", "intakes-0-closes_on": "1/8/2027", "intakes-0-note": "by post"},
    )
    found = save(client, draft, "with", then="stay", find_partner="library", find_next="crew")
    assert "Tees Library Friends" in found.content.decode()
    done = save(client, draft, "with", add_partner=[partner.pk], add_next=[following.pk])
    assert done.url == reverse("initiative-check", args=[draft.pk])
    kept = latest(draft)
    assert kept.title == "Bridge"
    assert sorted(tag.name for tag in kept.tags.all()) == ["phonics", "reading"]
    assert kept.stages == ("primary",)
    assert {place.name for place in kept.places.all()} == {"Middlesbrough", "Hartlepool", "Cardiff"}
    assert (kept.starts_on.isoformat(), kept.ends_on.isoformat()) == ("2026-09-03", "2027-07-20")
    assert [intake.note for intake in kept.intakes.all()] == ["by post"]
    assert [one.organisation for one in kept.partners.all()] == [partner]
    assert [one.next_initiative for one in kept.handovers.all()] == [following]
    checked = client.get(done.url).content.decode()
    assert "Tees Library Friends" in checked
    client.post(done.url)
    assert "Waiting for clearance" in client.get(reverse("dashboard")).content.decode()


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("Whitby, kendal", {"North Yorkshire", "Westmorland and Furness"}),
        ("Newry (Newry, Mourne and Down), Bangor (Gwynedd)", {"Newry, Mourne and Down", "Gwynedd"}),
        ("Bournemouth, Christchurch and Poole", {"Bournemouth, Christchurch and Poole"}),
        ("Tees Valley", {"Darlington", "Hartlepool", "Middlesbrough", "Redcar and Cleveland", "Stockton-on-Tees"}),
        ("east sussex", {"Eastbourne", "Hastings", "Lewes", "Rother", "Wealden"}),
    ],
)
def test_towns_counties_and_areas_are_taken_as_their_council_areas(client, editor, draft, typed, names):
    sign_in(client, editor)
    save(client, draft, "where", reach="authorities", more=typed)
    assert {place.name for place in latest(draft).places.all()} == names


@pytest.mark.parametrize(
    ("step", "answers", "sentence", "kept"),
    [
        ("whom", {"age_min": "12", "age_max": "9"}, "below the youngest", 'value="9"'),
        ("where", {"more": "Atlantis"}, "We know no council area called “Atlantis”", 'value="Atlantis"'),
        ("where", {"more": "Bangor"}, "There is more than one Bangor", 'value="Bangor"'),
        ("where", {"more": "London"}, "We know no council area called “London”", 'value="London"'),
        ("where", {"venue_postcode": "XX1 1XX"}, "XX1 1XX", 'value="XX1 1XX"'),
        ("when", {"starts_on": "2027-05-01", "ends_on": "2026-05-01"}, "before the first", 'value="2026-05-01"'),
        ("when", {"starts_on": "31/02/2027"}, "Write the day like", "31/02/2027"),
        ("when", {"contact_email": "nobody"}, "Write an e-mail address", 'value="nobody"'),
        ("when", {"capacity": "-4"}, "Give 1 or more", 'value="-4"'),
        ("what", {"title": "T", "tags": ",".join(f"t{n}" for n in range(20))}, "Twelve tags", "t19"),
        ("what", {"title": ""}, "required", "<form"),
        ("whom", {"stages": ["castle"]}, "castle", "<form"),
    ],
)
def test_what_cannot_be_true_is_said_and_what_was_typed_stays(client, editor, draft, step, answers, sentence, kept):
    sign_in(client, editor)
    answer = save(client, draft, step, **answers)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert kept in page


@pytest.mark.parametrize("nasty", NASTY, ids=["markup", "hidden", "emoji", "formula", "long"])
def test_nothing_people_type_breaks_a_page_or_becomes_markup(client, editor, draft, nasty):
    sign_in(client, editor)
    for step, names in (
        ("what", ("title", "summary", "description", "tags")),
        ("where", ("venue_name", "more", "venue_postcode")),
        ("when", ("how_to_join", "cost_note", "contact_name", "contact_phone", "website", "contact_email")),
        ("with", ("other_partners", "find_partner", "find_next")),
    ):
        for name in names:
            answers = {"title": "A title"} | {name: nasty} if step == "what" else {name: nasty}
            answer = save(client, draft, step, **answers)
            assert answer.status_code in (200, 302, 422), (step, name)
            assert "<script>alert(1)" not in answer.content.decode()
    page = client.get(reverse("initiative-check", args=[draft.pk])).content.decode()
    assert "<script>alert(1)" not in page
    assert "<img src=x" not in page
    assert "\u202e" not in page


def test_a_page_filled_with_numbers_that_are_none_is_no_error(client, editor, draft):
    sign_in(client, editor)
    for value in ("9" * 40, "-1", "x", ""):
        answer = save(client, draft, "with", add_partner=[value], add_next=[value], **{"partners-TOTAL_FORMS": value})
        assert answer.status_code in (200, 302, 422), value
        client.post(reverse("initiative-step", args=[draft.pk, "whom"]), {"seen": value, "age_min": value})


def test_the_second_of_two_editors_chooses_and_loses_nothing(client, editor, organisation, draft):
    colleague = MembershipFactory(organisation=organisation).user
    address = reverse("initiative-step", args=[draft.pk, "what"])
    sign_in(client, editor)
    seen = client.get(address).context["seen"]
    sign_in(client, colleague)
    client.post(address, {"seen": seen, "title": "Theirs", "summary": "Their words.", **ROWS})
    sign_in(client, editor)
    conflict = client.post(address, {"seen": seen, "title": "Mine", "summary": "My words.", **ROWS})
    page = conflict.content.decode()
    assert conflict.status_code == 409
    for words in ("Theirs", "Their words.", "Mine", "My words."):
        assert words in page
    third = MembershipFactory(organisation=organisation).user
    sign_in(client, third)
    client.post(address, {"seen": conflict.context["seen"], "title": "Third", "summary": "A third.", **ROWS})
    sign_in(client, editor)
    mine = {"title": "Mine", "summary": "My words.", **ROWS}
    again = client.post(address, {"seen": conflict.context["seen"], **mine})
    assert "A third." in again.content.decode()
    client.post(address, {"seen": again.context["seen"], **mine})
    assert latest(draft).summary == "My words."


def test_an_old_tab_of_ones_own_does_not_hide_what_someone_else_saved(client, editor, organisation, draft):
    address = reverse("initiative-step", args=[draft.pk, "what"])
    sign_in(client, editor)
    old = client.get(address).context["seen"]
    sign_in(client, MembershipFactory(organisation=organisation).user)
    client.post(address, {"seen": old, "title": "T", "summary": "Theirs.", **ROWS})
    sign_in(client, editor)
    fresh = client.get(address).context["seen"]
    client.post(address, {"seen": fresh, "title": "T", "summary": "Theirs, mended.", **ROWS})
    assert client.post(address, {"seen": old, "title": "T", "summary": "Old tab.", **ROWS}).status_code == 409


def test_a_made_up_number_tells_no_hidden_name_and_shows_no_hidden_organisation(client, editor, draft):
    hidden = OrganisationFactory(name="Hidden House", is_public=False)
    sign_in(client, editor)
    rows = {"partners-TOTAL_FORMS": "1", "partners-0-organisation": hidden.pk, "partners-0-role": "funds"}
    answer = save(client, draft, "with", then="stay", add_partner=[hidden.pk], **rows)
    assert "Hidden House" not in answer.content.decode()
    assert list(latest(draft).partners.all()) == []
    for value in ("²", "9" * 30):
        answer = save(client, draft, "with", **{**rows, "partners-0-organisation": value})
        assert answer.status_code == 422


def test_what_is_missing_is_listed_with_the_way_to_its_page(client, editor, organisation):
    draft = draft_of(editor, organisation, summary="", stages=(), how_to_join="")
    sign_in(client, editor)
    page = client.get(reverse("initiative-check", args=[draft.pk])).content.decode()
    for step in ("what", "whom", "when"):
        assert f'href="{reverse("initiative-step", args=[draft.pk, step])}"' in page
    client.post(reverse("initiative-check", args=[draft.pk]))
    assert "Draft" in client.get(reverse("dashboard")).content.decode()


def test_close_titles_near_by_are_shown_before_submitting(client, editor, organisation):
    InitiativeFactory(title="Year 9 Mentoring in Berwick Hills")
    InitiativeFactory(title="Year 9 Mentoring in Splott", places=["W06000015"])
    draft = draft_of(editor, organisation, title="Mentoring for Year 9 of Berwick Hills")
    sign_in(client, editor)
    page = client.get(reverse("initiative-check", args=[draft.pk])).content.decode()
    assert "This one looks close to yours" in page
    assert "Year 9 Mentoring in Berwick Hills" in page
    assert "Splott" not in page


def test_to_strangers_a_draft_does_not_exist(client, draft):
    sign_in(client, UserFactory())
    for step in ("what", "check"):
        name, args = ("initiative-check", [draft.pk]) if step == "check" else ("initiative-step", [draft.pk, step])
        assert client.get(reverse(name, args=args)).status_code == 404
        assert client.post(reverse(name, args=args), {}).status_code == 404


def test_a_moderator_answers_by_form_and_needs_a_reason_to_refuse(client, editor, draft):
    sign_in(client, editor)
    client.post(reverse("initiative-check", args=[draft.pk]))
    sign_in(client, ModeratorFactory())
    address = reverse("moderation-review", args=[draft.pk])
    seen = client.get(address).context["review"].revision_id
    refused = client.post(address, {"answer": "return", "reason": " ", "seen": seen})
    assert refused.status_code == 422
    assert "Say why" in refused.content.decode()
    for _time in range(2):
        answered = client.post(address, {"answer": "approve", "seen": seen}, follow=True)
        assert answered.status_code == 200
    assert Initiative.objects.get(pk=draft.pk).live


def test_a_fault_in_a_row_stands_in_the_summary_and_what_was_typed_stays(client, editor, draft):
    sign_in(client, editor)
    typed = {"intakes-0-closes_on": "some day in June", "intakes-1-note": "Autumn"}
    page = save(client, draft, "when", **{"intakes-TOTAL_FORMS": "2", **typed})
    html = page.content.decode()
    assert '<a href="#id_intakes-0-closes_on">Row 1, Apply by: Write the day like 3/9/2027, or choose it.</a>' in html
    assert '<a href="#id_intakes-1-closes_on">Row 2, Apply by: Give the day by which people apply.</a>' in html
    assert 'value="some day in June"' in html
    assert "<title>Please check" in html
