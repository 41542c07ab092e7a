"""The moderators' side: words of the field that mean the same, in the CMS."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from search.models import Synonym


class SynonymViewSet(SnippetViewSet):
    """Synonyms in the CMS; the next search knows of a change."""

    model = Synonym
    icon = "openquote"
    menu_label = _("Synonyms")
    add_to_admin_menu = True
    list_display = ("terms", "note")
    search_fields = ("terms", "note")
    panels = (FieldPanel("terms"), FieldPanel("note"))


register_snippet(SynonymViewSet)
