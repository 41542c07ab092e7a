"""What people can be told of. A room registers its kinds when it is ready; whoever is told chooses how for each."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Frequency(models.TextChoices):
    """How often one e-mail tells of what is new."""

    AT_ONCE = "once", _("At once")
    DAILY = "daily", _("Once a day")
    WEEKLY = "weekly", _("Once a week")
    NEVER = "never", _("Never")


@dataclass(frozen=True)
class Kind:
    """`email`: how often, unless a person chose otherwise."""

    name: str
    label: str | Promise
    email: Frequency


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Registered twice the later one counts."""
    _kinds[kind.name] = kind


def kinds() -> tuple[Kind, ...]:
    return tuple(_kinds.values())


def kind_named(name: str) -> Kind:
    """Raises KeyError."""
    return _kinds[name]
