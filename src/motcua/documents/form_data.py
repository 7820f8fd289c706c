"""What a prescribed form says, fixed when it is issued (B-30 to B-35): the shape of `IssuedDocument.data`."""

from typing import NotRequired, TypedDict

from motcua.rules.deadlines import DerivationLineJson


class PersonData(TypedDict):
    """The applicant as the form names them."""

    full_name: str
    citizen_id: str
    phone: str
    email: str
    address: str
    on_behalf_of: str


class PaperData(TypedDict):
    """A paper handed in (form 01) or asked for (form 02), with how many of each kind."""

    name: str
    originals: int
    copies: int
    electronic: int
    note: str


class HeadData(TypedDict):
    """What every paper says at its head; moments are written as ISO 8601 with the offset of Hà Nội.

    `generation`, `title` and `size` are those of `rules.prescribed_forms`. `notation` names the text that prescribes
    the form; it and `form` are empty where none does. `superior` is empty for a desk under nobody, `place` for one
    outside any territory.
    """

    generation: str
    form: str
    notation: str
    title: list[str]
    size: str
    number: str
    superior: str
    desk: str
    place: str
    at: str


class CommonData(HeadData):
    """What every form about a dossier says; `code` is the code people use, `look_up_url` carries it and no more."""

    desk_phone: str
    code: str
    look_up_url: str
    applicant: PersonData
    procedure: str
    procedure_code: str
    officer: str
    officer_phone: str


class ReceiptData(CommonData):
    """Form 01: the papers handed in and the promise; the year's register and the line in it that it has there.

    `entered_at` is when a receipt written by hand was entered, empty for one that the system made.
    """

    pin: str
    look_up_address: str
    papers: list[PaperData]
    set_count: int
    limit: str
    fee: str
    due_at: str
    due_is_provisional: bool
    returned: str
    return_place: str
    derivation: list[DerivationLineJson]
    register_volume: str
    register_line: str
    entered_at: NotRequired[str]


class SupplementRequestData(CommonData):
    """Form 02: the papers asked for and why; `basis` lets the desk ask again, empty the first time.

    `entered_at` and `paper_number` are of one written by hand: when it was entered, and the number it bears.
    """

    papers: list[PaperData]
    reason: str
    basis: str
    entered_at: NotRequired[str]
    paper_number: NotRequired[str]


class RefusalData(CommonData):
    """Form 03: the ground, the provision it rests on, and the case in plain words.

    `entered_at` and `paper_number` are of one written by hand, as in form 02.
    """

    ground: str
    citation: str
    reason: str
    entered_at: NotRequired[str]
    paper_number: NotRequired[str]


class ApologyData(CommonData):
    """Form 04: the promise that will not be kept, why, and the new one.

    `issuer` is who writes the letter and stands at its head, `agency` who settles the dossier. `extension_count` counts
    this one.
    """

    issuer: str
    agency: str
    sector: str
    accepted_at: str
    old_due_at: str
    new_due_at: str
    reason: str
    extension_count: int


class StopNoticeData(CommonData):
    """Form 05: that the dossier is settled no further; `stage` is how far it had come, `issuer` who writes."""

    issuer: str
    agency: str
    stage: str
    basis: str
    reason: str
    returned_papers: str
    fee_outcome: str


FormData = ReceiptData | SupplementRequestData | RefusalData | ApologyData | StopNoticeData
