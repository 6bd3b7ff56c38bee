"""Entries get other ids and other terms: `manage.py rebuild_search` writes them anew."""

from django.db import migrations


def empty(apps, schema_editor):
    using = schema_editor.connection.alias
    entries = apps.get_model("search", "SearchEntry")
    for model in (apps.get_model("search", "SearchText"), entries.topics.through, entries):
        model.objects.using(using).all()._raw_delete(using)


class Migration(migrations.Migration):
    dependencies = [("search", "0002_hidden_until")]

    operations = [migrations.RunPython(empty, migrations.RunPython.noop)]
