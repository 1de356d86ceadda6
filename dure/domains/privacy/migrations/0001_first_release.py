"""The tables as the first release has them."""

import django.db.models.deletion
from dure.kernel.migrating import TablesAtOnce
from django.db import migrations, models


class Migration(TablesAtOnce):

    replaces = [('privacy', '0001_initial')]

    initial = True

    dependencies = [
        ('kernel', '0001_first_release'),
        ('memberships', '0001_first_release'),
        ('parties', '0001_first_release'),
    ]

    operations = [
        migrations.CreateModel(
            name='Breach',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.TextField()),
                ('found_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
                ('people_count', models.PositiveIntegerField()),
                ('kinds', models.JSONField(default=list)),
                ('from_outside', models.BooleanField(default=False)),
                ('advice', models.TextField(blank=True)),
                ('told_at', models.DateTimeField(blank=True, null=True)),
                ('reported_at', models.DateTimeField(blank=True, null=True)),
                ('report_reference', models.CharField(blank=True, max_length=120)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('findings', models.JSONField(default=list)),
            ],
            options={
                'ordering': ('-found_at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='ReadCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month_date', models.DateField(unique=True)),
                ('confirmed_at', models.DateTimeField()),
                ('confirmed_by_id', models.BigIntegerField(null=True)),
                ('note', models.TextField(blank=True)),
                ('reads', models.PositiveIntegerField()),
                ('downloads', models.PositiveIntegerField()),
                ('unusual', models.PositiveIntegerField()),
                ('findings', models.JSONField(default=list)),
            ],
            options={
                'ordering': ('-month_date',),
            },
        ),
        migrations.CreateModel(
            name='Handover',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('handed_at', models.DateTimeField()),
                ('handed_by_id', models.BigIntegerField(null=True)),
                ('note', models.CharField(blank=True, max_length=200)),
                ('text', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.consenttext')),
            ],
            options={
                'ordering': ('-pk',),
            },
        ),
        migrations.CreateModel(
            name='ReadReason',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=300)),
                ('said_at', models.DateTimeField()),
                ('said_by_id', models.BigIntegerField(null=True)),
                ('read', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='reason', to='kernel.read')),
            ],
        ),
        migrations.CreateModel(
            name='Withdrawal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('opened_at', models.DateTimeField()),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('settled_by_id', models.BigIntegerField(null=True)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.party')),
                ('text', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.consenttext')),
            ],
            options={
                'ordering': ('opened_at', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='DestructionRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on_date', models.DateField()),
                ('state', models.CharField(choices=[('running', 'under way'), ('done', 'done')], default='running', max_length=8)),
                ('started_at', models.DateTimeField()),
                ('started_by_id', models.BigIntegerField(null=True)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('planned', models.JSONField(default=list)),
                ('done', models.JSONField(default=dict)),
                ('kept', models.JSONField(default=list)),
                ('paper', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='memberships.issuedpaper')),
            ],
            options={
                'ordering': ('-pk',),
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'running')), fields=('state',), name='destruction_one_at_a_time'), models.CheckConstraint(condition=models.Q(models.Q(('finished_at', None), ('state', 'running')), models.Q(('finished_at__gte', models.F('started_at')), ('state', 'done')), _connector='OR'), name='destruction_done_is_finished')],
            },
        ),
        migrations.CreateModel(
            name='BreachStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('noted_by_id', models.BigIntegerField(null=True)),
                ('text', models.TextField()),
                ('breach', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='privacy.breach')),
            ],
            options={
                'ordering': ('at', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='BreachedPerson',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('told_at', models.DateTimeField(blank=True, null=True)),
                ('by_letter', models.BooleanField(default=False)),
                ('breach', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='people', to='privacy.breach')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.party')),
            ],
            options={
                'ordering': ('pk',),
                'constraints': [models.UniqueConstraint(fields=('breach', 'person'), name='breached_person_once')],
            },
        ),
        migrations.CreateModel(
            name='HandedOver',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.party')),
                ('handover', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='people', to='privacy.handover')),
            ],
            options={
                'ordering': ('pk',),
                'constraints': [models.UniqueConstraint(fields=('handover', 'person'), name='handed_over_once')],
            },
        ),
    ]
