"""Read reports of e-mail that did not arrive, and stop writing to addresses that fail."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from notifications.bounces.mailboxes import NoMailbox, mails_in
from notifications.bounces.reading import Unreadable, read_report
from notifications.domain.bouncing import Outcome, take_report


class Command(BaseCommand):
    help = (
        "Read delivery reports (RFC 3464): a file with one or many, a Maildir, or - for standard input, where a mail "
        "server pipes them in. Read twice, each counts once. What is no report is named and passed over."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("mailbox", help="a file, a Maildir, or -")

    def handle(self, *args: Any, mailbox: str, **options: Any) -> None:
        number, unreadable = 0, 0
        outcomes: Counter[Outcome] = Counter()
        try:
            for name, raw in mails_in(mailbox):
                number += 1
                try:
                    outcomes.update(take_report(read_report(raw)))
                except Unreadable as error:
                    unreadable += 1
                    self.stderr.write(f"{name}: {error}")
        except NoMailbox as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{number} read: {outcomes[Outcome.FAILS]} addresses fail, {outcomes[Outcome.COUNTED]} counted, "
            f"{outcomes[Outcome.KNOWN]} known already, {outcomes[Outcome.STRANGER]} about nobody we wrote to, "
            f"{unreadable} no delivery report."
        )
