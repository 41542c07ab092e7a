"""People. What they may do follows from groups, memberships and coordinations; see each room's permissions."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from places.models import Place


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A person who signs in by e-mailed code until a password is set."""
        if not email:
            raise ValueError("A person needs an e-mail address.")
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A person, known by their e-mail address."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    is_staff = models.BooleanField(_("may enter Django's admin"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)
    closed_at = models.DateTimeField(_("account closed"), null=True, blank=True, editable=False)
    failing_email = models.EmailField(blank=True, editable=False, help_text="The address from which e-mail comes back.")

    objects: ClassVar[UserManager] = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [models.UniqueConstraint(Lower("email"), name="email_once_whatever_its_case")]

    def __str__(self) -> str:
        return left() if self.is_closed else self.name or self.email

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return self.name.split(" ")[0] if self.name else str(self)

    @property
    def is_closed(self) -> bool:
        """They closed the account: the row stays without anything that tells who they were."""
        return self.closed_at is not None

    @property
    def is_unreachable(self) -> bool:
        """E-mail to the address they have now comes back."""
        return bool(self.failing_email) and self.failing_email == self.email


def left() -> str:
    """What stands where the name of somebody stood who has closed their account."""
    return gettext("Someone who has left")


class Coordination(models.Model):
    """A person coordinates a place: an officer of a council, a region or a network."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="coordinations")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="coordinations")
    granted_at = models.DateTimeField(default=timezone.now)
    granted_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "place"], name="coordination_once")]

    def __str__(self) -> str:
        return f"{self.user} · {self.place}"
