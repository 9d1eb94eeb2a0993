#!/usr/bin/python3
# test-console.py - stratactl and a console: the real sandbox, two workspaces, somebody else who works there too
# SPDX-License-Identifier: GPL-3.0-or-later

import json
import os
import pathlib
import pty
import signal
import subprocess
import sys
import termios
import time

import case
from case import NAMESPACE, Case

SANDBOX = pathlib.Path(sys.argv[2]).resolve()
VALUES = 'pack:\n  namespace: shop\nfirst: 1\nsecond: 2\nthird: 3\n'


class Console(Case):
    def setUp(self):
        super().setUp()
        os.environ['XDG_CACHE_HOME'] = str(self.here / 'cache')
        os.environ['SECRET_FILE_TEST_PATH'] = str(self.here / 'keyring')
        os.environ.pop('STRATA_API_KEY', None)
        self.sandbox = None
        self.start_console()

    def start_console(self, *words):
        """Starts the console and reads what it says of itself."""
        self.sandbox = subprocess.Popen([SANDBOX, '--data', self.here / 'console', '--with-parent', *words],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.addCleanup(self.stop_console, self.sandbox)
        said = {}
        while 'api-key' not in said or 'address' not in said:
            line = self.sandbox.stdout.readline()
            self.assertTrue(line, 'the console ended')
            word, _, rest = line.strip().partition(' ')
            said[word] = rest
        self.address, self.key = said['address'], said['api-key']

    def stop_console(self, sandbox):
        if sandbox.poll() is None:
            sandbox.kill()
        sandbox.wait()
        sandbox.stdin.close()
        sandbox.stdout.close()

    def add(self, store='store', *words):
        """Adds the console and works there from now on."""
        name = self.run_text('console', 'add', self.address, '--api-key-file', self.write('key', self.key + '\n'), *words,
                             store=store).strip()
        self.run_text('console', 'use', name, store=store)
        return name

    def make_shop(self, store='store', version='1.0.0'):
        name = self.run_text('profile', 'new', 'shop', '--version', version, store=store).strip()
        self.run_text('profile', 'add-manifest', name, '--name', 'site', self.write('shop.yaml', NAMESPACE), store=store)
        self.set_values(name, VALUES, store)
        return name

    def set_values(self, name, values, store='store'):
        self.run_text('profile', 'set-values', name, 'site', self.write('values.yaml', values), store=store)

    def values(self, name, store='store'):
        exported = json.loads(self.run_bytes('profile', 'export', name, store=store))
        return exported['spec']['template']['packs'][0]['values']

    def state(self, name, store='store'):
        return next(entry['state'] for entry in self.run_json('profile', 'list', store=store)
                    if name in (entry['id'], entry.get('uid'), entry['name']))

    def actions(self, store='store', *words):
        return [step['action'] for step in self.run_json('profile', 'status', *words, store=store)['steps']]

    def find_secret(self, secret):
        """Every file of the test that has it, but for the keyring, the console's own data and the file it was given in."""
        found = []
        for path in self.here.rglob('*'):
            if path.is_file() and path.name not in ('keyring', 'key') and (self.here / 'console') not in path.parents:
                if secret.encode() in path.read_bytes():
                    found.append(str(path))
        return found


class Accounts(Console):
    def test_add(self):
        name = self.add()
        listed = self.run_json('console', 'list')
        self.assertEqual([entry['id'] for entry in listed], [name])
        self.assertEqual(listed[0]['address'], self.address)
        self.assertTrue(listed[0]['used'])
        self.assertNotIn('checked', listed[0])
        self.assertEqual(self.run_json('profile', 'status')['steps'], [])
        self.assertIn('checked', self.run_json('console', 'list')[0])
        self.assertEqual(self.find_secret(self.key), [])

    def test_again_is_the_same(self):
        self.assertEqual(self.add(), self.add())
        self.assertEqual(len(self.run_json('console', 'list')), 1)

    def test_project(self):
        message = self.fail_with(1, 'console', 'add', self.address, '--project', 'nowhere', '--api-key-file',
                                 self.write('key', self.key))
        self.assertIn('nowhere', message)

    def test_key_from_environment(self):
        name = self.run_text('console', 'add', self.address, env={'STRATA_API_KEY': self.key}).strip()
        self.run_text('profile', 'status', '--workspace', name)

    def test_key_that_is_none(self):
        self.assertIn('64', self.fail_with(1, 'console', 'add', self.address, '--api-key-file',
                                           self.write('large', b'k' * 70000)))

    def test_wrong_key(self):
        message = self.fail_with(1, 'console', 'add', self.address, env={'STRATA_API_KEY': 'wr0ng-key-of-mine'})
        self.assertNotIn('wr0ng', message)
        self.assertEqual(self.run_json('console', 'list'), [])

    def test_no_key(self):
        self.assertIn('STRATA_API_KEY', self.fail_with(2, 'console', 'add', self.address))

    def test_plain_address(self):
        self.fail_with(1, 'console', 'add', 'http://console.example', env={'STRATA_API_KEY': 'x'})
        self.assertIn('address', self.fail_with(1, 'console', 'add', 'our console', env={'STRATA_API_KEY': 'x'}))

    def test_no_keyring(self):
        """The key is asked for each time, is said why, and is in no file."""
        none = {'SECRET_BACKEND': 'service', 'DBUS_SESSION_BUS_ADDRESS': 'unix:path=/nonexistent'}
        name = self.run_text('console', 'add', self.address, env=none | {'STRATA_API_KEY': self.key}).strip()
        self.assertIn('STRATA_API_KEY', self.warnings)
        message = self.fail_with(1, 'profile', 'status', '--workspace', name, env=none)
        self.assertIn('each time', message)
        self.run_text('profile', 'status', '--workspace', name, env=none | {'STRATA_API_KEY': self.key})
        self.assertEqual(self.find_secret(self.key), [])

    def test_sign_out(self):
        name = self.add()
        shop = self.make_shop()
        self.run_text('console', 'sign-out', name)
        self.assertIn('sign in again', self.fail_with(1, 'profile', 'status'))
        self.assertEqual(self.state(shop), 'only-here')
        self.assertNotIn(self.key.encode(), (self.here / 'keyring').read_bytes())
        self.assertEqual(self.actions('store', '--api-key-file', self.here / 'key'), ['create'])

    def type_at_terminal(self, typed, *words):
        """Runs with a terminal of its own; gives the exit status, and all that the terminal shows."""
        child, terminal = pty.fork()
        if child == 0:
            os.chdir(self.here)
            os.execv(case.PROGRAM, [str(case.PROGRAM), '--data-dir', str(self.here / 'store'), *map(str, words)])
        shown = b''
        asked = False
        while True:
            try:
                piece = os.read(terminal, 4096)
            except OSError:
                break
            if not piece:
                break
            shown += piece
            if not asked and shown.endswith(b': '):
                asked = True
                self.wait_for_no_echo(terminal)
                os.write(terminal, typed)
        os.close(terminal)
        _, status = os.waitpid(child, 0)
        return os.waitstatus_to_exitcode(status), shown.decode()

    def wait_for_no_echo(self, terminal):
        for _ in range(6000):
            if not termios.tcgetattr(terminal)[3] & termios.ECHO:
                return
            time.sleep(0.01)
        self.fail('the terminal shows what is typed')

    def test_password_at_terminal(self):
        """What is typed is not shown, and is in no file but the keyring."""
        words = ['console', 'add', self.address, '--email', 'admin@sandbox.example']
        status, shown = self.type_at_terminal(self.key.encode() + b'\n', *words)
        self.assertEqual(status, 0, shown)
        self.assertIn('admin@sandbox.example', shown)
        self.assertNotIn(self.key, shown)
        self.assertEqual(self.find_secret(self.key), [])
        name = self.run_json('console', 'list')[0]['id']
        self.run_text('profile', 'status', '--workspace', name)

        status, shown = self.type_at_terminal(b'wr0ng-password\n', *words)
        self.assertEqual(status, 1)
        self.assertNotIn('wr0ng', shown)

        status, shown = self.type_at_terminal(b'\x03', *words)
        self.assertEqual(status, -signal.SIGINT)

    def test_password_from_file(self):
        secret = self.write('key', self.key + '\n')
        none = {'SECRET_BACKEND': 'service', 'DBUS_SESSION_BUS_ADDRESS': 'unix:path=/nonexistent'}
        words = ['console', 'add', self.address, '--email', 'admin@sandbox.example']
        name = self.run_text(*words, '--password-file', secret, env=none).strip()
        self.assertIn('asked for each time', self.warnings)
        self.run_text('profile', 'status', '--workspace', name, '--password-file', secret, env=none)
        self.assertEqual(self.find_secret(self.key), [])
        self.fail_with(2, *words, '--api-key-file', secret)
        self.fail_with(2, 'console', 'add', self.address, '--password-file', secret)
        self.fail_with(2, *words, '--password-file', self.write('empty', ''))

    def test_remove(self):
        """The profiles stay, that is said, and who adds the console again has them again."""
        name = self.add()
        shop = self.make_shop()
        said = self.run_text('console', 'remove', name)
        self.assertIn('1 profile stays', said)
        self.assertIn('does not have', said)
        self.assertEqual(self.run_json('console', 'list'), [])
        self.assertEqual(self.run_json('profile', 'list'), [], 'the local workspace is used')
        self.assertNotIn(self.key.encode(), (self.here / 'keyring').read_bytes())
        self.fail_with(1, 'console', 'remove', name)

        self.assertEqual(self.add(), name)
        self.assertEqual([entry['id'] for entry in self.run_json('profile', 'list')], [shop])
        self.run_text('console', 'use', 'local')
        self.assertEqual(self.run_json('console', 'remove', name),
                         {'id': name, 'removed': True, 'profiles-kept': 1, 'profiles-not-sent': 1})

    def test_use(self):
        name = self.add()
        shop = self.make_shop()
        self.run_text('console', 'use', 'local')
        self.assertEqual(self.run_json('profile', 'list'), [])
        self.assertEqual([entry['id'] for entry in self.run_json('profile', 'list', '--workspace', name)], [shop])
        self.assertIn('console use', self.fail_with(1, 'profile', 'status'))
        self.fail_with(1, 'console', 'use', 'nobody')
        self.fail_with(1, 'profile', 'list', '--workspace', 'nobody')

    def test_help(self):
        for words in [('console',), ('console', 'add'), ('console', 'list'), ('console', 'use'), ('console', 'sign-out'), ('console', 'remove'),
                      ('profile', 'pull'), ('profile', 'push'), ('profile', 'publish'), ('profile', 'status')]:
            self.assertIn('--json', self.run_text(*words, '--help'))
        self.fail_with(2, 'profile', 'push')
        self.fail_with(2, 'profile', 'pull', '--all', 'shop')
        self.fail_with(2, 'console', 'use')


class Profiles(Console):
    def setUp(self):
        super().setUp()
        self.add()

    def test_offices(self):
        """What one office makes, another gets, changes and gives back."""
        shop = self.make_shop()
        self.assertEqual(self.actions(), ['create'])
        done = self.run_json('profile', 'push', 'shop', '--publish')
        self.assertEqual([entry['state'] for entry in done], ['published'])
        self.assertEqual(self.actions(), [])

        self.add('other')
        self.run_text('profile', 'status', store='other')
        entry = self.run_json('profile', 'list', store='other')[0]
        self.assertTrue(entry['away'])
        self.assertIn('pull it first', self.fail_with(1, 'profile', 'show', 'shop', store='other'))
        self.assertIn('only at the console', self.fail_with(1, 'profile', 'delete', 'shop', store='other'))
        self.assertEqual([entry['id'] for entry in self.run_json('profile', 'pull', '--all', store='other')], [entry['id']])
        self.assertEqual(self.run_json('profile', 'pull', '--all', store='other'), [])
        self.assertEqual(self.values('shop', 'other').strip(), VALUES.strip())
        self.set_values('shop', VALUES.replace('third: 3', 'third: 30'), 'other')
        self.assertEqual(self.run_json('profile', 'push', 'shop', store='other')[0]['state'], 'unpublished')
        self.assertEqual(self.actions('other'), ['publish'])
        self.assertEqual(self.run_json('profile', 'publish', 'shop', store='other')[0]['state'], 'published')

        self.assertEqual(self.actions(), ['pull'])
        self.assertEqual(self.state(shop), 'behind')
        self.run_text('profile', 'pull', '--all')
        self.assertIn('third: 30', self.values('shop'))
        self.assertEqual(self.state(shop), 'published')

    def test_both_changed(self):
        self.make_shop()
        self.run_text('profile', 'push', 'shop', '--publish')
        self.add('other')
        self.run_text('profile', 'pull', 'shop', store='other')
        self.set_values('shop', VALUES.replace('third: 3', 'third: 30'), 'other')
        self.run_text('profile', 'push', 'shop', '--publish', store='other')

        self.set_values('shop', VALUES.replace('first: 1', 'first: 10'))
        self.assertIn('pull it first', self.fail_with(1, 'profile', 'push', 'shop'))
        self.assertEqual(self.actions(), ['merge'])
        self.run_text('profile', 'push', '--all', '--publish')
        self.assertIn('first: 10', self.values('shop'))
        self.assertIn('third: 30', self.values('shop'))
        self.assertEqual(self.state('shop'), 'published')

        self.set_values('shop', VALUES.replace('second: 2', 'second: 21'), 'other')
        self.set_values('shop', VALUES.replace('second: 2', 'second: 22'))
        self.run_text('profile', 'push', 'shop', '--publish')
        self.assertEqual(self.actions('other'), ['conflict'])
        self.fail_with(1, 'profile', 'pull', 'shop', store='other')
        self.fail_with(1, 'profile', 'push', 'shop', store='other')
        self.assertEqual(self.state('shop', 'other'), 'conflict')
        self.assertIn('second: 21', self.values('shop', 'other'))

    def test_offline(self):
        self.make_shop()
        self.run_text('profile', 'push', 'shop', '--publish')
        self.add('other')
        self.run_text('profile', 'status', store='other')
        self.stop_console(self.sandbox)
        self.assertEqual(len(self.run_json('profile', 'list', store='other')), 1)
        self.assertEqual(self.actions('other', '--offline'), [])
        self.assertIn('last asked', self.run_text('profile', 'status', '--offline', store='other'))
        self.fail_with(1, 'profile', 'status', store='other')

    def test_killed_creation(self):
        self.stop_console(self.sandbox)
        self.start_console('--latency', '40', '--port', self.address.rpartition(':')[2])
        for step in range(8):
            version = f'1.0.{step}'
            name = self.make_shop(version=version)
            process = subprocess.Popen([case.PROGRAM, '--data-dir', self.here / 'store', 'profile', 'push', name, '--publish'],
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            try:
                process.wait(0.03 * (step + 1))
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
            process.wait()
            actions = self.actions()
            self.assertIn(actions, ([], ['create'], ['publish']))
            self.run_text('profile', 'push', name, '--publish')
            self.assertEqual(self.actions(), [])
            self.assertEqual(self.state(name), 'published')
        versions = [entry['version'] for entry in self.run_json('profile', 'list')]
        self.assertEqual(sorted(versions), [f'1.0.{step}' for step in range(8)])

    def test_killed_change(self):
        name = self.make_shop()
        self.run_text('profile', 'push', name, '--publish')
        self.stop_console(self.sandbox)
        self.start_console('--latency', '40', '--port', self.address.rpartition(':')[2])
        for step in range(10):
            changed = VALUES.replace('first: 1', f'first: {step + 100}')
            self.set_values(name, changed)
            process = subprocess.Popen([case.PROGRAM, '--data-dir', self.here / 'store', 'profile', 'push', name, '--publish'],
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            try:
                process.wait(0.04 * (step + 1))
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
            process.wait()
            self.assertIn(self.actions(), ([], ['push'], ['publish']))
            self.run_text('profile', 'push', name, '--publish')
            self.assertEqual(self.actions(), [])
            self.assertIn(f'first: {step + 100}', self.values(name))
        self.assertEqual(self.find_secret(self.key), [])


if __name__ == '__main__':
    case.main()
