"""The tables as the first release has them."""

import django.db.models.deletion
from dure.kernel.migrating import TablesAtOnce
from django.db import migrations, models


class Migration(TablesAtOnce):

    replaces = [('ledger', '0001_initial'), ('ledger', '0002_day_line_count'), ('ledger', '0003_period_marks'), ('ledger', '0004_main_business'), ('ledger', '0005_held_for_others')]

    initial = True

    dependencies = [
        ('parties', '0001_first_release'),
    ]

    operations = [
        migrations.CreateModel(
            name='Fund',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40, unique=True)),
                ('name', models.CharField(max_length=80, unique=True)),
                ('purpose', models.CharField(max_length=400)),
                ('restriction', models.CharField(choices=[('unrestricted', 'unrestricted'), ('earmarked', 'earmarked by the network'), ('restricted', 'restricted by its givers or by law'), ('entrusted', 'held for others')], max_length=20)),
                ('opened_date', models.DateField()),
                ('is_active', models.BooleanField(default=True)),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='MainBusiness',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_date', models.DateField(unique=True)),
                ('funds', models.JSONField(default=list)),
                ('accounts', models.JSONField(default=list)),
                ('article', models.CharField(max_length=200)),
                ('decided_by', models.CharField(max_length=200)),
            ],
            options={
                'ordering': ['from_date'],
            },
        ),
        migrations.CreateModel(
            name='Period',
            fields=[
                ('id', models.IntegerField(primary_key=True, serialize=False)),
                ('first_date', models.DateField(unique=True)),
                ('end_date', models.DateField()),
                ('state', models.CharField(choices=[('open', 'open'), ('closed', 'closed'), ('locked', 'locked')], default='open', max_length=10)),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Account',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=10, unique=True)),
                ('name', models.CharField(max_length=80, unique=True)),
                ('kind', models.CharField(choices=[('asset', 'asset'), ('liability', 'liability'), ('net_asset', 'net assets'), ('income', 'income'), ('expense', 'expense')], max_length=10)),
                ('role', models.CharField(blank=True, max_length=40)),
                ('is_control', models.BooleanField(default=False)),
                ('is_money', models.BooleanField(default=False)),
                ('is_active', models.BooleanField(default=True)),
            ],
            options={
                'ordering': ['code'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('role', ''), _negated=True), fields=('role',), name='ledger_role_once')],
            },
        ),
        migrations.CreateModel(
            name='Books',
            fields=[
                ('id', models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('first_date', models.DateField()),
                ('fiscal_year_start_month', models.SmallIntegerField(default=1)),
                ('opened_at', models.DateTimeField()),
                ('chart_stamp', models.CharField(max_length=32)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='ledger_one_books'), models.CheckConstraint(condition=models.Q(('fiscal_year_start_month__range', (1, 12))), name='ledger_fiscal_month')],
            },
        ),
        migrations.CreateModel(
            name='MainBusinessFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_date', models.DateField()),
                ('measure', models.CharField(max_length=40)),
                ('main', models.BigIntegerField()),
                ('whole', models.BigIntegerField()),
                ('source', models.CharField(max_length=200)),
                ('noted_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['from_date', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('main__gte', 0), ('whole__gt', 0), ('main__lte', models.F('whole'))), name='ledger_main_part_of_whole')],
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.BigIntegerField(null=True, unique=True)),
                ('booked_date', models.DateField()),
                ('text', models.CharField(max_length=200)),
                ('note_digest', models.CharField(blank=True, max_length=64)),
                ('source_kind', models.CharField(blank=True, max_length=60)),
                ('source_id', models.BigIntegerField(null=True)),
                ('key', models.UUIDField()),
                ('written_by_id', models.BigIntegerField(null=True)),
                ('written_at', models.DateTimeField()),
                ('posted_by_id', models.BigIntegerField(null=True)),
                ('posted_at', models.DateTimeField(null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('reverses', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversed_by', to='ledger.entry')),
                ('period', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='ledger.period')),
            ],
            options={
                'ordering': ['booked_date', 'number', 'id'],
                'indexes': [models.Index(fields=['booked_date', 'number'], name='ledger_entry_by_date'), models.Index(condition=models.Q(('source_id__isnull', False)), fields=['source_kind', 'source_id'], name='ledger_entry_by_source')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('number', None), ('posted_at', None)), models.Q(('number__isnull', False), ('posted_at__isnull', False)), _connector='OR'), name='ledger_number_iff_posted'), models.CheckConstraint(condition=models.Q(('posted_at', None), ('withdrawn_at', None), _connector='OR'), name='ledger_posted_or_withdrawn')],
            },
        ),
        migrations.CreateModel(
            name='DayBalance',
            fields=[
                ('pk', models.CompositePrimaryKey('account_id', 'fund_id', 'booked_date', blank=True, editable=False, primary_key=True, serialize=False)),
                ('booked_date', models.DateField()),
                ('debit_won', models.BigIntegerField()),
                ('credit_won', models.BigIntegerField()),
                ('line_count', models.BigIntegerField(default=0)),
                ('account', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='ledger.account')),
                ('fund', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='ledger.fund')),
            ],
        ),
        migrations.CreateModel(
            name='Balance',
            fields=[
                ('pk', models.CompositePrimaryKey('account_id', 'fund_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('balance_won', models.BigIntegerField()),
                ('account', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='ledger.account')),
                ('fund', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='ledger.fund')),
            ],
        ),
        migrations.CreateModel(
            name='PeriodMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.SlugField(max_length=30)),
                ('note', models.CharField(blank=True, max_length=200)),
                ('marked_at', models.DateTimeField()),
                ('marked_by_id', models.BigIntegerField(null=True)),
                ('period', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='marks', to='ledger.period')),
            ],
            options={
                'ordering': ['period_id', 'id'],
                'constraints': [models.UniqueConstraint(fields=('period', 'step'), name='ledger_period_mark_once')],
            },
        ),
        migrations.CreateModel(
            name='PeriodStatement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('trial_balance', 'trial balance'), ('balance_sheet', 'balance sheet'), ('activities', 'statement of activities'), ('fund', 'fund statement')], max_length=20)),
                ('revision', models.IntegerField()),
                ('content', models.BinaryField()),
                ('sha256', models.CharField(max_length=64)),
                ('made_at', models.DateTimeField()),
                ('fund', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='ledger.fund')),
                ('period', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='ledger.period')),
            ],
            options={
                'ordering': ['period_id', 'revision', 'id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('fund__isnull', False)), fields=('period', 'kind', 'fund', 'revision'), name='ledger_fund_statement_once'), models.UniqueConstraint(condition=models.Q(('fund', None)), fields=('period', 'kind', 'revision'), name='ledger_statement_once')],
            },
        ),
        migrations.CreateModel(
            name='FundRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('second_person_above_won', 'entries above this amount need a second person'), ('money_floor_won', "the fund's money may not fall below this amount")], max_length=40)),
                ('amount_won', models.BigIntegerField()),
                ('article', models.CharField(max_length=200)),
                ('from_date', models.DateField()),
                ('until_date', models.DateField(null=True)),
                ('fund', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rules', to='ledger.fund')),
            ],
            options={
                'ordering': ['from_date', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('until_date', None), ('until_date__gte', models.F('from_date')), _connector='OR'), name='ledger_rule_ends_after_start')],
            },
        ),
        migrations.CreateModel(
            name='PartyBalance',
            fields=[
                ('pk', models.CompositePrimaryKey('party_id', 'account_id', 'fund_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('balance_won', models.BigIntegerField()),
                ('account', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='ledger.account')),
                ('fund', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='ledger.fund')),
                ('party', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='parties.party')),
            ],
            options={
                'indexes': [models.Index(fields=['account', 'fund'], name='ledger_party_balance_account')],
            },
        ),
        migrations.CreateModel(
            name='Line',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('project', models.CharField(max_length=40, null=True)),
                ('amount_won', models.BigIntegerField()),
                ('account', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='ledger.account')),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='ledger.entry')),
                ('fund', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='ledger.fund')),
                ('party', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, to='parties.party')),
            ],
            options={
                'ordering': ['entry_id', 'id'],
                'indexes': [models.Index(fields=['account', 'fund', 'entry'], name='ledger_line_by_account'), models.Index(condition=models.Q(('party__isnull', False)), fields=['party', 'account'], name='ledger_line_by_party'), models.Index(condition=models.Q(('project__isnull', False)), fields=['project', 'entry'], name='ledger_line_by_project')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('amount_won__gte', -9007199254740991), ('amount_won__lte', -1)), models.Q(('amount_won__gte', 1), ('amount_won__lte', 9007199254740991)), _connector='OR'), name='ledger_line_moves_won')],
            },
        ),
    ]
