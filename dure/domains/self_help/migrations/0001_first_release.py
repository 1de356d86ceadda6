"""The tables as the first release has them."""

import django.db.models.deletion
import dure.domains.self_help.rules
from dure.kernel.migrating import TablesAtOnce
from django.db import migrations, models


class Migration(TablesAtOnce):

    replaces = [('self_help', '0001_funds_of_others')]

    initial = True

    dependencies = [
        ('ledger', '0001_first_release'),
        ('parties', '0001_first_release'),
    ]

    operations = [
        migrations.CreateModel(
            name='SelfHelpFund',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40, unique=True)),
                ('name', models.CharField(max_length=80)),
                ('taken_on_date', models.DateField()),
                ('association', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.party')),
            ],
            options={
                'ordering': ('name', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='Participant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('joined_date', models.DateField()),
                ('left_date', models.DateField(blank=True, null=True)),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.party')),
                ('fund', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='participants', to='self_help.selfhelpfund')),
            ],
            options={
                'ordering': ('fund', 'joined_date', 'pk'),
                'constraints': [models.UniqueConstraint(condition=models.Q(('left_date', None)), fields=('fund', 'party'), name='participant_once'), models.CheckConstraint(condition=models.Q(('left_date', None), ('left_date__gte', models.F('joined_date')), _connector='OR'), name='participant_lasts')],
            },
        ),
        migrations.CreateModel(
            name='Mandate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('contract', models.CharField(max_length=200)),
                ('from_date', models.DateField()),
                ('until_date', models.DateField(blank=True, null=True)),
                ('fee_of', models.CharField(choices=[(dure.domains.self_help.rules.FeeOf['NOTHING'], 'no fee'), (dure.domains.self_help.rules.FeeOf['PERIOD'], 'an amount for each period'), (dure.domains.self_help.rules.FeeOf['BALANCE'], 'a yearly share of what is lent'), (dure.domains.self_help.rules.FeeOf['INCOME'], "a share of the fund's income")], default=dure.domains.self_help.rules.FeeOf['NOTHING'], max_length=12)),
                ('fee_won', models.BigIntegerField(default=0)),
                ('fee_numerator', models.BigIntegerField(default=0)),
                ('fee_denominator', models.BigIntegerField(default=1)),
                ('fee_months', models.PositiveSmallIntegerField(choices=[(1, 'each month'), (3, 'each quarter'), (12, 'each year')], default=1)),
                ('fund', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mandates', to='self_help.selfhelpfund')),
            ],
            options={
                'ordering': ('fund', 'from_date'),
                'constraints': [models.UniqueConstraint(fields=('fund', 'from_date'), name='mandate_version'), models.CheckConstraint(condition=models.Q(models.Q(('until_date', None), ('until_date__gt', models.F('from_date')), _connector='OR'), ('fee_denominator__gt', 0), ('fee_numerator__gte', 0), ('fee_won__gte', 0), ('fee_numerator__lte', models.F('fee_denominator'))), name='mandate_can_be')],
            },
        ),
        migrations.CreateModel(
            name='FeeCharge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_date', models.DateField()),
                ('until_date', models.DateField()),
                ('lent_won', models.BigIntegerField()),
                ('income_won', models.BigIntegerField()),
                ('won', models.BigIntegerField()),
                ('charged_date', models.DateField()),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.entry')),
                ('received_entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.entry')),
                ('fund', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='charges', to='self_help.selfhelpfund')),
            ],
            options={
                'ordering': ('fund', 'from_date'),
                'constraints': [models.UniqueConstraint(fields=('fund', 'from_date'), name='fee_once_a_period'), models.CheckConstraint(condition=models.Q(('won__gt', 0)), name='fee_above_zero')],
            },
        ),
        migrations.CreateModel(
            name='Contribution',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('paid_date', models.DateField()),
                ('won', models.BigIntegerField()),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.entry')),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contributions', to='self_help.participant')),
            ],
            options={
                'ordering': ('participant', 'paid_date', 'pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('won', 0), _negated=True), name='contribution_moves_money')],
            },
        ),
    ]
