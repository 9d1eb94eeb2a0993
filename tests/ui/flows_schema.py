#!/usr/bin/python3
# flows_schema.py - what the schemas of a chart and a pack say while somebody types
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage, inside session.sh: flows_schema.py [--tap] [NAME…]     NAME is a part of a flow's name; all of them without

import io
import json
import os
import re
import sys
import tarfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from flows import Flows, main  # noqa: E402

SCHEMA = {
    '$schema': 'http://json-schema.org/draft-07/schema#',
    'properties': {
        'replicas': {'type': 'integer', 'minimum': 1},
        'image': {'type': 'object', 'additionalProperties': False, 'properties': {
            'tag': {'type': 'string'}, 'pullPolicy': {'enum': ['Always', 'IfNotPresent', 'Never']}}},
    },
}
CHART = {
    'beacon/Chart.yaml': 'apiVersion: v2\nname: beacon\nversion: 1.0.0\n',
    'beacon/values.yaml': 'replicas: 1\nimage:\n  tag: "1.0"\n  pullPolicy: Always\n',
    'beacon/values.schema.json': json.dumps(SCHEMA),
    'beacon/templates/beacon.yaml': 'apiVersion: v1\nkind: Service\nmetadata:\n  name: beacon\n',
}
PACK = {
    'pack.json': json.dumps({'addonType': 'app services', 'cloudTypes': ['all'], 'displayName': 'Buoy', 'layer': 'addon',
                             'name': 'buoy', 'version': '1.0.0', 'kubeManifests': ['manifests/buoy.yaml']}),
    'values.yaml': 'manifests:\n  buoy:\n    policy: Retain\n',
    'schema.yaml': "manifests.buoy.policy:\n  schema: '{{ required | format \"${list:[Delete,Retain]}\" }}'\n",
    'manifests/buoy.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: buoy\n',
}
BROKEN = 'charts:\n  beacon:\n    replicas: two\n    image:\n      pullPolicy: ifNotPresnt\n      tga: x\n'


class SchemaFlows(Flows):
    """A layer that knows what its values have to be."""

    def make_chart(self):
        path = os.path.join(self.folder, 'beacon-1.0.0.tgz')
        with tarfile.open(path, 'w:gz') as archive:
            for name, text in CHART.items():
                info = tarfile.TarInfo(name)
                info.size = len(text)
                archive.addfile(info, io.BytesIO(text.encode()))
        return path

    def make_pack(self):
        folder = os.path.join(self.folder, 'buoy-1.0.0')
        os.makedirs(os.path.join(folder, 'manifests'), exist_ok=True)
        for name, text in PACK.items():
            self.put_file(os.path.join('buoy-1.0.0', name), text)
        return folder

    def open_values(self, name, layer):
        self.program.click(self.row(name))
        self.program.key('Return')
        return self.program.find('entry', f'Values of {layer}')

    def flow_01_chart(self):
        """What a chart's schema has against its values is shown where it stands, and repaired in one step"""
        identity = self.ctl('profile', 'new', 'quay', '--version', '1.0.0').strip()
        self.ctl('profile', 'add-chart', identity, self.make_chart())
        self.start()
        view = self.open_values('quay', 'beacon')
        self.program.find('row', 'No problems')
        self.program.set_text(view, BROKEN)
        self.program.find('row', re.compile('^“replicas” has to be a whole number, not the text “two”'))
        self.program.find('label', re.compile('^Line 3, column 15 · Chart schema'))
        self.program.find('row', re.compile('^“image.tga” is not a known key here; did you mean “tag”'))
        self.picture('schema')
        self.program.press('button', 'Change Value')
        repaired = BROKEN.replace('ifNotPresnt', 'IfNotPresent')
        self.program.wait(lambda: view.text == repaired, 'the nearest value')
        self.program.press('button', 'Change Key')
        self.program.wait(lambda: view.text == repaired.replace('tga', 'tag'), 'the nearest key')
        self.program.click(view)
        self.program.key('ctrl+z')
        self.program.wait(lambda: view.text == repaired, 'the key before the repair')

    def flow_02_pack(self):
        """What a pack asks of its values is shown too, and the value that was meant is put in"""
        identity = self.ctl('profile', 'new', 'quay', '--version', '1.0.0').strip()
        self.ctl('profile', 'add-pack', identity, self.make_pack())
        self.start()
        view = self.open_values('quay', 'buoy')
        self.program.set_text(view, 'manifests:\n  buoy:\n    policy: retian\n')
        self.program.find('row', re.compile('^“manifests.buoy.policy” has to be one of Delete, Retain'))
        self.program.find('label', re.compile('^Line 3, column 13 · Pack schema'))
        self.program.press('button', 'Change Value')
        self.program.wait(lambda: view.text == 'manifests:\n  buoy:\n    policy: Retain\n', 'the value that was meant')
        self.program.find('row', 'No problems')

    def flow_03_subchart(self):
        """The schema of a chart inside a chart holds for its part of the values"""
        CHART['beacon/charts/lamp/Chart.yaml'] = 'apiVersion: v2\nname: lamp\nversion: 1.0.0\n'
        CHART['beacon/charts/lamp/values.schema.json'] = json.dumps(
            {'properties': {'watts': {'type': 'integer', 'maximum': 60}}, 'required': ['watts']})
        identity = self.ctl('profile', 'new', 'quay', '--version', '1.0.0').strip()
        self.ctl('profile', 'add-chart', identity, self.make_chart())
        self.start()
        view = self.open_values('quay', 'beacon')
        self.program.set_text(view, 'charts:\n  beacon:\n    lamp:\n      watts: 61\n')
        self.program.find('row', re.compile('^“lamp.watts” '))
        self.program.find('label', re.compile('^Line 4, column 14 · Chart schema'))

    def flow_04_rules_of_a_pack(self):
        """Ranges, addresses, versions, expressions, what must be there and what must not be changed: all is said by its path"""
        rules = {'port': 'format "${number:[1-100]}"', 'host': 'format "${ipv4}"', 'on': 'format "${boolean}"',
                 'word': 'format "${string:/^[a-z]+$/}"', 'fixed': 'readonly', 'there': 'required'}
        PACK['schema.yaml'] = ''.join(f"manifests.buoy.{name}:\n  schema: '{{{{ {rule} }}}}'\n" for name, rule in rules.items())
        PACK['values.yaml'] = 'manifests:\n  buoy:\n    fixed: 1\n    there: 2\n'
        identity = self.ctl('profile', 'new', 'quay', '--version', '1.0.0').strip()
        self.ctl('profile', 'add-pack', identity, self.make_pack())
        self.start()
        view = self.open_values('quay', 'buoy')
        self.program.set_text(view, 'manifests:\n  buoy:\n    port: 101\n    host: quay\n    on: maybe\n    word: A1\n    fixed: 3\n')
        for said in ('port” has to be a number from 1 to 100', 'host” has to be an address such as', 'on” has to be true or false',
                     'word” does not have the form that the pack asks for', 'fixed” must not be changed', 'there” is missing'):
            self.program.find('row', re.compile(f'^“manifests.buoy.{re.escape(said)}'))
        self.picture('pack-rules')


if __name__ == '__main__':
    main(SchemaFlows)
