#!/usr/bin/python3
# format.py - put the bodies of C functions into the form of .clang-format
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: format.py FILE…

Parameters, prototypes and fields stand in columns that clang-format would tear down, so they are left as they are
written; and a declaration macro keeps its parenthesis without a space, which clang-format cannot be told.
"""

import pathlib
import re
import subprocess
import sys

DECLARATION_MACRO = re.compile(r'\b(g_auto|g_autoptr|g_autolist|g_autoslist) \(')


def bodies(text):
    """First and last line of each function body; braces in the first column open and close it."""
    head, start = False, None
    for number, line in enumerate(text.splitlines(), start=1):
        if re.match(r'[a-z_0-9]+ \(', line):
            head = True
        elif line.startswith('{'):
            start = number if head else None
        elif line.startswith('}'):
            if start is not None:
                yield start, number
            head, start = False, None


def formatted(path):
    text = path.read_text(encoding='utf-8')
    lines = [f'--lines={first}:{last}' for first, last in bodies(text)]
    if not lines:
        return text
    done = subprocess.run(['clang-format', '--style=file', f'--assume-filename={path}', *lines],
                          input=text, stdout=subprocess.PIPE, text=True, encoding='utf-8', check=True)
    return DECLARATION_MACRO.sub(r'\1(', done.stdout)


def main(names):
    for path in map(pathlib.Path, names):
        text = formatted(path)
        if text != path.read_text(encoding='utf-8'):
            path.write_text(text, encoding='utf-8')
            print(path)


if __name__ == '__main__':
    main(sys.argv[1:])
