#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the desktop asks of the program over the session bus: to start, to search, and to do an action of the launcher's menu.

    tests/lib/with-keyring tests/lib/with-display tests/e2e/test-desktop.py PROGRAM"""

import json
import os
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "lib"))
from atspi_app import BUS_NAME, App  # noqa: E402
from gi.repository import Gio, GLib  # noqa: E402

PROGRAM = sys.argv.pop(1)
SEARCH = "/com/example/DoraDash/SearchProvider"
INTERFACE = "org.gnome.Shell.SearchProvider2"
PATIENCE = 60_000  # milliseconds


class Service(App):
    """Started as the bus starts it: without a window."""

    def __init__(self, env):
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        super().__init__(PROGRAM, "--gapplication-service", env=env)

    def _find(self):
        names = self.bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "ListNames", None, None,
                                   Gio.DBusCallFlags.NONE, PATIENCE, None).unpack()[0]
        return self if BUS_NAME in names else None

    def get_child_count(self):
        return 1

    def find_window(self):
        self.root = self.wait(super()._find, "the application on the accessibility bus")
        self.wait(lambda: self.root.get_child_count() > 0, "a window")

    def call(self, path, interface, method, signature, *arguments):
        reply = self.bus.call_sync(BUS_NAME, path, interface, method, GLib.Variant(signature, arguments), None, Gio.DBusCallFlags.NONE,
                                   PATIENCE, None)
        return reply.unpack()[0] if reply.n_children() else None

    def search(self, *terms):
        return self.call(SEARCH, INTERFACE, "GetInitialResultSet", "(as)", terms)

    def describe(self, results):
        return [(each["name"], each["description"]) for each in self.call(SEARCH, INTERFACE, "GetResultMetas", "(as)", results)]

    def activate(self, action, *parameter):
        self.call("/com/example/DoraDash", "org.freedesktop.Application", "ActivateAction", "(sava{sv})", action, parameter, {})


class DesktopTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.env = {"XDG_DATA_HOME": self.folder.name + "/data", "XDG_STATE_HOME": self.folder.name + "/state"}

    def start(self):
        service = Service(self.env)
        self.addCleanup(service.close)
        return service

    def fill(self):
        """The example organization; the names of a team and of a repository."""
        subprocess.run([PROGRAM, "demo", "--quiet", "--database", self.folder.name + "/data/doradash/doradash.db"],
                       env={**os.environ, **self.env}, check=True, stdout=subprocess.DEVNULL)
        done = subprocess.run([PROGRAM, "report", "--format", "json"], env={**os.environ, **self.env}, check=True, capture_output=True)
        report = json.loads(done.stdout)
        return report["workspace"], report["teams"][0]["name"], report["repositories"][0]["name"]

    def test_nothing_yet(self):
        service = self.start()
        self.assertEqual(service.describe(service.search("LEAD", "time")), [("Lead time for changes", "Metric")])
        self.assertEqual(service.search("no such thing"), [])
        service.activate("sync-now")
        service.find_window()
        service.see("Welcome to DoraDash")
        service.close()
        self.assertEqual(service.complaints(), [])

    def test_search_and_open(self):
        workspace, team, repository = self.fill()
        service = self.start()
        self.assertIn((team, f"Team in {workspace}"), service.describe(service.search(team.lower())))
        found = service.search(repository.upper())
        self.assertIn((repository, f"Repository in {workspace}"), service.describe(found))
        self.assertEqual(service.call(SEARCH, INTERFACE, "GetSubsearchResultSet", "(asas)", found, [repository, "zz"]), [])
        # Nonsense is left out of what is described, and opens the window as it is.
        self.assertEqual(service.describe(["", "team", "other\nx\ny", "metric\n\nheight"]), [])

        result = next(each for each in found if service.describe([each]) == [(repository, f"Repository in {workspace}")])
        service.call(SEARCH, INTERFACE, "ActivateResult", "(sasu)", result, [repository], 0)
        service.find_window()
        service.see(f"^{repository}$")
        metric = service.search("recovery")[0]
        service.call(SEARCH, INTERFACE, "ActivateResult", "(sasu)", metric, ["recovery"], 0)
        service.see("^The .* behind this number$")
        service.close()
        self.assertEqual(service.complaints(), [])

    def test_actions(self):
        self.fill()
        service = self.start()
        service.activate("show", GLib.Variant("s", "health"))
        service.find_window()
        service.see("What the numbers rest on")
        service.call(SEARCH, INTERFACE, "LaunchSearch", "(asu)", ["x"], 0)
        service.activate("sync-now")
        service.see("^Up to date$|^Syncing")
        version = subprocess.run([PROGRAM, "--version"], capture_output=True, text=True, check=True).stdout.split()[1]
        service.activate("about")
        service.see(f"^{re.escape(version)}$")
        service.close()
        self.assertEqual(service.complaints(), [])


if __name__ == "__main__":
    unittest.main(verbosity=2)
