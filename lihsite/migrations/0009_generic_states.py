from django.conf import settings
from django.db import migrations, models
from django.db.models import F, OuterRef, Subquery
import django.db.models.deletion
import django.utils.timezone


def point_to_pages(apps, schema_editor):
    """What else a row lacks is stored after the migration, by `complete_states`."""
    pages = apps.get_model("lihsite", "BasePage").objects.filter(pk=OuterRef("page_id"))
    apps.get_model("lihsite", "TranslationState").objects.update(
        object_id=F("page_id"), content_type_id=Subquery(pages.values("content_type_id")[:1])
    )


class Migration(migrations.Migration):

    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("lihsite", "0008_social_image"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="translationstate",
            options={
                "permissions": [
                    ("change_shared_fields", "Can change shared fields and every language"),
                    ("translate_en", "Can change texts in English"),
                    ("translate_fr", "Can change texts in French"),
                    ("translate_de", "Can change texts in German"),
                ],
                "verbose_name": "translation",
                "verbose_name_plural": "translations",
            },
        ),
        migrations.RemoveConstraint(
            model_name="translationstate", name="one_state_a_language"
        ),
        *(
            migrations.AddField(
                model_name=model,
                name="translation_sources",
                field=models.JSONField(blank=True, default=dict, editable=False),
            )
            for model in ("document", "image", "institutesettings")
        ),
        migrations.AddField(
            model_name="translationstate",
            name="content_type",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="contenttypes.contenttype",
            ),
        ),
        migrations.AddField(
            model_name="translationstate",
            name="object_id",
            field=models.PositiveBigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="translationstate",
            name="section",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.WAGTAIL_PAGE_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="translationstate",
            name="source_language",
            field=models.CharField(default="", max_length=10),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="translationstate",
            name="title",
            field=models.CharField(blank=True, max_length=255),
        ),
        migrations.AddField(
            model_name="translationstate",
            name="updated_at",
            field=models.DateTimeField(default=django.utils.timezone.now),
        ),
        migrations.AddField(
            model_name="translationstate",
            name="words",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name="translationstate",
            name="page",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="translation_states",
                to=settings.WAGTAIL_PAGE_MODEL,
            ),
        ),
        # Last: PostgreSQL alters no table whose rows it has still to check.
        migrations.RunPython(point_to_pages, migrations.RunPython.noop),
    ]
