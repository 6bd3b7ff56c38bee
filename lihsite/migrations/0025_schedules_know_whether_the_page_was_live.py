from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('lihsite', '0024_shared_base_of_kept_drafts'),
    ]

    operations = [
        migrations.AddField(
            model_name='languageschedule',
            name='was_live',
            field=models.BooleanField(null=True),
        ),
    ]
