#!/usr/bin/python3
# test-sandbox-program.py - strata-sandbox as a person starts it: what it prints, and what it keeps when it is killed
# SPDX-License-Identifier: GPL-3.0-or-later

import http.client
import itertools
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import threading
import unittest
import urllib.error

SANDBOX = pathlib.Path(sys.argv[1]).resolve()
CONTENT = pathlib.Path(os.environ['G_TEST_SRCDIR'], '..', 'data', 'sandbox').resolve()
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / 'ctl'))

import case  # noqa: E402, it reads the arguments
import programs  # noqa: E402

N_KILLS = 12
N_WRITERS = 3
LOST = (OSError, http.client.HTTPException, urllib.error.URLError, json.JSONDecodeError)


class SandboxCase(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix='sandbox-', dir='/dev/shm' if os.path.isdir('/dev/shm') else None)
        self.addCleanup(folder.cleanup)
        self.here = pathlib.Path(folder.name)

    def begin(self, *words):
        sandbox = programs.Sandbox(SANDBOX, self.here / 'console', '--content', CONTENT, *words)
        self.addCleanup(sandbox.close)
        return sandbox

    def run_program(self, *words, env=None):
        return subprocess.run([SANDBOX, *map(str, words)], capture_output=True, text=True, timeout=programs.PATIENCE,
                              check=False, stdin=subprocess.DEVNULL, env={**os.environ, **(env or {})})


class Writer(threading.Thread):
    """Writes until the console is gone, and remembers what was answered; what had no answer may be there or not."""

    def __init__(self, sandbox, name):
        super().__init__(daemon=True)
        self.sandbox, self.name = sandbox, name
        self.kept, self.unsure = {}, set()

    def run(self):
        try:
            for number in itertools.count():
                self.write(f'{self.name}-{number}')
        except LOST:
            return

    def write(self, name):
        self.unsure.add(name)
        uid = self.sandbox.create(name, {'site': f'a: {name}\n'})
        self.kept[uid] = (name, 1)
        self.sandbox.set_manifest(uid, 'site', f'a: {name} changed\n')
        self.sandbox.publish(uid)
        self.kept[uid] = (name, 2)


class Killed(SandboxCase):
    def check(self, sandbox, writer):
        for uid, (name, revision) in writer.kept.items():
            profile = sandbox.call('GET', f'/v1/clusterprofiles/{uid}')
            self.assertEqual(profile['metadata']['name'], name)
            self.assertGreaterEqual(profile['spec']['published']['version'], revision)
            manifests = sandbox.call('GET', f'/v1/clusterprofiles/{uid}/packs/site/manifests')['items']
            changed = profile['spec']['published']['version'] == 2
            self.assertEqual('changed' in manifests[0]['spec']['published']['content'], changed)

    def test_killed_while_written(self):
        sandbox = self.begin()
        n_kept = 0
        for turn in range(N_KILLS):
            writers = [Writer(sandbox, f'{turn}-{number}') for number in range(N_WRITERS)]
            for writer in writers:
                writer.start()
            programs.wait_for('something is written', lambda: sum(len(one.kept) for one in writers) > turn)
            sandbox.kill()
            for writer in writers:
                writer.join(programs.PATIENCE)
            sandbox.start()
            for writer in writers:
                self.check(sandbox, writer)
                n_kept += len(writer.kept)
        found = sandbox.call('GET', '/v1/dashboard/clusterprofiles/metadata')['items']
        self.assertGreaterEqual(len(found), n_kept)
        self.assertLessEqual(len(found), n_kept + N_KILLS * N_WRITERS)

    def test_disk_full(self):
        """What does not fit is refused, and nothing that was there is lost; with more room it goes on."""
        tight = self.here / 'tight'
        tight.write_text(f'#!/bin/sh\ntrap "" XFSZ\nulimit -f 1200\nexec {SANDBOX} "$@"\n')
        tight.chmod(0o700)
        sandbox = programs.Sandbox(tight, self.here / 'console', '--content', CONTENT)
        self.addCleanup(sandbox.close)
        kept, refused = [], 0
        for number in range(400):
            try:
                kept.append(sandbox.create(f'p-{number}', {'site': 'a: ' + 'b' * 4000 + '\n'}))
            except programs.Refused as error:
                self.assertEqual(error.status, 500, error)
                refused += 1
                if refused == 5:
                    break
        self.assertEqual(refused, 5)
        self.assertGreater(len(kept), 3)
        sandbox.kill()
        sandbox.program = SANDBOX
        sandbox.start()
        found = sandbox.call('GET', '/v1/dashboard/clusterprofiles/metadata')['items']
        self.assertEqual({item['metadata']['uid'] for item in found}, set(kept))
        sandbox.create('after', {'site': 'a: b\n'})

    def test_seed_killed(self):
        """The example is there whole, or not at all."""
        for delay in (0, 0.01, 0.05, 0.1, 0.2):
            words = [SANDBOX, '--data', self.here / 'killed', '--content', CONTENT, '--seed', 'demo', '--profiles', '3000']
            with subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                  stderr=subprocess.DEVNULL) as process:
                try:
                    process.wait(delay)
                except subprocess.TimeoutExpired:
                    pass
                process.kill()
        sandbox = programs.Sandbox(SANDBOX, self.here, '--content', CONTENT, '--data', self.here / 'killed', '--seed',
                                   'demo', '--profiles', '3000')
        self.addCleanup(sandbox.close)
        found = sandbox.call('GET', '/v1/edgehosts/metadata')['edgeHosts']
        self.assertEqual(len(found), 14)


class Program(SandboxCase):
    def test_lines(self):
        sandbox = self.begin('--seed', 'demo')
        self.assertEqual(list(sandbox.said), ['address', 'api-key', 'edge-token', 'pack-registry', 'helm-repository'])
        self.assertRegex(sandbox.address, r'^http://127\.0\.0\.1:\d+$')
        self.assertEqual(len(sandbox.call('GET', '/v1/edgehosts/metadata')['edgeHosts']), 14)
        before = sandbox.said
        sandbox.restart()
        self.assertEqual(sandbox.said, before)

    def test_two_on_one_folder(self):
        self.begin()
        done = self.run_program('--data', self.here / 'console' / 'data')
        self.assertEqual(done.returncode, 1)
        self.assertEqual(done.stdout, '')
        self.assertRegex(done.stderr, r'^strata-sandbox: Another sandbox works in .*--data\n$')

    def test_port_taken(self):
        sandbox = self.begin()
        done = self.run_program('--data', self.here / 'other', '--port', sandbox.port)
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stderr, f'^strata-sandbox: Port {sandbox.port} is taken .*--port.*\n$')

    def test_no_example(self):
        done = self.run_program('--data', self.here / 'other', '--seed', 'demo', '--content', self.here / 'nothing')
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stderr, r'^strata-sandbox: .*nothing.*--content.*\n$')

    def test_ends_with_parent(self):
        done = self.run_program('--data', self.here / 'other', '--with-parent')
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(done.stdout.count('\n'), 5)

    def test_other_file(self):
        (self.here / 'other').mkdir()
        (self.here / 'other' / 'console.sqlite').write_text('This is no database at all. ' * 100)
        done = self.run_program('--data', self.here / 'other')
        self.assertEqual(done.returncode, 1)
        self.assertIn('console.sqlite', done.stderr)
        self.assertEqual(done.stderr.count('\n'), 1)

    def test_folder_read_only(self):
        done = self.run_program('--data', '/proc/sandbox')
        self.assertEqual(done.returncode, 1)
        self.assertIn('/proc/sandbox', done.stderr)

    def test_arguments(self):
        for words in (['--port', '70000'], ['--appliances', '-1'], ['--fail', '2'], ['--fail', 'nan'], ['--latency', '-1'],
                      ['--profiles', '-5'], ['--seed', 'other'], ['word'], ['--nothing']):
            done = self.run_program(*words, env={'XDG_DATA_HOME': str(self.here)})
            self.assertEqual(done.returncode, 2, words)
            self.assertEqual(done.stderr.count('\n'), 1, words)
            self.assertIn(words[0], done.stderr)

    def test_help(self):
        done = self.run_program('--help')
        self.assertEqual(done.returncode, 0)
        for word in ('--port', '--data', '--seed', '--appliances', '--latency', '--fail', '--with-parent',
                     '--no-rate-limit', 'admin@sandbox.example'):
            self.assertIn(word, done.stdout)


if __name__ == '__main__':
    case.main()
