"""The tables as the first release has them."""

import django.db.models.deletion
import dure.domains.mutual_aid.rules.campaigns
import dure.domains.mutual_aid.rules.events
from dure.kernel.migrating import TablesAtOnce
from django.db import migrations, models


class Migration(TablesAtOnce):

    replaces = [('mutual_aid', '0001_plans_and_enrolments'), ('mutual_aid', '0002_contributions_and_claims'), ('mutual_aid', '0003_reserve_placements'), ('mutual_aid', '0004_evidence_waived'), ('mutual_aid', '0005_crisis_campaigns')]

    initial = True

    dependencies = [
        ('governance', '0001_first_release'),
        ('ledger', '0001_first_release'),
        ('memberships', '0001_first_release'),
        ('parties', '0001_first_release'),
    ]

    operations = [
        migrations.CreateModel(
            name='AidCampaign',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60)),
                ('purpose', models.CharField(max_length=400)),
                ('article', models.CharField(max_length=120)),
                ('decided_by', models.CharField(max_length=200)),
                ('from_date', models.DateField()),
                ('until_date', models.DateField()),
                ('fund', models.CharField(max_length=40, unique=True)),
                ('rest_to', models.CharField(max_length=40)),
                ('per_person_won', models.BigIntegerField()),
                ('needed', models.PositiveSmallIntegerField()),
                ('findings', models.JSONField(default=list)),
                ('closed_date', models.DateField(blank=True, null=True)),
                ('closed_by', models.CharField(blank=True, max_length=200)),
                ('rest_won', models.BigIntegerField(default=0)),
                ('rest_entry', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.entry')),
            ],
            options={
                'ordering': ('-from_date', '-pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('needed__gt', 0), ('per_person_won__gt', 0), ('until_date__gte', models.F('from_date'))), name='aid_campaign_can_be_kept'), models.CheckConstraint(condition=models.Q(models.Q(('closed_by', ''), ('closed_date', None), ('rest_entry', None), ('rest_won', 0)), models.Q(('closed_date__isnull', False), models.Q(('closed_by', ''), _negated=True)), _connector='OR'), name='aid_campaign_closed_by_somebody')],
            },
        ),
        migrations.CreateModel(
            name='AidPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40)),
                ('name', models.CharField(max_length=60)),
                ('article', models.CharField(max_length=120)),
                ('decided_by', models.CharField(max_length=200)),
                ('from_date', models.DateField()),
                ('until_date', models.DateField(blank=True, null=True)),
                ('monthly_won', models.BigIntegerField()),
                ('due_day', models.PositiveSmallIntegerField(default=25)),
                ('waiting_months', models.PositiveIntegerField()),
                ('per_year_won', models.BigIntegerField(blank=True, null=True)),
                ('per_person_won', models.BigIntegerField()),
                ('refunds', models.JSONField(default=list)),
                ('fund', models.CharField(max_length=40)),
                ('findings', models.JSONField(default=list)),
            ],
            options={
                'ordering': ('code', 'from_date'),
                'constraints': [models.UniqueConstraint(fields=('code', 'from_date'), name='aid_plan_version'), models.CheckConstraint(condition=models.Q(('until_date', None), ('until_date__gt', models.F('from_date')), _connector='OR'), name='aid_plan_lasts_a_day'), models.CheckConstraint(condition=models.Q(('due_day__gte', 1), ('monthly_won__gt', 0), ('per_person_won__gt', 0), ('due_day__lte', 31), models.Q(('per_year_won', None), ('per_year_won__gt', 0), _connector='OR')), name='aid_plan_can_be_kept')],
            },
        ),
        migrations.CreateModel(
            name='ReservePlacement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fund', models.CharField(max_length=40)),
                ('institution', models.CharField(max_length=100)),
                ('kind', models.CharField(max_length=20)),
                ('won', models.BigIntegerField()),
                ('rate_numerator', models.BigIntegerField()),
                ('rate_denominator', models.BigIntegerField()),
                ('opened_date', models.DateField()),
                ('matures_date', models.DateField()),
                ('decided_by', models.CharField(max_length=200)),
                ('findings', models.JSONField(default=list)),
                ('end', models.CharField(blank=True, choices=[('matured', 'matured'), ('renewed', 'renewed'), ('withdrawn', 'withdrawn early')], max_length=12)),
                ('ended_date', models.DateField(blank=True, null=True)),
                ('interest_won', models.BigIntegerField(default=0)),
                ('end_entry', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.entry')),
                ('entry', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.entry')),
                ('renews', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='renewed_by', to='mutual_aid.reserveplacement')),
            ],
            options={
                'ordering': ('matures_date', 'pk'),
                'indexes': [models.Index(condition=models.Q(('end', '')), fields=['matures_date'], name='reserve_still_placed')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ('deposit', 'public_bond'))), name='reserve_stands_safely'), models.CheckConstraint(condition=models.Q(('rate_denominator__gt', 0), ('rate_numerator__gte', 0), ('won__gt', 0), ('interest_won__gte', 0), ('matures_date__gt', models.F('opened_date'))), name='reserve_placement_amounts'), models.CheckConstraint(condition=models.Q(models.Q(('end', ''), ('end_entry', None), ('ended_date', None)), models.Q(('end_entry__isnull', False), ('ended_date__gte', models.F('opened_date')), models.Q(('end', ''), _negated=True)), _connector='OR'), name='reserve_placement_ends_in_the_books')],
            },
        ),
        migrations.CreateModel(
            name='AidDecider',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deciders', to='mutual_aid.aidcampaign')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.party')),
            ],
            options={
                'ordering': ('campaign', 'pk'),
                'constraints': [models.UniqueConstraint(fields=('campaign', 'party'), name='aid_decider_once')],
            },
        ),
        migrations.CreateModel(
            name='AidEnrolment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='memberships.membership')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enrolments', to='mutual_aid.aidplan')),
                ('state', models.CharField(choices=[('applied', 'applied for'), ('approved', 'approved'), ('running', 'running'), ('lapsed', 'lapsed'), ('ended', 'ended'), ('refused', 'refused'), ('withdrawn', 'withdrawn')], default='applied', max_length=12)),
                ('channel', models.CharField(default='direct', max_length=20)),
                ('applied_at', models.DateTimeField()),
                ('findings', models.JSONField(default=list)),
                ('decided_date', models.DateField(blank=True, null=True)),
                ('decided_by', models.CharField(blank=True, max_length=200)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('decision', models.JSONField(default=list)),
                ('signed_date', models.DateField(blank=True, null=True)),
                ('contract', models.JSONField(default=dict)),
                ('counts_from', models.DateField(blank=True, null=True)),
                ('noticed_date', models.DateField(blank=True, null=True)),
                ('lapsed_date', models.DateField(blank=True, null=True)),
                ('ended_date', models.DateField(blank=True, null=True)),
                ('end_reason', models.CharField(blank=True, choices=[('wish', 'own wish'), ('left', 'left the network'), ('expelled', 'expelled'), ('died', 'died'), ('never_revived', 'lapsed and not revived')], max_length=20)),
                ('refund_won', models.BigIntegerField(default=0)),
                ('refunded_date', models.DateField(blank=True, null=True)),
                ('refund_entry', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.entry')),
            ],
            options={
                'ordering': ('-applied_at', '-pk'),
                'indexes': [models.Index(fields=['state', 'applied_at'], name='aid_by_state'), models.Index(fields=['membership', 'state'], name='aid_by_member')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ('applied', 'approved', 'running', 'lapsed'))), fields=('membership',), name='aid_one_contract_at_a_time'), models.CheckConstraint(condition=models.Q(('channel', 'direct')), name='aid_without_a_seller'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('running', 'lapsed')), _negated=True), models.Q(('counts_from__isnull', False), ('signed_date__isnull', False)), _connector='OR'), name='aid_runs_by_contract'), models.CheckConstraint(condition=models.Q(('refund_won', 0), models.Q(('refund_won__gt', 0), ('state', 'ended')), _connector='OR'), name='aid_refund_after_the_end'), models.CheckConstraint(condition=models.Q(models.Q(('refund_entry', None), ('refunded_date', None)), models.Q(('refund_entry__isnull', False), ('refund_won__gt', 0), ('refunded_date__isnull', False)), _connector='OR'), name='aid_refund_by_an_entry')],
            },
        ),
        migrations.CreateModel(
            name='AidGift',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name_secret', models.TextField(blank=True)),
                ('is_anonymous', models.BooleanField(default=False)),
                ('won', models.BigIntegerField()),
                ('given_date', models.DateField()),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='gifts', to='mutual_aid.aidcampaign')),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.entry')),
                ('party', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.party')),
                ('undone_entry', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.entry')),
            ],
            options={
                'ordering': ('-given_date', '-pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('won__gt', 0)), name='aid_gift_of_money')],
            },
        ),
        migrations.CreateModel(
            name='AidGrant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('need', models.CharField(choices=[(dure.domains.mutual_aid.rules.campaigns.Need['INCOME'], 'income has broken away'), (dure.domains.mutual_aid.rules.campaigns.Need['ILLNESS'], 'illness or injury'), (dure.domains.mutual_aid.rules.campaigns.Need['HOME'], 'home or rent'), (dure.domains.mutual_aid.rules.campaigns.Need['DAMAGE'], 'damage to house, shop or goods'), (dure.domains.mutual_aid.rules.campaigns.Need['CARE'], 'care of the family'), (dure.domains.mutual_aid.rules.campaigns.Need['OTHER'], 'another need')], max_length=20)),
                ('about_secret', models.TextField(blank=True)),
                ('asked_won', models.BigIntegerField()),
                ('asked_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('asked', 'asked for'), ('granted', 'granted'), ('paid', 'paid'), ('refused', 'refused'), ('withdrawn', 'withdrawn')], default='asked', max_length=12)),
                ('won', models.BigIntegerField(default=0)),
                ('decided_date', models.DateField(blank=True, null=True)),
                ('paid_date', models.DateField(blank=True, null=True)),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grants', to='mutual_aid.aidcampaign')),
                ('entry', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.entry')),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='memberships.membership')),
            ],
            options={
                'ordering': ('-asked_at', '-pk'),
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'asked')), fields=('campaign', 'membership'), name='aid_grant_asked_once'), models.CheckConstraint(condition=models.Q(models.Q(('entry__isnull', False), ('paid_date__isnull', False), ('state', 'paid')), models.Q(models.Q(('state', 'paid'), _negated=True), ('entry', None), ('paid_date', None)), _connector='OR'), name='aid_grant_paid_by_an_entry'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('granted', 'paid')), ('won__gt', 0)), models.Q(models.Q(('state__in', ('granted', 'paid')), _negated=True), ('won', 0)), _connector='OR'), name='aid_grant_of_money')],
            },
        ),
        migrations.CreateModel(
            name='AidBenefit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('event', models.CharField(choices=[(dure.domains.mutual_aid.rules.events.AidEvent['MARRIAGE'], 'marriage'), (dure.domains.mutual_aid.rules.events.AidEvent['DEATH'], 'death'), (dure.domains.mutual_aid.rules.events.AidEvent['ILLNESS'], 'illness'), (dure.domains.mutual_aid.rules.events.AidEvent['BIRTH'], 'birth'), (dure.domains.mutual_aid.rules.events.AidEvent['DISASTER'], 'disaster'), (dure.domains.mutual_aid.rules.events.AidEvent['UNEMPLOYMENT'], 'loss of work'), (dure.domains.mutual_aid.rules.events.AidEvent['OTHER'], 'another event')], max_length=20)),
                ('relation', models.CharField(choices=[(dure.domains.mutual_aid.rules.events.Relation['SELF'], 'the member'), (dure.domains.mutual_aid.rules.events.Relation['SPOUSE'], 'spouse'), (dure.domains.mutual_aid.rules.events.Relation['CHILD'], 'child'), (dure.domains.mutual_aid.rules.events.Relation['PARENT'], 'parent'), (dure.domains.mutual_aid.rules.events.Relation['PARENT_IN_LAW'], 'parent of the spouse'), (dure.domains.mutual_aid.rules.events.Relation['SIBLING'], 'brother or sister'), (dure.domains.mutual_aid.rules.events.Relation['GRANDPARENT'], 'grandparent')], max_length=20)),
                ('paid_months', models.PositiveIntegerField(default=0)),
                ('won', models.BigIntegerField()),
                ('most_times', models.PositiveIntegerField(blank=True, null=True)),
                ('evidence', models.CharField(blank=True, max_length=200)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='benefits', to='mutual_aid.aidplan')),
            ],
            options={
                'ordering': ('plan', 'event', 'relation', 'paid_months'),
                'constraints': [models.UniqueConstraint(fields=('plan', 'event', 'relation', 'paid_months'), name='aid_benefit_once'), models.CheckConstraint(condition=models.Q(('won__gt', 0)), name='aid_benefit_above_nothing')],
            },
        ),
        migrations.CreateModel(
            name='AidClaim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('event', models.CharField(choices=[(dure.domains.mutual_aid.rules.events.AidEvent['MARRIAGE'], 'marriage'), (dure.domains.mutual_aid.rules.events.AidEvent['DEATH'], 'death'), (dure.domains.mutual_aid.rules.events.AidEvent['ILLNESS'], 'illness'), (dure.domains.mutual_aid.rules.events.AidEvent['BIRTH'], 'birth'), (dure.domains.mutual_aid.rules.events.AidEvent['DISASTER'], 'disaster'), (dure.domains.mutual_aid.rules.events.AidEvent['UNEMPLOYMENT'], 'loss of work'), (dure.domains.mutual_aid.rules.events.AidEvent['OTHER'], 'another event')], max_length=20)),
                ('relation', models.CharField(choices=[(dure.domains.mutual_aid.rules.events.Relation['SELF'], 'the member'), (dure.domains.mutual_aid.rules.events.Relation['SPOUSE'], 'spouse'), (dure.domains.mutual_aid.rules.events.Relation['CHILD'], 'child'), (dure.domains.mutual_aid.rules.events.Relation['PARENT'], 'parent'), (dure.domains.mutual_aid.rules.events.Relation['PARENT_IN_LAW'], 'parent of the spouse'), (dure.domains.mutual_aid.rules.events.Relation['SIBLING'], 'brother or sister'), (dure.domains.mutual_aid.rules.events.Relation['GRANDPARENT'], 'grandparent')], max_length=20)),
                ('event_date', models.DateField()),
                ('about_secret', models.TextField(blank=True)),
                ('consented', models.BooleanField(default=False)),
                ('evidence_asked', models.CharField(blank=True, max_length=200)),
                ('won', models.BigIntegerField()),
                ('state', models.CharField(choices=[('filed', 'filed'), ('approved', 'approved'), ('paid', 'paid'), ('refused', 'refused'), ('appealed', 'appealed'), ('upheld', 'refusal upheld'), ('withdrawn', 'withdrawn')], default='filed', max_length=12)),
                ('committed_won', models.BigIntegerField(default=0)),
                ('filed_at', models.DateTimeField()),
                ('findings', models.JSONField(default=list)),
                ('decided_date', models.DateField(blank=True, null=True)),
                ('decided_by', models.CharField(blank=True, max_length=200)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('waived', models.CharField(blank=True, max_length=300)),
                ('decision', models.JSONField(default=list)),
                ('appeal_until', models.DateField(blank=True, null=True)),
                ('appealed_date', models.DateField(blank=True, null=True)),
                ('appeal_secret', models.TextField(blank=True)),
                ('second_date', models.DateField(blank=True, null=True)),
                ('second_by', models.CharField(blank=True, max_length=200)),
                ('second_reason', models.CharField(blank=True, max_length=300)),
                ('paid_date', models.DateField(blank=True, null=True)),
                ('body', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.body')),
                ('entry', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.entry')),
                ('enrolment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='mutual_aid.aidenrolment')),
            ],
            options={
                'ordering': ('-filed_at', '-pk'),
                'indexes': [models.Index(fields=['state', 'filed_at'], name='aid_claim_by_state'), models.Index(fields=['enrolment', 'state'], name='aid_claim_by_contract')],
                'constraints': [models.CheckConstraint(condition=models.Q(('won__gt', 0), models.Q(models.Q(('committed_won', models.F('won')), ('state', 'approved')), models.Q(models.Q(('state', 'approved'), _negated=True), ('committed_won', 0)), _connector='OR')), name='aid_claim_promised_while_approved'), models.CheckConstraint(condition=models.Q(models.Q(('entry__isnull', False), ('paid_date__isnull', False), ('state', 'paid')), models.Q(models.Q(('state', 'paid'), _negated=True), ('entry', None), ('paid_date', None)), _connector='OR'), name='aid_claim_paid_by_an_entry'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('refused', 'appealed', 'upheld')), _negated=True), models.Q(models.Q(('reason', ''), _negated=True), ('appeal_until__isnull', False)), _connector='OR'), name='aid_claim_refused_with_reason')],
            },
        ),
        migrations.CreateModel(
            name='AidBill',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month_date', models.DateField()),
                ('due_date', models.DateField()),
                ('won', models.BigIntegerField()),
                ('paid_won', models.BigIntegerField(default=0)),
                ('enrolment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bills', to='mutual_aid.aidenrolment')),
            ],
            options={
                'ordering': ('enrolment', 'month_date'),
                'indexes': [models.Index(condition=models.Q(('paid_won__lt', models.F('won'))), fields=['due_date', 'enrolment'], name='aid_bill_open')],
                'constraints': [models.UniqueConstraint(fields=('enrolment', 'month_date'), name='aid_bill_once'), models.CheckConstraint(condition=models.Q(('paid_won__gte', 0), ('paid_won__lte', models.F('won')), ('won__gt', 0)), name='aid_bill_not_overpaid')],
            },
        ),
        migrations.CreateModel(
            name='AidGrantVote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('won', models.BigIntegerField()),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('decided_at', models.DateTimeField()),
                ('decider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='votes', to='mutual_aid.aiddecider')),
                ('grant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='votes', to='mutual_aid.aidgrant')),
            ],
            options={
                'ordering': ('grant', 'pk'),
                'constraints': [models.UniqueConstraint(fields=('grant', 'decider'), name='aid_grant_decided_once'), models.CheckConstraint(condition=models.Q(('won__gte', 0)), name='aid_grant_vote_of_money')],
            },
        ),
        migrations.CreateModel(
            name='AidReceipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('paid_date', models.DateField()),
                ('won', models.BigIntegerField()),
                ('parts', models.JSONField()),
                ('bank', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='memberships.receipt')),
                ('enrolment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='mutual_aid.aidenrolment')),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.entry')),
            ],
            options={
                'ordering': ('enrolment', 'paid_date', 'pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('won__gt', 0)), name='aid_receipt_of_money')],
            },
        ),
        migrations.CreateModel(
            name='AidReceiptUndone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=300)),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.entry')),
                ('receipt', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='undone', to='mutual_aid.aidreceipt')),
            ],
        ),
    ]
