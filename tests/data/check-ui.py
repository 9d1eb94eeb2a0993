#!/usr/bin/python3
# check-ui.py - every interface file is well-formed, in the resources, and belongs to a widget
# SPDX-License-Identifier: GPL-3.0-or-later

import pathlib
import re
import xml.etree.ElementTree as ElementTree

import tap
from tap import SOURCE, run

THEME = pathlib.Path('/usr/share/icons/Adwaita')


def in_resources():
    listing = ElementTree.parse(SOURCE / 'ui' / 'strata.gresource.xml')
    return {element.text.strip() for element in listing.getroot().iter('file')}


def ui_files():
    return [name.removeprefix('ui/') for name in tap.sources('ui/*.ui')]


def elements(tag):
    for name in ui_files():
        for element in ElementTree.parse(SOURCE / 'ui' / name).getroot().iter(tag):
            yield name, element


def check_every_file_is_well_formed():
    names = tap.sources('ui/*.ui', 'ui/*.xml', 'data/*.xml', 'data/*.xml.in', 'data/**/*.svg')
    return [line for name in names for line in run('xmllint', '--noout', SOURCE / name)]


def check_every_file_is_in_the_resources():
    listed = in_resources()
    return [name for name in ui_files() if name not in listed]


def check_resources_all_exist():
    folders = (SOURCE / 'ui', SOURCE / 'data')
    return [name for name in sorted(in_resources()) if not any((folder / name).exists() for folder in folders)]


def check_every_template_has_its_source():
    known = {name.rsplit('/', 1)[-1] for name in tap.sources('src/app/**/*.c')}
    templates = sorted({name for name, _ in elements('template')})
    return [name for name in templates if name.replace('.ui', '.c') not in known]


def check_every_window_says_that_it_is_one():
    """GTK 4.8 forgets it where something in the window gets the keyboard before the window is shown."""
    problems = []
    for name, element in elements('template'):
        roles = [child.text for child in element.findall('property') if child.get('name') == 'accessible-role']
        if element.get('parent') == 'AdwWindow' and roles != ['window']:
            problems.append(f'{name}: the accessible role “window” is not among its properties')
    return problems


def check_icon_buttons_have_a_tooltip():
    problems = []
    for name, element in elements('object'):
        properties = {child.get('name').replace('_', '-') for child in element.findall('property')}
        is_button = element.get('class') in ('GtkButton', 'GtkMenuButton', 'GtkToggleButton')
        if is_button and 'icon-name' in properties and not properties & {'tooltip-text', 'label'}:
            problems.append(f'{name}: {element.get("class")} {element.get("id", "")} with an icon only')
    return problems


def check_icons_are_in_the_theme():
    if not THEME.is_dir():
        raise tap.Skip(f'{THEME} is not there')
    known = {path.stem for path in THEME.rglob('*-symbolic.svg')}
    known |= {path.stem for path in (SOURCE / 'data').rglob('*.svg')}
    problems = []
    for name in tap.sources('ui/*.ui', 'src/app/**/*.c'):
        quoted = re.findall(r'["\'>]([a-z0-9-]+-symbolic)["\'<]', tap.text_of(name))
        problems += [f'{name}: there is no {icon}' for icon in quoted if icon not in known]
    return problems


def check_visible_text_can_be_translated():
    visible = {'label', 'title', 'subtitle', 'tooltip-text', 'placeholder-text', 'description', 'heading', 'body'}
    problems = []
    for name, element in elements('property'):
        text = (element.text or '').strip()
        if element.get('name', '').replace('_', '-') in visible and any(map(str.isalpha, text)) \
                and element.get('translatable') is None and len(element) == 0:
            problems.append(f'{name}: “{text}” is not marked as translatable')
    return problems


if __name__ == '__main__':
    tap.main()
