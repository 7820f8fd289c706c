"""Read an internal process from a file of either kind."""

from motcua.catalogue.process_bpmn import read_bpmn
from motcua.catalogue.process_files import ProcessReading
from motcua.catalogue.process_sheets import read_sheet

_ZIP = b"PK"


def read_process(content: bytes) -> ProcessReading:
    """Return the steps that a table (XLSX) or a drawing (BPMN) holds; raises `FileUnreadable`."""
    return read_sheet(content) if content.startswith(_ZIP) else read_bpmn(content)
