#!/usr/bin/python3
# flows_changes.py - what people do with changes: compare, take over, go back in time, merge, decide
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage, inside session.sh: flows_changes.py [--tap] [NAME…]     NAME is a part of a flow's name; all of them without

import json
import os
import re
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from flows import CONFIG, Flows, main  # noqa: E402
from walk import expect  # noqa: E402

DATA = CONFIG + 'data:\n  one: "1"\n  two: "2"\n  three: "3"\n'


class ChangesFlows(Flows):
    """Another program here is the command line, on the same store."""

    def put(self, identity, text):
        """Another program changes the manifest."""
        self.ctl('profile', 'remove-layer', identity, 'settings')
        self.ctl('profile', 'add-manifest', identity, '--name', 'settings', self.put_file('site-info.yaml', text))

    def listed(self):
        return [item['id'] for item in json.loads(self.ctl('profile', 'list', '--json'))]

    def open_data(self):
        """A profile with some data in its manifest, open."""
        identity = self.make('quay')
        self.put(identity, DATA)
        self.start()
        return identity, self.open_profile('quay')

    def type_while(self, view, line, typed, identity, theirs):
        """Types at the end of a line, and another program saves before that is saved."""
        self.program.click(view)
        self.program.key('ctrl+Home', *['Down'] * (line - 1), 'End')
        self.program.type(typed)
        self.put(identity, theirs)

    def merge_window(self):
        """The window of a conflict, ready for keys."""
        window = self.window('Merge quay 1.0.0')
        self.program.wait(lambda: window.find(None, re.compile('^Mine: ')).is_focused,
                          'the keyboard in the first conflict')
        return window

    def flow_01_follow(self):
        """What another program saves is shown where nothing is unsaved"""
        identity, view = self.open_data()
        theirs = DATA + '  side: theirs\n'
        self.put(identity, theirs)
        self.program.wait(lambda: view.text == theirs, 'the text of the other program')

    def flow_02_clean(self):
        """Changes of two programs in two places are merged by themselves, in one step that can be undone"""
        identity, view = self.open_data()
        self.type_while(view, 6, ' # mine', identity, DATA.replace('"3"', '"33"'))
        both = DATA.replace('"1"', '"1" # mine').replace('"3"', '"33"')
        self.program.wait(lambda: view.text == both, 'both changes')
        self.program.wait(lambda: self.text('quay') == both, 'both changes in the store')
        self.program.click(view)
        self.program.key('ctrl+z')
        self.program.wait(lambda: view.text == DATA.replace('"1"', '"1" # mine'), 'mine alone')
        self.program.key('ctrl+shift+z')
        self.program.wait(lambda: self.text('quay') == both, 'both changes again')

    def flow_03_conflict(self):
        """A place that two programs changed is decided by a person, and neither side is lost"""
        identity, view = self.open_data()
        self.type_while(view, 6, ' # mine', identity, DATA.replace('"1"', '"11"').replace('"3"', '"33"'))
        window = self.merge_window()
        self.program.find(None, re.compile('data.one$'), within=window)
        self.program.find('label', re.compile('^1 conflict to decide. 1 other change was merged by itself'), within=window)
        merge = self.program.find('button', 'Merge', within=window)
        expect(not merge.is_sensitive, 'Merge can be used though nothing is decided')
        self.program.key('3')
        self.program.find(None, re.compile('^Theirs: one: "11", chosen'), within=window)
        self.program.key('1')
        self.program.find(None, re.compile('^Mine: one: "1" # mine, chosen'), within=window)
        self.program.press('button', 'Merge', within=window)
        both = DATA.replace('"1"', '"1" # mine').replace('"3"', '"33"')
        self.program.wait(lambda: view.text == both, 'what was decided')
        self.program.wait(lambda: self.text('quay') == both, 'what was decided in the store')
        reasons = [step['reason'] for step in json.loads(self.ctl('profile', 'history', 'quay', '--json'))]
        expect('merge' in reasons, f'the history says {reasons}')

    def flow_04_own_result(self):
        """A result of one's own, and a decision put off: Later keeps both sides"""
        identity, view = self.open_data()
        self.type_while(view, 6, ' # mine', identity, DATA.replace('"1"', '"11"'))
        self.merge_window()
        self.program.key('Escape')
        self.program.is_gone('window', 'Merge quay 1.0.0')
        expect('# mine' in view.text, f'what was typed is gone: {view.text}')
        expect('"11"' in self.text(identity), 'the other side is gone')
        self.program.press('button', re.compile('^Decide'))
        window = self.merge_window()
        self.program.key('e')
        result = self.program.find('entry', 'Result', within=window)
        self.program.set_text(result, '  one: "21"')
        self.program.press('button', 'Use This', within=window)
        self.program.press('button', 'Merge', within=window)
        self.program.wait(lambda: view.text == DATA.replace('"1"', '"21"'), 'the result')
        self.program.wait(lambda: self.text('quay') == DATA.replace('"1"', '"21"'), 'the result in the store')

    def flow_05_both(self):
        """Keep Both makes two profiles of the two sides"""
        identity, view = self.open_data()
        self.type_while(view, 6, ' # mine', identity, DATA.replace('"1"', '"11"'))
        self.window('Merge quay 1.0.0')
        self.open_menu('Take All of One Side')
        self.menu_item('Keep Both as Two Profiles')
        self.program.wait(lambda: len(self.listed()) == 2, 'a second profile')
        texts = [self.text(item) for item in self.listed()]
        expect(any('# mine' in text for text in texts), f'what was typed is not saved: {texts}')
        expect(any('"11"' in text for text in texts), f'what the other saved is gone: {texts}')

    def flow_06_compare(self):
        """What was typed is compared with the last save line by line, and one of two changes is taken back"""
        _, view = self.open_data()
        changed = DATA.replace('"1"', '"10"').replace('"3"', '"30"')
        self.program.set_text(view, changed)
        self.program.key('ctrl+shift+e')
        window = self.window('Compare')
        self.program.find('label', '  one: "10"', within=window)
        self.program.find('label', '  one: "1"', within=window)
        self.program.find('label', 'Changed · 2 lines added, 2 lines removed', within=window)
        take = self.program.wait(lambda: next((node for node in window.find_all(None, 'Take This Over') if node.is_sensitive),
                                              None), 'a change that can be taken over')
        self.program.activate(take)
        self.program.wait(lambda: view.text == DATA.replace('"3"', '"30"'), 'the first change taken back')
        self.program.find('label', '  three: "30"', within=window)
        self.program.key('ctrl+z')
        self.program.wait(lambda: view.text == changed, 'the change again')
        self.program.press(None, 'Side by Side', within=window)
        self.program.find('label', '  one: "10"', within=window)
        self.program.press('button', 'Take All of “settings” Over', within=window)
        self.program.wait(lambda: view.text == DATA, 'the layer as it was')
        self.program.find('label', 'No Differences', within=window)
        self.program.key('Escape')
        self.program.is_gone('window', 'Compare')

    def flow_06_take_path(self):
        """One value of several is taken back by its path, in one step; what cannot be alone is said"""
        data = DATA + '  # of the list\n  list: [1]\n'
        identity = self.make('quay')
        self.put(identity, data)
        self.start()
        view = self.open_profile('quay')
        changed = data.replace('"1"', '"10"').replace('"2"', '"20"').replace('  three: "3"\n', '').replace('[1]', '[1, 2, 3]')
        self.program.set_text(view, changed)
        self.program.key('ctrl+shift+e')
        window = self.window('Compare')
        for path, before, after in (('data.two', '"20"', '"2"'), ('data.three', '  # of the list', '  three: "3"\n  # of the list')):
            self.program.press('button', f'Take “{path}” Over', within=window)
            changed = changed.replace(before, after)
            self.program.wait(lambda: view.text == changed, f'{path} as it was')
        self.program.press('button', 'Take “data.list[1]” Over', within=window)
        self.program.find('label', '“data.list[1]” cannot be taken over alone. Take its lines over.', within=window)
        self.program.press('button', 'Take “data.list[2]” Over', within=window)
        self.program.wait(lambda: '[1, 2]' in view.text, 'the list without its last item')
        self.program.key('ctrl+z')
        self.program.wait(lambda: view.text == changed, 'the list with its last item')

    def flow_07_history(self):
        """The history goes back in time by keys; restoring is a new revision and can be undone"""
        _, view = self.open_data()
        for number in ('4', '5'):
            self.program.set_text(view, DATA.replace('"1"', f'"{number}"'))
            self.program.key('ctrl+s')
            self.program.wait(lambda: f'"{number}"' in self.text('quay'), 'the save')
        before = len(json.loads(self.ctl('profile', 'history', 'quay', '--json')))
        self.program.key('ctrl+shift+h')
        window = self.window('History')
        self.program.find('label', 'No Differences', within=window)
        self.program.find('slider', 'Revision', within=window)
        self.program.press('button', 'Older', within=window)
        self.program.find('label', '  one: "4"', within=window)
        self.program.find('label', '  one: "5"', within=window)
        self.program.press(None, 'What Changed Then', within=window)
        self.program.find('label', '  one: "1"', within=window)
        self.program.press('button', 'Restore', within=window)
        self.program.is_gone('window', 'History')
        self.program.wait(lambda: view.text == DATA.replace('"1"', '"4"'), 'the text of then')
        self.program.wait(lambda: len(json.loads(self.ctl('profile', 'history', 'quay', '--json'))) > before,
                          'a new revision')
        self.program.click(view)
        self.program.key('ctrl+z')
        self.program.wait(lambda: view.text == DATA.replace('"1"', '"5"'), 'the text of before')

    def flow_08_merge_file(self):
        """A changed export is merged with what was changed here meanwhile"""
        _, view = self.open_data()
        exported = json.loads(self.ctl('profile', 'export', 'quay'))
        layer = exported['spec']['template']['packs'][0]
        layer['manifests'][0]['content'] = DATA.replace('"3"', '"33"')
        path = self.put_file('theirs.json', json.dumps(exported))
        self.program.set_text(view, DATA.replace('"1"', '"11"'))
        self.program.wait(lambda: '"11"' in self.text('quay'), 'the save')
        self.program.press(None, 'Changes')
        self.program.press('button', 'Merge…')
        self.program.choose_file(path)
        self.program.wait(lambda: view.text == DATA.replace('"1"', '"11"').replace('"3"', '"33"'), 'both changes')

    def flow_08_merge_many(self):
        """Of four hundred conflicts only those that are seen have a row; keys go through all, and nothing begun is lost"""
        def data(value):
            return CONFIG + 'data:\n' + ''.join(f'  k{i}: "{value}"\n  same{i}: "1"\n  and{i}: "2"\n' for i in range(400))

        self.put(self.make('quay'), data('base'))
        exported = self.ctl('profile', 'export', 'quay')
        path = self.put_file('theirs.json', exported.replace(json.dumps(data('base')), json.dumps(data('theirs'))))
        self.start()
        view = self.open_profile('quay')
        self.program.set_text(view, data('mine') + '  more: "here"\n')
        self.program.wait(lambda: self.text('quay') == data('mine') + '  more: "here"\n', 'the save')
        self.command('merge with', 'Merge with a File…')
        self.program.choose_file(path)
        window = self.merge_window()
        self.program.find('label', re.compile('^400 conflicts to decide'), within=window)
        expect(len(list(window.find_all(None, re.compile('^Mine: '), showing=False))) < 300, 'each conflict has a row')
        self.program.key('3', 'e')
        self.program.set_text(self.program.find('entry', 'Result', within=window), '  k0: "begun"')
        self.program.key('alt+Down')
        self.has_keyboard(window, 'k1')
        for place in range(2, 40):
            self.program.key('alt+Down')
            self.has_keyboard(window, f'k{place}')
        self.program.key('3')
        self.program.find('label', re.compile('^398 conflicts to decide'), within=window)
        for place in range(38, -1, -1):
            self.program.key('alt+Up')
            self.has_keyboard(window, f'k{place}')
        self.program.find(None, 'Theirs: k0: "theirs", chosen', within=window)
        expect(self.program.find('entry', 'Result', within=window).text == '  k0: "begun"', 'what was begun is gone')
        self.open_menu('Take All of One Side')
        self.menu_item('Take All of Mine')
        self.program.press('button', 'Merge', within=window)
        self.program.is_gone('window', 'Merge quay 1.0.0')
        self.program.wait(lambda: view.text == data('mine') + '  more: "here"\n', 'mine')

    def has_keyboard(self, window, key):
        """Waits until the keyboard is in the conflict of a key."""
        self.program.wait(lambda: any(node.is_focused
                                      for node in window.find_all(None, re.compile(f'^[A-Z][a-z]+: {key}:'))),
                          f'the keyboard in {key}')

    def flow_09_compare_stored(self):
        """Two profiles of the dashboard are compared, and one with an archive; nothing can be taken over there"""
        identity = self.make('pier')
        self.put(identity, DATA)
        archive = os.path.join(self.folder, 'pier.tgz')
        self.ctl('profile', 'download', 'pier', '-o', archive)
        self.put(self.make('quay'), DATA.replace('"1"', '"10"'))
        self.put(identity, DATA.replace('"1"', '"7"'))
        self.start()
        self.menu_of('quay', 'Compare With…')
        window = self.window('Compare')
        self.program.find('label', 'Changed · pier → quay', within=window)
        self.program.click(self.program.find('label', 'data.one', within=window))
        self.program.find('label', '  one: "7"', within=window)
        self.program.find('label', '  one: "10"', within=window)
        expect(window.find(None, 'Take This Over') is None, 'a change can be taken over into what is not open')
        self.choose('Compared with', 'A File…', window)
        self.window('Compare with a File')
        self.program.choose_file(archive)
        self.program.find('label', '  one: "1"', within=window)


if __name__ == '__main__':
    main(ChangesFlows)
