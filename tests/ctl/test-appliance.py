#!/usr/bin/python3
# test-appliance.py - stratactl appliance: what the appliances of the sandbox's example have, listed and one by one
# SPDX-License-Identifier: GPL-3.0-or-later

import os
import pathlib
import subprocess
import sys

import case
from case import Case

SANDBOX, CONTENT = (pathlib.Path(argument).resolve() for argument in sys.argv[2:4])


class Appliances(Case):
    def setUp(self):
        super().setUp()
        os.environ['XDG_CACHE_HOME'] = str(self.here / 'cache')
        os.environ['SECRET_FILE_TEST_PATH'] = str(self.here / 'keyring')
        self.sandbox = subprocess.Popen([SANDBOX, '--data', self.here / 'console', '--seed', 'demo', '--content', CONTENT,
                                         '--with-parent'], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.addCleanup(self.stop)
        said = {}
        while 'edge-token' not in said:
            line = self.sandbox.stdout.readline()
            self.assertTrue(line, 'the console ended')
            word, _, rest = line.strip().partition(' ')
            said[word] = rest
        os.environ['STRATA_API_KEY'] = said['api-key']
        name = self.run_text('console', 'add', said['address'], store='store').strip()
        self.run_text('console', 'use', name, store='store')

    def stop(self):
        os.environ.pop('STRATA_API_KEY', None)
        self.sandbox.kill()
        self.sandbox.wait()
        self.sandbox.stdin.close()
        self.sandbox.stdout.close()

    def test_list(self):
        listed = self.run_json('appliance', 'list')
        order = ['failed', 'behind', 'applying', 'unknown', 'unlinked', 'current']
        kinds = [order.index(entry['standing']['kind']) for entry in listed]
        self.assertEqual(len(listed), 14)
        self.assertEqual(kinds, sorted(kinds), 'the worst first')
        self.assertTrue({'failed', 'unknown', 'current'} <= {entry['standing']['kind'] for entry in listed})
        for entry in listed:
            if entry['state'] == 'silent':
                self.assertEqual(entry['standing']['kind'], 'unknown', 'who is silent is not known to be current')
        self.assertEqual(len(self.run_text('appliance', 'list').splitlines()), 15)

    def test_profile(self):
        listed = self.run_json('appliance', 'list')
        profile = listed[0]['profile']
        of_one = self.run_json('appliance', 'list', '--profile', profile)
        self.assertEqual(sorted(entry['uid'] for entry in of_one),
                         sorted(entry['uid'] for entry in listed if entry['profile'] == profile))
        self.assertIn('no-such', self.fail_with(1, 'appliance', 'list', '--profile', 'no-such'))
        self.make('nobodys')
        self.assertEqual(self.run_json('appliance', 'list', '--profile', 'nobodys'), [])

    def test_show(self):
        failed = next(entry for entry in self.run_json('appliance', 'list') if entry['standing']['kind'] == 'failed')
        shown = self.run_json('appliance', 'show', failed['name'])
        self.assertEqual(shown['uid'], failed['uid'])
        layer = next(layer for layer in shown['layers'] if layer['standing'] == 'failed')
        self.assertEqual(layer['name'], failed['standing']['layer'])
        self.assertTrue({'profile-uid', 'layers-asked'} <= shown.keys())
        self.assertIn('in-profile', layer)
        self.assertIn(layer['message'], self.run_text('appliance', 'show', failed['uid']))

    def test_no_such(self):
        self.assertIn('no-such', self.fail_with(1, 'appliance', 'show', 'no-such'))

    def test_no_console(self):
        self.run_text('console', 'use', 'local')
        self.fail_with(1, 'appliance', 'list')


if __name__ == '__main__':
    case.main()
