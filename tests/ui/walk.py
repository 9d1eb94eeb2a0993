#!/usr/bin/python3
# walk.py - the main job of the program, as a person does it, from an empty desk to a verified archive
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage, inside session.sh: walk.py FOLDER     prints each step; numbered pictures go to FOLDER
#        walk.py --tap                         the same as a test: a line for each step

import hashlib
import json
import os
import re
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from samples import MANIFESTS, Sample  # noqa: E402
from walker import Walker, expect, main  # noqa: E402

NAME = 'harbour-gate'
VERSION = '1.0.0'


def digest(path):
    with open(path, 'rb') as file:
        return hashlib.sha256(file.read()).hexdigest()


class Walk(Walker):
    def __init__(self, folder, pictures):
        super().__init__(folder, pictures)
        self.sample = Sample(folder)
        self.archive = os.path.join(folder, f'{NAME}-{VERSION}.tgz')

    # The steps

    def step_01_start(self):
        """Start with an empty store"""
        self.start()
        self.program.find('label', 'No Profiles Yet')
        self.picture('no-profiles-yet')

    def step_02_basics(self):
        """New System Profile: name, version, description, tags"""
        self.program.press('button', 'New System Profile')
        self.program.fill('Name', NAME)
        self.program.fill('Version', VERSION)
        self.program.fill('Description (optional)', 'Gate control of one crane')
        self.program.fill('Tags', 'harbour')
        self.program.key('Return')
        self.picture('basics')
        self.program.press('button', 'Next')

    def step_03_pack(self):
        """Add a folder of packs and, from it, a pack with a preset"""
        self.program.press('button', 'Add Pack Folder…')
        self.program.choose_file(self.sample.packs)
        self.choose_result(self.sample.pack)
        self.program.press('radio', re.compile(re.escape(self.sample.preset_title)))
        self.picture('pack')
        self.confirm(self.sample.pack)

    def step_04_chart(self):
        """Add a chart from a file"""
        self.open_menu('All Registries')
        self.menu_item('Add Chart Files…')
        self.program.choose_file(self.sample.chart_file)
        self.program.press('button', 'Add Pack')
        self.choose_result(self.sample.chart)
        self.picture('chart')
        self.confirm(self.sample.chart)

    def step_05_manifests(self):
        """Add a layer of two manifests"""
        self.program.press('button', 'Add Manifest')
        self.program.fill('Layer name', 'site-config')
        for i, (name, text) in enumerate(MANIFESTS.items()):
            if i > 0:
                self.open_menu('Add a Manifest')
                self.menu_item('New Manifest')
            self.program.fill('Name of this manifest', name)
            self.program.set_text(self.program.find('entry', f'Manifest {name}'), text)
        self.picture('manifests')
        self.confirm('site-config')

    def step_06_review(self):
        """Next shows the review, Finish saves"""
        self.program.press('button', 'Next')
        self.program.find('label', 'Layers, Top to Bottom')
        self.picture('review')
        self.program.press('button', 'Finish')
        self.program.find('entry', re.compile('^Manifest site-info'))

    def step_07_edit(self):
        """Edit the values of the pack; they are saved by themselves"""
        self.select_layer(self.sample.pack)
        self.type_source(f'Values of {self.sample.pack}', '# seen on site\n')
        self.program.wait(lambda: '# seen on site' in self.values(self.sample.pack), 'the edit in the store')
        self.program.find(None, re.compile('^Saved'))
        self.picture('edited')

    def step_08_undo(self):
        """Undo takes the words back, redo brings them"""
        view = self.program.find('entry', f'Values of {self.sample.pack}')
        self.program.key('ctrl+z', 'ctrl+z')
        self.program.wait(lambda: view.text.startswith('# seen on #'), 'the text without its last word')
        self.program.key(*['ctrl+z'] * 3)
        self.program.wait(lambda: '# seen' not in view.text, 'the undone text')
        self.program.key(*['ctrl+shift+z'] * 5)
        self.program.wait(lambda: view.text.startswith('# seen on site\n'), 'the redone text')

    def step_09_reorder(self):
        """Move the manifests below the chart"""
        before = self.layers()
        self.select_layer('site-config')
        self.program.key('alt+Down')
        self.program.wait(lambda: self.layers() != before, 'another order in the store')
        expect(self.layers() == [self.sample.pack, 'site-config', self.sample.chart],
               f'the order is {self.layers()}')
        self.picture('reordered')

    def step_10_reopen(self):
        """Kill the program; what was typed more than three seconds before is there"""
        self.select_layer(self.sample.pack)
        self.type_source(f'Values of {self.sample.pack}', '# kept\n')
        time.sleep(3)
        self.program.kill()
        self.start()
        self.select_layer(self.sample.pack)
        self.program.wait(lambda: '# kept' in self.source(f'Values of {self.sample.pack}'), 'the typed text')
        self.picture('reopened')

    def step_11_download(self):
        """Download System Profile"""
        self.program.press('button', 'Download System Profile')
        self.program.choose_file(self.archive)
        self.program.wait(lambda: os.path.exists(self.archive), 'the archive')
        self.program.find(None, re.compile(digest(self.archive)[:4]))
        self.picture('downloaded')

    def step_12_verify(self):
        """Verify the archive with sha256sum and with stratactl"""
        self.ctl('archive', 'verify', self.archive)
        unpacked = os.path.join(self.folder, 'unpacked')
        os.makedirs(unpacked)
        subprocess.run(['tar', '-xzf', self.archive, '-C', unpacked], check=True)
        top = os.path.join(unpacked, f'{NAME}-{VERSION}')
        done = subprocess.run(['sha256sum', '--strict', '-c', 'SHA256SUMS'], cwd=top, capture_output=True, text=True)
        expect(done.returncode == 0, f'sha256sum says: {done.stdout}{done.stderr}')

    def step_13_import(self):
        """Import it in a second store and build it again: equal digests"""
        other = os.path.join(self.folder, 'other')
        again = os.path.join(self.folder, 'again.tgz')
        identity = self.ctl('profile', 'import', self.archive, data=other).strip()
        self.ctl('profile', 'download', identity, '-o', again, data=other)
        expect(digest(self.archive) == digest(again), 'the two archives differ')

    def step_14_close(self):
        """Quit"""
        code = self.program.close()
        expect(code == 0, f'the program ended with {code}')

    # What the steps are made of

    def saved(self):
        """The layers as the store has them, bottom first."""
        return json.loads(self.ctl('profile', 'export', NAME))['spec']['template']['packs']

    def layers(self):
        return [layer['name'] for layer in self.saved()]

    def values(self, name):
        return next(layer['values'] for layer in self.saved() if layer['name'] == name)


if __name__ == '__main__':
    main(Walk)
