"""A partnership as its page shows it to one person."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from organisations.models import Membership, Organisation
from organisations.permissions import WRITERS
from partnerships.domain.closing import may_close
from partnerships.domain.settling import asked, current_parties, declined
from partnerships.models import Action, Agreement, Closing, Consent, Partnership, State, Version
from partnerships.permissions import (
    acts_for,
    acts_for_invited,
    can_change_action,
    can_read_record,
    is_of_a_party,
    readers_of,
)
from partnerships.queries.asking import Ask, whom_to_ask
from partnerships.queries.naming import Named, Names, initiatives_named, organisation_named, places_named
from partnerships.queries.versions import Answer, Difference, answer, differences_between, versions_of


@dataclass(frozen=True)
class PartyLine:
    """One party: what it does, where it stands, and what hinders it."""

    organisation: Organisation
    named: Named
    role: str
    brings: str
    agreement: Agreement | None
    leaves_on: datetime.date | None
    is_gone: bool
    has_nobody: bool  # no owner or editor: nobody can agree for it


@dataclass(frozen=True)
class Pending:
    """A newer version that waits."""

    version: Version
    parties: Sequence[PartyLine]
    differences: Sequence[Difference]
    waits_for: Sequence[Organisation]
    declined: Sequence[Answer]  # who was asked to join and does not: it cannot come into force any more


@dataclass(frozen=True)
class Outcome:
    """What came of it, and who, as it was called then, said so."""

    how: str
    name: str
    at: datetime.datetime
    text: str


@dataclass(frozen=True)
class PartnershipPage:
    """`own`: the parties that the person acts for; without any they only read, or answer for `invited`."""

    partnership: Partnership
    state: State
    version: Version
    places: Sequence[Named]
    initiatives: Sequence[Named]
    parties: Sequence[PartyLine]
    waits_for: Sequence[Organisation]  # whose agreement the proposal still needs
    pending: Pending | None
    requests: Sequence[Answer]
    actions: Sequence[Action]
    own_actions: Collection[int]  # those that the person may change
    done: Sequence[Action]
    closings: Sequence[Outcome]
    consenting: Sequence[Organisation]
    own: Sequence[Organisation]
    invited: Sequence[Organisation]  # asked to join, and the person acts for them
    to_agree: Sequence[Organisation]  # of the own ones, those that have not answered the newest version
    to_leave: Sequence[Organisation]
    to_stay: Sequence[Organisation]  # those whose notice can still be taken back
    to_close: Sequence[Organisation]
    to_consent: Sequence[Organisation]
    to_withdraw: Sequence[Organisation]
    asks: Sequence[Ask]  # whom a member asks who acts for none of them
    reads_record: bool
    reads_talk: bool
    is_alone: bool  # fewer than two parties are left
    has_emptied: bool  # it ended because all have left
    needs_review: bool
    today: datetime.date

    @property
    def newest(self) -> Version:
        return self.pending.version if self.pending else self.version

    @property
    def has_overdue(self) -> bool:
        return any(one.is_overdue for one in self.actions)

    @property
    def may_renew(self) -> bool:
        """Among the other buttons; while it is in force and its review has come, it stands on top already."""
        return self.partnership.in_force_at is not None and (self.state == State.ENDED or not self.needs_review)

    @property
    def leaves_at_once(self) -> bool:
        """Nobody is bound yet."""
        return self.partnership.in_force_at is None

    @property
    def shown_parties(self) -> Sequence[PartyLine]:
        """For everyone: who takes part; once all have left, who did."""
        return [line for line in self.parties if self.has_emptied or not line.is_gone]

    @property
    def answering(self) -> Sequence[Organisation]:
        """Whom the person can answer a version for."""
        return [*self.own, *self.invited]

    @property
    def owners(self) -> Sequence[Organisation]:
        """Who can be given an action."""
        return [line.organisation for line in self.parties if not line.is_gone]


SOON = datetime.timedelta(days=60)


def page_for(user: Any, partnership: Partnership, today: datetime.date) -> PartnershipPage:
    """The same number of queries however many parties, versions and actions there are. Asks that they may see it."""
    versions = versions_of(partnership)
    by_number = {version.number: version for version in versions}
    version = next(one for one in versions if one.pk == partnership.stands_id)
    partnership.stands = version
    newest = by_number[partnership.latest]
    wanted = asked(partnership, newest)
    current = current_parties(partnership)
    own = [one for one in acts_for(user, partnership) if one.pk in current]
    invited = acts_for_invited(user, partnership)
    names = Names(versions)
    spoken_for = _spoken_for([party.organisation_id for one in (version, newest) for party in one.parties.all()])
    leaving = {
        departure.organisation_id: (departure.takes_effect_on, one.number)
        for one in versions
        for departure in one.departures.all()
        if departure.is_standing
    }
    bound = {party.organisation_id for party in version.parties.all()} & current
    on_notice = {pk for pk, (_day, number) in leaving.items() if number >= version.number}
    consents = Consent.objects.filter(partnership=partnership, withdrawn_at=None).select_related("organisation")
    consenting = [one.organisation for one in consents if one.organisation_id in current]
    agreed = {one.organisation_id for one in newest.agreements.all()}
    waits = _organisations(versions, wanted - agreed)
    is_pending = newest.pk != version.pk
    actions = list(partnership.actions.select_related("owner", "done_by"))
    is_open = partnership.closed_at is None
    reads = can_read_record(user, partnership)
    given = {one.pk for one in consenting}
    refused = declined(partnership, newest)
    closings = list(partnership.closings.select_related("organisation", "version"))
    own_ids = {one.pk for one in (*own, *invited)}
    ends_soon = version.ends_on is not None and version.ends_on <= today + SOON
    return PartnershipPage(
        partnership=partnership,
        state=partnership.state,
        version=version,
        places=places_named(version),
        initiatives=initiatives_named(version, public=not reads),
        parties=_lines(version, leaving, spoken_for, today),
        waits_for=[] if is_pending or partnership.in_force_at else waits,
        pending=Pending(
            newest,
            _lines(newest, leaving, spoken_for, today),
            differences_between(version, newest),
            waits,
            [
                Answer(names.at(newest, one.organisation), None, one.given_at, one.reason)
                for one in newest.departures.all()
                if one.organisation_id in refused and one.is_standing
            ],
        )
        if is_pending and is_open
        else None,
        requests=[answer(names, newest, one) for one in newest.change_requests.all()],
        actions=sorted(
            (one for one in actions if not one.is_done), key=lambda one: (one.due_on or datetime.date.max, one.pk)
        ),
        own_actions={one.pk for one in actions if own and is_open and can_change_action(user, one)},
        done=sorted((one for one in actions if one.is_done), key=lambda one: (str(one.done_at), one.pk), reverse=True),
        closings=[
            Outcome(one.get_how_display(), names.at(one.version, one.organisation), one.at, one.outcome)
            for one in closings
        ],
        consenting=consenting,
        own=own if is_open else [],
        invited=invited,
        to_agree=[one for one in waits if one.pk in own_ids] if is_open and not refused else [],
        to_leave=[one for one in own if one.pk in bound - on_notice] if is_open else [],
        to_stay=[one for one in own if one.pk in bound & on_notice] if is_open else [],
        to_close=[one for one in own if may_close(partnership, one)] if is_open else [],
        to_consent=[one for one in own if one.pk in current and one.pk not in given] if partnership.in_force_at else [],
        to_withdraw=[one for one in own if one.pk in given],
        asks=whom_to_ask(user, readers_of(partnership)) if is_open and not own else [],
        reads_record=reads,
        reads_talk=is_of_a_party(user, partnership),
        is_alone=is_open and len(bound) < 2,
        has_emptied=not is_open and not any(one.how == Closing.How.CLOSED for one in closings),
        needs_review=is_open
        and partnership.in_force_at is not None
        and (ends_soon or (version.review_on is not None and version.review_on <= today)),
        today=today,
    )


def _lines(
    version: Version, leaving: dict[int, tuple[datetime.date, int]], spoken_for: set[int], today: datetime.date
) -> list[PartyLine]:
    agreements = {one.organisation_id: one for one in version.agreements.all()}
    lines = []
    for party in version.parties.all():
        day, number = leaving.get(party.organisation_id, (None, 0))
        leaves = day if number >= version.number else None
        lines.append(
            PartyLine(
                organisation=party.organisation,
                named=organisation_named(version, party.organisation),
                role=party.get_role_display(),
                brings=party.brings,
                agreement=agreements.get(party.organisation_id),
                leaves_on=leaves,
                is_gone=leaves is not None and leaves <= today,
                has_nobody=party.organisation_id not in spoken_for,
            )
        )
    return lines


def _organisations(versions: Sequence[Version], ids: set[int]) -> list[Organisation]:
    known = {party.organisation_id: party.organisation for one in versions for party in one.parties.all()}
    return sorted((known[pk] for pk in ids), key=lambda one: one.name)


def _spoken_for(ids: Sequence[int]) -> set[int]:
    rows = Membership.objects.filter(organisation__in=set(ids), role__in=WRITERS, user__is_active=True)
    return set(rows.values_list("organisation_id", flat=True))
