#!/usr/bin/python3
# screenshots.py - every screen in light, dark, 800 pixels wide and high contrast, to be looked at
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage, inside session.sh: screenshots.py FOLDER

import json
import os
import re
import shutil
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from driver import Failure  # noqa: E402
from walk import Walk  # noqa: E402

LOOKS = {
    'light': ({'ADW_DEBUG_COLOR_SCHEME': 'prefer-light'}, (1280, 820)),
    'dark': ({'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark'}, (1280, 820)),
    'narrow': ({'ADW_DEBUG_COLOR_SCHEME': 'prefer-light'}, (800, 700)),
    'contrast': ({'ADW_DEBUG_COLOR_SCHEME': 'prefer-light', 'ADW_DEBUG_HIGH_CONTRAST': '1'}, (1280, 820)),
    'contrast-dark': ({'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark', 'ADW_DEBUG_HIGH_CONTRAST': '1'}, (1280, 820)),
}

QUAY = '''apiVersion: apps/v1
kind: Deployment
metadata:
  name: crane
  namespace: quay
spec:
  replicas: 2
  selector:
    matchLabels:
      app: crane
  template:
    metadata:
      labels:
        app: crane
    spec:
      containers:
      - name: crane
        image: registry.example/crane:1.0
        ports:
        - containerPort: 8080
'''

PROFILES = [
    ('retail-edge', '2.4.0', 'Tills, shelf cameras, local mirror', ['retail', 'arm64', 'gpu']),
    ('retail-edge', '2.3.0', 'Tills, shelf cameras, local mirror', ['retail']),
    ('wind-farm-gateway', '3.0.0', 'Turbine data, store and forward', ['energy', 'offshore']),
    ('clinic-imaging', '1.8.2', 'Picture archive and viewer', ['health', 'gpu']),
    ('vessel-bridge', '0.9.0', 'Chart plotter relay, no uplink', ['marine', 'offline']),
]


class Tour(Walk):
    """The walk, and the screens beside its way."""

    def __init__(self, folder, pictures, look):
        super().__init__(folder, pictures)
        self.look, self.size = LOOKS[look]

    def start(self):
        os.environ.update(self.look)
        super().start()
        time.sleep(0.5)
        if self.size != (1280, 820):
            self.program.resize(*self.size)
        return self.program

    @property
    def is_narrow(self):
        return self.size[0] < 900

    def choose_result(self, name):
        # One pane makes room for the next one, which has the keys only then.
        time.sleep(1)
        super().choose_result(name)

    def step_04_chart(self):
        """Add a chart from a file"""
        if self.is_narrow:
            self.program.press('button', 'Add Pack')
            time.sleep(0.6)
        super().step_04_chart()

    def step_14_close(self):
        """Leave the program open for the other screens"""

    def step_15_problem(self):
        """A mistake in the text"""
        self.select_layer(self.sample.pack)
        self.type_source(f'Values of {self.sample.pack}', 'pack: [\n')
        time.sleep(1.5)
        self.picture('problem')
        self.program.key('ctrl+z')
        self.program.key('ctrl+z')

    def step_16_inspector(self):
        """Each page of the inspector"""
        if self.is_narrow:
            self.program.key('ctrl+F9')
            time.sleep(0.6)
        for page in ('Presets', 'Variables', 'README', 'Changes'):
            node = self.program.root.find(None, page)
            if node is not None:
                self.program.activate(node)
                time.sleep(0.6)
                self.picture(f'inspector-{page.lower()}')

    def step_17_dashboard(self):
        """Several profiles, with the menu of one"""
        for name, version, description, tags in PROFILES:
            options = [option for tag in tags for option in ('--tag', tag)]
            self.ctl('profile', 'new', name, '--version', version, '--description', description, *options)
        self.program.key('ctrl+1')
        time.sleep(1)
        self.picture('dashboard')
        row = self.program.find('row', re.compile('^wind-farm-gateway'))
        self.program.click(row)
        self.program.key('shift+F10')
        time.sleep(0.5)
        self.picture('dashboard-menu')
        self.program.key('Escape')

    def step_18_trash(self):
        """The trash, and the toast that undoes"""
        self.program.key('ctrl+1')
        self.program.click(self.program.find('row', re.compile('^wind-farm-gateway')))
        self.program.key('Delete')
        time.sleep(0.7)
        self.picture('trashed')
        self.program.key('ctrl+5')
        time.sleep(0.7)
        self.picture('trash')

    def step_19_compare(self):
        """A profile compared line by line, its history, and a merge to decide"""
        identity = self.ctl('profile', 'new', 'quay', '--version', '1.0.0').strip()
        base, mine, theirs = (self.write(f'{side}.yaml', text) for side, text in (
            ('base', QUAY), ('mine', QUAY.replace('replicas: 2', 'replicas: 4').replace(':1.0', ':1.1')),
            ('theirs', QUAY.replace('replicas: 2', 'replicas: 3').replace('8080', '9090'))))
        self.ctl('profile', 'add-manifest', identity, '--name', 'crane', base)
        exported = self.ctl('profile', 'export', 'quay').replace(json.dumps(QUAY), json.dumps(self.read(theirs)))
        self.program.key('ctrl+1')
        self.program.click(self.program.find('row', re.compile('^quay ')))
        self.program.key('Return')
        view = self.program.find('entry', re.compile('^Manifest .* of crane'))
        self.program.set_text(view, self.read(mine))
        self.program.key('ctrl+shift+e')
        self.compared('Compare', 'compare')
        self.program.key('ctrl+s')
        time.sleep(1)
        self.program.key('ctrl+shift+h')
        self.program.find('slider', 'Revision')
        self.program.press('button', 'Older')
        self.compared('History', 'history')
        self.program.key('ctrl+k')
        time.sleep(0.6)
        self.program.type('merge with')
        self.program.key('Return')
        self.program.choose_file(self.write('theirs.json', exported))
        self.compared('Merge quay 1.0.0', 'merge')

    def compared(self, window, name):
        """A picture of a window, which is then closed."""
        self.program.wait(lambda: any(node.name == window for node in self.program.root.children), f'the window “{window}”')
        if self.is_narrow:
            self.program.resize(*self.size)
            self.program.cover()
        time.sleep(0.8)
        self.picture(name)
        self.program.key('Escape')
        time.sleep(0.5)

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        with open(path, 'w', encoding='utf-8') as file:
            file.write(text)
        return path

    @staticmethod
    def read(path):
        with open(path, encoding='utf-8') as file:
            return file.read()

    def step_19_registries(self):
        """Registries"""
        self.program.key('ctrl+2')
        time.sleep(1)
        if self.is_narrow:
            self.program.key('alt+Left')
            time.sleep(0.8)
            self.picture('registries-list')
            self.program.click(self.program.find('row', re.compile('^All Registries')))
            time.sleep(0.8)
            self.picture('registries-results')
        self.program.click(self.program.find('row', re.compile(f'^{re.escape(self.sample.pack)} ')))
        time.sleep(1)
        self.picture('registries')

    def step_20_commands(self):
        """The command palette"""
        self.program.key('ctrl+k')
        time.sleep(0.6)
        self.program.type('new')
        time.sleep(0.5)
        self.picture('commands')
        self.program.key('Escape')

    def step_21_preferences(self):
        """Preferences, shortcuts, about"""
        self.program.key('ctrl+comma')
        time.sleep(0.8)
        self.picture('preferences')
        self.program.activate(self.program.find(None, 'Editor'))
        time.sleep(0.6)
        self.picture('preferences-editor')
        self.program.key('Escape')
        self.program.key('ctrl+question')
        time.sleep(0.8)
        self.picture('shortcuts')
        self.program.key('Escape')


def tour(pictures, look):
    folder = tempfile.mkdtemp(prefix='strata-tour-')
    walk = Tour(folder, os.path.join(pictures, look), look)
    status = 0
    for name in sorted(name for name in dir(walk) if name.startswith('step_')):
        step = getattr(walk, name)
        try:
            step()
            print(f'{look}: {step.__doc__}', flush=True)
        except Failure as failure:
            status = 1
            print(f'{look}: {step.__doc__}: {failure}', flush=True)
    if walk.program is not None:
        walk.program.kill()
    shutil.rmtree(folder, ignore_errors=True)
    return status


if __name__ == '__main__':
    looks = sys.argv[2:] or list(LOOKS)
    sys.exit(max(tour(sys.argv[1], look) for look in looks))
