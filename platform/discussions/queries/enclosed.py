"""What stands under the words of a post: cards of pages of ours, and files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.urls import reverse

from discussions.files.kinds import KINDS
from discussions.subjects import at_paths, kinds


@dataclass(frozen=True)
class LinkCard:
    """A page of ours that a post leads to, as everyone may read it now."""

    kind: str
    label: str
    title: str
    url: str
    byline: str


@dataclass(frozen=True)
class ShownFile:
    token: str
    name: str
    url: str
    kind: str
    size: str
    alt: str
    small_url: str  # "" for documents
    width: int
    height: int


def cards_of(paths: Iterable[str]) -> Mapping[str, LinkCard]:
    """By path: one question a kind, none where there are no paths."""
    found = at_paths(paths)
    labels = {kind.name: str(kind.label) for kind in kinds()} if found else {}
    return {
        path: LinkCard(subject.kind, labels[subject.kind], subject.title, subject.url, subject.byline)
        for path, subject in found.items()
    }


def shown_files(files: Iterable[Mapping[str, Any]]) -> tuple[ShownFile, ...]:
    """Of what is kept with a post (`files.keeping.in_short`)."""
    return tuple(_file(file) for file in files)


def _file(file: Mapping[str, Any]) -> ShownFile:
    where = [file["token"], file["name"]]
    return ShownFile(
        token=file["token"],
        name=file["name"],
        url=reverse("file", args=where),
        kind=KINDS[file["kind"]].label,
        size=filesizeformat(file["size"]),
        alt=file["alt"],
        small_url=reverse("file-small", args=where) if file["width"] else "",
        width=file["width"],
        height=file["height"],
    )
