#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The past, fetched step by step: the same in the end as if it had been fetched at once, and nothing twice that need not be."""

import json
import sqlite3
import sys
import unittest

from organization import Organization

PROGRAM = sys.argv.pop(1)
METRICS = ("deployment_frequency", "lead_time", "change_failure_rate", "recovery_time", "rework_rate")


class Backfill(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.organization = Organization(PROGRAM)
        cls.addClassCleanup(cls.organization.close)
        cls.organization.environment.update(DBUS_SESSION_BUS_ADDRESS="disabled:", DORADASH_PATIENCE="0.1")
        cls.whole = cls.make("whole.db", 366)

    @classmethod
    def make(cls, name, days):
        database = cls.organization.path(name)
        settings = cls.organization.write(f"{days}.json", {**cls.organization.settings, "history_days": days})
        for words in (("workspace", "import", settings), ("sync",)):
            done = cls.organization.run(database, *words)
            assert done.returncode == 0, done.stderr
        return database

    def run_program(self, database, *words, code=0, **more):
        done = self.organization.run(database, *words, **more)
        self.assertEqual(done.returncode, code, done.stderr)
        return done

    def history(self, database):
        return json.loads(self.run_program(database, "workspace", "export").stdout)["history_days"]

    def records(self, database, metric):
        rows = json.loads(self.run_program(database, "records", metric, "--period", "last-365-days", "--json").stdout)
        return sorted((row["kind"], row["id"], row["time"], str(row["value"]), row["counted"]) for row in rows)

    def fetched(self, database, source, step):
        base = sqlite3.connect(database)
        try:
            return base.execute("SELECT ifnull (sum (records), 0) FROM task WHERE source = ? AND step = ?", (source, step)).fetchone()[0]
        finally:
            base.close()

    def assert_same(self, database):
        for metric in METRICS:
            with self.subTest(metric):
                mine, whole = self.records(database, metric), self.records(self.whole, metric)
                self.assertGreater(len(whole), 20)
                self.assertEqual(mine, whole)

    def test_the_same_in_the_end(self):
        database = self.make("steps.db", 60)
        self.assertLess(len(self.records(database, "deployment_frequency")), len(self.records(self.whole, "deployment_frequency")))
        preview = self.run_program(database, "backfill", "--years", "1", "--dry-run")
        self.assertEqual(preview.stdout, "")
        self.assertRegex(preview.stderr, r"in 4 steps of 91 days\.\nAbout \d+ requests, and .+\.\n")
        self.assertEqual(self.history(database), 60)
        done = self.run_program(database, "backfill", "--years", "1")
        self.assertEqual(done.stderr.count("Step "), 4)
        self.assertEqual(self.history(database), 366)
        self.assert_same(database)
        once = self.fetched(self.whole, "github", "deployments")
        self.assertGreater(once, 0)
        # The lists are short here: a page is read again where two steps meet, but never all from the top.
        self.assertLessEqual(self.fetched(database, "github", "deployments"), 2 * once)
        again = self.run_program(database, "backfill", "--years", "1")
        self.assertIn("All of it is there", again.stderr)
        # What comes in from now on is found as ever.
        self.run_program(database, "sync")
        self.assert_same(database)

    def test_goes_on_where_it_stopped(self):
        database = self.make("stopped.db", 100)
        done = self.run_program(database, "backfill", "--years", "1", code=3, env={"LINEAR_API_KEY": "wrong"})
        self.assertIn("goes on from here", done.stderr)
        self.assertEqual(self.history(database), 100)
        self.run_program(database, "backfill", "--years", "1", "--quiet")
        self.assert_same(database)

    def test_wrong_usage(self):
        for words in ((), ("--years", "0"), ("--years", "21"), ("--years", "x"), ("--years", "1", "more")):
            self.assertEqual(len(self.run_program(self.whole, "backfill", *words, code=2).stderr.splitlines()), 1)


if __name__ == "__main__":
    unittest.main(verbosity=2)
