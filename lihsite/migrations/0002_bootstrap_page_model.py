from django.db import migrations
from wagtail.models import (
    BootstrapLocaleField,
    BootstrapTranslatableModel,
    BootstrapTranslationKeyField,
)


class Migration(migrations.Migration):
    dependencies = [
        ("lihsite", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        BootstrapLocaleField("lihsite.BasePage"),
        BootstrapTranslationKeyField("lihsite.BasePage"),
        BootstrapTranslatableModel("lihsite.BasePage"),
    ]
