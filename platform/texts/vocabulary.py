"""The field's words, ordered and fixed: the one place where they stand.

Every `TextChoices` here is in the order in which people meet it in a life or in a list. The values are kept in the
database and in addresses, so a value is never renamed; labels may be.
"""

from __future__ import annotations

from functools import lru_cache

from django.db.models import TextChoices
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


def label_of(vocabulary: type[TextChoices], value: str) -> str:
    """A word's label in the language of the moment. Raises ValueError for what is no word of the vocabulary.

    Looked up once a language: a page shows a hundred labels, and Django's `get_FOO_display` translates every
    choice of the field for each of them.
    """
    return _label(vocabulary, value, get_language())


@lru_cache(maxsize=2_000)
def _label(vocabulary: type[TextChoices], value: str, language: str | None) -> str:
    return str(vocabulary(value).label)


class Stage(TextChoices):
    """Where in a life: ages as commonly understood in the UK's four systems."""

    EARLY_YEARS = "early-years", _("Early years (0–4)")
    PRIMARY = "primary", _("Primary (5–11)")
    SECONDARY = "secondary", _("Secondary (11–16)")
    SIXTEEN_TO_EIGHTEEN = "16-18", _("Sixth form, college or training (16–18)")
    HIGHER = "higher", _("University and higher technical (18+)")
    STARTING_WORK = "starting-work", _("Starting work")
    AT_WORK = "at-work", _("Getting on at work")
    RETURNING = "returning", _("Returning to learning or work")


class Transition(TextChoices):
    """The steps between stages, which decide most."""

    STARTING_SCHOOL = "starting-school", _("Starting school")
    PRIMARY_TO_SECONDARY = "primary-to-secondary", _("Primary to secondary")
    CHOICES_AT_16 = "choices-at-16", _("Choices at 16")
    CHOICES_AT_18 = "choices-at-18", _("Choices at 18")
    INTO_WORK = "into-work", _("Into work")
    PROGRESSION = "progression", _("Progression at work")
    RETURN = "return", _("Return to learning or work")


class Support(TextChoices):
    """What is given."""

    GUIDANCE = "guidance", _("Information and guidance")
    MENTORING = "mentoring", _("Mentoring")
    COACHING = "coaching", _("Coaching")
    SKILLS = "skills", _("Essential (soft) skills")
    EMPLOYERS = "employers", _("Work experience and employer encounters")
    TUTORING = "tutoring", _("Tutoring")
    TECHNICAL = "technical", _("Technical routes and apprenticeships")
    MONEY = "money", _("Money")
    HEALTH = "health", _("Health and wellbeing")
    FAMILY = "family", _("Family and parenting")
    PRACTICAL = "practical", _("Housing, care and practical help")
    DIGITAL = "digital", _("Digital access")


class Focus(TextChoices):
    """For whom above all; none chosen means everyone."""

    FREE_SCHOOL_MEALS = "fsm", _("Eligible for free school meals")
    CARE_EXPERIENCED = "care", _("Care-experienced")
    YOUNG_CARERS = "young-carers", _("Young carers")
    SEND = "send", _("Disabled, or with special educational needs (SEND)")
    NEET = "neet", _("Not in education, employment or training (NEET)")
    REFUGEES = "refugees", _("Refugees and people seeking asylum")
    PARENTS = "parents", _("Parents and carers")
    RURAL_COASTAL = "rural-coastal", _("Rural or coastal communities")
    ETHNIC_MINORITIES = "ethnic-minorities", _("Ethnic minority communities")
    GYPSY_ROMA_TRAVELLER = "grt", _("Gypsy, Roma and Traveller communities")
    ENGLISH_ADDITIONAL = "eal", _("English as an additional language")
    JUSTICE = "justice", _("In contact with the justice system")
    ARMED_FORCES = "armed-forces", _("Armed forces families")
    FIRST_GENERATION = "first-generation", _("First in the family to go to university")
    LOW_INCOME = "low-income", _("On a low income")


class OrganisationKind(TextChoices):
    EARLY_YEARS = "early-years-setting", _("Early-years setting")
    SCHOOL = "school", _("School")
    COLLEGE = "college", _("College")
    UNIVERSITY = "university", _("University")
    TRAINING_PROVIDER = "training-provider", _("Training provider")
    BUSINESS = "business", _("Business")
    CHARITY = "charity", _("Charity")
    COMMUNITY_GROUP = "community-group", _("Community group")
    COUNCIL = "council", _("Council")
    COMBINED_AUTHORITY = "combined-authority", _("Combined authority")
    HEALTH = "health-body", _("Health body")
    HOUSING = "housing-association", _("Housing association")
    PUBLIC_BODY = "public-body", _("Other public body")


class Reach(TextChoices):
    """How far an initiative reaches; online work names the UK or nations as its reach too."""

    AUTHORITIES = "authorities", _("Named council areas")
    REGION = "region", _("A whole region of England")
    NATION = "nation", _("A whole nation")
    UK = "uk", _("The whole UK")
    ONLINE = "online", _("Online, anywhere in the UK")


class PartnerRole(TextChoices):
    """What an organisation does in an initiative."""

    LEADS = "leads", _("Leads")
    DELIVERS = "delivers", _("Delivers")
    FUNDS = "funds", _("Funds")
    HOSTS = "hosts", _("Hosts")
    REFERS = "refers", _("Refers people")


class Cost(TextChoices):
    FREE = "free", _("Free")
    SOME_FREE = "some-free", _("Free for some")
    PAID = "paid", _("There is a charge")
    PAYS = "pays", _("Those who take part are paid or get a bursary")


class Language(TextChoices):
    """Languages an initiative is offered in (ISO 639-1; BFI for British Sign Language as 639-3)."""

    ENGLISH = "en", _("English")
    WELSH = "cy", _("Welsh")
    GAELIC = "gd", _("Scottish Gaelic")
    IRISH = "ga", _("Irish")
    BSL = "bfi", _("British Sign Language")
    ARABIC = "ar", _("Arabic")
    BENGALI = "bn", _("Bengali")
    POLISH = "pl", _("Polish")
    PUNJABI = "pa", _("Punjabi")
    ROMANIAN = "ro", _("Romanian")
    SOMALI = "so", _("Somali")
    UKRAINIAN = "uk", _("Ukrainian")
    URDU = "ur", _("Urdu")
