"""What is offered and looked for, orders, agreements, what is bought together, pools and bars of clearing."""

import django.db.models.deletion
import django.db.models.expressions
import dure.domains.trade.rules.orders
import dure.kernel.ordinal
from dure.kernel.migrating import TablesAtOnce
from django.db import migrations, models


class Migration(TablesAtOnce):

    dependencies = [
        ('ledger', '0001_first_release'),
        ('memberships', '0003_gifts_to_a_fund'),
        ('parties', '0005_who_is_close'),
        ('trade', '0001_first_release'),
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
            name='ClearingBar',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.party')),
                ('ground', models.CharField(choices=[('seizure', 'claims seized'), ('insolvency', 'insolvency')], max_length=12)),
                ('from_date', models.DateField()),
                ('paper', models.CharField(max_length=200)),
                ('noted_at', models.DateTimeField()),
                ('lifted_date', models.DateField(blank=True, null=True)),
                ('lift_paper', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'ordering': ('-from_date', '-pk'),
                'indexes': [models.Index(condition=models.Q(('lifted_date', None)), fields=['party'], name='clearing_barred_now')],
                'constraints': [models.CheckConstraint(condition=models.Q(('paper', ''), _negated=True), name='clearing_barred_by_paper'), models.CheckConstraint(condition=models.Q(models.Q(('lift_paper', ''), ('lifted_date', None)), models.Q(('lifted_date__gte', models.F('from_date')), models.Q(('lift_paper', ''), _negated=True)), _connector='OR'), name='clearing_bar_lifted_by_paper')],
            },
        ),
        migrations.CreateModel(
            name='GroupBuy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organiser', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.party')),
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
            ],
            options={
                'ordering': ('-closes_at', '-pk'),
                'indexes': [models.Index(condition=models.Q(('state', 'open')), fields=['closes_at'], name='group_buy_open')],
                'constraints': [models.CheckConstraint(condition=models.Q(('closes_at__gt', models.F('opened_at'))), name='group_buy_lasts'), models.CheckConstraint(condition=models.Q(('state__in', ('open', 'given_up')), ('closed_at__isnull', False), _connector='OR'), name='group_buy_closed_once')],
            },
        ),
        migrations.CreateModel(
            name='LiquidityPool',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fund', models.CharField(max_length=40)),
                ('won', models.BigIntegerField()),
                ('member_won', models.BigIntegerField()),
                ('repay_days', models.PositiveSmallIntegerField()),
                ('from_date', models.DateField()),
                ('until_date', models.DateField()),
                ('decided_by', models.CharField(max_length=200)),
                ('findings', models.JSONField(default=list)),
            ],
            options={
                'ordering': ('-from_date', '-pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('member_won__gt', 0), ('member_won__lte', models.F('won')), ('repay_days__gt', 0)), name='pool_limits'), models.CheckConstraint(condition=models.Q(('until_date__gt', models.F('from_date')), models.Q(('decided_by', ''), _negated=True)), name='pool_decided')],
            },
        ),
        migrations.CreateModel(
            name='Listing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.party')),
                ('side', models.CharField(choices=[('offer', 'offer'), ('want', 'want')], max_length=5)),
                ('kind', models.CharField(choices=[('goods', 'goods'), ('service', 'service')], max_length=7)),
                ('name', models.CharField(max_length=80)),
                ('description', models.CharField(blank=True, max_length=1000)),
                ('category', models.CharField(choices=[('food', 'Food and catering'), ('farm', 'Farm produce'), ('cleaning', 'Cleaning and disinfection'), ('print', 'Printing and banners'), ('design', 'Design, photo and video'), ('it', 'Computers and websites'), ('education', 'Education and lectures'), ('care', 'Care and health'), ('culture', 'Culture, events and travel'), ('gifts', 'Gifts and crafts'), ('building', 'Repair and construction'), ('transport', 'Delivery and removal'), ('space', 'Rooms and equipment'), ('reuse', 'Reuse and energy'), ('advice', 'Advice and office work'), ('other', 'Other')], max_length=12)),
                ('unit', models.CharField(blank=True, max_length=20)),
                ('price_won', models.BigIntegerField(blank=True, null=True)),
                ('member_price_won', models.BigIntegerField(blank=True, null=True)),
                ('tax', models.CharField(blank=True, choices=[('taxed', 'taxed'), ('exempt', 'exempt'), ('zero', 'zero-rated')], max_length=6)),
                ('region_code', models.CharField(blank=True, max_length=5)),
                ('delivery', models.CharField(blank=True, max_length=200)),
                ('capacity', models.CharField(blank=True, max_length=100)),
                ('certificates', models.CharField(blank=True, max_length=200)),
                ('quantity', models.CharField(blank=True, max_length=60)),
                ('budget_won', models.BigIntegerField(blank=True, null=True)),
                ('is_public', models.BooleanField(default=False)),
                ('state', models.CharField(choices=[('open', 'open'), ('closed', 'closed'), ('expired', 'expired')], default='open', max_length=7)),
                ('listed_at', models.DateTimeField()),
                ('until_date', models.DateField()),
                ('reminded_date', models.DateField(blank=True, null=True)),
                ('ended_date', models.DateField(blank=True, null=True)),
            ],
            options={
                'ordering': ('-pk',),
                'indexes': [models.Index(condition=models.Q(('state', 'open')), fields=['side', 'category', 'id'], name='listing_open'), models.Index(fields=['party', 'side'], name='listing_by_party'), models.Index(condition=models.Q(('state', 'open')), fields=['until_date'], name='listing_until')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('ended_date', None), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('ended_date__isnull', False)), _connector='OR'), name='listing_ended_on_a_day'), models.CheckConstraint(condition=models.Q(models.Q(('price_won', None), ('price_won__gt', 0), _connector='OR'), models.Q(('budget_won', None), ('budget_won__gt', 0), _connector='OR'), models.Q(('member_price_won', None), models.Q(('member_price_won__gt', 0), ('member_price_won__lte', models.F('price_won'))), _connector='OR')), name='listing_amounts'), models.CheckConstraint(condition=models.Q(models.Q(('budget_won', None), ('quantity', ''), ('side', 'offer'), models.Q(('tax', ''), _negated=True)), models.Q(('member_price_won', None), ('price_won', None), ('side', 'want'), ('tax', '')), _connector='OR'), name='listing_of_one_side')],
            },
        ),
        migrations.CreateModel(
            name='ListingImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.party')),
                ('side', models.CharField(choices=[('offer', 'offer'), ('want', 'want')], max_length=5)),
                ('file_name', models.CharField(max_length=120)),
                ('rows', models.JSONField(default=list)),
                ('head', models.JSONField(default=list)),
                ('state', models.CharField(choices=[('staged', 'to be looked at'), ('accepted', 'taken in'), ('discarded', 'discarded')], default='staged', max_length=9)),
                ('staged_at', models.DateTimeField()),
            ],
            options={
                'ordering': ('-pk',),
            },
        ),
        migrations.CreateModel(
            name='Order',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seller', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.party')),
                ('buyer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.party')),
                ('recorder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.party')),
                ('stage', models.CharField(choices=[(dure.domains.trade.rules.orders.Stage['QUOTED'], 'quoted'), (dure.domains.trade.rules.orders.Stage['ASKED'], 'asked for'), (dure.domains.trade.rules.orders.Stage['ORDERED'], 'ordered'), (dure.domains.trade.rules.orders.Stage['DECLINED'], 'declined'), (dure.domains.trade.rules.orders.Stage['WITHDRAWN'], 'taken back'), (dure.domains.trade.rules.orders.Stage['ENDED'], 'ended')], max_length=10)),
                ('waits_for', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.party')),
                ('terms_number', models.PositiveIntegerField(default=1)),
                ('begun_at', models.DateTimeField()),
                ('ordered_at', models.DateTimeField(blank=True, null=True)),
                ('on_paper', models.CharField(blank=True, max_length=200)),
                ('end_reason', models.CharField(blank=True, max_length=300)),
            ],
            options={
                'ordering': ('-pk',),
                'indexes': [models.Index(fields=['seller', 'stage'], name='order_by_seller'), models.Index(fields=['buyer', 'stage'], name='order_by_buyer'), models.Index(condition=models.Q(('waits_for__isnull', False)), fields=['waits_for'], name='order_waiting')],
                'constraints': [models.CheckConstraint(condition=models.Q(('seller', models.F('buyer')), _negated=True), name='order_between_two'), models.CheckConstraint(condition=models.Q(models.Q(('stage__in', (dure.domains.trade.rules.orders.Stage['QUOTED'], dure.domains.trade.rules.orders.Stage['ASKED'])), ('waits_for__isnull', False)), models.Q(models.Q(('stage__in', (dure.domains.trade.rules.orders.Stage['QUOTED'], dure.domains.trade.rules.orders.Stage['ASKED'])), _negated=True), ('waits_for', None)), _connector='OR'), name='order_waits_while_open'), models.CheckConstraint(condition=models.Q(models.Q(('stage', dure.domains.trade.rules.orders.Stage['ORDERED']), _negated=True), ('ordered_at__isnull', False), _connector='OR'), name='order_ordered_at')],
            },
        ),
        migrations.CreateModel(
            name='PoolPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pool_parts', to='trade.clearinground')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.party')),
                ('how', models.CharField(choices=[('lent', 'lent to the member'), ('paid', 'to be paid to the member')], max_length=4)),
                ('won', models.BigIntegerField()),
                ('done_won', models.BigIntegerField(default=0)),
                ('due_date', models.DateField()),
                ('is_void', models.BooleanField(default=False)),
            ],
            options={
                'ordering': ('round', 'how', 'pk'),
                'indexes': [models.Index(condition=models.Q(('done_won__lt', models.F('won')), ('is_void', False)), fields=['party'], name='pool_part_open')],
                'constraints': [models.UniqueConstraint(fields=('round', 'party'), name='pool_part_once'), models.CheckConstraint(condition=models.Q(('done_won__gte', 0), ('done_won__lte', models.F('won')), ('won__gt', 0), models.Q(('is_void', False), ('done_won', 0), _connector='OR')), name='pool_part_not_overdone')],
            },
        ),
        migrations.CreateModel(
            name='RecurringDeal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seller', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.party')),
                ('buyer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.party')),
                ('recorder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.party')),
                ('waits_for', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.party')),
                ('state', models.CharField(choices=[('asked', 'asked'), ('running', 'running'), ('ended', 'ended')], default='asked', max_length=8)),
                ('what', models.CharField(max_length=200)),
                ('won', models.BigIntegerField()),
                ('vat_won', models.BigIntegerField(default=0)),
                ('month_day', models.PositiveSmallIntegerField()),
                ('next_date', models.DateField()),
                ('until_date', models.DateField(blank=True, null=True)),
                ('confirms_itself', models.BooleanField(default=False)),
                ('asked_at', models.DateTimeField()),
                ('agreed_at', models.DateTimeField(blank=True, null=True)),
                ('on_paper', models.CharField(blank=True, max_length=200)),
                ('end_reason', models.CharField(blank=True, max_length=300)),
            ],
            options={
                'ordering': ('-pk',),
                'indexes': [models.Index(condition=models.Q(('state', 'running')), fields=['next_date'], name='recurring_deal_due')],
                'constraints': [models.CheckConstraint(condition=models.Q(('seller', models.F('buyer')), _negated=True), name='recurring_between_two'), models.CheckConstraint(condition=models.Q(('vat_won__gte', 0), ('vat_won__lt', models.F('won')), ('won__gt', 0)), name='recurring_amounts'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'asked'), ('waits_for__isnull', False)), models.Q(models.Q(('state', 'asked'), _negated=True), ('waits_for', None)), _connector='OR'), name='recurring_waits_while_asked'), models.CheckConstraint(condition=models.Q(('month_day__gte', 1), ('month_day__lte', 31)), name='recurring_day_of_month')],
            },
        ),
        migrations.CreateModel(
            name='SynonymList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('changed_at', models.DateTimeField()),
            ],
            options={
                'ordering': ('-pk',),
            },
        ),
        migrations.CreateModel(
            name='BundleSale',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('bundle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sales', to='trade.bundle')),
                ('buyer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.party')),
                ('count', models.PositiveIntegerField()),
                ('won', models.BigIntegerField()),
                ('shares', models.JSONField()),
                ('sold_date', models.DateField()),
                ('entry', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.entry')),
            ],
            options={
                'ordering': ('bundle', 'sold_date', 'pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('count__gt', 0), ('won__gt', 0)), name='bundle_sold')],
            },
        ),
        migrations.CreateModel(
            name='GroupBuyBill',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('buy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bills', to='trade.groupbuy')),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='memberships.membership')),
                ('goods_won', models.BigIntegerField()),
                ('transport_won', models.BigIntegerField()),
                ('paid_won', models.BigIntegerField(default=0)),
                ('due_date', models.DateField()),
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
                ('buy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='trade.groupbuy')),
                ('supplier', models.CharField(max_length=120)),
                ('party', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.party')),
                ('won', models.BigIntegerField()),
                ('paid_date', models.DateField()),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.entry')),
            ],
            options={
                'ordering': ('buy', 'pk'),
                'constraints': [models.UniqueConstraint(fields=('buy', 'supplier'), name='group_buy_supplier_once'), models.CheckConstraint(condition=models.Q(('won__gt', 0)), name='group_buy_paid_money')],
            },
        ),
        migrations.CreateModel(
            name='GroupBuyWish',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('buy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='wishes', to='trade.groupbuy')),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='memberships.membership')),
                ('article', models.CharField(max_length=120)),
                ('quantity', models.PositiveIntegerField()),
                ('tolerance', models.PositiveIntegerField()),
                ('drop', models.CharField(blank=True, max_length=120)),
                ('wished_at', models.DateTimeField()),
                ('pieces', models.PositiveIntegerField(blank=True, null=True)),
                ('came_pieces', models.PositiveIntegerField(blank=True, null=True)),
                ('why', models.CharField(blank=True, max_length=10)),
                ('collected_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ('buy', 'wished_at', 'pk'),
                'constraints': [models.UniqueConstraint(fields=('buy', 'membership', 'article'), name='group_buy_wish_once'), models.CheckConstraint(condition=models.Q(('pieces', None), ('pieces__lte', django.db.models.expressions.CombinedExpression(models.F('quantity'), '+', models.F('tolerance'))), _connector='OR'), name='group_buy_not_above_wish'), models.CheckConstraint(condition=models.Q(('came_pieces', None), ('came_pieces__lte', models.F('pieces')), _connector='OR'), name='group_buy_not_above_order')],
            },
        ),
        migrations.CreateModel(
            name='ListingTerm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('listing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='terms', to='trade.listing')),
                ('side', models.CharField(max_length=5)),
                ('term', dure.kernel.ordinal.OrdinalField(max_length=24)),
                ('weight', models.PositiveSmallIntegerField()),
            ],
            options={
                'indexes': [models.Index(fields=['side', 'term', 'listing', 'weight'], name='listing_term_found')],
            },
        ),
        migrations.CreateModel(
            name='OrderTerms',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='terms', to='trade.order')),
                ('number', models.PositiveIntegerField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.party')),
                ('wanted_date', models.DateField(blank=True, null=True)),
                ('valid_date', models.DateField(blank=True, null=True)),
                ('due_days', models.PositiveIntegerField(blank=True, null=True)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('won', models.BigIntegerField()),
                ('vat_won', models.BigIntegerField()),
                ('proposed_at', models.DateTimeField()),
            ],
            options={
                'ordering': ('order', 'number'),
                'constraints': [models.UniqueConstraint(fields=('order', 'number'), name='order_terms_once'), models.CheckConstraint(condition=models.Q(('vat_won__gte', 0), ('vat_won__lt', models.F('won')), ('won__gt', 0)), name='order_terms_amounts')],
            },
        ),
        migrations.CreateModel(
            name='PoolMove',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('part', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='moves', to='trade.poolpart')),
                ('won', models.BigIntegerField()),
                ('moved_date', models.DateField()),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.entry')),
            ],
            options={
                'ordering': ('part', 'moved_date', 'pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('won__gt', 0)), name='pool_moved_money')],
            },
        ),
        migrations.CreateModel(
            name='GroupBuyReceipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('bill', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='trade.groupbuybill')),
                ('won', models.BigIntegerField()),
                ('paid_date', models.DateField()),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.entry')),
                ('bank', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='memberships.receipt')),
            ],
            options={
                'ordering': ('bill', 'paid_date', 'pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('won__gt', 0)), name='group_buy_of_money')],
            },
        ),
        migrations.CreateModel(
            name='OrderLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('terms', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='trade.orderterms')),
                ('place', models.PositiveSmallIntegerField()),
                ('article', models.CharField(max_length=120)),
                ('quantity', models.PositiveBigIntegerField()),
                ('unit', models.CharField(blank=True, max_length=12)),
                ('unit_won', models.BigIntegerField()),
                ('tax', models.CharField(choices=[(dure.domains.trade.rules.orders.Tax['TAXED'], 'taxed'), (dure.domains.trade.rules.orders.Tax['FREE'], 'free of tax'), (dure.domains.trade.rules.orders.Tax['ZERO'], 'taxed at zero')], max_length=6)),
            ],
            options={
                'ordering': ('terms', 'place'),
                'constraints': [models.UniqueConstraint(fields=('terms', 'place'), name='order_line_once'), models.CheckConstraint(condition=models.Q(('quantity__gt', 0), ('unit_won__gt', 0)), name='order_line_amounts')],
            },
        ),
        migrations.CreateModel(
            name='PoolMoveUndone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('move', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='undone', to='trade.poolmove')),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.entry')),
                ('reason', models.CharField(max_length=300)),
            ],
        ),
        migrations.CreateModel(
            name='DealLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('deal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='trade.deal')),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delivered', to='trade.orderline')),
                ('quantity', models.PositiveBigIntegerField()),
            ],
            options={
                'ordering': ('deal', 'line'),
                'constraints': [models.UniqueConstraint(fields=('deal', 'line'), name='deal_line_once'), models.CheckConstraint(condition=models.Q(('quantity__gt', 0)), name='deal_line_quantity')],
            },
        ),
        migrations.CreateModel(
            name='GroupBuyReceiptUndone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('receipt', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='undone', to='trade.groupbuyreceipt')),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.entry')),
                ('reason', models.CharField(max_length=300)),
            ],
        ),
    ]
