"""Which answers of an initiative a publication changed: the published versions compared, never a draft."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Min
from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry, Revision

from initiatives.models import Initiative
from initiatives.queries.differing import COMPARED

PUBLISHED = "wagtail.publish"
_HANGING: Mapping[str, Sequence[str]] = {
    "tagged_items": ("tag",),
    "intakes": ("opens_on", "closes_on", "note"),
    "partners": ("organisation", "role"),
    "handovers": ("next_initiative", "note"),
}
_PLAIN = (*COMPARED, "lead_organisation", "places", "evidence")


def answer_labels(names: Iterable[str]) -> list[str]:
    """How questions are called, by the names of their columns or of what hangs on them. A name that is none any more,
    as the log keeps names for good, is left out."""
    hanging = {
        "tagged_items": _("tags"),
        "tags": _("tags"),
        "intakes": _("intakes"),
        "partners": _("partners"),
        "handovers": _("goes on to"),
    }
    labels = (hanging.get(name) or _column_label(name) for name in names)
    return [label for label in labels if label]


def _column_label(name: str) -> str:
    try:
        return str(getattr(Initiative._meta.get_field(name), "verbose_name", ""))
    except FieldDoesNotExist:
        return ""


def changed_by(entries: Collection[int], initiatives: Collection[int]) -> dict[int, list[str]]:
    """Entry of the log → labels of the answers that its publication changed. `initiatives`: what the entries are
    about. Three queries however many."""
    kind = ContentType.objects.get_for_model(Initiative)
    keys = [str(pk) for pk in initiatives]
    rows = ModelLogEntry.objects.filter(content_type=kind, action=PUBLISHED, object_id__in=keys)
    before: dict[int, tuple[str, int | None, int | None]] = {}
    latest: dict[str, int | None] = {}
    for pk, about, revision in rows.order_by("pk").values_list("pk", "object_id", "revision_id"):
        before[pk] = (about, latest.get(about), revision)
        latest[about] = revision
    # What was imported is public without a publication: its first version is the one it stood for.
    of_them = Revision.objects.filter(base_content_type=kind, object_id__in=keys).order_by()
    first = dict(of_them.values_list("object_id").annotate(Min("pk")))
    pairs = {
        pk: (was or first.get(about), now)
        for pk, (about, was, now) in before.items()
        if pk in entries and now is not None
    }
    wanted = {revision for pair in pairs.values() for revision in pair if revision}
    content = dict(Revision.objects.filter(pk__in=wanted).values_list("pk", "content"))
    found: dict[int, list[str]] = defaultdict(list)
    for pk, (was, now) in pairs.items():
        if was in content and now in content and was != now:
            found[pk] = differing(content[was], content[now])
    return found


def differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Labels of the answers that differ between two kept versions, in the order of the wizard."""
    names = [name for name in _PLAIN if _plain(before.get(name)) != _plain(after.get(name))]
    for name, columns in _HANGING.items():
        was, now = (sorted(_rows(version.get(name), columns)) for version in (before, after))
        if was != now:
            names.append(name)
    return answer_labels(names)


def _plain(value: Any) -> Any:
    """Nothing said is nothing said; places come in any order."""
    if isinstance(value, list):
        return sorted(map(repr, value))
    return value or None


def _rows(rows: Any, columns: Sequence[str]) -> list[str]:
    return [repr([row.get(column) or "" for column in columns]) for row in rows or []]
