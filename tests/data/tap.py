# tap.py - named checks in, the Test Anything Protocol out
# SPDX-License-Identifier: GPL-3.0-or-later

import inspect
import os
import pathlib
import subprocess
import sys

SOURCE = pathlib.Path(os.environ['SOURCE_ROOT'])
BUILD = pathlib.Path(os.environ['BUILD_ROOT'])
APPLICATION_ID = 'io.github.stratadesk.Strata'


class Skip(Exception):
    """Raised by a check that cannot be made here; the text says why."""


def run(*command, **options):
    """What is wrong according to COMMAND: its lines, or none when it is content."""
    done = subprocess.run([str(word) for word in command], text=True, errors='replace',
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60, check=False, **options)
    return (done.stdout.splitlines() or [f'exit status {done.returncode}']) if done.returncode else []


def sources(*patterns):
    """Files of the project by glob patterns, as paths relative to its top, sorted."""
    found = {path for pattern in patterns for path in SOURCE.glob(pattern) if path.is_file()}
    return sorted(str(path.relative_to(SOURCE)) for path in found)


def text_of(name):
    return (SOURCE / name).read_text(encoding='utf-8')


def checks_of(module):
    """The functions named check_…, in the order they are written; each returns the lines it objects to."""
    found = [(inspect.getsourcelines(value)[1], value) for name, value in vars(module).items()
             if name.startswith('check_')]
    return [value for _, value in sorted(found, key=lambda pair: pair[0])]


def main():
    module = sys.modules['__main__']
    checks = checks_of(module)
    failed = False

    print(f'1..{len(checks)}')
    for number, check in enumerate(checks, start=1):
        name = check.__name__.removeprefix('check_').replace('_', ' ')
        try:
            problems = check()
        except Skip as reason:
            print(f'ok {number} {name} # SKIP {reason}')
            continue
        print(f'{"not ok" if problems else "ok"} {number} {name}')
        for problem in problems:
            print(f'# {problem}')
            failed = True
    sys.exit(1 if failed else 0)
