#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever a service does: a retry or one clear sentence, and the next sync completes the data."""

import csv
import gzip
import io
import json
import os
import re
import shutil
import signal
import sqlite3
import sys
import threading
import unittest
import zlib

from organization import Organization, Proxy

PROGRAM = sys.argv.pop(1)

# Waiting for an answer: 0.6 s, for a limit: 2.4 s at the longest.
IMPATIENT = {"DORADASH_PATIENCE": "0.02"}

MEGABYTE = 1024 * 1024
MARKUP = "<b>&amp;</b> | `x` *y* _z_ [a](b) \u202e\u05d0\u05d1 \u0007\u001b[31m \r\n\t \"'=1+1 <!channel> \U0001f600"


# ---- what can go wrong with an answer; each takes the proxy's handler ----

def status(code, text='{"message": "Something is wrong"}', **headers):
    return lambda handler: handler.answer(code, text, **headers)


def hostile(handler):
    handler.answer(200, json.dumps({"errors": [{"message": MARKUP + handler.headers["Authorization"]}]}))


def html(handler):
    handler.answer(200, "<!DOCTYPE html><html><title>Sign in</title></html>", "text/html")


def truncated(handler):
    handler.answer(200, '{"data": {"repository": {"deployments": {"nodes": [{"id": "DE_')


def cut(handler):
    handler.drop()


def cut_within(handler):
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"data": ')
    handler.drop()


def silent(handler):
    # Until the program hangs up.
    handler.close_connection = True
    handler.connection.recv(1)


def endless(handler):
    handler.close_connection = True
    handler.send_response(200)
    handler.end_headers()
    handler.connection.settimeout(0.1)
    while True:
        handler.wfile.write(b" ")
        try:
            if handler.connection.recv(1) == b"":
                return
        except TimeoutError:
            pass


def huge(handler):
    handler.close_connection = True
    handler.send_response(200)
    handler.send_header("Content-Length", str(1024 * MEGABYTE))
    handler.end_headers()
    for _ in range(1024):
        handler.wfile.write(b" " * MEGABYTE)


PACKED = gzip.compress(b" " * 64 * MEGABYTE, 1) * 16


def huge_unpacked(handler):
    handler.answer(200, PACKED, Content_Encoding="gzip")


SECONDARY = '{"message": "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."}'
LIMIT = r"^GitHub: GitHub’s limit is reached until .*; what was fetched is kept"

# Name, what happens, how often (0: always), and what the user is told where trying again does not help.
FAULTS = (
    ("429", status(429, Retry_After="0"), 2, None),
    ("429-long", status(429, Retry_After="3600"), 0, LIMIT),
    ("secondary", status(403, SECONDARY, Retry_After="0"), 2, None),
    ("secondary-long", status(403, SECONDARY), 0, LIMIT),
    ("500", status(500), 2, None),
    ("500-always", status(500), 0, r"^GitHub: GitHub is in trouble \(HTTP 500\)"),
    ("502-in-a-row", status(502, "<html>Bad gateway</html>"), 4, None),
    ("502-always", status(502, "<html>Bad gateway</html>"), 0, r"^GitHub: GitHub .*\(HTTP 502\)"),
    ("cut", cut, 2, None),
    ("cut-always", cut, 0, r"^GitHub: GitHub cannot be reached"),
    ("cut-within", cut_within, 2, None),
    ("cut-within-always", cut_within, 0, r"^GitHub: A reply of GitHub was cut off"),
    ("truncated", truncated, 2, None),
    ("truncated-always", truncated, 0, r"^GitHub: GitHub answered something that is no data"),
    ("html", html, 2, None),
    ("html-always", html, 0, r"^GitHub: GitHub answered something that is no data"),
    ("hostile-always", hostile, 0, r"^GitHub: GitHub could not answer; try again later. It says: [ -~\u05d0\u05d1\u2026\U0001f600]*$"),
    ("silent", silent, 1, None),
    ("silent-always", silent, 0, r"^GitHub: GitHub did not answer for 1 second"),
    ("endless", endless, 0, r"^GitHub: A reply of GitHub did not end within 3 seconds"),
    ("huge", huge, 0, r"^GitHub: GitHub sent more than 32"),
    ("huge-unpacked", huge_unpacked, 0, r"^GitHub: GitHub sent more than 32"),
)


def changed(value, leaf, key=None):
    """A document with `leaf (key, value)` in the place of each value that holds no others."""
    if isinstance(value, dict):
        return {name: changed(inner, leaf, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [changed(inner, leaf, key) for inner in value]
    return leaf(key, value)


class Faults(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.organization = Organization(PROGRAM)
        cls.addClassCleanup(cls.organization.close)
        cls.proxy = Proxy(cls.organization)
        cls.addClassCleanup(cls.proxy.close)
        cls.fresh = cls.organization.path("fresh.db")
        settings = cls.organization.write("demo.json", cls.proxy.settings())
        cls.must(cls.organization.run(cls.fresh, "workspace", "import", settings))
        cls.whole = cls.copy(cls.fresh, "whole.db")
        cls.must(cls.organization.run(cls.whole, "sync"))
        cls.count = cls.proxy.requests

    def setUp(self):
        self.proxy.forget()

    @staticmethod
    def must(done):
        assert done.returncode == 0, done.stderr
        return done

    @classmethod
    def copy(cls, database, name):
        shutil.copy(database, cls.organization.path(name))
        return cls.organization.path(name)

    def numbers(self, database):
        """All that a report says but when it was made."""
        report = json.loads(self.must(self.organization.run(database, "report", "--period", "last-90-days", "--format", "json")).stdout)
        del report["generated_at"]
        for source in report["sources"]:
            del source["last_sync"]
        return report

    def assert_sound(self, database):
        connection = sqlite3.connect(database)
        self.assertEqual(connection.execute("PRAGMA integrity_check").fetchall(), [("ok",)])
        self.assertEqual(connection.execute("PRAGMA foreign_key_check").fetchall(), [])
        connection.close()

    def assert_completes(self, database, *words):
        """The next sync, which nothing disturbs, reaches what one that was never disturbed did."""
        self.proxy.forget()
        self.assert_sound(database)
        done = self.organization.run(database, "sync", *words)
        self.assertEqual((done.returncode, done.stdout), (0, ""), done.stderr)
        self.assertEqual(self.numbers(database), self.numbers(self.whole))

    def assert_told(self, done, sentence):
        """One line for each source, and what failed says so in a sentence."""
        lines = done.stderr.splitlines()
        self.assertEqual([line.split(":")[0] for line in lines], ["GitHub", "Linear", "Slab"], done.stderr)
        self.assertRegex(lines[0], sentence)
        for token in self.organization.tokens.values():
            self.assertNotIn(token, done.stderr)

    def disturb(self, fault, times, after):
        """From request `after` to GitHub on, so many times."""
        seen = []

        def interfere(_number, path, _body, handler):
            if not path.startswith("/github"):
                return False
            seen.append(path)
            if len(seen) <= after or times and len(seen) > after + times:
                return False
            fault(handler)
            return True
        self.proxy.interfere = interfere

    def test_what_comes_in_place_of_an_answer(self):
        for name, fault, times, sentence in FAULTS:
            # At the first question, in the midst of the pages, and near the end where each one takes its time.
            for after in (60,) if times else (0, self.count - 12) if fault in (silent, endless) else (0, 60):
                with self.subTest(name, after=after):
                    self.disturb(fault, times, after)
                    database = self.copy(self.fresh, "faults.db")
                    done = self.organization.run(database, "sync", env=IMPATIENT)
                    self.assertEqual(done.returncode, 3 if sentence else 0, done.stderr)
                    if sentence:
                        self.assert_told(done, sentence)
                    self.assert_completes(database)

    def test_all_sources_failed(self):
        def interfere(_number, _path, _body, handler):
            handler.answer(500, "{}")
            return True
        self.proxy.interfere = interfere
        database = self.copy(self.fresh, "all.db")
        done = self.organization.run(database, "sync", env=IMPATIENT)
        self.assertEqual(done.returncode, 1)
        self.assertEqual(len(done.stderr.splitlines()), 3, done.stderr)
        self.assert_completes(database)

    def test_a_gigabyte_takes_no_memory(self):
        def peak_of(fault):
            if fault:
                self.disturb(fault, 0, 0)
            process = self.organization.start(self.copy(self.fresh, "memory.db"), "sync", env=IMPATIENT)
            with process.stdout, process.stderr:
                process.stderr.read()
                _, code, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(code)
            self.assertEqual(process.returncode, 3 if fault else 0)
            return usage.ru_maxrss * 1024
        usual = peak_of(None)
        for fault in (huge, huge_unpacked):
            with self.subTest(fault.__name__):
                self.assertLess(peak_of(fault), usual + 8 * 2 * 64 * MEGABYTE)

    # ---- answers that are whole, and hold what nobody expects ----

    def test_what_comes_in_an_answer(self):
        documents = {
            "unknown words": lambda path, document: changed(document, self.unknown_word),
            "nulls": lambda path, document: changed(document, lambda key, value: None),
            "no last page": lambda path, document: changed(document, lambda key, value: value if key != "hasNextPage" else True),
            "other types": lambda path, document: changed(document, lambda key, value: [value] if isinstance(value, str) else "1"),
            "empty objects": lambda path, document: {"data": {key: {} for key in document["data"]}},
            "null data": lambda path, document: {"data": None},
            "null": lambda path, document: None,
            "a list": lambda path, document: [document],
            "empty": lambda path, document: {},
        }
        for name, change in documents.items():
            with self.subTest(name):
                self.proxy.change = change
                database = self.copy(self.fresh, "answers.db")
                done = self.organization.run(database, "sync", env=IMPATIENT)
                self.assertIn(done.returncode, (0, 1, 3), done.stderr)
                for line in done.stderr.splitlines():
                    self.assertRegex(line, r"^(GitHub|Linear|Slab): (.*\.|\d+ records? \(requests: \d+\))$")
                self.must(self.organization.run(database, "report"))
                self.assert_completes(database)

    def test_nulls_here_and_there(self):
        """Who cannot know that a null is wrong takes it for true; fetching all again puts it right."""
        for rest in range(3):
            with self.subTest(rest):
                def leaf(key, value):
                    # Not where it says which repositories there are, and whether there are more pages.
                    chosen = zlib.crc32(f"{key} {value}".encode()) % 61 == rest
                    return None if chosen and key not in ("name", "hasNextPage", "endCursor") else value
                self.proxy.change = lambda path, document: changed(document, leaf)
                database = self.copy(self.fresh, "nulls.db")
                done = self.organization.run(database, "sync", env=IMPATIENT)
                self.assertIn(done.returncode, (0, 1, 3), done.stderr)
                self.must(self.organization.run(database, "report"))
                self.assert_completes(database, "--full")

    @staticmethod
    def unknown_word(key, value):
        return "SOMETHING_NEW" if isinstance(value, str) and re.fullmatch(r"[A-Z]+(_[A-Z]+)*", value) else value

    def test_large_ids_and_hostile_titles_change_no_number(self):
        def change(key, value):
            if key in ("databaseId", "number") and isinstance(value, int):
                return value + 2 ** 40
            if key in ("title", "login", "description", "displayName"):
                return f"{value} {MARKUP}" if isinstance(value, str) else value
            return value
        self.proxy.change = lambda path, document: changed(document, change)
        database = self.copy(self.fresh, "hostile.db")
        self.must(self.organization.run(database, "sync"))
        wanted, got = self.numbers(self.whole), self.numbers(database)
        for key in ("metrics", "repositories", "teams", "trend"):
            self.assertEqual(got[key], wanted[key])
        for words in (("report",), ("report", "--format", "markdown"), ("records", "lead_time"), ("records", "recovery_time")):
            text = self.must(self.organization.run(database, *words, "--period", "last-90-days")).stdout
            self.assertNotRegex(text, "[\\0-\\x08\\x0b-\\x1f\u202e]", words)
        rows = list(csv.DictReader(io.StringIO(self.must(self.organization.run(
            database, "records", "lead_time", "--period", "last-90-days", "--format", "csv")).stdout)))
        listed = json.loads(self.must(self.organization.run(database, "records", "lead_time", "--period", "last-90-days", "--json")).stdout)
        self.assertEqual(len(rows), len(listed))
        self.assertTrue(any("\u05d0" in row["title"] for row in rows))
        slack = self.must(self.organization.run(database, "report", "--period", "last-90-days", "--format", "slack")).stdout
        self.assertNotIn("<!channel>", slack)
        self.assert_completes(database)

    # ---- stopped at any moment ----

    def stop_at(self, moment, number, times=1):
        """Sends the signal when the program has asked for so much; returns how it ended."""
        database = self.copy(self.fresh, f"stopped-{moment}.db")
        self.proxy.forget()
        ready = threading.Event()

        def interfere(count, _path, _body, _handler):
            if count == moment:
                ready.wait()
                for _ in range(times):
                    process.send_signal(number)
            return False
        self.proxy.interfere = interfere
        process = self.organization.start(database, "sync")
        ready.set()
        with process:
            error = process.stderr.read()
        return database, process.returncode, error

    def test_killed_at_any_moment(self):
        for moment in (1, 2, 3, 4, 8, 20, 60, 100, 140, self.count - 2, self.count):
            with self.subTest(moment):
                database, code, error = self.stop_at(moment, signal.SIGKILL)
                self.assertEqual((code, error), (-signal.SIGKILL, ""))
                self.assert_completes(database)

    def test_interrupted_at_any_moment(self):
        # Not at the last one: the answer may overtake the signal, and then there is nothing left to stop.
        for moment in (1, 3, 8, 60, 140, self.count - 30):
            with self.subTest(moment):
                database, code, error = self.stop_at(moment, signal.SIGINT)
                self.assertEqual(code, 3, error)
                self.assertIn("Stopped. What was fetched is kept; the next sync goes on from there.", error)
                self.assertRegex(error, r"(?m)^GitHub: stopped after \d+ records$")
                self.assert_completes(database)


if __name__ == "__main__":
    unittest.main(verbosity=2)
