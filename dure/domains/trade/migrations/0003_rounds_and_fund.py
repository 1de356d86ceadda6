"""What rounds, deals and the fund know besides."""

import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('trade', '0002_market'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='clearingparty',
            name='clearing_no_more_than_owed',
        ),
        migrations.RemoveConstraint(
            model_name='clearinground',
            name='clearing_settled_with_proof',
        ),
        migrations.RemoveField(
            model_name='deal',
            name='delivered_date',
        ),
        migrations.RemoveField(
            model_name='deal',
            name='ordered_date',
        ),
        migrations.RenameField(
            model_name='funduse',
            old_name='used_date',
            new_name='decided_date',
        ),
        migrations.AlterModelOptions(
            name='funduse',
            options={'ordering': ('-decided_date', '-pk')},
        ),
        migrations.AddField(
            model_name='clearingparty',
            name='agreed_lent_won',
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='clearingparty',
            name='agreed_paid_won',
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='clearingparty',
            name='borrows_won',
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='clearingparty',
            name='most_lent_won',
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='clearingparty',
            name='most_paid_won',
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='clearinground',
            name='agreed_lent_won',
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='clearinground',
            name='alone_won',
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='clearinground',
            name='entry',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.entry'),
        ),
        migrations.AddField(
            model_name='clearinground',
            name='most_lent_won',
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='clearinground',
            name='undone_date',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='contributionbill',
            name='reminded_date',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='funduse',
            name='given_up_reason',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name='funduse',
            name='paid_date',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='funduse',
            name='report',
            field=models.CharField(blank=True, max_length=1000),
        ),
        migrations.AddField(
            model_name='funduse',
            name='reported_date',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='funduse',
            name='resolution',
            field=models.BigIntegerField(null=True, unique=True),
        ),
        migrations.AlterField(
            model_name='clearinground',
            name='state',
            field=models.CharField(choices=[('open', 'open'), ('settled', 'settled'), ('given_up', 'given up'), ('undone', 'undone')], default='open', max_length=8),
        ),
        migrations.AlterField(
            model_name='deal',
            name='state',
            field=models.CharField(choices=[('recorded', 'recorded by one side'), ('confirmed', 'confirmed by both'), ('refused', 'refused'), ('withdrawn', 'withdrawn'), ('same', 'the same as another'), ('cancelled', 'cancelled by both')], max_length=10),
        ),
        migrations.AddConstraint(
            model_name='clearingparty',
            constraint=models.CheckConstraint(condition=models.Q(('agreed_lent_won__lte', models.F('borrows_won'))), name='clearing_borrows_as_agreed'),
        ),
        migrations.AddConstraint(
            model_name='clearingparty',
            constraint=models.CheckConstraint(condition=models.Q(('most_won__lte', models.F('owes_won')), ('most_won__lte', django.db.models.expressions.CombinedExpression(models.F('owed_won'), '+', models.F('most_lent_won'))), ('agreed_won__gte', 0), ('most_won__gte', 0)), name='clearing_no_more_than_owed'),
        ),
        migrations.AddConstraint(
            model_name='funduse',
            constraint=models.CheckConstraint(condition=models.Q(('entry', None), ('given_up_reason', ''), _connector='OR'), name='fund_used_or_given_up'),
        ),
        migrations.AddField(
            model_name='clearinground',
            name='pool',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='trade.liquiditypool'),
        ),
        migrations.AddConstraint(
            model_name='clearinground',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('settled_date__isnull', False), ('state__in', ('settled', 'undone')), models.Q(('certificate', ''), _negated=True)), models.Q(models.Q(('state__in', ('settled', 'undone')), _negated=True), ('certificate', ''), ('settled_date', None)), _connector='OR'), name='clearing_settled_with_proof'),
        ),
        migrations.AddConstraint(
            model_name='clearinground',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'undone'), ('undone_date__gte', models.F('settled_date'))), models.Q(models.Q(('state', 'undone'), _negated=True), ('undone_date', None)), _connector='OR'), name='clearing_undone_after'),
        ),
        migrations.AddField(
            model_name='deal',
            name='order',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deals', to='trade.order'),
        ),
        migrations.AddField(
            model_name='deal',
            name='recurring',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deals', to='trade.recurringdeal'),
        ),
        migrations.AddConstraint(
            model_name='deal',
            constraint=models.UniqueConstraint(condition=models.Q(('recurring__isnull', False)), fields=('recurring', 'dealt_date'), name='deal_once_a_month'),
        ),
    ]
