"""What is written must be found: every page is linked, every link leads somewhere, every source page is there."""

import re
from pathlib import Path

import pytest

import motcua
from motcua.cli.main import COMMANDS as PROGRAM
from tests.architecture.site import routes

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PACKAGE = Path(motcua.__file__).parent
RULES = PACKAGE / "rules"
LONGEST_PAGE = 200
COMMANDS = ["bin/demo", "bin/test"]
# What commands are given, what queries give back, what the rules decide on: words that other modules use.
SAID_ALOUD = ["rules", "dossiers/commands", "dossiers/queries"]

PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
DECISIONS = sorted((DOCS / "adr").glob("[0-9]*.md"))
REQUIREMENTS = sorted((ROOT / "requirements").glob("*.in"))
# Taken by the browser journeys (tests/journeys/test_pictures.py).
SCREENSHOTS = {
    "docs/images/home-360.png",
    "docs/images/procedure-1280.png",
    "docs/images/worklist-1280.png",
    "docs/images/dossier-1280.png",
    "docs/images/status-360.png",
}

# Modules of rules/ that no text of law stands behind.
WITHOUT_LAW = {
    "derivation_sentences.py",  # the words of derivations.py, which names the page
    "prose.py",  # the marks in which articles are written
    "vietnamese.py",  # how text is stored, found and sorted
}

LINK = re.compile(r"!?\[[^\]]*\]\(([^()\s]+)\)")
FENCED = re.compile(r"^ *```.*?^ *```", re.DOTALL | re.MULTILINE)
CODE = re.compile(r"`[^`\n]*`")
LAW_PAGE = re.compile(r"docs/law/([a-z-]+)\.md")
EVENT = re.compile(r"^class (\w+)\(Event\)", re.MULTILINE)
MODEL = re.compile(r"^class (\w+)\(", re.MULTILINE)
VALUE = re.compile(r"^@dataclass\b.*\nclass ([A-Z]\w+)", re.MULTILINE)
VOCABULARY = re.compile(r"^class (\w+)\(StrEnum\)", re.MULTILINE)
REQUIREMENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
ADDRESS = re.compile(r"`(/(?!api/)(?:[^`\s?]*(?:/|\.(?:csv|jsonl?|jsonld|txt|xml)))?)(?:\?[^`\s]*)?`")
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^)]*\)")
FIRST_CELL = re.compile(r"^\| ([A-Za-z0-9._-]+) \| [^|]+ \| [^|]+ \|$", re.MULTILINE)


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def headings(text: str) -> set[str]:
    lines = re.findall(r"^#+ (.+)$", FENCED.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", line.lower()).replace(" ", "-") for line in lines}


def links_of(page: Path) -> list[str]:
    return LINK.findall(CODE.sub("", FENCED.sub("", page.read_text(encoding="utf-8"))))


def linked_from(page: Path) -> set[Path]:
    targets = (target.partition("#")[0] for target in links_of(page) if "://" not in target)
    return {(page.parent / target).resolve() for target in targets}


def broken_links(page: Path) -> list[str]:
    broken = []
    for link in links_of(page):
        target, _, anchor = link.partition("#")
        if "://" in target:
            continue
        path = (page.parent / target) if target else page
        if not path.exists() or (anchor and anchor not in headings(path.read_text(encoding="utf-8"))):
            broken.append(link)
    return broken


def packages(requirements: Path) -> set[str]:
    lines = (line.strip() for line in requirements.read_text(encoding="utf-8").splitlines())
    return {found.group() for line in lines if (found := REQUIREMENT.match(line))}


def addresses_told() -> set[str]:
    """Return the addresses that the pages of the features name."""
    pages = (page.read_text(encoding="utf-8") for page in (DOCS / "features").glob("*.md"))
    return {address for text in pages for address in ADDRESS.findall(FENCED.sub("", text))}


def addresses_served() -> set[str]:
    """Return the address of every route for people as the pages write it: `/tra-cuu/<code>/`."""
    ours = (path for name, path in routes().items() if not name.startswith("api-1:"))
    return {"/" + PARAMETER.sub(r"<\1\2>", path).replace("^", "").removesuffix("$") for path in ours}


def rule_modules() -> list[Path]:
    return sorted(path for path in RULES.glob("*.py") if path.name != "__init__.py")


def test_there_is_something_to_check() -> None:
    assert len(PAGES) > 20
    assert len(DECISIONS) >= 10
    assert len(REQUIREMENTS) == 3
    assert len(rule_modules()) > 10


def test_a_link_into_the_void_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# One\n[a](nowhere.md) [b](#one) [c](#two) `[d](code.md)`\n```\n[e](fenced.md)\n```\n")

    assert broken_links(page) == ["nowhere.md", "#two"]


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    assert broken_links(page) == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_a_page_can_be_read_in_one_sitting(page: Path) -> None:
    assert len(page.read_text(encoding="utf-8").splitlines()) <= LONGEST_PAGE


def test_every_decision_stands_in_the_index() -> None:
    missing = set(DECISIONS) - linked_from(DOCS / "adr" / "index.md")

    assert sorted(map(name_of, missing)) == []


def test_no_two_decisions_share_a_number() -> None:
    numbers = [path.name[:4] for path in DECISIONS]

    assert len(numbers) == len(set(numbers))


@pytest.mark.parametrize("folder", ["features", "howto", "operations"])
def test_every_page_of_a_folder_is_linked_from_the_start(folder: str) -> None:
    missing = set((DOCS / folder).glob("*.md")) - linked_from(DOCS / "index.md")

    assert sorted(map(name_of, missing)) == []


def test_every_page_of_law_stands_in_its_index() -> None:
    missing = set((DOCS / "law").glob("*.md")) - linked_from(DOCS / "law" / "index.md") - {DOCS / "law" / "index.md"}

    assert sorted(map(name_of, missing)) == []


@pytest.mark.parametrize("module", rule_modules(), ids=lambda path: path.name)
def test_the_source_that_a_rule_names_is_there(module: Path) -> None:
    named = LAW_PAGE.findall(module.read_text(encoding="utf-8"))

    assert [page for page in named if not (DOCS / "law" / f"{page}.md").exists()] == []


def test_every_event_stands_on_the_page_of_the_record() -> None:
    told = (DOCS / "features" / "record-of-events.md").read_text(encoding="utf-8")
    events = [name for path in PACKAGE.glob("*/*events.py") for name in EVENT.findall(path.read_text(encoding="utf-8"))]

    assert len(events) > 20
    assert sorted(name for name in events if not re.search(rf"\b{name}\b", told)) == []


def test_every_address_stands_on_the_page_of_a_feature() -> None:
    served, told = addresses_served(), addresses_told()

    assert len(served) > 80
    assert sorted(served - told) == [], "say on a page of docs/features what is met there"
    assert sorted(told - served) == [], "these are gone"


def test_every_concept_stands_in_the_glossary() -> None:
    told = "".join(page.read_text(encoding="utf-8") for page in DOCS.glob("glossary*.md"))
    models = [*PACKAGE.glob("*/models.py"), *PACKAGE.glob("*/models/*.py")]
    concepts = [name for path in models for name in MODEL.findall(path.read_text(encoding="utf-8"))]
    values = [path.read_text(encoding="utf-8") for folder in SAID_ALOUD for path in (PACKAGE / folder).glob("*.py")]
    concepts += [name for text in values for name in [*VALUE.findall(text), *VOCABULARY.findall(text)]]

    assert len(concepts) > 100
    assert sorted(name for name in concepts if not re.search(rf"\b{name}\b", told)) == []


def test_every_rule_names_its_source() -> None:
    silent = {module.name for module in rule_modules() if not LAW_PAGE.search(module.read_text(encoding="utf-8"))}

    assert silent == WITHOUT_LAW


@pytest.mark.parametrize("requirements", REQUIREMENTS, ids=lambda path: path.name)
def test_every_dependency_says_why_it_is_there_and_its_licence(requirements: Path) -> None:
    told = set(FIRST_CELL.findall((DOCS / "adr" / "index.md").read_text(encoding="utf-8")))

    assert sorted(packages(requirements) - told) == []


def test_no_dependency_is_told_of_that_is_gone() -> None:
    told = set(FIRST_CELL.findall((DOCS / "adr" / "index.md").read_text(encoding="utf-8")))
    wanted = set[str]().union(*map(packages, REQUIREMENTS))

    assert sorted(told - wanted - {"package", "no.", "---"}) == []


@pytest.mark.parametrize("name", ["README.md", "README.vi.md"])
def test_the_first_page_gives_exactly_the_two_commands(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    first_block = FENCED.findall(text)[0].splitlines()[1:-1]

    assert [line.split()[0] for line in first_block] == COMMANDS
    named = set(re.findall(r"\bbin/[a-z]+", text)) - {"bin/motcua"}
    assert sorted(command for command in named if not (ROOT / command).exists()) == []


@pytest.mark.parametrize("name", ["README.md", "README.vi.md"])
def test_every_command_stands_on_the_first_page(name: str) -> None:
    told = " ".join(CODE.findall((ROOT / name).read_text(encoding="utf-8")))

    assert sorted(command for command in PROGRAM if not re.search(rf"(`|motcua ){command}\b", told)) == []


@pytest.mark.parametrize("name", ["README.md", "README.vi.md"])
def test_both_first_pages_show_the_same_pictures(name: str) -> None:
    assert {link for link in links_of(ROOT / name) if link.endswith(".png")} == SCREENSHOTS


RULES_TABLE = DOCS / "law" / "rules-b-and-l.md"
RULE_IDS = frozenset(
    [f"B-{number:02}" for number in (*range(1, 9), 10, 11, 12, *range(20, 43), *range(50, 60))]
    + [f"L-{number:02}" for number in range(1, 13)]
)
"""The ids of sections B and L of the rulebook."""


def test_every_rule_of_sections_b_and_l_stands_in_the_table() -> None:
    rows = [line for line in RULES_TABLE.read_text(encoding="utf-8").splitlines() if re.match(r"\| [BL]-\d", line)]
    listed = [rule for row in rows for rule in re.findall(r"[BL]-\d\d", row.split("|")[1])]

    assert sorted(listed) == sorted(RULE_IDS)


def test_what_the_table_of_rules_names_is_there() -> None:
    named = re.findall(r"`([\w/]+\.py)`", RULES_TABLE.read_text(encoding="utf-8"))

    gone = [path for path in named if not (PACKAGE / path).exists() and not (DOCS.parent / path).exists()]
    assert len(named) > 60
    assert gone == []
