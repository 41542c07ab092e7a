"""What a thread's script says, in the language of the page."""

from __future__ import annotations

from django.utils.translation import gettext as _

from discussions.models import ReactionKind
from texts.vocabulary import label_of


def script_words() -> dict[str, object]:
    """Sentences by name; {braces} are filled by the script."""
    return {
        "you": _("You"),
        "member": _("A member"),
        "sending": _("Being sent …"),
        "notSent": _("Not sent: the server did not answer."),
        "whenBack": _("Not sent yet: it goes by itself when the line is back."),
        "refused": _("It could not be posted. Your text is still here."),
        "signedOut": _("You are signed out. Sign in, and send it again: your text is kept."),
        "signIn": _("Sign in"),
        "filesNotSent": _("Not sent: the server did not answer. Your text and files are still here."),
        "again": _("Send again"),
        "back": _("Back to the box"),
        "answering": _("You answer {name}."),
        "notAnswering": _("Write without answering"),
        "react": _("React"),
        "reactTo": _("to the post by {name}"),
        "edit": _("Edit"),
        "remove": _("Remove"),
        "yourPost": _("your post"),
        "removing": _("Remove this post? Its words and files are gone for good."),
        "keepIt": _("Keep it"),
        "asItWas": _("Leave it as it was"),
        "reactions": {kind: label_of(ReactionKind, kind) for kind in ReactionKind.values},
        "notReacted": _("That did not arrive. Try once more."),
        "posted": _("New post by {name}"),
        "arrived": _("1 new post"),
        "arrivedMany": _("{number} new posts"),
        "here": _("Here now: {names}"),
        "more": _("{number} more"),
        "visitors": _("{number} reading along"),
        "typing": _("{name} is writing …"),
        "typingMany": _("{number} people are writing …"),
        "line": {
            "lost": _("The line was lost. Looking for it …"),
            "asking": _("The line is poor: new posts are looked for every few seconds."),
            "offline": _("You are offline. What you write is kept, and sent when the line is back."),
            "many": _("You have very many pages open: this one looks for new posts every few seconds."),
            "forbidden": _("You can no longer read this discussion."),
            "gone": _("This discussion is no longer here."),
        },
    }
