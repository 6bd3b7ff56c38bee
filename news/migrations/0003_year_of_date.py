import django.utils.timezone
import lihsite.local_times
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('news', '0002_press_and_citation'),
    ]

    operations = [
        migrations.AlterField(
            model_name='newspage',
            name='date',
            field=models.DateField(default=django.utils.timezone.localdate, validators=[lihsite.local_times.validate_year], verbose_name='date'),
        ),
    ]
