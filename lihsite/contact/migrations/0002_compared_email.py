from django.db import migrations, models
from django.db.models import F

from lihsite.contact.newsletter.comparing import compared


def fill(apps, schema_editor):
    """Of several spellings of an address one stays: the confirmed, else the older."""
    subscriptions = apps.get_model("contact", "Subscription").objects
    known = set()
    for one in subscriptions.order_by(F("confirmed_at").asc(nulls_last=True), "asked_at", "pk"):
        one.compared_email = compared(one.email)
        if one.compared_email in known:
            one.delete()
        else:
            known.add(one.compared_email)
            one.save(update_fields=["compared_email"])


class Migration(migrations.Migration):

    dependencies = [
        ("contact", "0001_initial"),
    ]

    operations = [
        # Tables made before have the index, those for older backups have not (see 0001).
        migrations.RunSQL(
            "DROP INDEX IF EXISTS subscription_once",
            "CREATE UNIQUE INDEX subscription_once ON contact_subscription (LOWER(email))",
        ),
        migrations.AddField(
            model_name="subscription",
            name="compared_email",
            field=models.TextField(editable=False, null=True),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="subscription",
            constraint=models.UniqueConstraint(
                fields=("compared_email",), name="subscription_once_an_address"
            ),
        ),
    ]
