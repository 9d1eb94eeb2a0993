#!/usr/bin/python3
# flows_console_more.py - what goes wrong between a person and a console: each flow with a sandbox of its own
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage, inside session.sh: flows_console_more.py [--tap] [NAME…]     NAME is a part of a flow's name; all of them without

import json
import os
import re
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from driver import TOP  # noqa: E402
from flows import CONFIG, main  # noqa: E402
from flows_console import ONLINE, ConsoleFlows, Sandbox  # noqa: E402
from gate import Gate  # noqa: E402
from walk import expect  # noqa: E402

# A bus on which nothing is started: there is no keyring on it.
BARE_BUS = '''<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
'''

SETTINGS = {'name': 'settings', 'type': 'manifest', 'layer': 'addon', 'tag': '1.0.0', 'values': '',
            'manifests': [{'name': 'site-info', 'content': CONFIG}]}


class ConsoleTrouble(ConsoleFlows):
    """The flows of a console, and what stands between it and the program."""

    def __init__(self, folder):
        super().__init__(folder)
        self.gate = None
        self.bus = None

    def end(self):
        super().end()
        if self.gate is not None:
            self.gate.close()
        if self.bus is not None:
            self.bus.kill()
            self.bus.wait()

    # What the flows are made of

    def leave_keyring(self):
        """The program on a bus of its own; who reads the screen is told where the one of that is."""
        bus = subprocess.run(['gdbus', 'call', '--session', '--dest', 'org.a11y.Bus', '--object-path', '/org/a11y/bus',
                              '--method', 'org.a11y.Bus.GetAddress'], capture_output=True, text=True, check=True).stdout
        self.bus = subprocess.Popen(['dbus-daemon', f"--config-file={self.put_file('bus.conf', BARE_BUS)}", '--nofork',
                                     '--print-address'], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.environment.update({'DBUS_SESSION_BUS_ADDRESS': self.bus.stdout.readline().strip(),
                                 'AT_SPI_BUS_ADDRESS': re.search("'(.*)'", bus).group(1), 'SECRET_BACKEND': 'service'})

    def sign_in(self, address, key, window='Add Console', button='Add'):
        self.window(window)
        if window == 'Add Console':
            self.program.fill('Address', address)
        self.program.fill('API key', key)
        self.program.press('button', 'Try')
        self.program.find('label', re.compile('^Signed in'), 30)
        self.program.press('button', button)
        self.program.is_gone('window', window)
        self.program.find('button', ONLINE, 30)

    def add_through_gate(self, *names):
        """A console behind a gate."""
        uids = self.make_sandbox(*names)
        self.gate = Gate(self.sandbox.address)
        self.start()
        self.command('Add Console', 'Add Console…')
        self.sign_in(self.gate.address, self.sandbox.key)
        return uids

    def has_key(self):
        """Where on the disk the key is, beside what the sandbox keeps."""
        places = [path for name, path in self.environment.items() if name.startswith('XDG_') and os.path.isdir(path)]
        return subprocess.run(['grep', '-rlF', self.sandbox.key, *places], capture_output=True, text=True).stdout

    def find_uid(self, name):
        items = self.sandbox.ask('POST', '/v1/dashboard/clusterprofiles', {})['items']
        return next((item['metadata']['uid'] for item in items if item['metadata']['name'] == name), None)

    def import_profile(self, name, packs, **spec):
        """A profile comes from a file, as a colleague may have sent it."""
        path = self.put_file(f'{name}.json', json.dumps({'metadata': {'name': name}, 'spec': {
            'version': '1.0.0', 'template': {'type': 'system', 'cloudType': 'all', 'packs': packs}, **spec}}))
        self.program.key('ctrl+o')
        self.program.choose_file(path)

    # The flows

    def flow_01_no_keyring(self):
        """Without a keyring it is said why nothing is kept, nothing is on the disk, and it is asked for each time"""
        self.leave_keyring()
        self.make_sandbox('quay')
        self.start()
        self.command('Add Console', 'Add Console…')
        window = self.window('Add Console')
        self.fill_in(self.sandbox.address, self.sandbox.key)
        self.program.find('label', re.compile('^Signed in'), 30)
        self.program.find('label', re.compile('^There is no keyring that can be used'), within=window)
        self.program.press('button', 'Add')
        self.program.find('button', ONLINE, 30)
        self.row('quay')
        expect(self.has_key() == '', f'the key is in {self.has_key()}')
        expect(self.program.close() == 0, 'the program did not end well')

        self.start()
        self.program.find('button', re.compile('^Signed Out'), 30)
        self.row('quay')
        self.program.key('ctrl+shift+s')
        self.program.find('label', re.compile('has to be given each time: There is no keyring'), 30)
        self.program.key('Escape')
        self.command('Sign In to', 'Sign In to the Console…')
        self.sign_in(None, self.sandbox.key, 'Sign In', 'Sign In')
        expect(self.has_key() == '', f'the key is in {self.has_key()}')

    def flow_02_own_authority(self):
        """A console behind an authority of its own is refused until its certificate is chosen, and found after a restart"""
        self.make_sandbox('quay')
        certificates = os.path.join(self.folder, 'certificates')
        os.makedirs(certificates)
        subprocess.run(['sh', os.path.join(TOP, 'tests', 'services', 'make-certificates.sh'), certificates], check=True)
        self.gate = Gate(self.sandbox.address, os.path.join(certificates, 'right.pem'))
        self.start()
        self.command('Add Console', 'Add Console…')
        window = self.window('Add Console')
        self.fill_in(self.gate.address, self.sandbox.key)
        self.program.find('label', re.compile('signed by an authority that this computer does not know'), 30)
        self.choose_authority(window, os.path.join(certificates, 'stranger.pem'))
        self.program.press('button', 'Try')
        self.program.find('label', re.compile('signed by an authority that this computer does not know'), 30)
        self.choose_authority(window, os.path.join(certificates, 'authority.pem'))
        self.program.press('button', 'Try')
        self.program.find('label', re.compile('^Signed in'), 30)
        self.program.press('button', 'Add')
        self.program.find('button', ONLINE, 30)
        self.open_profile('quay')
        self.program.key('ctrl+1')
        expect(self.program.close() == 0, 'the program did not end well')
        self.start()
        self.program.find('button', ONLINE, 30)

    def choose_authority(self, window, path):
        self.program.press('button', re.compile('^(Choose…|Certificate authority)'), within=window)
        self.window('Certificate Authority')
        self.program.choose_file(path)
        self.program.find('label', re.compile(os.path.basename(path)), within=window)

    def flow_03_stop(self):
        """A publish that is stopped leaves what was changed here, and what arrived is found out by the next look"""
        uid, = self.add_through_gate('quay')
        self.open_profile('quay')
        self.type_line('# stopped on its way')
        self.gate.hold('PUT')
        self.program.key('ctrl+shift+p')
        expect(self.gate.reached.wait(30), 'nothing was sent')
        self.program.press('button', 'Cancel', 30)
        self.program.is_gone('button', 'Cancel')
        expect('# stopped' not in self.sandbox.text(uid), 'it was published')
        self.program.key('ctrl+1')
        self.program.find('row', re.compile('^quay .*, unpublished changes'))
        self.gate.release()
        self.program.key('ctrl+r')
        self.program.find('button', ONLINE, 30)
        self.open_profile('quay')
        self.publish()
        expect('# stopped on its way' in self.sandbox.text(uid), 'the console has no change')

    def flow_04_deleted_there(self):
        """A profile that was deleted at the console is kept here, and can be sent again"""
        uid, = self.add_console('quay')
        self.open_profile('quay')
        self.program.key('ctrl+1')
        self.sandbox.ask('DELETE', f'/v1/clusterprofiles/{uid}')
        self.program.key('ctrl+r')
        self.program.find('row', re.compile('^quay .*, only here'), 30)
        self.open_profile('quay')
        self.program.key('ctrl+1', 'ctrl+shift+s')
        self.program.press('button', re.compile('Decide…$'), 30)
        self.program.find('label', '“quay 1.0.0” Was Deleted at the Console')
        self.program.press('button', 'Send Again')
        again = self.program.wait(lambda: self.find_uid('quay'), 'the profile at the console', 30)
        expect(again != uid, 'it is the one that was deleted')
        self.program.find('label', re.compile('draft at the console: it will be published'), 30)

    def flow_05_name_taken(self):
        """A name that somebody else took meanwhile is said; it is taken over, and nothing of theirs is lost unseen"""
        self.add_console('pier')
        self.import_profile('quay', [SETTINGS])
        self.row('quay')
        uid = self.sandbox.make('quay')
        self.sandbox.change(uid, CONFIG.replace('site-info', 'theirs'))
        view = self.open_profile('quay')
        self.program.set_text(view, CONFIG.replace('site-info', 'mine'))
        self.program.find(None, re.compile('^Saved'), 15)
        self.program.key('ctrl+shift+p')
        self.program.find('label', 'The Console Has Another “quay 1.0.0”', 30)
        self.program.press('button', 'Take It Over')
        window = self.window('Merge quay 1.0.0')
        expect('theirs' in self.sandbox.text(uid), 'theirs was overwritten before anything was decided')
        self.program.press(None, re.compile('^Mine: .*mine', re.DOTALL), within=window)
        self.program.press('button', 'Merge', within=window)
        self.program.find('label', re.compile('merged'))
        self.program.activate([*self.program.root.find_all('button', 'Publish…')][-1])
        self.program.find('label', re.compile('published$'), 20)
        expect('mine' in self.sandbox.text(uid), 'the console does not have what was chosen')

    def flow_06_name_taken_version(self):
        """What is called as another one at the console is saved as a version of its own"""
        self.add_console('pier')
        self.import_profile('quay', [SETTINGS])
        self.row('quay')
        uid = self.sandbox.make('quay')
        self.open_profile('quay')
        self.program.key('ctrl+shift+p')
        self.program.find('label', 'The Console Has Another “quay 1.0.0”', 30)
        self.program.press('button', 'Save as New Version…')
        self.program.press('button', 'Create')
        self.program.wait(lambda: re.search(r'quay 1\.\d+\.\d+', self.program.tree().replace('quay 1.0.0', '')),
                          'the new version')
        expect(self.sandbox.whole(uid)['spec']['version'] == '1.0.0', 'theirs was changed')

    def flow_07_map(self):
        """An import whose layers are in several registries asks for each, and says what no registry has"""
        content = os.path.join(self.folder, 'content')
        shutil.copytree(os.environ['STRATA_SANDBOX_CONTENT'], content)
        for name in ('mqtt-broker', 'time-server'):
            self.put_chart(os.path.join(content, 'charts'), name)
        self.make_sandbox(content=content)
        self.start()
        self.command('Add Console', 'Add Console…')
        self.sign_in(self.sandbox.address, self.sandbox.key)
        elsewhere = {'metadata': {'uid': '64eaff453040297344bc00aa', 'name': 'Elsewhere', 'kind': 'pack'}}
        layers = [{'name': name, 'type': 'spectro', 'layer': 'addon', 'tag': tag, 'version': tag, 'values': 'a: 1\n',
                   'registry': elsewhere}
                  for name, tag in (('mqtt-broker', '2.1.0'), ('time-server', '1.1.0'), ('nobody-has-it', '9.9.9'))]
        self.import_profile('quay', [*layers, SETTINGS])
        window = self.window('Registries and Secrets')
        self.program.find('label', 'No registry of this console has it', within=window)
        for name in ('mqtt-broker', 'time-server'):
            self.choose_second(window, name)
        self.program.press('button', 'Use', within=window)
        self.program.is_gone('window', 'Registries and Secrets')
        self.program.wait(lambda: self.registries() == ['Sandbox Charts', 'Sandbox Charts', 'Elsewhere', None],
                          f'the registries, which are {self.registries()}')

    def choose_second(self, window, name):
        """The second registry of the layer of that name."""
        row = next(node for node in window.find_all('combo box') if name in node.name)
        self.program.click(row)
        self.program.find('label', 'Sandbox Charts', within=window)
        self.program.key('Down', 'Return')

    def registries(self):
        text = self.ctl('profile', 'export', 'quay', '--workspace', self.workspace())
        return [pack.get('registry', {}).get('metadata', {}).get('name')
                for pack in json.loads(text)['spec']['template']['packs']]

    def workspace(self):
        return next(console['id'] for console in json.loads(self.ctl('console', 'list', '--json')))

    @staticmethod
    def put_chart(folder, name):
        """A chart of the same name and version as a pack."""
        version = {'mqtt-broker': '2.1.0', 'time-server': '1.1.0'}[name]
        place = os.path.join(folder, f'{name}-{version}')
        os.makedirs(os.path.join(place, 'templates'))
        for path, text in (('Chart.yaml', f'apiVersion: v2\nname: {name}\nversion: {version}\ntype: application\n'),
                           ('values.yaml', 'a: 1\n'), ('templates/config.yaml', CONFIG)):
            with open(os.path.join(place, path), 'w', encoding='utf-8') as file:
                file.write(text)

    def make_sandbox(self, *names, content=None):
        if content is None:
            return super().make_sandbox(*names)
        before = os.environ.get('STRATA_SANDBOX_CONTENT')
        os.environ['STRATA_SANDBOX_CONTENT'] = content
        try:
            self.sandbox = Sandbox(os.path.join(self.folder, 'sandbox'))
        finally:
            os.environ['STRATA_SANDBOX_CONTENT'] = before
        return []


if __name__ == '__main__':
    sys.exit(main(ConsoleTrouble))
