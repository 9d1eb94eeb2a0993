# walker.py - what walks through the program have in common: steps, pictures, and saying why one failed
# SPDX-License-Identifier: GPL-3.0-or-later

import os
import re
import shutil
import subprocess
import sys
import tempfile
import traceback

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from driver import Failure, Program  # noqa: E402


def expect(condition, sentence):
    if not condition:
        raise Failure(sentence)


class Walker:
    """Each method named step_… is one step; its first line says what it does."""

    OPTIONS = ()  # of the program

    def __init__(self, folder, pictures):
        self.folder = folder
        self.pictures = pictures
        self.data = os.path.join(folder, 'data')
        self.program = None
        self.taken = 0

    def environment(self):
        return {'XDG_DATA_HOME': self.data, 'XDG_STATE_HOME': os.path.join(self.folder, 'state')}

    def start(self):
        self.program = Program([os.environ.get('STRATA', 'strata'), *self.OPTIONS], self.environment(),
                               log=os.path.join(self.folder, 'strata.log'))
        return self.program

    def finish(self):
        """Ends what the walk started, whatever came of it."""
        if self.program is not None:
            self.program.kill()

    def ctl(self, *arguments, data=None):
        command = [os.environ.get('STRATACTL', 'stratactl'), '--data-dir', data or os.path.join(self.data, 'strata'),
                   *arguments]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
        expect(done.returncode == 0, f'“{" ".join(arguments)}” failed: {done.stderr.strip()}')
        return done.stdout

    def picture(self, name):
        if self.pictures is not None:
            self.taken += 1
            self.program.screenshot(os.path.join(self.pictures, f'{self.taken:02}-{name}.png'))

    def page(self, name):
        return self.program.find(None, name)

    # What the steps are made of

    def choose_result(self, name):
        self.program.fill('Search packs and charts', name)
        row = self.program.find('row', re.compile(f'^{re.escape(name)} '))
        self.program.click(row)
        self.program.find('button', 'Confirm and Create')

    def confirm(self, name):
        self.program.press('button', 'Confirm and Create')
        self.program.find('row', re.compile(f'^{re.escape(name)}\\b(?!.*being added)'))

    def open_menu(self, name):
        self.program.press(None, name)

    def menu_item(self, name):
        """Goes through the menu that is open as the keyboard does."""
        item = self.program.find('menu item', name)
        self.program.reach(item, 'Down', 'menu item', item.find_around('menu'))
        self.program.key('Return')

    def select_layer(self, name):
        row = self.program.find('row', re.compile(f'^{re.escape(name)}, '))
        self.program.click(row)

    def source(self, name):
        return self.program.find('entry', name).text

    def type_source(self, name, text):
        view = self.program.find('entry', name)
        self.program.click(view)
        self.program.key('ctrl+Home')
        self.program.type(text)


def steps(walk):
    return [getattr(walk, name) for name in sorted(dir(walk)) if name.startswith('step_')]


def run(kind, pictures, tap):
    folder = tempfile.mkdtemp(prefix='strata-walk-')
    walk = kind(folder, pictures)
    failed = 0
    todo = steps(walk)
    if tap:
        print(f'1..{len(todo)}')
    for number, step in enumerate(todo, 1):
        what = step.__doc__
        try:
            if failed:
                raise Failure('a step before it failed')
            step()
        except (Failure, subprocess.SubprocessError, OSError, StopIteration) as failure:
            failed += 1
            say(tap, number, what, failure)
            if failed == 1:
                explain(walk, folder)
            continue
        say(tap, number, what, None)
    walk.finish()
    shutil.rmtree(folder, ignore_errors=True)
    return 1 if failed else 0


def say(tap, number, what, failure):
    if tap:
        print(f'{"not ok" if failure else "ok"} {number} - {what}' + (f' # {failure}' if failure else ''))
    else:
        print(f'{number:2}. {what}' + (f': {failure}' if failure else ''))
    sys.stdout.flush()


def explain(walk, folder):
    """What a developer needs to see why."""
    traceback.print_exc()
    if walk.program is not None and walk.program.process.poll() is None:
        print(walk.program.tree(), file=sys.stderr)
        picture = os.environ.get('STRATA_WALK_PICTURE')
        if picture:
            walk.program.screenshot(picture)
    log = os.path.join(folder, 'strata.log')
    if os.path.exists(log):
        with open(log, encoding='utf-8', errors='replace') as file:
            print(file.read()[-4000:], file=sys.stderr)


def main(kind):
    is_test = sys.argv[1:] == ['--tap']
    sys.exit(run(kind, None if is_test else sys.argv[1], is_test))
