"""Which lines and branches of motcua a run of the tests passes: `PYTEST_PLUGINS=tests.covering python -m pytest`.

SlipCover takes a probe out once it has been hit. A trace function, the other way to measure on Python 3.11, slows each
line of Django as well and doubles the time of a run.
"""

import json
import sys
from pathlib import Path
from typing import Any

import pytest
import slipcover
from slipcover.importer import FileMatcher, SlipcoverMetaPathFinder

PACKAGE = Path(__file__).parent.parent / "src" / "motcua"
OMITTED = ["*/migrations/*"]
NOT_RUN = ["if TYPE_CHECKING:", "@overload", r"\.\.\.$"]
LEAST = 95.0
"""Per cent of the lines and branches of the whole package."""
RULES = "src/motcua/rules/"
"""What the law decides: every line and every branch."""


class _Finder(SlipcoverMetaPathFinder):  # type: ignore[misc]  # it has no types
    """Puts probes into our package and leaves every other import as it is."""

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> Any:
        return super().find_spec(fullname, path, target) if f"{fullname}.".startswith("motcua.") else None


class Covering:
    """What this process passes, and in the first process of several what the others sent."""

    def __init__(self) -> None:
        source = [str(PACKAGE)]
        self._probes = slipcover.Slipcover(branch=True, source=source, omit=OMITTED, exclude_also=NOT_RUN)
        sys.meta_path.insert(0, _Finder(self._probes, FileMatcher(source, OMITTED)))
        self._sent: list[dict[str, Any]] = []
        self._passed: dict[str, Any] = {}
        self._lacking: list[str] = []

    def pytest_testnodedown(self, node: Any) -> None:
        """Take over what a worker of pytest-xdist passed; one that died sends nothing."""
        sent = getattr(node, "workeroutput", {}).get("coverage")
        if sent:
            self._sent.append(json.loads(sent))

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Send it to the first process, or fail the run that passes too little."""
        passed = self._probes.get_coverage()
        if hasattr(session.config, "workeroutput"):
            session.config.workeroutput["coverage"] = json.dumps(passed)
            return
        for sent in self._sent:
            slipcover.merge_coverage(passed, sent)
        self._passed, self._lacking = passed, lacking(passed)
        if session.exitstatus == pytest.ExitCode.OK and self._lacking:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print a line for each file that is not passed whole, and what is asked for."""
        slipcover.print_coverage(self._passed, outfile=terminalreporter, skip_covered=True)
        for sentence in self._lacking:
            terminalreporter.write_line(sentence, red=True)


def lacking(passed: dict[str, Any]) -> list[str]:
    """Return a sentence for each thing that is asked of a whole run and not reached by `passed`, SlipCover's result."""
    share = passed["summary"]["percent_covered"]
    of_rules = {name: of_file for name, of_file in passed["files"].items() if name.startswith(RULES)}
    rules = [
        f"{name}: every line and branch of a rule must be passed"
        for name, of_file in of_rules.items()
        if of_file["missing_lines"] or of_file["missing_branches"]
    ]
    if not of_rules:
        rules = [f"nothing of {RULES} was measured"]
    whole = [f"{share:.1f} % of the lines and branches are passed, {LEAST:.0f} % must be"] if share < LEAST else []
    return rules + whole


def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Begin before the first conftest imports our package."""
    early_config.pluginmanager.register(Covering(), "covering")
