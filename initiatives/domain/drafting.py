"""Beginning an initiative and saving a version of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db import transaction

from accounts.models import User
from initiatives.domain.errors import EditConflict, NotAllowed
from initiatives.domain.locking import lock
from initiatives.models import Initiative
from initiatives.permissions import can_edit
from organisations.models import Organisation
from organisations.permissions import can_write_for
from texts.cleaning import fold
from texts.slugs import at_free_slug, slug_of

T = TypeVar("T")

RESERVED_SLUGS = frozenset({"register"})  # the wizard's own address


@transaction.atomic
def start_draft(*, user: User, organisation: Organisation, title: str) -> Initiative:
    """A new initiative that nobody but its organisation sees yet. Raises NotAllowed."""
    if not can_write_for(user, organisation):
        raise NotAllowed

    def write(slug: str) -> Initiative:
        initiative = Initiative(
            title=title,
            title_key=fold(title)[:140],
            slug=slug,
            lead_organisation=organisation,
            created_by=user,
            live=False,
            languages=["en"],
        )
        initiative.save()
        return initiative

    initiative = _at_free_slug(title, write)
    initiative.save_revision(user=user, log_action="wagtail.create")
    return initiative


def _at_free_slug(title: str, write: Callable[[str], T]) -> T:
    base = slug_of(title, otherwise="initiative")
    return at_free_slug(base, Initiative.objects.all(), write, reserved=RESERVED_SLUGS)


def keep_cleared_version(row: Initiative, user: User) -> None:
    """Give a public row that came without revisions (an imported one) the one it stands for."""
    if row.live and row.live_revision_id is None:
        revision = row.save_revision(user=user, log_action=False, changed=False)
        Initiative.objects.filter(pk=row.pk).update(live_revision=revision, has_unpublished_changes=False)
        row.refresh_from_db()


@transaction.atomic
def save_draft(
    initiative: Initiative,
    *,
    user: User,
    apply: Callable[[Initiative], None],
    seen_revision: int | None,
) -> Initiative:
    """Save a version: `apply` writes the answers of one page onto the latest version.

    `seen_revision` is the version the person was shown; where another was saved since, nothing is written and
    EditConflict carries it (pass None to save over it knowingly). A version that waits for clearance is replaced by
    this one in the queue. Raises NotAllowed, EditConflict. Gives the version as saved.
    """
    locked = lock(initiative)
    if not can_edit(user, locked):
        raise NotAllowed
    keep_cleared_version(locked, user)
    draft: Initiative = locked.get_latest_revision_as_object()
    if seen_revision is not None:
        # Not only the latest: someone's version may lie between two of one's own tabs.
        newer = locked.revisions.filter(pk__gt=seen_revision).exclude(user=user).order_by("-pk").first()
        if newer is not None:
            raise EditConflict(draft, str(newer.user or ""))
    apply(draft)
    draft.title_key = fold(draft.title)[:140]
    revision = draft.save_revision(user=user, log_action=True)
    if not locked.live and locked.first_published_at is None:
        _follow_title(locked, draft)
    task_state = locked.current_workflow_task_state
    if task_state is not None and task_state.status == task_state.STATUS_IN_PROGRESS:
        task_state.revision = revision
        task_state.save(update_fields=["revision"])
    return draft


def _follow_title(row: Initiative, draft: Initiative) -> None:
    """Until it is public, an initiative's row and address follow its title."""
    if row.title == draft.title:
        return

    def write(slug: str) -> str:
        Initiative.objects.filter(pk=row.pk).update(title=draft.title, title_key=draft.title_key, slug=slug)
        return slug

    row.slug = draft.slug = _at_free_slug(draft.title, write)
