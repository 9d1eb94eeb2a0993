#!/usr/bin/python3
# test-lint.py - stratactl lint over files, folders, archives and profiles, right and wrong
# SPDX-License-Identifier: GPL-3.0-or-later

import json

import case
from case import DATA, PACKS, Case

POD = 'apiVersion: v1\nkind: Pod\nmetadata: {{name: {name}, namespace: shop}}\nspec: {{containers: [{{name: web, image: i}}]{more}}}\n'
FLOW = 'apiVersion: flowcontrol.apiserver.k8s.io/v1beta3\nkind: FlowSchema\nmetadata: {name: a}\n'
CRD = ('apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: things.a.b}\nspec:\n  group: a.b\n'
       '  names: {kind: Thing, plural: things}\n  scope: Cluster\n  versions:\n  - name: v1\n    served: true\n    storage: true\n'
       '    schema:\n      openAPIV3Schema: {type: object, properties: {spec: {type: object, properties: {size: {type: integer}}}}}\n')
THING = 'apiVersion: a.b/v1\nkind: Thing\nmetadata: {name: t}\nspec: {sise: 1}\n'


class Lint(Case):
    def lint(self, status, *words):
        """The lines that are printed by a run that ends with STATUS."""
        done = self.start('lint', *words)
        self.assertEqual(done.returncode, status, done.stderr.decode())
        self.assertEqual(done.stderr != b'', status != 0, 'errors, and only they, are counted on the standard error')
        return done.stdout.decode().splitlines()

    def test_nothing_wrong(self):
        self.write('a.yaml', POD.format(name='a', more=''))
        self.assertEqual(self.lint(0, 'a.yaml'), [])

    def test_error(self):
        self.write('a.yaml', POD.format(name='a', more=', restartPolicy: Perhaps'))
        self.assertEqual(self.lint(1, 'a.yaml'), [
            'a.yaml:4:60: error: “spec.restartPolicy” cannot be “Perhaps”; it takes: Always, Never, OnFailure'])

    def test_warnings_do_not_fail(self):
        self.write('a.yaml', POD.format(name='a', more=''))
        self.write('b.yaml', POD.format(name='a', more=''))
        self.assertEqual(self.lint(0, 'a.yaml', 'b.yaml'), [
            'b.yaml:3:18: warning: The Pod “a” is made twice: a.yaml, line 3 has it too; the later one replaces it'])

    def test_folder(self):
        (self.here / 'in/deep').mkdir(parents=True)
        (self.here / 'in/.hidden').mkdir()
        self.write('in/b.yml', 'a: 1\na: 2\n')
        self.write('in/deep/a.yaml', POD.format(name='A', more=''))
        self.write('in/notes.txt', 'a: 1\na: 2\n')
        self.write('in/.hidden/c.yaml', 'a: 1\na: 2\n')
        (self.here / 'in/loop').symlink_to('.')
        lines = self.lint(1, 'in')
        self.assertEqual([line.split(': ')[0] for line in lines], ['in/b.yml:2:1', 'in/deep/a.yaml:3:18'])

    def test_folder_with_one_that_cannot_be_read(self):
        (self.here / 'in').mkdir()
        self.write('in/a.yaml', 'a: 1\na: 2\n')
        self.write('in/b.yaml', b'a: ' + b'x' * 21 * 1024 * 1024)
        lines = self.lint(1, 'in')
        self.assertEqual([line.split(': ')[0] for line in lines], ['in/a.yaml:2:1', 'in/b.yaml:1:1'])
        self.assertIn('larger than 20', lines[1])
        self.assertIn('b.yaml', self.fail_with(1, 'lint', 'in/b.yaml'))

    def test_named_twice(self):
        (self.here / 'in').mkdir()
        self.write('in/a.yaml', POD.format(name='a', more=''))
        self.assertEqual(self.lint(0, 'in', 'in/a.yaml', './in/../in/a.yaml'), [])

    def test_folder_of_nothing(self):
        (self.here / 'in').mkdir()
        done = self.start('lint', 'in')
        self.assertEqual((done.returncode, done.stdout), (0, b''))
        self.assertIn('.yaml', done.stderr.decode())

    def test_many_files_have_one_order(self):
        (self.here / 'many').mkdir()
        for number in range(300):
            self.write(f'many/{number}.yaml', POD.format(name=f'P{number}', more=''))
        first, second = self.lint(1, 'many'), self.lint(1, 'many')
        self.assertEqual(first, second)
        self.assertEqual(len(first), 300)
        self.assertEqual([line.split(':')[0] for line in first], sorted(f'many/{number}.yaml' for number in range(300)))

    def test_kubernetes(self):
        self.write('a.yaml', FLOW)
        self.assertEqual(self.lint(0, 'a.yaml'), [])
        self.assertEqual(self.lint(0, 'a.yaml', '--kubernetes', '1.28'), [])
        self.assertIn('warning: ', self.lint(0, 'a.yaml', '--kubernetes', '1.29.3')[0])
        self.assertIn('error: ', self.lint(1, 'a.yaml', '--kubernetes=v1.32')[0])

    def test_kubernetes_that_is_not_known(self):
        self.write('a.yaml', FLOW)
        for version in ('1.27', '1.37', '2.30', '1.', '1.30x', '', 'latest'):
            self.assertIn('1.28', self.fail_with(2, 'lint', 'a.yaml', '--kubernetes', version))

    def test_definitions(self):
        self.write('thing.yaml', THING)
        self.write('crd.yaml', CRD)
        self.assertIn('note: ', self.lint(0, 'thing.yaml')[0])
        self.assertIn('“size” is meant', self.lint(1, 'thing.yaml', 'crd.yaml')[0])
        self.assertIn('“size” is meant', self.lint(1, 'thing.yaml', '--schema', 'crd.yaml')[0])

    def test_definitions_of_a_cluster(self):
        mark = {'group': 'a.b', 'version': 'v1', 'kind': 'Thing'}
        self.write('thing.yaml', THING)
        self.write('cluster.json', json.dumps({
            'swagger': '2.0',
            'paths': {'/apis/a.b/v1/things': {'post': {'x-kubernetes-action': 'post', 'x-kubernetes-group-version-kind': mark}}},
            'definitions': {'b.a.v1.Thing': {'type': 'object', 'x-kubernetes-group-version-kind': [mark], 'properties': {
                'spec': {'type': 'object', 'properties': {'size': {'type': 'integer'}}}}}}}))
        self.assertIn('“size” is meant', self.lint(1, 'thing.yaml', '--schema', 'cluster.json')[0])

    def test_schema_of_values(self):
        self.write('values.yaml', 'replicas: two\n')
        self.write('schema.json', json.dumps({'properties': {'replicas': {'type': 'integer'}}}))
        self.assertEqual(self.lint(0, 'values.yaml'), [])
        lines = self.lint(1, 'values.yaml', '--schema', 'schema.json')
        self.assertTrue(lines[0].startswith('values.yaml:1:11: error: '), lines)

    def test_schema_that_is_none(self):
        self.write('values.yaml', 'a: 1\n')
        self.write('schema.json', '{"type": ')
        self.assertIn('schema.json', self.fail_with(1, 'lint', 'values.yaml', '--schema', 'schema.json'))
        self.assertIn('gone.json', self.fail_with(1, 'lint', 'values.yaml', '--schema', 'gone.json'))

    def test_json(self):
        self.write('a.yaml', POD.format(name='a', more=', restartpolicy: Never'))
        done = self.start('lint', 'a.yaml', '--json')
        self.assertEqual(done.returncode, 1)
        [problem] = json.loads(done.stdout)
        self.assertEqual(problem, {'file': 'a.yaml', 'line': 4, 'column': 45, 'length': 13, 'severity': 'error', 'source': 'Kubernetes',
                                   'message': '“spec” has no field “restartpolicy”; “restartPolicy” is meant, probably',
                                   'fix': 'restartPolicy'})

    def test_json_of_nothing(self):
        self.write('a.yaml', 'a: 1\n')
        self.assertEqual(self.run_json('lint', 'a.yaml'), [])

    def test_profile(self):
        self.make('edge')
        self.run_text('profile', 'add-manifest', 'edge', '--name', 'site', self.write('a.yaml', POD.format(name='A', more='')))
        lines = self.lint(1, 'edge')
        self.assertEqual(lines, ['edge/site/a:3:18: error: “A” cannot be a name: small letters and digits with “-” and “.” in '
                                 'between, 253 at most'])
        self.run_text('profile', 'export', 'edge', '-o', 'edge.json')
        self.run_text('profile', 'export', 'edge', '--format', 'yaml', '-o', 'edge.yaml')
        self.run_text('profile', 'download', 'edge', '-o', 'edge.tgz')
        for name in ('edge.json', 'edge.yaml', 'edge.tgz'):
            self.assertEqual(self.lint(1, name), [line.replace('edge/', f'{name}/', 1) for line in lines])

    def test_pack(self):
        """The values of a pack follow the schema that is in the pack."""
        (self.here / 'site-1.0.0/manifests').mkdir(parents=True)
        self.write('site-1.0.0/pack.json', json.dumps({'name': 'site', 'version': '1.0.0', 'layer': 'addon', 'addonType': 'x',
                                                       'displayName': 'Site', 'cloudTypes': ['all'],
                                                       'kubeManifests': ['manifests/a.yaml']}))
        self.write('site-1.0.0/schema.yaml', 'manifests.site.port:\n  schema: \'{{ required | format "${number:[1-9]+}" }}\'\n')
        self.write('site-1.0.0/values.yaml', 'manifests:\n  site:\n    port: many\n    port: many\n')
        self.write('site-1.0.0/manifests/a.yaml', POD.format(name='A', more=''))
        lines = self.lint(1, 'site-1.0.0')
        self.assertEqual([line.split(': ')[0] for line in lines], [
            'site-1.0.0/manifests/a.yaml:3:18', 'site-1.0.0/values.yaml:4:5', 'site-1.0.0/values.yaml:4:11'])
        self.assertIn('“manifests.site.port”', lines[2])

    def test_what_is_not_there(self):
        self.assertIn('gone.yaml', self.fail_with(1, 'lint', 'gone.yaml'))
        self.assertIn('gone', self.fail_with(1, 'lint', 'gone'))
        self.fail_with(2, 'lint')

    def test_hostile_texts(self):
        self.write('nul.yaml', b'a: 1\0b')
        self.write('latin.yaml', b'a: \xff\n')
        self.write('turn.yaml', 'apiVersion: v1\nkind: "P\u202eod\x1b"\n')
        self.write('deep.yaml', '[' * 100000)
        self.write('empty.yaml', '')
        text = '\n'.join(self.lint(1, 'nul.yaml', 'latin.yaml', 'turn.yaml', 'deep.yaml', 'empty.yaml'))
        self.assertNotIn('\u202e', text)
        self.assertNotIn('\x1b', text)
        for name in ('nul', 'latin', 'turn', 'deep'):
            self.assertIn(f'{name}.yaml:', text)

    def test_real_packs(self):
        if not PACKS:
            self.skipTest('no shared data beside the source')
        [line] = self.lint(1, DATA / 'packs', '--kubernetes', '1.30')
        self.assertIn('external-snapshotter-4.0.1/values.yaml:19:13: error: ', line, 'the pack wants a value that it does not have')


if __name__ == '__main__':
    case.main()
