"""The editors' side: the initiative as a snippet of the CMS, and the names of its audit log's entries."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.admin.ui.tables import LiveStatusTagColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from initiatives.models import Initiative

AUDIT_ACTIONS = {
    "initiatives.reject": (_("Reject"), _("Not accepted")),
    "initiatives.pause": (_("Pause"), _("Paused")),
    "initiatives.end": (_("End"), _("Ended")),
    "initiatives.reopen": (_("Reopen"), _("Reopened")),
    "initiatives.confirm": (_("Confirm"), _("Confirmed as running")),
    "initiatives.claim": (_("Claim"), _("Claimed")),
    "initiatives.import": (_("Import"), _("Imported")),
}


@hooks.register("register_log_actions")
def register_audit_actions(actions: Any) -> None:
    for name, (label, message) in AUDIT_ACTIONS.items():
        actions.register_action(name, label, message)


class InitiativeViewSet(SnippetViewSet):
    """The registry in the CMS, for moderators: every column, the history, the comparison."""

    model = Initiative
    icon = "clipboard-list"
    menu_label = _("Initiatives")
    add_to_admin_menu = True
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


register_snippet(InitiativeViewSet)
