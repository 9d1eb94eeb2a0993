#!/usr/bin/python3
# check-tiers.py - a source that reaches up to a higher tier does not compile
# SPDX-License-Identifier: GPL-3.0-or-later

import json
import os
import shlex
import subprocess
import tempfile

import tap
from tap import BUILD

ENVIRONMENT = {**os.environ, 'CCACHE_DISABLE': '1'}


def compiler_of(tier):
    """The command that compiles the sources of TIER, without its input and its outputs."""
    commands = json.loads((BUILD / 'compile_commands.json').read_text(encoding='utf-8'))
    for entry in commands:
        if f'/src/{tier}/' in os.path.abspath(os.path.join(entry['directory'], entry['file'])):
            words = iter(shlex.split(entry['command']))
            return [word for word in words
                    if not (word in ('-o', '-MF', '-MQ') and next(words)) and word not in ('-c', '-MD', entry['file'])]
    raise tap.Skip(f'nothing of {tier} is built')


def complaint_about(tier, header):
    """What the compiler of TIER says about a source that includes HEADER; None when it takes it."""
    with tempfile.TemporaryDirectory() as folder:
        source = os.path.join(folder, 'probe.c')
        with open(source, 'w', encoding='utf-8') as file:
            file.write(f'#include {header}\n')
        done = subprocess.run([*compiler_of(tier), '-fsyntax-only', source], cwd=BUILD, env=ENVIRONMENT, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60, check=False)
    return done.stdout if done.returncode else None


def accepts(tier, *headers):
    answers = [(header, complaint_about(tier, header)) for header in headers]
    return [f'{tier} cannot include {header}: {text}' for header, text in answers if text is not None]


def refuses(tier, *headers):
    problems = []
    for header in headers:
        text = complaint_about(tier, header)
        if text is None:
            problems.append(f'{tier} can include {header}')
        elif 'No such file' not in text:
            problems.append(f'{tier}: {header} is refused for another reason: {text}')
    return problems


def check_core_sees_itself():
    return accepts('core', '<gio/gio.h>', '"strata-profile.h"')


def check_core_cannot_see_services():
    return refuses('core', '"strata-store.h"', '"strata-registry.h"', '<libsecret/secret.h>', '<libsoup/soup.h>')


def check_core_cannot_see_the_application():
    return refuses('core', '<gtk/gtk.h>', '<adwaita.h>', '"strata-application.h"')


def check_services_see_core():
    return accepts('services', '"strata-profile.h"', '"strata-store.h"')


def check_services_cannot_see_the_application():
    return refuses('services', '<gtk/gtk.h>', '<adwaita.h>', '<gtksourceview/gtksource.h>', '"strata-application.h"')


def check_command_line_sees_services():
    return accepts('ctl', '"strata-profile.h"', '"strata-store.h"')


def check_command_line_cannot_see_the_application():
    return refuses('ctl', '<gtk/gtk.h>', '<adwaita.h>', '"strata-application.h"')


def check_sandbox_sees_services():
    return accepts('sandbox', '"strata-profile.h"', '"strata-store.h"')


def check_sandbox_cannot_see_the_application():
    return refuses('sandbox', '<gtk/gtk.h>', '<adwaita.h>', '"strata-application.h"')


if __name__ == '__main__':
    tap.main()
