#!/usr/bin/python3
# flows_problems.py - what is wrong with manifests is said while typing, with no network, and repaired in one step
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage, inside session.sh: flows_problems.py [--tap] [NAME…]     NAME is a part of a flow's name; all of them without

import json
import os
import re
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from driver import Program  # noqa: E402
from flows import main  # noqa: E402
from flows_editor import EditorFlows  # noqa: E402
from samples import make_chart  # noqa: E402
from walk import expect  # noqa: E402

GOOD = '''apiVersion: apps/v1
kind: Deployment
metadata:
  name: crane
  namespace: quay
spec:
  replicas: 2
  selector:
    matchLabels:
      app: crane
  template:
    metadata:
      labels:
        app: crane
    spec:
      containers:
      - name: crane
        image: registry.example/crane:1.0
        env:
        - name: COUNTRY
          value: "no"
        ports:
        - containerPort: 8080
'''
HEAD = 'apiVersion: v1\nkind: {kind}\nmetadata:\n  name: crane\n  namespace: quay\n'

TIDE_DEFINITION = '''apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: tides.quay.example
spec:
  group: quay.example
  names:
    kind: Tide
    plural: tides
  scope: Namespaced
  versions:
  - name: v1
    served: true
    storage: true
    schema:
      openAPIV3Schema:
        type: object
        properties:
          spec:
            type: object
            properties:
              height:
                type: integer
'''

# One thing put wrong, what is said of it, what its button says.
REPAIRS = (
    ('  replicas: 2', '  replicaz: 2', '“spec” has no field “replicaz”; “replicas” is meant', 'Change to “replicas”'),
    ('value: "no"', 'value: no', '“spec.template.spec.containers.env.value” has to be text', 'Put in Quotes'),
    ('apiVersion: apps/v1', 'apiVersion: apps/v1beta1', 'Kubernetes has no “Deployment” of “apps/v1beta1” any more',
     'Change to “apps/v1”'),
    ('kind: Deployment', 'kind: Deploymnt', '“apps/v1” has no kind “Deploymnt”; “Deployment” is meant', 'Change to “Deployment”'),
    ('  replicas: 2', '\treplicas: 2', 'A tab cannot indent a line', 'Replace Tabs by Spaces'),
    ('value: "no"', 'value: {{.spectro.system.cluster.name}}', 'A value that starts with “{{” has to stand in quotes',
     'Put in Quotes'),
    ('value: "no"', 'value: "\u202eno"', 'The character U+202E turns around what is shown', 'Remove the Character'),
    ('  namespace: quay\n', '', 'This Deployment names no namespace', 'Add Namespace “default”'),
)

# The same for what no button can repair.
FAULTS = (
    ('replicas: 2', 'replicas: two', '“spec.replicas” has to be a whole number'),
    ('replicas: 2', 'replicas: -2', '“spec.replicas” cannot be less than 0'),
    ('        ports:', '        imagePullPolicy: Sometimes\n        ports:', '“spec.template.spec.containers.imagePullPolicy” cannot be '
     '“Sometimes”; it takes: Always, IfNotPresent, Never'),
    ('        ports:', '        resources:\n          limits:\n            memory: 1GB\n        ports:', '“1GB” is no quantity'),
    ('name: crane\n  namespace', 'name: Crane\n  namespace', '“Crane” cannot be a name'),
    ('  selector:\n    matchLabels:\n      app: crane\n', '', '“spec” has to have “selector”'),
    ('containerPort: 8080', 'containerPort: 80800', '“80800” is no port'),
    ('labels:\n        app: crane', 'labels:\n        app: winch', 'The pods of this Deployment have no label “app: crane”'),
    ('      - name: crane', '      - image: a\n        name: crane\n      - name: crane', '“containers” has “crane” twice'),
    ('      - name: crane\n', '        name: crane\n', '“spec.template.spec.containers” has to be a list'),
)

# Whole texts: what is said of them, and where.
TEXTS = (
    ('a: 1\n\tb: 2\n', 'A tab cannot indent a line', 'Line 2, column 1'),
    ('a: [1, 2\nb: 3\n', 'The “[” of line 1 is not closed', 'Line 2, column 2'),
    ('a: "x\nb: 3\n', 'The quote that opens in line 1 is never closed', 'Line 1, column 4'),
    (HEAD.format(kind='ConfigMap') + 'data:\n  a: x\n  a: z\n', 'The key “a” stands here a second time; the first is in line 7',
     'Line 8, column 3'),
    (HEAD.format(kind='ConfigMap') + '  labels:\n    app: "-x-"\n', '“-x-” cannot be a label', 'Line 7, column 10'),
    (HEAD.format(kind='Secret') + 'data:\n  a: "no base!"\n', '“data.a” has to be in Base64', 'Line 7, column 6'),
    (HEAD.format(kind='Lease').replace('v1', 'coordination.k8s.io/v1') + 'spec:\n  acquireTime: yesterday\n',
     '“spec.acquireTime” has to be a time', 'Line 7, column 16'),
    ('apiVersion: quay.example/v1\nkind: Tide\nmetadata:\n  name: a\n', 'Nothing here defines “Tide” of “quay.example/v1”',
     'Line 2, column 7'),
)

# Objects of other kinds, what is said of them, who says so.
OBJECTS = (
    ('apiVersion: v1\nkind: "<b>Tide & ebb</b>"\nmetadata:\n  name: a\n', '“v1” has no kind “<b>Tide & ebb</b>”'),
    ('apiVersion: policy/v1beta1\nkind: PodDisruptionBudget\nmetadata:\n  name: a\n  namespace: b\n',
     'Kubernetes has no “PodDisruptionBudget” of “policy/v1beta1” any more'),
    ('apiVersion: v1\nkind: Secret\nmetadata:\n  name: a\n  namespace: b\ndata:\n  key: "no base 64"\n', '“data.key” has to be in Base64'),
    ('apiVersion: v1\nkind: Namespace\nmetadata:\n  name: a\n  namespace: b\n', 'A Namespace is in no namespace'),
    ('apiVersion: v1\nkind: Namespace\nmetadata:\n  name: A.b\n', '“A.b” cannot be the name of a Namespace'),
    ('apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  namespace: b\n  labels:\n    tide: "high water"\n', '“high water” cannot be a label'),
    ('apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  namespace: b\n  labels:\n    "a b": c\n', '“a b” cannot be a key here'),
    ('apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: a\n  namespace: b\nspec:\n  schedule: daily\n  jobTemplate:\n    spec:\n'
     '      template:\n        spec:\n          restartPolicy: Never\n          containers:\n          - name: a\n            image: b\n',
     '“daily” is no schedule'),
    ('apiVersion: tide.example/v1\nkind: Gauge\nmetadata:\n  name: a\n', 'Nothing here defines “Gauge” of “tide.example/v1”'),
    ('apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  namespace: b\ndata:\n  c: \'{{.spectro.var.tide}}\'\n',
     'The profile has no variable “tide”'),
)

GAUGES = '''apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: gauges.tide.example
spec:
  group: tide.example
  scope: Namespaced
  names: {plural: gauges, singular: gauge, kind: Gauge}
  versions:
  - name: v1
    served: true
    storage: true
    schema:
      openAPIV3Schema:
        type: object
        required: [spec]
        properties:
          spec:
            type: object
            required: [unit]
            properties:
              unit: {type: string, enum: [metre, foot]}
              depth: {type: integer}
'''
GAUGE = 'apiVersion: tide.example/v1\nkind: Gauge\nmetadata:\n  name: a\n  namespace: b\nspec:\n'


def offline():
    """What starts a program where no network is, not even this computer's own; nothing where that is not allowed."""
    may = shutil.which('unshare') is not None and subprocess.run(['unshare', '-n', 'true'], capture_output=True).returncode == 0
    return ['unshare', '-n'] if may else []


class ProblemFlows(EditorFlows):
    """A manifest that is right, and one thing in it put wrong at a time."""

    def start(self, *arguments):
        self.program = Program([*offline(), os.environ.get('STRATA', 'strata'), *arguments], self.environment,
                               log=os.path.join(self.folder, 'strata.log'))
        return self.program

    def problem(self, said):
        """The row of a problem that begins so."""
        return self.program.find('row', re.compile('^' + re.escape(said)))

    def undo_all(self, view, text):
        """Takes back what was put in, which may have been taken out and put in as two steps."""
        for _ in range(4):
            if view.text == text:
                return
            before = view.text
            self.program.key('ctrl+z')
            self.program.wait(lambda: view.text != before, 'a step back')
        expect(view.text == text, f'the text is {view.text}')

    def flow_01_repairs(self):
        """Each problem is said by name and place, its button repairs it in one step, and all is undone again"""
        self.make_layers('quay', ('crane', GOOD))
        self.start()
        view = self.open_editor('quay', 'Manifest crane of crane')
        self.program.find('row', 'No problems')
        for right, wrong, said, button in REPAIRS:
            broken = GOOD.replace(right, wrong, 1)
            self.program.set_text(view, broken)
            self.problem(said)
            self.program.click(view)
            self.program.key('ctrl+Home', 'F8')
            self.program.press('button', button)
            self.program.wait(lambda: view.text not in (broken, ''), f'the text after “{button}”')
            self.program.find('row', 'No problems')
            self.program.click(view)
            self.program.key('ctrl+z')
            self.program.wait(lambda: view.text == broken, f'the text before “{button}”')
            self.undo_all(view, GOOD)
        self.program.find('row', 'No problems')
        self.has_texts('quay', {'crane': GOOD})

    def flow_02_faults(self):
        """What cannot be repaired for certain is said by name and place, and gone when it is undone"""
        self.make_layers('quay', ('crane', GOOD))
        self.start()
        view = self.open_editor('quay', 'Manifest crane of crane')
        for right, wrong, said in FAULTS:
            broken = GOOD.replace(right, wrong, 1)
            expect(broken != GOOD, f'nothing is wrong with {wrong}')
            self.program.set_text(view, broken)
            self.problem(said)
            self.program.find('label', re.compile('^Line [0-9]+, column [0-9]+ · Kubernetes'))
        self.program.set_text(view, GOOD)
        self.program.find('row', 'No problems')

    def flow_03_layers(self):
        """What two layers say together is said where it stands: made twice, selected by nobody, named and not there"""
        service = HEAD.format(kind='Service') + 'spec:\n  selector:\n    app: winch\n  ports:\n  - port: 80\n'
        pod = HEAD.format(kind='Pod') + ('spec:\n  containers:\n  - name: crane\n    image: a\n    envFrom:\n    - secretRef:\n'
                                         '        name: keys\n')
        self.make_layers('quay', ('lower', service), ('upper', pod))
        self.start()
        view = self.open_editor('quay', 'Manifest upper of upper')
        self.problem('No manifest here makes the Secret “keys”')
        self.program.set_text(view, service)
        self.problem('The Service “crane” is made twice: lower, lower, line 4 has it too')
        self.problem('No pods here have all these labels')

    def flow_04_versions(self):
        """The version of Kubernetes is chosen in the preferences, and what it lacks is said at once"""
        self.make_layers('quay', ('flow', 'apiVersion: flowcontrol.apiserver.k8s.io/v1beta3\nkind: FlowSchema\nmetadata:\n  name: a\n'))
        self.start()
        view = self.open_editor('quay', 'Manifest flow of flow')
        self.program.find('row', 'No problems')
        text = view.text
        self.choose_kubernetes('1.30')
        self.problem('“FlowSchema” of “flowcontrol.apiserver.k8s.io/v1beta3” is out of favour since Kubernetes 1.29; use “FlowSchema” of '
                     '“flowcontrol.apiserver.k8s.io/v1”')
        self.program.find('image', 'Warning')
        self.program.press('button', 'Change to “flowcontrol.apiserver.k8s.io/v1”')
        self.program.wait(lambda: view.text == text.replace('v1beta3', 'v1'), 'the newer version')
        self.program.is_gone('row', re.compile('is out of favour'))
        self.program.click(view)
        self.program.key('ctrl+z')
        self.program.wait(lambda: view.text == text, 'the version before')
        self.problem('“FlowSchema” of “flowcontrol.apiserver.k8s.io/v1beta3” is out of favour')
        self.choose_kubernetes('1.33')
        self.problem('Kubernetes has no “FlowSchema” of “flowcontrol.apiserver.k8s.io/v1beta3” any more since 1.32')
        self.program.set_text(view, 'apiVersion: v1\nkind: Endpoints\nmetadata:\n  name: a\n  namespace: b\n')
        self.problem('“Endpoints” of “v1” is out of favour since Kubernetes 1.33; use “EndpointSlice” of “discovery.k8s.io/v1”')

    def editor_preferences(self):
        """The page of the preferences that is about the editor."""
        self.program.key('ctrl+comma')
        window = self.window('Preferences')
        self.program.press('tab', 'Editor', within=window)
        return window

    def choose_kubernetes(self, version):
        """A version in the preferences."""
        window = self.editor_preferences()
        self.choose('Kubernetes Version', version, window)
        self.program.find('label', version, within=window)
        self.program.key('Escape')
        self.program.is_gone('window', 'Preferences')

    def flow_05_definitions(self):
        """Definitions that a person adds are used at once and after a restart, until they are removed"""
        tide = 'apiVersion: quay.example/v1\nkind: Tide\nmetadata:\n  name: a\n  namespace: b\nspec:\n  height: high\n'
        path = self.put_file('kinds.yaml', TIDE_DEFINITION)
        self.make_layers('quay', ('tides', tide))
        self.start()
        self.open_editor('quay', 'Manifest tides of tides')
        self.add_definitions(self.put_file('none.yaml', 'a: b\n'))
        self.program.find('label', re.compile('^“none.yaml” defines no kinds'))
        self.program.key('Escape')
        self.add_definitions(path)
        self.program.find('label', 'kinds.yaml')
        self.program.key('Escape')
        self.problem('“spec.height” has to be')
        self.program.close()
        self.start()
        self.problem('“spec.height” has to be')
        window = self.editor_preferences()
        self.program.press('button', 'Remove kinds.yaml', within=window)
        self.program.is_gone('label', 'kinds.yaml')
        self.program.key('Escape')
        self.program.is_gone('row', re.compile('“spec.height” has to be'))

    def flow_06_texts(self):
        """What is no YAML, and what has not the form that it must have, is said where it stands"""
        self.make_layers('quay', ('crane', GOOD))
        self.start()
        view = self.open_editor('quay', 'Manifest crane of crane')
        for text, said, place in TEXTS:
            self.program.set_text(view, text)
            self.problem(said)
            self.program.find('label', re.compile(f'^{place} · '))

    def flow_07_objects(self):
        """Versions that go, names, labels, formats, namespaces and kinds that nothing defines, each in an object of its kind"""
        self.make_layers('quay', ('crane', GOOD))
        self.start()
        view = self.open_editor('quay', 'Manifest crane of crane')
        for text, said in OBJECTS:
            self.program.set_text(view, text)
            self.problem(said)
            self.program.find('label', re.compile('^Line [0-9]+, column [0-9]+ · (Kubernetes|Variables)'))

    def flow_08_other_layer(self):
        """What a definition of one layer asks of its objects is said in another; a change of it is followed"""
        self.make_layers('quay', ('lower', GAUGES), ('upper', GAUGE + '  unit: inch\n'))
        self.start()
        view = self.open_editor('quay', 'Manifest upper of upper')
        self.problem('“spec.unit” cannot be “inch”; it takes: metre, foot')
        self.program.set_text(view, GAUGE + '  unit: metre\n  dept: 2\n')
        self.problem('“spec” has no field “dept”')
        self.program.set_text(view, GAUGE + '  depth: deep\n')
        self.problem('“spec.depth” has to be a whole number')
        self.problem('“spec” has to have “unit”')
        self.program.set_text(view, GAUGE + '  unit: metre\n  depth: 2\n')
        self.program.find('row', 'No problems')

    def flow_09_documents(self):
        """Values are one document, which is said where a second begins; manifests may be several"""
        identity = self.ctl('profile', 'new', 'quay', '--version', '1.0.0').strip()
        self.ctl('profile', 'add-manifest', identity, '--name', 'crane', self.put_file('crane.yaml', GOOD + '---\n' + TIDE_DEFINITION))
        self.ctl('profile', 'add-chart', identity, make_chart(self.folder))
        self.start()
        view = self.open_editor('quay', 'Values of lantern')
        self.program.find('row', 'No problems')
        text = view.text
        self.program.set_text(view, text + '---\nreplicas: 3\n')
        self.problem('A second document starts here, but values are only one; remove the “---”')
        self.program.find('label', re.compile(f'^Line {text.count(chr(10)) + 2}, column 1 · YAML'))
        self.program.set_text(view, text + '---\n')
        self.problem('A second document starts here')
        self.program.set_text(view, '---\n' + text + '...\n')
        self.program.find('row', 'No problems')
        self.program.set_text(view, text)
        self.program.find('row', 'No problems')

    def flow_10_cluster(self):
        """What a cluster says of its kinds is added like definitions, and what is known anyway is refused with the reason"""
        mark = {'group': 'quay.example', 'version': 'v1', 'kind': 'Tide'}
        cluster = {'swagger': '2.0', 'paths': {'/apis/quay.example/v1/namespaces/{namespace}/tides': {
            'post': {'x-kubernetes-action': 'post', 'x-kubernetes-group-version-kind': mark}}}, 'definitions': {
                'example.quay.v1.Tide': {'type': 'object', 'x-kubernetes-group-version-kind': [mark], 'properties': {
                    'spec': {'$ref': '#/definitions/example.quay.v1.TideSpec'}}},
                'example.quay.v1.TideSpec': {'type': 'object', 'properties': {'height': {'type': 'integer'}}}}}
        tide = 'apiVersion: quay.example/v1\nkind: Tide\nmetadata:\n  name: a\n  namespace: b\nspec:\n  height: high\n'
        self.make_layers('quay', ('tides', tide))
        self.start()
        self.open_editor('quay', 'Manifest tides of tides')
        self.problem('Nothing here defines “Tide” of “quay.example/v1”')
        self.add_definitions(self.put_file('plain.json', json.dumps({**cluster, 'definitions': {}})))
        self.program.find('label', re.compile('^“plain.json” defines no kinds that are not known'))
        self.program.key('Escape')
        self.add_definitions(self.put_file('cluster.json', json.dumps(cluster)))
        self.program.find('label', 'cluster.json')
        self.picture('definitions')
        self.program.key('Escape')
        self.problem('“spec.height” has to be a whole number')

    def add_definitions(self, path):
        """By the preferences."""
        window = self.editor_preferences()
        self.program.press('button', 'Add Definitions…', within=window)
        self.window('Add Definitions')
        self.program.choose_file(path)


if __name__ == '__main__':
    main(ProblemFlows)
