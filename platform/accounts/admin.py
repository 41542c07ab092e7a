"""Django's admin for people and coordinations. No password is set here: each person sets their own."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from accounts.models import Coordination, User


class CoordinationInline(admin.TabularInline[Coordination, User]):
    model = Coordination
    fk_name = "user"
    extra = 0
    raw_id_fields = ("place",)
    fields = ("place", "granted_at", "granted_by")
    readonly_fields = ("granted_at", "granted_by")


@admin.register(User)
class UserAdmin(admin.ModelAdmin[User]):
    list_display = ("email", "name", "is_active", "closed_at", "is_staff", "last_login")
    list_filter = ("is_active", ("closed_at", admin.EmptyFieldListFilter), "is_superuser", "groups")
    search_fields = ("email", "name")
    ordering = ("email",)
    fields = ("email", "name", "is_active", "is_staff", "is_superuser", "groups", "last_login", "date_joined")
    readonly_fields = ("last_login", "date_joined")
    filter_horizontal = ("groups",)
    inlines = (CoordinationInline,)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """A closed account can be looked at: opened again it would give somebody else the posts of who left."""
        return super().has_change_permission(request, obj) and not (obj is not None and obj.is_closed)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """People are made inactive: what they wrote and decided keeps its name."""
        return False

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        obj.email = obj.email.lower()
        if not obj.password:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)


@admin.register(Coordination)
class CoordinationAdmin(admin.ModelAdmin[Coordination]):
    list_display = ("user", "place", "granted_at", "granted_by")
    search_fields = ("user__email", "user__name", "place__name")
    autocomplete_fields = ("user",)
    raw_id_fields = ("place",)
    readonly_fields = ("granted_at", "granted_by")

    def save_model(self, request: HttpRequest, obj: Coordination, form: Any, change: bool) -> None:
        if not change:
            obj.granted_by_id = request.user.pk
        super().save_model(request, obj, form, change)
