"""The kernel's tables: deeds and their keys, personal texts, kept files, seals, the outbox, reads."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models


class AppendOnly(models.QuerySet[Any]):
    """Refuses at once what the database's own triggers would refuse."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise TypeError("append-only")

    def delete(self) -> NoReturn:
        raise TypeError("append-only")


class Deed(models.Model):
    """An event that occurred: the append-only history of everything that was done."""

    name = models.CharField(max_length=100)  # room.Event
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)  # a person; None: the system
    via = models.CharField(max_length=10)
    key = models.UUIDField()  # of the act; the deeds of one act share it
    cause = models.ForeignKey("self", null=True, on_delete=models.PROTECT)
    subject_id = models.BigIntegerField(null=True)  # the person or organisation it is about
    data = models.TextField()  # canonical JSON of the event; personal texts as their digests

    objects = AppendOnly.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["key"], name="deed_by_key"),
            models.Index(fields=["subject_id", "id"], name="deed_by_subject"),
            models.Index(fields=["name", "id"], name="deed_by_name"),
        ]


class Key(models.Model):
    """An idempotency key that was used: by which command, with which input, to which result."""

    key = models.UUIDField(primary_key=True)
    command = models.CharField(max_length=100)
    input_hash = models.CharField(max_length=64)
    result = models.TextField()
    at = models.DateTimeField()


class PersonalText(models.Model):
    """A text about a person that a sealed row holds only as a salted digest.

    Erasing it by law empties text and salt; the digest stays, so the chain stays provable.
    """

    digest = models.CharField(max_length=64, primary_key=True)
    salt = models.BinaryField(max_length=16, null=True)
    text = models.TextField(null=True)
    subject_id = models.BigIntegerField(null=True, db_index=True)
    matter = models.CharField(max_length=60, default="", db_index=True)  # see Personal.matter
    erased_at = models.DateTimeField(null=True)


class KeptFile(models.Model):
    """A file that somebody handed in, sealed. Once its time is over name and content are empty."""

    subject_id = models.BigIntegerField(db_index=True)  # the person or organisation it is about
    matter = models.CharField(max_length=60, db_index=True)  # what it was handed in for
    name_sealed = models.TextField()
    content_sealed = models.TextField()
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    kept_at = models.DateTimeField()
    kept_by_id = models.BigIntegerField(null=True)
    until_date = models.DateField(null=True)  # None: as long as its matter is open
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["until_date"],
                condition=models.Q(destroyed_at=None),
                name="kept_file_due",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(destroyed_at=None) | models.Q(name_sealed="", content_sealed=""),
                name="kept_file_destroyed_is_empty",
            )
        ]


class Seal(models.Model):
    """A batch of rows of one stream under a Merkle root, chained to the seal before it."""

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    stream = models.CharField(max_length=40)
    after_id = models.BigIntegerField()  # exclusive
    last_id = models.BigIntegerField()  # inclusive
    count = models.BigIntegerField()
    root = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)  # `chain` of the seal before
    chain = models.CharField(max_length=64)
    leaves = models.BinaryField()  # 32 bytes a row: names the altered one

    objects = AppendOnly.as_manager()

    class Meta:
        ordering = ["number"]


class News(models.Model):
    """Something to be told to the outside after the commit: a mail, a webhook."""

    class State(models.TextChoices):
        WAITING = "waiting"
        DONE = "done"
        GIVEN_UP = "given_up"

    deed = models.ForeignKey(Deed, on_delete=models.PROTECT)
    kind = models.CharField(max_length=60)
    payload = models.TextField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    error = models.TextField(default="")

    class Meta:
        indexes = [models.Index(fields=["state", "next_at", "id"], name="news_due")]


class Read(models.Model):
    """That someone read personal data: who, when, by which door, whose, what."""

    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True, db_index=True)
    via = models.CharField(max_length=10)
    subject_id = models.BigIntegerField(null=True)  # None: of many people at once
    what = models.CharField(max_length=200)
    count = models.PositiveIntegerField(default=1)  # how many people's data
    is_download = models.BooleanField(default=False)  # taken along as a file

    objects = AppendOnly.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["subject_id", "-id"], name="read_by_subject"),
            models.Index(fields=["at"], name="read_by_moment"),
        ]
