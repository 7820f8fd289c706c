"""The books of the desk: the yearly register (B-37, R-10), and the lists of what one unit hands to another (B-36)."""

from django.conf import settings
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.documents.models import StoredFile
from motcua.dossiers.models.dossier import Dossier
from motcua.dossiers.models.parts import Step
from motcua.organisations.models import Unit
from motcua.rules.handing_over import Direction

DIRECTION_LABELS: dict[Direction, Promise] = {
    Direction.TO_THE_AGENCY: _("Chuyển hồ sơ để giải quyết"),
    Direction.BETWEEN_AGENCIES: _("Chuyển hồ sơ liên thông cho cơ quan giải quyết việc tiếp theo"),
    Direction.BACK_TO_THE_DESK: _("Chuyển kết quả về nơi trả"),
}


class RegisterBook(models.Model):
    """The register of one desk and year; closed at the year's end by the head of the desk, and then for good.

    `last_number` is that of its last line. `file` is the book as it was closed, None while it is open.
    """

    desk = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="register_books", verbose_name="nơi tiếp nhận", db_index=False
    )
    year = models.PositiveSmallIntegerField("năm")
    last_number = models.PositiveIntegerField("số thứ tự cuối")
    closed_at = models.DateTimeField("khóa sổ lúc", null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người khóa sổ"
    )
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="tệp")

    class Meta:
        verbose_name = "sổ theo dõi hồ sơ"
        constraints = [
            models.UniqueConstraint(fields=["desk", "year"], name="register_book_one_a_year"),
            models.CheckConstraint(
                condition=models.Q(closed_at=None, closed_by=None, file=None)
                | models.Q(closed_at__isnull=False, closed_by__isnull=False, file__isnull=False),
                name="register_book_closed_as_a_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.desk_id} {self.year}"

    @property
    def volume(self) -> str:
        """What stands on forms as "Quyển số": there is one book a year, named after it."""
        return str(self.year)


class RegisterLine(models.Model):
    """The line of one dossier in the register, taken when it is accepted; numbers run from 1 without a gap."""

    book = models.ForeignKey(
        RegisterBook, on_delete=models.PROTECT, related_name="lines", verbose_name="sổ", db_index=False
    )
    number = models.PositiveIntegerField("số thứ tự")
    dossier = models.OneToOneField(
        Dossier, on_delete=models.PROTECT, related_name="register_line", verbose_name="hồ sơ"
    )

    class Meta:
        verbose_name = "dòng của sổ"
        constraints = [models.UniqueConstraint(fields=["book", "number"], name="register_line_number_once")]

    def __str__(self) -> str:
        return f"#{self.book_id} {self.number}"


class HandoverList(models.Model):
    """A list of dossiers that one unit hands to another: who gave and who took, and when.

    `received_at` and `received_by` are None until somebody of the other unit has signed for it.
    """

    number = models.CharField("số", max_length=100, unique=True)
    direction = models.CharField(
        "chiều", max_length=16, choices=[(direction.value, DIRECTION_LABELS[direction]) for direction in Direction]
    )
    giving_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", verbose_name="bên giao", db_index=False
    )
    receiving_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", verbose_name="bên nhận", db_index=False
    )
    given_at = models.DateTimeField("giao lúc")
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người giao", db_index=False
    )
    received_at = models.DateTimeField("nhận lúc", null=True)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="người nhận",
        db_index=False,
    )

    class Meta:
        verbose_name = "danh sách bàn giao"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(received_at=None, received_by=None)
                | models.Q(received_at__isnull=False, received_by__isnull=False),
                name="handover_list_received_as_a_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["giving_unit", "-given_at"], name="handover_list_by_giver"),
            models.Index(fields=["receiving_unit", "-given_at"], name="handover_list_by_taker"),
        ]

    def __str__(self) -> str:
        return self.number


class HandoverItem(models.Model):
    """One dossier of a list, named by the step that it went to the other unit for; so it is listed once a way."""

    list = models.ForeignKey(
        HandoverList, on_delete=models.CASCADE, related_name="items", verbose_name="danh sách", db_index=False
    )
    position = models.PositiveSmallIntegerField("thứ tự")
    step = models.OneToOneField(Step, on_delete=models.PROTECT, related_name="handover", verbose_name="bước")

    class Meta:
        verbose_name = "hồ sơ bàn giao"
        constraints = [models.UniqueConstraint(fields=["list", "position"], name="handover_item_position_once")]

    def __str__(self) -> str:
        return f"#{self.list_id} {self.position}"
