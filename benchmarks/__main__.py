"""Run benchmarks: python -m benchmarks [NAME ...] [--quick], all of them without a name."""

import subprocess
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import click

from benchmarks.installation import installed, machine

# These share one installation and its rows, in this order; the others bring what they need.
OF_THE_HEART = ("worklist", "transitions", "api", "record", "recount")
ON_THEIR_OWN = tuple(
    path.stem
    for path in sorted(Path(__file__).parent.glob("[a-z]*.py"))
    if '\nif __name__ == "__main__":' in path.read_text(encoding="utf-8")
)


@click.command()
@click.argument("names", nargs=-1, type=click.Choice([*ON_THEIR_OWN, *OF_THE_HEART]))
@click.option("--quick", is_flag=True, help="Only see that they run: few rows, one round, no fsync; no figure counts.")
def main(names: Sequence[str], *, quick: bool) -> None:
    """Measure how fast the heart of motcua is, in an installation of its own that is gone afterwards."""
    chosen = names or (() if quick else ON_THEIR_OWN) + OF_THE_HEART
    for name in chosen:
        if name in ON_THEIR_OWN:
            print(f"== {name}", flush=True)
            subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=True)
    heart = [name for name in OF_THE_HEART if name in chosen]
    if heart:
        with installed(is_durable=not quick):
            _run(heart, quick=quick)


def _run(names: Sequence[str], *, quick: bool) -> None:
    data = import_module("benchmarks.data")  # Django is loaded only now
    print(machine())
    offices = data.make_offices(3 if quick else data.OFFICES)
    for name in names:
        print(f"== {name}", flush=True)
        import_module(f"benchmarks.{name}").main(quick=quick, offices=offices)


if __name__ == "__main__":
    sys.exit(main())
