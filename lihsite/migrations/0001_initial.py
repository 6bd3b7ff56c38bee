"""The base page, as it must stand before Wagtail's own migrations run.

It leaves out what refers to models of `wagtailcore`; 0002 and 0003 add that.
"""

import django.db.models.deletion
import modelsearch.index
import wagtail.models.content_types
import wagtail.models.preview
import wagtail.models.specific
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='BasePage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', models.CharField(max_length=255, unique=True)),
                ('depth', models.PositiveIntegerField()),
                ('numchild', models.PositiveIntegerField(default=0)),
                ('live', models.BooleanField(default=True, editable=False, verbose_name='live')),
                ('has_unpublished_changes', models.BooleanField(default=False, editable=False, verbose_name='has unpublished changes')),
                ('first_published_at', models.DateTimeField(blank=True, db_index=True, null=True, verbose_name='first published at')),
                ('last_published_at', models.DateTimeField(editable=False, null=True, verbose_name='last published at')),
                ('go_live_at', models.DateTimeField(blank=True, null=True, verbose_name='go live date/time')),
                ('expire_at', models.DateTimeField(blank=True, null=True, verbose_name='expiry date/time')),
                ('expired', models.BooleanField(default=False, editable=False, verbose_name='expired')),
                ('locked', models.BooleanField(default=False, editable=False, verbose_name='locked')),
                ('locked_at', models.DateTimeField(editable=False, null=True, verbose_name='locked at')),
                ('title', models.CharField(help_text="The page title as you'd like it to be seen by the public", max_length=255, verbose_name='title')),
                ('title_en', models.CharField(default='', help_text="The page title as you'd like it to be seen by the public", max_length=255, verbose_name='title')),
                ('title_fr', models.CharField(default='', help_text="The page title as you'd like it to be seen by the public", max_length=255, verbose_name='title')),
                ('title_de', models.CharField(default='', help_text="The page title as you'd like it to be seen by the public", max_length=255, verbose_name='title')),
                ('draft_title', models.CharField(editable=False, max_length=255)),
                ('draft_title_en', models.CharField(default='', editable=False, max_length=255)),
                ('draft_title_fr', models.CharField(default='', editable=False, max_length=255)),
                ('draft_title_de', models.CharField(default='', editable=False, max_length=255)),
                ('slug', models.SlugField(allow_unicode=True, help_text='The name of the page as it will appear in URLs e.g http://domain.com/blog/[my-slug]/', max_length=255, verbose_name='slug')),
                ('slug_en', models.SlugField(allow_unicode=True, default='', help_text='The name of the page as it will appear in URLs e.g http://domain.com/blog/[my-slug]/', max_length=255, verbose_name='slug')),
                ('slug_fr', models.SlugField(allow_unicode=True, default='', help_text='The name of the page as it will appear in URLs e.g http://domain.com/blog/[my-slug]/', max_length=255, verbose_name='slug')),
                ('slug_de', models.SlugField(allow_unicode=True, default='', help_text='The name of the page as it will appear in URLs e.g http://domain.com/blog/[my-slug]/', max_length=255, verbose_name='slug')),
                ('url_path', models.TextField(blank=True, editable=False, verbose_name='URL path')),
                ('url_path_en', models.TextField(blank=True, default='', editable=False, verbose_name='URL path')),
                ('url_path_fr', models.TextField(blank=True, default='', editable=False, verbose_name='URL path')),
                ('url_path_de', models.TextField(blank=True, default='', editable=False, verbose_name='URL path')),
                ('latest_revision_created_at', models.DateTimeField(editable=False, null=True, verbose_name='latest revision created at')),
                ('show_in_menus', models.BooleanField(default=False, help_text='Whether a link to this page will appear in automatically generated menus', verbose_name='show in menus')),
                ('seo_title', models.CharField(blank=True, help_text='The name of the page displayed on search engine results as the clickable headline.', max_length=255, verbose_name='title tag')),
                ('seo_title_en', models.CharField(blank=True, default='', help_text='The name of the page displayed on search engine results as the clickable headline.', max_length=255, verbose_name='title tag')),
                ('seo_title_fr', models.CharField(blank=True, default='', help_text='The name of the page displayed on search engine results as the clickable headline.', max_length=255, verbose_name='title tag')),
                ('seo_title_de', models.CharField(blank=True, default='', help_text='The name of the page displayed on search engine results as the clickable headline.', max_length=255, verbose_name='title tag')),
                ('search_description', models.TextField(blank=True, help_text='The descriptive text displayed underneath a headline in search engine results.', verbose_name='meta description')),
                ('search_description_en', models.TextField(blank=True, default='', help_text='The descriptive text displayed underneath a headline in search engine results.', verbose_name='meta description')),
                ('search_description_fr', models.TextField(blank=True, default='', help_text='The descriptive text displayed underneath a headline in search engine results.', verbose_name='meta description')),
                ('search_description_de', models.TextField(blank=True, default='', help_text='The descriptive text displayed underneath a headline in search engine results.', verbose_name='meta description')),
                ('summary', models.TextField(blank=True, help_text='One or two sentences, shown at the head of the page and in lists.', verbose_name='summary')),
                ('summary_en', models.TextField(blank=True, default='', help_text='One or two sentences, shown at the head of the page and in lists.', verbose_name='summary')),
                ('summary_fr', models.TextField(blank=True, default='', help_text='One or two sentences, shown at the head of the page and in lists.', verbose_name='summary')),
                ('summary_de', models.TextField(blank=True, default='', help_text='One or two sentences, shown at the head of the page and in lists.', verbose_name='summary')),
                ('source_language', models.CharField(choices=[('en', 'English'), ('fr', 'French'), ('de', 'German')], default='en', help_text='The language that the page is written in; fixed once it was published.', max_length=10, verbose_name='source language')),
                ('live_in', models.BooleanField(default=False, help_text='Whether visitors get the page in this language once it is published.', verbose_name='live')),
                ('live_in_en', models.BooleanField(default=False, help_text='Whether visitors get the page in this language once it is published.', verbose_name='live')),
                ('live_in_fr', models.BooleanField(default=False, help_text='Whether visitors get the page in this language once it is published.', verbose_name='live')),
                ('live_in_de', models.BooleanField(default=False, help_text='Whether visitors get the page in this language once it is published.', verbose_name='live')),
                ('translation_sources', models.JSONField(blank=True, default=dict, editable=False)),
                ('alias_of', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='aliases', to=settings.WAGTAIL_PAGE_MODEL)),
                ('content_type', models.ForeignKey(on_delete=models.SET(wagtail.models.content_types.get_default_page_content_type), related_name='pages', to='contenttypes.contenttype', verbose_name='content type')),
                ('locked_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='locked_%(class)ss', to=settings.AUTH_USER_MODEL, verbose_name='locked by')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='owned_pages', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
            ],
            options={
                'verbose_name': 'page',
                'verbose_name_plural': 'pages',
                'permissions': [('bulk_delete_basepage', 'Delete pages with children'), ('lock_basepage', "Lock/unlock pages you've locked"), ('publish_basepage', 'Publish any page'), ('unlock_basepage', 'Unlock any page')],
            },
            bases=(wagtail.models.preview.PreviewableMixin, wagtail.models.specific.SpecificMixin, modelsearch.index.Indexed, models.Model),
        ),
    ]
