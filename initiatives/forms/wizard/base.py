"""What the wizard's five pages share: read the answers from a version, write them onto one."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from initiatives.models import Initiative


class StepForm(forms.Form):
    """One page of the wizard.

    Nothing is required to save a page: an unfinished answer is kept and the check before submitting says what is
    missing. What is refused is only what cannot be true (an end before a start) or cannot be kept.
    """

    columns: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def initial_from(cls, draft: Initiative) -> dict[str, Any]:
        """The page's answers in a version."""
        return {name: getattr(draft, name) for name in cls.columns}

    def apply(self, draft: Initiative) -> None:
        """Write the page's answers onto a version; it is the caller who saves."""
        for name in self.columns:
            setattr(draft, name, self.cleaned_data[name])
