#!/usr/bin/python3
# flows_files.py - profiles that come as files: opened from elsewhere, or dropped on the window
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage, inside session.sh: flows_files.py [--tap] [NAME…]     NAME is a part of a flow's name; all of them without

import os
import pathlib
import re
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from flows import PROFILES, Flows, main  # noqa: E402
from walk import expect  # noqa: E402

APPLICATION = 'io.github.stratadesk.Strata'


class FileFlows(Flows):
    """A desk with a file of each form beside the store."""

    def make_files(self):
        """An archive, a JSON and a YAML file, each of a profile that the store does not have."""
        paths = []
        for name, suffix in (('quay', 'tgz'), ('pier', 'json'), ('mast', 'yaml')):
            path = os.path.join(self.folder, f'{name}.{suffix}')
            self.make(name)
            if suffix == 'tgz':
                self.ctl('profile', 'download', name, '-o', path)
            else:
                self.ctl('profile', 'export', name, '--format', suffix, '-o', path)
            self.ctl('profile', 'delete', name)
            paths.append(path)
        return paths

    # The flows

    def flow_01_opened(self):
        """What a file manager opens by the session bus is imported into the window that is there"""
        uris = [pathlib.Path(path).as_uri() for path in self.make_files()]
        self.start()
        self.program.find('label', 'No Profiles Yet')
        self.open_from_outside(*uris)
        self.program.find('label', '3 profiles imported')
        self.has_rows('mast 1.0.0', 'pier 1.0.0', 'quay 1.0.0')

    def flow_02_second_start(self):
        """A second start with a file hands it to the program that runs, and ends"""
        archive = self.make_files()[0]
        self.start()
        self.program.find('label', 'No Profiles Yet')
        subprocess.run([os.environ.get('STRATA', 'strata'), archive], env={**os.environ, **self.environment}, check=True,
                       timeout=30)
        self.program.find('label', '“quay 1.0.0” imported')
        self.has_rows('quay 1.0.0')

    def flow_03_dropped(self):
        """Files dropped on the window are imported, wherever they fall"""
        files = self.make_files()
        self.make('buoy')
        self.start()
        target = self.program.position(self.program.find('table', PROFILES))
        source = subprocess.Popen([os.environ['DRAG_SOURCE'], *files])
        try:
            self.program.drag(self.program.wait(lambda: self.place_of(source), 'the window to drag from'), target)
            self.program.find('label', '3 profiles imported')
        finally:
            source.kill()
            source.wait()
        self.has_rows('buoy 1.0.0', 'mast 1.0.0', 'pier 1.0.0', 'quay 1.0.0')

    def flow_04_cancelled(self):
        """An import that takes its time says how far it is, and Cancel keeps what is done"""
        document = self.make_files()[1]
        uris = [pathlib.Path(document).as_uri()] * 2000
        self.start()
        self.program.find('label', 'No Profiles Yet')
        self.open_from_outside(*uris)
        self.program.find('label', 'Importing Files')
        self.program.press('button', 'Cancel')
        self.program.is_gone('label', 'Importing Files')
        found = self.program.find('label', re.compile('^[0-9]+ profiles? imported'))
        expect(1 <= int(found.name.split()[0]) < len(uris), f'it says {found.name}')

    def open_from_outside(self, *uris):
        """What a file manager does."""
        quoted = ', '.join(f'"{uri}"' for uri in uris)
        subprocess.run(['gdbus', 'call', '--session', '--dest', APPLICATION,
                        '--object-path', '/' + APPLICATION.replace('.', '/'),
                        '--method', 'org.freedesktop.Application.Open', f'[{quoted}]', '{}'],
                       check=True, stdout=subprocess.DEVNULL, timeout=20)

    def place_of(self, process):
        """The middle of the window of a process."""
        found = subprocess.run(['xdotool', 'search', '--onlyvisible', '--pid', str(process.pid), '--name', 'Files'],
                               capture_output=True, text=True)
        if not found.stdout.split():
            return None
        place = self.program.geometry(found.stdout.split()[-1])
        return place['X'] + place['WIDTH'] // 2, place['Y'] + place['HEIGHT'] // 2


if __name__ == '__main__':
    main(FileFlows)
