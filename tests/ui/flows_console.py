#!/usr/bin/python3
# flows_console.py - what people do with a console: each flow on a desk of its own, with a sandbox of its own
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage, inside session.sh: flows_console.py [--tap] [NAME…]     NAME is a part of a flow's name; all of them without

import json
import os
import re
import subprocess
import sys
import time
import urllib.request

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from driver import Failure  # noqa: E402
from flows import CONFIG, Flows, main  # noqa: E402
from walk import digest, expect  # noqa: E402

ONLINE, OFFLINE = re.compile('^Online, '), re.compile('^Offline, ')


class Sandbox:
    """A console of our own, as a process that can be ended like a network that goes away."""

    def __init__(self, folder, port=0):
        self.folder = folder
        self.port = port
        self.start()

    def start(self):
        program = os.environ.get('STRATA_SANDBOX', 'strata-sandbox')
        content = os.environ.get('STRATA_SANDBOX_CONTENT')
        more = ['--content', content] if content else []
        self.process = subprocess.Popen([program, '--data', self.folder, '--port', str(self.port), *more],
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        said = {}
        while 'helm-repository' not in said:
            line = self.process.stdout.readline()
            if not line:
                raise Failure('the sandbox ended before it was ready')
            word, value = line.split(maxsplit=1)
            said[word] = value.strip()
        self.address, self.key, self.token = said['address'], said['api-key'], said['edge-token']
        self.port = int(self.address.rsplit(':', 1)[1])
        self.project = None
        self.project = self.ask('GET', '/v1/dashboard/projects/metadata')['items'][0]['metadata']['uid']

    def end(self):
        self.process.kill()
        self.process.wait()

    def ask(self, method, path, body=None, key=None):
        """What the console answers somebody else; an appliance has a key of its own."""
        data = json.dumps(body).encode() if body is not None else None
        headers = {'ApiKey': key or self.key, 'Content-Type': 'application/json'}
        if self.project is not None:
            headers['ProjectUid'] = self.project
        request = urllib.request.Request(self.address + path, data, method=method, headers=headers)
        with urllib.request.urlopen(request, timeout=10) as reply:
            text = reply.read()
        return json.loads(text) if text else None

    def make(self, name, version='1.0.0'):
        """A profile of one manifest, published; its uid."""
        uid = self.ask('POST', '/v1/clusterprofiles', {'metadata': {'name': name}, 'spec': {
            'template': {'type': 'system', 'cloudType': 'all', 'packs': [self.layer(CONFIG)]}, 'version': version}})['uid']
        self.ask('PATCH', f'/v1/clusterprofiles/{uid}/publish', {})
        return uid

    @staticmethod
    def layer(content, manifest_uid=None):
        manifest = {'name': 'site-info', 'content': content}
        if manifest_uid is not None:
            manifest['uid'] = manifest_uid
        return {'name': 'settings', 'type': 'manifest', 'layer': 'addon', 'tag': '1.0.0', 'values': '',
                'manifests': [manifest]}

    def uid(self, name):
        items = self.ask('POST', '/v1/dashboard/clusterprofiles', {})['items']
        return next(item['metadata']['uid'] for item in items if item['metadata']['name'] == name)

    def whole(self, uid):
        return self.ask('GET', f'/v1/clusterprofiles/{uid}')

    def manifests(self, uid):
        """The manifests of the one layer, with their texts."""
        return self.ask('GET', f'/v1/clusterprofiles/{uid}/packs/settings/manifests')['items']

    def text(self, uid):
        """What is published in the one manifest."""
        return '\n'.join(item['spec'].get('published', {}).get('content') or '' for item in self.manifests(uid))

    def change(self, uid, content):
        """Somebody else writes another text, and publishes it."""
        profile = self.whole(uid)
        manifest = self.manifests(uid)[0]['metadata']['uid']
        self.ask('PUT', f'/v1/clusterprofiles/{uid}', {
            'metadata': {'name': profile['metadata']['name'], 'uid': uid},
            'spec': {'template': {'type': 'system', 'cloudType': 'all', 'packs': [self.layer(content, manifest)]},
                     'version': profile['spec']['version']}})
        self.ask('PATCH', f'/v1/clusterprofiles/{uid}/publish', {})


class ConsoleFlows(Flows):
    """Each flow has a sandbox; it ends with the flow."""

    def __init__(self, folder):
        super().__init__(folder)
        self.environment['XDG_CACHE_HOME'] = os.path.join(folder, 'cache')
        self.sandbox = None

    def end(self):
        if self.sandbox is not None:
            self.sandbox.end()

    # What the flows are made of

    def row(self, name, table=None):
        """In whichever workspace: the pages of the one behind keep their table."""
        return self.program.find('row', re.compile(f'^{re.escape(name)} .*, changed '))

    def make_sandbox(self, *names):
        self.sandbox = Sandbox(os.path.join(self.folder, 'sandbox'))
        return [self.sandbox.make(name) for name in names]

    def fill_in(self, address, key):
        self.program.fill('Address', address)
        self.program.fill('API key', key)
        self.program.press('button', 'Try')

    def add_console(self, *names):
        """The program with a console that has these profiles; their uids."""
        uids = self.make_sandbox(*names)
        self.start()
        self.command('Add Console', 'Add Console…')
        self.window('Add Console')
        self.fill_in(self.sandbox.address, self.sandbox.key)
        self.program.find('label', re.compile('^Signed in'))
        self.program.press('button', 'Add')
        self.program.is_gone('window', 'Add Console')
        self.program.find('button', ONLINE)
        for name in names:
            self.row(name)
        return uids

    @staticmethod
    def read(path):
        with open(path, encoding='utf-8') as file:
            return file.read()

    def type_line(self, text):
        """A line at the top of the one manifest; saved then."""
        self.program.click(self.view())
        self.program.key('ctrl+Home')
        self.program.type(f'{text}\n')
        self.program.wait(lambda: self.view().text.startswith(f'{text}\n'), 'the line')
        self.program.find(None, re.compile('^Saved'))

    def publish(self):
        self.program.key('ctrl+shift+p')
        self.program.find('label', re.compile('published$'))

    # The flows

    def flow_01_add(self):
        """A console is added by its key; what is wrong is said next to what it is about; its profiles are listed"""
        self.make_sandbox('quay', 'pier')
        self.start()
        self.command('Add Console', 'Add Console…')
        self.window('Add Console')
        expect(not self.program.find('button', 'Add').is_sensitive, 'Add is there before anything was typed')
        self.fill_in('http://127.0.0.1:9', self.sandbox.key)
        self.program.find('label', 'Not signed in')
        self.fill_in(self.sandbox.address, 'no-such-key')
        self.program.find('label', 'Not signed in')
        expect('no-such-key' not in self.program.tree(), 'the key is shown')
        self.fill_in(self.sandbox.address, self.sandbox.key)
        self.program.find('label', re.compile('^Signed in'))
        self.program.press('button', 'Add')
        self.program.is_gone('window', 'Add Console')
        self.program.find('button', ONLINE)
        self.has_rows('pier 1.0.0', 'quay 1.0.0')
        self.program.find('row', re.compile('^quay .*, published, not on this computer, '))
        found = subprocess.run(['grep', '-rl', self.sandbox.key, self.environment['XDG_DATA_HOME'],
                                self.environment['XDG_STATE_HOME']], capture_output=True, text=True).stdout
        expect(found == '', f'the key is in {found}')

    def flow_02_publish(self):
        """A profile is fetched when it is opened, changed, and published: the console has the change"""
        uid, = self.add_console('quay')
        self.open_profile('quay')
        self.type_line('# changed here')
        self.program.find('label', re.compile('(?<!On this computer) · 1 change since '))
        self.publish()
        expect('# changed here' in self.sandbox.text(uid), 'the console has no change')
        self.program.key('ctrl+1')
        self.program.find('row', re.compile('^quay .*, published, '))

    def flow_03_offline(self):
        """Without the console one works on; what was changed waits, and goes when it is back"""
        uid, = self.add_console('quay')
        self.open_profile('quay')
        self.sandbox.end()
        self.type_line('# far from the console')
        self.program.key('ctrl+1', 'ctrl+r')
        self.program.find('button', re.compile('^Offline, since .*1 change waits'))
        self.program.find('row', re.compile('^quay .*, unpublished changes'))
        self.sandbox.start()
        self.program.key('ctrl+r')
        self.program.find('button', ONLINE)
        self.program.key('ctrl+shift+s')
        self.program.press('button', 'Sync All')
        self.program.find('label', re.compile('^Sent$|^A draft at the console'))
        expect('# far from' not in self.sandbox.text(uid), 'it was published, though nobody said so')
        self.program.key('Escape')
        self.program.click(self.row('quay'))
        self.program.key('Return')
        self.view()
        self.publish()
        expect('# far from the console' in self.sandbox.text(uid), 'the console has no change')

    def flow_04_conflict(self):
        """Changed at both ends in one place: nothing is overwritten, both are shown, and what was chosen is published"""
        uid, = self.add_console('quay')
        self.open_profile('quay')
        self.sandbox.change(uid, CONFIG.replace('site-info', 'theirs'))
        self.program.set_text(self.view(), CONFIG.replace('site-info', 'mine'))
        self.program.find(None, re.compile('^Saved'))
        self.program.key('ctrl+1', 'ctrl+r')
        self.program.find('row', re.compile('^quay .*, conflict'))
        self.program.key('ctrl+shift+s')
        self.program.press('button', re.compile('Decide…$'))
        window = self.window('Merge quay 1.0.0')
        self.program.press(None, re.compile('^Mine: .*mine'), within=window)
        self.program.press('button', 'Merge', within=window)
        self.program.find('label', re.compile('merged'))
        expect('theirs' in self.sandbox.text(uid), 'theirs was overwritten before anything was sent')
        # That of the toast: the editor behind has one, too.
        self.program.activate([*self.program.root.find_all('button', 'Publish…')][-1])
        self.program.find('label', re.compile('published$'))
        expect('mine' in self.sandbox.text(uid), 'the console does not have what was chosen')

    def flow_05_sign_out(self):
        """Signed out, what was opened is still here; signed in again, it is the same workspace"""
        self.add_console('quay', 'pier')
        self.open_profile('quay')
        self.program.key('ctrl+1')
        self.command('Sign Out', 'Sign Out of the Console')
        self.program.find('button', re.compile('^Signed Out'))
        self.open_profile('quay')
        self.program.key('ctrl+1')
        self.command('Sign In to', 'Sign In to the Console…')
        self.window('Sign In')
        self.program.fill('API key', self.sandbox.key)
        self.program.press('button', 'Try')
        self.program.find('label', re.compile('^Signed in'))
        self.program.press('button', 'Sign In')
        self.program.find('button', ONLINE)
        self.has_rows('pier 1.0.0', 'quay 1.0.0')
        self.command('Remove Console', 'Remove Console…')
        self.program.press('button', 'Remove')
        self.program.find('label', 'No Profiles Yet')
        expect(len(self.sandbox.ask('POST', '/v1/dashboard/clusterprofiles', {})['items']) == 2, 'the console lost something')

    def flow_06_practise(self):
        """A first look opens on the sandbox and says so; one click leads to this computer; it ends with the window"""
        self.start('--practise-first')
        self.program.find('label', re.compile('^You are practising'))
        self.program.find('button', ONLINE)
        children = subprocess.run(['pgrep', '-P', str(self.program.process.pid), '-f', 'strata-sandbox'],
                                  capture_output=True, text=True).stdout.split()
        expect(len(children) == 1, f'there are {len(children)} sandboxes')
        self.program.key('ctrl+2')
        self.program.find('row', re.compile('^Sandbox Packs, '))
        self.program.find('row', re.compile('^mqtt-broker '))
        self.program.key('ctrl+1')
        self.program.press('button', 'On This Computer')
        self.program.find('label', 'No Profiles Yet')
        self.program.find('button', 'No Console, Nothing waits')
        code = self.program.close()
        expect(code == 0, f'the program ended with {code}')
        end = time.monotonic() + 10
        while os.path.exists(f'/proc/{children[0]}') and time.monotonic() < end:
            time.sleep(0.05)
        expect(not os.path.exists(f'/proc/{children[0]}'), 'the sandbox is still there')

    def flow_07_workspaces(self):
        """Each workspace has its own tabs; the one in front comes back after a restart"""
        self.make('local')
        self.add_console('quay')
        self.open_profile('quay')
        self.command('Work on This', 'Work on This Computer')
        self.program.find('button', 'No Console, Nothing waits')
        self.open_menu('Workspace')
        self.menu_item(re.compile('^127.0.0.1'))
        self.view()
        session = os.path.join(self.environment['XDG_STATE_HOME'], 'strata', 'session')
        self.program.wait(lambda: '[window]\nworkspace=' in self.read(session), 'the workspace in the session')
        self.program.kill()
        self.start()
        self.view()
        self.program.key('ctrl+1')
        self.program.find('button', ONLINE)

    def flow_08_activity(self):
        """What was done is listed with its side and result, and filtered"""
        self.add_console('quay')
        self.open_profile('quay')
        self.type_line('# for the list')
        self.publish()
        self.program.key('ctrl+4')
        self.program.find('row', re.compile('To the console, done'))
        self.program.press('chip', 'To the console')
        self.program.is_gone('row', re.compile('From the console'))
        self.program.click(self.program.find('row', re.compile('To the console, done')))
        self.program.press('button', 'Copy Details')


    def flow_09_password(self):
        """A console is added by e-mail and password; the password is nowhere on the disk"""
        self.make_sandbox('quay')
        self.start()
        self.command('Add Console', 'Add Console…')
        window = self.window('Add Console')
        self.program.fill('Address', self.sandbox.address)
        self.choose('Sign in with', 'E-mail and password', window)
        self.program.fill('E-mail', 'admin@sandbox.example')
        self.program.fill('Password', self.sandbox.key)
        self.program.press('button', 'Try')
        self.program.find('label', re.compile('^Signed in as admin@sandbox.example'))
        self.program.press('button', 'Add')
        self.program.find('button', ONLINE)
        self.row('quay')

    def flow_10_import(self):
        """An import that was masked asks for its values again, and the console gets them"""
        self.add_console('pier')
        path = self.put_file('quay.json', json.dumps({'metadata': {'name': 'quay'}, 'spec': {
            'version': '1.0.0', 'template': {'type': 'system', 'cloudType': 'all', 'packs': [self.sandbox.layer(CONFIG)]},
            'variables': [{'name': 'site_password', 'displayName': 'Site password', 'format': 'string',
                           'isSensitive': True, 'defaultValue': '********'}]}}))
        self.program.key('ctrl+o')
        self.program.choose_file(path)
        window = self.window('Registries and Secrets')
        self.program.fill('sitepassword', 'high tide', within=window)
        self.program.press('button', 'Use', within=window)
        self.program.is_gone('window', 'Registries and Secrets')
        self.open_profile('quay')
        self.publish()
        variables = self.sandbox.ask('GET', f"/v1/clusterprofiles/{self.sandbox.uid('quay')}/variables")['variables']
        expect(variables[0].get('defaultValue'), f'the console has {variables}')


    def flow_11_in_use(self):
        """What appliances run is not published without a question, and can be saved as a new version instead"""
        self.start('--practise-first')
        self.program.find('button', ONLINE)
        self.program.click(self.row('store-basics'))
        self.program.key('Return')
        view = self.program.find('entry', re.compile('^(Values|Manifest) '))
        self.program.click(view)
        self.program.key('ctrl+Home')
        self.program.type('# for the next one\n')
        self.program.find(None, re.compile('^Saved'))
        self.program.key('ctrl+shift+p')
        self.program.find('label', re.compile('appliances? runs? this version'))
        self.program.press('button', 'Save as New Version…')
        self.program.find('label', re.compile('^What was changed here becomes the new version'))
        self.program.press('button', 'Create')
        self.program.wait(lambda: 'store-basics 1.2.0' in self.program.tree(), 'the new version')
        space = json.loads(self.ctl('console', 'list', '--json'))[0]['id']
        for entry in json.loads(self.ctl('profile', 'list', '--json', '--workspace', space)):
            if entry['name'] == 'store-basics' and not entry['away']:
                exported = self.ctl('profile', 'export', entry['id'], '--workspace', space)
                expect(('for the next one' in exported) == (entry['version'] == '1.2.0'),
                       f"{entry['version']} has {exported}")


    def flow_12_download(self):
        """The console's own archive comes into a folder under its safe name, is whole, and its digest is said"""
        self.add_console('quay')
        folder = os.path.join(self.folder, 'downloads')
        os.makedirs(folder)
        self.menu_of('quay', 'Download From the Console…')
        self.program.choose_file(folder + '/')
        path = self.program.wait(lambda: next((os.path.join(folder, name) for name in os.listdir(folder)
                                               if name.endswith('.tgz')), None), 'the archive')
        expect(os.path.basename(path) == 'quay-1.0.0.tgz', f'it is called {path}')
        self.program.find(None, re.compile(digest(path)[:4]))
        self.ctl('archive', 'verify', path)
        expect(os.listdir(folder) == ['quay-1.0.0.tgz'], f'there is {os.listdir(folder)}')

    def flow_13_copy(self):
        """A profile of a console is copied to this computer, where it is a profile of its own"""
        self.add_console('quay')
        self.open_profile('quay')
        self.program.key('ctrl+1')
        self.menu_of('quay', 'Copy to Workspace…')
        self.program.press('button', 'On This Computer')
        self.program.press('button', 'Go There')
        self.program.find('button', 'No Console, Nothing waits')
        self.program.find('row', re.compile('^quay .*, only here, never sent'))

    def flow_14_compare(self):
        """What is open is compared with what the console has, and with what both had last"""
        uid, = self.add_console('quay')
        self.open_profile('quay')
        self.type_line('# kept at both')
        self.program.key('ctrl+shift+p')
        self.program.wait(lambda: '# kept at both' in self.sandbox.text(uid), 'the change at the console')
        self.program.key('ctrl+1')
        self.program.find('row', re.compile('^quay .*, published, '))
        self.open_profile('quay')
        self.sandbox.change(uid, CONFIG.replace('site-info', 'theirs'))
        self.type_line('# changed here')
        self.program.key('ctrl+1', 'ctrl+r')
        self.program.find('row', re.compile('^quay .*, conflict'))
        self.open_profile('quay')
        self.program.key('ctrl+shift+e')
        window = self.window('Compare')
        for source, line in (('What the console has', '  name: theirs'), ('What both had last', '# kept at both')):
            self.choose('Compared with', source, window)
            self.program.find('label', line, within=window)
            self.program.find('label', '# changed here', within=window)


if __name__ == '__main__':
    sys.exit(main(ConsoleFlows))
