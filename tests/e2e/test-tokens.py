#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tokens in a real keyring: set, checked, used, cleared, and never shown. To be run by tests/lib/with-keyring."""

import glob
import os
import subprocess
import sys
import unittest

from organization import Organization, TOKENS

PROGRAM = sys.argv.pop(1)


class Tokens(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.organization = Organization(PROGRAM)
        cls.addClassCleanup(cls.organization.close)
        # The keyring's own folders, and no tokens but its own.
        for name in TOKENS:
            cls.organization.environment.pop(name, None)
        cls.organization.environment["HOME"] = os.environ["HOME"]
        cls.database = cls.organization.path("tokens.db")
        cls.settings = cls.organization.write("demo.json", cls.organization.settings)
        cls.said = []

    def run_program(self, *words, code=0, **more):
        done = self.organization.run(self.database, *words, **more)
        self.said.append(done.stdout + done.stderr)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done

    def assert_hidden(self, *secrets):
        files = glob.glob(self.organization.path("**"), recursive=True)
        said = "".join(self.said).encode()
        for file in filter(os.path.isfile, files):
            with open(file, "rb") as content:
                said += content.read()
        for secret in secrets:
            self.assertNotIn(secret.encode(), said)

    def test_from_set_to_clear(self):
        good = self.organization.tokens["GITHUB_TOKEN"]
        self.run_program("workspace", "import", self.settings)
        done = self.run_program("sync", code=1)
        for name in ("github", "linear", "slab"):
            self.assertIn(f"“doradash token set {name}”", done.stderr)
        self.assertEqual(self.run_program("token", "check", code=1).stdout.count("token set"), 3)

        self.run_program("token", "set", "github", input="wrong-secret\n")
        done = self.run_program("sync", code=1)
        self.assertRegex(done.stderr, r"(?m)^GitHub: GitHub does not know this token")
        for name in ("github", "linear", "slab"):
            done = self.run_program("token", "set", name, input=f"  {good}\r\n")
            self.assertIn("is in the keyring", done.stderr)
        self.run_program("sync")
        self.assertEqual(self.run_program("sync", env={"GITHUB_TOKEN": "wrong-secret"}, code=3).stderr.count("does not know this token"), 1)
        for words in (("report",), ("report", "--json"), ("workspace", "export"), ("records", "lead_time"), ("health",)):
            self.run_program(*words)

        self.run_program("token", "clear", "linear")
        self.assertIn("“doradash token set linear”", self.run_program("sync", code=3).stderr)
        self.assert_hidden(good, "wrong-secret")

    def test_removed_with_its_workspace(self):
        self.run_program("workspace", "import", self.settings)
        self.run_program("token", "set", "github", input=self.organization.tokens["GITHUB_TOKEN"] + "\n")
        self.run_program("workspace", "remove", "Demo")
        self.run_program("workspace", "import", self.settings)
        self.assertIn("“doradash token set github”", self.run_program("sync", code=1).stderr)

    def test_what_cannot_be_set(self):
        self.run_program("workspace", "import", self.settings)
        for words, given, part in ((("set", "gihub"), "x\n", "github"), (("set", "github"), "", "no token was given"),
                                   (("set", "github"), " \n", "no token was given"), (("set",), "x\n", "set SOURCE"),
                                   (("set", "github", "secret-word"), "x\n", "set SOURCE")):
            with self.subTest(words):
                done = self.run_program("token", *words, input=given, code=2)
                self.assertIn(part, done.stderr)
        self.assert_hidden("secret-word")

    def test_nobody_sees_it_among_the_processes(self):
        self.run_program("workspace", "import", self.settings)
        process = self.organization.start(self.database, "token", "set", "github", stdin=subprocess.PIPE)
        with open(f"/proc/{process.pid}/cmdline", "rb") as arguments:
            self.assertNotIn(b"secret-word", arguments.read())
        process.communicate("secret-word\n")
        self.assertEqual(process.returncode, 0)


if __name__ == "__main__":
    unittest.main(verbosity=2)
