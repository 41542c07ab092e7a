"""How a file is to be read and what its duplicates become; part of what makes two runs the same run."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from initiatives.importing.reading import Reading, choose_reader


class OnDuplicate(StrEnum):
    SKIP = "skip"
    UPDATE = "update"
    CREATE = "create"


DUPLICATE_CHOICES = (
    (OnDuplicate.SKIP.value, _("Leave it as it is (skip)")),
    (OnDuplicate.UPDATE.value, _("Bring it up to date, unless someone has claimed it")),
    (OnDuplicate.CREATE.value, _("Add it all the same, unless its source and number are here")),
)
FORMAT_CHOICES = (
    ("auto", _("Find out from the file")),
    ("csv", _("Our CSV")),
    ("360", _("360Giving JSON")),
    ("mapping", _("Other rows, with a mapping file")),
)


@dataclass(frozen=True)
class Options:
    format: str = "auto"
    source: str = ""
    on_duplicate: str = OnDuplicate.SKIP.value
    mapping: dict[str, Any] | None = None

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Options:
        return cls(**{name: kept[name] for name in cls.__dataclass_fields__ if name in kept})

    def reading(self, path: Path, filename: str) -> Reading:
        """The reader these options choose for a file. Raises FileFault."""
        return choose_reader(path, filename=filename, asked=self.format, mapping=self.mapping, source=self.source)


def digest_of(path: Path, options: Options, filename: str) -> str:
    """What makes two runs the same run: the bytes of the file and how they are read."""
    mark = sha256(json.dumps(options.as_json(), sort_keys=True).encode())
    if not options.source:
        mark.update(filename.encode("utf-8", "replace"))  # it then names the source
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            mark.update(block)
    return mark.hexdigest()
