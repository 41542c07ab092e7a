"""The CMS's side: initiatives to read there, and the names of their audit log's entries."""

from __future__ import annotations

from typing import Any, NoReturn

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.admin.ui.tables import LiveStatusTagColumn
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import HistoryView, IndexView, InspectView, RevisionsCompareView, SnippetViewSet

from initiatives.models import Initiative
from initiatives.permissions import can_moderate

AUDIT_ACTIONS = {
    "initiatives.reject": (_("Reject"), _("Not accepted")),
    "initiatives.withdraw": (_("Withdraw"), _("Withdrawn from the public")),
    "initiatives.pause": (_("Pause"), _("Paused")),
    "initiatives.end": (_("End"), _("Ended")),
    "initiatives.reopen": (_("Reopen"), _("Reopened")),
    "initiatives.confirm": (_("Confirm"), _("Confirmed as running")),
    "initiatives.doubt": (_("Doubt"), _("Nobody confirmed that it runs")),
    "initiatives.merged": (_("Merge"), _("Merged with another")),
    "initiatives.parted": (_("Undo a merge"), _("Merge undone")),
    "initiatives.claim": (_("Claim"), _("Claimed")),
    "initiatives.import": (_("Import"), _("Imported")),
    "initiatives.update": (_("Import again"), _("Changed by an import")),
}


@hooks.register("register_log_actions")
def register_audit_actions(actions: Any) -> None:
    for name, (label, message) in AUDIT_ACTIONS.items():
        actions.register_action(name, label, message)


class OnlyViewing(ModelPermissionPolicy):
    """In the CMS initiatives are read and nothing else, by administrators too.

    Every change goes through this room's verbs: they send the letters, note the confirmation, show the organisation
    and bring lists and counts up to date; Wagtail's own would do none of it.
    """

    def user_has_permission(self, user: Any, action: str) -> bool:
        if action == "publish":  # asked by Wagtail's workflow when our own verb approves; no address here leads to it
            return can_moderate(user)
        return action == "view" and bool(super().user_has_permission(user, action))

    def users_with_any_permission(self, actions: Any) -> Any:
        return super().users_with_any_permission([action for action in actions if action == "view"])


register_permission_policy(Initiative, OnlyViewing(Initiative))


def _refuse(request: HttpRequest, **kwargs: Any) -> NoReturn:
    raise PermissionDenied


class InitiativeIndexView(IndexView):
    """The list, with the way to where initiatives are cleared."""

    @cached_property
    def header_buttons(self) -> list[Any]:
        return [HeaderButton(_("Clear what waits"), url=reverse("moderation"), icon_name="check")]


class InitiativeInspectView(InspectView):
    """One initiative, with the way to its page, where those who may find how to change it."""

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        return [Button(_("Open on the site"), url=self.object.get_absolute_url(), icon_name="view", priority=10)]


class InitiativeHistoryView(HistoryView):
    """What happened to it, without a way to edit."""

    any_permission_required = ("view",)
    header_buttons = ()


class InitiativeCompareView(RevisionsCompareView):
    """Two versions side by side."""

    permission_required = "view"


class InitiativeViewSet(SnippetViewSet):
    """The registry in the CMS, for moderators to read: every column, the history, the comparison."""

    READING = ("list", "list_results", "inspect", "history", "history_results", "revisions_compare")
    WRITING = ("edit", "delete", "copy", "revisions_revert", "revisions_unschedule", "unpublish", "lock", "unlock")

    model = Initiative
    icon = "clipboard-list"
    menu_label = _("Initiatives")
    add_to_admin_menu = True
    inspect_view_enabled = True
    inspect_view_fields_exclude = ("latitude", "longitude", "evidence", "title_key", "tags", "expire_at", "go_live_at")
    index_view_class = InitiativeIndexView
    inspect_view_class = InitiativeInspectView
    history_view_class = InitiativeHistoryView
    revisions_compare_view_class = InitiativeCompareView
    list_display = ("title", "lead_organisation", "status", LiveStatusTagColumn())
    list_filter = ("status", "live", "source")
    search_fields = ("title", "lead_organisation__name")
    panels = (
        MultiFieldPanel([FieldPanel(n) for n in ("title", "summary", "description", "support", "tags")], _("What")),
        MultiFieldPanel([FieldPanel(n) for n in ("stages", "transitions", "age_min", "age_max", "focus")], _("Whom")),
        MultiFieldPanel([FieldPanel(n) for n in ("reach", "places", "venue_name", "venue_postcode")], _("Where")),
        MultiFieldPanel(
            [
                *(FieldPanel(n) for n in ("starts_on", "ends_on", "how_to_join", "cost", "cost_note", "capacity")),
                *(FieldPanel(n) for n in ("languages", "contact_name", "contact_email", "contact_phone", "website")),
                InlinePanel("intakes", label=_("Intakes"), max_num=4),
            ],
            _("When"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("other_partners"),
                InlinePanel("partners", [FieldPanel("organisation"), FieldPanel("role")], label=_("Partners")),
                InlinePanel("handovers", [FieldPanel("next_initiative"), FieldPanel("note")], label=_("Hand-overs")),
            ],
            _("With whom"),
        ),
    )

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """No page offers what would be refused."""
        return {**super().get_common_view_kwargs(**kwargs), **{f"{name}_url_name": None for name in self.WRITING}}

    def get_urlpatterns(self) -> list[Any]:
        """Every address keeps its name, for Wagtail's pages ask for them; who follows one that writes is refused.

        The policy alone would not do: an administrator may always lock, and who clears a workflow's task may always
        edit and publish.
        """
        patterns: list[Any] = super().get_urlpatterns()
        for pattern in patterns:
            if pattern.name not in self.READING:
                pattern.callback = _refuse
        return patterns

    def register_chooser_viewset(self) -> None:
        """None: nothing in the CMS chooses an initiative, and a chooser would show drafts to every editor."""


register_snippet(InitiativeViewSet)


class OthersToModeratePanel(WorkflowObjectsToModeratePanel):
    """What waits for this person besides initiatives, which have a queue of their own."""

    def get_context_data(self, parent_context: Any) -> Any:
        context = super().get_context_data(parent_context)
        context["states"] = [state for state in context["states"] if not isinstance(state["obj"], Initiative)]
        return context


@hooks.register("construct_homepage_panels")
def leave_initiatives_to_their_queue(request: HttpRequest, panels: list[Any]) -> None:
    panels[:] = [OthersToModeratePanel() if type(one) is WorkflowObjectsToModeratePanel else one for one in panels]
