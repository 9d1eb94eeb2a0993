# driver.py - the program as a person meets it: names a screen reader would say, a real keyboard, a real pointer
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Runs inside session.sh. Every wait is bounded; what is waited for in vain is a Failure that says so.

import os
import pathlib
import re
import subprocess
import time

import gi

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, GLib  # noqa: E402

TOP = pathlib.Path(__file__).resolve().parents[2]

# GTK renamed some roles between 4.8 and 4.18.
ROLES = {
    'button': {'push button', 'button'},
    'toggle': {'toggle button', 'switch', 'check box'},
    'chip': {'push button', 'toggle button'},
    'entry': {'text', 'entry'},
    'row': {'list item', 'table row', 'tree item', 'row', 'table cell'},
    'radio': {'radio button', 'check box'},
    'window': {'frame', 'dialog', 'window'},
    'label': {'label'},
    'menu item': {'menu item', 'check menu item', 'radio menu item'},
    'tab': {'page tab'},
    'table': {'table', 'tree table'},
}


# Nothing is measured here: what comes late on a machine that has much else to do has still come.
PATIENCE = 60


class Failure(Exception):
    """Something a person would have seen did not come."""


def spoken(name):
    """A name without what GTK 4.8 adds: the underscore of a mnemonic, and a label that it says twice."""
    plain = name.replace('_', '')
    half = len(plain) // 2
    return plain[:half] if plain[:half] == plain[half + 1:] and plain[half:half + 1] == ' ' else plain


def quiet(function, default=None):
    """What function gives; default when the object behind it is gone."""
    try:
        return function()
    except GLib.Error:
        return default


class Node:
    """One accessible object."""

    def __init__(self, accessible):
        self.accessible = accessible

    @property
    def name(self):
        return spoken(quiet(self.accessible.get_name, '') or '')

    @property
    def description(self):
        return quiet(self.accessible.get_description, '') or ''

    @property
    def role(self):
        return quiet(self.accessible.get_role_name, '') or ''

    @property
    def position(self):
        """Which child of its parent it is."""
        return quiet(self.accessible.get_index_in_parent, -1)

    @property
    def children(self):
        count = quiet(self.accessible.get_child_count, 0)
        for i in range(count):
            child = quiet(lambda: self.accessible.get_child_at_index(i))
            if child is not None:
                yield Node(child)

    def has_state(self, state):
        states = quiet(self.accessible.get_state_set)
        return states is not None and states.contains(state)

    @property
    def is_showing(self):
        # GTK 4.8 says of no more than windows that they show; what has no size there is not seen.
        if self.has_state(Atspi.StateType.SHOWING):
            return True
        extents = self.extents
        return extents is None or (extents.width > 0 and extents.height > 0)

    @property
    def is_sensitive(self):
        return self.has_state(Atspi.StateType.SENSITIVE) or self.has_state(Atspi.StateType.ENABLED)

    @property
    def is_focused(self):
        return self.has_state(Atspi.StateType.FOCUSED)

    @property
    def is_checked(self):
        return self.has_state(Atspi.StateType.CHECKED) or self.has_state(Atspi.StateType.PRESSED)

    @property
    def text(self):
        if 'Text' not in (quiet(self.accessible.get_interfaces) or []):
            return self.name
        count = quiet(lambda: Atspi.Text.get_character_count(self.accessible), 0)
        return quiet(lambda: Atspi.Text.get_text(self.accessible, 0, count), '') or ''

    @property
    def extents(self):
        if 'Component' not in (quiet(self.accessible.get_interfaces) or []):
            return None
        return quiet(lambda: Atspi.Component.get_extents(self.accessible, Atspi.CoordType.WINDOW))

    def matches(self, role, name):
        if role is not None and self.role not in ROLES.get(role, {role}):
            return False
        if name is None:
            return True
        if isinstance(name, re.Pattern):
            return name.search(self.name) is not None
        return self.name == name

    def find_all(self, role=None, name=None, showing=True):
        stack = [self]
        while stack:
            node = stack.pop()
            if node.matches(role, name) and (not showing or node.is_showing):
                yield node
            stack.extend(reversed(list(node.children)))

    def find(self, role=None, name=None, showing=True):
        return next(self.find_all(role, name, showing), None)

    def find_around(self, role):
        """The nearest of that role that this is in."""
        accessible = quiet(self.accessible.get_parent)
        while accessible is not None and quiet(accessible.get_role_name) != role:
            accessible = quiet(accessible.get_parent)
        return Node(accessible) if accessible is not None else None

    def describe(self, depth=0, most=40):
        lines = [f"{'  ' * depth}{self.role} {self.name!r}"
                 f"{'' if self.is_showing else ' (hidden)'}"]
        if depth < most:
            for child in self.children:
                lines += child.describe(depth + 1, most)
        return lines


class Program:
    """The program, running."""

    def __init__(self, command, environment=None, log=None):
        Atspi.init()
        self.log = open(log, 'ab') if log else subprocess.DEVNULL
        self.process = subprocess.Popen(command, env={**os.environ, **(environment or {})},
                                        stdout=self.log, stderr=self.log)
        self.root = self.wait(self._find_root, 'the program on the accessibility bus')
        self.wait(lambda: self.root.find('window'), 'the window')

    def _find_root(self):
        desktop = Atspi.get_desktop(0)
        for i in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(i)
            if child is not None and quiet(child.get_process_id) == self.process.pid:
                return Node(child)
        return None

    def wait(self, function, what, seconds=PATIENCE):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.__dict__.get('process') is not None and self.process.poll() is not None:
                raise Failure(f'the program ended with {self.process.returncode} before {what} came')
            found = quiet(function)
            if found:
                return found
            time.sleep(0.05)
        raise Failure(f'{what} did not come within {seconds} s')

    def find(self, role, name, seconds=PATIENCE, within=None):
        shown = name.pattern if isinstance(name, re.Pattern) else name
        return self.wait(lambda: (within or self.root).find(role, name), f'{role or "thing"} “{shown}”', seconds)

    def window(self, name):
        """The window that has come before the others and has the keyboard."""
        node = self.wait(lambda: next((node for node in self.root.children if node.name == name), None), f'the window “{name}”')
        self.wait(lambda: self.active_name() == name, f'the keyboard in the window “{name}”')
        return node

    def focused(self, role=None, within=None):
        """The one of that role that the keyboard is in."""
        return self.wait(lambda: next((node for node in (within or self.root).find_all(role) if node.is_focused), None),
                         f'the keyboard in a {role or "thing"}')

    def reach(self, node, key, role=None, within=None):
        """Goes there by one key, past others of that role; in a list that has just come the first one may only lead into it."""
        for _ in range(40):
            if node.is_focused:
                return
            reached = self.keyboard(role, within)
            self.key(key)
            end = time.monotonic() + 3
            while self.keyboard(role, within) == reached and time.monotonic() < end:
                time.sleep(0.05)
        raise Failure(f'the keyboard does not reach “{node.name}”')

    def keyboard(self, role=None, within=None):
        """What of that role the keyboard is in, None where it is in none."""
        return next((node.accessible for node in (within or self.root).find_all(role) if node.is_focused), None)

    def is_gone(self, role, name, seconds=PATIENCE):
        shown = name.pattern if isinstance(name, re.Pattern) else name
        return self.wait(lambda: self.root.find(role, name) is None, f'the end of {role} “{shown}”', seconds)

    # The pointer and the keyboard

    def window_ids(self):
        found = subprocess.run(['xdotool', 'search', '--onlyvisible', '--pid', str(self.process.pid)],
                               capture_output=True, text=True)
        return found.stdout.split()

    def active_window(self):
        found = subprocess.run(['xdotool', 'getactivewindow'], capture_output=True, text=True)
        return found.stdout.strip()

    def active_name(self):
        found = subprocess.run(['xdotool', 'getactivewindow', 'getwindowname'], capture_output=True, text=True)
        return found.stdout.strip()

    @staticmethod
    def _still_extents(node):
        """Where a node is, once it does not move any more."""
        first = node.extents
        time.sleep(0.1)
        last = node.extents
        if last is None or last.width <= 0 or first is None:
            return None
        places = [(e.x, e.y, e.width, e.height) for e in (first, last)]
        return last if places[0] == places[1] else None

    def corner(self, node):
        """Where the window that a node is in begins on the screen: the place that extents count from."""
        top = node
        while True:
            parent = quiet(top.accessible.get_parent)
            if parent is None or quiet(parent.get_role_name) in ('application', None):
                break
            top = Node(parent)
        frame = top.extents
        window = self.active_window() or self.window_ids()[0]
        place = self.geometry(window)
        # A window without a compositor has an even frame around what the accessibility bus measures.
        left = (place['WIDTH'] - frame.width) // 2 if frame is not None else 0
        above = (place['HEIGHT'] - frame.height) // 2 if frame is not None else 0
        return place['X'] + left, place['Y'] + above

    def position(self, node):
        """The middle of a node on the screen."""
        extents = self.wait(lambda: self._still_extents(node), f'a place for “{node.name}”')
        x, y = self.corner(node)
        return x + extents.x + extents.width // 2, y + extents.y + extents.height // 2

    @staticmethod
    def point(x, y):
        """Moves the pointer."""
        subprocess.run(['xdotool', 'mousemove', '--sync', str(int(x)), str(int(y))], check=True)
        time.sleep(0.1)

    def press_at(self, x, y):
        """Presses the first button there."""
        self.point(x, y)
        subprocess.run(['xdotool', 'click', '1'], check=True)
        time.sleep(0.15)

    def click(self, node, button=1, twice=False):
        self.point(*self.position(node))
        repeat = ['--repeat', '2', '--delay', '80'] if twice else []
        subprocess.run(['xdotool', 'click', *repeat, str(button)], check=True)
        time.sleep(0.15)

    def press(self, role, name, seconds=PATIENCE, within=None):
        """Activates a button as assistive technology does."""
        shown = name.pattern if isinstance(name, re.Pattern) else name
        node = self.wait(lambda: next((n for n in (within or self.root).find_all(role, name) if n.is_sensitive), None),
                         f'{role or "thing"} “{shown}” that can be used', seconds)
        self.activate(node)
        return node

    def activate(self, node):
        """Does what a node does; a menu button does it in the button inside it."""
        for candidate in node.find_all():
            if 'Action' not in (quiet(candidate.accessible.get_interfaces) or []):
                continue
            for i in range(quiet(candidate.accessible.get_n_actions, 0)):
                action = quiet(lambda: Atspi.Action.get_action_name(candidate.accessible, i))
                if action in ('click', 'activate', 'toggle', 'press'):
                    candidate.accessible.do_action(i)
                    time.sleep(0.1)
                    return
        self.click(node)

    def has_keyboard(self):
        found = subprocess.run(['xdotool', 'getactivewindow', 'getwindowpid'], capture_output=True, text=True)
        return found.stdout.strip() == str(self.process.pid)

    def wait_for_keyboard(self):
        """What is typed between two windows goes nowhere."""
        self.wait(self.has_keyboard, 'a window with the keyboard')

    def key(self, *keys):
        self.wait_for_keyboard()
        subprocess.run(['xdotool', 'key', '--clearmodifiers', *keys], check=True)
        time.sleep(0.15)

    def type(self, text, delay=12):
        self.wait_for_keyboard()
        for i, line in enumerate(text.split('\n')):
            if i > 0:
                self.key('Return')
            if line:
                subprocess.run(['xdotool', 'type', '--clearmodifiers', '--delay', str(delay), '--', line], check=True)
        time.sleep(0.15)

    def set_text(self, node, text):
        """Gives a text view a whole text, as dictation does."""
        Atspi.EditableText.set_text_contents(node.accessible, text)
        self.wait(lambda: node.text == text, f'the text in “{node.name}”')

    def fill(self, name, text, within=None):
        """Types into an entry over what is there."""
        top = within or self.root
        # A column of a list behind it may have the same name.
        node = self.wait(lambda: top.find('entry', name) or top.find(None, name), f'“{name}”')
        entry = next((n for n in node.find_all() if 'EditableText' in (quiet(n.accessible.get_interfaces) or [])), node)
        quiet(lambda: Atspi.Component.grab_focus(entry.accessible))
        if not entry.is_focused:
            self.click(entry)
        self.key('ctrl+a')
        self.type(text)
        # GTK 4.18 tells of a hidden text only how long it is.
        self.wait(lambda: text in entry.text or entry.text == '●' * len(text),
                  f'“{text}” in “{name}”, which holds “{entry.text}”')
        return entry

    def choose_file(self, path):
        """Answers the file chooser that is open with a path."""
        self.wait(lambda: self.count_windows() > 1, 'the file chooser')
        chooser = list(self.root.children)[-1]
        self.wait(lambda: self.active_name() == chooser.name, f'the keyboard in the file chooser “{chooser.name}”')
        self.wait(lambda: self.asks_for_path(chooser), 'the place for a path')
        self.type_path(path)
        for _ in range(3):
            self.key('Return')
            time.sleep(0.5)
            # What came of the choice may be a window too.
            if chooser.accessible not in [window.accessible for window in self.root.children]:
                return
        raise Failure(f'the file chooser did not take “{path}”')

    def asks_for_path(self, chooser):
        """Whether there is an entry; where files are chosen, a slash brings it, once the folder is read."""
        if chooser.find('entry') is None:
            self.key('slash')
            time.sleep(0.3)
        return chooser.find('entry') is not None

    def type_path(self, path):
        """Types a path, and mends it: the entry completes it on its own, and can leave a piece of that behind."""
        self.key('ctrl+a')
        self.type(path)
        for _ in range(10):
            time.sleep(0.3)
            if not any(node.text.startswith(path) and node.text != path for node in self.root.find_all('entry')):
                return
            # What is selected of it goes first, then what stands behind the cursor.
            self.key('Delete')
            self.key('shift+End', 'Delete')

    def drag(self, start, end):
        """With the button held down, in steps: a drag begins with a move, and each window is told of what goes over it."""
        self.point(*start)
        subprocess.run(['xdotool', 'mousedown', '1'], check=True)
        for step in range(1, 11):
            self.point(start[0] + (end[0] - start[0]) * step / 10, start[1] + (end[1] - start[1]) * step / 10)
        self.point(end[0] + 1, end[1])
        time.sleep(0.5)
        subprocess.run(['xdotool', 'mouseup', '1'], check=True)

    def count_windows(self):
        return sum(1 for _ in self.root.children)

    # What is seen

    def geometry(self, window):
        shell = subprocess.run(['xdotool', 'getwindowgeometry', '--shell', window], capture_output=True, text=True)
        return {name: int(value) for name, value in (line.split('=') for line in shell.stdout.split())}

    def screenshot(self, path):
        """The part of the screen where the largest window is, with all that lies over it."""
        os.makedirs(os.path.dirname(path), exist_ok=True)
        time.sleep(0.4)
        place = max((self.geometry(window) for window in self.window_ids()), key=lambda g: g['WIDTH'] * g['HEIGHT'])
        area = f"{place['WIDTH']}x{place['HEIGHT']}+{place['X']}+{place['Y']}"
        subprocess.run(['import', '-window', 'root', '-crop', area, '+repage', path], check=True,
                       stderr=subprocess.DEVNULL)

    def resize(self, width, height):
        for window in self.window_ids()[-1:]:
            subprocess.run(['xdotool', 'windowsize', '--sync', window, str(width), str(height)], check=False)
        time.sleep(0.6)

    def cover(self):
        """Lays the last window over the first."""
        windows = self.window_ids()
        place = self.geometry(windows[0])
        subprocess.run(['xdotool', 'windowmove', '--sync', windows[-1], str(place['X']), str(place['Y'])], check=False)
        time.sleep(0.3)

    def tree(self):
        return '\n'.join(self.root.describe())

    # The end

    def close(self, seconds=PATIENCE):
        """Asks the program to end, as its window's menu would."""
        self.key('ctrl+q')
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired as late:
            raise Failure(f'the program did not end within {seconds} s') from late
        return self.process.returncode

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
