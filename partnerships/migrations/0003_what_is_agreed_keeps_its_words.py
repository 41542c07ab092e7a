from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F

import partnerships.models.version


def fill(apps: Any, _schema: Any) -> None:
    """What was sent before keeps what things are called now: nobody wrote down what they were called then."""
    Version = apps.get_model("partnerships", "Version")
    rows = Version.objects.select_related("made_for").prefetch_related("parties__organisation", "initiatives", "places")
    for version in rows.iterator(chunk_size=200):
        named = [version.made_for, *(party.organisation for party in version.parties.all())]
        version.words = {
            "organisations": {str(one.pk): one.name for one in named},
            "initiatives": {str(one.pk): one.title for one in version.initiatives.all()},
            "places": {str(one.pk): one.name for one in version.places.all()},
        }
        version.save(update_fields=["words"])


def ask_apart(apps: Any, _schema: Any) -> None:
    """Who is only asked to join was among the readers, and is invited from now on."""
    Partnership = apps.get_model("partnerships", "Partnership")
    Party = apps.get_model("partnerships", "Party")
    waiting = Partnership.objects.filter(latest__gt=F("stands__number"), in_force_at__isnull=False, closed_at=None)
    for one in waiting:
        bound = Party.objects.filter(version=one.stands_id).values("organisation")
        newest = Party.objects.filter(version__partnership=one, version__number=one.latest).exclude(
            organisation__in=bound
        )
        asked = [organisation for organisation in one.readers.filter(pk__in=newest.values("organisation"))]
        one.readers.remove(*asked)
        one.invited.add(*asked)


class Migration(migrations.Migration):
    dependencies = [
        ("initiatives", "0001_initial"),
        ("organisations", "0001_initial"),
        ("places", "0001_initial"),
        ("partnerships", "0002_a_notice_can_be_taken_back"),
    ]

    operations = [
        migrations.AddField(
            model_name="partnership",
            name="invited",
            field=models.ManyToManyField(
                help_text="Whom the newest version asks to join: they read that, and no more.",
                related_name="+",
                to="organisations.organisation",
            ),
        ),
        migrations.AddField(
            model_name="version",
            name="words",
            field=models.JSONField(default=partnerships.models.version.no_words),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(ask_apart, migrations.RunPython.noop, elidable=True),
        # The same tables as before: only their rows are guarded from now on.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="VersionInitiative",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        (
                            "initiative",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="initiatives.initiative",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="partnerships.version",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "partnerships_version_initiatives",
                        "unique_together": {("version", "initiative")},
                    },
                ),
                migrations.AlterField(
                    model_name="version",
                    name="initiatives",
                    field=models.ManyToManyField(
                        related_name="partnership_versions",
                        through="partnerships.VersionInitiative",
                        to="initiatives.initiative",
                    ),
                ),
                migrations.CreateModel(
                    name="VersionPlace",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="places.place"
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="partnerships.version",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "partnerships_version_places",
                        "unique_together": {("version", "place")},
                    },
                ),
                migrations.AlterField(
                    model_name="version",
                    name="places",
                    field=models.ManyToManyField(
                        related_name="+", through="partnerships.VersionPlace", to="places.place"
                    ),
                ),
            ],
        ),
    ]
