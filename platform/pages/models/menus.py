"""The links at the top and at the foot of every page."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, PageChooserPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.models import Orderable, Page

_ADDRESS = re.compile(r"(/(?![/\\])|https?://[^\s/]+)\S*")


def check_address(value: str) -> None:
    """An address of ours that begins with one "/", or a whole one. Raises ValidationError."""
    if not _ADDRESS.fullmatch(value):
        raise ValidationError(_("Write an address such as /places/ or https://www.example.org/."))


class MenuLink(Orderable):
    """A link to a page of the CMS, or to any other address."""

    label = models.CharField(_("words"), max_length=60, blank=True, help_text=_("Empty: the page’s own title."))
    page = models.ForeignKey(
        Page, null=True, blank=True, on_delete=models.CASCADE, related_name="+", verbose_name=_("page")
    )
    address = models.CharField(
        _("or address"), max_length=200, blank=True, validators=[check_address], help_text=_("Such as /places/.")
    )

    panels: ClassVar[list[Any]] = [FieldPanel("label"), PageChooserPanel("page"), FieldPanel("address")]

    class Meta(Orderable.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.label or self.address or str(self.page)

    def clean(self) -> None:
        super().clean()
        if bool(self.page_id) == bool(self.address):
            raise ValidationError({"page": _("Choose a page or write an address: one of the two.")})
        if self.address and not self.label:
            raise ValidationError({"label": _("Say what the link is called.")})


@register_setting(icon="list-ul")
class Menus(BaseGenericSetting, ClusterableModel):
    """The navigation and the footer, which editors order and word."""

    footer_text = models.CharField(_("line at the foot"), max_length=300, blank=True)

    panels: ClassVar[list[Any]] = [
        InlinePanel("navigation_links", heading=_("Navigation"), label=_("link"), max_num=8),
        InlinePanel("footer_links", heading=_("Footer"), label=_("link"), max_num=24),
        FieldPanel("footer_text"),
    ]

    class Meta:
        verbose_name = _("navigation and footer")

    def save(self, *args: Any, **kwargs: Any) -> None:
        from pages.queries import forget_menus

        super().save(*args, **kwargs)
        forget_menus()


class NavigationLink(MenuLink):
    menus = ParentalKey(Menus, on_delete=models.CASCADE, related_name="navigation_links")

    class Meta(MenuLink.Meta):
        abstract = False


class FooterGroup(models.TextChoices):
    FIND = "find", _("Find")
    TAKE_PART = "take-part", _("Take part")
    ABOUT = "about", _("About")


class FooterLink(MenuLink):
    menus = ParentalKey(Menus, on_delete=models.CASCADE, related_name="footer_links")
    group = models.CharField(_("column"), max_length=12, choices=FooterGroup.choices, default=FooterGroup.ABOUT)

    panels: ClassVar[list[Any]] = [FieldPanel("group"), *MenuLink.panels]

    class Meta(MenuLink.Meta):
        abstract = False
