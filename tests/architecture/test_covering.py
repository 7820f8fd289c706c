"""What a run of the tests must pass: nearly everything, and of the rules all."""

from typing import Any

import pytest

from tests.covering import LEAST, lacking

WHOLE: dict[str, Any] = {"missing_lines": [], "missing_branches": []}


def _passed(share: float, **rule: object) -> dict[str, Any]:
    return {"summary": {"percent_covered": share}, "files": {"src/motcua/rules/offers.py": {**WHOLE, **rule}}}


def test_a_run_that_passes_enough_lacks_nothing() -> None:
    assert lacking(_passed(LEAST)) == []


def test_too_small_a_share_is_told() -> None:
    assert lacking(_passed(LEAST - 0.1)) == ["94.9 % of the lines and branches are passed, 95 % must be"]


@pytest.mark.parametrize("missing", [{"missing_lines": [7]}, {"missing_branches": [[7, 9]]}])
def test_a_rule_must_be_passed_whole(missing: dict[str, object]) -> None:
    assert lacking(_passed(100, **missing)) == [
        "src/motcua/rules/offers.py: every line and branch of a rule must be passed"
    ]


def test_a_gap_elsewhere_is_allowed() -> None:
    passed = _passed(99)
    passed["files"]["src/motcua/portal/urls.py"] = {**WHOLE, "missing_lines": [7]}

    assert lacking(passed) == []


def test_a_run_that_measures_no_rules_lacks_them() -> None:
    assert lacking({**_passed(99), "files": {}}) == ["nothing of src/motcua/rules/ was measured"]
