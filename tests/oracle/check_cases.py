#!/usr/bin/env python3
"""Compares the oracle with `expected.nq` of every case. Exit 1 and a diff where they part.

    check_cases.py [CASES]      default: ../cases

A case may hold `options`, one command-line option per line; its paths start at the case.
"""

import contextlib
import difflib
import sys
from pathlib import Path

from pfocr_oracle import main


def found(case):
    options = case / "options"
    argv = options.read_text("utf-8").splitlines() if options.exists() else []
    with contextlib.chdir(case):
        return main([*argv, "."])


def differences(case):
    expected = (case / "expected.nq").read_text("utf-8").removesuffix("\n").split("\n")
    name = str(case / "expected.nq")
    return list(difflib.unified_diff(expected, found(case), name, "oracle", lineterm="", n=0))


def check(folder):
    cases = sorted(path for path in folder.iterdir() if path.is_dir())
    failed = [diff for case in cases if (diff := differences(case))]
    for line in (line for diff in failed for line in diff):
        print(line)
    print(f"{len(cases)} cases, {len(failed)} differ", file=sys.stderr)
    return 1 if failed or not cases else 0


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    default = Path(__file__).parent.parent / "cases"
    sys.exit(check(Path(sys.argv[1]) if len(sys.argv) > 1 else default))
