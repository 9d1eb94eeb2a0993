#!/usr/bin/python3
# check-install.py - what Strata tells a desktop about itself is valid and agrees with itself
# SPDX-License-Identifier: GPL-3.0-or-later

import configparser
import json
import os
import re
import tempfile
import xml.etree.ElementTree as ElementTree

import tap
from tap import APPLICATION_ID, BUILD, SOURCE, run

DATA = BUILD / 'data'
OWN_TYPE = 'application/vnd.stratadesk.profile+tgz'
HICOLOR = SOURCE / 'data' / 'icons' / 'hicolor'


def desktop_entry():
    entry = configparser.RawConfigParser(delimiters='=', strict=True)
    entry.optionxform = str
    entry.read(DATA / f'{APPLICATION_ID}.desktop', encoding='utf-8')
    return entry['Desktop Entry']


def settings_keys():
    schema = ElementTree.parse(SOURCE / 'data' / f'{APPLICATION_ID}.gschema.xml')
    return schema.getroot().findall('schema/key')


def check_everything_has_its_place():
    installed = json.loads((BUILD / 'meson-info' / 'intro-installed.json').read_text(encoding='utf-8')).values()
    wanted = ['bin/strata', 'bin/stratactl', 'bin/strata-sandbox', 'bin/strata-appliance', 'man1/strata-appliance.1',
              'man1/strata-sandbox.1', 'man1/stratactl.1', f'share/applications/{APPLICATION_ID}.desktop',
              f'share/metainfo/{APPLICATION_ID}.metainfo.xml', f'share/mime/packages/{APPLICATION_ID}.xml',
              f'share/dbus-1/services/{APPLICATION_ID}.service', f'share/glib-2.0/schemas/{APPLICATION_ID}.gschema.xml',
              'share/icons', 'share/locale/de/LC_MESSAGES/strata.mo', 'share/strata/sandbox']
    return [f'{name} is not installed' for name in wanted if not any(path.endswith(f'/{name}') for path in installed)]


def check_desktop_file_is_valid():
    return run('desktop-file-validate', DATA / f'{APPLICATION_ID}.desktop')


def check_desktop_file_names_what_is_installed():
    entry = desktop_entry()
    wanted = {'Icon': APPLICATION_ID, 'DBusActivatable': 'true', 'Exec': 'strata %U'}
    return [f'{key} is {entry.get(key)}' for key, value in wanted.items() if entry.get(key) != value]


def check_desktop_file_claims_the_archive():
    claimed = desktop_entry()['MimeType'].split(';')
    return [name for name in (OWN_TYPE, 'application/x-compressed-tar') if name not in claimed]


def check_metainfo_is_valid():
    return run('appstreamcli', 'validate', '--no-net', '--explain', DATA / f'{APPLICATION_ID}.metainfo.xml')


def check_metainfo_has_this_release():
    metainfo = ElementTree.parse(DATA / f'{APPLICATION_ID}.metainfo.xml').getroot()
    version = re.search(r"version: '([^']+)'", tap.text_of('meson.build')).group(1)
    latest = metainfo.find('releases/release').get('version')
    return [] if latest == version else [f'metainfo has {latest}, meson.build {version}']


def check_settings_are_valid():
    return run('glib-compile-schemas', '--strict', '--dry-run', SOURCE / 'data')


def check_settings_all_have_a_summary():
    return [key.get('name') for key in settings_keys() if not (key.findtext('summary') or '').strip()]


def check_settings_all_are_used():
    code = ''.join(map(tap.text_of, tap.sources('src/**/*.c', 'ui/*.ui')))
    return [key.get('name') for key in settings_keys() if f'"{key.get("name")}"' not in code]


def check_settings_that_are_used_all_exist():
    known = {key.get('name') for key in settings_keys()}
    call = re.compile(r'g_settings_(?:bind|get|set|create_action|reset)\w* \([^",]+, "([^"]+)"')
    used = {name for source in tap.sources('src/**/*.c') for name in call.findall(tap.text_of(source))}
    return sorted(used - known)


def check_icons_are_drawings_of_the_right_size():
    problems = []
    for folder, name, size in (('scalable', APPLICATION_ID, '128'), ('symbolic', f'{APPLICATION_ID}-symbolic', '16')):
        picture = ElementTree.parse(HICOLOR / folder / 'apps' / f'{name}.svg').getroot()
        if (picture.get('width'), picture.get('height')) != (size, size):
            problems.append(f'{name}.svg is not {size} by {size}')
        problems += [f'{name}.svg holds a raster image' for element in picture.iter() if element.tag.endswith('}image')]
    return problems


def check_service_starts_the_program():
    service = configparser.RawConfigParser()
    service.optionxform = str
    service.read(DATA / f'{APPLICATION_ID}.service', encoding='utf-8')
    section = service['D-BUS Service']
    command = section['Exec']
    problems = [] if section['Name'] == APPLICATION_ID else [f'Name is {section["Name"]}']
    return problems + ([] if re.fullmatch(r'/\S+/strata --gapplication-service', command) else [f'Exec is {command}'])


def guess_types(folder, names):
    """What a desktop that has our MIME type takes files of these NAMES for, and whether ours is a compressed tar."""
    script = ('import gi; from gi.repository import Gio; import sys; '
              '[print(Gio.content_type_guess(n, None)[0]) for n in sys.argv[1:]]; '
              f'print(Gio.content_type_is_a("{OWN_TYPE}", "application/x-compressed-tar"))')
    environment = {**os.environ, 'XDG_DATA_HOME': folder, 'XDG_DATA_DIRS': f'{folder}:/usr/share'}
    done = tap.subprocess.run(['/usr/bin/python3', '-c', script, *names], env=environment, text=True,
                              stdout=tap.subprocess.PIPE, timeout=60, check=True)
    return done.stdout.split()


def check_archive_has_a_type_of_its_own():
    with tempfile.TemporaryDirectory() as folder:
        packages = os.path.join(folder, 'mime', 'packages')
        os.makedirs(packages)
        with open(os.path.join(packages, 'strata.xml'), 'wb') as file:
            file.write((DATA / f'{APPLICATION_ID}.xml').read_bytes())
        problems = run('update-mime-database', os.path.join(folder, 'mime'))
        guessed = guess_types(folder, ['retail-edge-2.4.0.strata.tgz', 'retail-edge-2.4.0.tgz'])
    wanted = [OWN_TYPE, 'application/x-compressed-tar', 'True']
    return problems + ([] if guessed == wanted else [f'guessed {guessed}'])


def check_flatpak_pins_what_it_fetches():
    manifest = json.loads(tap.text_of(f'flatpak/{APPLICATION_ID}.json'))
    fetched = [source for module in manifest['modules'] for source in module['sources'] if source['type'] != 'dir']
    return [f'{source} lacks an https address or a SHA-256' for source in fetched
            if not source['url'].startswith('https://') or not re.fullmatch('[0-9a-f]{64}', source.get('sha256', ''))]


def check_flatpak_asks_for_no_more_than_a_window_and_the_network():
    manifest = json.loads(tap.text_of(f'flatpak/{APPLICATION_ID}.json'))
    allowed = {'--share=ipc', '--share=network', '--socket=wayland', '--socket=fallback-x11', '--device=dri'}
    problems = [] if manifest['id'] == APPLICATION_ID else [f'id is {manifest["id"]}']
    return problems + sorted(set(manifest['finish-args']) - allowed)


if __name__ == '__main__':
    tap.main()
