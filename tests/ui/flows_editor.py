#!/usr/bin/python3
# flows_editor.py - what the editor does for people beside taking their letters
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage, inside session.sh: flows_editor.py [--tap] [NAME…]     NAME is a part of a flow's name; all of them without

import json
import os
import re
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from driver import Atspi  # noqa: E402
from flows import Flows, main  # noqa: E402
from walk import expect  # noqa: E402

TIDES = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: tides\ndata:\n'


class EditorFlows(Flows):
    """A profile of several layers, and its texts as the store has them."""

    def make_layers(self, name, *layers):
        """A profile with a manifest for each (layer, text), the first one at the bottom."""
        identity = self.ctl('profile', 'new', name, '--version', '1.0.0').strip()
        for layer, text in layers:
            self.ctl('profile', 'add-manifest', identity, '--name', layer, self.put_file(f'{layer}.yaml', text))
        return identity

    def texts(self, name):
        """The text of each layer's manifest."""
        return {layer['name']: layer['manifests'][0]['content'] for layer in self.profile_layers(name)}

    def has_texts(self, name, expected):
        self.program.wait(lambda: self.texts(name) == expected, f'{expected} in the store, which has {self.texts(name)},')

    def open_editor(self, name, view):
        self.program.click(self.row(name))
        self.program.key('Return')
        return self.program.find('entry', view)

    def show_page(self, name):
        """A page of the inspector."""
        self.program.activate(self.program.find('tab', re.compile(f'^{name}')))

    def variables(self, name):
        return json.loads(self.ctl('profile', 'export', name))['spec'].get('variables', [])

    def point_at(self, view, word):
        """Lets the pointer rest on a word of the text."""
        text = view.text
        at = text.index(word) + len(word) // 2
        letter = Atspi.Text.get_character_extents(view.accessible, at, Atspi.CoordType.WINDOW)
        x, y = self.program.corner(view)
        x, y = x + letter.x, y + letter.y + letter.height // 2

        # From GTK 4.18 on, the margins of a text are not counted: where a press goes tells by how much.
        self.program.press_at(x, y)
        pressed = Atspi.Text.get_caret_offset(view.accessible)
        y += (text.count('\n', 0, at) - text.count('\n', 0, pressed)) * letter.height
        self.program.point(2, 2)
        for step in (6, 3, 2):
            self.program.point(x + step, y)

    def give_variables(self, profile, *names):
        """A profile with variables, by way of a file."""
        document = json.loads(self.ctl('profile', 'export', profile))
        document['spec']['variables'] = [{'name': name, 'format': 'string'} for name in names]
        self.ctl('profile', 'delete', profile)
        self.ctl('profile', 'import', self.put_file('profile.json', json.dumps(document)))

    # The flows

    def flow_01_variables(self):
        """A variable is added where the text names it, renamed in all layers in one step, and kept to its rules"""
        texts = {'lower': TIDES + "  a: '{{.spectro.var.berth}}'\n", 'upper': TIDES + "  b: '{{ .spectro.var.berth }}' # x\n"}
        self.make_layers('quay', *texts.items())
        self.start()
        self.open_editor('quay', 'Manifest upper of upper')
        self.show_page('Variables')
        self.program.find('label', 'Used, but Not There')
        self.program.press('button', 'Add…')
        window = self.window('Variable')
        expect(self.program.find(None, 'Name', within=window) is not None, 'there is no name')
        self.choose('Format', 'Number', window)
        self.program.fill('Default', 'eight', within=window)
        self.program.find('label', 'Write a number, such as 8080 or 0.5', within=window)
        self.program.fill('Default', '8080', within=window)
        self.program.fill('Pattern it has to match', '^80..$', within=window)
        self.program.fill('Try the pattern on', '9090', within=window)
        self.program.find('label', 'Does not match', within=window)
        self.program.fill('Try the pattern on', '8090', within=window)
        self.program.find('label', 'Matches', within=window)
        self.program.press('button', 'Keep', within=window)
        self.program.is_gone('window', 'Variable')
        self.program.wait(lambda: [(v['name'], v['format'], v.get('defaultValue'), v.get('regex')) for v in self.variables('quay')] ==
                          [('berth', 'number', '8080', '^80..$')], 'the variable in the store')

        self.program.click(self.program.find('label', 'berth'))
        window = self.window('Variable')
        self.program.fill('Name', 'pier_2', within=window)
        self.program.find('label', 'The text follows in 2 places', within=window)
        self.program.press('button', 'Keep', within=window)
        renamed = {layer: text.replace('berth', 'pier_2') for layer, text in texts.items()}
        self.has_texts('quay', renamed)
        self.program.key('ctrl+z')
        self.has_texts('quay', texts)
        expect(self.variables('quay')[0]['name'] == 'berth', 'the variable has the new name')
        self.program.key('ctrl+shift+z')
        self.has_texts('quay', renamed)

        self.open_menu('Used in 2 places')
        self.program.find('label', 'upper · upper · line 6')
        self.program.key('Down', 'Return')
        self.program.find('entry', 'Manifest upper of upper')
        self.program.find('label', re.compile('^Line 6, column 10'))

    def flow_02_presets(self):
        """A preset is looked at before it is put in, in one step, and put back when the text was edited since"""
        identity = self.ctl('profile', 'new', 'quay', '--version', '1.0.0').strip()
        folder = next(entry.path for entry in os.scandir(self.sample.packs) if entry.name.startswith(self.sample.pack))
        self.ctl('profile', 'add-pack', identity, folder)
        before = self.profile_layers('quay')[0]['values']
        self.start()
        view = self.open_editor('quay', f'Values of {self.sample.pack}')
        self.show_page('Presets')
        self.program.press('radio', self.sample.preset_title)
        self.program.find('label', re.compile(rf'^\+ +{self.sample.preset_text}$'))
        expect(view.text == before, 'the text changed before it was asked for')
        self.program.press('button', 'Leave as It Is')
        self.program.wait(lambda: not self.program.find('radio', self.sample.preset_title).is_checked, 'the mark before')

        self.program.press('radio', self.sample.preset_title)
        self.program.press('button', 'Put In')
        self.program.wait(lambda: self.sample.preset_text in view.text, 'the preset in the text')
        expect(f'{self.sample.group}:{self.sample.preset}' in view.text.splitlines()[0], 'the first line does not name it')
        chosen = view.text
        self.program.click(view)
        self.program.key('ctrl+z')
        self.program.wait(lambda: view.text == before, 'the text as it was')
        self.program.key('ctrl+shift+z')
        self.program.wait(lambda: view.text == chosen, 'the preset in the text again')
        edited = chosen.replace(self.sample.preset_text, '# gone')
        self.program.set_text(view, edited)
        self.program.press('button', 'Restore…')
        self.program.press('button', 'Put In')
        self.program.wait(lambda: self.sample.preset_text in view.text, 'the preset in the text again')
        self.program.click(view)
        self.program.key('ctrl+z')
        self.program.wait(lambda: view.text == edited, 'the edited text')

    def flow_03_completion(self):
        """Keys and values are completed as Kubernetes knows them, in a text that is no YAML yet"""
        pod = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n'
        self.make_layers('quay', ('pods', pod))
        self.start()
        view = self.open_editor('quay', 'Manifest pods of pods')
        self.program.click(view)
        self.program.key('ctrl+End')
        self.program.type('  restartP')
        self.suggested('restartPolicy')
        self.program.key('Return')
        self.program.wait(lambda: view.text == f'{pod}  restartPolicy: ', 'the key with its colon')
        self.program.key('ctrl+space')
        self.suggested('Never')
        self.program.type('Nev')
        self.suggested('Never')
        self.program.key('Return')
        self.program.wait(lambda: view.text == f'{pod}  restartPolicy: Never', 'the value')
        self.program.type('\ncontaine')
        self.suggested('containers')
        self.program.key('Return')
        self.program.wait(lambda: view.text == f'{pod}  restartPolicy: Never\n  containers:\n    - ', 'the list')
        self.program.type('{name: a, imagePull')
        self.suggested('imagePullPolicy')
        self.program.key('Return')
        self.program.type('IfN')
        self.suggested('IfNotPresent')
        self.program.key('Return')
        self.program.wait(lambda: view.text.endswith('    - {name: a, imagePullPolicy: IfNotPresent'), 'a key and its value in braces')
        self.has_texts('quay', {'pods': view.text})

    def flow_04_search(self):
        """Search finds in all layers and goes there; Replace shows what it will do, and is one step"""
        texts = {'lower': TIDES + '  a: web-1\n', 'upper': TIDES + '  b: Web-22 # web-3\n'}
        self.make_layers('quay', *texts.items())
        self.start()
        view = self.open_editor('quay', 'Manifest upper of upper')
        self.program.click(view)
        self.program.key('ctrl+shift+f')
        self.program.fill('Find in all layers', 'tide', within=self.window('Search in All Layers'))
        self.program.key('Escape')
        self.program.is_gone('window', 'Search in All Layers')
        self.program.key('ctrl+shift+f')
        window = self.window('Search in All Layers')
        self.program.fill('Find in all layers', 'web-', within=window)
        self.program.find('label', '2 lines', within=window)
        self.program.press(None, 'Match Case', within=window)
        self.program.press(None, 'Pattern', within=window)
        self.program.fill('Find in all layers', 'web-(\\d)', within=window)
        self.program.press(None, 'Replace', within=window)
        self.program.fill('Replace with', 'site-$1', within=window)
        self.program.find('label', '+ b: Web-22 # site-3', within=window)
        self.program.press('button', 'Replace All', within=window)
        self.program.is_gone('window', 'Search in All Layers')
        self.has_texts('quay', {name: text.replace('web-', 'site-') for name, text in texts.items()})
        self.program.press('button', 'Undo')
        self.has_texts('quay', texts)

    def flow_05_lines(self):
        """Lines are commented and moved by keys, the text grows, and the outline goes to an object of another layer"""
        texts = {'lower': TIDES + '  a: 1\n', 'upper': TIDES + '  b: 2\n'}
        self.make_layers('quay', *texts.items())
        self.start()
        view = self.open_editor('quay', 'Manifest upper of upper')
        self.program.click(view)
        self.program.key('ctrl+Home', 'shift+Down', 'shift+Down', 'ctrl+slash')
        commented = texts['upper'].replace('api', '# api').replace('kind', '# kind')
        self.program.wait(lambda: view.text == commented, 'two comments')
        self.program.key('ctrl+slash')
        self.program.wait(lambda: view.text == texts['upper'], 'two lines again')
        self.program.key('ctrl+Home', 'alt+Down')
        self.program.wait(lambda: view.text.startswith('kind: ConfigMap\napiVersion: v1\n'), 'the line below the next')
        self.program.key('ctrl+z')
        self.program.wait(lambda: view.text == texts['upper'], 'the lines as they were')

        before = self.line_height(view)
        self.program.key('ctrl+plus', 'ctrl+plus', 'ctrl+plus', 'ctrl+plus')
        self.program.wait(lambda: self.line_height(view) > before, 'larger lines')
        self.program.key('ctrl+0')
        self.program.wait(lambda: self.line_height(view) == before, 'lines as they were')

        self.program.key('ctrl+shift+o')
        window = self.window('Go To')
        self.program.type('configmap low')
        self.program.key('ctrl+a')
        self.program.type('lower')
        self.program.find('label', 'lower', within=window)
        self.program.key('Return')
        self.program.find('entry', 'Manifest lower of lower')

    def flow_06_order(self):
        """Variables are brought into another order by keys and by dragging, each in one step, and their rows say their places"""
        self.make_layers('quay', ('upper', TIDES + "  a: '{{.spectro.var.pier}}'\n"))
        self.give_variables('quay', 'berth', 'crane', 'pier')
        self.start()
        view = self.open_editor('quay', 'Manifest upper of upper')
        self.show_page('Variables')
        self.program.key('F6')
        self.program.find('row', re.compile('^crane, 2 of 3, Text'))
        self.reach('Tab', 'berth')
        self.reach('Down', 'pier')
        self.program.key('alt+Up')
        self.has_order('berth', 'pier', 'crane')
        self.program.wait(lambda: self.program.find('row', re.compile('^pier, 2 of 3')).is_focused,
                          'the keyboard in the row that was moved')
        self.program.key('alt+Up', 'alt+Up')
        self.has_order('pier', 'berth', 'crane')
        self.program.key('alt+Down')
        self.has_order('berth', 'pier', 'crane')
        for _ in range(3):
            self.program.key('ctrl+z')
        self.has_order('berth', 'crane', 'pier')

        upper, lower = (self.program.position(self.program.find('label', name)) for name in ('berth', 'pier'))
        self.program.drag(upper, (lower[0], lower[1] + 24))
        self.has_order('crane', 'pier', 'berth')
        self.program.key('ctrl+z')
        self.has_order('berth', 'crane', 'pier')
        self.program.drag(lower, (upper[0], upper[1] - 6))
        self.has_order('pier', 'berth', 'crane')
        self.program.click(view)
        self.program.key('ctrl+z')
        self.has_order('berth', 'crane', 'pier')

    def flow_07_hover(self):
        """The pointer on a key, an image, a macro and a problem is told what is known of it"""
        pod = ('apiVersion: v1\nkind: Pod\nmetadata:\n  name: crane\n  namespace: quay\nspec:\n  dnsPolicy: Default\n  containers:\n'
               "  - name: '{{.spectro.var.pier}}'\n    image: registry.example/crane:1.0\n    imagePullPolicy: Sometimes\n"
               "    command: ['{{.spectro.system.cluster.name}}']\n    resources: {limits: {cpu: 1}, claims: []}\n"
               '    readinessProbe: {httpGet: {port: 80, scheme: HTTPS}}\n')
        self.make_layers('quay', ('crane', pod), ('winch', pod.replace('name: crane', 'name: winch')))
        self.give_variables('quay', 'pier')
        self.start()
        view = self.open_editor('quay', 'Manifest winch of winch')
        self.program.find('row', re.compile('cannot be “Sometimes”'))
        for word, said in (('dnsPolicy', 'ClusterFirst'), ('registry.example', 'Image “crane” of registry.example'),
                           ('registry.example', 'Named by 2 layers: crane, winch'), ('spectro.system', 'The name of the cluster'),
                           ('spectro.var', 'string'), ('scheme', 'HTTP, HTTPS'), ('HTTPS', 'HTTP, HTTPS'), ('Sometimes', 'cannot be “Sometimes”')):
            self.point_at(view, word)
            self.program.find('label', re.compile(re.escape(said)))
            self.program.point(2, 2)

    def flow_08_folding(self):
        """Blocks and documents are hidden by keys and seen again by cursor and search, and the text that is saved is whole"""
        pod = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  namespace: b\nspec:\n  containers:\n    - name: c\n      image: d\n'
        text = f'{pod}---\n{pod}'
        self.make_layers('quay', ('pods', text))
        self.start()
        view = self.open_editor('quay', 'Manifest pods of pods')
        self.program.click(view)
        self.program.key('ctrl+Home', *['Down'] * 8)
        self.program.find('label', 'Line 9, column 1')
        self.program.key('ctrl+shift+bracketleft')
        self.program.find('label', re.compile('^Line 8, '))
        self.program.key('ctrl+shift+bracketleft', 'ctrl+shift+bracketleft')
        self.program.find('label', re.compile('^Line 6, '))
        self.program.key('Home', 'Down')
        self.program.find('label', 'Line 10, column 1')
        self.program.key('Up', 'End')
        self.program.type(' # e')
        changed = text.replace('spec:\n', 'spec: # e\n', 1)
        self.has_texts('quay', {'pods': changed})

        # To a hidden line: it is shown.
        self.program.key('ctrl+g')
        self.program.type('9')
        self.program.key('Return', 'Down')
        self.program.find('label', re.compile('^Line 10, '))

        # All documents, and a search in them.
        self.command('Fold All', 'Fold All')
        self.program.click(view)
        self.program.key('ctrl+End')
        self.program.key('ctrl+f')
        self.program.fill('Find in this text', 'image')
        self.program.find('label', re.compile('^[12] of 2'))
        self.program.key('Escape', *['ctrl+z'] * 4)
        self.has_texts('quay', {'pods': text})

    def flow_09_changes_beside_the_text(self):
        """What is new, different and gone is marked beside the text and gone to by keys"""
        text = ''.join(f'key{i}: {i}\n' for i in range(1, 21))
        self.make_layers('quay', ('keys', text))
        self.start()
        view = self.open_editor('quay', 'Manifest keys of keys')
        self.program.click(view)
        self.program.key('ctrl+Home', 'ctrl+F8')
        self.program.find('label', 'Nothing is different in this text')
        self.program.key('End')
        self.program.type('00')
        self.program.key(*['Down'] * 4, 'End')
        self.program.type('\nnew: 1')
        self.program.key(*['Down'] * 5, 'Home', 'shift+Down', 'Delete', 'ctrl+Home')
        self.has_texts('quay', {'keys': text.replace('key1: 1\n', 'key1: 100\n').replace('key5: 5\n', 'key5: 5\nnew: 1\n')
                                            .replace('key10: 10\n', '')})
        for keys, line in ((['ctrl+F8'], 6), (['ctrl+F8'], 11), (['ctrl+F8'], 1), (['ctrl+shift+F8'], 11)):
            self.program.key(*keys)
            self.program.find('label', f'Line {line}, column 1')

    def reach(self, key, name):
        """Goes to a row by one key."""
        self.program.reach(self.program.find('row', re.compile(f'^{name}, [0-9]+ of')), key)

    def has_order(self, *names):
        """The variables, bottom first, in the store and in the page."""
        self.program.wait(lambda: [v['name'] for v in self.variables('quay')] == list(names), f'the order {names} in the store')
        for place, name in enumerate(names, 1):
            self.program.find('row', re.compile(f'^{name}, {place} of {len(names)},'))

    @staticmethod
    def line_height(view):
        """How high a letter of the text is."""
        return Atspi.Text.get_character_extents(view.accessible, 0, Atspi.CoordType.WINDOW).height

    def suggested(self, label):
        """Waits until a suggestion is listed."""
        self.program.find('label', label)

    def flow_10_snippets(self):
        """A snippet stands as far in as it was begun; Tab goes through what is typed over, and Escape leaves it"""
        pod = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  containers:\n'
        self.make_layers('quay', ('pods', pod))
        self.start()
        view = self.open_editor('quay', 'Manifest pods of pods')
        self.program.click(view)
        self.program.key('ctrl+End')
        self.program.type('    Contai')
        self.suggested('Container')
        self.program.key('Return')
        self.program.wait(lambda: view.text == f'{pod}    - name: main\n      image: ', 'the container')
        self.program.type('web')
        self.program.key('Tab')
        self.program.type('registry.example/web:1\nreadinessProbe:\n  Prob')
        container = f'{pod}    - name: web\n      image: registry.example/web:1\n      readinessProbe:\n        '
        self.program.wait(lambda: view.text == f'{container}Prob', 'what was typed at the stops')

        self.suggested('Probe by HTTP')
        self.program.key('Return')
        probe = f'{container}httpGet:\n          path: %s\n          port: 8080'
        self.program.wait(lambda: view.text == probe % '/healthz', 'the probe')
        self.program.key('ctrl+z')
        self.program.wait(lambda: view.text == f'{container}Prob', 'the text before the probe')
        self.program.key('ctrl+shift+z')
        self.program.wait(lambda: view.text == probe % '/healthz', 'the probe again')

        self.program.key('ctrl+z')
        self.program.key('ctrl+space')
        self.suggested('Probe by HTTP')
        self.program.key('Return', 'Tab', 'shift+Tab')
        self.program.type('/ready')
        self.program.wait(lambda: view.text == probe % '/ready', 'the path')
        self.program.key('Escape', 'Tab')
        self.program.type('# gpl3')
        self.program.key('Tab')
        self.program.wait(lambda: view.text == probe % '/ready  # gpl3  ', 'tabs that are only tabs')
        self.has_texts('quay', {'pods': view.text})


if __name__ == '__main__':
    main(EditorFlows)
