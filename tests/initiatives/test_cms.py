"""Initiatives in the CMS: everyone who may see them reads them there, nobody changes them there."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.urls import reverse

from initiatives.domain.drafting import save_draft
from initiatives.domain.submitting import submit_initiative
from initiatives.models import Initiative
from initiatives.queries.states import review_of
from initiatives.wagtail_hooks import InitiativeViewSet
from tests.factories.accounts import AdministratorFactory, EditorFactory, ModeratorFactory, sign_in
from tests.factories.initiatives import InitiativeFactory, draft_of
from tests.factories.organisations import MembershipFactory

pytestmark = pytest.mark.django_db

CMS = "wagtailsnippets_initiatives_initiative"
SUMMARY = "A summary that waits."


@pytest.fixture(params=[ModeratorFactory, AdministratorFactory], ids=["moderator", "administrator"])
def reader(request, client):
    return sign_in(client, request.param())


@pytest.fixture
def waiting():
    """A cleared initiative with an edit that waits for a moderator."""
    editor = MembershipFactory().user
    row = InitiativeFactory(lead_organisation=editor.memberships.get().organisation)

    def apply(draft):
        draft.summary = SUMMARY

    save_draft(row, user=editor, apply=apply, seen_revision=None)
    submit_initiative(row, user=editor)
    return Initiative.objects.get(pk=row.pk)


@pytest.fixture
def newcomer():
    """A draft nobody cleared yet, waiting."""
    editor = MembershipFactory().user
    row = draft_of(editor, editor.memberships.get().organisation)
    submit_initiative(row, user=editor)
    return Initiative.objects.get(pk=row.pk)


def picture(initiative):
    """All that an edit, an approval, a publication, a lock or a deletion would change."""
    row = Initiative.objects.get(pk=initiative.pk)
    fields = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    states = list(row.workflow_states.order_by("pk").values_list("pk", "status", "current_task_state__status"))
    return fields, states, row.revisions.count(), Initiative.objects.count()


def posted(initiative, **more):
    """The edit form's fields, filled as a browser would, with one thing changed."""
    fields = {name: getattr(initiative, name) for name in ("title", "description", "reach", "how_to_join")}
    formsets = {
        f"{name}-{count}": "0"
        for name in ("intakes", "partners", "handovers")
        for count in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")
    }
    return {**fields, **formsets, "summary": "Changed in the CMS.", "languages": "en", "support": "mentoring", **more}


def address(name, initiative):
    state = initiative.current_workflow_state
    revision = initiative.revisions.order_by("pk").first().pk
    more = {
        "workflow_action": ("approve", state.current_task_state_id),
        "collect_workflow_action_data": ("approve", state.current_task_state_id),
        "workflow_preview": (state.current_task_state.task_id,),
        "workflow_history_detail": (state.pk,),
        "revisions_view": (revision,),
        "revisions_revert": (revision,),
        "revisions_unschedule": (revision,),
    }
    alone = name in ("add", "preview_on_add")
    return reverse(f"{CMS}:{name}", args=() if alone else (initiative.pk, *more.get(name, ())))


WRITING = [
    *("add", "edit", "copy", "delete", "usage", "unpublish", "lock", "unlock"),
    *("preview_on_add", "preview_on_edit", "revisions_view", "revisions_revert", "revisions_unschedule"),
    *("workflow_action", "collect_workflow_action_data", "confirm_workflow_cancellation", "workflow_preview"),
    *("workflow_history", "workflow_history_detail"),
]


def refused(response):
    """Wagtail leads whom it refuses to its front page, and answers its own scripts with 403."""
    return response.status_code == 403 or (response.status_code == 302 and response["Location"] == "/cms/")


@pytest.mark.parametrize("name", WRITING)
@pytest.mark.parametrize("kind", ["waiting", "newcomer"])
def test_what_writes_is_refused(reader, request, name, kind, mailoutbox):
    initiative = request.getfixturevalue(kind)
    before, url = picture(initiative), address(name, initiative)
    mailoutbox.clear()
    assert refused(reader.get(url))
    assert refused(reader.post(url, posted(initiative)))
    assert refused(reader.post(url, posted(initiative), headers={"x-requested-with": "XMLHttpRequest"}))
    assert picture(initiative) == before
    assert mailoutbox == []


@pytest.mark.parametrize(
    "button",
    [
        {"action-publish": "1"},
        {"action-submit": "1"},
        {"action-cancel-workflow": "1"},
        {"action-restart-workflow": "1"},
        {"action-workflow-action": "1", "workflow-action-name": "approve"},
        {"action-workflow-action": "1", "workflow-action-name": "reject"},
    ],
    ids=lambda button: "-".join(button.values()) + next(iter(button)),
)
def test_no_button_of_the_edit_form_does_anything(reader, waiting, button):
    before = picture(waiting)
    assert refused(reader.post(address("edit", waiting), posted(waiting, **button)))
    assert picture(waiting) == before


@pytest.mark.parametrize("action", ["approve", "reject"])
def test_a_workflow_s_task_is_not_answered_in_the_cms(reader, newcomer, action):
    before, state = picture(newcomer), newcomer.current_workflow_task_state
    url = reverse(f"{CMS}:workflow_action", args=[newcomer.pk, action, state.pk])
    assert refused(reader.post(url, {"comment": "Fine."}))
    assert picture(newcomer) == before


def test_many_are_not_deleted_at_once(reader, waiting):
    before = picture(waiting)
    url = reverse("wagtail_bulk_action", args=["initiatives", "initiative", "delete"])
    for ids in (f"id={waiting.pk}", "id=all"):
        reader.post(f"{url}?{ids}")
        assert picture(waiting) == before


def test_every_address_of_the_cms_is_for_reading_or_held_here():
    names = {pattern.name for pattern in Initiative.snippet_viewset.get_urlpatterns()}
    assert names == {*InitiativeViewSet.READING, *WRITING}


def test_moderators_read_list_history_and_comparison(reader, waiting):
    listing = reader.get(reverse(f"{CMS}:list")).content.decode()
    assert waiting.title in listing
    assert f'href="{reverse("moderation")}"' in listing
    inspect = reverse(f"{CMS}:inspect", args=[waiting.pk])
    assert inspect in listing
    pages = [
        listing,
        reader.get(inspect).content.decode(),
        reader.get(reverse(f"{CMS}:history", args=[waiting.pk])).content.decode(),
        reader.get(reverse(f"{CMS}:revisions_compare", args=[waiting.pk, "live", "latest"])).content.decode(),
    ]
    assert waiting.get_absolute_url() in pages[1]
    assert SUMMARY in pages[3].replace('<span class="addition">', "").replace("</span>", "")
    for page in pages:
        for name in WRITING:
            assert address(name, waiting) not in page, name


def test_the_front_page_of_the_cms_leads_to_the_queue_and_answers_nothing_itself(reader, waiting):
    front = reader.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("moderation") in front
    assert "Awaiting your review" not in front
    assert address("workflow_action", waiting) not in front


def test_editors_of_pages_see_no_initiatives_in_the_cms(client, waiting):
    sign_in(client, EditorFactory())
    for name in ("list", "inspect", "history"):
        url = reverse(f"{CMS}:{name}", args=() if name == "list" else (waiting.pk,))
        assert refused(client.get(url)), name
    assert client.get("/cms/snippets/choose/initiatives/initiative/").status_code == 404


def test_preparing_takes_from_an_existing_database_what_moderators_might_do_before():
    group = Group.objects.get_or_create(name="Moderators")[0]
    verbs = ("add", "change", "delete", "publish", "lock", "unlock", "view")
    might = Permission.objects.filter(codename__in=[f"{verb}_initiative" for verb in verbs])
    group.permissions.add(*might)
    assert might.count() == len(verbs)
    call_command("prepare", verbosity=0)
    left = group.permissions.filter(content_type__app_label="initiatives").values_list("codename", flat=True)
    assert list(left) == ["view_initiative"]


def test_the_queue_still_clears(reader, waiting, django_capture_on_commit_callbacks, mailoutbox):
    url = reverse("moderation-review", args=[waiting.pk])
    with django_capture_on_commit_callbacks(execute=True):
        print(reader.get(url).status_code)
        r = reader.post(url, {"answer": "approve", "seen": review_of(waiting).revision_id})
        print(r.content.decode()[:3000])
    assert Initiative.objects.get(pk=waiting.pk).summary == SUMMARY
    assert mailoutbox
