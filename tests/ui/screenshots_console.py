#!/usr/bin/python3
# screenshots_console.py - the screens of a console in light, dark and 800 pixels wide, to be looked at
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage, inside session.sh: screenshots_console.py FOLDER [LOOK…]

import os
import re
import shutil
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from driver import Failure  # noqa: E402
from flows_console import ONLINE, ConsoleFlows  # noqa: E402
from screenshots import LOOKS  # noqa: E402


class ConsoleTour(ConsoleFlows):
    """One program on the sandbox, from screen to screen."""

    def __init__(self, folder, pictures, look):
        super().__init__(folder)
        self.pictures = pictures
        self.look, self.size = LOOKS[look]
        self.environment.update(self.look)
        # The font and the buttons of the desk: those of the flows do not matter to anybody.
        shutil.copytree(os.path.expanduser('~/.config'), self.environment['XDG_CONFIG_HOME'])
        self.taken = 0

    def picture(self, name):
        time.sleep(0.8)
        self.taken += 1
        self.program.screenshot(os.path.join(self.pictures, f'console-{self.taken:02}-{name}.png'))

    def screen_01_dashboard(self):
        """The dashboard of a console"""
        self.start('--practise-first')
        self.program.find('button', ONLINE)
        self.row('store-basics')
        self.program.resize(*self.size)
        self.picture('dashboard')

    def screen_02_workspaces(self):
        """The menu of workspaces"""
        is_narrow = self.size[0] < 900
        if is_narrow:
            self.program.key('F9')
        self.program.press('button', 'Workspace')
        self.picture('workspaces')
        self.program.key('Escape')
        if is_narrow:
            self.program.key('F9')

    def screen_03_add(self):
        """Add Console"""
        self.command('Add Console', 'Add Console…')
        self.window('Add Console')
        self.picture('add')
        self.program.key('Escape')

    def screen_04_changed(self):
        """An editor with a changed line"""
        self.program.click(self.row('store-basics'))
        self.program.key('Return')
        view = self.program.find('entry', re.compile('^(Values|Manifest) '))
        self.program.click(view)
        self.program.key('ctrl+Home')
        self.program.type('# for the next one\n')
        self.program.find(None, re.compile('^Saved'))
        self.picture('editor')

    def screen_05_sync(self):
        """What waits for the console"""
        self.program.key('ctrl+1')
        self.picture('waiting')
        self.program.key('ctrl+shift+s')
        self.picture('sync')
        self.program.key('Escape')

    def screen_06_appliances(self):
        """The board of appliances"""
        self.program.key('ctrl+3')
        self.picture('appliances')
        if self.size[0] < 900:
            self.program.press('button', 'Details')
            self.picture('appliance')
            self.program.key('alt+Left')

    def screen_07_activity(self):
        """Activity"""
        self.program.key('ctrl+4')
        self.picture('activity')


def tour(pictures, look):
    os.makedirs(os.path.join(pictures, look), exist_ok=True)
    status = 0
    with tempfile.TemporaryDirectory(prefix='strata-tour-', ignore_cleanup_errors=True) as folder:
        walk = ConsoleTour(folder, os.path.join(pictures, look), look)
        for name in sorted(name for name in dir(walk) if name.startswith('screen_')):
            step = getattr(walk, name)
            try:
                step()
                print(f'{look}: {step.__doc__}', flush=True)
            except Failure as failure:
                status = 1
                print(f'{look}: {step.__doc__}: {failure}', flush=True)
        if walk.program is not None:
            walk.program.kill()
        walk.end()
    return status


if __name__ == '__main__':
    looks = sys.argv[2:] or ['light', 'dark', 'narrow']
    sys.exit(max(tour(sys.argv[1], look) for look in looks))
