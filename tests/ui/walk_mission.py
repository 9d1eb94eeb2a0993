#!/usr/bin/python3
# walk_mission.py - the whole mission, as a person does it: from a console to an appliance that follows each change
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage, inside session.sh: walk_mission.py FOLDER     prints each step; numbered pictures go to FOLDER
#        walk_mission.py --tap                         the same as a test: a line for each step

import os
import pathlib
import re
import shutil
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / 'sandbox')]
import programs  # noqa: E402
from driver import Failure  # noqa: E402
from samples import MANIFESTS  # noqa: E402
from walker import Walker, expect, main  # noqa: E402

NAME = 'harbour-gate'
VERSION = '1.0.0'
APPLIANCE = 'crane-07'
LAYER = 'site-config'
CHANGED = 'berth'


def find_program(variable, name):
    found = os.environ.get(variable) or shutil.which(name)
    if not found:
        raise OSError(f'{name} is not installed')
    return found


class Mission(Walker):
    OPTIONS = ('--practise-first',)

    def __init__(self, folder, pictures):
        super().__init__(folder, pictures)
        self.archives = os.path.join(folder, 'stick')
        self.console = None
        self.appliance = None
        os.makedirs(self.archives)

    def environment(self):
        return {**super().environment(), 'STRATA_SANDBOX': find_program('STRATA_SANDBOX', 'strata-sandbox')}

    def finish(self):
        super().finish()
        for running in (self.appliance, self.console):
            if running is not None:
                running.close()

    def wait(self, what, check):
        try:
            return programs.wait_for(what, check)
        except AssertionError as late:
            raise Failure(str(late)) from late

    def fill_secret(self, name, text):
        """Types what is not read back."""
        self.program.click(self.program.find('entry', name))
        self.program.key('ctrl+a')
        self.program.type(text)

    # The steps

    def step_01_practise(self):
        """Start where nothing is set up: Strata opens on the sandbox, and says so"""
        self.start()
        self.program.find('label', re.compile('^You are practising'), 30)
        self.program.find(None, re.compile('^Online'), 30)
        self.picture('practise')

    def step_02_sign_in(self):
        """Add Console: address and key, who that is, and which project"""
        self.console = programs.Sandbox(find_program('STRATA_SANDBOX', 'strata-sandbox'),
                                        os.path.join(self.folder, 'console'), '--seed', 'demo')
        self.program.press('button', 'Add Console…')
        self.program.fill('Address', self.console.address)
        self.fill_secret('API key', self.console.api_key)
        self.program.press('button', re.compile('^Try'))
        self.program.find('label', re.compile('^Signed in'))
        self.picture('sign-in')
        self.program.press('button', 'Add')
        self.program.is_gone('entry', 'Address')
        self.program.find(None, re.compile('^Online'), 30)
        self.picture('console')


if __name__ == '__main__':
    main(Mission)
