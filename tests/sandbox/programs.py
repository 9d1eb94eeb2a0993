# programs.py - the console to practise on and appliances as a person starts them, and what a person asks of the console
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Each has its own folder, listens on loopback, and ends with its object or when this process does. Every wait is bounded.

import json
import os
import pathlib
import select
import signal
import subprocess
import time
import urllib.error
import urllib.request

PATIENCE = 60  # seconds, for a machine that has much else to do


class Refused(Exception):
    """The console said no."""

    def __init__(self, status, body):
        super().__init__(f'{status}: {body[:400]!r}')
        self.status = status


def wait_for(what, check, patience=PATIENCE):
    """What CHECK gives as soon as it gives something."""
    end = time.monotonic() + patience
    while True:
        found = check()
        if found:
            return found
        if time.monotonic() > end:
            raise AssertionError(f'this did not happen in {patience} s: {what}')
        time.sleep(0.02)


class Program:
    """A program that ends when this one does: its standard input closes then."""

    def __init__(self, words, output, env=None):
        self.output = pathlib.Path(output)
        with self.output.open('ab') as sink:
            self.process = subprocess.Popen([*map(str, words)], stdin=subprocess.PIPE, stdout=sink,
                                            stderr=subprocess.STDOUT, env={**os.environ, **(env or {})})

    def end(self, number=signal.SIGTERM):
        """Ends it; its exit status."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        self.process.stdin.close()
        return self.process.wait(PATIENCE)

    def kill(self):
        return self.end(signal.SIGKILL)


class Sandbox:
    """strata-sandbox in FOLDER. After kill() it is started again at the same address."""

    def __init__(self, program, folder, *words):
        self.program, self.folder, self.words = program, pathlib.Path(folder), words
        self.folder.mkdir(parents=True, exist_ok=True)
        self.port, self.n_starts, self.running = 0, 0, None
        self.scope = {}  # a header that names a project, or all of the tenant
        self.start()

    def start(self):
        self.n_starts += 1
        output = self.folder / f'output-{self.n_starts}'
        self.running = Program([self.program, '--data', self.folder / 'data', '--port', self.port, '--no-rate-limit',
                                '--with-parent', *self.words], output)
        said = wait_for('the sandbox says its address', lambda: self.read(output))
        self.address, self.api_key, self.token = said['address'], said['api-key'], said['edge-token']
        self.said = said
        self.port = int(self.address.rpartition(':')[2])

    def read(self, output):
        if self.running.process.poll() is not None:
            raise AssertionError(f'the sandbox ended: {output.read_text()}')
        said = dict(line.split(' ', 1) for line in output.read_text().splitlines() if ' ' in line)
        return said if 'helm-repository' in said else None

    def kill(self):
        self.running.kill()

    def restart(self):
        self.kill()
        self.start()

    def close(self):
        self.running.end()

    def call(self, method, path, body=None, raw=False):
        """The answer to a person who is signed in."""
        data = json.dumps(body).encode() if body is not None else None
        headers = {'ApiKey': self.api_key, 'Content-Type': 'application/json', **self.scope}
        request = urllib.request.Request(self.address + path, data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                content = answer.read()
        except urllib.error.HTTPError as error:
            raise Refused(error.code, error.read()) from error
        return content if raw else json.loads(content) if content else None

    def enter_project(self):
        """From now on what is asked is of the first project."""
        items = self.call('GET', '/v1/dashboard/projects/metadata')['items']
        self.scope = {'ProjectUid': items[0]['metadata']['uid']}

    def create(self, name, layers, variables=()):
        """A published profile of manifest layers, {name: text}; its UID."""
        packs = [{'name': layer, 'type': 'manifest', 'layer': 'addon', 'uid': 'spectro-manifest-pack',
                  'values': f'pack:\n  spectrocloud.com/install-priority: "{10 * number}"\n',
                  'manifests': [{'name': 'site', 'content': text}]}
                 for number, (layer, text) in enumerate(layers.items(), 1)]
        return self.call('POST', '/v1/clusterprofiles?publish=true', {
            'metadata': {'name': name},
            'spec': {'version': '1.0.0', 'template': {'type': 'system', 'cloudType': 'all', 'packs': packs},
                     'variables': [{'name': key, 'displayName': key, 'format': 'string', 'defaultValue': value}
                                   for key, value in dict(variables).items()]}})['uid']

    def draft(self, uid):
        """The packs of the profile as they are to be published, with their manifests."""
        spec = self.call('GET', f'/v1/clusterprofiles/{uid}')['spec']
        packs = (spec.get('draft') or spec['published'])['packs']
        for pack in packs:
            items = self.call('GET', f'/v1/clusterprofiles/{uid}/packs/{pack["name"]}/manifests')['items']
            contents = [(item['spec'].get('draft') or item['spec']['published'])['content'] for item in items]
            pack['manifests'] = [{'name': item['metadata']['name'], 'uid': item['metadata']['uid'], 'content': content}
                                 for item, content in zip(items, contents)]
        return packs

    def set_manifest(self, uid, layer, text):
        """Changes the one manifest of a layer in the draft."""
        packs = [{**{key: pack[key] for key in ('name', 'type', 'layer', 'values', 'manifests')},
                  'uid': pack['packUid']} for pack in self.draft(uid)]
        next(pack for pack in packs if pack['name'] == layer)['manifests'][0]['content'] = text
        about = self.call('GET', f'/v1/clusterprofiles/{uid}')
        self.call('PUT', f'/v1/clusterprofiles/{uid}', {
            'metadata': {'name': about['metadata']['name'], 'uid': uid},
            'spec': {'version': about['spec']['version'], 'template': {'type': 'system', 'packs': packs}}})

    def publish(self, uid):
        self.call('PATCH', f'/v1/clusterprofiles/{uid}/publish')

    def download(self, uid):
        return self.call('GET', f'/v1/clusterprofiles/{uid}/spc/download', raw=True)

    def host(self, uid):
        return self.call('GET', f'/v1/edgehosts/{uid}')

    def conditions(self, uid):
        """What the appliance reported, {layer: (condition, message)}."""
        try:
            packs = self.host(uid)['status'].get('packs') or []
        except Refused:
            return {}
        return {pack['name']: (pack['condition']['type'], pack['condition'].get('message', '')) for pack in packs}


class Appliance:
    """strata-appliance in FOLDER, which boots from ARCHIVE."""

    def __init__(self, program, folder, archive, console, uid, *words):
        self.program, self.folder, self.archive, self.uid = program, pathlib.Path(folder), archive, uid
        self.folder.mkdir(parents=True, exist_ok=True)
        self.state, self.token = self.folder / 'state', self.folder / 'token'
        self.words, self.output, self.running = words, self.folder / 'output', None
        self.console = console.address if console else None
        if console:
            self.token.write_text(console.token + '\n')

    def command(self, *words):
        console = ['--console', self.console, '--token-file', self.token] if self.console else []
        return [self.program, '--archive', self.archive, '--state', self.state, '--uid', self.uid, '--json', *console,
                *self.words, *words]

    def start(self, interval=0.1):
        self.running = Program(self.command('--interval', interval, '--with-parent'), self.output)
        return self

    def run_once(self, check=True, prefix=(), timeout=PATIENCE):
        """Boots and asks once; all events."""
        done = subprocess.run([*map(str, prefix), *map(str, self.command('--once'))], stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, timeout=timeout, check=False)
        if check and done.returncode != 0:
            raise AssertionError(f'{done.returncode}: {done.stdout} {done.stderr}')
        return [json.loads(line) for line in done.stdout.splitlines()]

    def close(self):
        return self.running.end() if self.running else None

    def kill(self):
        self.running.kill()

    def events(self):
        lines = self.output.read_bytes().splitlines(keepends=True) if self.output.exists() else []
        return [json.loads(line) for line in lines if line.startswith(b'{') and line.endswith(b'}\n')]

    def said(self, event, **members):
        return [found for found in self.events() if found['event'] == event
                and all(found.get(key) == value for key, value in members.items())]

    def wait_said(self, event, times=1, **members):
        return wait_for(f'{event} {members}', lambda: len(self.said(event, **members)) >= times)

    def text(self, layer):
        path = self.state / 'server' / 'manifests' / f'strata-{layer}.yaml'
        return path.read_text() if path.exists() else ''

    def wait_text(self, layer, part):
        return wait_for(f'{part} in {layer} of {self.uid}', lambda: part in self.text(layer))
