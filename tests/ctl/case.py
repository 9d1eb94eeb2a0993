# case.py - the real stratactl in a store of its own, and results as the Test Anything Protocol has them
# SPDX-License-Identifier: GPL-3.0-or-later

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

PROGRAM = pathlib.Path(sys.argv[1]).resolve()
DATA = pathlib.Path(os.environ['G_TEST_SRCDIR'], '..', '..', 'shared', 'data').resolve()
PACKS = sorted(path for path in DATA.glob('packs/*') if (path / 'pack.json').exists())
CHARTS = sorted(DATA.glob('charts/repo/*.tgz'))
NAMESPACE = 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n'


class Failure(Exception):
    """The exit status and the output of a run that did not go as expected."""


class Case(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix='stratactl-')
        self.addCleanup(self.folder.cleanup)
        self.here = pathlib.Path(self.folder.name)
        self.warnings = ''

    def start(self, *words, store='store', env=None, umask=-1):
        return subprocess.run([PROGRAM, '--data-dir', self.here / store, *map(str, words)], cwd=self.here,
                              capture_output=True, timeout=60, check=False, umask=umask,
                              env={**os.environ, **(env or {})})

    def run_bytes(self, *words, **options):
        """The output of a run that must succeed."""
        done = self.start(*words, **options)
        self.warnings = done.stderr.decode()
        if done.returncode != 0:
            raise Failure(f'{words}: {done.returncode}: {self.warnings}')
        return done.stdout

    def run_text(self, *words, **options):
        return self.run_bytes(*words, **options).decode()

    def run_json(self, *words, **options):
        return json.loads(self.run_bytes(*words, '--json', **options))

    def fail_with(self, status, *words, **options):
        """The one sentence of a run that must fail."""
        done = self.start(*words, **options)
        message = done.stderr.decode()
        self.assertEqual(done.returncode, status, message)
        self.assertEqual(done.stdout, b'', 'an error is not said on the standard output')
        self.assertTrue(message.startswith('stratactl: '), message)
        self.assertEqual(message.count('\n'), 1, message)
        return message

    def write(self, name, content):
        path = self.here / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def make(self, name='edge', *words):
        return self.run_text('profile', 'new', name, *words).strip()

    def make_full(self, name='edge-retail'):
        """A profile with a real pack, a real chart and two manifests."""
        if not PACKS or not CHARTS:
            self.skipTest('no shared data beside the source')
        self.make(name, '--version', '1.2.0', '--tag', 'region:emea', '--description', 'Für alle')
        self.run_text('profile', 'add-pack', name, PACKS[0])
        self.run_text('profile', 'add-chart', name, CHARTS[0])
        self.run_text('profile', 'add-manifest', name, '--name', 'site', self.write('shop.yaml', NAMESPACE),
                      self.write('cafe.yaml', NAMESPACE.replace('shop', 'cafe')))
        return name

    def layers(self, name):
        return [layer['name'] for layer in self.run_json('profile', 'show', name)['layers']]


class Tap(unittest.TestResult):
    """Says each result as the Test Anything Protocol has it."""

    def startTest(self, test):
        super().startTest(test)
        self.word, self.note = 'ok', ''

    def stopTest(self, test):
        super().stopTest(test)
        print(f'{self.word} {self.testsRun} - {test.id().removeprefix("__main__.")}{self.note}', flush=True)

    def explain(self, test, err):
        self.word = 'not ok'
        print(''.join(f'# {line}\n' for line in self._exc_info_to_string(err, test).splitlines()), end='')

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self.note = f' # SKIP {reason}'

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self.explain(test, err)

    def addError(self, test, err):
        super().addError(test, err)
        self.explain(test, err)

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err is not None:
            print(f'# {subtest}')
            self.explain(test, err)


def main():
    suite = unittest.defaultTestLoader.loadTestsFromModule(sys.modules['__main__'])
    print(f'1..{suite.countTestCases()}')
    result = Tap()
    suite.run(result)
    sys.exit(not result.wasSuccessful())

