"""An organisation's page that was reported: it is merged or mended, never taken away."""

from __future__ import annotations

import re

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from organisations.models import Organisation
from organisations.queries import owners_of
from reports.subjects import Subject, register

_PATH = re.compile(r"/organisations/([-\w]+)/")


def register_reported() -> None:
    register(organisation_at)


def organisation_at(path: str) -> Subject | None:
    match = _PATH.fullmatch(path)
    one = Organisation.objects.filter(slug=match[1]).first() if match else None
    if one is None:
        return None
    return Subject(
        keepers=tuple(owners_of(one)),
        hint=_("An organisation is not taken away. Where it is entered twice, merge it; else mend its details."),
        hint_url=reverse("organisation-edit", args=[one.slug]),
    )
