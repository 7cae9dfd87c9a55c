#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What leaves the program: reports to Slack, words to a terminal or a pipe, and exit statuses."""

import json
import subprocess
import sys
import threading
import unittest
from http.server import BaseHTTPRequestHandler, HTTPServer

from organization import Organization

PROGRAM = sys.argv.pop(1)
SECRET = "T0SECRET/B0SECRET/s3cr3t"


class Slack:
    """Takes posts; answers with what `answers` holds, one after the other, and then "ok"."""

    def __init__(self):
        self.posts, self.answers = [], []
        slack = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                slack.posts.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                status, text, *headers = slack.answers.pop(0) if slack.answers else (200, "ok")
                self.send_response(status)
                for name, value in headers:
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text.encode())

            def log_message(self, *_):
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/services/{SECRET}"
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()

    def close(self):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


class Send(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.organization = Organization(PROGRAM)
        cls.addClassCleanup(cls.organization.close)
        cls.slack = Slack()
        cls.addClassCleanup(cls.slack.close)
        # No keyring: what this test does must not depend on whose machine it is.
        cls.organization.environment.update(SLACK_WEBHOOK_URL=cls.slack.url, DBUS_SESSION_BUS_ADDRESS="disabled:", DORADASH_PATIENCE="0.1")
        cls.database = cls.organization.path("main.db")
        cls.settings = cls.organization.write("demo.json", cls.organization.settings)
        for words in (("workspace", "import", cls.settings), ("sync",)):
            done = cls.organization.run(cls.database, *words)
            assert done.returncode == 0, done.stderr

    def setUp(self):
        self.slack.posts.clear()
        self.slack.answers.clear()

    def run_program(self, *words, code=0, database=None, **more):
        done = self.organization.run(database or self.database, *words, **more)
        self.assertEqual(done.returncode, code, done.stderr)
        for secret in (SECRET, "s3cr3t", *self.organization.tokens.values()):
            self.assertNotIn(secret, done.stdout + done.stderr)
        return done

    def test_send_posts_what_a_dry_run_shows(self):
        shown = json.loads(self.run_program("send", "--period", "monthly", "--dry-run").stdout)
        self.assertEqual(self.slack.posts, [])
        done = self.run_program("send", "--period", "monthly")
        self.assertEqual((done.stdout, done.stderr), ("", "Posted to Slack.\n"))
        self.assertEqual(len(self.slack.posts), 1)
        self.assertEqual([block["type"] for block in self.slack.posts[0]["blocks"]], [block["type"] for block in shown["blocks"]])
        self.assertTrue(self.slack.posts[0]["text"])
        self.assertEqual(self.run_program("send", "--quiet").stderr, "")

    def test_what_slack_answers(self):
        for answers, code, sentence, posts in (
                ([(429, "rate_limited", ("Retry-After", "0"))], 0, "Posted to Slack.", 2),
                ([(404, "no_service")], 1, "token set slack", 1),
                ([(403, "action_prohibited")], 1, "administrator", 1),
                ([(400, "invalid_blocks")], 1, "does not understand", 1),
                ([(410, "channel_is_archived")], 1, "archived", 1),
                ([(500, "oops")], 1, "may have posted", 1),
                ([(200, "<html>Sign in</html>")], 1, "not Slack", 1),
                ([(302, "", ("Location", "http://127.0.0.1:1/"))], 1, "", 1)):
            with self.subTest(answers):
                self.setUp()
                self.slack.answers.extend(answers)
                done = self.run_program("send", code=code)
                self.assertIn(sentence, done.stderr)
                self.assertEqual(len(done.stderr.splitlines()), 1)
                self.assertEqual(len(self.slack.posts), posts)

    def test_send_without_a_webhook(self):
        for env in ({"SLACK_WEBHOOK_URL": "https://example.com/" + SECRET},
                    {"SLACK_WEBHOOK_URL": "http://example.com/" + SECRET}, {"SLACK_WEBHOOK_URL": "no url " + SECRET}):
            with self.subTest(env):
                done = self.run_program("send", code=1, env=env)
                self.assertIn("token set slack", done.stderr)
        self.assertIn("keyring", self.run_program("send", code=1, without=("SLACK_WEBHOOK_URL",)).stderr)
        self.assertEqual(self.slack.posts, [])

    def test_run_syncs_reports_and_sends(self):
        done = self.run_program("run", "monthly")
        self.assertRegex(done.stdout, r"^# ")
        self.assertIn("| Lead time for changes |", done.stdout)
        self.assertIn("GitHub: ", done.stderr)
        self.assertEqual(len(self.slack.posts), 1)
        self.assertEqual(self.run_program("run", "weekly", "--quiet").stderr, "")

    def test_run_done_in_part(self):
        self.slack.answers.append((404, "no_service"))
        done = self.run_program("run", code=3)
        self.assertRegex(done.stdout, r"^# ")
        self.assertIn("Slack does not know this webhook any more", done.stderr)
        done = self.run_program("run", code=3, env={"LINEAR_API_KEY": "wrong"})
        self.assertRegex(done.stdout, r"^# ")
        self.assertRegex(done.stderr, r"(?m)^Linear: .*token")
        self.assertEqual(len(self.slack.posts), 2)
        nothing = {name: "wrong" for name in self.organization.tokens}
        self.assertEqual(self.run_program("run", code=1, env=nothing).stdout, "")
        self.assertEqual(len(self.slack.posts), 2)

    def test_since(self):
        database = self.organization.path("since.db")
        report = json.loads(self.run_program("report", "--json").stdout)
        day = report["trend"][-4]["start"][:10]
        self.run_program("workspace", "import", self.settings, database=database)
        self.run_program("sync", "--since", day, database=database)
        words = ("records", "deployment_frequency", "--period", "last-365-days", "--json")
        times, whole = self.times(database, *words), self.times(self.database, *words)
        self.assertGreaterEqual(min(times)[:10], day)
        self.assertEqual(len(times), sum(time[:10] >= day for time in whole))
        self.run_program("sync", "--full", database=database)
        self.assertEqual(self.times(database, *words), whole)
        for date in ("yesterday", "2026-02-30", "", "2026-01-01T00:00:00Z"):
            self.assertIn("2026-01-31", self.run_program("sync", "--since", date, code=2).stderr)

    def times(self, database, *words):
        """Tags come as a whole list, however old."""
        rows = json.loads(self.run_program(*words, database=database).stdout)
        return sorted(row["time"] for row in rows if not row["id"].startswith("tag:"))

    def test_team(self):
        whole = json.loads(self.run_program("report", "--json", "--period", "last-90-days").stdout)
        for team in whole["teams"]:
            with self.subTest(team["name"]):
                own = json.loads(self.run_program("report", "--json", "--period", "last-90-days", "--team", team["name"]).stdout)
                for metric, value in team["metrics"].items():
                    self.assertEqual(own["metrics"][metric], value)
        done = self.run_program("report", "--team", "Paymnets", code=1)
        self.assertIn("“Payments”", done.stderr)

    def test_wrong_usage(self):
        for words, part in ((("sycn",), "“sync”"), (("run", "weakly"), "weekly"), (("run", "a", "b"), "weekly"),
                            (("records", "lead_tme"), "lead_time"), (("records",), "lead_time"), (("sync", "now"), "--help"),
                            (("report", "--perod", "weekly"), "--help"), (("report", "--period", "2026-02-01..2026-01-01"), "ends before"),
                            (("token",), "check"), (("workspace", "imprt"), "import"), (("import", "deploys", "x"), "deployments"),
                            (("--json",), "--help")):
            with self.subTest(words):
                done = self.run_program(*words, code=2)
                self.assertEqual(done.stdout, "")
                self.assertEqual(len(done.stderr.splitlines()), 1)
                self.assertIn(part, done.stderr)

    def test_failures_end_with_1(self):
        for words, part in ((("report", "--repo", "shpo"), "shop"), (("report", "--workspace", "Dmeo"), "Demo"),
                            (("workspace", "import", "/nowhere.json"), "/nowhere.json"),
                            (("report", "--output", "/nowhere/report.md"), "/nowhere/report.md")):
            with self.subTest(words):
                done = self.run_program(*words, code=1)
                self.assertEqual(len(done.stderr.splitlines()), 1)
                self.assertIn(part, done.stderr)

    def test_a_full_disk(self):
        with open("/dev/full", "w", encoding="utf-8") as full:
            done = subprocess.run([PROGRAM, "report", "--database", self.database], stdout=full, stderr=subprocess.PIPE, text=True,
                                  check=False, env=self.organization.environment)
        self.assertEqual(done.returncode, 1)
        self.assertIn("disk full", done.stderr)

    def test_plain_words_where_nothing_else_is_understood(self):
        for words, code in ((("report",), 0), (("records", "lead_time"), 0), (("health",), 0), (("report", "--repo", "shpo"), 1),
                            (("sync",), 0), (("report", "--period", "weakly"), 2), (("send",), 0)):
            for locale in ("C", "POSIX"):
                with self.subTest(words, locale=locale):
                    done = self.run_program(*words, code=code, env={"LC_ALL": locale})
                    self.assertTrue((done.stdout + done.stderr).isascii(), [c for c in done.stdout + done.stderr if ord(c) > 127][:9])
            with self.subTest(words, locale="C.UTF-8"):
                done = self.run_program(*words, code=code)
                self.assertNotIn("\033", done.stdout + done.stderr)


if __name__ == "__main__":
    unittest.main(verbosity=2)
