#!/usr/bin/python3
# flows.py - what people do beside the main job: each flow on a desk of its own, with profiles that are there already
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage, inside session.sh: flows.py [--tap] [NAME…]     NAME is a part of a flow's name; all of them without

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from driver import Failure, Program  # noqa: E402
from walk import Walk  # noqa: E402
from walker import expect, explain, say  # noqa: E402

CONFIG = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: site-info\n'
VIEW = 'Manifest site-info of settings'
PROFILES, TRASH = 'System profiles', 'Trash'


class Flows(Walk):
    """The desk of the walk; each method named flow_… is one flow, and its first line says what it proves."""

    def __init__(self, folder):
        super().__init__(folder, None)
        self.environment = {variable: os.path.join(folder, name) for variable, name in (
            ('XDG_DATA_HOME', 'data'), ('XDG_STATE_HOME', 'state'), ('XDG_CONFIG_HOME', 'config'))}

    def start(self, *arguments):
        self.program = Program([os.environ.get('STRATA', 'strata'), *arguments], self.environment,
                               log=os.path.join(self.folder, 'strata.log'))
        return self.program

    def said(self):
        """What the program said on its own."""
        path = os.path.join(self.folder, 'strata.log')
        if not os.path.exists(path):
            return ''
        with open(path, encoding='utf-8', errors='replace') as log:
            return log.read()

    def end(self):
        """Ends what a flow started beside the program."""

    # What the flows are made of

    def make(self, name, version='1.0.0', **options):
        """A profile of one layer, made by the command line."""
        pairs = [word for key, value in options.items() for word in (f'--{key}', value)]
        identity = self.ctl('profile', 'new', name, '--version', version, *pairs).strip()
        self.ctl('profile', 'add-manifest', identity, '--name', 'settings', self.put_file('site-info.yaml', CONFIG))
        return identity

    def put_file(self, name, text):
        """A file beside the store."""
        path = os.path.join(self.folder, name)
        with open(path, 'w', encoding='utf-8') as file:
            file.write(text)
        return path

    def profile_layers(self, name):
        """The layers of a profile as the store has them, bottom first."""
        return json.loads(self.ctl('profile', 'export', name))['spec']['template']['packs']

    def text(self, name):
        """The text of the one manifest, as the store has it."""
        return self.profile_layers(name)[0]['manifests'][0]['content']

    def rows(self, table):
        node = self.program.root.find('table', table)
        return [] if node is None else sorted(' '.join(row.name.split(',')[0].split(' ')[:2])
                                              for row in node.find_all('row', re.compile(', changed ')))

    def has_rows(self, *names, table=PROFILES):
        try:
            self.program.wait(lambda: self.rows(table) == sorted(names), 'the rows')
        except Failure as failure:
            raise Failure(f'the rows are {self.rows(table)}, not {sorted(names)}') from failure

    def row(self, name, table=PROFILES):
        within = self.program.find('table', table)
        return self.program.find('row', re.compile(f'^{re.escape(name)} .*, changed '), within=within)

    def open_profile(self, name):
        self.program.click(self.row(name))
        self.program.key('Return')
        return self.view()

    def view(self):
        return self.program.find('entry', VIEW)

    def menu_of(self, name, item):
        self.program.click(self.row(name))
        self.program.key('shift+F10')
        self.menu_item(item)

    def window(self, name):
        return self.program.window(name)

    def command(self, typed, found):
        self.program.key('ctrl+k')
        palette = self.window('Commands')
        self.program.type(typed)
        self.program.find('label', found, within=palette)
        self.program.key('Return')
        self.program.is_gone('window', 'Commands')

    def choose(self, name, item, window):
        """A row of a drop-down."""
        self.program.click(self.program.find('combo box', name, within=window))
        row = self.program.wait(lambda: next((row for row in window.find_all('row') if row.find('label', item)), None),
                                f'“{item}” in “{name}”')
        self.program.key('Home')
        self.program.reach(row, 'Down', 'row', window)
        self.program.key('Return')

    def tabs(self):
        """What the tabs of an editor say, from left to right."""
        seen = [node.name for node in self.program.root.find_all('label', re.compile('^[a-z]+ [0-9.]+$'))]
        return seen[1:]

    # The flows

    def flow_01_import(self):
        """A JSON file imports through Ctrl+O, an archive through the command line; a broken file changes nothing"""
        self.make('quay')
        archive, document = os.path.join(self.folder, 'quay.tgz'), os.path.join(self.folder, 'quay.json')
        self.ctl('profile', 'download', 'quay', '-o', archive)
        self.ctl('profile', 'export', 'quay', '--format', 'json', '-o', document)
        with open(document, encoding='utf-8') as file:
            self.put_file('pier.json', file.read().replace('quay', 'pier'))
        self.put_file('broken.json', '{"metadata": {"name": "broken",}\n')
        self.start()
        self.program.key('ctrl+o')
        self.program.choose_file(os.path.join(self.folder, 'pier.json'))
        self.program.find('label', '“pier 1.0.0” imported')
        self.has_rows('pier 1.0.0', 'quay 1.0.0')
        expect(self.text('pier') == CONFIG, f'the manifest came as {self.text("pier")}')

        self.program.key('ctrl+o')
        self.program.choose_file(os.path.join(self.folder, 'broken.json'))
        self.program.find('label', 'The File Was Not Imported')
        self.program.find('label', re.compile('^broken.json: Line 1, column '))
        self.program.key('Escape')
        self.has_rows('pier 1.0.0', 'quay 1.0.0')
        expect(self.program.close() == 0, 'the program did not end well')

        self.ctl('profile', 'delete', 'quay')
        self.start(archive)
        self.program.find('label', '“quay 1.0.0” imported')
        self.has_rows('pier 1.0.0', 'quay 1.0.0')
        expect(self.text('quay') == CONFIG, f'the manifest came as {self.text("quay")}')

    def flow_02_export(self):
        """Export writes YAML that imports again as the same profile"""
        self.make('quay')
        target = os.path.join(self.folder, 'quay.yaml')
        self.start()
        self.menu_of('quay', 'Export…')
        self.program.choose_file(target)
        self.program.find('label', 'quay.yaml saved')
        with open(target, encoding='utf-8') as file:
            expect(not file.read().startswith('{'), 'the file is JSON')
        identity = self.ctl('profile', 'import', target, data=os.path.join(self.folder, 'other')).strip()
        again = self.ctl('profile', 'export', identity, '--format', 'yaml', data=os.path.join(self.folder, 'other'))
        with open(target, encoding='utf-8') as file:
            expect(again == file.read(), 'the profile changed on its way')

    def flow_03_copies(self):
        """New Version suggests the next one, Clone asks for a name; both open"""
        self.make('quay', '1.4.9')
        self.start()
        self.menu_of('quay', 'New Version…')
        version = self.program.find('entry', 'Version', within=self.window('New Version'))
        expect(version.text == '1.5.0', f'“{version.text}” is suggested after 1.4.9')
        self.program.press('button', 'Create')
        self.program.find('label', 'quay 1.5.0')
        self.view()
        self.program.key('ctrl+1')
        self.menu_of('quay', 'Clone…')
        self.program.fill('Name', 'pier', within=self.window('Clone Profile'))
        self.program.press('button', 'Create')
        self.program.find('label', 'pier 1.5.0')
        expect(self.text('pier') == CONFIG, 'the clone has other layers')

    def flow_04_trash(self):
        """Delete moves to the trash, Undo brings back; the trash restores and deletes forever"""
        self.make('quay')
        self.make('pier')
        self.start()
        self.program.click(self.row('quay'))
        self.program.key('Delete')
        self.has_rows('pier 1.0.0')
        self.program.press('button', 'Undo')
        self.has_rows('pier 1.0.0', 'quay 1.0.0')
        for name in ('quay', 'pier'):
            self.program.click(self.row(name))
            self.program.key('Delete')
            self.program.find('label', f'“{name} 1.0.0” moved to the trash')
        self.program.key('ctrl+5')
        self.has_rows('pier 1.0.0', 'quay 1.0.0', table=TRASH)
        self.program.click(self.row('pier', TRASH))
        self.program.press('button', 'Restore')
        self.has_rows('quay 1.0.0', table=TRASH)
        self.program.click(self.row('quay', TRASH))
        self.program.press('button', 'Delete Forever…')
        self.window('Delete “quay 1.0.0” Forever?')
        self.program.press('button', 'Delete Forever')
        self.program.find('label', 'The Trash Is Empty')
        self.program.key('ctrl+1')
        self.has_rows('pier 1.0.0')

    def flow_05_commands(self):
        """Ctrl+K opens a profile by what is typed of its name, and runs an action"""
        self.make('quay')
        self.make('pier')
        self.start()
        self.command('pie', 'pier 1.0.0')
        self.view()
        self.program.find('label', 'pier 1.0.0')
        self.command('preferen', 'Preferences')
        self.window('Preferences')

    def flow_06_search(self):
        """Ctrl+F filters the rows, a chip too; what does not fit is said, and shown again"""
        self.make('quay', tag='harbour')
        self.make('pier', description='Lights of the landing stage')
        self.make('mast', tag='offshore')
        self.start()
        self.has_rows('mast 1.0.0', 'pier 1.0.0', 'quay 1.0.0')
        self.program.key('ctrl+f')
        self.program.type('landing')
        self.has_rows('pier 1.0.0')
        self.program.key('ctrl+a')
        self.program.type('offshore')
        self.has_rows('mast 1.0.0')
        self.program.key('ctrl+a')
        self.program.type('nowhere')
        self.program.press('button', 'Show All')
        self.has_rows('mast 1.0.0', 'pier 1.0.0', 'quay 1.0.0')
        self.program.press('chip', re.compile('^Published'))
        self.program.find('label', 'Nothing Found')
        self.program.press('chip', re.compile('^Only here'))
        self.has_rows('mast 1.0.0', 'pier 1.0.0', 'quay 1.0.0')

    def flow_07_windows(self):
        """Preferences change the style for good; the shortcuts and the about window open"""
        self.make('quay')
        self.start()
        self.program.key('ctrl+comma')
        window = self.window('Preferences')
        style = self.program.find('combo box', 'Style', within=window)
        before = self.brightness()
        self.program.click(style)
        self.program.focused('row', window)
        self.program.key('End', 'Return')
        self.program.wait(lambda: self.brightness() < before / 2, 'a dark window')
        self.program.key('Escape')
        self.program.is_gone('window', 'Preferences')
        self.program.key('ctrl+question')
        self.program.find('label', re.compile('Move to trash$'))
        self.program.key('Escape')
        self.program.is_gone('label', re.compile('Move to trash$'))
        self.open_menu('Main Menu')
        self.menu_item('About Strata')
        self.program.find('label', 'The Strata developers')
        self.program.kill()
        self.start()
        self.program.wait(lambda: self.brightness() < before / 2, 'a dark window after the next start')

    def brightness(self):
        """How bright the window in front is, from 0 to 1."""
        done = subprocess.run(['import', '-window', self.program.active_window(), '-resize', '1x1!', '-colorspace',
                               'gray', '-format', '%[fx:mean]', 'info:'], capture_output=True, text=True, timeout=10)
        return float(done.stdout or 1)

    def flow_08_session(self):
        """What was open is open after the next start, with the same tab in front"""
        for name in ('quay', 'pier', 'mast'):
            self.make(name)
        self.start()
        for name in ('quay', 'pier', 'mast'):
            self.command(name, f'{name} 1.0.0')
            self.view()
        self.program.key('ctrl+Prior')
        self.program.wait(lambda: self.is_in_front('pier 1.0.0'), 'the tab in the middle')
        before = self.tabs()
        expect(len(before) == 3, f'the tabs are {before}')
        expect(self.program.close() == 0, 'the program did not end well')
        self.start()
        self.view()
        self.program.wait(lambda: self.tabs() == before, f'{before} again, there is {self.tabs()},')
        self.program.wait(lambda: self.is_in_front('pier 1.0.0'), 'the tab that was in front')

    def is_in_front(self, title):
        """Whether a profile is named in its tab and in the title above the tabs."""
        return len(list(self.program.root.find_all('label', title))) > 1

    def flow_09_problems(self):
        """A problem is shown with line and column, F8 goes there, its button repairs in one step"""
        self.make('quay')
        self.start()
        view = self.open_profile('quay')
        config = CONFIG + '  namespace: default\n'
        wrong = config + 'data:\n  site: harbour\n\tberth: north\n'
        self.program.set_text(view, wrong)
        self.program.find('row', re.compile('^A tab cannot indent a line|indented with a tab'))
        self.program.find('label', re.compile('^Line 8, column 1 · '))
        self.program.click(view)
        self.program.key('ctrl+Home', 'F8')
        self.program.find('label', 'Line 8, column 1')
        self.program.press('button', 'Replace Tabs by Spaces')
        self.program.wait(lambda: view.text == wrong.replace('\t', '  '), 'the repaired text')
        self.program.find('row', 'No problems')
        self.program.click(view)
        self.program.key('ctrl+z')
        self.program.wait(lambda: view.text == wrong, 'the text before the repair')
        self.program.key('ctrl+shift+z')
        self.program.wait(lambda: '\t' not in view.text, 'the repaired text again')
        self.program.set_text(view, config + 'kind: Secret\n')
        self.program.find('row', re.compile('^The key “kind” stands here a second time; the first is in line 2'))
        self.program.find('label', re.compile('^Line 6, column 1 · '))

    def flow_10_draft(self):
        """The assistant, closed midway, leaves a draft that the dashboard resumes"""
        self.start()
        self.program.press('button', 'New System Profile')
        self.program.fill('Name', 'quay')
        self.program.fill('Version', '2.0.0')
        self.program.press('button', 'Next')
        self.program.press('button', 'Add Manifest')
        self.program.fill('Layer name', 'settings')
        self.program.fill('Name of this manifest', 'site-info')
        self.program.set_text(self.program.find('entry', 'Manifest site-info'), CONFIG)
        self.program.press('button', 'Confirm and Create')
        self.program.find('row', re.compile('^settings\\b(?!.*being added)'))
        expect(self.program.close() == 0, 'the program did not end well')
        self.start()
        row = self.program.find('row', re.compile('^quay 2.0.0, .*draft, step 2 of 3'))
        self.program.click(row)
        self.program.key('Return')
        self.program.find('row', re.compile('^settings\\b'))
        self.program.press('button', 'Next')
        self.program.press('button', 'Finish')
        self.view()
        expect(self.text('quay') == CONFIG, 'the layer is not in the store')

    def flow_11_registries(self):
        """A pack folder and a chart file are added, found, read, and added to a profile"""
        self.make('quay')
        self.start()
        self.program.key('ctrl+2')
        for item, path in (('Add Pack Folder…', self.sample.packs), ('Add Chart Files…', self.sample.chart_file)):
            self.open_menu('Add Registry')
            self.menu_item(item)
            self.program.choose_file(path)
        for name in (self.sample.chart, self.sample.pack):
            self.program.fill('Search packs and charts', name)
            self.program.click(self.program.find('row', re.compile(f'^{re.escape(name)} ')))
        self.program.press(None, 'README')
        self.program.find('label', re.compile(self.sample.pack_title))
        self.program.press('button', 'Add to Profile…')
        window = self.window('Add to Profile')
        self.program.click(self.program.find('label', 'quay', within=window))
        self.program.press('button', 'Add', within=window)
        self.program.wait(lambda: [layer['name'] for layer in self.profile_layers('quay')] == ['settings', self.sample.pack],
                          'the pack on top of the profile')

    def flow_13_follow(self):
        """The dashboard follows what another program makes and deletes"""
        self.make('quay')
        self.start()
        self.has_rows('quay 1.0.0')
        self.make('pier', '2.0.0')
        self.has_rows('pier 2.0.0', 'quay 1.0.0')
        self.ctl('profile', 'delete', 'quay')
        self.has_rows('pier 2.0.0')
        self.program.key('ctrl+5')
        self.has_rows('quay 1.0.0', table=TRASH)


def run(kind, tap, wanted):
    """Runs the flows of a class, not those of its parents."""
    names = [name for name in sorted(vars(kind)) if name.startswith('flow_')]
    names = [name for name in names if not wanted or any(part in name for part in wanted)]
    failed = 0
    if tap:
        print(f'1..{len(names)}')
    for number, name in enumerate(names, 1):
        failure = run_one(kind, name)
        failed += failure is not None
        say(tap, number, getattr(kind, name).__doc__, failure)
    return 1 if failed else 0


def run_one(kind, name):
    folder = tempfile.mkdtemp(prefix='strata-flow-')
    flows = kind(folder)
    try:
        getattr(flows, name)()
        expect('from markup' not in flows.said(), 'a text from outside was read as markup')
        return None
    except (Failure, subprocess.SubprocessError, OSError, StopIteration) as failure:
        explain(flows, folder)
        return failure
    finally:
        if flows.program is not None:
            flows.program.kill()
        flows.end()
        shutil.rmtree(folder, ignore_errors=True)


def main(kind):
    arguments = [argument for argument in sys.argv[1:] if argument != '--tap']
    sys.exit(run(kind, '--tap' in sys.argv[1:], arguments))


if __name__ == '__main__':
    main(Flows)
