"""A procedure as somebody defines it, before it is stored: what a load reads and what a publication says."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from motcua.kernel.events import plain
from motcua.organisations.models import Unit
from motcua.rules.declarations import FieldDefinition, as_stored
from motcua.rules.permissions import Role
from motcua.rules.time_limits import TimeLimit
from motcua.rules.workflow import Branching, StepKind, StepPlace


@dataclass(frozen=True, slots=True)
class TermsDefinition:
    """A time limit and a fee: as understood, as written, and whether somebody should look.

    `limit` None: not known. `fee_vnd` None: not known, 0: free; a fee in another currency stands in the text alone.
    `fee_basis` is the number of the text that sets it.
    """

    limit: TimeLimit | None = None
    limit_text: str = ""
    limit_needs_review: bool = False
    fee_vnd: int | None = None
    fee_currency: str = "VND"
    fee_text: str = ""
    fee_needs_review: bool = False
    fee_basis: str = ""


@dataclass(frozen=True, slots=True)
class PaperDefinition:
    """One line of the closed list of papers (B-08)."""

    name: str
    case: str = ""
    originals: int = 0
    copies: int = 0
    form_no: str = ""
    form_files: tuple[str, ...] = ()
    is_required: bool = True
    is_note: bool = False


@dataclass(frozen=True, slots=True)
class ChannelDefinition:
    """One way to file; `method` is a `Channel.Method`."""

    method: str
    terms: TermsDefinition = TermsDefinition()
    note: str = ""


@dataclass(frozen=True, slots=True)
class ResultDefinition:
    """A paper the applicant gets in the end."""

    name: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """What a procedure asks and promises in one period; the fields are those of `ProcedureVersion` and its parts."""

    title: str
    level: str
    terms: TermsDefinition
    papers: tuple[PaperDefinition, ...] = ()
    channels: tuple[ChannelDefinition, ...] = ()
    results: tuple[ResultDefinition, ...] = ()
    declaration: tuple[FieldDefinition, ...] = ()
    short_title: str = ""
    summary: str = ""
    keywords: tuple[str, ...] = ()
    life_events: tuple[str, ...] = ()
    decision_no: str = ""
    levels: tuple[str, ...] = ()
    online_level: str = "UNKNOWN"
    handled_by: tuple[str, ...] = ()
    is_one_stop: bool = True
    names_abolished_body: bool = False
    deciding_agency: str = ""
    is_deciding_agency_inferred: bool = False
    implementing_agencies: tuple[str, ...] = ()
    coordinating_agencies: str = ""
    delegated_agency: str = ""
    receiving_address: str = ""
    subjects: tuple[str, ...] = ()
    set_count: int = 1
    conditions: str = ""
    steps: tuple[str, ...] = ()
    are_steps_shortened: bool = False
    legal_basis: tuple[str, ...] = ()
    is_full: bool = True


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a definition was taken from; `dated` is `YYYY-MM` or `YYYY-MM-DD`, empty when unknown."""

    name: str = ""
    url: str = ""
    dated: str = ""

    @property
    def first_day(self) -> date | None:
        """The first day of that month, or that day; None when unknown."""
        try:
            return date.fromisoformat(self.dated if len(self.dated) > len("YYYY-MM") else f"{self.dated}-01")
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class ProcedureDefinition:
    """A procedure with its content."""

    code: str
    sector: str
    content: Content
    scope: str = "NATIONAL"
    issuing_authority: str = ""
    kind: str = ""
    source: Provenance = Provenance()

    @property
    def digest(self) -> str:
        """The SHA-256 of everything but where it was taken from: equal digests say the same."""
        said = asdict(self)
        del said["source"]
        for terms in (said["content"]["terms"], *(channel["terms"] for channel in said["content"]["channels"])):
            if not terms["fee_basis"]:  # what says none hashes as it did before there was any
                del terms["fee_basis"]
        said["content"]["declaration"] = [as_stored(field) for field in self.content.declaration]
        text = json.dumps(plain(said), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class StepDefinition:
    """One step of an internal process; `hours` is working time, `unit` another agency that does it (None: as `place`).

    `next_labels` say when each of `next_codes` follows, in the same order, where the officer chooses.
    """

    code: str
    name: str
    kind: StepKind
    role: Role
    place: StepPlace
    hours: Decimal
    next_codes: tuple[str, ...] = ()
    next_labels: tuple[str, ...] = ()
    branching: Branching = Branching.CHOICE
    output: str = ""
    unit: Unit | None = None


@dataclass(frozen=True, slots=True)
class WorkflowDefinition:
    """An internal process to approve; the first step is where it starts."""

    steps: tuple[StepDefinition, ...]
    decision_no: str = ""


@dataclass(frozen=True, slots=True)
class Desk:
    """Who receives a procedure and who decides."""

    receiving: Unit
    competent: Unit


@dataclass(frozen=True, slots=True)
class Publication:
    """A procedure to publish from a day on, how it is handled, and where it is offered.

    `desks` is the whole list: desks that are open and not in it close on `valid_from`.
    """

    definition: ProcedureDefinition
    valid_from: date
    workflow: WorkflowDefinition | None = None
    desks: Sequence[Desk] = ()
