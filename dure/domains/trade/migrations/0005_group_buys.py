"""Group buys and bundles."""


import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models

from dure.kernel.migrating import TablesAtOnce


class Migration(TablesAtOnce):

    dependencies = [
        ('ledger', '0001_first_release'),
        ('memberships', '0001_first_release'),
        ('parties', '0005_who_is_close'),
        ('trade', '0004_pools_and_bars_of_clearing'),
    ]

    operations = [
        migrations.CreateModel(
            name='Bundle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('price_won', models.BigIntegerField()),
                ('parts', models.JSONField()),
                ('fund', models.CharField(max_length=40)),
                ('made_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('sold', models.PositiveIntegerField(default=0)),
            ],
            options={
                'ordering': ('-pk',),
                'constraints': [models.CheckConstraint(condition=models.Q(('price_won__gt', 0)), name='bundle_priced')],
            },
        ),
        migrations.CreateModel(
            name='GroupBuy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('about', models.CharField(blank=True, max_length=500)),
                ('state', models.CharField(choices=[('open', 'open for wishes'), ('ordered', 'ordered'), ('delivered', 'delivered'), ('settled', 'billed'), ('released', 'not reached, all released'), ('given_up', 'given up')], default='open', max_length=10)),
                ('terms', models.JSONField()),
                ('drops', models.JSONField()),
                ('opened_at', models.DateTimeField()),
                ('closes_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('missing_cases', models.PositiveIntegerField(default=0)),
                ('bought', models.JSONField(default=list)),
                ('came', models.JSONField(default=list)),
                ('delivered_date', models.DateField(blank=True, null=True)),
                ('end_reason', models.CharField(blank=True, max_length=300)),
                ('fund', models.CharField(max_length=40)),
                ('entry', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.entry')),
                ('organiser', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.party')),
            ],
            options={
                'ordering': ('-closes_at', '-pk'),
                'indexes': [models.Index(condition=models.Q(('state', 'open')), fields=['closes_at'], name='group_buy_open')],
                'constraints': [models.CheckConstraint(condition=models.Q(('closes_at__gt', models.F('opened_at'))), name='group_buy_lasts'), models.CheckConstraint(condition=models.Q(('state__in', ('open', 'given_up')), ('closed_at__isnull', False), _connector='OR'), name='group_buy_closed_once')],
            },
        ),
        migrations.CreateModel(
            name='GroupBuyBill',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('goods_won', models.BigIntegerField()),
                ('transport_won', models.BigIntegerField()),
                ('paid_won', models.BigIntegerField(default=0)),
                ('due_date', models.DateField()),
                ('buy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bills', to='trade.groupbuy')),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='memberships.membership')),
            ],
            options={
                'ordering': ('buy', 'membership'),
                'constraints': [models.UniqueConstraint(fields=('buy', 'membership'), name='group_buy_billed_once'), models.CheckConstraint(condition=models.Q(('goods_won__gte', 0), ('paid_won__gte', 0), ('transport_won__gte', 0), ('paid_won__lte', django.db.models.expressions.CombinedExpression(models.F('goods_won'), '+', models.F('transport_won')))), name='group_buy_not_overpaid')],
            },
        ),
        migrations.CreateModel(
            name='GroupBuyPayment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('supplier', models.CharField(max_length=120)),
                ('won', models.BigIntegerField()),
                ('paid_date', models.DateField()),
                ('buy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='trade.groupbuy')),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.entry')),
                ('party', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.party')),
            ],
            options={
                'ordering': ('buy', 'pk'),
                'constraints': [models.UniqueConstraint(fields=('buy', 'supplier'), name='group_buy_supplier_once'), models.CheckConstraint(condition=models.Q(('won__gt', 0)), name='group_buy_paid_money')],
            },
        ),
        migrations.CreateModel(
            name='GroupBuyReceipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('won', models.BigIntegerField()),
                ('paid_date', models.DateField()),
                ('bank', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='memberships.receipt')),
                ('bill', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='trade.groupbuybill')),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.entry')),
            ],
            options={
                'ordering': ('bill', 'paid_date', 'pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('won__gt', 0)), name='group_buy_of_money')],
            },
        ),
        migrations.CreateModel(
            name='GroupBuyReceiptUndone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=300)),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.entry')),
                ('receipt', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='undone', to='trade.groupbuyreceipt')),
            ],
        ),
        migrations.CreateModel(
            name='GroupBuyWish',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('article', models.CharField(max_length=120)),
                ('quantity', models.PositiveIntegerField()),
                ('tolerance', models.PositiveIntegerField()),
                ('drop', models.CharField(blank=True, max_length=120)),
                ('wished_at', models.DateTimeField()),
                ('pieces', models.PositiveIntegerField(blank=True, null=True)),
                ('came_pieces', models.PositiveIntegerField(blank=True, null=True)),
                ('why', models.CharField(blank=True, max_length=10)),
                ('collected_at', models.DateTimeField(blank=True, null=True)),
                ('buy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='wishes', to='trade.groupbuy')),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='memberships.membership')),
            ],
            options={
                'ordering': ('buy', 'wished_at', 'pk'),
                'constraints': [models.UniqueConstraint(fields=('buy', 'membership', 'article'), name='group_buy_wish_once'), models.CheckConstraint(condition=models.Q(('pieces', None), ('pieces__lte', django.db.models.expressions.CombinedExpression(models.F('quantity'), '+', models.F('tolerance'))), _connector='OR'), name='group_buy_not_above_wish'), models.CheckConstraint(condition=models.Q(('came_pieces', None), ('came_pieces__lte', models.F('pieces')), _connector='OR'), name='group_buy_not_above_order')],
            },
        ),
        migrations.CreateModel(
            name='BundleSale',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('count', models.PositiveIntegerField()),
                ('won', models.BigIntegerField()),
                ('shares', models.JSONField()),
                ('sold_date', models.DateField()),
                ('bundle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sales', to='trade.bundle')),
                ('buyer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.party')),
                ('entry', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.entry')),
            ],
            options={
                'ordering': ('bundle', 'sold_date', 'pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('count__gt', 0), ('won__gt', 0)), name='bundle_sold')],
            },
        ),
    ]
