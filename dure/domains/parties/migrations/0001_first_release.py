"""The tables as the first release has them."""

import django.db.models.deletion
import django.db.models.functions.text
import dure.domains.parties.models.fields
import dure.domains.parties.rules.codes
from django.conf import settings
from dure.kernel.migrating import TablesAtOnce
from django.db import migrations, models


class Migration(TablesAtOnce):

    replaces = [('parties', '0001_initial'), ('parties', '0002_authorised_network'), ('parties', '0003_addresses_of_people'), ('parties', '0004_kept_apart_and_third_parties')]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='ConsentText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(max_length=40)),
                ('version', models.PositiveIntegerField()),
                ('title', models.CharField(max_length=120)),
                ('text', models.TextField()),
                ('is_required', models.BooleanField(default=False)),
                ('from_date', models.DateField()),
                ('recipient', models.CharField(blank=True, max_length=120)),
                ('items', models.JSONField(default=list)),
                ('kept_text', models.CharField(blank=True, max_length=120)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('purpose', 'version'), name='consent_text_version_once')],
            },
        ),
        migrations.CreateModel(
            name='NetworkProfile',
            fields=[
                ('id', models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120)),
                ('legal_form', models.CharField(blank=True, choices=[(dure.domains.parties.rules.codes.LegalForm['COOPERATIVE'], 'Cooperative (general)'), (dure.domains.parties.rules.codes.LegalForm['SOCIAL_COOPERATIVE'], 'Social cooperative'), (dure.domains.parties.rules.codes.LegalForm['FEDERATION'], 'Federation of cooperatives'), (dure.domains.parties.rules.codes.LegalForm['CONSUMER_COOPERATIVE'], 'Consumer cooperative'), (dure.domains.parties.rules.codes.LegalForm['CREDIT_UNION'], 'Credit union'), (dure.domains.parties.rules.codes.LegalForm['ASSOCIATION'], 'Incorporated association'), (dure.domains.parties.rules.codes.LegalForm['FOUNDATION'], 'Incorporated foundation'), (dure.domains.parties.rules.codes.LegalForm['CIVIL_GROUP'], 'Registered non-profit civil organisation'), (dure.domains.parties.rules.codes.LegalForm['COMPANY'], 'Company'), (dure.domains.parties.rules.codes.LegalForm['FARM_CORPORATION'], 'Farming or fishing corporation'), (dure.domains.parties.rules.codes.LegalForm['SOLE_PROPRIETOR'], 'Sole proprietor'), (dure.domains.parties.rules.codes.LegalForm['UNINCORPORATED'], 'Unincorporated association'), (dure.domains.parties.rules.codes.LegalForm['PUBLIC_BODY'], 'Public body'), (dure.domains.parties.rules.codes.LegalForm['OTHER'], 'Other')], max_length=24)),
                ('fiscal_year_start_month', models.PositiveSmallIntegerField(default=1)),
                ('region_code', models.CharField(blank=True, max_length=5)),
                ('founded_date', models.DateField(blank=True, null=True)),
                ('authorised_date', models.DateField(blank=True, null=True)),
                ('address', models.CharField(blank=True, max_length=200)),
                ('phone', models.CharField(blank=True, max_length=60)),
                ('email', models.CharField(blank=True, max_length=120)),
                ('website', models.CharField(blank=True, max_length=200)),
                ('business_number', models.CharField(blank=True, max_length=10)),
                ('privacy_officer', models.CharField(blank=True, max_length=60)),
                ('founded_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='network_is_one'), models.CheckConstraint(condition=models.Q(('fiscal_year_start_month__gte', 1), ('fiscal_year_start_month__lte', 12)), name='network_fiscal_month_real')],
            },
        ),
        migrations.CreateModel(
            name='PartyImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file_name', models.CharField(max_length=200)),
                ('digest', models.CharField(max_length=64)),
                ('content', models.BinaryField(blank=True, null=True)),
                ('mapping', models.JSONField()),
                ('state', models.CharField(choices=[(dure.domains.parties.rules.codes.ImportState['STAGED'], 'waiting for a decision'), (dure.domains.parties.rules.codes.ImportState['ACCEPTING'], 'being accepted'), (dure.domains.parties.rules.codes.ImportState['ACCEPTED'], 'accepted'), (dure.domains.parties.rules.codes.ImportState['DISCARDED'], 'discarded')], max_length=12)),
                ('publish', models.BooleanField(default=False)),
                ('kind', models.CharField(blank=True, max_length=24)),
                ('staged_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('done_rows', models.PositiveIntegerField(default=0)),
                ('read_count', models.PositiveIntegerField(default=0)),
                ('new_count', models.PositiveIntegerField(default=0)),
                ('changed_count', models.PositiveIntegerField(default=0)),
                ('same_count', models.PositiveIntegerField(default=0)),
                ('rejected_count', models.PositiveIntegerField(default=0)),
            ],
            options={
                'indexes': [models.Index(fields=['state', 'id'], name='party_import_by_state')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'accepting')), fields=('digest',), name='party_import_one_at_work_per_file')],
            },
        ),
        migrations.CreateModel(
            name='Party',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[(dure.domains.parties.rules.codes.PartyKind['PERSON'], 'person'), (dure.domains.parties.rules.codes.PartyKind['ORGANISATION'], 'organisation')], max_length=12)),
                ('name', dure.domains.parties.models.fields.OrdinalField(max_length=120)),
                ('name_key', dure.domains.parties.models.fields.OrdinalField(max_length=120)),
                ('created_at', models.DateTimeField()),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='duplicates', to='parties.party')),
                ('origin', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.partyimport')),
            ],
            options={
                'indexes': [models.Index(fields=['kind', 'name', 'id'], name='party_by_name'), models.Index(condition=models.Q(('merged_into', None)), fields=['kind', 'name_key'], name='party_by_name_key')],
                'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='party_has_a_name'), models.CheckConstraint(condition=models.Q(('merged_into', None), models.Q(('merged_into', models.F('id')), _negated=True), _connector='OR'), name='party_not_merged_into_itself')],
            },
        ),
        migrations.CreateModel(
            name='PartyImportRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('row', models.PositiveIntegerField()),
                ('cell', models.CharField(max_length=12)),
                ('reason', models.CharField(max_length=300)),
                ('party_import', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rejected_rows', to='parties.partyimport')),
            ],
            options={
                'indexes': [models.Index(fields=['party_import', 'row'], name='party_import_row_in_order')],
            },
        ),
        migrations.CreateModel(
            name='Account',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('email', models.EmailField(max_length=254, unique=True)),
                ('person', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='account', to='parties.party')),
                ('is_active', models.BooleanField(default=True)),
                ('language', models.CharField(default='ko', max_length=2)),
                ('created_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='account_email_once')],
            },
        ),
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('party', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='organisation', serialize=False, to='parties.party')),
                ('legal_form', models.CharField(blank=True, choices=[(dure.domains.parties.rules.codes.LegalForm['COOPERATIVE'], 'Cooperative (general)'), (dure.domains.parties.rules.codes.LegalForm['SOCIAL_COOPERATIVE'], 'Social cooperative'), (dure.domains.parties.rules.codes.LegalForm['FEDERATION'], 'Federation of cooperatives'), (dure.domains.parties.rules.codes.LegalForm['CONSUMER_COOPERATIVE'], 'Consumer cooperative'), (dure.domains.parties.rules.codes.LegalForm['CREDIT_UNION'], 'Credit union'), (dure.domains.parties.rules.codes.LegalForm['ASSOCIATION'], 'Incorporated association'), (dure.domains.parties.rules.codes.LegalForm['FOUNDATION'], 'Incorporated foundation'), (dure.domains.parties.rules.codes.LegalForm['CIVIL_GROUP'], 'Registered non-profit civil organisation'), (dure.domains.parties.rules.codes.LegalForm['COMPANY'], 'Company'), (dure.domains.parties.rules.codes.LegalForm['FARM_CORPORATION'], 'Farming or fishing corporation'), (dure.domains.parties.rules.codes.LegalForm['SOLE_PROPRIETOR'], 'Sole proprietor'), (dure.domains.parties.rules.codes.LegalForm['UNINCORPORATED'], 'Unincorporated association'), (dure.domains.parties.rules.codes.LegalForm['PUBLIC_BODY'], 'Public body'), (dure.domains.parties.rules.codes.LegalForm['OTHER'], 'Other')], max_length=24)),
                ('business_number', models.CharField(blank=True, max_length=10)),
                ('corporate_number', models.CharField(blank=True, max_length=13)),
                ('industry_section', models.CharField(blank=True, max_length=1)),
                ('industry_text', models.CharField(blank=True, max_length=120)),
                ('sido_code', models.CharField(blank=True, max_length=2)),
                ('sigungu_code', models.CharField(blank=True, max_length=5)),
                ('postcode', models.CharField(blank=True, max_length=5)),
                ('address', models.CharField(blank=True, max_length=200)),
                ('workers', models.PositiveIntegerField(blank=True, null=True)),
                ('members', models.PositiveIntegerField(blank=True, null=True)),
                ('founded_date', models.DateField(blank=True, null=True)),
                ('phone', models.CharField(blank=True, max_length=60)),
                ('fax', models.CharField(blank=True, max_length=60)),
                ('email', models.CharField(blank=True, max_length=120)),
                ('website', models.CharField(blank=True, max_length=200)),
                ('description', models.CharField(blank=True, max_length=1000)),
                ('offers', models.CharField(blank=True, max_length=500)),
                ('needs', models.CharField(blank=True, max_length=500)),
                ('requirement', models.CharField(blank=True, max_length=1000)),
                ('openness', models.CharField(blank=True, choices=[(dure.domains.parties.rules.codes.Openness['OPEN'], 'O · open to new members'), (dure.domains.parties.rules.codes.Openness['CLOSED'], 'X · not open'), (dure.domains.parties.rules.codes.Openness['UNKNOWN'], 'not known')], max_length=1)),
                ('is_published', models.BooleanField(default=False)),
                ('section', dure.domains.parties.models.fields.OrdinalField(blank=True, max_length=60)),
                ('section_number', models.PositiveIntegerField(blank=True, null=True)),
                ('category', dure.domains.parties.models.fields.OrdinalField(blank=True, max_length=30)),
            ],
            options={
                'indexes': [models.Index(fields=['is_published', 'sido_code'], name='organisation_by_region'), models.Index(fields=['is_published', 'section', 'section_number'], name='organisation_by_section')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('business_number', ''), _negated=True), fields=('business_number',), name='organisation_business_number_once'), models.CheckConstraint(condition=models.Q(('openness__in', ['O', 'X', ''])), name='organisation_openness_known'), models.CheckConstraint(condition=models.Q(('sigungu_code', ''), models.Q(('sido_code', ''), _negated=True), _connector='OR'), name='organisation_sigungu_in_sido')],
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('party', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='person', serialize=False, to='parties.party')),
                ('email', models.CharField(blank=True, max_length=120)),
                ('phone', models.CharField(blank=True, max_length=60)),
                ('address', models.CharField(blank=True, max_length=200)),
                ('apart_at', models.DateTimeField(blank=True, null=True)),
                ('erased_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['email'], name='person_by_email')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254)),
                ('invited_by_id', models.BigIntegerField(blank=True, null=True)),
                ('created_at', models.DateTimeField()),
                ('until_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(blank=True, null=True)),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='parties.party')),
            ],
        ),
        migrations.CreateModel(
            name='BankAccount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('bank', models.CharField(max_length=40)),
                ('number_sealed', models.TextField()),
                ('last_digits', models.CharField(max_length=4)),
                ('holder', models.CharField(blank=True, max_length=60)),
                ('recorded_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bank_accounts', to='parties.party')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('party',), name='bank_account_one_in_use')],
            },
        ),
        migrations.CreateModel(
            name='StaffSession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=200)),
                ('opened_at', models.DateTimeField()),
                ('until_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='staff_sessions', to='parties.party')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('until_at__gt', models.F('opened_at'))), name='staff_session_ends')],
            },
        ),
        migrations.CreateModel(
            name='Appointment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to='parties.person')),
                ('office', models.CharField(choices=[(dure.domains.parties.rules.codes.Office['SECRETARIAT'], 'Secretariat'), (dure.domains.parties.rules.codes.Office['BOOKKEEPER'], 'Bookkeeper'), (dure.domains.parties.rules.codes.Office['LOAN_OFFICER'], 'Loan officer'), (dure.domains.parties.rules.codes.Office['TOWN_OPERATOR'], 'Town operator'), (dure.domains.parties.rules.codes.Office['ADMINISTRATOR'], 'Administrator')], max_length=20)),
                ('from_date', models.DateField()),
                ('until_date', models.DateField(blank=True, null=True)),
                ('decision', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'indexes': [models.Index(fields=['until_date'], name='appointment_by_end')],
                'constraints': [models.CheckConstraint(condition=models.Q(('until_date', None), ('until_date__gt', models.F('from_date')), _connector='OR'), name='appointment_ends_after_start'), models.UniqueConstraint(condition=models.Q(('until_date', None)), fields=('person', 'office'), name='appointment_open_once')],
            },
        ),
        migrations.CreateModel(
            name='Designation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='designations', to='parties.organisation')),
                ('kind', models.CharField(choices=[(dure.domains.parties.rules.codes.DesignationKind['SOCIAL_ENTERPRISE'], 'Social enterprise'), (dure.domains.parties.rules.codes.DesignationKind['PRE_SOCIAL_ENTERPRISE'], 'Pre-certified social enterprise'), (dure.domains.parties.rules.codes.DesignationKind['COOPERATIVE'], 'Cooperative'), (dure.domains.parties.rules.codes.DesignationKind['SOCIAL_COOPERATIVE'], 'Social cooperative'), (dure.domains.parties.rules.codes.DesignationKind['VILLAGE_ENTERPRISE'], 'Village enterprise'), (dure.domains.parties.rules.codes.DesignationKind['SELF_SUPPORT_ENTERPRISE'], 'Self-support enterprise'), (dure.domains.parties.rules.codes.DesignationKind['SOCIAL_VENTURE'], 'Social venture'), (dure.domains.parties.rules.codes.DesignationKind['CONSUMER_COOPERATIVE'], 'Consumer cooperative'), (dure.domains.parties.rules.codes.DesignationKind['CREDIT_UNION'], 'Credit union'), (dure.domains.parties.rules.codes.DesignationKind['NON_PROFIT'], 'Non-profit'), (dure.domains.parties.rules.codes.DesignationKind['LOCAL_COMPANY'], 'Local company'), (dure.domains.parties.rules.codes.DesignationKind['RURAL_COMMUNITY_COMPANY'], 'Rural community company'), (dure.domains.parties.rules.codes.DesignationKind['PUBLIC_INSTITUTION'], 'Public institution'), (dure.domains.parties.rules.codes.DesignationKind['SUPPORT_CENTRE'], 'Support centre'), (dure.domains.parties.rules.codes.DesignationKind['NETWORK'], 'Network'), (dure.domains.parties.rules.codes.DesignationKind['OTHER'], 'Other')], max_length=24)),
                ('number', models.CharField(blank=True, max_length=40)),
                ('from_date', models.DateField(blank=True, null=True)),
                ('until_date', models.DateField(blank=True, null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['kind', 'organisation'], name='designation_by_kind')],
                'constraints': [models.CheckConstraint(condition=models.Q(('until_date', None), ('from_date', None), ('until_date__gt', models.F('from_date')), _connector='OR'), name='designation_ends_after_it_starts'), models.UniqueConstraint(condition=models.Q(('until_date', None)), fields=('organisation', 'kind'), name='designation_open_once')],
            },
        ),
        migrations.CreateModel(
            name='ApiToken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('prefix', models.CharField(max_length=12)),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('scopes', models.JSONField(default=list)),
                ('created_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField(blank=True, null=True)),
                ('last_used_at', models.DateTimeField(blank=True, null=True)),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='api_tokens', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='parties.person')),
                ('text', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='parties.consenttext')),
                ('given_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('via', models.CharField(max_length=10)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('person', 'text'), name='consent_given_once'), models.CheckConstraint(condition=models.Q(('withdrawn_at', None), ('withdrawn_at__gte', models.F('given_at')), _connector='OR'), name='consent_withdrawn_after_given')],
            },
        ),
        migrations.CreateModel(
            name='SearchTerm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('term', dure.domains.parties.models.fields.OrdinalField(max_length=24)),
                ('weight', models.PositiveSmallIntegerField()),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='terms', to='parties.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('term', 'organisation'), name='search_term_once')],
            },
        ),
        migrations.CreateModel(
            name='Representative',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='representatives', to='parties.organisation')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='representations', to='parties.person')),
                ('role', models.CharField(blank=True, max_length=40)),
                ('is_deputy', models.BooleanField(default=False)),
                ('from_date', models.DateField()),
                ('until_date', models.DateField(blank=True, null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['until_date'], name='representative_by_end')],
                'constraints': [models.CheckConstraint(condition=models.Q(('until_date', None), ('until_date__gt', models.F('from_date')), _connector='OR'), name='representative_ends_after_start')],
            },
        ),
    ]
