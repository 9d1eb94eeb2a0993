#!/usr/bin/python3
# walk_mission.py - the whole mission, as a person does it: from a console to an appliance that follows each change
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage, inside session.sh: walk_mission.py FOLDER     prints each step; numbered pictures go to FOLDER
#        walk_mission.py --tap                         the same as a test: a line for each step

import os
import pathlib
import re
import shutil
import signal
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / 'sandbox')]
import programs  # noqa: E402
from driver import Failure  # noqa: E402
from walker import Walker, expect, main  # noqa: E402

NAME = 'harbour-gate'
VERSION = '1.0.0'
APPLIANCE = 'crane-07'
LAYER = 'site-config'
BASE = 'harbour'
TEXTS = {
    BASE: 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: harbour\n',
    LAYER: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: site\n  namespace: harbour\ndata:\n  berth: quay-4\n',
}


def find_program(variable, name):
    found = os.environ.get(variable) or shutil.which(name)
    if not found:
        raise OSError(f'{name} is not installed')
    return found


class Mission(Walker):
    OPTIONS = ('--practise-first',)

    def __init__(self, folder, pictures):
        super().__init__(folder, pictures)
        self.archive = os.path.join(folder, f'{NAME}-{VERSION}.tgz')
        self.console = None
        self.appliance = None
        self.n_fetched = 0

    def environment(self):
        return {**super().environment(), 'STRATA_SANDBOX': self.sandbox_program()}

    def sandbox_program(self):
        """The sandbox, which in a build folder has to be told where its example is."""
        program, content = find_program('STRATA_SANDBOX', 'strata-sandbox'), os.environ.get('STRATA_SANDBOX_CONTENT')
        if not content:
            return program
        path = pathlib.Path(self.folder, 'sandbox')
        path.write_text(f'#!/bin/sh\nexec "{program}" --content "{content}" "$@"\n', encoding='utf-8')
        path.chmod(0o755)
        return str(path)

    def finish(self):
        super().finish()
        if self.appliance is not None and self.appliance.running is not None:
            self.appliance.kill()  # also where it is asleep
        if self.console is not None:
            self.console.close()

    def wait(self, what, check):
        try:
            return programs.wait_for(what, check)
        except AssertionError as late:
            raise Failure(str(late)) from late

    def revision(self):
        """How often the console published the profile."""
        items = self.console.call('POST', '/v1/dashboard/clusterprofiles', {})['items']
        uid = next((item['metadata']['uid'] for item in items if item['metadata']['name'] == NAME), None)
        published = uid and self.console.call('GET', f'/v1/clusterprofiles/{uid}')['spec'].get('published')
        return published['version'] if published else 0

    def publish(self):
        """Publishes what is in front; where the console says who runs it, that is asked first."""
        before = self.revision()
        self.program.key('ctrl+shift+p')
        self.program.wait(lambda: self.program.count_windows() > 1 or self.revision() > before,
                          'the answer of the console')
        if self.program.count_windows() > 1:
            self.picture('who-gets-it')
            self.program.press('button', 'Publish', within=list(self.program.root.children)[-1])
        self.program.wait(lambda: self.revision() > before, 'another revision')

    def row(self, how):
        return self.program.find('row', re.compile(f'^{APPLIANCE}, hamburg, .*{how}'))

    def show_board(self, how):
        """The appliances, once the one is said to be so."""
        self.program.key('ctrl+3')
        self.row(how)

    def appliance_says(self, event, **members):
        try:
            self.appliance.wait_said(event, **members)
        except AssertionError as late:
            raise Failure(f'{late}: {self.appliance.output.read_text(encoding="utf-8")}') from late

    def fill_secret(self, name, text):
        """Types what is not read back."""
        self.program.click(self.program.find('entry', name))
        self.program.key('ctrl+a')
        self.program.type(text)

    # The steps

    def step_01_practise(self):
        """Start where nothing is set up: Strata opens on the sandbox, and says so"""
        self.start()
        self.program.find('label', re.compile('^You are practising'))
        self.program.find(None, re.compile('^Online'))
        self.picture('practise')

    def step_02_sign_in(self):
        """Add Console: address and key, who that is, and which project"""
        self.console = programs.Sandbox(self.sandbox_program(), os.path.join(self.folder, 'console'), '--seed', 'demo')
        self.console.enter_project()
        self.program.press('button', 'Add Console…')
        self.program.fill('Address', self.console.address)
        self.fill_secret('API key', self.console.api_key)
        self.program.press('button', re.compile('^Try'))
        self.program.find('label', re.compile('^Signed in'))
        self.picture('sign-in')
        self.program.press('button', 'Add')
        self.program.is_gone('entry', 'Address')
        self.program.find(None, re.compile('^Online'))
        self.picture('console')

    def step_03_basics(self):
        """New System Profile: name and version"""
        self.program.find(None, re.compile('^store-basics'))
        self.picture('profiles')
        self.program.press('button', 'New Profile')
        self.program.find('entry', 'Name')
        self.program.fill('Name', NAME)
        self.program.fill('Version', VERSION)
        self.picture('basics')
        self.program.press('button', 'Next')

    def step_04_layers(self):
        """Two layers of manifests"""
        for layer in (BASE, LAYER):
            self.program.press('button', 'Add Manifest')
            self.program.fill('Layer name', layer)
            self.program.fill('Name of this manifest', layer)
            self.program.set_text(self.program.find('entry', f'Manifest {layer}'), TEXTS[layer])
            self.picture(layer)
            self.confirm(layer)

    def step_05_finish(self):
        """Next shows the review, Finish saves"""
        self.program.press('button', 'Next')
        self.program.find('label', 'Layers, Top to Bottom')
        self.picture('review')
        self.program.press('button', 'Finish')
        self.program.find('entry', re.compile('^Manifest '))
        self.picture('made')

    def step_06_publish(self):
        """Publish: the console has it"""
        self.publish()
        self.picture('published')

    def step_07_download(self):
        """Download System Profile, made by the console"""
        self.program.press('button', 'Download System Profile')
        self.program.choose_file(self.archive)
        self.wait('the archive', lambda: os.path.exists(self.archive))
        self.picture('downloaded')

    def step_08_boot(self):
        """An appliance boots from the file, registers and links"""
        self.appliance = programs.Appliance(find_program('STRATA_APPLIANCE', 'strata-appliance'),
                                            os.path.join(self.folder, 'appliance'), self.archive, self.console, APPLIANCE,
                                            '--label', 'site=hamburg')
        self.appliance.start(1)
        self.appliance_says('booted')
        self.appliance_says('linked')
        expect('quay-4' in self.appliance.text(LAYER), 'the layer is not on the appliance')

    def step_09_board(self):
        """The board: the appliance is there, and runs what the profile says"""
        self.show_board('Current')
        self.program.click(self.row('Current'))
        self.picture('linked')

    def step_10_change(self):
        """Change a value; it is saved by itself, and nobody has it yet"""
        self.program.key('ctrl+1')
        self.program.click(self.program.find('row', re.compile(f'^{NAME} .*, changed ')))
        self.program.key('Return')
        self.select_layer(LAYER)
        view = self.program.find('entry', f'Manifest {LAYER} of {LAYER}')
        self.program.set_text(view, view.text.replace('quay-4', 'quay-5'))
        self.program.find(None, re.compile('^Saved'))
        self.picture('changed')
        expect('quay-4' in self.appliance.text(LAYER), 'a change that was not published is on the appliance')

    def step_11_publish(self):
        """Publish, while the appliance is asleep: what was there is there"""
        self.appliance.running.process.send_signal(signal.SIGSTOP)
        self.n_fetched = len(self.appliance.said('fetching'))
        self.publish()
        self.picture('published-again')
        self.show_board('1 layer behind')
        self.picture('behind')
        expect('quay-4' in self.appliance.text(LAYER), 'the appliance was not asleep')

    def step_12_arrives(self):
        """Awake again, it takes the layer that changed, and no other; the board follows"""
        # Slow enough to be seen half way; whether it is depends on the machine.
        self.console.words = (*self.console.words, '--latency', '400')
        self.console.restart()
        self.appliance.running.process.send_signal(signal.SIGCONT)
        still = ('Ready', 'UpgradeAvailable')
        self.wait('a layer half way', lambda: self.console.conditions(APPLIANCE)[LAYER][0] not in still or
                  'quay-5' in self.appliance.text(LAYER))
        self.appliance.running.process.send_signal(signal.SIGSTOP)
        if self.console.conditions(APPLIANCE)[LAYER][0] not in still:
            self.show_board('Applying')
            self.picture('applying')
        self.appliance.running.process.send_signal(signal.SIGCONT)
        self.wait('the layer on the appliance', lambda: 'quay-5' in self.appliance.text(LAYER))
        self.show_board('Current')
        self.picture('arrived')
        fetched = [event['layer'] for event in self.appliance.said('fetching')[self.n_fetched:]]
        expect(fetched == [LAYER], f'{fetched} were fetched')
        states = [event['condition'] for event in self.appliance.said('layer', layer=LAYER)]
        expect(states[-3:] == ['ReadyForInstall', 'Installed', 'Ready'], f'the layer went through {states}')

    def step_13_close(self):
        """Quit"""
        code = self.program.close()
        expect(code == 0, f'the program ended with {code}')


if __name__ == '__main__':
    main(Mission)
