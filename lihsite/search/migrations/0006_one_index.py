"""PostgreSQL gets one index over all columns of terms, which is made after each migration."""

from django.db import migrations

COLUMNS = ("title", "lead", "often", "everything")


def drop_one_for_each(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for column in COLUMNS:
            schema_editor.execute(f"DROP INDEX IF EXISTS search_text_{column}")


class Migration(migrations.Migration):
    dependencies = [("search", "0005_document_text")]

    operations = [migrations.RunPython(drop_one_for_each, migrations.RunPython.noop)]
