#!/usr/bin/python3
# count.py - the last line of a test run: N passed, N failed, N skipped, over the single cases
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: count.py MESON_LOGS

Reads what meson wrote about the last run. A program that ended badly without a failed case (it crashed, or took too
long) counts as one failure, and so does a run in which nothing passed.
"""

import collections
import json
import pathlib
import re
import sys
import xml.etree.ElementTree as ElementTree

NOT_XML = re.compile('[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]')


def kind_of(case):
    if case.find('failure') is not None or case.find('error') is not None:
        return 'failed'
    return 'skipped' if case.find('skipped') is not None else 'passed'


def read_cases(path):
    """The cases of each program that reported some: {program: [(case, kind), …]}."""
    found = {}
    # What a test printed stands in there as it came; XML knows no control characters.
    text = NOT_XML.sub('?', path.read_text(encoding='utf-8', errors='replace'))
    for case in ElementTree.fromstring(text.encode()).iter('testcase'):
        _, _, program = case.get('classname').partition('.')
        found.setdefault(program or case.get('name'), []).append((case.get('name'), kind_of(case)))
    return found


def read_programs(path):
    """What meson says of each program as a whole: {program: result}."""
    with open(path, encoding='utf-8') as file:
        return {entry['name']: entry['result'] for entry in map(json.loads, file)}


def results_of(program, result, cases):
    """The cases of a program, and one more where it did worse than they say."""
    kinds = {kind for _, kind in cases}
    if result == 'SKIP' and not cases:
        return [(program, 'skipped')]
    if result not in ('OK', 'SKIP', 'EXPECTEDFAIL') and 'failed' not in kinds:
        return cases + [(f'the program itself: {result.lower()}', 'failed')]
    return cases


def main(logs):
    ran = (logs / 'testlog.junit.xml').exists()
    cases = read_cases(logs / 'testlog.junit.xml') if ran else {}
    programs = read_programs(logs / 'testlog.json') if ran else {}
    count = collections.Counter()

    for program, result in programs.items():
        for name, kind in results_of(program, result, cases.get(program, [])):
            count[kind] += 1
            if kind == 'failed':
                print(f'FAILED {program}: {name}')

    if count['passed'] + count['failed'] == 0:
        count['failed'] = 1
        print('FAILED: nothing was tested')
    print(f'{count["passed"]} passed, {count["failed"]} failed, {count["skipped"]} skipped')
    return 1 if count['failed'] else 0


if __name__ == '__main__':
    sys.exit(main(pathlib.Path(sys.argv[1])))
