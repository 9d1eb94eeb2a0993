#!/usr/bin/python3
# check-count.py - the last line of a test run says what happened, whatever happened
# SPDX-License-Identifier: GPL-3.0-or-later

import json
import pathlib
import subprocess
import tempfile
from xml.sax.saxutils import escape, quoteattr

import tap
from tap import SOURCE

BODY = {'passed': '', 'failed': '<failure/>', 'skipped': '<skipped/>'}


def count(programs, printed=''):
    """The last line and the exit status for PROGRAMS: {name: (result, [kind of each case])}."""
    suites = ''.join(
        f'<testsuite>{"".join(case_of(name, kind) for kind in kinds)}<system-out>{escape(printed)}</system-out>'
        f'</testsuite>' for name, (_, kinds) in programs.items())
    with tempfile.TemporaryDirectory() as folder:
        logs = pathlib.Path(folder)
        if programs:
            (logs / 'testlog.junit.xml').write_text(f'<testsuites>{suites}</testsuites>', encoding='utf-8')
            (logs / 'testlog.json').write_text(
                ''.join(json.dumps({'name': name, 'result': result}) + '\n'
                        for name, (result, _) in programs.items()), encoding='utf-8')
        done = subprocess.run([SOURCE / 'tests' / 'tools' / 'count.py', logs], text=True, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, timeout=60, check=False)
    return done.stdout.splitlines()[-1], done.returncode


def case_of(program, kind):
    return f'<testcase name="x" classname={quoteattr(f"strata.{program}")}>{BODY[kind]}</testcase>'


def differs(found, passed, failed, skipped):
    wanted = f'{passed} passed, {failed} failed, {skipped} skipped', 1 if failed else 0
    return [] if found == wanted else [f'found {found}, not {wanted}']


def check_cases_are_counted():
    return differs(count({'core / a': ('OK', ['passed', 'passed', 'skipped']), 'core / b': ('OK', ['passed'])}), 3, 0, 1)


def check_failed_case_fails():
    return differs(count({'core / a': ('FAIL', ['passed', 'failed'])}), 1, 1, 0)


def check_crash_after_good_cases_fails():
    return differs(count({'core / a': ('ERROR', ['passed', 'passed'])}), 2, 1, 0)


def check_time_out_fails():
    return differs(count({'core / a': ('TIMEOUT', [])}), 0, 1, 0)


def check_skipped_program_is_skipped():
    return differs(count({'core / a': ('SKIP', []), 'core / b': ('OK', ['passed'])}), 1, 0, 1)


def check_nothing_passed_fails():
    return differs(count({'core / a': ('SKIP', [])}), 0, 1, 1)


def check_no_run_at_all_fails():
    return differs(count({}), 0, 1, 0)


def check_control_characters_do_no_harm():
    return differs(count({'core / a': ('OK', ['passed'])}, printed='\x1b[1m\x00\x0b'), 1, 0, 0)


if __name__ == '__main__':
    tap.main()
