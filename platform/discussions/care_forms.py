"""What people type when a post is reported, and when a moderator decides."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from discussions.domain.moderating import Decision
from discussions.models import Post
from discussions.models.care import LONGEST_REASON
from reports.reasons import POST_REASONS
from texts.fields import WrittenField

_DAYS = (
    ("1", gettext_lazy("For a day")),
    ("7", gettext_lazy("For a week")),
    ("30", gettext_lazy("For a month")),
    ("", gettext_lazy("Until a moderator lifts it")),
)


class ReportForm(forms.Form):
    reason = forms.ChoiceField(
        label=gettext_lazy("What is wrong with it?"),
        choices=POST_REASONS,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what is wrong with it.")},
    )
    note = WrittenField(
        label=gettext_lazy("What should the moderator know? (optional)"),
        max_length=LONGEST_REASON,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DecisionForm(forms.Form):
    """What becomes of a post and of who wrote it. `state` is what the moderator saw."""

    state = forms.CharField(max_length=100, widget=forms.HiddenInput)
    post = forms.ChoiceField(label=gettext_lazy("What becomes of the post?"), widget=forms.RadioSelect)
    person = forms.ChoiceField(label=gettext_lazy("And of who wrote it?"), widget=forms.RadioSelect, required=False)
    where = forms.ChoiceField(label=gettext_lazy("Where may they not write?"), required=False)
    days = forms.ChoiceField(label=gettext_lazy("For how long?"), choices=_DAYS, required=False, initial="7")
    thread = forms.ChoiceField(
        label=gettext_lazy("And of the whole discussion?"), widget=forms.RadioSelect, required=False
    )
    reason = WrittenField(
        label=gettext_lazy("Why?"),
        help_text=gettext_lazy("Whoever wrote the post reads this. Needed unless everything stays as it is."),
        max_length=LONGEST_REASON,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, about: Post, may_mute: bool, may_tend: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.about = about
        self._fill("post", _choices_for(about))
        people = [("", _("Nothing")), ("warn", _("Warn them: ask them to mind how they write"))]
        if may_mute:
            people.append(("mute", _("Stop them from writing for a while; they can still read")))
        place = about.thread.place
        self._fill("person", people if about.author_id else people[:1])
        self._fill("where", [*([(place.pk, place.name)] if place else []), ("", _("Everywhere"))])
        if not may_mute or not about.author_id:
            del self.fields["where"], self.fields["days"]
        if not may_tend:
            self._fill("thread", [("", _("Nothing"))])
            return
        thread = about.thread
        self._fill(
            "thread",
            [
                ("", _("Nothing")),
                ("reopen", _("Open it again"))
                if thread.is_closed
                else ("close", _("Close it: nobody writes any more")),
                ("show", _("Show it again")) if thread.hidden_at else ("hide", _("Hide it from everyone else")),
            ],
        )

    def _fill(self, name: str, choices: list[tuple[str, str]]) -> None:
        field: Any = self.fields[name]
        field.choices = choices

    def decision(self) -> Decision:
        """Once it is valid."""
        answers = self.cleaned_data
        mutes = answers["person"] == "mute"
        days = answers.get("days", "")
        return Decision(
            post=answers["post"],
            person=answers["person"],
            reason=answers["reason"],
            place=self.about.thread.place if mutes and answers.get("where") else None,
            until=timezone.now() + timedelta(days=int(days)) if mutes and days else None,
            thread=answers["thread"],
        )


def _choices_for(post: Post) -> list[tuple[str, str]]:
    if post.is_waiting:
        return [("release", _("Publish it")), ("refuse", _("Do not publish it"))]
    if post.number is not None and post.is_removed and post.removed_by_id != post.author_id:
        return [("keep", _("It stays removed")), ("restore", _("Put it back"))]
    if post.is_removed:
        return [("keep", _("It stays removed"))]
    return [("keep", _("Nothing: it stays")), ("hide", _("Remove it"))]
