#!/usr/bin/python3
# test-mission.py - strata-sandbox, stratactl and strata-appliance together, each ended and started again at every step
# SPDX-License-Identifier: GPL-3.0-or-later

import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest

SANDBOX, APPLIANCE, STRATACTL = (pathlib.Path(path).resolve() for path in sys.argv[1:4])
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / 'ctl'))
sys.argv[1:] = [str(STRATACTL)]

import case  # noqa: E402, it reads the arguments
import programs  # noqa: E402

NAMESPACE = 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n'
CONFIG = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\ndata:\n  port: '{{.spectro.var.port}}'\n"
LAYERS = {'space': NAMESPACE, 'settings': CONFIG, 'last': NAMESPACE.replace('shop', 'last')}


class Mission(case.Case):
    def setUp(self):
        # Memory is a disk that nothing waits for.
        folder = tempfile.TemporaryDirectory(prefix='mission-', dir='/dev/shm' if os.path.isdir('/dev/shm') else None)
        self.addCleanup(folder.cleanup)
        self.here = pathlib.Path(folder.name)

    def begin(self, *words):
        sandbox = programs.Sandbox(SANDBOX, self.here / 'console', *words)
        self.addCleanup(sandbox.close)
        return sandbox

    def boot(self, sandbox, archive, uid='edge-1', start=True):
        appliance = programs.Appliance(APPLIANCE, self.here / uid, archive, sandbox, uid)
        self.addCleanup(appliance.close)
        return appliance.start() if start else appliance

    def download(self, sandbox, uid):
        return self.write('profile.tgz', sandbox.download(uid))

    def assert_in_place(self, sandbox, appliance, layers):
        for layer in layers:
            programs.wait_for(f'{layer} is reported as in place',
                              lambda name=layer: sandbox.conditions(appliance.uid).get(name, [''])[0] == 'Ready')


class Together(Mission):
    def test_change_arrives(self):
        sandbox = self.begin()
        uid = sandbox.create('edge-retail', LAYERS, {'port': '8080'})
        appliance = self.boot(sandbox, self.download(sandbox, uid))
        appliance.wait_said('linked')
        self.assert_in_place(sandbox, appliance, LAYERS)
        self.assertIn("port: '8080'", appliance.text('settings'))
        self.assertEqual(sandbox.host('edge-1')['spec']['clusterProfileTemplates'][0]['uid'], uid)
        self.assertEqual(sandbox.host('edge-1')['status']['health']['state'], 'healthy')

        before = (appliance.state / 'server/manifests/strata-space.yaml').stat().st_ino
        sandbox.set_manifest(uid, 'last', NAMESPACE.replace('shop', 'changed'))
        self.assertNotIn('changed', appliance.text('last'), 'a draft is nobody’s business')
        sandbox.publish(uid)
        appliance.wait_text('last', 'changed')
        self.assert_in_place(sandbox, appliance, LAYERS)
        appliance.wait_said('updated')
        self.assertEqual([event['layer'] for event in appliance.said('fetching')], ['last'])
        self.assertEqual((appliance.state / 'server/manifests/strata-space.yaml').stat().st_ino, before)

    def test_variable_arrives(self):
        sandbox = self.begin()
        uid = sandbox.create('edge-retail', LAYERS, {'port': '8080'})
        appliance = self.boot(sandbox, self.download(sandbox, uid))
        appliance.wait_said('linked')
        sandbox.call('PATCH', f'/v1/clusterprofiles/{uid}/variables',
                     {'variables': [{'name': 'port', 'displayName': 'port', 'format': 'string', 'defaultValue': '9090'}]})
        sandbox.publish(uid)
        appliance.wait_text('settings', "port: '9090'")
        self.assertEqual([event['layer'] for event in appliance.said('fetching')], ['settings'])

    def test_wrong_change_is_told(self):
        sandbox = self.begin()
        uid = sandbox.create('edge-retail', LAYERS, {'port': '8080'})
        appliance = self.boot(sandbox, self.download(sandbox, uid))
        appliance.wait_said('linked')
        sandbox.set_manifest(uid, 'last', 'name: {{.spectro.macro.none}}\n')
        sandbox.publish(uid)
        appliance.wait_said('failed')
        programs.wait_for('the error is at the console', lambda: 'none' in sandbox.conditions('edge-1')['last'][1])
        programs.wait_for('and in its health', lambda: sandbox.host('edge-1')['status']['health']['state'] == 'unhealthy')
        self.assertIn('name: last', appliance.text('last'))
        sandbox.set_manifest(uid, 'last', NAMESPACE.replace('shop', 'mended'))
        sandbox.publish(uid)
        appliance.wait_text('last', 'mended')
        self.assert_in_place(sandbox, appliance, LAYERS)

    def test_archive_of_stratactl(self):
        """What was made offline boots, and links once the console has it."""
        profile = self.make('edge-retail', '--version', '1.0.0')
        self.run_text('profile', 'add-manifest', profile, '--name', 'space', self.write('shop.yaml', NAMESPACE))
        self.run_text('profile', 'download', profile, '--output', self.here / 'mine.tgz')
        alone = programs.Appliance(APPLIANCE, self.here / 'alone', self.here / 'mine.tgz', None, 'edge-2')
        self.assertEqual(alone.run_once()[-1]['event'], 'booted')
        self.assertIn('name: shop', alone.text('space'))

        sandbox = self.begin()
        appliance = self.boot(sandbox, self.here / 'mine.tgz')
        appliance.wait_said('unlinked')
        key = {'STRATA_API_KEY': sandbox.api_key}
        name = self.run_text('console', 'add', sandbox.address, env=key).strip()
        copy = self.run_text('profile', 'import', self.here / 'mine.tgz', '--workspace', name, env=key).strip()
        self.run_text('profile', 'push', copy, '--publish', '--workspace', name, env=key)
        appliance.wait_said('linked')
        self.assert_in_place(sandbox, appliance, ['space'])

    def test_by_command(self):
        """All of it with stratactl: made, sent, published, downloaded, changed, and seen to arrive."""
        sandbox = self.begin()
        key = {'STRATA_API_KEY': sandbox.api_key}
        name = self.run_text('console', 'add', sandbox.address, env=key).strip()
        self.run_text('console', 'use', name, env=key)
        profile = self.make('edge-retail', '--version', '1.0.0')
        self.run_text('profile', 'add-manifest', profile, '--name', 'space', self.write('space.yaml', NAMESPACE))
        self.run_text('profile', 'push', profile, env=key)
        self.run_text('profile', 'publish', profile, env=key)
        archive = self.here / 'edge.tgz'
        self.run_text('profile', 'download', profile, '-o', archive)
        appliance = self.boot(sandbox, archive)
        appliance.wait_said('linked')
        self.run_text('profile', 'add-manifest', profile, '--name', 'more', self.write('more.yaml', CONFIG.replace(
            "'{{.spectro.var.port}}'", "'81'")))
        self.run_text('profile', 'push', profile, env=key)
        self.assertEqual(appliance.text('more'), '', 'a draft is nobody’s business')
        self.run_text('profile', 'publish', profile, env=key)
        appliance.wait_text('more', "port: '81'")
        self.assert_in_place(sandbox, appliance, ['space', 'more'])
        shown = self.run_json('appliance', 'show', 'edge-1', env=key)
        self.assertEqual(shown['standing']['kind'], 'current', shown)

    def test_asleep(self):
        """Behind as soon as a change is published, also for who never saw it before and hears nothing of it."""
        sandbox = self.begin()
        uid = sandbox.create('edge-retail', LAYERS, {'port': '8080'})
        appliance = self.boot(sandbox, self.download(sandbox, uid))
        appliance.wait_said('linked')
        self.assert_in_place(sandbox, appliance, LAYERS)
        appliance.running.process.send_signal(signal.SIGSTOP)
        self.addCleanup(appliance.running.process.send_signal, signal.SIGCONT)
        sandbox.set_manifest(uid, 'last', NAMESPACE.replace('shop', 'changed'))
        sandbox.publish(uid)
        key = {'STRATA_API_KEY': sandbox.api_key}
        name = self.run_text('console', 'add', sandbox.address, env=key).strip()
        self.run_text('console', 'use', name, env=key)
        standing = self.run_json('appliance', 'show', 'edge-1', env=key)['standing']
        self.assertEqual((standing['kind'], standing['behind']), ('behind', ['last']))
        appliance.running.process.send_signal(signal.SIGCONT)
        appliance.wait_text('last', 'changed')
        self.assert_in_place(sandbox, appliance, LAYERS)
        self.assertEqual(self.run_json('appliance', 'show', 'edge-1', env=key)['standing']['kind'], 'current')

    def test_many(self):
        sandbox = self.begin()
        uid = sandbox.create('edge-retail', LAYERS, {'port': '8080'})
        archive = self.download(sandbox, uid)
        fleet = [self.boot(sandbox, archive, f'edge-{number}') for number in range(8)]
        for appliance in fleet:
            appliance.wait_said('linked')
        sandbox.set_manifest(uid, 'last', NAMESPACE.replace('shop', 'changed'))
        sandbox.publish(uid)
        for appliance in fleet:
            appliance.wait_text('last', 'changed')


class Ended(Mission):
    def steps(self, sandbox):
        """The mission in steps, each a name and what does it."""
        state = {}

        def create():
            state['uid'] = sandbox.create('edge-retail', LAYERS, {'port': '8080'})

        def boot():
            state['appliance'] = self.boot(sandbox, self.download(sandbox, state['uid']))

        def link():
            self.assert_in_place(sandbox, state['appliance'], LAYERS)

        def change():
            sandbox.set_manifest(state['uid'], 'last', NAMESPACE.replace('shop', 'changed'))

        def publish():
            sandbox.publish(state['uid'])

        def arrive():
            state['appliance'].wait_text('last', 'changed')
            self.assert_in_place(sandbox, state['appliance'], LAYERS)

        return state, [create, boot, link, change, publish, arrive]

    def test_console_at_every_step(self):
        sandbox = self.begin()
        _, steps = self.steps(sandbox)
        for step in steps:
            step()
            sandbox.restart()

    def test_appliance_at_every_step(self):
        sandbox = self.begin()
        state, steps = self.steps(sandbox)
        for step in steps:
            step()
            if 'appliance' in state:
                state['appliance'].kill()
                state['appliance'].start()
        state['appliance'].wait_text('last', 'changed')

    def test_console_away(self):
        """Away while the appliance boots, and while it would take a change."""
        sandbox = self.begin()
        uid = sandbox.create('edge-retail', LAYERS, {'port': '8080'})
        archive = self.download(sandbox, uid)
        sandbox.kill()
        appliance = self.boot(sandbox, archive)
        appliance.wait_said('booted')
        appliance.wait_said('offline')
        self.assertIn("port: '8080'", appliance.text('settings'))
        sandbox.start()
        appliance.wait_said('linked')
        sandbox.kill()
        appliance.wait_said('offline', times=2)
        sandbox.start()
        sandbox.set_manifest(uid, 'last', NAMESPACE.replace('shop', 'changed'))
        sandbox.publish(uid)
        appliance.wait_text('last', 'changed')
        self.assertGreaterEqual(len(appliance.said('online')), 2)

    def test_both_at_random(self):
        sandbox = self.begin()
        uid = sandbox.create('edge-retail', LAYERS, {'port': '8080'})
        appliance = self.boot(sandbox, self.download(sandbox, uid))
        dice = random.Random(1)
        for number in range(12):
            layer = dice.choice(['space', 'last'])
            sandbox.set_manifest(uid, layer, NAMESPACE.replace('shop', f'round-{number}'))
            sandbox.publish(uid)
            try:
                programs.wait_for('nothing', lambda: None, patience=dice.random() * 0.4)
            except AssertionError:
                pass
            ended = dice.choice([sandbox, appliance])
            ended.kill()
            ended.start()
        for layer in ('space', 'last'):
            sandbox.set_manifest(uid, layer, NAMESPACE.replace('shop', f'final-{layer}'))
        sandbox.publish(uid)
        for layer in ('space', 'last'):
            appliance.wait_text(layer, f'final-{layer}')
        self.assert_in_place(sandbox, appliance, LAYERS)


class Alone(Mission):
    """In a network namespace that has no way out."""

    def setUp(self):
        super().setUp()
        self.prefix = next((words for words in (['unshare', '-n'], ['unshare', '-rn'])
                            if shutil.which('unshare') and subprocess.run([*words, 'true'], check=False,
                                                                          stderr=subprocess.DEVNULL).returncode == 0), None)
        if self.prefix is None:
            self.skipTest('this system does not let a test make a network namespace')
        profile = self.make('edge-retail', '--version', '1.0.0')
        self.run_text('profile', 'add-manifest', profile, '--name', 'space', self.write('shop.yaml', NAMESPACE))
        self.run_text('profile', 'download', profile, '--output', self.here / 'mine.tgz')

    def test_appliance_boots(self):
        appliance = programs.Appliance(APPLIANCE, self.here / 'edge-1', self.here / 'mine.tgz', None, 'edge-1')
        self.assertEqual(appliance.run_once(prefix=self.prefix)[-1]['event'], 'booted')
        self.assertIn('name: shop', appliance.text('space'))

    def test_appliance_with_console_boots(self):
        sandbox = self.begin()
        appliance = programs.Appliance(APPLIANCE, self.here / 'edge-1', self.here / 'mine.tgz', sandbox, 'edge-1')
        self.assertEqual(appliance.run_once(check=False, prefix=self.prefix)[-1]['event'], 'booted')
        self.assertIn('name: shop', appliance.text('space'))

    def test_no_connection_is_tried(self):
        """Not one that fails: none."""
        if not shutil.which('strace'):
            self.skipTest('strace is not installed')
        appliance = programs.Appliance(APPLIANCE, self.here / 'edge-1', self.here / 'mine.tgz', None, 'edge-1')
        for command in (appliance.command('--once'),
                        [STRATACTL, '--data-dir', self.here / 'store', 'profile', 'list'],
                        [STRATACTL, '--data-dir', self.here / 'store', 'profile', 'download', 'edge-retail', '--output',
                         self.here / 'again.tgz']):
            log = self.here / 'calls'
            done = subprocess.run([*self.prefix, 'strace', '-f', '-qq', '-e', 'trace=connect,sendto,sendmsg', '-o', log,
                                   *map(str, command)], capture_output=True, timeout=60, check=False)
            if b'ptrace' in done.stderr.lower():
                self.skipTest('this system does not let a test trace a program')
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual([line for line in log.read_text().splitlines() if 'AF_INET' in line], [])


if __name__ == '__main__':
    case.main()
