"""The field's abbreviations, as a beginning: moderators keep them from here on."""

from django.db import migrations

TERMS = [
    ("NEET, not in education employment or training", ""),
    ("FSM, free school meals", ""),
    ("SEND, special educational needs, SEN, additional learning needs, ALN, additional support needs, ASN", "England; Wales; Scotland"),
    ("EYFS, early years foundation stage", ""),
    ("T Level, T Levels, technical level", ""),
    ("FE, further education", ""),
    ("HE, higher education", ""),
    ("CEIAG, careers guidance, careers education, careers advice", ""),
    ("care leaver, care-experienced, looked-after, in care", ""),
    ("EAL, ESOL, English as an additional language", ""),
    ("WEX, work experience, work placement", ""),
    ("apprenticeship, apprentice", ""),
    ("young carer, young adult carer", ""),
    ("mentoring, mentor", ""),
    ("GRT, Gypsy Roma and Traveller", ""),
    ("sixth form, post-16", ""),
    ("uni, university", ""),
    ("nursery, early years, pre-school", ""),
    ("maths, mathematics, numeracy", ""),
    ("literacy, reading", ""),
    ("STEM, science technology engineering and maths", ""),
    ("UCAS, university application", ""),
    ("oracy, speaking skills", ""),
    ("breakfast club, free breakfast", ""),
]


def put_in(apps, schema_editor):
    synonym = apps.get_model("search", "Synonym")
    if not synonym.objects.exists():
        synonym.objects.bulk_create(synonym(terms=terms, note=note) for terms, note in TERMS)


class Migration(migrations.Migration):
    dependencies = [("search", "0002_words_index")]
    operations = [migrations.RunPython(put_in, migrations.RunPython.noop)]
