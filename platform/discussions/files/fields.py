"""What a form carries besides the words: files, each looked into, what pictures show, and who was picked to mention."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from discussions.files.keeping import ReadyFile, ready
from discussions.files.kinds import KINDS, LARGEST, MOST_FILES, FileRefused
from texts.cleaning import clean_line

_KEY = re.compile(r"\b[po]\d{1,18}\b")
_MOST_KEYS = 30
LONGEST_ALT = 300


class _FilesInput(forms.FileInput):
    allow_multiple_selected = True


class _LinesInput(forms.Textarea):
    """One box with lines, or a box for each line."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return "\n".join(data.getlist(name)) if hasattr(data, "getlist") else data.get(name)


class FilesField(forms.FileField):
    """Gives `ReadyFile`s; one sentence for each file that cannot be sent."""

    widget = _FilesInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("Pictures and documents"))
        kwargs.setdefault("required", False)
        kwargs.setdefault(
            "help_text", gettext_lazy("Up to five of at most 10 MB: JPEG, PNG, WebP, GIF, PDF, Office files, TXT, CSV.")
        )
        super().__init__(**kwargs)
        endings = [ending for kind in KINDS.values() for ending in (kind.name, *kind.others)]
        words = {
            "data-too-many": gettext_lazy("That is more than five files. Send some of them in another post."),
            "data-too-large": gettext_lazy("“{name}” is larger than 10 MB. Make it smaller, or post a link to it."),
            "data-shows": gettext_lazy("What does “{name}” show?"),
        }
        accept = ",".join(f".{ending}" for ending in endings)
        self.widget.attrs.update({"accept": accept, "data-files": MOST_FILES, "data-largest": LARGEST, **words})

    def clean(self, data: Any, initial: Any = None) -> list[ReadyFile]:
        given: Sequence[UploadedFile[bytes]] = data if isinstance(data, (list, tuple)) else [data] if data else []
        if len(given) > MOST_FILES:
            raise ValidationError(_("That is more than five files. Send some of them in another post."))
        files, faults = [], []
        for file in given:
            try:
                files.append(_looked_into(file))
            except FileRefused as refused:
                faults.append(f"“{(file.name or '')[-80:]}”: {refused}")
        if faults:
            raise ValidationError(faults)
        return files


def _looked_into(file: UploadedFile[bytes]) -> ReadyFile:
    if (file.size or 0) > LARGEST:
        raise FileRefused(_("It is larger than 10 MB. Make it smaller, or post a link to it."))
    return ready(file.name or "", file.read())


class MentioningForm(forms.Form):
    """`mentioned` becomes the keys of who was picked from the suggestions."""

    mentioned = forms.CharField(
        required=False, max_length=2_000, widget=forms.HiddenInput(attrs={"data-mentioned": ""})
    )

    def clean_mentioned(self) -> frozenset[str]:
        return frozenset(_KEY.findall(self.cleaned_data["mentioned"])[:_MOST_KEYS])


class EnclosingForm(MentioningForm):
    """`attached` becomes files, pictures among them with what they show."""

    attached = FilesField()
    alt = forms.CharField(
        label=gettext_lazy("What do the pictures show?"),
        required=False,
        max_length=3_000,
        strip=False,
        widget=_LinesInput(attrs={"rows": 2, "data-alt": ""}),
        help_text=gettext_lazy("For people who cannot see them. A line for each, in their order."),
    )

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        lines = iter(answers.get("alt", "").replace("\r\n", "\n").split("\n"))
        answers["attached"] = [
            replace(file, alt=clean_line(next(lines, ""))[:LONGEST_ALT]) if file.kind.is_picture else file
            for file in answers.get("attached") or ()
        ]
        return answers

    def say_to_choose_again(self) -> None:
        """A form that was refused shows what was typed; files no browser keeps."""
        if self.files:
            self.add_error("attached", _("Choose your files again: they were not kept."))
