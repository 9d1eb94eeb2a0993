#!/usr/bin/python3
# flows_appliances.py - the board of appliances: with no console, with an answer of before, and against the sandbox
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage, inside session.sh: flows_appliances.py [--tap] [NAME…]     NAME is a part of a flow's name; all of them without

import json
import os
import re
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from flows import main  # noqa: E402
from flows_console import ConsoleFlows  # noqa: E402
from walk import expect  # noqa: E402

TABLE = 'Appliances'
CONSOLE = 'console.example'


def stamp(seconds):
    return time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime(seconds))


def layer_status(name, version, kind, since, message=''):
    return {'name': name, 'version': version,
            'condition': {'type': kind, 'message': message, 'lastTransitionTime': stamp(since)}}


class ApplianceFlows(ConsoleFlows):
    """A board of before is put beside the store as the program keeps it; one of now comes from a sandbox."""

    def put_workspace(self):
        folder = os.path.join(self.folder, 'data', 'strata', 'workspaces', 'till')
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, 'workspace.ini'), 'w', encoding='utf-8') as file:
            file.write('[workspace]\nformat=1\nkind=console\n[console]\nsign-in=key\n'
                       f'address=https://{CONSOLE}\nproject-uid=stores\nproject-name=Stores\ntenant=Northwind\n')
        state = os.path.join(self.folder, 'state', 'strata')
        os.makedirs(state, exist_ok=True)
        with open(os.path.join(state, 'session'), 'w', encoding='utf-8') as file:
            file.write('[window]\nworkspace=till\n')
        return folder

    def put_fleet(self, folder, count, ago=60):
        """Of each ten: one failed, two behind, one takes layers, one was not heard of since three hours."""
        asked = int(time.time()) - ago
        lines = [{'fleet': 1, 'asked': asked * 1000000, 'missing': 0, 'profiles': 1}]
        names = ('retail-edge', 'wind-farm-gateway', 'clinic-imaging')
        stack = (('multus', 0, '3.9.0'), ('spegel', 0, '0.0.30'), ('redis', 1, '10.5.7'),
                 ('ingress-nginx', 1, '4.11.3'), ('shelf-cameras', 3, ''))
        types = ('spectro', 'helm', 'oci', 'manifest')
        for number, name in enumerate(names):
            lines.append({'profile': f'p{number}', 'modified': 1, 'name': name, 'version': '2.4.0', 'layers': [
                {'name': layer, 'kind': kind, 'version': version, 'digest': '', 'stamp': '', 'changed': 0,
                 'manifests': 2 if kind == 3 else 0} for layer, kind, version in stack]})
        for number in range(count):
            heard = asked - 3 * 3600 if number % 10 == 9 else asked - number % 50
            status = [layer_status(layer, version, 'Ready', asked - 9 * 86400) for layer, kind, version in stack]
            if number % 10 == 0:
                status[3] = layer_status('ingress-nginx', '4.11.2', 'Error', asked - 360,
                                         'Image controller:1.11.3 not found in registry.local:5000, 4 tries')
                status[4] = layer_status('shelf-cameras', '', 'WaitingForOtherLayers', asked - 360)
            elif number % 10 in (1, 2):
                status[2] = layer_status('redis', '10.5.6', 'UpgradeAvailable', asked - 90)
                status[3] = layer_status('ingress-nginx', '4.11.2', 'UpgradeAvailable', asked - 90)
            elif number % 10 == 3:
                status[2] = layer_status('redis', '10.5.6', 'ReadyForInstall', asked - 60)
            name = names[number % 3]
            lines.append({
                'metadata': {'uid': f'edge-{number:05}', 'name': f'store-{number:04}-till',
                             'labels': {'site': ('Malmö', 'Lund', 'Ystad', 'Kalmar')[number % 4]},
                             'lastModifiedTimestamp': stamp(heard)},
                'spec': {'clusterProfileTemplates': [{'uid': f'p{number % 3}', 'name': name, 'version': '2.4.0', 'packs': [
                    {'name': layer, 'type': types[kind], 'version': version} for layer, kind, version in stack]}]},
                'status': {'state': 'ready', 'health': {'state': 'healthy'}, 'packs': status}})
        with open(os.path.join(folder, 'appliances.jsonl'), 'w', encoding='utf-8') as file:
            file.writelines(json.dumps(line) + '\n' for line in lines)

    def show(self):
        """The board comes to the front."""
        self.program.key('ctrl+3')

    def appliances(self):
        """The names of the rows, from the top."""
        node = self.program.root.find('table', TABLE)
        return [] if node is None else [row.name.split(',')[0]
                                        for row in node.find_all('row', re.compile(', last heard '))]

    def appliance(self, name):
        within = self.program.find('table', TABLE)
        return self.program.find('row', re.compile(f'^{re.escape(name)}, .*last heard '), within=within)

    def flow_01_no_console(self):
        """On this computer the board says what it is for, and leads to a console and to the sandbox"""
        self.start()
        self.show()
        self.program.find('label', 'Appliances Call a Console')
        self.program.find('button', 'Add Console…')
        self.program.find('button', 'Practise with the Sandbox')

    def flow_02_as_it_was(self):
        """An answer of before is shown with its time: worst first, searched, by profile, in detail, and copied"""
        self.put_fleet(self.put_workspace(), 40)
        self.start()
        self.show()
        self.program.find('label', re.compile('^40 appliances · as of [0-9]'))
        self.program.find('row', re.compile('^store-0000-till, Malmö, Running, Failed: Image controller'))
        names = self.appliances()
        expect(names[:5] == ['store-0000-till', 'store-0010-till', 'store-0020-till', 'store-0030-till',
                             'store-0001-till'], f'the worst first: {names[:5]}')
        self.program.find('label', 'Stopped at layer 4 of 5. The layers below it run as before.')
        # A page that comes to the front has the keys in its rows.
        self.program.key('Down')
        self.program.find('table', 'Layers of store-0010-till')

        self.program.click(self.appliance('store-0001-till'))
        self.program.find('label', '2 layers are not what the profile has.')
        self.program.click(self.program.find('chip', re.compile('^Unknown')))
        self.program.wait(lambda: self.appliances() == [f'store-{n:04}-till' for n in (9, 19, 29, 39)], 'the silent ones')
        self.program.find('row', re.compile('^store-0009-till, Lund, Silent, Unknown since 3 h, was current'))
        self.program.click(self.program.find('chip', re.compile('^All')))

        self.program.key('ctrl+f')
        self.program.type('ystad')
        self.program.wait(lambda: len(self.appliances()) == 10, 'those of one site')
        self.program.key('Escape')
        self.program.wait(lambda: self.appliances()[:1] == ['store-0000-till'], 'all again')

        self.program.press('button', 'Copy Details')


    def flow_04_narrow(self):
        """Where there is no room for both, one line leads from the board to the details, and a key back"""
        self.put_fleet(self.put_workspace(), 40)
        self.start()
        self.show()
        self.appliance('store-0000-till')
        self.program.resize(800, 700)
        self.program.press('button', 'Details')
        self.program.find('label', 'shelf-cameras')
        self.program.key('alt+Left')
        self.program.click(self.appliance('store-0001-till'))
        self.program.find('label', '2 layers are not what the profile has.')
        self.program.key('Return')
        self.program.find('button', 'Open Profile')
        self.program.press('button', 'Back to All Appliances')
        self.appliance('store-0001-till')

    # Against a console

    def register(self, uid, name, profile):
        """An appliance calls the console and is linked to the profile."""
        self.sandbox.ask('POST', '/v1/edgehosts/register', {
            'metadata': {'uid': uid, 'name': name, 'labels': {'site': 'Lund'}},
            'spec': {'type': 'edge-native', 'host': {'hostUid': uid, 'hostAddress': '10.0.0.1'},
                     'clusterProfileTemplates': [{'uid': profile, 'name': 'quay', 'type': 'system'}]}},
                         key=self.sandbox.token)
        self.sandbox.ask('PATCH', f'/v1/edgehosts/{uid}/health', {'state': 'healthy', 'message': '',
                                                                  'agentVersion': '1'}, key=self.sandbox.token)

    def report(self, uid, profile, kind, message=''):
        """An appliance says how far its one layer is."""
        self.sandbox.ask('PATCH', f'/v1/edgehosts/{uid}/packs/status', {'packs': [{
            'name': 'settings', 'profileUid': profile, 'type': 'manifest', 'version': '1.0.0',
            'condition': {'type': kind, 'status': 'True', 'reason': '', 'message': message}}]}, key=self.sandbox.token)

    def stands(self, name, how):
        within = self.program.find('table', TABLE)
        self.program.find('row', re.compile(f'^{name}, Lund, .*{how}'), within=within)

    def flow_03_follows(self):
        """Appliances register and report: the board follows them, a publish reaches them, and a silent console is told"""
        uid, = self.add_console('quay')
        self.show()
        self.program.find('label', 'No Appliances Yet')
        self.register('till-1', 'till-1', uid)
        self.report('till-1', uid, 'Ready')
        self.register('till-2', 'till-2', uid)
        self.report('till-2', uid, 'Error', 'no such image')
        self.program.key('ctrl+r')
        self.stands('till-1', 'Running, Current')
        self.stands('till-2', 'Failed: no such image, settings, layer 1 of 1')
        self.program.find('label', re.compile('^2 appliances · checked '))
        expect(self.appliances() == ['till-2', 'till-1'], f'the worst first: {self.appliances()}')

        self.sandbox.change(uid, 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: berth\n')
        self.stands('till-1', '1 layer behind, settings')
        self.report('till-1', uid, 'ReadyForInstall')
        self.stands('till-1', 'Applying 1 of 1')
        self.report('till-1', uid, 'Ready')
        self.stands('till-1', 'Current')

        self.program.key('ctrl+1')
        self.program.find('label', re.compile('^1 of 2 current'))
        self.show()
        self.stands('till-1', 'Current')

        self.sandbox.end()
        self.program.key('ctrl+r')
        self.program.find('label', re.compile('^2 appliances · as of '))
        self.stands('till-1', 'Current')


if __name__ == '__main__':
    main(ApplianceFlows)
