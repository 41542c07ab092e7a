"""Tags by name."""

from __future__ import annotations

from taggit.models import Tag


def tag(name: str) -> Tag:
    return Tag.objects.get_or_create(name=name, defaults={"slug": name.replace(" ", "-")})[0]
