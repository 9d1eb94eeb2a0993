#!/usr/bin/python3
# check-docs.py - what the documents name is there
# SPDX-License-Identifier: GPL-3.0-or-later

import re
import subprocess

import tap
from tap import BUILD, SOURCE

DOCUMENTS = ('README.md', 'CONTRIBUTING.md', 'docs/architecture.md', 'docs/sandbox.md', 'docs/appliance.md')


def said(pattern):
    """Everything that PATTERN finds in the documents, with the document that says it."""
    return [(name, found) for name in DOCUMENTS for found in re.findall(pattern, tap.text_of(name))]


def help_of(*command):
    return subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, text=True, timeout=60,
                          check=True).stdout


def check_links_lead_somewhere():
    return [f'{name}: there is no {path}' for name, path in said(r'\]\(([^):#]+)\)')
            if not ((SOURCE / name).parent / path).exists()]


def check_files_and_folders_exist():
    paths = said(r'`((?:src|tests|docs|data|ui|po|flatpak)/[a-z0-9/_.-]*)`')
    return [f'{name}: there is no {path}' for name, path in paths if not (SOURCE / path).exists()]


def check_dev_knows_each_command():
    known = set(re.findall(r'^  ([a-z-]+)', help_of(SOURCE / 'dev', 'help'), flags=re.MULTILINE))
    return [f'{name}: ./dev {word}' for name, word in said(r'\./dev ([a-z-]+)') if word not in known]


def check_stratactl_knows_each_command():
    text = help_of(BUILD / 'src' / 'ctl' / 'stratactl', '--help')
    known = set(re.findall(r'^  ([a-z]+ [a-z-]+)', text, flags=re.MULTILINE))
    alone = set(re.findall(r'^  ([a-z]+) [A-Z]', text, flags=re.MULTILINE))
    return [f'{name}: stratactl {words}' for name, words in said(r'stratactl ([a-z]+ [a-z-]+)')
            if words not in known and words.split()[0] not in alone]


def compare_options(program):
    """Each is in the manual, and what the manual and the document name is there."""
    text = help_of(BUILD / 'src' / 'sandbox' / f'strata-{program}', '--help')
    known = set(re.findall(r'--[a-z][a-z-]*', text))
    manual = set(re.findall(r'--[a-z][a-z-]*', tap.text_of(f'data/man/strata-{program}.1').replace('\\-', '-')))
    named = set(re.findall(r'--[a-z][a-z-]*', tap.text_of(f'docs/{program}.md')))
    return [f'strata-{program}.1 does not explain {option}' for option in sorted(known - manual)] + \
        [f'strata-{program} has no {option}' for option in sorted((manual | named) - known)]


def check_sandbox_knows_each_option():
    return compare_options('sandbox')


def check_appliance_knows_each_option():
    return compare_options('appliance')


def check_architecture_names_each_folder():
    text = tap.text_of('docs/architecture.md')
    tiers = {'/'.join(path.split('/')[1:3]) for path in tap.sources('src/core/*/*.c', 'src/services/*/*.c')}
    return [f'docs/architecture.md does not name src/{folder}' for folder in sorted(tiers) if f'src/{folder}' not in text]


def check_architecture_names_each_library():
    spelled = {'gio-2.0': 'GLib', 'gio-unix-2.0': 'GLib', 'json-glib-1.0': 'json-glib', 'yaml-0.1': 'libyaml',
               'libarchive': 'libarchive', 'zlib': 'zlib', 'libpcre2-8': 'PCRE2', 'libsecret-1': 'libsecret', 'libsoup-3.0': 'libsoup 3',
               'gtk4': 'GTK 4', 'libadwaita-1': 'libadwaita', 'gtksourceview-5': 'GtkSourceView', 'libcmark': 'cmark', 'sqlite3': 'SQLite'}
    text = tap.text_of('docs/architecture.md')
    used = {name for path in tap.sources('src/**/meson.build')
            for name in re.findall(r"dependency\('([^']+)'", tap.text_of(path))}
    return [f'docs/architecture.md does not say why {name} is used' for name in sorted(used)
            if spelled.get(name, name) not in text]


if __name__ == '__main__':
    tap.main()
