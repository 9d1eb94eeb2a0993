#!/usr/bin/python3
# check-po.py - every text that a person sees can be translated, and the translations are sound
# SPDX-License-Identifier: GPL-3.0-or-later

import re

import tap
from tap import SOURCE, run

MARKED = re.compile(r'\b(?:C_|N_|NC_|Q_|_|g_dngettext|g_dpgettext2|ngettext) ?\(\s*"|\btranslatable="(?:yes|true)"')
# Data files carry text by their nature.
DATA = ('data/*.desktop.in', 'data/*.gschema.xml', 'data/*.metainfo.xml.in', 'data/*.mime.xml.in')


def listed():
    lines = (line.strip() for line in tap.text_of('po/POTFILES.in').splitlines())
    return [line for line in lines if line and not line.startswith('#')]


def with_text():
    marked = (name for name in tap.sources('src/**/*.[ch]', 'ui/*.ui') if MARKED.search(tap.text_of(name)))
    return sorted({*marked, *tap.sources(*DATA)})


def languages():
    return [line for line in tap.text_of('po/LINGUAS').split() if line]


def check_every_file_with_text_is_listed():
    known = set(listed())
    return [f'po/POTFILES.in lacks {name}' for name in with_text() if name not in known]


def check_listed_files_all_have_text():
    wanted = set(with_text())
    return [f'po/POTFILES.in lists {name}, which has nothing to translate' for name in listed() if name not in wanted]


def check_list_is_sorted():
    names = listed()
    return [] if names == sorted(set(names)) else ['po/POTFILES.in is not sorted, or names a file twice']


def check_translations_are_sound():
    return [line for language in languages()
            for line in run('msgfmt', '--check', '--output-file=/dev/null', SOURCE / 'po' / f'{language}.po')]


def check_translations_are_all_in_use():
    files = {name.removeprefix('po/').removesuffix('.po') for name in tap.sources('po/*.po')}
    return sorted(files.symmetric_difference(languages()))


if __name__ == '__main__':
    tap.main()
