"""The tables as the first release has them."""

import django.db.models.deletion
import dure.domains.trade.rules.contributions
from dure.kernel.migrating import TablesAtOnce
from django.db import migrations, models


class Migration(TablesAtOnce):

    replaces = [('trade', '0001_deals'), ('trade', '0002_rounds_of_clearing'), ('trade', '0003_cooperative_fund')]

    initial = True

    dependencies = [
        ('ledger', '0001_first_release'),
        ('memberships', '0001_first_release'),
        ('parties', '0001_first_release'),
    ]

    operations = [
        migrations.CreateModel(
            name='ClearingRound',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('cut_off_date', models.DateField()),
                ('state', models.CharField(choices=[('open', 'open'), ('settled', 'settled'), ('given_up', 'given up')], default='open', max_length=8)),
                ('opened_at', models.DateTimeField()),
                ('reckoned_at', models.DateTimeField()),
                ('owed_won', models.BigIntegerField()),
                ('most_won', models.BigIntegerField()),
                ('agreed_won', models.BigIntegerField(default=0)),
                ('ceiling_won', models.BigIntegerField()),
                ('settled_date', models.DateField(blank=True, null=True)),
                ('end_reason', models.CharField(blank=True, max_length=300)),
                ('certificate', models.TextField(blank=True)),
                ('set_off', models.TextField(blank=True)),
            ],
            options={
                'ordering': ('-pk',),
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('state',), name='clearing_one_open_round'), models.CheckConstraint(condition=models.Q(models.Q(('settled_date__isnull', False), ('state', 'settled'), models.Q(('certificate', ''), _negated=True)), models.Q(models.Q(('state', 'settled'), _negated=True), ('certificate', ''), ('settled_date', None)), _connector='OR'), name='clearing_settled_with_proof')],
            },
        ),
        migrations.CreateModel(
            name='ContributionReceipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fund', models.CharField(max_length=40)),
                ('paid_date', models.DateField()),
                ('won', models.BigIntegerField()),
                ('parts', models.JSONField()),
                ('bank', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='memberships.receipt')),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.entry')),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='memberships.membership')),
            ],
            options={
                'ordering': ('membership', 'paid_date', 'pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('won__gt', 0)), name='contribution_of_money')],
            },
        ),
        migrations.CreateModel(
            name='ContributionRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60)),
                ('article', models.CharField(max_length=120)),
                ('decided_by', models.CharField(max_length=200)),
                ('basis', models.CharField(choices=[(dure.domains.trade.rules.contributions.Basis['SALE'], 'share of the sale'), (dure.domains.trade.rules.contributions.Basis['PROFIT'], 'share of the net profit'), (dure.domains.trade.rules.contributions.Basis['FIXED'], 'fixed sum')], max_length=8)),
                ('bearer', models.CharField(blank=True, choices=[(dure.domains.trade.rules.contributions.Bearer['SELLER'], 'who sells'), (dure.domains.trade.rules.contributions.Bearer['BUYER'], 'who buys'), (dure.domains.trade.rules.contributions.Bearer['BOTH'], 'both, half each')], max_length=8)),
                ('numerator', models.BigIntegerField(default=0)),
                ('denominator', models.BigIntegerField(default=1)),
                ('fixed_won', models.BigIntegerField(default=0)),
                ('every', models.CharField(choices=[(dure.domains.trade.rules.contributions.Every['MONTH'], 'every month'), (dure.domains.trade.rules.contributions.Every['QUARTER'], 'every quarter'), (dure.domains.trade.rules.contributions.Every['YEAR'], 'every year')], max_length=8)),
                ('member_class', models.CharField(blank=True, max_length=40)),
                ('due_day', models.PositiveSmallIntegerField()),
                ('fund', models.CharField(max_length=40)),
                ('from_date', models.DateField()),
                ('until_date', models.DateField(blank=True, null=True)),
                ('findings', models.JSONField(default=list)),
            ],
            options={
                'ordering': ('-from_date', '-pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('basis', 'fixed'), ('fixed_won__gt', 0), ('numerator', 0)), models.Q(models.Q(('basis', 'fixed'), _negated=True), ('fixed_won', 0), ('numerator__gt', 0)), _connector='OR'), name='contribution_of_one_kind'), models.CheckConstraint(condition=models.Q(('denominator__gt', 0), ('numerator__lte', models.F('denominator'))), name='contribution_ratio'), models.CheckConstraint(condition=models.Q(models.Q(('basis', 'sale'), models.Q(('bearer', ''), _negated=True)), models.Q(models.Q(('basis', 'sale'), _negated=True), ('bearer', '')), _connector='OR'), name='contribution_borne_by'), models.CheckConstraint(condition=models.Q(('until_date', None), ('until_date__gt', models.F('from_date')), _connector='OR'), name='contribution_lasts')],
            },
        ),
        migrations.CreateModel(
            name='Deal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('quoted', 'quoted'), ('ordered', 'ordered'), ('delivered', 'delivered'), ('recorded', 'recorded by one side'), ('confirmed', 'confirmed by both'), ('refused', 'refused'), ('withdrawn', 'withdrawn'), ('same', 'the same as another'), ('cancelled', 'cancelled by both')], max_length=10)),
                ('is_mutual', models.BooleanField(default=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('what', models.CharField(max_length=200)),
                ('won', models.BigIntegerField()),
                ('vat_won', models.BigIntegerField(default=0)),
                ('dealt_date', models.DateField()),
                ('due_date', models.DateField()),
                ('tax_number', models.CharField(blank=True, max_length=24)),
                ('recorded_at', models.DateTimeField()),
                ('ordered_date', models.DateField(blank=True, null=True)),
                ('delivered_date', models.DateField(blank=True, null=True)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('on_paper', models.CharField(blank=True, max_length=200)),
                ('end_reason', models.CharField(blank=True, max_length=300)),
                ('settled_won', models.BigIntegerField(default=0)),
                ('disputed_at', models.DateTimeField(blank=True, null=True)),
                ('dispute', models.CharField(blank=True, max_length=300)),
                ('buyer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.party')),
                ('disputed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.party')),
                ('recorder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.party')),
                ('same_as', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='twins', to='trade.deal')),
                ('seller', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.party')),
                ('waits_for', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.party')),
            ],
            options={
                'ordering': ('-dealt_date', '-pk'),
                'indexes': [models.Index(fields=['seller', 'dealt_date'], name='deal_by_seller'), models.Index(fields=['buyer', 'dealt_date'], name='deal_by_buyer'), models.Index(condition=models.Q(('waits_for__isnull', False)), fields=['waits_for'], name='deal_waiting'), models.Index(condition=models.Q(('settled_won__lt', models.F('won')), ('state', 'confirmed')), fields=['due_date', 'id'], name='deal_open'), models.Index(fields=['state', 'dealt_date'], name='deal_by_state')],
                'constraints': [models.CheckConstraint(condition=models.Q(('seller', models.F('buyer')), _negated=True), name='deal_between_two'), models.CheckConstraint(condition=models.Q(('recorder', models.F('seller')), ('recorder', models.F('buyer')), _connector='OR'), name='deal_recorded_by_a_side'), models.CheckConstraint(condition=models.Q(('vat_won__gte', 0), ('vat_won__lt', models.F('won')), ('won__gt', 0)), name='deal_amounts'), models.CheckConstraint(condition=models.Q(('settled_won__gte', 0), ('settled_won__lte', models.F('won'))), name='deal_not_settled_twice'), models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', False), ('state', 'confirmed')), models.Q(models.Q(('state', 'confirmed'), _negated=True), ('disputed_at', None), ('settled_won', 0)), _connector='OR'), name='deal_settled_when_confirmed'), models.CheckConstraint(condition=models.Q(models.Q(('dispute', ''), ('disputed_at', None), ('disputed_by', None)), models.Q(('disputed_at__isnull', False), ('disputed_by__isnull', False), models.Q(('dispute', ''), _negated=True)), _connector='OR'), name='deal_disputed_with_reason'), models.CheckConstraint(condition=models.Q(models.Q(('same_as__isnull', False), ('state', 'same')), models.Q(models.Q(('state', 'same'), _negated=True), ('same_as', None)), _connector='OR'), name='deal_same_as_another'), models.UniqueConstraint(condition=models.Q(models.Q(('tax_number', ''), _negated=True), models.Q(('state__in', ('refused', 'withdrawn', 'same', 'cancelled')), _negated=True)), fields=('tax_number',), name='deal_one_per_tax_invoice')],
            },
        ),
        migrations.CreateModel(
            name='FundUse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fund', models.CharField(max_length=40)),
                ('used_date', models.DateField()),
                ('won', models.BigIntegerField()),
                ('what', models.CharField(max_length=200)),
                ('decided_by', models.CharField(max_length=200)),
                ('entry', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.entry')),
                ('party', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.party')),
            ],
            options={
                'ordering': ('-used_date', '-pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('won__gt', 0)), name='fund_used_for_money')],
            },
        ),
        migrations.CreateModel(
            name='ProfitStatement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('net_profit_won', models.BigIntegerField()),
                ('stated_at', models.DateTimeField()),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='memberships.membership')),
            ],
            options={
                'ordering': ('membership', '-year', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='ContributionReceiptUndone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=300)),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.entry')),
                ('receipt', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='undone', to='trade.contributionreceipt')),
            ],
        ),
        migrations.CreateModel(
            name='ContributionBill',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month_date', models.DateField()),
                ('due_date', models.DateField()),
                ('asked_won', models.BigIntegerField()),
                ('won', models.BigIntegerField()),
                ('paid_won', models.BigIntegerField(default=0)),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='memberships.membership')),
                ('rule', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bills', to='trade.contributionrule')),
            ],
            options={
                'ordering': ('membership', 'month_date', 'pk'),
                'indexes': [models.Index(condition=models.Q(('paid_won__lt', models.F('won'))), fields=['due_date', 'membership'], name='contribution_open')],
                'constraints': [models.UniqueConstraint(fields=('rule', 'membership', 'month_date'), name='contribution_billed_once'), models.CheckConstraint(condition=models.Q(('paid_won__gte', 0), ('paid_won__lte', models.F('won')), ('won__gt', 0)), name='contribution_not_overpaid')],
            },
        ),
        migrations.CreateModel(
            name='DealSettlement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('how', models.CharField(choices=[('paid', 'paid'), ('set_off', 'set off')], max_length=8)),
                ('won', models.BigIntegerField()),
                ('settled_date', models.DateField()),
                ('reference', models.CharField(blank=True, max_length=100)),
                ('deal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='settlements', to='trade.deal')),
            ],
            options={
                'ordering': ('deal', 'settled_date', 'pk'),
                'indexes': [models.Index(fields=['reference'], name='deal_settlement_by_ref')],
                'constraints': [models.CheckConstraint(condition=models.Q(('won__gt', 0)), name='deal_settled_by_money')],
            },
        ),
        migrations.CreateModel(
            name='DealVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('what', models.CharField(max_length=200)),
                ('won', models.BigIntegerField()),
                ('vat_won', models.BigIntegerField(default=0)),
                ('dealt_date', models.DateField()),
                ('due_date', models.DateField()),
                ('tax_number', models.CharField(blank=True, max_length=24)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('proposed_at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.party')),
                ('deal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='trade.deal')),
            ],
            options={
                'ordering': ('deal', 'number'),
                'constraints': [models.UniqueConstraint(fields=('deal', 'number'), name='deal_version_once'), models.CheckConstraint(condition=models.Q(models.Q(('vat_won', 0), ('won', 0)), models.Q(('vat_won__gte', 0), ('vat_won__lt', models.F('won'))), _connector='OR'), name='deal_version_amounts')],
            },
        ),
        migrations.CreateModel(
            name='ClearingParty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('asked', 'asked'), ('agreed', 'agreed'), ('withdrawn', 'does not take part'), ('excluded', 'excluded')], default='asked', max_length=10)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('on_paper', models.CharField(blank=True, max_length=200)),
                ('ground', models.CharField(blank=True, choices=[('seizure', 'claims seized'), ('insolvency', 'insolvency'), ('other', 'another ground')], max_length=12)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('owes_won', models.BigIntegerField(default=0)),
                ('owed_won', models.BigIntegerField(default=0)),
                ('most_won', models.BigIntegerField(default=0)),
                ('agreed_won', models.BigIntegerField(default=0)),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.party')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parties', to='trade.clearinground')),
            ],
            options={
                'ordering': ('round', 'party'),
                'constraints': [models.UniqueConstraint(fields=('round', 'party'), name='clearing_party_once'), models.CheckConstraint(condition=models.Q(('agreed_won', 0), ('state', 'agreed'), _connector='OR'), name='clearing_only_who_agreed'), models.CheckConstraint(condition=models.Q(('most_won__lte', models.F('owes_won')), ('most_won__lte', models.F('owed_won')), ('agreed_won__gte', 0), ('most_won__gte', 0)), name='clearing_no_more_than_owed')],
            },
        ),
        migrations.CreateModel(
            name='DealSettlementUndone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('undone_at', models.DateTimeField()),
                ('reason', models.CharField(max_length=300)),
                ('settlement', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='undone', to='trade.dealsettlement')),
            ],
        ),
    ]
