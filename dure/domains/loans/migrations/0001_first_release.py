"""The tables as the first release has them."""

import django.db.models.deletion
import django.db.models.expressions
import dure.domains.loans.rules.days
import dure.domains.loans.rules.ladder
import dure.domains.loans.rules.overdue
import dure.domains.loans.rules.schedules
import dure.kernel.money
from dure.kernel.migrating import TablesAtOnce
from django.db import migrations, models


class Migration(TablesAtOnce):

    replaces = [('loans', '0001_products'), ('loans', '0002_loans'), ('loans', '0003_whose_debt_it_is'), ('loans', '0004_standings'), ('loans', '0005_instalments_closed_when_paid'), ('loans', '0006_payments_undone'), ('loans', '0007_terms_and_review'), ('loans', '0008_decided_about_loans'), ('loans', '0009_loans_of_others'), ('loans', '0010_letters_to_the_late'), ('loans', '0011_late_interest_waived')]

    initial = True

    dependencies = [
        ('kernel', '0001_first_release'),
        ('ledger', '0001_first_release'),
        ('memberships', '0001_first_release'),
        ('parties', '0001_first_release'),
        ('self_help', '0001_first_release'),
    ]

    operations = [
        migrations.CreateModel(
            name='LoanDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day_date', models.DateField(unique=True)),
                ('upto', models.BigIntegerField(default=0)),
                ('loans', models.PositiveIntegerField(default=0)),
                ('late_loans', models.PositiveIntegerField(default=0)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ('day_date',),
            },
        ),
        migrations.CreateModel(
            name='LoanProduct',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40)),
                ('name', models.CharField(max_length=60)),
                ('purpose', models.CharField(blank=True, max_length=200)),
                ('article', models.CharField(max_length=120)),
                ('decided_by', models.CharField(max_length=200)),
                ('from_date', models.DateField()),
                ('until_date', models.DateField(blank=True, null=True)),
                ('least_won', models.BigIntegerField()),
                ('most_won', models.BigIntegerField()),
                ('longest_months', models.PositiveIntegerField()),
                ('grace_months', models.PositiveIntegerField(default=0)),
                ('rate_numerator', models.BigIntegerField()),
                ('rate_denominator', models.BigIntegerField()),
                ('late_rate_numerator', models.BigIntegerField()),
                ('late_rate_denominator', models.BigIntegerField()),
                ('method', models.CharField(choices=[(dure.domains.loans.rules.schedules.Method['ANNUITY'], 'annuity: equal instalments of principal and interest'), (dure.domains.loans.rules.schedules.Method['EQUAL_PRINCIPAL'], 'equal principal: interest on the balance'), (dure.domains.loans.rules.schedules.Method['BULLET'], 'bullet: principal at the end'), (dure.domains.loans.rules.schedules.Method['FLAT'], 'flat: interest on the first principal')], default=dure.domains.loans.rules.schedules.Method['ANNUITY'], max_length=20)),
                ('day_count', models.CharField(choices=[(dure.domains.loans.rules.days.DayCount['THIRTY_360'], '30/360: each month a twelfth of a year'), (dure.domains.loans.rules.days.DayCount['ACTUAL_365'], 'actual/365: the days, of 365'), (dure.domains.loans.rules.days.DayCount['ACTUAL_ACTUAL'], 'actual/actual: the days, of 365 or 366')], default=dure.domains.loans.rules.days.DayCount['THIRTY_360'], max_length=20)),
                ('rounding', models.CharField(choices=[(dure.kernel.money.Rounding['HALF_EVEN'], 'to the nearest, halves to the even one'), (dure.kernel.money.Rounding['HALF_UP'], 'to the nearest, halves up'), (dure.kernel.money.Rounding['DOWN'], 'down')], default=dure.kernel.money.Rounding['HALF_EVEN'], max_length=20)),
                ('unit_won', models.BigIntegerField(default=1)),
                ('due_day_moves', models.CharField(choices=[(dure.domains.loans.rules.days.Move['NONE'], 'stays'), (dure.domains.loans.rules.days.Move['NEXT'], 'to the next business day'), (dure.domains.loans.rules.days.Move['NEXT_IN_MONTH'], 'to the next business day, in the same month'), (dure.domains.loans.rules.days.Move['BEFORE'], 'to the business day before')], default=dure.domains.loans.rules.days.Move['NEXT'], max_length=20)),
                ('order', models.CharField(choices=[(dure.domains.loans.rules.overdue.Order['LATE_FIRST'], 'late interest, interest, principal'), (dure.domains.loans.rules.overdue.Order['INTEREST_FIRST'], 'interest, principal, late interest'), (dure.domains.loans.rules.overdue.Order['PRINCIPAL_FIRST'], 'principal, interest, late interest')], default=dure.domains.loans.rules.overdue.Order['LATE_FIRST'], max_length=40)),
                ('fund', models.CharField(max_length=40)),
                ('borrowers', models.CharField(choices=[('all', 'every member'), ('people', 'people'), ('organisations', 'organisations')], default='all', max_length=14)),
                ('purposes', models.JSONField(default=list)),
                ('shortest_months', models.PositiveIntegerField(default=1)),
                ('fee_numerator', models.BigIntegerField(default=0)),
                ('fee_denominator', models.BigIntegerField(default=1)),
                ('fee_won', models.BigIntegerField(default=0)),
                ('guarantors', models.PositiveSmallIntegerField(default=0)),
                ('guarantors_from_won', models.BigIntegerField(default=0)),
                ('papers', models.JSONField(default=list)),
                ('findings', models.JSONField(default=list)),
            ],
            options={
                'ordering': ('code', 'from_date'),
                'constraints': [models.UniqueConstraint(fields=('code', 'from_date'), name='loan_product_version'), models.CheckConstraint(condition=models.Q(('until_date', None), ('until_date__gt', models.F('from_date')), _connector='OR'), name='loan_product_lasts_a_day'), models.CheckConstraint(condition=models.Q(('least_won__gt', 0), ('most_won__gte', models.F('least_won')), ('longest_months__gt', 0), ('grace_months__lt', models.F('longest_months')), ('unit_won__gt', 0), ('shortest_months__gt', 0), ('shortest_months__lte', models.F('longest_months')), ('fee_denominator__gt', 0), ('fee_numerator__gte', 0), ('fee_won__gte', 0)), name='loan_product_can_be_lent'), models.CheckConstraint(condition=models.Q(('rate_numerator__gte', 0), ('rate_denominator__gt', 0), ('late_rate_numerator__gte', 0), ('late_rate_denominator__gt', 0)), name='loan_product_rates')],
            },
        ),
        migrations.CreateModel(
            name='Loan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.party')),
                ('membership', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='memberships.membership')),
                ('participant', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='self_help.participant')),
                ('product', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='loans', to='loans.loanproduct')),
                ('purpose', models.CharField(choices=[('living', 'living costs'), ('housing', 'housing'), ('family', 'family events'), ('learning', 'education'), ('debt', 'paying back dearer debts'), ('business', 'work and business'), ('other', 'other')], default='living', max_length=12)),
                ('asked_won', models.BigIntegerField()),
                ('won', models.BigIntegerField()),
                ('months', models.PositiveIntegerField()),
                ('grace_months', models.PositiveIntegerField(default=0)),
                ('state', models.CharField(choices=[('applied', 'applied for'), ('approved', 'approved'), ('signed', 'contract signed'), ('running', 'running'), ('repaid', 'paid back'), ('written_off', 'written off'), ('refused', 'refused'), ('withdrawn', 'withdrawn'), ('lapsed', 'lapsed')], default='applied', max_length=12)),
                ('committed_won', models.BigIntegerField(default=0)),
                ('applied_at', models.DateTimeField()),
                ('findings', models.JSONField(default=list)),
                ('decided_date', models.DateField(blank=True, null=True)),
                ('decided_by', models.CharField(blank=True, max_length=200)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('decision', models.JSONField(default=list)),
                ('signed_date', models.DateField(blank=True, null=True)),
                ('on_paper', models.BooleanField(default=False)),
                ('wish_on_paper', models.BooleanField(default=False)),
                ('paper', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='memberships.issuedpaper')),
                ('contract', models.JSONField(default=dict)),
                ('by_debit', models.BooleanField(default=False)),
                ('paid_out_date', models.DateField(blank=True, null=True)),
                ('repaid_date', models.DateField(blank=True, null=True)),
                ('entry', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.entry')),
            ],
            options={
                'ordering': ('-applied_at', '-pk'),
                'indexes': [models.Index(fields=['state', 'applied_at'], name='loan_by_state'), models.Index(fields=['membership', 'state'], name='loan_by_member'), models.Index(fields=['participant', 'state'], name='loan_by_participant'), models.Index(condition=models.Q(('committed_won__gt', 0)), fields=['committed_won'], name='loan_committed')],
                'constraints': [models.CheckConstraint(condition=models.Q(('membership', None), ('participant', None), _connector='XOR'), name='loan_of_one_lender'), models.CheckConstraint(condition=models.Q(('asked_won__gt', 0), ('won__gt', 0), ('committed_won__gte', 0), ('committed_won__lte', models.F('won')), ('grace_months__lt', models.F('months'))), name='loan_amounts'), models.CheckConstraint(condition=models.Q(models.Q(('committed_won', models.F('won')), ('state__in', ('approved', 'signed'))), models.Q(('entry__isnull', False), ('state', 'running')), models.Q(('committed_won', 0), ('state__in', ('applied', 'repaid', 'written_off', 'refused', 'withdrawn', 'lapsed'))), _connector='OR'), name='loan_committed_as_its_state')],
            },
        ),
        migrations.CreateModel(
            name='LoanDayFund',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fund', models.CharField(max_length=40)),
                ('interest_won', models.BigIntegerField(default=0)),
                ('provision_won', models.BigIntegerField(default=0)),
                ('day', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='funds', to='loans.loanday')),
                ('entry', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.entry')),
            ],
            options={
                'ordering': ('day', 'fund'),
                'constraints': [models.UniqueConstraint(fields=('day', 'fund'), name='loan_day_fund_once')],
            },
        ),
        migrations.CreateModel(
            name='LoanGuarantee',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('most_won', models.BigIntegerField()),
                ('state', models.CharField(choices=[('asked', 'asked'), ('agreed', 'agreed'), ('signed', 'signed on paper'), ('declined', 'declined')], default='asked', max_length=10)),
                ('asked_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('signed_date', models.DateField(blank=True, null=True)),
                ('called_date', models.DateField(blank=True, null=True)),
                ('loan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='guarantees', to='loans.loan')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.party')),
            ],
            options={
                'ordering': ('loan', 'pk'),
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'declined'), _negated=True), fields=('loan', 'party'), name='loan_guarantee_once'), models.CheckConstraint(condition=models.Q(('most_won__gt', 0)), name='loan_guarantee_sum'), models.CheckConstraint(condition=models.Q(models.Q(('signed_date__isnull', False), ('state', 'signed')), models.Q(models.Q(('state', 'signed'), _negated=True), ('signed_date', None)), _connector='OR'), name='loan_guarantee_signed_on_a_day')],
            },
        ),
        migrations.CreateModel(
            name='LoanInstalment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('n', models.PositiveIntegerField()),
                ('from_date', models.DateField()),
                ('due_date', models.DateField()),
                ('principal_won', models.BigIntegerField()),
                ('interest_won', models.BigIntegerField()),
                ('paid_principal_won', models.BigIntegerField(default=0)),
                ('paid_interest_won', models.BigIntegerField(default=0)),
                ('late_won', models.BigIntegerField(default=0)),
                ('is_carried', models.BooleanField(default=False)),
                ('paid_late_won', models.BigIntegerField(default=0)),
                ('counted_date', models.DateField(blank=True, null=True)),
                ('closed_date', models.DateField(blank=True, null=True)),
                ('loan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='instalments', to='loans.loan')),
            ],
            options={
                'ordering': ('loan', 'n'),
                'constraints': [models.UniqueConstraint(fields=('loan', 'n'), name='loan_instalment_once'), models.CheckConstraint(condition=models.Q(('principal_won__gte', 0), ('interest_won__gte', 0), ('paid_principal_won__gte', 0), ('paid_principal_won__lte', models.F('principal_won')), ('paid_interest_won__gte', 0), ('paid_interest_won__lte', models.F('interest_won')), ('paid_late_won__gte', 0), ('paid_late_won__lte', models.F('late_won'))), name='loan_instalment_not_overpaid'), models.CheckConstraint(condition=models.Q(models.Q(('closed_date__isnull', False), ('paid_interest_won', models.F('interest_won')), ('paid_late_won', models.F('late_won')), ('paid_principal_won', models.F('principal_won'))), models.Q(('closed_date', None), models.Q(('paid_principal_won__lt', models.F('principal_won')), ('paid_interest_won__lt', models.F('interest_won')), ('paid_late_won__lt', models.F('late_won')), _connector='OR')), _connector='OR'), name='loan_instalment_closed_when_paid')],
            },
        ),
        migrations.CreateModel(
            name='LoanLetter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.CharField(choices=[(dure.domains.loans.rules.ladder.Step['REMINDER'], 'reminder'), (dure.domains.loans.rules.ladder.Step['DEMAND'], 'demand'), (dure.domains.loans.rules.ladder.Step['CALLING'], 'notice of calling due')], max_length=10)),
                ('sent_date', models.DateField()),
                ('oldest_date', models.DateField()),
                ('won', models.BigIntegerField()),
                ('until_date', models.DateField(blank=True, null=True)),
                ('guarantors_hear', models.BooleanField(default=False)),
                ('loan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='loans.loan')),
            ],
            options={
                'ordering': ('loan', 'sent_date', 'pk'),
                'constraints': [models.UniqueConstraint(fields=('loan', 'step', 'oldest_date'), name='loan_letter_once')],
            },
        ),
        migrations.CreateModel(
            name='LoanNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('interview', 'interview'), ('opinion', 'opinion')], max_length=12)),
                ('on_date', models.DateField()),
                ('people', models.CharField(max_length=200)),
                ('advice', models.CharField(blank=True, choices=[('', 'no advice'), ('lend', 'lend'), ('less', 'lend less, or on conditions'), ('not', 'do not lend')], max_length=4)),
                ('text_sealed', models.TextField()),
                ('noted_at', models.DateTimeField()),
                ('noted_by_id', models.BigIntegerField(null=True)),
                ('loan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='loans.loan')),
            ],
            options={
                'ordering': ('loan', 'on_date', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='LoanPaper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=60)),
                ('file', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.keptfile')),
                ('loan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='loans.loan')),
            ],
            options={
                'ordering': ('loan', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='LoanPayment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('paid_date', models.DateField()),
                ('won', models.BigIntegerField()),
                ('principal_won', models.BigIntegerField()),
                ('interest_won', models.BigIntegerField()),
                ('late_won', models.BigIntegerField()),
                ('income_won', models.BigIntegerField(default=0)),
                ('parts', models.JSONField(default=list)),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.entry')),
                ('loan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='loans.loan')),
                ('receipt', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='memberships.receipt')),
            ],
            options={
                'ordering': ('loan', 'paid_date', 'pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('won', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('principal_won'), '+', models.F('interest_won')), '+', models.F('late_won'))), ('interest_won__gte', 0), ('late_won__gte', 0), ('principal_won__gte', 0), ('won__gt', 0)), name='loan_payment_adds_up')],
            },
        ),
        migrations.CreateModel(
            name='LoanStanding',
            fields=[
                ('loan', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='standing', serialize=False, to='loans.loan')),
                ('fund', models.CharField(max_length=40)),
                ('late_numerator', models.BigIntegerField()),
                ('late_denominator', models.BigIntegerField()),
                ('rounding', models.CharField(choices=[(dure.kernel.money.Rounding['HALF_EVEN'], 'to the nearest, halves to the even one'), (dure.kernel.money.Rounding['HALF_UP'], 'to the nearest, halves up'), (dure.kernel.money.Rounding['DOWN'], 'down')], max_length=20)),
                ('as_of_date', models.DateField()),
                ('accrued_won', models.BigIntegerField(default=0)),
                ('day_won', models.BigIntegerField(default=0)),
                ('days_late', models.PositiveIntegerField(default=0)),
                ('loan_class', models.CharField(choices=[(dure.domains.loans.rules.overdue.Class['NORMAL'], 'normal'), (dure.domains.loans.rules.overdue.Class['WATCH'], 'watch'), (dure.domains.loans.rules.overdue.Class['SUBSTANDARD'], 'substandard'), (dure.domains.loans.rules.overdue.Class['DOUBTFUL'], 'doubtful'), (dure.domains.loans.rules.overdue.Class['LOSS'], 'loss expected')], default=dure.domains.loans.rules.overdue.Class['NORMAL'], max_length=12)),
                ('arrears_won', models.BigIntegerField(default=0)),
                ('provision_won', models.BigIntegerField(default=0)),
                ('closed_date', models.DateField(blank=True, null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('closed_date', None), ('days_late__gt', 0)), fields=['days_late'], name='loan_standing_late')],
                'constraints': [models.CheckConstraint(condition=models.Q(('late_denominator__gt', 0), ('late_numerator__gte', 0), ('arrears_won__gte', 0), ('provision_won__gte', 0)), name='loan_standing_amounts')],
            },
        ),
        migrations.CreateModel(
            name='LoanChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('rescheduled', 'new schedule'), ('called_due', 'all of it due'), ('waived', 'late interest waived'), ('owed_again', 'waiver taken back'), ('spared', 'payment waits after a death'), ('written_off', 'written off'), ('recovered', 'come back after being written off')], max_length=12)),
                ('changed_date', models.DateField()),
                ('won', models.BigIntegerField()),
                ('principal_won', models.BigIntegerField(default=0)),
                ('decided_by', models.CharField(max_length=200)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('before', models.JSONField(default=list)),
                ('entry', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.entry')),
                ('loan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='loans.loan')),
                ('undoes', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='undone', to='loans.loanchange')),
            ],
            options={
                'ordering': ('loan', 'pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('principal_won__gte', 0), ('won__gte', 0)), name='loan_change_amounts'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'owed_again'), ('undoes__isnull', False)), models.Q(models.Q(('kind', 'owed_again'), _negated=True), ('undoes', None)), _connector='OR'), name='loan_change_undoes_one'), models.UniqueConstraint(condition=models.Q(('kind', 'written_off')), fields=('loan',), name='loan_written_off_once')],
            },
        ),
        migrations.CreateModel(
            name='LoanCondition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=200)),
                ('met_date', models.DateField(blank=True, null=True)),
                ('met_at', models.DateTimeField(blank=True, null=True)),
                ('met_by_id', models.BigIntegerField(blank=True, null=True)),
                ('loan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='conditions', to='loans.loan')),
            ],
            options={
                'ordering': ('loan', 'pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('met_at', None), ('met_date', None)), models.Q(('met_at__isnull', False), ('met_date__isnull', False)), _connector='OR'), name='loan_condition_met_whole')],
            },
        ),
        migrations.CreateModel(
            name='GuaranteePayment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('won', models.BigIntegerField()),
                ('guarantee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='loans.loanguarantee')),
                ('payment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='loans.loanpayment')),
            ],
            options={
                'ordering': ('pk',),
                'constraints': [models.CheckConstraint(condition=models.Q(('won__gt', 0)), name='guarantee_payment_sum')],
            },
        ),
        migrations.CreateModel(
            name='LoanPaymentUndone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('undone_date', models.DateField()),
                ('reason', models.CharField(max_length=200)),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.entry')),
                ('payment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='undone', to='loans.loanpayment')),
            ],
        ),
        migrations.CreateModel(
            name='LoanProvision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('as_of_date', models.DateField()),
                ('fund', models.CharField(max_length=40)),
                ('days_late', models.PositiveIntegerField()),
                ('loan_class', models.CharField(choices=[(dure.domains.loans.rules.overdue.Class['NORMAL'], 'normal'), (dure.domains.loans.rules.overdue.Class['WATCH'], 'watch'), (dure.domains.loans.rules.overdue.Class['SUBSTANDARD'], 'substandard'), (dure.domains.loans.rules.overdue.Class['DOUBTFUL'], 'doubtful'), (dure.domains.loans.rules.overdue.Class['LOSS'], 'loss expected')], max_length=12)),
                ('outstanding_won', models.BigIntegerField()),
                ('provision_won', models.BigIntegerField()),
                ('change_won', models.BigIntegerField()),
                ('standing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='provisions', to='loans.loanstanding')),
            ],
            options={
                'ordering': ('as_of_date', 'standing'),
                'constraints': [models.UniqueConstraint(fields=('as_of_date', 'standing'), name='loan_provision_once')],
            },
        ),
    ]
