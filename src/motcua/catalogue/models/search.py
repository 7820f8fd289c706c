"""What the search leans on: abbreviations people use, the words of the catalogue, and how each may be mistyped."""

from django.db import models
from django.db.models import Q


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


class SearchWord(models.Model):
    """A word of the catalogue, and in how many procedures it occurs: the rarer, the more it tells."""

    word = models.CharField("từ", max_length=100, primary_key=True, db_collation="C")
    procedure_count = models.PositiveIntegerField("số thủ tục")

    class Meta:
        verbose_name = "từ trong danh mục"

    def __str__(self) -> str:
        return self.word


class SearchSlip(models.Model):
    """A word of the catalogue as it is, or with one letter left out.

    Two words that share a slip are one letter apart: added, missing, wrong or swapped with its neighbour.
    """

    pk = models.CompositePrimaryKey("slip", "word_id")
    slip = models.CharField("dạng viết", max_length=100, db_collation="C")
    word = models.ForeignKey(SearchWord, on_delete=models.CASCADE, related_name="slips", verbose_name="từ")

    class Meta:
        verbose_name = "dạng viết nhầm"

    def __str__(self) -> str:
        return f"{self.slip} ({self.word_id})"
