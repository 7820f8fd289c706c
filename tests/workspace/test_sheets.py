"""Lists to take away: what people typed breaks no table and becomes no formula."""

from io import BytesIO

from openpyxl import load_workbook

from motcua.workspace.sheets import XLSX, sheet


def test_a_cell_becomes_no_formula_and_breaks_no_sheet() -> None:
    book = load_workbook(BytesIO(sheet(XLSX, ["=Tên", "Ghi\x0bchú"], [["=1+1", "Hai\x0bdòng"]])))

    rows = [[(cell.value, cell.data_type) for cell in row] for row in book.worksheets[0].iter_rows()]

    assert rows == [[("=Tên", "s"), ("Ghichú", "s")], [("=1+1", "s"), ("Haidòng", "s")]]
