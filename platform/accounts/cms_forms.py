"""The CMS's forms for a person."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserCreationForm, UserEditForm

from accounts.models import User
from texts.fields import LineField

_FIELDS = ("email", "name", "is_superuser", "groups")


class _PersonForm(forms.ModelForm[User]):
    """What both forms share: one name, and a change of address that has to be verified by its owner."""

    name = LineField(label=_("Name"), max_length=120)
    first_name = last_name = None  # Wagtail's form declares them; None takes them away

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.instance.is_closed:
            self.add_error(None, _("This account was closed by its owner. It cannot be opened again."))
        email = cleaned.get("email")
        taken = EmailAddress.objects.filter(email__iexact=email).exclude(user_id=self.instance.pk)
        if email and taken.exists():
            self.add_error("email", _("Another person uses this address."))
        return cleaned

    @transaction.atomic
    def save(self, commit: bool = True) -> User:
        person: User = super().save(commit=commit)
        if commit:
            if not person.password:
                person.set_unusable_password()
                person.save(update_fields=["password"])
            if person.is_superuser and not person.is_staff:
                person.is_staff = True
                person.save(update_fields=["is_staff"])
            if "email" in self.changed_data:
                EmailAddress.objects.filter(user=person).delete()
                EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=False)
        return person


class PersonCreationForm(_PersonForm, UserCreationForm):
    class Meta:
        model = User
        fields = _FIELDS
        widgets = {"groups": forms.CheckboxSelectMultiple}


class PersonEditForm(_PersonForm, UserEditForm):
    class Meta:
        model = User
        fields = (*_FIELDS, "is_active")
        widgets = {"groups": forms.CheckboxSelectMultiple}
