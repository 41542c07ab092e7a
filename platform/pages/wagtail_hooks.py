"""The editors' side: what waits for a moderator, on the CMS's front page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.ui.components import Component

from initiatives.permissions import can_moderate


class ClearancePanel(Component):
    """A link to the moderators' queue, for those who may clear."""

    order = 50
    template_name = "wagtailadmin/clearance_panel.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"queue": reverse("moderation")}


@hooks.register("construct_homepage_panels")
def add_clearance_panel(request: HttpRequest, panels: list[Component]) -> None:
    if can_moderate(request.user):
        panels.append(ClearancePanel())


@hooks.register("insert_global_admin_css")
def admin_css() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/cms.css"))
