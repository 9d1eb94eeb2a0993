#!/usr/bin/python3
# check-po.py - every text that a person sees can be translated, and the translations are sound
# SPDX-License-Identifier: GPL-3.0-or-later

import pathlib
import re
import subprocess
import tempfile

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


def untranslated(language, folder):
    """The texts of today's sources that LANGUAGE.po lacks or has only a guess for."""
    template, merged = folder / 'strata.pot', folder / f'{language}.po'
    keywords = ['_', 'N_', 'C_:1c,2', 'NC_:1c,2', 'g_dngettext:2,3', 'ngettext:1,2']
    subprocess.run(['xgettext', '--from-code=UTF-8', '--files-from=po/POTFILES.in', f'--output={template}',
                    *(f'--keyword={keyword}' for keyword in keywords)], cwd=SOURCE, check=True)
    subprocess.run(['msgmerge', '--quiet', '--no-fuzzy-matching', f'--output-file={merged}',
                    SOURCE / 'po' / f'{language}.po', template], check=True)
    lacking = []
    for kind in ('--untranslated', '--only-fuzzy'):
        done = subprocess.run(['msgattrib', kind, '--no-obsolete', '--no-wrap', merged], stdout=subprocess.PIPE,
                              text=True, encoding='utf-8', check=True)
        # The first entry is the head of the file.
        lacking += re.findall(r'^msgid ((?:".*"\n)+)', done.stdout, flags=re.MULTILINE)[1:]
    return lacking


def check_translations_are_complete():
    with tempfile.TemporaryDirectory() as folder:
        return [f'po/{language}.po lacks {text.strip()}' for language in languages()
                for text in untranslated(language, pathlib.Path(folder))]


if __name__ == '__main__':
    tap.main()
