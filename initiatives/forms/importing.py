"""Uploading a file to import, and deciding what its duplicates become."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives.importing.mapping import parse_mapping
from initiatives.importing.options import DUPLICATE_CHOICES, FORMAT_CHOICES, OnDuplicate, Options
from initiatives.importing.running import new_run
from initiatives.models import ImportRun
from initiatives.models.importing import import_storage
from texts.cleaning import clean_line
from texts.fields import LineField
from texts.opening import LARGEST_UPLOAD, FileFault

TOO_LARGE = gettext_lazy(
    "The file is larger than 50 MB. Divide it, or ask whoever runs this site to use “manage.py import_initiatives”."
)
_LARGEST_MAPPING = 100_000


class DuplicatesForm(forms.Form):
    on_duplicate = forms.ChoiceField(
        label=gettext_lazy("What shall become of initiatives that are here already?"),
        choices=DUPLICATE_CHOICES,
        widget=forms.RadioSelect,
        initial=OnDuplicate.SKIP.value,
    )


class UploadForm(DuplicatesForm):
    file = forms.FileField(
        label=gettext_lazy("File"),
        allow_empty_file=True,
        max_length=255,
        help_text=gettext_lazy("CSV or JSON, at most 50 MB."),
        error_messages={"required": gettext_lazy("Choose a file.")},
    )
    format = forms.ChoiceField(label=gettext_lazy("What is in it?"), choices=FORMAT_CHOICES, initial="auto")
    mapping_file = forms.FileField(
        label=gettext_lazy("Mapping file"),
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy("TOML or JSON. Only for rows that are neither our CSV nor 360Giving."),
    )
    source = LineField(
        label=gettext_lazy("Where do the rows come from?"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("Shown on every imported initiative. Keep it the same the next time."),
    )
    field_order = ("file", "format", "mapping_file", "source", "on_duplicate")

    def clean_file(self) -> UploadedFile[bytes]:
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_UPLOAD:
            raise forms.ValidationError(TOO_LARGE)
        return file

    def clean_mapping_file(self) -> dict[str, Any] | None:
        file: UploadedFile[bytes] | None = self.cleaned_data["mapping_file"]
        if not file:
            return None
        if (file.size or 0) > _LARGEST_MAPPING:
            raise forms.ValidationError(_("A mapping file is short; this one is not. Did you swap the two files?"))
        try:
            return parse_mapping(file.read().decode("utf-8-sig", "replace"))
        except FileFault as fault:
            raise forms.ValidationError(str(fault)) from None

    def keep(self, user: Any) -> ImportRun | None:
        """Keep the file under a name nobody can guess and begin a run; None, and an error, where it cannot be read."""
        answers = self.cleaned_data
        file: UploadedFile[bytes] = answers["file"]
        storage = import_storage()
        name = storage.save(get_random_string(40), file)
        options = Options(answers["format"], answers["source"], answers["on_duplicate"], answers["mapping_file"])
        try:
            path = Path(storage.path(name))
            return new_run(path, options, filename=clean_line(file.name or "file"), user=user, upload=name)
        except FileFault as fault:
            storage.delete(name)
            self.add_error("file", str(fault))
            return None
