"""The demo's initiatives: the public ones in bulk, drafts and waiting edits by the registry's own verbs."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django.db.models import Model
from django.utils import timezone
from wagtail.models import TaskState

from accounts.models import User
from demo.domain import reading
from demo.domain.reading import Row, day
from initiatives.domain.drafting import save_draft
from initiatives.domain.listing import list_initiatives
from initiatives.domain.submitting import clearance_workflow
from initiatives.models import Handover, Initiative, InitiativeTag, Intake, Partner
from organisations.models import Organisation
from places.models import Place
from places.postcodes import parse_postcode
from texts.cleaning import fold
from texts.slugs import free_slug, slug_of

BATCH = 500
PUBLIC = {"live", "live_with_edit"}
_TEXTS = (
    *("title", "summary", "description", "reach", "venue_name", "cost", "cost_note", "how_to_join"),
    *("contact_name", "contact_email", "contact_phone", "website", "other_partners", "source", "source_url"),
)
_SETS = ("support", "stages", "transitions", "focus")


def load_initiatives(organisations: Mapping[str, Organisation], people: Mapping[str, User]) -> dict[str, Initiative]:
    """Every initiative of the files, in the state it says. Gives them by the files' own keys."""
    rows = {row["key"]: row for row in reading.initiatives()}
    made = {key: _initiative(row, organisations) for key, row in rows.items()}
    Initiative.objects.bulk_create(made.values(), batch_size=BATCH)
    tags = _parts(rows, made, organisations)
    _keep_versions(list(made.values()))
    public = [one for key, one in made.items() if rows[key].get("state", "live") in PUBLIC]
    places = {made[key].pk: row.get("places", []) for key, row in rows.items()}
    list_initiatives(public, places=places, tags=tags)
    for key, row in rows.items():
        _bring_to_state(made[key], row, _writer(made[key], people))
    return made


def _initiative(row: Row, organisations: Mapping[str, Organisation]) -> Initiative:
    today, now = timezone.localdate(), timezone.now()
    facts = parse_postcode(row["venue_postcode"]) if row.get("venue_postcode") else None
    created = now - datetime.timedelta(days=row.get("created", 90))
    public = row.get("state", "live") in PUBLIC
    status = row.get("status", "running")
    return Initiative(
        **{name: row.get(name) or "" for name in _TEXTS},
        **{name: row.get(name, []) for name in _SETS},
        slug=free_slug(slug_of(row["title"], otherwise="initiative"), Initiative.objects.all()),
        title_key=fold(row["title"])[:140],
        age_min=row.get("age_min"),
        age_max=row.get("age_max"),
        languages=row.get("languages", ["en"]),
        capacity=row.get("capacity"),
        evidence=row.get("evidence", []),
        venue_postcode=facts.postcode if facts else "",
        latitude=facts.latitude if facts else None,
        longitude=facts.longitude if facts else None,
        starts_on=day(row.get("starts"), today),
        ends_on=day(row.get("ends"), today),
        lead_organisation=organisations[row["lead"]],
        status=status,
        ended_on=day(row.get("ends", -30), today) if status == "ended" else None,
        source_id=row["key"] if row.get("source") else "",
        live=public,
        created_at=created,
        first_published_at=created + datetime.timedelta(days=1) if public else None,
        last_published_at=created + datetime.timedelta(days=1) if public else None,
        confirmed_at=now - datetime.timedelta(days=min(row.get("confirmed", 30), row.get("created", 90)))
        if public
        else None,
    )


def _parts(
    rows: Mapping[str, Row], made: Mapping[str, Initiative], organisations: Mapping[str, Organisation]
) -> dict[int, list[str]]:
    """Places, partners, intakes, hand-overs and tags. Gives the tags by initiative."""
    today = timezone.localdate()
    through = Initiative.places.through
    parts: list[list[Model]] = [
        [
            through(initiative=made[key], place_id=code)
            for key, row in rows.items()
            for code in dict.fromkeys(row.get("places", []))
        ],
        [
            Partner(initiative=made[key], organisation=organisations[one["organisation"]], role=one["role"])
            for key, row in rows.items()
            for one in row.get("partners", [])
        ],
        [
            Intake(
                initiative=made[key],
                opens_on=day(one.get("opens"), today),
                closes_on=today + datetime.timedelta(days=one["closes"]),
                note=one.get("note", ""),
            )
            for key, row in rows.items()
            for one in row.get("intakes", [])
        ],
        [
            Handover(initiative=made[key], next_initiative=made[after])
            for key, row in rows.items()
            for after in row.get("next", [])
        ],
    ]
    for part in parts:
        if part:
            type(part[0])._default_manager.bulk_create(part, batch_size=BATCH)
    names = {name for row in rows.values() for name in row.get("tags", [])}
    tags = {name: InitiativeTag.tag_model().objects.get_or_create(name=name)[0] for name in sorted(names)}
    InitiativeTag.objects.bulk_create(
        [
            InitiativeTag(content_object=made[key], tag=tags[name])
            for key, row in rows.items()
            for name in dict.fromkeys(row.get("tags", []))
        ],
        batch_size=BATCH,
    )
    return {made[key].pk: list(row.get("tags", [])) for key, row in rows.items()}


def _keep_versions(initiatives: list[Initiative]) -> None:
    """Each initiative's first version, as if its people had written it."""
    for initiative in Initiative.objects.filter(pk__in=[one.pk for one in initiatives], source=""):
        revision = initiative.save_revision(log_action=False, changed=False)
        if initiative.live:
            Initiative.objects.filter(pk=initiative.pk).update(live_revision=revision, has_unpublished_changes=False)


def _writer(initiative: Initiative, people: Mapping[str, User]) -> User | None:
    membership = (
        initiative.lead_organisation.memberships.filter(role__in=("owner", "editor"), user__email__in=people)
        .select_related("user")
        .first()
    )
    return membership.user if membership else None


def _bring_to_state(initiative: Initiative, row: Row, writer: User | None) -> None:
    """Drafts stay; what waits is put into the queue, what was returned carries its reason. Nobody is e-mailed."""
    state = row.get("state", "live")
    if state in {"live", "draft"} or writer is None:
        return
    if state == "live_with_edit":
        _edit(initiative, row["edit"], writer)
    clearance_workflow().start(Initiative.objects.get(pk=initiative.pk), writer)
    if state == "returned":
        moderator = User.objects.filter(groups__name="Moderators").order_by("pk").first()
        waiting = Initiative.objects.get(pk=initiative.pk).current_workflow_task_state
        if waiting is not None and waiting.status == TaskState.STATUS_IN_PROGRESS:
            waiting.reject(user=moderator, comment=row["reason"])


def _edit(initiative: Initiative, answers: dict[str, Any], writer: User) -> None:
    def apply(draft: Initiative) -> None:
        for name, value in answers.items():
            if name == "places":
                draft.places.set(Place.objects.filter(code__in=value))
            elif name == "tags":
                draft.tags.set(value)
            else:
                setattr(draft, name, value)

    save_draft(initiative, user=writer, apply=apply, seen_revision=None)
