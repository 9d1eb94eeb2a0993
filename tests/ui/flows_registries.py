#!/usr/bin/python3
# flows_registries.py - charts from registries on the network, and without a network what was read from them before
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage, inside session.sh: flows_registries.py [--tap] [NAME…]     NAME is a part of a flow's name; all without

import glob
import json
import os
import re
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from flows import Flows, main  # noqa: E402
from samples import SHARED, make_chart  # noqa: E402
from servers import HelmRepository, OciRegistry, digest, next_version  # noqa: E402
from walk import expect  # noqa: E402


class RegistryFlows(Flows):
    """Real servers with real charts where they lie beside the project, else with one that is made."""

    def __init__(self, folder):
        super().__init__(folder)
        self.environment['XDG_CACHE_HOME'] = os.path.join(folder, 'cache')
        self.servers = []
        found = sorted(glob.glob(os.path.join(SHARED, 'charts', 'repo', '*.tgz')))
        self.charts = found[:12] or [make_chart(os.path.join(folder, 'made'))]

    def serve(self, kind, *arguments):
        server = kind(self.folder, *arguments)
        self.servers.append(server)
        return server

    def end(self):
        for server in self.servers:
            server.close()

    def chart(self, path=None):
        """The name, version and bytes of one of the charts."""
        path = path or next((c for c in self.charts if os.path.basename(c).startswith('grafana-')), self.charts[0])
        name, version = re.match(r'(.*)-(\d+\.\d+\.\d+)\.tgz$', os.path.basename(path)).groups()
        with open(path, 'rb') as file:
            return name, version, file.read()

    def add(self, url, kind=None, answer='Add', **fields):
        self.program.key('ctrl+shift+r')
        window = self.window('Add Registry')
        if kind is not None:
            self.choose('Kind', kind, window)
        self.program.fill('Address', url, within=window)
        for name, text in fields.items():
            self.program.fill(name.replace('_', ' '), text, within=window)
        self.program.press('button', answer, within=window)
        return window

    def result(self, name):
        return self.program.find('row', re.compile(f'^{re.escape(name)} '))

    def registry_row(self, words):
        return self.program.find('row', re.compile(words))

    def search(self, text):
        self.program.key('ctrl+f')
        self.program.key('ctrl+a')
        self.program.type(text)

    def add_to_new_profile(self, profile):
        """From the details that are shown into a profile of its own."""
        self.program.press('button', 'Add to Profile…')
        window = self.window('Add to Profile')
        self.program.fill('Name of a new system profile', profile, within=window)
        self.program.press('button', 'Add', within=window)

    def has_chart(self, profile, name, data):
        """The bytes of the chart, as the archive of the profile brings them."""
        archive = os.path.join(self.folder, f'{profile}.tgz')
        self.program.wait(lambda: any(row['name'] == profile for row in json.loads(self.ctl('profile', 'list', '--json'))),
                          f'the profile “{profile}”')
        self.ctl('profile', 'download', profile, '-o', archive)
        listed = self.ctl('archive', 'list', archive, '--json')
        expect(digest(data) in listed, f'{name} is not in the archive with its bytes: {listed}')

    # The flows

    def flow_01_helm(self):
        """A Helm repository is added, synced, searched and read; what is kept is added when the server is gone"""
        name, version, data = self.chart()
        server = self.serve(HelmRepository, self.charts)
        self.start()
        self.program.key('ctrl+2')
        self.add(server.url, Name='Harbour charts')
        self.registry_row('^Harbour charts, Helm · synced just now')
        self.search(name[:4])
        self.program.click(self.result(name))
        self.program.find('label', re.compile(f'^Digest {digest(data)[:4]}.* matches'))
        self.program.press('button', 'Keep Offline')
        self.program.find('button', 'Kept Offline')
        self.program.find('row', re.compile(f'^{name} {version}, chart, kept offline, from Harbour charts'))
        expect(self.program.close() == 0, 'the program did not end well')

        server.close()
        self.start()
        self.program.key('ctrl+2')
        self.registry_row('^Harbour charts, Helm · synced ')
        self.search(name)
        self.program.click(self.result(name))
        self.program.find('label', re.compile('^Digest .* matches'))
        self.add_to_new_profile('quay')
        self.has_chart('quay', name, data)
        self.program.key('ctrl+r')
        self.registry_row('^Harbour charts, Helm · not reachable, from ')

    def flow_02_password(self):
        """A wrong password is refused before anything is written; the right one opens the registry"""
        server = self.serve(HelmRepository, self.charts[:1], 'harbour', 'low tide')
        self.start()
        self.program.key('ctrl+2')
        self.program.key('ctrl+shift+r')
        window = self.window('Add Registry')
        self.program.fill('Address', server.url, within=window)
        self.choose('Sign in with', 'User name and password', window)
        self.program.fill('User name', 'harbour', within=window)
        self.program.fill('Password', 'high tide', within=window)
        self.program.press('button', 'Add', within=window)
        self.program.find('label', re.compile('check the name, password or token'))
        self.program.fill('Password', 'low tide', within=window)
        self.program.press('button', 'Add', within=window)
        self.registry_row('^127.0.0.1.*, Helm · synced just now')
        for root, _, files in os.walk(self.folder):
            for file in files:
                if 'helm' not in root:
                    with open(os.path.join(root, file), 'rb') as opened:
                        expect(b'low tide' not in opened.read(), f'{file} has the password in it')

    def flow_03_oci(self):
        """An OCI registry is added, synced and read, and a chart of it is added to a profile"""
        name, _, data = self.chart()
        server = self.serve(OciRegistry, self.charts[:8])
        self.start()
        self.program.key('ctrl+2')
        self.add(f'{server.url}/charts', kind='OCI registry')
        self.registry_row('^127.0.0.1.*, OCI · synced just now')
        self.search(name)
        self.program.click(self.result(name))
        self.program.find('label', re.compile('^Digest .* matches'))
        self.add_to_new_profile('quay')
        self.has_chart('quay', name, data)

    def flow_04_away(self):
        """What cannot be reached now is added all the same, changed later, and removed with all that it left"""
        server = self.serve(HelmRepository, self.charts[:1])
        server.close()
        self.start()
        self.program.key('ctrl+2')
        window = self.add(server.url, Name='Harbour charts')
        self.program.press('button', 'Add Anyway', within=window)
        self.registry_row('^Harbour charts, Helm · not reachable')
        server.start()
        self.program.press('button', 'Menu of Harbour charts')
        self.menu_item('Sync Now')
        self.registry_row('^Harbour charts, Helm · synced just now')
        self.program.press('button', 'Menu of Harbour charts')
        self.menu_item('Change…')
        window = self.window('Change Registry')
        self.program.fill('Name', 'Quay charts', within=window)
        self.program.press('button', 'Change', within=window)
        self.registry_row('^Quay charts, Helm · synced just now')
        self.program.press('button', 'Menu of Quay charts')
        self.menu_item('Remove From the List')
        self.program.press('button', 'Remove')
        self.program.is_gone('row', re.compile('^Quay charts'))
        self.program.find('label', 'No Registries Yet')

    def flow_05_versions(self):
        """The values of two versions stand side by side; a search that is narrowed says so"""
        path = next((c for c in self.charts if os.path.basename(c).startswith('grafana-')), self.charts[0])
        word = 'replicas: 1' if 'grafana' in path else 'replicaCount: 1'
        name, newer = self.chart()[0], '99.0.0'
        server = self.serve(HelmRepository, [path, next_version(path, self.folder, newer, (word, word[:-1] + '7'))])
        self.start()
        self.program.key('ctrl+2')
        self.add(server.url, Name='Harbour charts')
        self.program.click(self.result(name))
        self.program.press('button', 'Compare Values With Another Version')
        window = self.window(f'Values of {name}')
        self.program.find('label', re.compile(word[:-1] + '7'), within=window)
        self.program.find('label', re.compile(word), within=window)
        self.program.key('Escape')
        self.program.is_gone('window', f'Values of {name}')
        self.program.press('button', 'Narrow the Results')
        self.program.focused('menu item')
        self.program.key('Up', 'Return')
        self.program.find('label', 'Narrowed')
        self.program.find('label', '1 chart or pack')

    def flow_06_offline(self):
        """Working offline, nothing is asked of a server that is there; what was read before is found"""
        name = self.chart()[0]
        server = self.serve(HelmRepository, self.charts)
        self.start()
        self.program.key('ctrl+2')
        self.add(server.url, Name='Harbour charts')
        self.registry_row('^Harbour charts, Helm · synced just now')
        self.program.key('ctrl+comma')
        self.program.press('toggle', 'Work Offline')
        self.program.key('Escape')
        self.program.find('label', 'Working Offline')
        asked = server.count_requests()
        self.program.key('ctrl+r')
        self.program.find('label', re.compile('^Strata works offline'))
        self.search(name)
        self.result(name)
        expect(server.count_requests() == asked, 'the server was asked all the same')

    def flow_07_assistant(self):
        """A registry is added while a profile is made, and a chart of it becomes the first layer"""
        name, version, data = self.chart()
        server = self.serve(HelmRepository, self.charts)
        self.start()
        self.program.press('button', 'New System Profile')
        self.program.fill('Name', 'pier')
        self.program.press('button', 'Next')
        self.program.press('button', 'Add Registry…')
        window = self.window('Add Registry')
        self.program.fill('Address', server.url, within=window)
        self.program.press('button', 'Add', within=window)
        self.program.is_gone('window', 'Add Registry')
        self.choose_result(name)
        self.confirm(name)
        self.program.press('button', 'Next')
        self.program.press('button', 'Finish')
        self.has_chart('pier', name, data)
        layer = self.profile_layers('pier')[0]
        expect((layer['name'], layer['tag']) == (name, version), f'the layer is {layer["name"]} {layer["tag"]}')

    def remove_chart(self, file):
        """Takes the chart that is shown off the list; what it says stays for as long as the pointer is on it."""
        self.program.press('button', 'Remove From Chart Files')
        said = self.program.find('label', f'“{file}” was removed from Chart Files')
        self.program.point(*self.program.position(said))

    def flow_08_chart_file(self):
        """One chart file is taken off the list and had back, the last one too; what a profile has of it stays"""
        path = min(self.charts, key=os.path.getsize)
        name, version, data = self.chart(path)
        other = next_version(path, self.folder, '0.0.1', ('replicas: 1', 'replicas: 7'))
        self.ctl('registry', 'add', other)
        self.ctl('registry', 'add', path)
        self.start()
        self.program.key('ctrl+2')
        self.registry_row('^Chart Files, ')
        self.program.click(self.program.find('row', re.compile(f'^{name} {version}, chart')))
        self.add_to_new_profile('quay')
        self.has_chart('quay', name, data)

        self.remove_chart(f'{name}-{version}.tgz')
        self.program.find('row', re.compile(f'^{name} 0.0.1, chart'))
        self.program.press('button', 'Undo')
        self.program.find('row', re.compile(f'^{name} {version}, chart'))

        self.ctl('registry', 'remove', 'Chart Files')
        self.program.is_gone('row', re.compile('^Chart Files, '))
        self.ctl('registry', 'add', path)
        self.program.click(self.program.find('row', re.compile(f'^{name} {version}, chart')))
        self.remove_chart(f'{name}-{version}.tgz')
        self.program.is_gone('row', re.compile('^Chart Files, '))
        self.program.is_gone('button', 'Remove From Chart Files')
        expect(os.path.exists(path), 'the chart itself is gone')
        self.has_chart('quay', name, data)
        self.program.press('button', 'Undo')
        self.registry_row('^Chart Files, ')
        self.program.find('row', re.compile(f'^{name} {version}, chart'))
        self.program.find('button', 'Remove From Chart Files')

    def flow_09_shrunk(self):
        """A list that is much shorter than before is taken only when it is said to be right"""
        path = min(self.charts, key=os.path.getsize)
        name, version, _ = self.chart(path)
        others = [next_version(path, self.folder, other, ('', '')) for other in ('0.0.1', '0.0.2')]
        server = self.serve(HelmRepository, [path, *others])
        self.start()
        self.program.key('ctrl+2')
        self.add(server.url, Name='Harbour charts')
        self.program.find('row', re.compile(f'^{name} {version}, chart, from Harbour charts, 3 versions'))

        for other in others:
            os.remove(os.path.join(server.charts, os.path.basename(other)))
        server.write_index()
        self.program.key('ctrl+r')
        said = self.program.find('label', re.compile('^The registry lists 1 version now and listed 3 before'))
        self.program.point(*self.program.position(said))
        self.program.find('row', re.compile(f'^{name} {version}, chart, from Harbour charts, 3 versions'))
        self.program.press('button', 'Take It')
        self.program.find('row', re.compile(f'^{name} {version}, chart, from Harbour charts, 1 version'))


if __name__ == '__main__':
    if not HelmRepository.is_here() or not OciRegistry.is_here():
        print('1..0 # SKIP nginx and docker-registry are not installed')
        sys.exit(0)
    main(RegistryFlows)
