"""Internal processes as BPMN 2.0: tasks, exclusive and parallel gateways, lanes; what is only ours as an extension.

The standard: OMG BPMN 2.0.2 (formal/2013-12-09). Diagrams (BPMN DI) are neither written nor read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Final
from xml.etree import ElementTree as ET

from motcua.catalogue.definitions import StepDefinition
from motcua.catalogue.facts import step_spec
from motcua.catalogue.process_files import FileUnreadable, ProcessReading, ReadProblem, UnreadPlace, guess_kind
from motcua.catalogue.process_sheets import PLACES, WHO
from motcua.catalogue.process_table import rows_of_steps
from motcua.organisations.models import Unit
from motcua.rules.workflow import ROLE_OF, Branching, StepKind, StepPlace
from motcua.rules.workflow_ways import Split, splits

BPMN: Final = "http://www.omg.org/spec/BPMN/20100524/MODEL"
OURS: Final = "urn:motcua:process:1"
_TASKS: Final = frozenset({"task", "userTask", "manualTask", "serviceTask", "sendTask", "receiveTask", "scriptTask"})
_GATES: Final = frozenset({"exclusiveGateway", "parallelGateway"})
_KNOWN: Final = _TASKS | _GATES | {"startEvent", "endEvent", "sequenceFlow", "laneSet"}
_SILENT: Final = frozenset({"documentation", "extensionElements", "textAnnotation", "association", "ioSpecification"})


def _b(name: str) -> str:
    return f"{{{BPMN}}}{name}"


def _o(name: str) -> str:
    return f"{{{OURS}}}{name}"


@dataclass(slots=True)
class _Drawing:
    """The process being drawn: nodes and flows in order; `ids` of its tasks by code, `legs` of its steps."""

    process: ET.Element
    ids: Mapping[str, str]
    legs: Sequence[Split]
    flows: list[ET.Element] = field(default_factory=list)
    known: set[str] = field(default_factory=set)

    def gate(self, ident: str, name: str, *, opens: str) -> str:
        """Draw a gateway once; `opens` says whether it diverges or converges."""
        if ident not in self.known:
            self.known.add(ident)
            ET.SubElement(self.process, _b(name), {"id": ident, "gatewayDirection": opens})
        return ident

    def flow(self, source: str, target: str, label: str = "") -> None:
        """Draw a flow; two between the same nodes are one."""
        ident = f"flow_{len(self.flows) + 1}"
        if any((one.get("sourceRef"), one.get("targetRef")) == (source, target) for one in self.flows):
            return
        told = {"id": ident, "sourceRef": source, "targetRef": target} | ({"name": label} if label else {})
        flow = ET.Element(_b("sequenceFlow"), told)
        if label:
            ET.SubElement(flow, _b("conditionExpression")).text = f"chosen == '{target}'"
        self.flows.append(flow)


def write_bpmn(title: str, steps: Sequence[StepDefinition]) -> bytes:
    """Return a sound process as BPMN that `read_bpmn` reads back."""
    ET.register_namespace("bpmn", BPMN)
    ET.register_namespace("motcua", OURS)
    root = ET.Element(_b("definitions"), {"id": "definitions", "targetNamespace": OURS})
    process = ET.SubElement(root, _b("process"), {"id": "process", "name": title, "isExecutable": "true"})
    ids = {step.code: f"step_{number}" for number, step in enumerate(steps, start=1)}
    _draw_lanes(process, steps, ids)
    ET.SubElement(process, _b("startEvent"), {"id": "start"})
    for step in steps:
        _draw_task(process, step, ids[step.code])
    drawing = _Drawing(process, ids, splits([step_spec(step) for step in steps]))
    drawing.flow("start", ids[steps[0].code])
    for step in steps:
        _draw_ways(drawing, step)
    process.extend(drawing.flows)
    ET.indent(root)
    return b"<?xml version='1.0' encoding='utf-8'?>\n" + ET.tostring(root, encoding="unicode").encode()


def _draw_lanes(process: ET.Element, steps: Sequence[StepDefinition], ids: Mapping[str, str]) -> None:
    lanes = ET.SubElement(process, _b("laneSet"), {"id": "lanes"})
    names = {step.code: step.unit.name if step.unit else f"{WHO[step.kind]}, {PLACES[step.place]}" for step in steps}
    for number, name in enumerate(dict.fromkeys(names.values()), start=1):
        lane = ET.SubElement(lanes, _b("lane"), {"id": f"lane_{number}", "name": name})
        for step in steps:
            if names[step.code] == name:
                ET.SubElement(lane, _b("flowNodeRef")).text = ids[step.code]


def _draw_task(process: ET.Element, step: StepDefinition, ident: str) -> None:
    task = ET.SubElement(process, _b("userTask"), {"id": ident, "name": step.name})
    told = {
        "code": step.code,
        "kind": step.kind.value,
        "place": step.place.value,
        "hours": f"{step.hours.normalize():f}",
        "output": step.output,
        "branching": step.branching.value,
    }
    if step.unit:
        told["unit"] = step.unit.code
    ET.SubElement(ET.SubElement(task, _b("extensionElements")), _o("step"), told)
    if not step.next_codes:
        ET.SubElement(process, _b("endEvent"), {"id": f"end_{ident}"})


def _draw_ways(drawing: _Drawing, step: StepDefinition) -> None:
    source = drawing.ids[step.code]
    if not step.next_codes:
        drawing.flow(source, f"end_{source}")
        return
    if len(step.next_codes) > 1:
        is_split = step.branching is Branching.PARALLEL
        name = "parallelGateway" if is_split else "exclusiveGateway"
        gate = drawing.gate(f"after_{source}", name, opens="Diverging")
        drawing.flow(source, gate)
        source = gate
    labels = step.next_labels or ("",) * len(step.next_codes)
    for code, label in zip(step.next_codes, labels, strict=True):
        _draw_arrival(drawing, source, (step.code, code), label)


def _draw_arrival(drawing: _Drawing, source: str, way: tuple[str, str], label: str) -> None:
    """Draw the way from a step to another through every join on it, the innermost first."""
    (code, target), ids = way, drawing.ids
    joins = [split for split in drawing.legs if split.join == target and any(code in leg for leg in split.legs)]
    for split in sorted(joins, key=lambda one: sum(map(len, one.legs))):
        number = next(n for n, leg in enumerate(split.legs) if code in leg)
        merge = drawing.gate(f"leg_{ids[split.code]}_{number}", "exclusiveGateway", opens="Converging")
        drawing.flow(source, merge, label)
        join = drawing.gate(f"join_{ids[split.code]}", "parallelGateway", opens="Converging")
        drawing.flow(merge, join)
        source, label = join, ""
    drawing.flow(source, ids[target], label)


def read_bpmn(content: bytes) -> ProcessReading:
    """Return the steps of the first process of a drawing, and what was not taken; raises `FileUnreadable`."""
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise FileUnreadable
    try:
        root = ET.fromstring(content)  # noqa: S314  # without a document type nothing can be expanded
    except ET.ParseError as fault:
        raise FileUnreadable from fault
    process = root.find(_b("process"))
    if process is None:
        raise FileUnreadable
    return _Reader(process).reading()


class _Reader:
    """A process being read."""

    def __init__(self, process: ET.Element) -> None:
        self.process = process
        self.nodes = {node.get("id", ""): node for node in process}
        self.flows = [node for node in process if node.tag == _b("sequenceFlow")]
        self.problems: list[UnreadPlace] = []

    def reading(self) -> ProcessReading:
        """Return what the process holds."""
        for node in self.process:
            name = node.tag.removeprefix(f"{{{BPMN}}}")
            if name not in _KNOWN | _SILENT:
                self.problems.append(UnreadPlace(node.get("name") or node.get("id") or name, ReadProblem.NOT_OURS))
        tasks = [node for node in self.process if node.tag.removeprefix(f"{{{BPMN}}}") in _TASKS]
        units = self._units(tasks)
        codes = {task.get("id", ""): self._told(task).get("code") or f"B{n}" for n, task in enumerate(tasks, start=1)}
        steps = [self._step(task, codes, units) for task in tasks]
        found = [step for step in steps if step is not None]
        if not found:
            raise FileUnreadable
        return ProcessReading(tuple(rows_of_steps(found)), tuple(self.problems))

    def _units(self, tasks: Sequence[ET.Element]) -> dict[str, Unit]:
        codes = {self._told(task).get("unit", "") for task in tasks} - {""}
        return {unit.code: unit for unit in Unit.objects.filter(code__in=codes)} if codes else {}

    def _told(self, task: ET.Element) -> Mapping[str, str]:
        ours = task.find(f"{_b('extensionElements')}/{_o('step')}")
        return ours.attrib if ours is not None else {}

    def _step(self, task: ET.Element, codes: Mapping[str, str], units: Mapping[str, Unit]) -> StepDefinition | None:
        told = self._told(task)
        name = str(task.get("name") or task.get("id", ""))
        hours = _hours(told.get("hours", ""))
        if hours is None:
            self.problems.append(UnreadPlace(name, ReadProblem.NO_TIME))
            return None
        kind = StepKind(told["kind"]) if told.get("kind") in set(StepKind) else guess_kind(name, "")
        if kind is None:
            self.problems.append(UnreadPlace(name, ReadProblem.KIND_GUESSED))
            kind = StepKind.VERIFY
        if told.get("unit") and told["unit"] not in units:
            self.problems.append(UnreadPlace(name, ReadProblem.UNIT_UNKNOWN))
        ways, branching = self._ways(task.get("id", ""))
        is_desk = told.get("place", "") == StepPlace.RECEIVING or (not told and kind is StepKind.RETURN)
        return StepDefinition(
            code=codes[task.get("id", "")],
            name=name[:300],
            kind=kind,
            role=ROLE_OF[kind],
            place=StepPlace.RECEIVING if is_desk else StepPlace.COMPETENT,
            hours=hours,
            next_codes=tuple(codes[way.target] for way in ways),
            next_labels=tuple(way.label for way in ways) if any(way.label for way in ways) else (),
            branching=branching or Branching(told.get("branching", Branching.CHOICE)),
            output=told.get("output", "")[:300],
            unit=units.get(told.get("unit", "")),
        )

    def _ways(self, ident: str) -> tuple[list["_Way"], Branching | None]:
        """Return the tasks that follow a node, through gateways, and what several of them mean."""
        found, branching = list[_Way](), None
        waiting = [_Way(flow.get("targetRef", ""), flow.get("name", "")) for flow in self._out(ident)]
        seen = set[str]()
        while waiting:
            way = waiting.pop(0)
            node = self.nodes.get(way.target)
            kind = node.tag.removeprefix(f"{{{BPMN}}}") if node is not None else ""
            if kind in _TASKS:
                found.append(way)
            elif kind in _GATES and way.target not in seen:
                seen.add(way.target)
                out = self._out(way.target)
                if len(out) > 1:
                    branching = Branching.PARALLEL if kind == "parallelGateway" else Branching.CHOICE
                more = [_Way(flow.get("targetRef", ""), flow.get("name") or way.label) for flow in out]
                waiting = [*more, *waiting]
        return found, branching

    def _out(self, ident: str) -> list[ET.Element]:
        return [flow for flow in self.flows if flow.get("sourceRef") == ident]


@dataclass(frozen=True, slots=True)
class _Way:
    """A node that follows, and the words on the way to it."""

    target: str
    label: str


def _hours(text: str) -> Decimal | None:
    try:
        hours = Decimal(text)
    except InvalidOperation:
        return None
    return hours if hours > 0 else None
