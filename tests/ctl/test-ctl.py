#!/usr/bin/python3
# test-ctl.py - the real stratactl, run through every command, right and wrong
# SPDX-License-Identifier: GPL-3.0-or-later

import hashlib
import io
import json
import os
import pathlib
import re
import subprocess
import tarfile

import case
from case import CHARTS, DATA, NAMESPACE, PACKS, PROGRAM, Case

COMMANDS = {
    'profile': ['new', 'list', 'show', 'history', 'delete', 'restore', 'add-pack', 'add-chart', 'add-manifest',
                'move-layer', 'remove-layer', 'set-values', 'import', 'export', 'download', 'diff', 'merge',
                'status', 'pull', 'push', 'publish'],
    'console': ['add', 'list', 'use', 'sign-out', 'remove'],
    'archive': ['verify', 'list'],
    'lint': [],
}


class Usage(Case):
    def test_help(self):
        for words in [['--help']] + [[group, '--help'] for group in COMMANDS]:
            text = self.run_text(*words)
            self.assertIn('Usage:', text)
            for name in COMMANDS[words[0]] if words[0] in COMMANDS else COMMANDS['profile'] + COMMANDS['archive']:
                self.assertIn(f' {name}', text)

    def test_help_of_each_command(self):
        for group, names in COMMANDS.items():
            for name in names:
                text = self.run_text(group, name, '--help')
                self.assertIn(f'stratactl {group} {name}', text)
                self.assertIn('--json', text)

    def test_manual_and_completion_know_each_command(self):
        data = pathlib.Path(os.environ['G_TEST_SRCDIR'], '..', 'data')
        manual = (data / 'man/stratactl.1').read_text().replace('\\-', '-')
        completion = (data / 'completions/stratactl').read_text()
        for group, names in COMMANDS.items():
            for name in names:
                self.assertRegex(manual, rf'{group} {name}\b')
                self.assertRegex(manual[manual.index('.SH OUTPUT'):], rf'\b{name}\b')
                self.assertRegex(completion, rf'\b{name}\b')
                for option in re.findall(r'^ +(?:-\w, )?(--[\w-]+)', self.run_text(group, name, '--help'), re.MULTILINE):
                    self.assertIn(option if option != '--output' else '-o', manual)
                    self.assertIn(option, completion)

    def test_version(self):
        self.assertRegex(self.run_text('--version'), r'^stratactl \d+\.\d+\.\d+\n$')

    def test_wrong_use(self):
        for words in ([], ['frobnicate'], ['profile'], ['profile', 'frobnicate'], ['profile', 'new'],
                      ['profile', 'new', 'a', 'b'], ['profile', 'list', 'x'], ['profile', 'new', '--frobnicate', 'a'],
                      ['profile', 'show'], ['archive', 'verify'], ['--frobnicate'], ['profile', 'new', '--tag']):
            with self.subTest(words):
                self.fail_with(2, *words)

    def test_wrong_use_before_anything_is_read(self):
        self.make()
        self.fail_with(2, 'profile', 'export', 'edge', '--format', 'xml')
        self.fail_with(2, 'profile', 'add-manifest', 'edge', self.write('a.yaml', NAMESPACE))
        self.fail_with(2, 'profile', 'move-layer', 'edge', 'a')

    def test_options_before_and_after(self):
        identity = self.make()
        self.assertEqual(json.loads(self.run_bytes('--json', 'profile', 'list'))[0]['id'], identity)
        self.assertEqual(json.loads(self.run_bytes('profile', 'list', '--json'))[0]['id'], identity)

    def test_full_output(self):
        self.make()
        with open('/dev/full', 'wb') as full:
            done = subprocess.run([PROGRAM, '--data-dir', self.here / 'store', 'profile', 'list'], stdout=full,
                                  stderr=subprocess.PIPE, timeout=60, check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn(b'stratactl: ', done.stderr)


class Profiles(Case):
    def test_new(self):
        identity = self.make('edge', '--version', '2.0.0-rc.1', '--tag', 'retail', '--tag', 'region:emea',
                             '--description', 'Für alle')
        self.assertRegex(identity, r'^[0-9a-z-]{8,64}$')
        shown = self.run_json('profile', 'show', identity)
        self.assertEqual([shown[key] for key in ('id', 'name', 'version', 'description', 'tags', 'layers')],
                         [identity, 'edge', '2.0.0-rc.1', 'Für alle', ['retail', 'region:emea'], []])

    def test_new_json(self):
        made = self.run_json('profile', 'new', 'edge')
        self.assertEqual(set(made), {'id', 'name', 'version'})
        self.assertEqual(made['version'], '1.0.0')

    def test_new_refuses(self):
        for words in (['Edge'], ['edge_1'], ['-edge'], [''], ['edge', '--version', 'v1.2'],
                      ['edge', '--version', '2.2.2.develop'], ['edge', '--tag', 'two words'], ['edge', '--tag', 'a:']):
            with self.subTest(words):
                self.fail_with(1 if words != ['-edge'] else 2, 'profile', 'new', *words)
        self.assertIn('letter or a digit', self.fail_with(1, 'profile', 'new', '--', '-edge'))
        self.assertEqual(self.run_json('profile', 'list'), [])

    def test_new_twice(self):
        identity = self.make()
        self.assertIn(identity, self.fail_with(1, 'profile', 'new', 'edge'))
        self.make('edge', '--version', '1.1.0')

    def test_list(self):
        self.assertEqual(self.run_text('profile', 'list'), '')
        identity = self.make('edge', '--version', '1.10.0')
        self.make('edge', '--version', '1.9.0')
        self.make('a', '--tag', 'retail')
        listed = self.run_json('profile', 'list')
        self.assertEqual([(entry['name'], entry['version']) for entry in listed],
                         [('a', '1.0.0'), ('edge', '1.9.0'), ('edge', '1.10.0')])
        self.assertEqual(set(listed[0]),
                         {'id', 'name', 'version', 'description', 'tags', 'layers', 'state', 'changed', 'away'})
        self.assertEqual((listed[0]['state'], listed[0]['tags']), ('only-here', ['retail']))
        self.assertRegex(listed[0]['changed'], r'^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$')
        lines = self.run_text('profile', 'list').splitlines()
        self.assertEqual(lines[0].split(), ['NAME', 'VERSION', 'LAYERS', 'STATE', 'CHANGED', 'ID'])
        self.assertEqual(lines[3].index(identity), lines[0].index('ID'))

    def test_which_profile(self):
        first = self.make('edge')
        second = self.make('edge', '--version', '1.1.0')
        message = self.fail_with(1, 'profile', 'show', 'edge')
        self.assertIn(first, message)
        self.assertIn(second, message)
        self.assertEqual(self.run_json('profile', 'show', 'edge@1.1.0')['id'], second)
        self.assertEqual(self.run_json('profile', 'show', first)['version'], '1.0.0')
        self.assertIn('nothing', self.fail_with(1, 'profile', 'show', 'nothing'))
        self.run_text('profile', 'delete', first)
        self.fail_with(1, 'profile', 'delete', '')  # the text of a variable that nobody set

    def test_show(self):
        self.make_full()
        text = self.run_text('profile', 'show', 'edge-retail')
        for part in ('edge-retail 1.2.0', 'Für alle', 'region:emea', 'LAYER', 'manifest', 'site'):
            self.assertIn(part, text)
        layer = self.run_json('profile', 'show', 'edge-retail')['layers'][2]
        self.assertEqual(set(layer), {'name', 'kind', 'version', 'tag', 'registry', 'values', 'manifests', 'files',
                                      'images'})
        self.assertEqual(layer['manifests'][0], {'name': 'shop', 'size': len(NAMESPACE),
                                                 'sha256': hashlib.sha256(NAMESPACE.encode()).hexdigest()})

    def test_history(self):
        self.make()
        self.run_text('profile', 'add-manifest', 'edge', '--name', 'site', self.write('a.yaml', NAMESPACE))
        history = self.run_json('profile', 'history', 'edge')
        self.assertEqual([step['layers'] for step in history], [1, 0])
        self.assertEqual(history[0]['parent'], history[1]['digest'])
        self.assertNotIn('parent', history[1])
        self.assertEqual(len(self.run_text('profile', 'history', 'edge').splitlines()), 3)

    def test_delete_and_restore(self):
        identity = self.make()
        self.assertEqual(self.run_json('profile', 'delete', 'edge'), {'id': identity, 'deleted': True})
        self.assertEqual(self.run_json('profile', 'list'), [])
        self.fail_with(1, 'profile', 'delete', 'edge')
        self.assertEqual(self.run_json('profile', 'restore', 'edge'), {'id': identity, 'restored': True})
        self.assertEqual(len(self.run_json('profile', 'list')), 1)
        self.fail_with(1, 'profile', 'restore', 'edge')

    def test_terminal_is_not_driven(self):
        self.make('edge', '--description', 'a\033[2Jb\u202ec')
        self.assertNotIn('\033', self.run_text('profile', 'show', 'edge'))
        self.assertEqual(self.run_json('profile', 'show', 'edge')['description'], 'a\033[2Jb\u202ec')

    def test_no_store(self):
        self.write('store', 'a file where the folder should be')
        self.fail_with(1, 'profile', 'list')


class Layers(Case):
    def test_every_pack(self):
        if not PACKS:
            self.skipTest('no shared data beside the source')
        self.make()
        for pack in PACKS:
            with self.subTest(pack.name):
                self.run_text('profile', 'add-pack', 'edge', pack)
        self.assertEqual(len(self.layers('edge')), len(PACKS))

    def test_every_chart(self):
        if not CHARTS:
            self.skipTest('no shared data beside the source')
        self.make()
        for chart in CHARTS:
            with self.subTest(chart.name):
                self.run_text('profile', 'add-chart', 'edge', chart)
        self.assertEqual(len(self.layers('edge')), len(CHARTS))

    def find_presets(self):
        """A pack with presets, and each as GROUP:NAME."""
        for pack in PACKS:
            if (pack / 'presets.yaml').exists():
                text = (pack / 'presets.yaml').read_text()
                names = re.findall(r'^\s*-? *name: *"?([^"\n]+?)"? *$', text, re.MULTILINE)
                groups = re.findall(r'^\s*-? *group: *"?([^"\n]+?)"? *$', text, re.MULTILINE)
                return pack, [f'{group}:{name}' for group, name in zip(groups, names)]
        return self.skipTest('no shared data beside the source')

    def values(self, name, layer=0):
        return json.loads(self.run_bytes('profile', 'export', name))['spec']['template']['packs'][layer]['values']

    def test_preset(self):
        pack, presets = self.find_presets()
        self.make('plain')
        self.run_text('profile', 'add-pack', 'plain', pack)
        texts = {self.values('plain')}
        for number, preset in enumerate(presets):
            self.make(f'edge-{number}')
            self.run_text('profile', 'add-pack', f'edge-{number}', pack, '--preset', preset)
            texts.add(self.values(f'edge-{number}'))
        self.assertGreater(len(texts), 1)
        self.assertIn('a:nothing', self.fail_with(1, 'profile', 'add-pack', 'edge-0', pack, '--preset', 'a:nothing'))
        self.fail_with(2, 'profile', 'add-pack', 'edge-0', pack, '--preset', 'nogroup')

    def test_pack_values(self):
        if not PACKS:
            self.skipTest('no shared data beside the source')
        self.make()
        self.run_text('profile', 'add-pack', 'edge', PACKS[0], '--values', self.write('v.yaml', '# mine\na: 1\n'))
        self.assertEqual(self.values('edge'), '# mine\na: 1\n')

    def test_pack_refused(self):
        self.make()
        self.fail_with(1, 'profile', 'add-pack', 'edge', self.here / 'nothing')
        self.fail_with(1, 'profile', 'add-pack', 'edge', self.here)
        self.assertEqual(self.layers('edge'), [])

    def test_same_layer_twice(self):
        self.make_full()
        self.assertIn('already', self.fail_with(1, 'profile', 'add-pack', 'edge-retail', PACKS[0]))
        self.assertIn('already', self.fail_with(1, 'profile', 'add-chart', 'edge-retail', CHARTS[0]))

    def test_chart_values(self):
        if not CHARTS:
            self.skipTest('no shared data beside the source')
        plain = self.write('plain.yaml', '# mine\nreplicas: 2\n')
        wrapped = self.write('wrapped.yaml', 'pack:\n  namespace: web\ncharts:\n  x:\n    replicas: 2\n')
        for number, (values, words) in enumerate([(plain, []), (wrapped, []), (plain, ['--namespace', 'shop'])]):
            name = f'edge-{number}'
            self.make(name)
            self.run_text('profile', 'add-chart', name, CHARTS[0], '--values', values, *words)
        self.assertRegex(self.values('edge-0'), r'charts:\n  [\w-]+:\n    # mine\n    replicas: 2\n')
        self.assertEqual(self.values('edge-1'), wrapped.read_text())
        self.assertRegex(self.values('edge-2'), r'namespace: "?shop"?\n')

    def test_chart_refused(self):
        self.make()
        self.fail_with(1, 'profile', 'add-chart', 'edge', self.write('a.tgz', 'no chart'))
        self.fail_with(1, 'profile', 'add-chart', 'edge', self.here / 'nothing.tgz')
        self.assertEqual(self.layers('edge'), [])

    def test_manifests(self):
        self.make()
        first, second = self.write('shop.yaml', NAMESPACE), self.write('cafe.v2.yml', NAMESPACE)
        added = self.run_json('profile', 'add-manifest', 'edge', '--name', 'site', first)
        self.assertEqual((added['layer'], added['position'], added['layers']), ('site', 1, 1))
        added = self.run_json('profile', 'add-manifest', 'edge', '--name', 'site', second)
        self.assertEqual((added['position'], added['layers']), (1, 1))
        manifests = self.run_json('profile', 'show', 'edge')['layers'][0]['manifests']
        self.assertEqual([manifest['name'] for manifest in manifests], ['shop', 'cafe.v2'])
        self.assertIn('shop', self.fail_with(1, 'profile', 'add-manifest', 'edge', '--name', 'site', first))
        self.fail_with(1, 'profile', 'add-manifest', 'edge', '--name', 'a/b', first)
        self.fail_with(1, 'profile', 'add-manifest', 'edge', '--name', 'other', self.here / 'nothing.yaml')
        self.fail_with(1, 'profile', 'add-manifest', 'edge', '--name', 'other', self.write('b.yaml', b'a: \xff\n'))
        self.assertEqual(self.layers('edge'), ['site'])

    def test_attach_to_pack(self):
        self.make_full()
        layer = self.layers('edge-retail')[0]
        self.run_text('profile', 'add-manifest', 'edge-retail', '--name', layer, self.write('more.yaml', NAMESPACE))
        shown = self.run_json('profile', 'show', 'edge-retail')['layers'][0]
        self.assertEqual([manifest['name'] for manifest in shown['manifests']], ['more'])
        self.assertEqual(shown['kind'], 'pack')

    def make_three(self):
        self.make()
        for name in 'abc':
            self.run_text('profile', 'add-manifest', 'edge', '--name', name, self.write('m.yaml', NAMESPACE))

    def test_move(self):
        self.make_three()
        moved = self.run_json('profile', 'move-layer', 'edge', 'c', '1')
        self.assertEqual((moved['layer'], moved['position']), ('c', 1))
        self.assertEqual(self.layers('edge'), ['c', 'a', 'b'])
        self.run_text('profile', 'move-layer', 'edge', '1', '3')
        self.assertEqual(self.layers('edge'), ['a', 'b', 'c'])
        self.fail_with(2, 'profile', 'move-layer', 'edge', 'a', 'top')
        self.fail_with(1, 'profile', 'move-layer', 'edge', 'a', '0')
        self.fail_with(1, 'profile', 'move-layer', 'edge', 'a', '4')
        self.fail_with(1, 'profile', 'move-layer', 'edge', 'd', '1')

    def test_remove(self):
        self.make_three()
        self.assertEqual(self.run_json('profile', 'remove-layer', 'edge', 'b')['layers'], 2)
        self.assertEqual(self.layers('edge'), ['a', 'c'])
        self.fail_with(1, 'profile', 'remove-layer', 'edge', 'b')

    def test_set_values(self):
        self.make_three()
        self.run_text('profile', 'set-values', 'edge', 'b', self.write('v.yaml', '# mine\na: 1\n'))
        self.assertEqual(self.warnings, '')
        self.assertEqual(self.values('edge', 1), '# mine\na: 1\n')
        self.fail_with(1, 'profile', 'set-values', 'edge', 'd', self.write('v.yaml', 'a: 1\n'))
        self.fail_with(1, 'profile', 'set-values', 'edge', 'a', self.here / 'nothing')
        self.assertIn('byte 4', self.fail_with(1, 'profile', 'set-values', 'edge', 'a', self.write('x', b'a: \xff')))

    def test_set_values_that_are_wrong(self):
        """Kept, because a text is the person's; and said, with line and column."""
        self.make_three()
        self.run_text('profile', 'set-values', 'edge', 'a', self.write('v.yaml', 'a: 1\nb: [\n'))
        self.assertRegex(self.warnings, r'^stratactl: warning: .*v\.yaml: line \d+, column \d+: ')
        self.assertEqual(self.values('edge'), 'a: 1\nb: [\n')


class Exchange(Case):
    def test_export_and_import(self):
        self.make_full()
        archive = self.here / 'a.tgz'
        self.run_text('profile', 'download', 'edge-retail', '-o', archive)
        self.run_text('profile', 'export', 'edge-retail', '-o', self.here / 'a.json')
        self.run_text('profile', 'export', 'edge-retail', '--format', 'yaml', '-o', self.here / 'a.yaml')
        shown = self.run_json('profile', 'show', 'edge-retail')
        for name in ('a.tgz', 'a.json', 'a.yaml'):
            with self.subTest(name):
                made = self.run_json('profile', 'import', self.here / name, store=f'store-{name}')
                self.assertEqual((made['name'], made['version'], made['layers']), ('edge-retail', '1.2.0', 3))
                there = self.run_json('profile', 'show', made['id'], store=f'store-{name}')
                for layer, other in zip(shown['layers'], there['layers']):
                    self.assertEqual((layer['name'], layer['values'], layer['manifests']),
                                     (other['name'], other['values'], other['manifests']))

    def test_second_store_gives_the_same_archive(self):
        self.make_full()
        first = self.run_bytes('profile', 'download', 'edge-retail', '-o', '-')
        self.run_text('profile', 'import', self.write('a.tgz', first), store='other')
        self.assertEqual(self.run_bytes('profile', 'download', 'edge-retail', '-o', '-', store='other'), first)

    def test_same_archive_anywhere(self):
        """Twice, under another language, time zone and umask, and without: one SHA-256."""
        self.make_full()
        there = {'LC_ALL': 'tr_TR.UTF-8', 'TZ': 'Asia/Kolkata'}
        plain = {'LC_ALL': 'C', 'TZ': 'UTC'}
        probe = subprocess.run(['locale', 'charmap'], env={**os.environ, **there}, capture_output=True, check=False)
        if probe.stdout.strip() != b'UTF-8' or probe.stderr:
            self.skipTest('no Turkish locale on this machine')
        digests = set()
        for number, (env, umask) in enumerate([(there, 0o077), (plain, 0o022), (there, 0o077), (plain, 0o000)]):
            path = self.here / f'{number}.tgz'
            text = self.run_text('profile', 'download', 'edge-retail', '-o', path, env=env, umask=umask)
            digests.add(hashlib.sha256(path.read_bytes()).hexdigest())
            self.assertEqual(text.split()[0], hashlib.sha256(path.read_bytes()).hexdigest())
            self.assertEqual(path.stat().st_mode & 0o777, 0o666 & ~umask)
        self.assertEqual(len(digests), 1)

    def test_import_refused(self):
        for name, content, says in (('a.json', '{"metadata": {}}', 'metadata.name'), ('b.json', '[]', 'profile'),
                                    ('c.yaml', 'a: [', ''), ('f.yaml', NAMESPACE, 'Namespace'), ('d.tgz', b'\x1f\x8b', ''), ('e.json', '', '')):
            with self.subTest(name):
                self.assertIn(says, self.fail_with(1, 'profile', 'import', self.write(name, content)))
        self.fail_with(1, 'profile', 'import', self.here / 'nothing')
        self.assertEqual(self.run_json('profile', 'list'), [])

    def test_import_twice(self):
        path = self.write('a.json', '{"metadata": {"name": "edge"}, "spec": {"version": "1.0.0"}}')
        self.run_text('profile', 'import', path)
        self.assertIn('already', self.fail_with(1, 'profile', 'import', path))

    def test_import_chart_says_what_it_is(self):
        if CHARTS:
            self.assertIn('chart', self.fail_with(1, 'profile', 'import', CHARTS[0]))

    def test_export_loses_nothing(self):
        body = DATA / 'palette/examples/profile-export.json'
        if not body.exists():
            self.skipTest('no shared data beside the source')
        self.run_text('profile', 'import', body)
        self.assertEqual(json.loads(self.run_bytes('profile', 'export', 'edge-retail')), json.loads(body.read_text()))

    def test_secrets_are_masked(self):
        self.run_text('profile', 'import', self.write('a.json', json.dumps({
            'metadata': {'name': 'edge'},
            'spec': {'version': '1.0.0', 'variables': [
                {'name': 'password', 'isSensitive': True, 'defaultValue': 'hunter2'},
                {'name': 'token', 'isSensitive': True, 'defaultValue': '********'}]}})))
        self.assertRegex(self.run_text('profile', 'show', 'edge'), r'\ntoken +string +\*{8}\n')
        self.assertEqual(self.run_json('profile', 'show', 'edge')['variables'][1],
                         {'name': 'token', 'format': '', 'default': '********', 'required': False, 'sensitive': True})
        text = self.run_text('profile', 'export', 'edge')
        self.assertIn('token', self.warnings)
        self.assertNotIn('hunter2', text)
        self.assertIn('********', text)
        archive = self.run_bytes('profile', 'download', 'edge', '-o', '-')
        self.assertIn('token', self.warnings)
        for member in tarfile.open(fileobj=io.BytesIO(archive)):
            if member.isfile():
                content = tarfile.open(fileobj=io.BytesIO(archive)).extractfile(member).read()
                self.assertNotIn(b'hunter2', content)
        for path in (self.here / 'store').rglob('*'):
            self.assertFalse(path.is_file() and b'hunter2' in path.read_bytes(), path)

    def test_download(self):
        self.make('edge', '--version', '1.2.0')
        done = self.run_json('profile', 'download', 'edge')
        path = self.here / 'edge-1.2.0.tgz'
        self.assertEqual(done, {'path': 'edge-1.2.0.tgz', 'size': path.stat().st_size,
                                'sha256': hashlib.sha256(path.read_bytes()).hexdigest()})
        (self.here / 'stick').mkdir()
        self.run_text('profile', 'download', 'edge', '-o', 'stick')
        self.assertEqual((self.here / 'stick/edge-1.2.0.tgz').read_bytes(), path.read_bytes())
        self.assertEqual(self.run_bytes('profile', 'download', 'edge', '-o', '-'), path.read_bytes())

    def test_download_leaves_nothing_half(self):
        self.make()
        (self.here / 'stick').mkdir()
        self.fail_with(1, 'profile', 'download', 'edge', '-o', self.here / 'nothing/a.tgz')
        self.fail_with(1, 'profile', 'download', 'nothing', '-o', self.here / 'stick/a.tgz')
        self.assertEqual(list((self.here / 'stick').iterdir()), [])

    def test_written_where_it_leads(self):
        """A link goes on leading to its file, and a pipe stays a pipe."""
        self.make()
        (self.here / 'link').symlink_to(self.write('file', 'old').name)
        self.run_text('profile', 'export', 'edge', '-o', 'link')
        self.assertTrue((self.here / 'link').is_symlink())
        self.assertIn('"edge"', (self.here / 'file').read_text())
        os.mkfifo(self.here / 'pipe')
        with subprocess.Popen(['cat', self.here / 'pipe'], stdout=subprocess.PIPE) as reader:
            self.addCleanup(reader.kill)
            self.run_text('profile', 'export', 'edge', '-o', 'pipe')
            self.assertTrue((self.here / 'pipe').is_fifo())
            self.assertEqual(reader.communicate(timeout=60)[0], (self.here / 'file').read_bytes())

    def test_diff(self):
        self.make_full()
        self.run_text('profile', 'download', 'edge-retail', '-o', 'before.tgz')
        self.assertEqual(self.run_text('profile', 'diff', 'edge-retail', 'before.tgz'), '')
        self.assertEqual(self.run_json('profile', 'diff', 'edge-retail', 'before.tgz'), [])
        self.run_text('profile', 'set-values', 'edge-retail', 'site', self.write('v.yaml', 'a:\n  b: 2\n'))
        self.run_text('profile', 'set-values', 'edge-retail', 'site', self.write('v.yaml', 'a:\n  b: 3\nc: x\n'))
        self.run_text('profile', 'move-layer', 'edge-retail', 'site', '1')
        text = self.run_text('profile', 'diff', 'before.tgz', 'edge-retail')
        for part in ('Layer site', 'position: 3 → 1', 'values.yaml', '+a:', '+  b: 3'):
            self.assertIn(part, text)
        changes = self.run_json('profile', 'diff', 'before.tgz', 'edge-retail')
        self.assertEqual({'change': 'moved', 'layer': 'site', 'old': '3', 'new': '1'}, changes[0])
        self.assertEqual(changes[1]['hunks'], [{'old-line': 1, 'old-count': 0, 'new-line': 1, 'new-count': 3}])

    def test_diff_by_path(self):
        self.make_full()
        self.run_text('profile', 'set-values', 'edge-retail', 'site', self.write('v.yaml', 'a:\n  b: 2\n'))
        self.run_text('profile', 'export', 'edge-retail', '-o', 'before.json')
        self.run_text('profile', 'set-values', 'edge-retail', 'site', self.write('v.yaml', 'a:\n  b: 3\n'))
        changes = self.run_json('profile', 'diff', 'before.json', 'edge-retail')
        self.assertIn({'change': 'changed', 'layer': 'site', 'document': 'values.yaml', 'path': 'a.b', 'old': '2',
                       'new': '3'}, changes)
        self.assertIn('a.b: 2 → 3', self.run_text('profile', 'diff', 'before.json', 'edge-retail'))

    def make_three(self, mine, theirs):
        """Files of a profile as it was, and as two sides made it."""
        self.make()
        self.run_text('profile', 'add-manifest', 'edge', '--name', 'site', self.write('ns.yaml', NAMESPACE))
        for name, text in (('base', 'a: 1\nb: 2\nc: 3\n'), ('mine', mine), ('theirs', theirs)):
            self.run_text('profile', 'set-values', 'edge', 'site', self.write('v.yaml', text))
            self.run_text('profile', 'export', 'edge', '-o', f'{name}.json')

    def test_merge(self):
        self.make_three('a: 9  # mine\nb: 2\nc: 3\n', 'a: 1\nb: 8\nc: 3\nd: 4\n')
        text = self.run_text('profile', 'merge', 'base.json', 'mine.json', 'theirs.json', '--format', 'yaml')
        self.assertIn('b: 8', text)
        self.assertEqual(self.run_text('profile', 'merge', 'base.json', 'mine.json', 'theirs.json', '-o', 'all.json'), '')
        values = json.loads((self.here / 'all.json').read_text())['spec']['template']['packs'][0]['values']
        self.assertEqual(values, 'a: 9  # mine\nb: 8\nc: 3\nd: 4\n')
        told = self.run_json('profile', 'merge', 'base.json', 'mine.json', 'theirs.json')
        self.assertEqual(told['conflicts'], [])
        self.assertEqual([change['decision'] for change in told['merged']], ['mine', 'theirs', 'theirs'])

    def test_merge_conflict(self):
        self.make_three('a: 9\nb: 2\nc: 3\n', 'a: 7\nb: 2\nc: 4\n')
        done = self.start('profile', 'merge', 'base.json', 'mine.json', 'theirs.json', '-o', 'all.json')
        self.assertEqual(done.returncode, 1)
        self.assertFalse((self.here / 'all.json').exists())
        self.assertIn('1 conflict', done.stderr.decode())
        for part in ('site · values.yaml · a', 'mine, from line 1:', '      a: 9', '      a: 7'):
            self.assertIn(part, done.stdout.decode())
        told = json.loads(self.start('profile', 'merge', 'base.json', 'mine.json', 'theirs.json', '--json').stdout)
        self.assertEqual(told['conflicts'], [{
            'layer': 'site', 'document': 'values.yaml', 'path': 'a', 'decision': 'none', 'base': 'a: 1\n', 'base-line': 1,
            'mine': 'a: 9\n', 'mine-line': 1, 'theirs': 'a: 7\n', 'theirs-line': 1}])
        self.assertEqual([change['path'] for change in told['merged']], ['c'])

    def test_diff_refused(self):
        self.make()
        self.assertIn('nothing', self.fail_with(1, 'profile', 'diff', 'edge', 'nothing'))
        self.fail_with(1, 'profile', 'diff', 'edge', self.write('a.json', '[]'))


class Archives(Case):
    def build(self):
        self.make_full()
        path = self.here / 'a.tgz'
        self.run_text('profile', 'download', 'edge-retail', '-o', path)
        return path

    def test_verify(self):
        path = self.build()
        self.assertIn('edge-retail 1.2.0', self.run_text('archive', 'verify', path))
        verified = self.run_json('archive', 'verify', path)
        self.assertEqual(set(verified), {'valid', 'sha256', 'name', 'version', 'layers', 'files'})
        self.assertEqual(verified['sha256'], hashlib.sha256(path.read_bytes()).hexdigest())

    def test_list(self):
        path = self.build()
        listed = self.run_json('archive', 'list', path)
        with tarfile.open(path) as archive:
            names = [member.name.split('/', 1)[1] for member in archive if member.isfile()]
        self.assertEqual([entry['path'] for entry in listed], names)
        self.assertEqual(names, sorted(names, key=str.encode))
        self.assertIn('strata.json', self.run_text('archive', 'list', path))

    def test_nothing_of_the_machine_is_inside(self):
        with tarfile.open(self.build()) as archive:
            for member in archive:
                self.assertEqual((member.mtime, member.uid, member.gid, member.uname, member.gname), (0, 0, 0, '', ''))
                self.assertEqual(member.mode, 0o755 if member.isdir() else 0o644)

    def test_sums_are_accepted_by_sha256sum(self):
        with tarfile.open(self.build()) as archive:
            archive.extractall(self.here / 'out')
        top = self.here / 'out/edge-retail-1.2.0'
        subprocess.run(['sha256sum', '--check', '--strict', '--quiet', 'SHA256SUMS'], cwd=top, check=True, timeout=60)

    def tamper(self, path, name):
        """The same archive with one byte of @name other, as good as new on the outside."""
        out = io.BytesIO()
        with tarfile.open(path) as archive, tarfile.open(fileobj=out, mode='w:gz') as other:
            for member in archive:
                content = archive.extractfile(member).read() if member.isfile() else b''
                if member.name.endswith(name):
                    content = bytes([content[0] ^ 1]) + content[1:]
                other.addfile(member, io.BytesIO(content))
        return self.write('tampered.tgz', out.getvalue())

    def test_verify_refused(self):
        path = self.build()
        values = next(entry['path'] for entry in self.run_json('archive', 'list', path)
                      if re.fullmatch('layers/01-[^/]+/values.yaml', entry['path']))
        for name in ('profile.json', 'strata.json', 'shop.yaml', values):
            with self.subTest(name):
                tampered = self.tamper(path, name)
                self.assertIn(name, self.fail_with(1, 'archive', 'verify', tampered))
                self.fail_with(1, 'archive', 'list', tampered)
                self.fail_with(1, 'profile', 'import', tampered, store='other')
        self.assertEqual(self.run_json('profile', 'list', store='other'), [])
        self.assertIn('cut.tgz', self.fail_with(1, 'archive', 'verify', self.write('cut.tgz', path.read_bytes()[:-1])))
        self.fail_with(1, 'archive', 'verify', self.here)
        self.fail_with(1, 'archive', 'verify', self.here / 'nothing')


if __name__ == '__main__':
    case.main()
