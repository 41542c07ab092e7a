"""The moderators' side: organisations in the CMS, and the names of their audit log's entries."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from notifications.announcing import announce_within
from organisations.events import OrganisationsChanged
from organisations.models import Organisation

AUDIT_ACTIONS = {
    "organisations.claimed": (_("Claim"), _("Claimed")),
    "organisations.verified": (_("Verify"), _("Verified")),
    "organisations.unbelieved": (_("Decline a claim"), _("Claim declined")),
    "organisations.lapsed": (_("Lapse"), _("No longer verified")),
    "organisations.asked": (_("Ask to join"), _("Asked to join")),
    "organisations.joined": (_("Join"), _("Joined")),
    "organisations.declined": (_("Decline"), _("Request declined")),
    "organisations.invited": (_("Invite"), _("Invited")),
    "organisations.withdrawn": (_("Withdraw"), _("Invitation withdrawn")),
    "organisations.role": (_("Change role"), _("Role changed")),
    "organisations.apart": (_("Not the same"), _("Kept apart from another")),
    "organisations.together": (_("Look again"), _("To be compared with another again")),
    "organisations.merged": (_("Merge"), _("Merged with another")),
    "organisations.unmerged": (_("Undo a merge"), _("Merge undone")),
    "organisations.left": (_("Leave"), _("Left")),
}


@hooks.register("register_log_actions")
def register_audit_actions(actions: Any) -> None:
    for name, (label, message) in AUDIT_ACTIONS.items():
        actions.register_action(name, label, message)


@hooks.register("after_edit_snippet")
def announce_edited(request: HttpRequest, instance: Any) -> None:
    if isinstance(instance, Organisation):
        announce_within(OrganisationsChanged((instance.pk,), renamed=True))


class OrganisationViewSet(SnippetViewSet):
    """Organisations in the CMS."""

    model = Organisation
    icon = "group"
    menu_label = _("Organisations")
    add_to_admin_menu = True
    list_display = ("name", "kind", "place", "is_public")
    list_filter = ("kind", "is_public", "source")
    search_fields = ("name",)
    panels = (
        MultiFieldPanel([FieldPanel(n) for n in ("name", "slug", "kind", "description", "is_public")], _("What it is")),
        MultiFieldPanel([FieldPanel(n) for n in ("website", "email", "phone", "postcode", "place")], _("Where it is")),
    )


register_snippet(OrganisationViewSet)
