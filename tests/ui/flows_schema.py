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


if __name__ == '__main__':
    main(SchemaFlows)
