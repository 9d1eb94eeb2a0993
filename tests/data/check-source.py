#!/usr/bin/python3
# check-source.py - sizes and manners of the source files
# SPDX-License-Identifier: GPL-3.0-or-later

import json
import os
import re

import tap
from tap import BUILD, SOURCE

FUNCTION_LINES = 80
SOURCE_LINES = 600
UI_LINES = 300
# In halves, so that this file may be searched as well.
UNFINISHED = re.compile(r'\b(' + '|'.join(('TO' 'DO', 'FIX' 'ME', 'XX' 'X', 'HA' 'CK')) + r')\b')


def functions_of(source):
    """Name and number of lines of each function body: it opens and closes with a brace in the first column."""
    name, start = '', None
    for number, line in enumerate(tap.text_of(source).splitlines(), start=1):
        head = re.match(r'([a-z_0-9]+) \(', line)
        if head:
            name = head.group(1)
        elif line.startswith('{'):
            start = number
        elif line.startswith('}') and start is not None:
            yield name, number - start - 1
            start = None


def longer_than(limit, *patterns):
    lengths = ((source, tap.text_of(source).count('\n')) for source in tap.sources(*patterns))
    return [f'{source} has {lines} lines, {limit} is the most' for source, lines in lengths if lines > limit]


def check_functions_are_short():
    return [f'{source}: {name} has {lines} lines, {FUNCTION_LINES} is the most'
            for source in tap.sources('src/**/*.c', 'tests/**/*.c') for name, lines in functions_of(source)
            if lines > FUNCTION_LINES and not name.endswith('class_init')]


def check_source_files_are_short():
    return longer_than(SOURCE_LINES, 'src/**/*.c', 'tests/**/*.c')


def check_ui_files_are_short():
    return longer_than(UI_LINES, 'ui/*.ui')


def check_nothing_is_left_for_later():
    patterns = ('src/**/*.[ch]', 'src/**/*.build', 'ui/*', 'tests/**/*.[ch]', 'tests/**/*.py', 'tests/**/*.sh',
                'tests/**/*.build')
    return [f'{source}:{number}: {line.strip()}' for source in tap.sources(*patterns)
            for number, line in enumerate(tap.text_of(source).splitlines(), start=1) if UNFINISHED.search(line)]


def check_each_file_says_what_it_is_for():
    problems = []
    for source in tap.sources('src/**/*.[ch]', 'tests/**/*.[ch]'):
        first, second = (tap.text_of(source).splitlines() + ['', ''])[:2]
        name = source.rsplit('/', 1)[-1]
        if not first.startswith(f'/* {name} - '):
            problems.append(f'{source}: the first line does not say what it is for')
        if second.strip() != '* SPDX-License-Identifier: GPL-3.0-or-later':
            problems.append(f'{source}: the second line does not name the license')
    return problems


def check_each_source_of_a_tier_is_built():
    commands = json.loads((BUILD / 'compile_commands.json').read_text(encoding='utf-8'))
    built = {os.path.realpath(os.path.join(entry['directory'], entry['file'])) for entry in commands}
    return [source for source in tap.sources('src/**/*.c') if str((SOURCE / source).resolve()) not in built]


if __name__ == '__main__':
    tap.main()
