import django.core.serializers.json
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('lihsite', '0023_machine_translations_to_confirm'),
    ]

    operations = [
        migrations.AddField(
            model_name='languagereview',
            name='shared_base',
            field=models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, null=True),
        ),
        migrations.AddField(
            model_name='languageschedule',
            name='shared_base',
            field=models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, null=True),
        ),
    ]
