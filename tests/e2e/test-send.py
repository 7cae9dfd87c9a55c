#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What leaves the program: reports to Slack, words to a terminal or a pipe, and exit statuses."""

import contextlib
import json
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import unittest
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from organization import Organization

PROGRAM = sys.argv.pop(1)
SECRET = "T0SECRET/B0SECRET/s3cr3t"
BOT = "xoxb-s3cr3t"


class Slack:
    """Takes posts and files; answers a post with what `answers` holds, one after the other, and then "ok". "lost" is taken, and its
    answer is not given; so is "hang", whose sender waits for nothing. What is answered as a refusal was not taken."""

    def __init__(self):
        self.posts, self.answers, self.taken, self.files, self.refusals = [], [], [], [], {}
        self.hung = threading.Event()
        slack = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if not self.path.startswith("/services/"):
                    self.take_file(body)
                    return
                slack.posts.append(json.loads(body))
                answer = slack.answers.pop(0) if slack.answers else (200, "ok")
                if answer in ("lost", "hang") or answer[0] == 200:
                    slack.taken.append(slack.posts[-1])
                if answer == "hang":
                    slack.hung.wait(20)
                if answer in ("lost", "hang"):
                    self.close_connection = True
                    return
                self.answer(*answer)

            def take_file(self, body):
                """The three steps by which a file comes to a channel."""
                method = self.path.rpartition("/")[2]
                if method.startswith("F"):
                    slack.files[-1]["bytes"] = body
                    slack.files[-1]["told"] = self.headers["Authorization"]
                    self.answer(200, "OK")
                    return
                refusal = slack.refusals.get(method, "invalid_auth" if self.headers["Authorization"] != "Bearer " + BOT else None)
                if refusal == "lost":
                    slack.files[-1]["shared"] = json.loads(body)
                    self.close_connection = True
                elif refusal is not None:
                    self.answer(200, json.dumps({"ok": False, "error": refusal, "needed": "files:write"}))
                elif method == "files.getUploadURLExternal":
                    slack.files.append({"asked": urllib.parse.parse_qs(body.decode())})
                    name = f"F{len(slack.files)}"
                    self.answer(200, json.dumps({"ok": True, "upload_url": slack.base + "/upload/" + name, "file_id": name}))
                else:
                    slack.files[-1]["shared"] = json.loads(body)
                    self.answer(200, json.dumps({"ok": True, "files": []}))

            def answer(self, status, text, *headers):
                self.send_response(status)
                for name, value in headers:
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text.encode())

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.base = f"http://127.0.0.1:{self.server.server_port}"
        self.url = f"{self.base}/services/{SECRET}"
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
        cls.organization.environment.update(SLACK_WEBHOOK_URL=cls.slack.url, SLACK_BOT_TOKEN=BOT,
                                            SLACK_API_URL=cls.slack.base + "/api/", DBUS_SESSION_BUS_ADDRESS="disabled:", DORADASH_PATIENCE="0.1")
        cls.database = cls.organization.path("main.db")
        cls.settings = cls.organization.write("demo.json", cls.organization.settings)
        for words in (("workspace", "import", cls.settings), ("sync",)):
            done = cls.organization.run(cls.database, *words)
            assert done.returncode == 0, done.stderr

    def setUp(self):
        for what in (self.slack.posts, self.slack.answers, self.slack.taken, self.slack.files, self.slack.refusals):
            what.clear()

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
                ([(404, "channel_not_found")], 1, "channel", 1),
                ([(400, "invalid_payload")], 1, "does not understand", 1),
                ([(400, "user_not_found")], 1, "person", 1),
                ([(500, "oops")], 3, "may have posted", 1),
                ([(200, "<html>Sign in</html>")], 3, "not Slack", 1),
                (["lost"], 3, "did not confirm", 1),
                (["hang"], 3, "did not confirm", 1),
                ([(429, "rate_limited", ("Retry-After", "600"))], 1, "600 seconds", 1),
                ([(302, "", ("Location", "http://127.0.0.1:1/"))], 1, "", 1)):
            with self.subTest(answers):
                self.setUp()
                self.slack.answers.extend(answers)
                done = self.run_program("send", "--period", self.another_period(), code=code)
                self.assertIn(sentence, done.stderr)
                self.assertEqual(len(done.stderr.splitlines()), 1)
                self.assertEqual(len(self.slack.posts), posts)
                if code == 0:
                    self.assertEqual(len(self.slack.taken), 1)
                elif code == 1:
                    self.assertEqual(self.slack.taken, [])

    days = 10

    def another_period(self):
        """A report of its own for each, so that none is held back by another."""
        Send.days += 1
        return f"last-{Send.days}-days"

    def outcomes(self):
        with contextlib.closing(sqlite3.connect(self.database)) as database:
            return database.execute("SELECT part, outcome FROM send ORDER BY id").fetchall()

    def test_what_is_in_doubt_is_not_posted_again_unasked(self):
        for answer in ("lost", (500, "rollup_error"), (200, "<html>")):
            with self.subTest(answer):
                self.setUp()
                words = ("send", "--period", self.another_period())
                self.slack.answers.append(answer)
                self.assertIn("send --again", self.run_program(*words, code=3).stderr)
                for _ in range(2):
                    held = self.run_program(*words, code=3)
                    self.assertIn("Nothing was sent", held.stderr)
                    self.assertEqual(len(held.stderr.splitlines()), 1)
                self.assertEqual(len(self.slack.posts), 1)
                self.assertEqual(self.run_program(*words, "--again").stderr, "Posted to Slack.\n")
                self.assertEqual(len(self.slack.posts), 2)
                self.assertEqual(self.run_program(*words).stderr, "Posted to Slack.\n")

    def test_what_was_refused_may_be_sent_again(self):
        words = ("send", "--period", self.another_period())
        self.slack.answers.append((404, "no_service"))
        self.run_program(*words, code=1)
        self.run_program(*words)
        self.assertEqual(len(self.slack.taken), 1)
        self.assertEqual(self.outcomes()[-2:], [(0, 2), (0, 1)])

    def test_nobody_answers(self):
        """What was never handed over is tried again, and may be sent later."""
        words = ("send", "--period", self.another_period())
        done = self.run_program(*words, code=1, env={"SLACK_WEBHOOK_URL": "http://127.0.0.1:1/services/" + SECRET})
        self.assertIn("cannot be reached", done.stderr)
        self.assertEqual(self.outcomes()[-1], (0, 2))
        self.run_program(*words)

    def test_ended_while_it_was_on_its_way(self):
        for number in (signal.SIGINT, signal.SIGKILL):
            with self.subTest(number):
                self.setUp()
                words = ("send", "--period", self.another_period())
                self.slack.hung.clear()
                self.slack.answers.append("hang")
                with subprocess.Popen([PROGRAM, *words, "--database", self.database], env=self.organization.environment | {"DORADASH_PATIENCE": "1"},
                                      stderr=subprocess.PIPE, text=True) as process:
                    self.assertTrue(self.wait_for(lambda: self.slack.posts))
                    process.send_signal(number)
                    words_of_it = process.stderr.read()
                if number == signal.SIGINT:
                    self.assertIn("did not confirm", words_of_it)
                self.slack.hung.set()
                self.run_program(*words, code=3)
                self.assertEqual(len(self.slack.posts), 1)

    def wait_for(self, condition):
        end = time.monotonic() + 30
        while not condition() and time.monotonic() < end:
            time.sleep(0.01)
        return condition()

    def test_two_at_once(self):
        words = ("send", "--period", self.another_period(), "--database", self.database)
        self.slack.hung.clear()
        self.slack.answers.append("hang")
        with subprocess.Popen([PROGRAM, *words], env=self.organization.environment | {"DORADASH_PATIENCE": "1"},
                              stderr=subprocess.PIPE, text=True) as first:
            self.assertTrue(self.wait_for(lambda: self.slack.posts))
            done = self.organization.run(self.database, *words[:-2])
            self.assertEqual(done.returncode, 3, done.stderr)
            self.slack.hung.set()
            first.communicate()
        self.assertEqual(len(self.slack.posts), 1)

    def test_the_pdf(self):
        words = ("send", "--period", self.another_period(), "--pdf-to", "C0123456789")
        self.assertEqual(self.run_program(*words).stderr, "Posted to Slack, with the PDF.\n")
        self.assertEqual((len(self.slack.taken), len(self.slack.files)), (1, 1))
        file = self.slack.files[0]
        self.assertEqual(file["bytes"][:5], b"%PDF-")
        self.assertEqual(file["asked"]["length"], [str(len(file["bytes"]))])
        self.assertTrue(file["asked"]["filename"][0].endswith(".pdf"))
        self.assertIsNone(file["told"])
        self.assertEqual(file["shared"]["channel_id"], "C0123456789")
        self.assertEqual(file["shared"]["files"][0]["id"], "F1")
        self.assertEqual(self.outcomes()[-2:], [(0, 1), (1, 1)])

    def test_what_the_bot_lacks(self):
        """Where the file cannot even be handed over, nothing is posted."""
        for refusal, word in (("missing_scope", "files:write"), ("invalid_auth", "slack-bot"), ("brand_new_word", "brand_new_word")):
            with self.subTest(refusal):
                self.setUp()
                self.slack.refusals["files.getUploadURLExternal"] = refusal
                done = self.run_program("send", "--period", self.another_period(), "--pdf-to", "C1", code=1)
                self.assertIn(word, done.stderr)
                self.assertEqual(len(done.stderr.splitlines()), 1)
                self.assertEqual(self.slack.posts, [])
        self.setUp()
        done = self.run_program("send", "--pdf-to", "C1", code=1, env={"SLACK_BOT_TOKEN": "xoxb-other"})
        self.assertIn("slack-bot", done.stderr)
        self.assertEqual(self.slack.posts, [])

    def test_the_pdf_alone_is_refused_or_in_doubt(self):
        for refusal, word, code in (("not_in_channel", "invite", 1), ("channel_not_found", "no such channel", 1), ("lost", "did not confirm", 3)):
            with self.subTest(refusal):
                self.setUp()
                words = ("send", "--period", self.another_period(), "--pdf-to", "C1")
                self.slack.refusals["files.completeUploadExternal"] = refusal
                done = self.run_program(*words, code=code)
                self.assertIn("but not its PDF", done.stderr)
                self.assertIn(word, done.stderr)
                self.assertEqual(len(self.slack.taken), 1)
        self.slack.refusals.clear()
        self.run_program(*words, code=3)
        self.assertEqual(len(self.slack.taken), 1)
        self.run_program(*words, "--again")
        self.assertEqual(len(self.slack.taken), 1)
        self.assertEqual(len(self.slack.files), 2)

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
