# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the window as a person with a screen reader does: over the accessibility bus. Run under tests/lib/with-display."""

import os
import re
import subprocess
import tempfile
import time

# Warnings are read at the end, not fatal: this driver's library warns when the program is quick, and GTK 4.8 itself does where it is
# asked about a widget that has no place on the bus yet.
os.environ.pop("G_DEBUG", None)
# A label of Arabic text is wider where it is broken between letters, which it does not expect of itself.
GTK_ITSELF = re.compile(r"g_variant_is_object_path: assertion 'string != NULL' failed|GtkLabel .* reported min width \d+ and natural width \d+ in measure")

import gi  # noqa: E402

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

Atspi.init()
PATIENCE = int(os.environ.get("DD_TEST_PATIENCE", "120"))
BUS_NAME = "com.example.DoraDash"
WINDOW = "/com/example/DoraDash/window/1"
LONG_LISTS = ("tree table", "table")
# What newer versions of GTK and of the accessibility bus call the same.
ROLES = {"button": "push button", "status": "status bar"}


# Within a Flatpak the process has another number: the program is found by its name, and ended by its application's.
SANDBOXED = "DD_TEST_SANDBOXED" in os.environ


class App:
    """The program, started with @arguments; ended at the end of a `with`."""

    def __init__(self, *arguments, env=None):
        self.log = tempfile.TemporaryFile("w+", encoding="utf-8")
        self.process = subprocess.Popen(arguments, env={**os.environ, **(env or {})}, stderr=self.log)
        self.root = self.wait(self._find, "the application on the accessibility bus")
        self.wait(lambda: self.root.get_child_count() > 0, "a window")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def _find(self):
        desktop = Atspi.get_desktop(0)
        for i in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(i)
            if child and (child.get_name() == "doradash" if SANDBOXED else child.get_process_id() == self.process.pid):
                return child
        return None

    def wait(self, condition, what):
        """Until @condition gives something true, which is returned."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                found = condition()
                if found:
                    return found
            except GLib.Error:
                pass  # the widget went away while it was asked
            if self.process.poll() is not None:
                raise AssertionError(f"the program ended with {self.process.returncode} while waiting for {what}: {self.stderr()}")
            if time.monotonic() > end:
                raise AssertionError(f"no {what}; there is:\n" + "\n".join(self.texts()))
            time.sleep(0.02)

    def walk(self, node=None):
        node = node or self.root
        yield node
        if self.role(node) in LONG_LISTS:
            return
        for i in range(node.get_child_count()):
            child = node.get_child_at_index(i)
            if child:
                yield from self.walk(child)

    @staticmethod
    def role(node):
        return ROLES.get(node.get_role_name(), node.get_role_name())

    @staticmethod
    def text(node):
        name = node.get_name() or ""
        if name or "Text" not in node.get_interfaces():
            return name
        return Atspi.Text.get_text(node, 0, Atspi.Text.get_character_count(node))

    def find(self, role, name=None, within=None):
        for node in self.walk(within):
            if re.fullmatch(role, self.role(node)) and (name is None or re.search(name, self.text(node))):
                if node.get_state_set().contains(Atspi.StateType.VISIBLE):
                    return node
        return None

    def texts(self):
        return [f"{self.role(node)}: {self.text(node)}" for node in self.walk() if self.text(node)]

    def get(self, role, name=None, within=None):
        return self.wait(lambda: self.find(role, name, within), f"{role} {name!r}")

    def read(self, role, name):
        """The text of what may be made anew meanwhile."""
        return self.wait(lambda: (node := self.find(role, name)) and self.text(node), f"{role} {name!r}")

    def see(self, name):
        return self.get(".*", name)

    def gone(self, name):
        self.wait(lambda: self.find(".*", name) is None, f"end of {name!r}")

    def description(self, role, name):
        return self.wait(lambda: (node := self.find(role, name)) and (node.get_description() or " "), f"{role} {name!r}").strip()

    def click(self, role, name=None, within=None):
        Atspi.Action.do_action(self.get(role, name, within), 0)

    def type(self, name, text, within=None):
        Atspi.EditableText.set_text_contents(self.get("text|password text", name, within), text)

    def action(self, name, *parameter):
        """An action of the window, over the session bus."""
        value = f"[{parameter[0]}]" if parameter else "[]"
        subprocess.run(["gdbus", "call", "--session", "--dest", BUS_NAME, "--object-path", WINDOW, "--method", "org.gtk.Actions.Activate",
                        name, value, "{}"], check=True, stdout=subprocess.DEVNULL)

    def stderr(self):
        self.log.seek(0)
        return self.log.read()

    def complaints(self):
        """Warnings of the program's own."""
        return [line for line in self.stderr().splitlines() if re.search("CRITICAL|WARNING", line) and not GTK_ITSELF.search(line)]

    def close(self):
        if SANDBOXED:
            subprocess.run(["flatpak", "kill", BUS_NAME], check=False, stderr=subprocess.DEVNULL)
        elif self.process.poll() is None:
            self.process.terminate()
        return self.process.wait(PATIENCE)
