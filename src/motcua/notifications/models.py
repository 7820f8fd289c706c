"""Messages to people."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.models import Dossier
from motcua.petitions.models import Petition


class Period(models.TextChoices):
    """When an official is written to about a kind of notice; on the site every notice stands at once."""

    INSTANT = "INSTANT", _("Ngay khi có")
    DIGEST = "DIGEST", _("Gộp vào thư buổi sáng")
    NONE = "NONE", _("Không gửi thư")


class NoticePreference(models.Model):
    """How one official wants one kind of notice; a kind without a row goes into the morning's letter."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name="người được báo",
        db_index=False,
    )
    kind = models.CharField("việc", max_length=40)
    period = models.CharField("cách báo", max_length=10, choices=Period.choices)

    class Meta:
        verbose_name = "cách báo cho cán bộ"
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="notice_preference_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind} {self.period}"


class OfficialLetter(models.Model):
    """A letter to an official that gathers notices; `digest_on` is the morning it is for, null for one sent at once."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người nhận", db_index=False
    )
    subject = models.CharField("tiêu đề", max_length=200)
    body = models.TextField("nội dung")
    delivery_key = models.UUIDField("khóa gửi", unique=True)
    digest_on = models.DateField("thư buổi sáng ngày", null=True)
    created_at = models.DateTimeField("tạo lúc")
    sent_at = models.DateTimeField("gửi lúc", null=True)

    class Meta:
        verbose_name = "thư cho cán bộ"
        constraints = [models.UniqueConstraint(fields=["user", "digest_on"], name="official_letter_once_a_morning")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.user_id}"


class Notice(models.Model):
    """What an official is told about one dossier, inside the site: `kind` is the event, `due_at` the clock it is about.

    `written_at` is when a letter told it too, null while none did. Personal data stays with the dossier: the words are
    made when the notice is shown.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notices", verbose_name="người được báo"
    )
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="notices", verbose_name="hồ sơ")
    kind = models.CharField("việc", max_length=40)
    due_at = models.DateTimeField("hạn", null=True)
    created_at = models.DateTimeField("báo lúc")
    read_at = models.DateTimeField("đọc lúc", null=True)
    written_at = models.DateTimeField("gửi thư lúc", null=True)

    class Meta:
        verbose_name = "thông báo cho cán bộ"
        indexes = [
            models.Index(fields=["user", "-created_at", "-id"], name="notice_by_user"),
            models.Index(fields=["user"], condition=models.Q(read_at=None), name="notice_unread"),
            models.Index(
                fields=["created_at"], condition=models.Q(read_at=None, written_at=None), name="notice_to_write_of"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.dossier_id} {self.kind}"


class Message(models.Model):
    """One message to one person about one dossier.

    `address` is a phone number or e-mail address, empty on the site. `sent_at` is when it left; in the demonstration
    it never leaves but stays in the outbox. `delivery_key` goes with it to the outside, so that a retry is not a
    second message. `good_until` is when a message with a one-time code may be deleted, None for all others.
    """

    class Channel(models.TextChoices):
        """Where it is read."""

        SITE = "SITE", _("Trên cổng")
        EMAIL = "EMAIL", _("Thư điện tử")
        SMS = "SMS", _("Tin nhắn")

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="messages", verbose_name="hồ sơ")
    channel = models.CharField("kênh", max_length=10, choices=Channel.choices)
    address = models.CharField("địa chỉ", max_length=254, blank=True)
    subject = models.CharField("tiêu đề", max_length=200)
    body = models.TextField("nội dung")
    delivery_key = models.UUIDField("khóa gửi", unique=True)
    created_at = models.DateTimeField("tạo lúc")
    sent_at = models.DateTimeField("gửi lúc", null=True)
    good_until = models.DateTimeField("hết giá trị lúc", null=True)
    read_at = models.DateTimeField("đọc lúc", null=True)

    class Meta:
        verbose_name = "tin nhắn"
        indexes = [
            models.Index(fields=["dossier", "-created_at"], name="message_by_dossier"),
            models.Index(fields=["-created_at", "-id"], name="message_by_moment"),
            models.Index(
                fields=["good_until"], condition=models.Q(good_until__isnull=False), name="message_by_good_until"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.channel}"


class PetitionMessage(models.Model):
    """One message to the sender of a petition; its columns are those of `Message`."""

    petition = models.ForeignKey(
        Petition, on_delete=models.CASCADE, related_name="messages", verbose_name="phản ánh, kiến nghị"
    )
    channel = models.CharField("kênh", max_length=10, choices=Message.Channel.choices)
    address = models.CharField("địa chỉ", max_length=254, blank=True)
    subject = models.CharField("tiêu đề", max_length=200)
    body = models.TextField("nội dung")
    delivery_key = models.UUIDField("khóa gửi", unique=True)
    created_at = models.DateTimeField("tạo lúc")
    sent_at = models.DateTimeField("gửi lúc", null=True)
    good_until = models.DateTimeField("hết giá trị lúc", null=True)

    class Meta:
        verbose_name = "tin nhắn về phản ánh"
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="petition_message_by_moment"),
            models.Index(
                fields=["good_until"],
                condition=models.Q(good_until__isnull=False),
                name="petition_message_by_good_until",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.channel}"
