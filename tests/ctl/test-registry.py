#!/usr/bin/python3
# test-registry.py - stratactl with real registries: docker-registry, a Helm repository behind nginx, a folder of packs
# SPDX-License-Identifier: GPL-3.0-or-later

import base64
import contextlib
import hashlib
import json
import os
import pathlib
import re
import shutil
import socket
import sqlite3
import subprocess
import tarfile
import time
import unittest
import urllib.request

import case
from case import CHARTS, DATA, PACKS, Case

PATIENCE = 30
USER, PASSWORD = 'reader', 's3cret-word'
# Of PASSWORD, with the fewest rounds, so that a test does not wait for it.
BCRYPT = f'{USER}:$2y$04$rQfkWS.HrOOEOvjsBynm8OFIeO.m3XPAP/WQloN9vjakbDR.9TmFK\n'
BASIC = base64.b64encode(f'{USER}:{PASSWORD}'.encode()).decode()
COMMANDS = ['add', 'list', 'sync', 'remove', 'search', 'versions', 'show', 'fetch']
MANIFEST = 'application/vnd.oci.image.manifest.v1+json'


def free_port():
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


def digest(content):
    return 'sha256:' + hashlib.sha256(content).hexdigest()


class Registries(Case):
    def setUp(self):
        super().setUp()
        os.environ['XDG_CACHE_HOME'] = str(self.here / 'cache')

    def serve(self, program, *words):
        """Starts a server of Debian's and waits until it listens; the test is skipped where there is none."""
        path = shutil.which(program, path=os.environ['PATH'] + ':/usr/sbin')
        if path is None:
            self.skipTest(f'{program} is not installed')
        process = subprocess.Popen([path, *map(str, words)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        return process

    def wait_for(self, port):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            with socket.socket() as probe:
                if probe.connect_ex(('127.0.0.1', port)) == 0:
                    return
            time.sleep(0.01)
        self.fail('the server did not start')

    def serve_oci(self, with_password=False):
        port = free_port()
        auth = f'auth:\n  htpasswd:\n    realm: test\n    path: {self.write("htpasswd", BCRYPT)}\n' if with_password else ''
        config = self.write('registry.yml', f'version: 0.1\nstorage:\n  filesystem:\n    rootdirectory: {self.here}/oci\n'
                                            f'http:\n  addr: 127.0.0.1:{port}\n{auth}')
        self.serve('docker-registry', 'serve', config)
        self.wait_for(port)
        return f'http://127.0.0.1:{port}'

    def send(self, method, url, content, kind='application/octet-stream'):
        request = urllib.request.Request(url, data=content, method=method,
                                         headers={'Content-Type': kind, 'Authorization': f'Basic {BASIC}'})
        with urllib.request.urlopen(request, timeout=PATIENCE) as reply:
            return reply.headers

    def push_blob(self, url, repository, content):
        place = self.send('POST', f'{url}/v2/{repository}/blobs/uploads/', b'')['Location']
        self.send('PUT', f'{place}&digest={digest(content)}', content)
        return {'digest': digest(content), 'size': len(content)}

    def push_chart(self, url, repository, name, version, archive):
        config = json.dumps({'name': name, 'version': version, 'description': f'The chart {name}'}).encode()
        manifest = {'schemaVersion': 2, 'mediaType': MANIFEST,
                    'config': {'mediaType': 'application/vnd.cncf.helm.config.v1+json',
                               **self.push_blob(url, repository, config)},
                    'layers': [{'mediaType': 'application/vnd.cncf.helm.chart.content.v1.tar+gzip',
                                **self.push_blob(url, repository, archive)}]}
        self.send('PUT', f'{url}/v2/{repository}/manifests/{version.replace("+", "_")}', json.dumps(manifest).encode(),
                  MANIFEST)

    def chart(self):
        """A real chart: its path, name and version."""
        if not CHARTS:
            self.skipTest('no shared data beside the source')
        path = pathlib.Path(CHARTS[0])
        with tarfile.open(path) as archive:
            name = archive.getnames()[0].split('/')[0]
        return path, name, path.name[len(name) + 1:-len('.tgz')]

    def serve_helm(self):
        """nginx with all real charts and an index of them."""
        if not CHARTS:
            self.skipTest('no shared data beside the source')
        port, root = free_port(), self.here / 'www'
        root.mkdir()
        lines = ['apiVersion: v1', 'entries:']
        for path in CHARTS:
            with tarfile.open(path) as archive:
                name = archive.getnames()[0].split('/')[0]
            content = pathlib.Path(path).read_bytes()
            file = pathlib.Path(path).name
            (root / file).write_bytes(content)
            lines += [f'  {name}:', f'  - name: {name}', f'    version: "{file[len(name) + 1:-len(".tgz")]}"',
                      f'    description: The chart {name}', f'    digest: {digest(content)[7:]}', f'    urls: [{file}]']
        (root / 'index.yaml').write_text('\n'.join(lines) + '\n')
        temp = ''.join(f'{kind}_temp_path {self.here}/{kind};' for kind in
                       ('client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'))
        config = self.write('nginx.conf', f'daemon off; pid {self.here}/nginx.pid; error_log /dev/null; events {{}}\n'
                                          f'http {{ access_log off; {temp} server {{ listen 127.0.0.1:{port}; '
                                          f'root {root}; }} }}\n')
        os.chmod(self.here, 0o755)
        self.serve('nginx', '-e', '/dev/null', '-c', config)
        self.wait_for(port)
        return f'http://127.0.0.1:{port}'

    def packs(self):
        if not PACKS:
            self.skipTest('no shared data beside the source')
        return DATA / 'packs'

    def test_help(self):
        self.assertIn('registry add', self.run_text('registry', '--help'))
        for name in COMMANDS:
            self.assertIn('--json', self.run_text('registry', name, '--help'))

    def test_manual_and_completion(self):
        data = pathlib.Path(os.environ['G_TEST_SRCDIR'], '..', 'data')
        manual = (data / 'man/stratactl.1').read_text().replace('\\-', '-')
        completion = (data / 'completions/stratactl').read_text()
        for name in COMMANDS:
            self.assertRegex(manual, rf'registry {name}\b')
            self.assertRegex(manual[manual.index('.SH OUTPUT'):], rf'\b{name}\b')
            self.assertRegex(completion, rf'\b{name}\b')
            for option in re.findall(r'^ +(?:-\w, )?(--[\w-]+)', self.run_text('registry', name, '--help'), re.MULTILINE):
                self.assertIn(option if option != '--output' else '-o', manual)
                self.assertIn(option, completion)

    def test_wrong_use(self):
        for words in ([], ['frobnicate'], ['add'], ['remove'], ['search'], ['versions'], ['show'], ['fetch'],
                      ['add', 'http://127.0.0.1:1', '--kind', 'ftp'], ['add', 'oci://127.0.0.1:1', '--kind', 'helm'],
                      ['add', 'http://127.0.0.1:1', '--user', 'a']):
            with self.subTest(words):
                self.fail_with(2, 'registry', *words)

    def test_nothing_there(self):
        self.assertEqual(self.run_json('registry', 'list'), [])
        self.assertEqual(self.run_json('registry', 'search', 'web'), [])
        self.assertEqual(self.run_text('registry', 'search', 'web'), '')
        self.assertEqual(self.run_text('registry', 'list'), '')
        self.fail_with(1, 'registry', 'remove', 'nobody')
        self.fail_with(1, 'registry', 'sync', 'nobody')
        self.fail_with(1, 'registry', 'fetch', 'nobody/web')
        self.fail_with(1, 'registry', 'add', 'http://127.0.0.1:1')
        self.fail_with(1, 'registry', 'add', self.here / 'nowhere')
        self.assertEqual(self.run_json('registry', 'list'), [])

    def test_folder(self):
        self.run_text('registry', 'add', self.packs())
        self.assertEqual(self.run_json('registry', 'list')[0]['kind'], 'pack-folder')
        counts = self.run_json('registry', 'sync')[0]
        self.assertEqual(counts['versions'], len(PACKS))
        self.assertEqual(self.run_json('registry', 'search', 'universe')[0]['name'], 'hello-universe')
        self.assertEqual([each['version'] for each in self.run_json('registry', 'versions', 'packs/hello-universe')],
                         ['1.3.1'])
        self.make()
        self.run_text('profile', 'add-pack', 'edge', 'packs/hello-universe@1.3.1')
        self.assertEqual(self.layers('edge'), ['hello-universe'])
        self.assertIn('add-pack', self.fail_with(1, 'profile', 'add-chart', 'edge', 'packs/spegel'))
        self.run_text('registry', 'fetch', 'packs/hello-universe', '-o', 'pack.tgz')
        with tarfile.open(self.here / 'pack.tgz') as archive:
            self.assertIn('hello-universe-1.3.1/pack.json', archive.getnames())

    def test_helm(self):
        path, name, version = self.chart()
        url = self.serve_helm()
        self.run_text('registry', 'add', url, '--name', 'shop charts')
        counts = self.run_json('registry', 'sync', 'shop charts')[0]
        self.assertEqual(counts['versions'], len(CHARTS))
        self.assertEqual(self.run_json('registry', 'search', name)[0]['name'], name)
        shown = self.run_json('registry', 'show', f'shop charts/{name}')
        self.assertEqual((shown['version'], shown['registry']), (version, 'shop charts'))
        self.assertEqual('sha256:' + shown['sha256'], digest(path.read_bytes()))
        done = self.run_json('registry', 'fetch', f'shop charts/{name}@{version}')
        self.assertEqual((self.here / done['path']).read_bytes(), path.read_bytes())
        self.make()
        self.run_text('profile', 'add-chart', 'edge', f'shop charts/{name}')
        self.assertEqual(self.layers('edge'), [name])

    def test_oci(self):
        path, name, version = self.chart()
        url = self.serve_oci()
        self.push_chart(url, f'charts/{name}', name, version, path.read_bytes())
        self.run_text('registry', 'add', url, '--kind', 'oci', '--name', 'ours')
        self.assertEqual(self.run_json('registry', 'sync')[0]['new'], 1)
        self.assertEqual(self.run_json('registry', 'sync')[0]['new'], 0)
        self.assertIn(version, self.run_text('registry', 'versions', f'ours/{name}'))
        self.assertIn(f'The chart {name}', self.run_text('registry', 'show', f'ours/{name}'))
        self.assertEqual(self.run_bytes('registry', 'fetch', f'ours/{name}', '-o', '-'), path.read_bytes())
        self.make()
        self.run_text('profile', 'add-chart', 'edge', f'ours/{name}@{version}')
        layer = self.run_json('profile', 'show', 'edge')['layers'][0]
        self.assertEqual((layer['name'], layer['kind']), (name, 'oci'))
        self.assertIn('9.9.9', self.fail_with(1, 'profile', 'add-chart', 'edge', f'ours/{name}@9.9.9'))
        self.run_text('registry', 'remove', 'ours')
        self.assertEqual(self.run_json('registry', 'list'), [])
        self.assertEqual(self.run_json('registry', 'search', name), [])
        for path in (self.here / 'cache').rglob('*.db'):
            with contextlib.closing(sqlite3.connect(path)) as index:
                self.assertEqual(index.execute('SELECT count(*) FROM version').fetchone(), (0,))

    def test_password(self):
        path, name, version = self.chart()
        url = self.serve_oci(with_password=True)
        self.push_chart(url, f'charts/{name}', name, version, path.read_bytes())
        add = ['registry', 'add', url, '--kind', 'oci', '--name', 'ours', '--user', USER]
        wrong = self.fail_with(1, *add, env={'STRATA_REGISTRY_PASSWORD': 'guess'})
        self.assertNotIn('guess', wrong)
        self.run_text(*add, '--password-file', self.write('password', PASSWORD + '\n'))
        self.assertEqual(self.run_json('registry', 'sync', env={'STRATA_REGISTRY_PASSWORD': PASSWORD})[0]['versions'], 1)
        self.fail_with(1, 'registry', 'sync', env={'STRATA_REGISTRY_PASSWORD': 'guess'})
        self.fail_with(1, 'registry', 'sync', '--password-file', self.write('wrong', 'guess'))
        for file in (self.here / 'store').rglob('*'):
            if file.is_file():
                self.assertNotIn(PASSWORD.encode(), file.read_bytes())

    def test_two_of_one_name(self):
        url = self.serve_helm()
        self.run_text('registry', 'add', url, '--name', 'packs')
        self.run_text('registry', 'add', self.packs())
        self.run_text('registry', 'sync')
        first, second = self.run_json('registry', 'list')
        self.assertEqual(first['name'], second['name'])
        message = self.fail_with(1, 'registry', 'remove', 'packs')
        for registry in (first, second):
            self.assertIn(registry['id'], message)
            self.assertIn(registry['id'], self.run_text('registry', 'list'))
        self.assertEqual(len(self.run_json('registry', 'versions', 'packs/hello-universe')), 1)
        self.run_text('registry', 'remove', first['id'])
        self.run_text('registry', 'sync', 'packs')

    def test_one_that_fails(self):
        url = self.serve_helm()
        self.run_text('registry', 'add', url, '--name', 'gone')
        self.run_text('registry', 'add', self.packs())
        (self.here / 'www/index.yaml').unlink()
        done = self.start('registry', 'sync')
        self.assertEqual(done.returncode, 1)
        self.assertTrue(done.stderr.decode().startswith('stratactl: '))
        failing, packs = self.run_json('registry', 'list')
        self.assertIn('error', failing)
        self.assertEqual(packs['versions'], len(PACKS))


if __name__ == '__main__':
    case.main()
