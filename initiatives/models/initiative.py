"""The initiative: what an organisation does, for whom, at which transition, where, when and with whom.

Wagtail's mixins give it drafts, revisions, workflow and locks: the row holds the cleared version, an edit waits in a
revision until a moderator clears it. What is not written by an editor but happens to an initiative (its status, its
last confirmation, where it was imported from) is in `OPERATIONAL` and never comes back from a revision.
"""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from taggit.models import TaggedItemBase
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    Revision,
    RevisionMixin,
    WorkflowMixin,
    WorkflowState,
)

from initiatives.tagging.queries.naming import with_settled_tags
from organisations.models import Organisation
from places.models import Place
from texts.fields import VocabularySetField
from texts.slugs import page_of
from texts.vocabulary import Cost, Focus, Language, Reach, Stage, Support, Transition


class Status(models.TextChoices):
    RUNNING = "running", _("Running")
    PAUSED = "paused", _("Paused")
    ENDED = "ended", _("Ended")
    REJECTED = "rejected", _("Not accepted")


class Freshness(models.TextChoices):
    """Whether anybody says that it still runs (initiatives.domain.asking)."""

    FRESH = "fresh", _("Confirmed")
    STALE = "stale", _("Not confirmed lately")
    HIDDEN = "hidden", _("Not confirmed, so not in lists")


class InitiativeTag(TaggedItemBase):
    content_object = ParentalKey("initiatives.Initiative", on_delete=models.CASCADE, related_name="tagged_items")


class Initiative(WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, ClusterableModel):
    """One scheme, programme or offer, as an organisation describes it."""

    # What
    title = models.CharField(_("title"), max_length=140)
    slug = models.SlugField(max_length=170, unique=True)
    summary = models.CharField(_("in one or two sentences"), max_length=300, blank=True)
    description = models.TextField(_("description"), blank=True)
    support = VocabularySetField(Support, verbose_name=_("kinds of support"))
    tags = ClusterTaggableManager(through=InitiativeTag, blank=True, verbose_name=_("tags"))

    # For whom
    stages = VocabularySetField(Stage, verbose_name=_("stages"))
    transitions = VocabularySetField(Transition, verbose_name=_("transitions"))
    age_min = models.PositiveSmallIntegerField(
        _("youngest age"), null=True, blank=True, validators=[MaxValueValidator(120)]
    )
    age_max = models.PositiveSmallIntegerField(
        _("oldest age"), null=True, blank=True, validators=[MaxValueValidator(120)]
    )
    focus = VocabularySetField(Focus, verbose_name=_("above all for"))

    # Where
    reach = models.CharField(_("reach"), max_length=12, choices=Reach.choices, blank=True)
    places = ParentalManyToManyField(Place, blank=True, related_name="initiatives", verbose_name=_("places"))
    venue_name = models.CharField(_("venue"), max_length=160, blank=True)
    venue_postcode = models.CharField(_("venue’s postcode"), max_length=8, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)

    # When and how to join
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    cost = models.CharField(_("cost"), max_length=10, choices=Cost.choices, blank=True)
    cost_note = models.CharField(_("about the cost"), max_length=200, blank=True)
    how_to_join = models.TextField(_("how to join"), blank=True)
    capacity = models.PositiveIntegerField(_("places a year"), null=True, blank=True)
    languages = VocabularySetField(Language, verbose_name=_("languages"))
    contact_name = models.CharField(_("contact’s name"), max_length=120, blank=True)
    contact_email = models.EmailField(_("contact’s e-mail address"), blank=True)
    contact_phone = models.CharField(_("contact’s telephone number"), max_length=40, blank=True)
    website = models.URLField(_("web page"), max_length=300, blank=True)

    # Who with
    lead_organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="led_initiatives", verbose_name=_("lead organisation")
    )
    other_partners = models.CharField(_("partners that are not registered here"), max_length=300, blank=True)
    evidence = models.JSONField(_("evidence"), default=list, blank=True, help_text=_("Links: title and address."))

    # What happens to it
    status = models.CharField(_("status"), max_length=8, choices=Status.choices, default=Status.RUNNING)
    ended_on = models.DateField(null=True, blank=True)
    confirmed_at = models.DateTimeField(_("last confirmed"), null=True, blank=True)
    freshness = models.CharField(max_length=6, choices=Freshness.choices, default=Freshness.FRESH)
    source = models.CharField(_("imported from"), max_length=80, blank=True)
    source_id = models.CharField(max_length=200, blank=True)
    source_url = models.URLField(max_length=500, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    title_key = models.CharField(max_length=140, blank=True, db_index=True, help_text=_("The title, folded."))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)

    _revisions = GenericRelation(Revision, related_query_name="initiative")
    workflow_states = GenericRelation(
        WorkflowState,
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="initiative",
        for_concrete_model=False,
    )

    objects: ClassVar[models.Manager[Self]] = models.Manager()  # said once more for the type checker

    OPERATIONAL = (
        *("slug", "status", "ended_on", "confirmed_at", "freshness"),
        *("source", "source_id", "source_url", "claimed_at", "merged_into", "created_by", "created_at"),
    )

    class Meta:
        verbose_name = _("initiative")
        verbose_name_plural = _("initiatives")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on=None)
                | models.Q(starts_on=None)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="initiative_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=models.Q(age_max=None) | models.Q(age_min=None) | models.Q(age_max__gte=models.F("age_min")),
                name="initiative_ages_in_order",
            ),
            models.UniqueConstraint(
                fields=["source", "source_id"], condition=~models.Q(source=""), name="imported_once"
            ),
        ]
        indexes = [
            models.Index(fields=["live", "status", "-first_published_at", "-id"], name="newest_live"),
            models.Index(fields=["ends_on"], condition=models.Q(status="running"), name="running_until"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return page_of("initiative", self.slug)

    @property
    def revisions(self) -> Any:
        """Wagtail asks for this where the relation is named otherwise."""
        return self._revisions

    @property
    def is_listed(self) -> bool:
        """Shown in lists and counted: cleared, not over, and somebody says that it runs. As `queries.listed`."""
        is_running = self.status in (Status.RUNNING, Status.PAUSED)
        return self.live and is_running and self.freshness != Freshness.HIDDEN

    @property
    def is_imported(self) -> bool:
        return bool(self.source) and self.claimed_at is None

    def with_content_json(self, content: dict[str, Any]) -> Self:
        obj: Self = super().with_content_json(with_settled_tags(content))
        for name in self.OPERATIONAL:
            field = self._meta.get_field(name)
            setattr(obj, field.attname, getattr(self, field.attname))
        return obj

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "initiatives/preview.html"
