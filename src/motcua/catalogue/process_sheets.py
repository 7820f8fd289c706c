"""The step table in XLSX: in the shape of the tables that decisions on internal processes carry, and back.

Columns that officials write: TT, nội dung công việc, trách nhiệm, thời gian, biểu mẫu/kết quả. Ours stand to the right
of them and may be missing.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from typing import Final
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from motcua.catalogue.definitions import StepDefinition
from motcua.catalogue.process_files import (
    FileUnreadable,
    ProcessReading,
    ReadProblem,
    UnreadPlace,
    guess_kind,
    is_reception,
)
from motcua.catalogue.process_table import TableRow, hours_in_words, read_hours, rows_of_steps
from motcua.organisations.models import Unit
from motcua.rules.vietnamese import nfc, unaccented
from motcua.rules.workflow import ROLE_OF, Branching, StepKind, StepPlace

KINDS: Final[dict[StepKind, str]] = {
    StepKind.ASSIGN: "Phân công",
    StepKind.VERIFY: "Thẩm định",
    StepKind.APPROVE: "Duyệt dự thảo",
    StepKind.SIGN: "Phê duyệt, ký",
    StepKind.ISSUE: "Vào sổ, phát hành",
    StepKind.RETURN: "Trả kết quả",
}
WHO: Final[dict[StepKind, str]] = {
    StepKind.ASSIGN: "Lãnh đạo phòng chuyên môn",
    StepKind.VERIFY: "Công chức thụ lý",
    StepKind.APPROVE: "Lãnh đạo phòng chuyên môn",
    StepKind.SIGN: "Lãnh đạo cơ quan",
    StepKind.ISSUE: "Văn thư",
    StepKind.RETURN: "Bộ phận Một cửa",
}
PLACES: Final = {StepPlace.RECEIVING: "Nơi tiếp nhận", StepPlace.COMPETENT: "Cơ quan giải quyết"}
BRANCHES: Final = {Branching.CHOICE: "Chọn một", Branching.PARALLEL: "Song song"}
_HEADS: Final = {
    "number": "TT",
    "name": "Nội dung công việc",
    "who": "Trách nhiệm",
    "hours": "Thời gian",
    "output": "Biểu mẫu/Kết quả",
    "code": "Mã bước",
    "kind": "Loại bước",
    "place": "Nơi thực hiện",
    "unit": "Mã cơ quan phối hợp",
    "following": "Bước tiếp theo",
    "branching": "Nếu nhiều bước",
}
_WIDTHS: Final = (6, 48, 28, 12, 36, 10, 18, 20, 14, 34, 14)
# How a head may be written, without accents; the first column that fits takes the word.
_SIGNS: Final[dict[str, str]] = {
    "number": r"(so )?(tt|stt|thu tu)|buoc( thu)?",
    "code": r"ma buoc",
    "kind": r"loai buoc",
    "place": r"noi thuc hien",
    "unit": r"ma co quan phoi hop",
    "following": r"buoc tiep theo",
    "branching": r"neu nhieu buoc",
    "who": r".*(trach nhiem|nguoi thuc hien|don vi thuc hien|bo phan thuc hien|can bo thuc hien|nguoi xu ly).*",
    "hours": r".*(thoi gian|thoi han).*",
    "output": r".*(ket qua|bieu mau|san pham|ho so lien quan).*",
    "name": r".*(noi dung|trinh tu|cong viec|ten buoc|cac buoc|mo ta).*",
}
_NEEDED: Final = frozenset({"name", "hours"})
_MOST_ROWS, _MOST_COLUMNS, _HEAD_WITHIN = 500, 40, 40


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell with the text of the merged range it lies in; `is_first` tells whether it is the top of that range."""

    place: str
    text: str
    is_first: bool


@dataclass(frozen=True, slots=True)
class _Line:
    """One row of the table by the meaning of its columns; `per_day` tells that bare numbers count days."""

    cells: Mapping[str, _Cell]
    per_day: bool

    def text(self, column: str) -> str:
        """Return what stands in a column; empty where there is none."""
        cell = self.cells.get(column)
        return cell.text if cell else ""

    def place(self, column: str) -> str:
        """Return the address of the cell in a column."""
        return self.cells[column].place if column in self.cells else self.cells["name"].place

    @property
    def hours(self) -> Decimal | None:
        """The working hours of the row; None where none can be read."""
        text = self.text("hours")
        bare = re.fullmatch(r"\s*[\d.,/]+\s*", text)
        return read_hours(f"{text} ngày" if bare and self.per_day else text)


def write_sheet(title: str, steps: Sequence[StepDefinition]) -> bytes:
    """Return the table of `steps` as an XLSX file that `read_sheet` reads back."""
    book = Workbook()
    page = book.active
    assert isinstance(page, Worksheet)  # a new book has a sheet of cells
    page.title = "Quy trình"
    page.append(["QUY TRÌNH NỘI BỘ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH"])
    page.append([title])
    page.append([])
    page.append(list(_HEADS.values()))
    for number, row in enumerate(rows_of_steps(steps), start=1):
        page.append(_written(number, row))
    for line in page.iter_rows(min_row=4):
        for cell in line:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.number_format = "@"
    for cell in (*page[1], *page[4]):
        cell.font = Font(bold=True)
    for column, width in zip("ABCDEFGHIJK", _WIDTHS, strict=True):
        page.column_dimensions[column].width = width
    page.freeze_panes = "A5"
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def _written(number: int, row: TableRow) -> list[str | int]:
    step = row.step
    texts = [
        step.name,
        WHO[step.kind],
        f"{hours_in_words(step.hours)} giờ",
        step.output,
        step.code,
        KINDS[step.kind],
        PLACES[step.place],
        step.unit.code if step.unit else "",
        row.following,
        BRANCHES[step.branching],
    ]
    # A text that begins like a formula stays a text.
    return [number, *(f"'{text}" if text[:1] in {"=", "+", "@"} else text for text in texts)]


def read_sheet(content: bytes) -> ProcessReading:
    """Return the steps of the first table found, and each cell that was not taken; raises `FileUnreadable`."""
    try:
        book = load_workbook(BytesIO(content), data_only=True)
    except (InvalidFileException, BadZipFile, KeyError, ValueError, OSError) as fault:
        raise FileUnreadable from fault
    for page in book.worksheets:
        lines = list(_lines(page))
        if lines:
            return _reading(lines)
    raise FileUnreadable


def _lines(page: Worksheet) -> Iterator[_Line]:
    """Go through the rows under the head of the table; nothing where the sheet has no such head."""
    grid = _grid(page)
    found = next(((n, heads) for n, row in enumerate(grid[:_HEAD_WITHIN]) if (heads := _heads_of(row))), None)
    if found is None:
        return
    number, heads = found
    per_day = "ngay" in unaccented(grid[number][heads["hours"]].text).lower()
    for row in grid[number + 1 :]:
        cells = {name: row[column] for name, column in heads.items()}
        is_head_again = _heads_of(row) is not None
        if any(cell.text for cell in cells.values()) and not is_head_again:
            yield _Line(cells, per_day)


def _grid(page: Worksheet) -> list[list[_Cell]]:
    """Return the cells of the sheet, each with the text of the range it is merged into."""
    first = {
        (row, column): (merged.min_row, merged.min_col)
        for merged in page.merged_cells.ranges
        for row in range(merged.min_row, min(merged.max_row, _MOST_ROWS) + 1)
        for column in range(merged.min_col, min(merged.max_col, _MOST_COLUMNS) + 1)
    }
    columns = range(1, min(page.max_column, _MOST_COLUMNS) + 1)
    return [
        [_cell(page, place, first.get(place, place)) for place in ((row, column) for column in columns)]
        for row in range(1, min(page.max_row, _MOST_ROWS) + 1)
    ]


def _cell(page: Worksheet, place: tuple[int, int], first: tuple[int, int]) -> _Cell:
    address = f"{get_column_letter(place[1])}{place[0]}"
    return _Cell(place=address, text=_text(page.cell(*first).value), is_first=first[0] == place[0])


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        value = int(value) if value.is_integer() else value
    return " ".join(nfc(str(value)).split()).removeprefix("'")


def _heads_of(row: Sequence[_Cell]) -> dict[str, int] | None:
    """Return which column means what, for the row that is the head of a table."""
    heads = dict[str, int]()
    for column, cell in enumerate(row):
        plain = re.sub(r"\s*[(\[].*", "", unaccented(cell.text).lower()).strip(" .:")
        meaning = next((name for name, sign in _SIGNS.items() if name not in heads and re.fullmatch(sign, plain)), None)
        if meaning:
            heads[meaning] = column
    return heads if heads.keys() >= _NEEDED else None


def _reading(lines: Sequence[_Line]) -> ProcessReading:
    rows, problems = list[TableRow](), list[UnreadPlace]()
    units = {unit.code: unit for unit in Unit.objects.filter(code__in={line.text("unit") for line in lines} - {""})}
    for line in lines:
        trouble = _trouble(line)
        if trouble is not None:
            problems += [trouble] if trouble.place else []
            continue
        kind = _kind(line)
        if kind is None:
            problems.append(UnreadPlace(line.place("name"), ReadProblem.KIND_GUESSED))
        if line.text("unit") and line.text("unit") not in units:
            problems.append(UnreadPlace(line.place("unit"), ReadProblem.UNIT_UNKNOWN))
        rows.append(_row(line, kind or StepKind.VERIFY, f"B{len(rows) + 1}", units.get(line.text("unit"))))
    if not rows:
        raise FileUnreadable
    return ProcessReading(tuple(rows), tuple(problems))


def _trouble(line: _Line) -> UnreadPlace | None:
    """Return why a row is no step; without a place for sums and for rows that go on with the step above."""
    name, number = line.text("name"), line.text("number")
    goes_on = not line.cells["name"].is_first or not (name or line.text("hours"))
    if goes_on or re.match(r"(tong|cong)\b", unaccented(name or number).lower()):
        return UnreadPlace("", ReadProblem.NO_NAME)
    if not name:
        return UnreadPlace(line.place("name"), ReadProblem.NO_NAME)
    if not line.text("kind") and is_reception(name):
        return UnreadPlace(line.place("name"), ReadProblem.RECEPTION)
    if not line.cells["hours"].is_first:
        return UnreadPlace(line.place("hours"), ReadProblem.SHARED_TIME)
    return None if line.hours is not None else UnreadPlace(line.place("hours"), ReadProblem.NO_TIME)


def _kind(line: _Line) -> StepKind | None:
    said = {unaccented(label).lower(): kind for kind, label in KINDS.items()}
    return said.get(unaccented(line.text("kind")).lower()) or guess_kind(line.text("name"), line.text("who"))


def _row(line: _Line, kind: StepKind, code: str, unit: Unit | None) -> TableRow:
    said_place = unaccented(line.text("place")).lower()
    is_desk = said_place == "noi tiep nhan" or (not said_place and kind is StepKind.RETURN)
    is_parallel = "song song" in unaccented(line.text("branching")).lower()
    step = StepDefinition(
        code=line.text("code") or code,
        name=line.text("name")[:300],
        kind=kind,
        role=ROLE_OF[kind],
        place=StepPlace.RECEIVING if is_desk else StepPlace.COMPETENT,
        hours=line.hours or Decimal(1),
        branching=Branching.PARALLEL if is_parallel else Branching.CHOICE,
        output=line.text("output")[:300],
        unit=unit,
    )
    return TableRow(step, line.text("following"))
