"""The tables as the first release has them."""

import django.db.models.deletion
from dure.kernel.migrating import TablesAtOnce
from django.db import migrations, models


class Migration(TablesAtOnce):

    replaces = [('kernel', '0001_initial'), ('kernel', '0002_matter_of_personal_texts'), ('kernel', '0003_downloads_among_reads'), ('kernel', '0004_kept_files')]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Key',
            fields=[
                ('key', models.UUIDField(primary_key=True, serialize=False)),
                ('command', models.CharField(max_length=100)),
                ('input_hash', models.CharField(max_length=64)),
                ('result', models.TextField()),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='PersonalText',
            fields=[
                ('digest', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('salt', models.BinaryField(max_length=16, null=True)),
                ('text', models.TextField(null=True)),
                ('subject_id', models.BigIntegerField(db_index=True, null=True)),
                ('matter', models.CharField(db_index=True, default='', max_length=60)),
                ('erased_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Seal',
            fields=[
                ('number', models.BigIntegerField(primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('stream', models.CharField(max_length=40)),
                ('after_id', models.BigIntegerField()),
                ('last_id', models.BigIntegerField()),
                ('count', models.BigIntegerField()),
                ('root', models.CharField(max_length=64)),
                ('previous', models.CharField(max_length=64)),
                ('chain', models.CharField(max_length=64)),
                ('leaves', models.BinaryField()),
            ],
            options={
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='Deed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100)),
                ('at', models.DateTimeField()),
                ('actor_id', models.BigIntegerField(null=True)),
                ('via', models.CharField(max_length=10)),
                ('key', models.UUIDField()),
                ('subject_id', models.BigIntegerField(null=True)),
                ('data', models.TextField()),
                ('cause', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='kernel.deed')),
            ],
            options={
                'indexes': [models.Index(fields=['key'], name='deed_by_key'), models.Index(fields=['subject_id', 'id'], name='deed_by_subject'), models.Index(fields=['name', 'id'], name='deed_by_name')],
            },
        ),
        migrations.CreateModel(
            name='KeptFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject_id', models.BigIntegerField(db_index=True)),
                ('matter', models.CharField(db_index=True, max_length=60)),
                ('name_sealed', models.TextField()),
                ('content_sealed', models.TextField()),
                ('content_type', models.CharField(max_length=40)),
                ('size', models.PositiveIntegerField()),
                ('digest', models.CharField(max_length=64)),
                ('kept_at', models.DateTimeField()),
                ('kept_by_id', models.BigIntegerField(null=True)),
                ('until_date', models.DateField(null=True)),
                ('destroyed_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('destroyed_at', None)), fields=['until_date'], name='kept_file_due')],
                'constraints': [models.CheckConstraint(condition=models.Q(('destroyed_at', None), models.Q(('content_sealed', ''), ('name_sealed', '')), _connector='OR'), name='kept_file_destroyed_is_empty')],
            },
        ),
        migrations.CreateModel(
            name='Read',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('actor_id', models.BigIntegerField(db_index=True, null=True)),
                ('via', models.CharField(max_length=10)),
                ('subject_id', models.BigIntegerField(null=True)),
                ('what', models.CharField(max_length=200)),
                ('count', models.PositiveIntegerField(default=1)),
                ('is_download', models.BooleanField(default=False)),
            ],
            options={
                'indexes': [models.Index(fields=['subject_id', '-id'], name='read_by_subject'), models.Index(fields=['at'], name='read_by_moment')],
            },
        ),
        migrations.CreateModel(
            name='News',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=60)),
                ('payload', models.TextField()),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('done', 'Done'), ('given_up', 'Given Up')], default='waiting', max_length=10)),
                ('attempts', models.PositiveIntegerField(default=0)),
                ('next_at', models.DateTimeField()),
                ('done_at', models.DateTimeField(null=True)),
                ('error', models.TextField(default='')),
                ('deed', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='kernel.deed')),
            ],
            options={
                'indexes': [models.Index(fields=['state', 'next_at', 'id'], name='news_due')],
            },
        ),
    ]
