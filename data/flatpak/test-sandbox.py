#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The program in its sandbox, as data/flatpak/check starts it."""

import json
import os
import re
import subprocess
import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests/lib"))
from atspi_app import BUS_NAME, App  # noqa: E402
from words import Words  # noqa: E402

# The locales are those of the runtime.
RUN = ["flatpak", "run", "--user", "--unset-env=LOCPATH"]
DATA = Path(os.environ["HOME"], ".var/app", BUS_NAME, "data")
TOKEN = "made-up-token-of-the-test"


def run(*words, text=None, check=True):
    return subprocess.run([*RUN, *words], input=text, capture_output=True, text=True, check=check)


def installed_share():
    done = subprocess.run(["flatpak", "info", "--user", "--show-location", BUS_NAME], capture_output=True, text=True, check=True)
    return Path(done.stdout.strip(), "files/share")


class SandboxTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.words = Words(installed_share())

    def start(self):
        app = App(*RUN, BUS_NAME)
        self.addCleanup(app.close)
        return app

    def test_1_version_and_walls(self):
        version = re.search(r"version: '([^']+)'", (ROOT / "meson.build").read_text(encoding="utf-8")).group(1)
        self.assertEqual(run(BUS_NAME, "--version").stdout, f"DoraDash {version}\n")
        own = Path(os.environ["HOME"], "own.txt")
        own.write_text("mine", encoding="utf-8")
        self.assertNotEqual(run("--command=cat", BUS_NAME, own, check=False).returncode, 0)

    def test_2_window_syncs_and_keeps(self):
        app = self.start()
        app.see(self.words.pattern("Welcome to DoraDash"))
        app.click("push button", self.words.pattern("_Explore with Sample Data"))
        app.see(self.words.pattern("This is sample data."))
        app.see(self.words.whole("Up to date"))
        self.assertEqual(app.complaints(), [])
        app.close()
        report = json.loads(run(BUS_NAME, "report", "--format", "json").stdout)
        self.assertGreater(report["metrics"]["deployment_frequency"]["deployments"], 10)
        self.assertTrue((DATA / "doradash/doradash.db").is_file())
        again = self.start()
        again.see(self.words.pattern("This is sample data."))
        again.see(self.words.whole("Change failure rate"))

    def test_3_token(self):
        """By the portal: encrypted in the sandbox's own data, with a key that the keyring of the desktop keeps."""
        run(BUS_NAME, "token", "set", "github", text=TOKEN + "\n")
        keyrings = list((DATA / "keyrings").glob("*"))
        self.assertEqual([each.name for each in keyrings], ["default.keyring"])
        self.assertNotIn(TOKEN.encode(), keyrings[0].read_bytes())
        run(BUS_NAME, "token", "clear", "github")

    def test_4_removed(self):
        """The bundle goes; what it was used for stays."""
        before = (DATA / "doradash/doradash.db").read_bytes()
        subprocess.run(["flatpak", "--user", "uninstall", "-y", "--noninteractive", BUS_NAME], check=True, capture_output=True)
        self.assertEqual((DATA / "doradash/doradash.db").read_bytes(), before)
        self.addCleanup(subprocess.run, ["flatpak", "--user", "install", "-y", "--noninteractive", sys.argv[1]], check=True, capture_output=True)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
