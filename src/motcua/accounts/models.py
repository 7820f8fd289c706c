"""Who signs in, what they are entrusted with and for how long, and the tokens of machines."""

from typing import ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models.functions import Lower

from motcua.accounts.querysets import ApiTokenQuerySet, DelegationQuerySet, GrantQuerySet
from motcua.organisations.models import Unit
from motcua.rules.permissions import Role, RoleGrant


class User(AbstractUser):
    """A person who signs in: a citizen, or an official while a `Grant` says so."""

    first_name = None  # type: ignore[assignment]  # Vietnamese names are one field
    last_name = None  # type: ignore[assignment]  # Vietnamese names are one field
    full_name = models.CharField("họ và tên", max_length=150, blank=True)
    phone = models.CharField("số điện thoại", max_length=20, blank=True)

    objects: ClassVar[UserManager["User"]] = UserManager()  # type: ignore[assignment]  # the stubs say Self

    class Meta:
        verbose_name = "người dùng"
        constraints = [
            models.UniqueConstraint(Lower("email"), condition=~models.Q(email=""), name="user_one_per_email")
        ]

    def __str__(self) -> str:
        return self.username

    @property
    def record_subject(self) -> str:
        """Under which the record of events keeps this account: its number, since a user name may be somebody's name."""
        return f"user:{self.pk}"

    @property
    def display_name(self) -> str:
        """The name shown to colleagues: the full name, else the user name."""
        return self.full_name or self.username

    def get_full_name(self) -> str:
        """Return the full name, which here is one field."""
        return self.full_name

    def get_short_name(self) -> str:
        """Return the given name, which stands last in Vietnamese."""
        return self.full_name.rsplit(" ", 1)[-1]


class Grant(models.Model):
    """A role in a unit from one day until the day before another; revoked by its first day it never holds (N)."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="grants", verbose_name="người dùng")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="grants", verbose_name="đơn vị")
    role = models.CharField("vai trò", max_length=40, choices=[(role.value, role.value) for role in Role])
    valid_from = models.DateField("từ ngày")
    valid_until = models.DateField("đến trước ngày", null=True, blank=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        verbose_name = "phân quyền"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_until=None) | models.Q(valid_until__gte=models.F("valid_from")),
                name="grant_ends_no_earlier_than_it_starts",
            ),
            models.UniqueConstraint(fields=["user", "unit", "role", "valid_from"], name="grant_once_per_start"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.unit_id}"

    def as_rule(self, actor_id: int | None = None) -> RoleGrant:
        """The grant as the rules know it; to another than its holder it is one held in the holder's place."""
        return RoleGrant(
            role=Role(self.role),
            unit_id=self.unit_id,
            valid_from=self.valid_from,
            valid_until=self.valid_until,
            of_user_id=None if actor_id in {None, self.user_id} else self.user_id,
        )


class Delegation(models.Model):
    """Somebody is absent for some days, and a colleague acts in their roles: leave, illness, a mission.

    `valid_until` is the first day the deputy no longer acts; nobody has two deputies at a time.
    """

    absent = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="delegations", verbose_name="người vắng mặt"
    )
    deputy = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="deputyships", verbose_name="người làm thay"
    )
    valid_from = models.DateField("từ ngày")
    valid_until = models.DateField("đến trước ngày")
    reason = models.CharField("lý do", max_length=200)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        verbose_name = "làm thay"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_until__gte=models.F("valid_from")), name="delegation_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=~models.Q(absent=models.F("deputy")), name="delegation_to_another"),
            models.UniqueConstraint(fields=["absent", "valid_from"], name="delegation_once_per_start"),
        ]
        indexes = [models.Index(fields=["deputy", "valid_until"], name="delegation_by_deputy")]

    def __str__(self) -> str:
        return f"{self.absent_id} {self.deputy_id} {self.valid_from}"


class ApiToken(models.Model):
    """A bearer token of the API; only its SHA-256 is kept."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="api_tokens", verbose_name="người dùng")
    name = models.CharField("tên", max_length=100)
    digest = models.CharField("mã băm", max_length=64, unique=True)
    created_at = models.DateTimeField("tạo lúc")
    expires_at = models.DateTimeField("hết hạn lúc")
    revoked_at = models.DateTimeField("thu hồi lúc", null=True, blank=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = "mã truy cập"

    def __str__(self) -> str:
        return f"{self.user_id} {self.name}"


class RolePlace(models.Model):
    """A role that a unit needs, without anybody in it: what a package says of roles (N)."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="role_places", verbose_name="đơn vị")
    role = models.CharField("vai trò", max_length=40)

    class Meta:
        verbose_name = "vai trò cần có"
        constraints = [
            models.UniqueConstraint(fields=["unit", "role"], name="role_place_once"),
            models.CheckConstraint(
                condition=models.Q(role__in=[role.value for role in Role]), name="role_place_role_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.unit_id}"
