"""Lists to take away: the same rows as CSV that spreadsheets open as they are, or as XLSX."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

Cell = str | int | float | date | None
CSV, XLSX = "csv", "xlsx"
MEDIA_TYPES = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def sheet(shape: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return the table in the shape "csv" or "xlsx"; what people typed never becomes a formula."""
    return _as_csv(header, rows) if shape == CSV else _as_xlsx(header, rows)


def _as_csv(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    out = io.StringIO()
    lines = csv.writer(out)
    lines.writerow(header)
    lines.writerows([_written(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")  # with its mark, else Excel reads the letters wrongly


def _written(cell: Cell) -> str:
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _as_xlsx(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    book = Workbook(write_only=True)
    page = book.create_sheet()
    page.freeze_panes = "A2"
    titles = [_cell(page, title) for title in header]
    for title in titles:
        title.font = Font(bold=True)
    page.append(titles)
    for row in rows:
        page.append([_cell(page, value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(page: Any, value: Any) -> Any:
    """Return a cell of openpyxl, whose types do not know a day."""
    cell = WriteOnlyCell(page, value=ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value)
    if isinstance(value, date):
        cell.number_format = "dd/mm/yyyy"
    elif isinstance(value, str):
        cell.data_type = "s"
    return cell
