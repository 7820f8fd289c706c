"""What the search leans on: abbreviations people use, and the three-letter pieces of every title."""

from django.db import models
from django.db.models import Q

from motcua.catalogue.models.procedure import Procedure


class SearchSynonym(models.Model):
    """A word people type (`gpxd`, `sổ đỏ`) and the words of the titles it stands for."""

    term = models.CharField("từ người dân dùng", max_length=100)
    expansion = models.CharField("từ trong tên thủ tục", max_length=200)
    key = models.CharField("khóa tìm", max_length=100, editable=False)
    expansion_key = models.CharField("khóa tìm của từ thay", max_length=200, editable=False)

    class Meta:
        verbose_name = "từ đồng nghĩa"
        constraints = [
            models.UniqueConstraint(fields=["key", "expansion_key"], name="synonym_once"),
            models.CheckConstraint(condition=~Q(key="") & ~Q(expansion_key=""), name="synonym_has_words"),
        ]

    def __str__(self) -> str:
        return f"{self.term} = {self.expansion}"


class SearchTrigram(models.Model):
    """In how many procedures a three-letter piece occurs: the rarer, the more it tells."""

    trigram = models.CharField("mảnh", max_length=3, primary_key=True, db_collation="C")
    procedure_count = models.PositiveIntegerField("số thủ tục")

    class Meta:
        verbose_name = "mảnh ba chữ"

    def __str__(self) -> str:
        return self.trigram


class TitleTrigram(models.Model):
    """A three-letter piece that occurs in the title of a procedure."""

    pk = models.CompositePrimaryKey("trigram", "procedure_id")
    trigram = models.CharField("mảnh", max_length=3, db_collation="C")
    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="+", verbose_name="thủ tục")

    class Meta:
        verbose_name = "mảnh của tên thủ tục"

    def __str__(self) -> str:
        return f"{self.trigram!r} #{self.procedure_id}"
