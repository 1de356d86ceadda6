"""The tables as the first release has them."""

import dure.domains.bylaws.rules.provisions
import dure.domains.bylaws.rules.values
from dure.kernel.migrating import TablesAtOnce
from django.db import migrations, models


class Migration(TablesAtOnce):

    replaces = [('bylaws', '0001_initial'), ('bylaws', '0002_words_and_notes'), ('bylaws', '0003_rules_of_others')]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='FormSpell',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('form', models.CharField(max_length=30)),
                ('owner', models.CharField(blank=True, default='', max_length=40)),
                ('packs', models.JSONField(default=list)),
                ('from_date', models.DateField()),
                ('laid_down_at', models.DateTimeField()),
                ('laid_down_by', models.UUIDField()),
            ],
            options={
                'ordering': ('from_date', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='Article',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('document', models.CharField(max_length=120)),
                ('article', models.CharField(max_length=60)),
                ('heading', models.CharField(blank=True, max_length=120)),
                ('text', models.TextField()),
                ('quoted', models.BooleanField(default=True)),
                ('pack', models.CharField(blank=True, max_length=30)),
                ('from_date', models.DateField()),
                ('decided_by', models.CharField(blank=True, max_length=200)),
                ('laid_down_at', models.DateTimeField()),
                ('laid_down_by', models.UUIDField()),
            ],
            options={
                'ordering': ('document', 'article', 'from_date', 'pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('document', ''), _negated=True), models.Q(('article', ''), _negated=True), models.Q(('text', ''), _negated=True)), name='article_has_words')],
            },
        ),
        migrations.CreateModel(
            name='Provision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=60)),
                ('origin', models.CharField(choices=[(dure.domains.bylaws.rules.provisions.Origin['LAW'], 'law'), (dure.domains.bylaws.rules.provisions.Origin['BYLAWS'], "network's bylaws"), (dure.domains.bylaws.rules.provisions.Origin['REGULATION'], "network's regulation"), (dure.domains.bylaws.rules.provisions.Origin['STANDARD'], 'model rule of Dure')], max_length=12)),
                ('pack', models.CharField(blank=True, max_length=30)),
                ('owner', models.CharField(blank=True, default='', max_length=40)),
                ('kind', models.CharField(choices=[(dure.domains.bylaws.rules.values.Kind['WON'], 'won'), (dure.domains.bylaws.rules.values.Kind['RATIO'], 'ratio'), (dure.domains.bylaws.rules.values.Kind['MONTHS'], 'months'), (dure.domains.bylaws.rules.values.Kind['DAYS'], 'days'), (dure.domains.bylaws.rules.values.Kind['COUNT'], 'count'), (dure.domains.bylaws.rules.values.Kind['YES_NO'], 'yes or no'), (dure.domains.bylaws.rules.values.Kind['CHOICE'], 'choice')], max_length=8)),
                ('comparison', models.CharField(choices=[(dure.domains.bylaws.rules.values.Comparison['AT_LEAST'], 'at least'), (dure.domains.bylaws.rules.values.Comparison['MORE_THAN'], 'more than'), (dure.domains.bylaws.rules.values.Comparison['AT_MOST'], 'at most'), (dure.domains.bylaws.rules.values.Comparison['LESS_THAN'], 'less than'), (dure.domains.bylaws.rules.values.Comparison['EXACTLY'], 'exactly'), (dure.domains.bylaws.rules.values.Comparison['ONE_OF'], 'one of'), (dure.domains.bylaws.rules.values.Comparison['ALL_OF'], 'all of')], max_length=10)),
                ('value', models.CharField(blank=True, max_length=200)),
                ('of', models.CharField(blank=True, max_length=40)),
                ('label', models.CharField(max_length=120)),
                ('mandatory', models.BooleanField(default=False)),
                ('document', models.CharField(max_length=120)),
                ('article', models.CharField(max_length=60)),
                ('text', models.TextField(blank=True)),
                ('quoted', models.BooleanField(default=False)),
                ('note', models.TextField(blank=True)),
                ('from_date', models.DateField()),
                ('decided_by', models.CharField(blank=True, max_length=200)),
                ('laid_down_at', models.DateTimeField()),
                ('laid_down_by', models.UUIDField()),
            ],
            options={
                'ordering': ('key', 'from_date', 'pk'),
                'indexes': [models.Index(fields=['key', 'from_date'], name='provision_by_key')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('origin__in', ('bylaws', 'regulation')), ('pack', '')), models.Q(models.Q(('pack', ''), _negated=True), ('origin__in', ('law', 'standard'))), _connector='OR'), name='provision_pack_iff_shipped'), models.CheckConstraint(condition=models.Q(('pack', ''), ('owner', ''), _connector='OR'), name='provision_shipped_for_all'), models.CheckConstraint(condition=models.Q(models.Q(('document', ''), _negated=True), models.Q(('article', ''), _negated=True)), name='provision_has_citation')],
            },
        ),
    ]
