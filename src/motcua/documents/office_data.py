"""What the papers say that officials keep or give each other (B-36, B-37): drawn from what the database holds then."""

from typing import NotRequired, TypedDict

from motcua.documents.form_data import CommonData, HeadData


class HandoverRow(TypedDict):
    """One hand-over of a dossier: moments empty while it has not happened; `result` in words, empty for none."""

    given_at: str
    giving_unit: str
    giver: str
    received_at: str
    receiving_unit: str
    receiver: str
    result: str
    note: str


class ControlSheetData(CommonData):
    """Form 05 of 2018, 06 of 2025: the chain of hand-overs; `others` are the units that were asked, by name.

    `entered_at` is when the dossier was entered that had been taken in on paper, empty for others.
    """

    agency: str
    others: str
    accepted_at: str
    due_at: str
    entered_at: NotRequired[str]
    handovers: list[HandoverRow]


class RegisterLineData(TypedDict):
    """One line of the register, in the order of its columns; days empty while they have not come."""

    number: str
    code: str
    procedure: str
    sets: str
    applicant: str
    contact: str
    agency: str
    accepted_on: str
    due_on: str
    returned_on: str
    manner: str
    received_by: str
    note: str


class RegisterData(HeadData):
    """Form 06 of 2018, 07 of 2025: the register of one desk and year; `closed_at` is empty while it is open."""

    year: str
    volume: str
    lines: list[RegisterLineData]
    line_count: int
    keeper: str
    closed_at: str
    closer: str


class ListedDossier(TypedDict):
    """One dossier of a hand-over list."""

    code: str
    applicant: str
    procedure: str
    due_on: str
    note: str


class HandoverListData(HeadData):
    """What one unit hands to another; `received_at` and `receiver` are empty until somebody has taken it."""

    giving_unit: str
    receiving_unit: str
    purpose: str
    lines: list[ListedDossier]
    line_count: int
    giver: str
    receiver: str
    received_at: str


class KitForm(TypedDict):
    """Which form of which text a blank is, as `HeadData` says of a whole paper; `mark` follows its number."""

    form: str
    notation: str
    title: list[str]
    mark: str


class KitSlot(TypedDict):
    """One number of a kit: the code with the day left blank, what its bars say, the PIN of its receipt."""

    number: str
    code: str
    bars: str
    pin: str


class KitDueRow(TypedDict):
    """What is promised for a dossier taken in on a day; `off` says why the desk is closed, empty when it is open."""

    on: str
    off: str
    due: list[str]


class KitTable(TypedDict):
    """Some of the limits, in words, and for each day the due days in their order."""

    limits: list[str]
    rows: list[KitDueRow]


class KitProcedure(TypedDict):
    """A procedure that the desk takes in for the agency, and its limit in words."""

    code: str
    title: str
    limit: str


class PaperKitData(HeadData):
    """What a desk works with while the system is down (B-25); `kit` names it, `look_up_url` opens the look-up.

    `blanks` are how many sheets each of forms 02 and 03 there are, `grounds` what form 03 may name, `returns` for how
    many results the list of those given out has room.
    """

    kit: str
    agency: str
    desk_phone: str
    look_up_url: str
    reserved_at: str
    reserved_by: str
    slots: list[KitSlot]
    tables: list[KitTable]
    procedures: list[KitProcedure]
    blanks: int
    grounds: list[str]
    returns: int
    receipt: KitForm
    supplement_request: KitForm
    refusal: KitForm
    control_sheet: KitForm
    register: KitForm


OfficeData = ControlSheetData | RegisterData | HandoverListData | PaperKitData
