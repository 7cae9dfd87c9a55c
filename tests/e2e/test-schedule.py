#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Schedules: what they do, once for each time; their timers; and what is told of them."""

import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import time
import unittest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from organization import Organization

PROGRAM = sys.argv.pop(1)
DAY = 86400 * 1000000


class Slack:
    def __init__(self):
        self.posts, self.status = [], 200
        slack = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                slack.posts.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                self.send_response(slack.status)
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"ok")

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/services/T0/B0/secret"
        self.thread = Thread(target=self.server.serve_forever)
        self.thread.start()

    def close(self):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


class Schedule(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.organization = Organization(PROGRAM)
        cls.addClassCleanup(cls.organization.close)
        cls.slack = Slack()
        cls.addClassCleanup(cls.slack.close)
        cls.units = cls.organization.path("config/systemd/user")
        cls.organization.environment.update(
            SLACK_WEBHOOK_URL=cls.slack.url, DBUS_SESSION_BUS_ADDRESS="disabled:", DORADASH_PATIENCE="0.1",
            XDG_CONFIG_HOME=cls.organization.path("config"), PATH=cls.organization.path("bin") + ":" + os.environ["PATH"])
        # A systemd that only writes down what it is told.
        os.mkdir(cls.organization.path("bin"))
        cls.log = cls.organization.path("systemctl.log")
        with open(cls.organization.path("bin/systemctl"), "w", encoding="utf-8") as file:
            file.write(f'#!/bin/sh\necho "$@" >>{cls.log}\nexit "${{SYSTEMCTL_STATUS:-0}}"\n')
        os.chmod(cls.organization.path("bin/systemctl"), stat.S_IRWXU)

    def setUp(self):
        self.slack.posts.clear()
        self.slack.status = 200
        self.database = self.organization.path(self.id() + ".db")
        self.folder = self.organization.path(self.id() + " 100% “reports”")
        if os.path.exists(self.log):
            os.unlink(self.log)
        shutil.rmtree(self.units, ignore_errors=True)

    def run_program(self, *words, code=0, database=None, **more):
        done = self.organization.run(database or self.database, *words, **more)
        self.assertEqual(done.returncode, code, done.stderr)
        return done

    def set_up(self, *schedules, timezone="Europe/Berlin"):
        settings = {**self.organization.settings, "timezone": timezone, "schedules": list(schedules)}
        self.run_program("workspace", "import", self.organization.write("schedules.json", settings))

    def wait_since(self, identity, days):
        """As if the schedule had been waited for since so many days, and nobody had been there."""
        now = int(time.time() * 1000000)
        with sqlite3.connect(self.database) as base:
            base.execute("UPDATE schedule SET since = ?, handled = ? WHERE id = ?", (now - days * DAY, now - days * DAY, identity))
        base.close()

    def listed(self):
        return {row["id"]: row for row in json.loads(self.run_program("schedule", "list", "--json").stdout)["schedules"]}

    def activity(self):
        answer = json.loads(self.run_program("activity", "--json", "--window", "30d").stdout)
        return {row["id"]: row for row in answer["schedules"]}, answer

    def test_runs_once(self):
        self.set_up({"id": "weekly-report", "cron": "0 8 * * 1", "action": "run", "period": "weekly", "folder": self.folder})
        self.assertIn("Nothing is due", self.run_program("schedule", "run", "weekly-report").stderr)
        self.assertIsNone(self.listed()["weekly-report"]["last_run"])
        self.wait_since("weekly-report", 20)
        done = self.run_program("run", "weekly", "--schedule", "weekly-report")
        self.assertRegex(done.stdout, "^# ")
        self.assertIn("Posted to Slack.", done.stderr)
        self.assertEqual(len(self.slack.posts), 1)
        names = sorted(os.listdir(self.folder))
        self.assertEqual([name.rsplit(".", 1)[1] for name in names], ["md", "pdf"])
        self.assertRegex(names[0], r"^demo-weekly-\d{4}-\d\d-\d\d\.md$")
        with open(os.path.join(self.folder, names[0]), encoding="utf-8") as file:
            self.assertEqual(file.read(), done.stdout)
        with open(os.path.join(self.folder, names[1]), "rb") as file:
            self.assertEqual(file.read(5), b"%PDF-")
        for words in (("run", "weekly", "--schedule", "weekly-report"), ("schedule", "run", "weekly-report")):
            again = self.run_program(*words)
            self.assertEqual(again.stdout, "")
            self.assertIn("Nothing is due. Next: ", again.stderr)
        self.assertEqual(len(self.slack.posts), 1)
        row = self.listed()["weekly-report"]
        self.assertEqual(row["last_status"], "success")
        self.assertEqual(time.strptime(row["last_due"][:19], "%Y-%m-%dT%H:%M:%S")[3:7], (8, 0, 0, 0))
        self.assertEqual(row["next_run"][11:16], "08:00")
        told, answer = self.activity()
        told = told["weekly-report"]
        self.assertEqual((told["started"], told["succeeded"], told["failed"]), (1, 1, 0))
        # Of the Mondays of twenty days, those before the last had no run.
        self.assertGreaterEqual(told["missed"], 1)
        self.assertEqual((told["last_status"], told["next_run"]), ("success", row["next_run"]))
        run = next(run for run in answer["runs"] if run["name"] == "run")
        self.assertEqual((run["status"], run["tasks_failed"]), ("completed", 0))
        self.assertTrue({"report//report", "report/report", "slack/send"} & {task["id"] for task in run["tasks"]})
        self.assertTrue(any(task["id"].startswith("github") for task in run["tasks"]))

    def test_two_at_once(self):
        self.set_up({"id": "send", "cron": "0 8 * * *", "action": "send", "period": "weekly"})
        self.run_program("sync")
        self.wait_since("send", 9)
        both = [self.organization.start(self.database, "schedule", "run", "send") for _ in range(4)]
        ends = [process.communicate(timeout=120) + (process.returncode,) for process in both]
        self.assertEqual([end[2] for end in ends], [0] * 4, ends)
        self.assertEqual(sum("Posted to Slack." in end[1] for end in ends), 1)
        self.assertEqual(len(self.slack.posts), 1)

    def test_a_crash_is_not_repeated(self):
        self.set_up({"id": "nightly", "cron": "0 2 * * *", "action": "sync"})
        self.wait_since("nightly", 3)
        process = self.organization.start(self.database, "schedule", "run", "nightly")
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and not self.started():
            time.sleep(0.005)
        process.kill()
        process.communicate()
        row = self.listed()["nightly"]
        if row["last_status"] == "success":
            self.skipTest("it was too quick to be stopped")
        self.assertEqual(row["last_status"], "interrupted")
        self.assertIn("Nothing is due", self.run_program("schedule", "run", "nightly").stderr)

    def started(self):
        base = sqlite3.connect(self.database)
        try:
            return base.execute("SELECT count(*) FROM run WHERE schedule IS NOT NULL").fetchone()[0] > 0
        finally:
            base.close()

    def test_what_goes_wrong(self):
        blocked = self.organization.path("a file")
        with open(blocked, "w", encoding="utf-8"):
            pass
        self.set_up({"id": "saved", "cron": "0 8 * * *", "action": "report", "folder": blocked + "/reports"},
                    {"id": "sent", "cron": "0 9 * * *", "action": "send"})
        for identity in ("saved", "sent"):
            self.wait_since(identity, 2)
        done = self.run_program("schedule", "run", "saved", code=1)
        self.assertEqual(done.stdout, "")
        self.assertIn(blocked, done.stderr)
        self.slack.status = 404
        self.assertIn("webhook", self.run_program("schedule", "run", "sent", code=3).stderr)
        # It failed, and that was it.
        self.run_program("schedule", "run", "sent")
        self.assertEqual(len(self.slack.posts), 1)
        rows = self.listed()
        self.assertEqual({rows[identity]["last_status"] for identity in rows}, {"failed"})
        told, answer = self.activity()
        self.assertEqual(told["sent"]["failed"], 1)
        self.assertEqual({error["subsystem"] for error in answer["errors"]["by_subsystem"]}, {"report", "slack"})
        self.assertIn("did you mean “sent”", self.run_program("schedule", "run", "snet", code=1).stderr)

    def test_another_rule_is_not_made_up_for(self):
        rule = {"id": "daily", "cron": "0 8 * * *", "action": "report"}
        self.set_up(rule)
        self.wait_since("daily", 5)
        self.set_up({**rule, "cron": "0 9 * * *"})
        self.assertIn("Nothing is due", self.run_program("schedule", "run", "daily").stderr)
        self.wait_since("daily", 5)
        self.set_up()
        self.set_up({**rule, "cron": "0 9 * * *"})
        self.assertIn("Nothing is due", self.run_program("schedule", "run", "daily").stderr)

    def test_alerts_are_told_once(self):
        settings = {**self.organization.settings, "schedules": [{"id": "nightly", "cron": "0 2 * * *", "action": "sync"}],
                    "alerts": {"no_sync_days": 2, "failure_rate": 0.001, "tier_fell": True, "slack": True}}
        path = self.organization.write("alerts.json", settings)
        self.run_program("workspace", "import", path)
        self.assertEqual(json.loads(self.run_program("workspace", "export").stdout)["alerts"], settings["alerts"])
        self.run_program("sync")
        with sqlite3.connect(self.database) as base:
            base.execute("UPDATE source SET last_sync = last_sync - ? WHERE type = 'linear'", (5 * DAY,))
        base.close()
        done = self.run_program("schedule", "run", "nightly")
        self.assertIn("Alert: Linear has not synced for 5 days.", done.stderr)
        alerts = [line for line in done.stderr.splitlines() if line.startswith("Alert: ")]
        self.assertEqual(len(self.slack.posts), 1)
        for line in alerts:
            self.assertIn(line[len("Alert: "):-1], self.slack.posts[0]["blocks"][1]["text"]["text"])
        self.assertNotIn("Alert", self.run_program("schedule", "run", "nightly").stderr)
        self.assertEqual(len(self.slack.posts), 1)
        # Off unless asked for.
        self.set_up({"id": "nightly", "cron": "0 2 * * *", "action": "sync"})
        self.assertNotIn("alerts", json.loads(self.run_program("workspace", "export").stdout))
        settings["alerts"] = {"tier_fel": True}
        self.assertIn("tier_fell", self.run_program("workspace", "import", self.organization.write("alerts.json", settings), code=1).stderr)

    def test_late_reports_are_of_their_own_week(self):
        """A report that was due before the week ended is of the week before that, whenever it is made."""
        self.set_up({"id": "sunday", "cron": "0 22 * * 0", "action": "report", "period": "weekly", "folder": self.folder}, timezone="UTC")
        self.wait_since("sunday", 8)
        self.run_program("schedule", "run", "sunday")
        due = time.strptime(self.listed()["sunday"]["last_due"][:10], "%Y-%m-%d")
        start = time.strftime("%Y-%m-%d", time.gmtime(time.mktime(due) - time.timezone - 13 * 86400))
        self.assertIn(f"demo-weekly-{start}.pdf", os.listdir(self.folder))

    def test_timers(self):
        schedules = [{"id": "weekly-report", "cron": "30 2 * * 1", "action": "run", "period": "weekly", "folder": self.folder},
                     {"id": "5 $HOME %h \"quoted\" \\ ünicode", "cron": "*/10 9-17 13 * 5", "action": "sync"}]
        self.set_up(*schedules)
        self.run_program("schedule", "install")
        first = self.read_units()
        self.assertEqual(len(first), 4)
        for name in first:
            self.assertRegex(name, r"^doradash-demo-[a-z0-9-]+\.(timer|service)$")
        with open(self.log, encoding="utf-8") as file:
            calls = file.read().splitlines()
        self.assertEqual([call.split()[2] for call in calls], ["daemon-reload", "enable", "restart"])
        self.assertEqual({row["installed"] for row in self.listed().values()}, {True})
        weekly = next(text for name, text in first.items() if "weekly-report" in name and name.endswith("timer"))
        self.assertIn("OnCalendar=Mon *-*-* 02:30:00 Europe/Berlin\n", weekly)
        self.assertIn("Persistent=true", weekly)
        service = next(text for name, text in first.items() if "weekly-report" in name and name.endswith("service"))
        self.assertIn(f'"{os.path.realpath(PROGRAM)}" run weekly --schedule "weekly-report" --workspace "Demo" --database "{self.database}"', service)
        self.assertIn("ProtectSystem=strict", service)
        self.assertTrue(os.path.isdir(self.folder))
        other = next(text for name, text in first.items() if "weekly-report" not in name and name.endswith("timer"))
        # Where both days are given, either will do.
        self.assertEqual(sum(line.startswith("OnCalendar=") for line in other.splitlines()), 2)
        self.verify(first)
        self.run_program("schedule", "install")
        self.assertEqual(self.read_units(), first)
        self.set_up(schedules[0])
        self.run_program("schedule", "install")
        self.assertEqual(len(self.read_units()), 2)
        mine = os.path.join(self.units, "doradash-mine.timer")
        with open(mine, "w", encoding="utf-8") as file:
            file.write("[Timer]\nOnCalendar=daily\n")
        # The same workspace in another database is another's.
        elsewhere = self.organization.path("elsewhere.db")
        self.run_program("workspace", "import", self.organization.path("schedules.json"), database=elsewhere)
        self.run_program("schedule", "install", database=elsewhere)
        self.assertEqual(len(self.read_units()), 5)
        self.run_program("schedule", "remove")
        self.assertEqual(len(self.read_units()), 3)
        self.run_program("schedule", "remove", "--workspace", "Demo", database=elsewhere)
        self.assertEqual(list(self.read_units()), ["doradash-mine.timer"])
        self.run_program("schedule", "remove")

    def test_without_systemd(self):
        self.set_up({"id": "daily", "cron": "0 8 * * *", "action": "sync"})
        done = self.run_program("schedule", "install", "--quiet", env={"SYSTEMCTL_STATUS": "1"})
        self.assertIn("no systemd", done.stderr)
        self.assertEqual(len(done.stderr.splitlines()), 1)
        self.assertEqual(len(self.read_units()), 2)

    def read_units(self):
        units = {}
        for name in sorted(os.listdir(self.units)):
            with open(os.path.join(self.units, name), encoding="utf-8") as file:
                units[name] = file.read()
        return units

    def verify(self, units):
        """As systemd reads them, where there is one."""
        tool = shutil.which("systemd-analyze")
        if tool is None:
            return
        done = subprocess.run([tool, "--user", "--man=no", "verify", *(os.path.join(self.units, name) for name in units)], text=True,
                              capture_output=True, check=False, env={**self.organization.environment, "XDG_RUNTIME_DIR": self.organization.folder})
        complaints = [line for line in done.stderr.splitlines() if "doradash-" in line]
        self.assertEqual(complaints, [], done.stderr)

    def test_wrong_usage(self):
        self.set_up()
        for words in (("schedule",), ("schedule", "lst"), ("schedule", "run"), ("schedule", "list", "x")):
            self.assertIn("run ID", self.run_program(*words, code=2).stderr)
        self.assertIn("no schedules", self.run_program("schedule", "list").stdout)
        self.assertIn("no schedules", self.run_program("schedule", "install").stderr)


if __name__ == "__main__":
    unittest.main(verbosity=2)
