#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`doradash activity` and `doradash events` as a user runs them."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import unittest

PROGRAM = sys.argv.pop(1)
NOON = "2026-11-20T12:00:00Z"


def line(event, at, run="run-1", **more):
    return json.dumps({"timestamp": f"2026-11-20T{at}Z", "event": event, "dag_name": "nightly", "dag_run_id": run, **more})


LOG = [
    line("dag_start", "10:00:00", tenant="acme", task_count=2),
    line("task_start", "10:00:01", task_id="a", workflow_ref="flows/a.yaml"),
    line("task_ok", "10:00:05", task_id="a", attempt=1),
    line("task_start", "10:00:05", task_id="b", workflow_ref="flows/b.yaml"),
    line("task_retry", "10:00:06", task_id="b", attempt=1, error="no route"),
    line("task_ok", "10:00:15", task_id="b", attempt=2),
    line("dag_done", "10:00:16", tenant="acme", tasks_succeeded=2, tasks_failed=0, duration_seconds=16),
    line("dag_start", "10:30:00", run="run-2", tenant="acme", task_count=1),
    line("task_start", "10:30:01", run="run-2", task_id="a"),
    line("task_fail", "10:30:02", run="run-2", task_id="a", error="boom"),
]


class Activity(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.environment = {**os.environ, "LC_ALL": "C.UTF-8", "XDG_DATA_HOME": self.folder.name, "HOME": self.folder.name}
        for name in ("GITHUB_ORG", "GITHUB_REPOS", "ORCH_EVENTS_PATH", "STATE_STORE_PATH"):
            self.environment.pop(name, None)
        self.database = self.path("test.db")

    def tearDown(self):
        self.folder.cleanup()

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def write(self, name, lines):
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write("".join(f"{text}\n" for text in lines))
        return self.path(name)

    def run_program(self, *words, status=0):
        done = subprocess.run([PROGRAM, *words, "--database", self.database], capture_output=True, text=True, timeout=120, check=False,
                              env=self.environment)
        self.assertEqual(done.returncode, status, done.stderr)
        return done

    def activity(self, *words):
        return json.loads(self.run_program("activity", "--json", "--until", NOON, *words).stdout)

    def test_empty_states_say_what_to_do(self):
        text = self.run_program("activity").stdout
        self.assertIn("No runs yet", text)
        self.assertIn("doradash sync", text)
        empty = self.activity()
        self.assertEqual(empty["tasks"]["started"], 0)
        self.assertIsNone(empty["tasks"]["mean_seconds"])
        self.assertEqual(empty["activation"], {"activated": 0, "total_workspaces": 0, "rate": 0.0})
        self.assertEqual(empty["engagement"], {"enabled": False, "sessions": 0, "by_type": []})

    def test_log(self):
        path = self.write("log.jsonl", [*LOG[::-1], "{broken", json.dumps({"event": "brand_new", "answer": 42})])
        done = self.run_program("events", "import", path)
        self.assertIn("11 events, 11 of them new", done.stderr)
        self.assertIn("line 11", done.stderr)
        self.assertIn("0 of them new", self.run_program("events", "import", path).stderr)
        activity = self.activity()
        tasks = activity["tasks"]
        self.assertEqual([tasks[key] for key in ("started", "succeeded", "failed", "retried")], [3, 2, 1, 1])
        self.assertAlmostEqual(tasks["mean_seconds"], 5)
        self.assertAlmostEqual(tasks["error_rate"], 1 / 3)
        self.assertEqual([(run["id"], run["status"]) for run in activity["runs"]], [("run-2", "failed"), ("run-1", "completed")])
        self.assertEqual([task["attempts"] for task in activity["runs"][1]["tasks"]], [1, 2])
        self.assertEqual(activity["runs"][0]["tasks"][0]["error"], "boom")
        self.assertEqual(activity["load"][0]["workspace"], "acme")
        self.assertEqual(activity["load"][0]["runs"], 2)
        self.assertEqual(self.activity("--window", "1h")["runs"], [])

    def test_report_that_cannot_be_written(self):
        settings = self.path("shop.json")
        with open(settings, "w", encoding="utf-8") as file:
            json.dump({"name": "Shop", "sources": [{"type": "files"}]}, file)
        self.run_program("workspace", "import", settings)
        os.mkdir(self.path("report.html"))
        self.run_program("report", "--format", "html", "--output", self.path("report.html"), status=1)
        errors = json.loads(self.run_program("activity", "--json").stdout)["errors"]
        self.assertEqual(errors, {"total": 1, "dropped": 0, "by_subsystem": [{"subsystem": "report", "count": 1, "rate": 1.0}]})

    def test_failed_only_after_an_hour(self):
        self.run_program("events", "import", self.write("log.jsonl", LOG))
        runs = json.loads(self.run_program("activity", "--json", "--until", "2026-11-20T11:00:00Z").stdout)["runs"]
        self.assertEqual(runs[0]["status"], "running")
        self.assertIsNone(runs[0]["end"])

    def test_defaults_and_missing_files(self):
        self.run_program("events", "import", status=2)
        self.assertIn("no such file", self.run_program("events", "import", self.path("nothing.jsonl")).stderr)
        self.environment["ORCH_EVENTS_PATH"] = self.write("log.jsonl", LOG)
        self.run_program("events", "import")
        self.assertEqual(self.activity()["tasks"]["started"], 3)

    def test_a_source_is_read_on_as_it_grows(self):
        log = self.write("log.jsonl", LOG[:4])
        settings = {"name": "Northwind", "timezone": "UTC", "sources": [{"type": "events", "path": log, "state_path": self.path("none")}],
                    "schedules": [{"id": "weekly", "cron": "0 8 * * 1", "action": "sync"}]}
        self.run_program("workspace", "import", self.write("northwind.json", [json.dumps(settings)]))
        self.run_program("sync")
        with open(log, "a", encoding="utf-8") as file:
            file.write("".join(f"{text}\n" for text in LOG[4:]))
        self.run_program("sync")
        activity = self.activity()
        self.assertEqual(activity["tasks"]["started"], 3)
        self.assertEqual(activity["schedules"][0]["next_run"], "2026-11-23T08:00:00+00:00")
        own = json.loads(self.run_program("activity", "--json").stdout)
        self.assertEqual([run["status"] for run in own["runs"]], ["completed", "completed"])
        self.assertEqual(own["activation"]["rate"], 1.0)
        exported = [json.loads(text) for text in self.run_program("events", "export").stdout.splitlines()]
        self.assertEqual([event["event"] for event in exported], 2 * ["dag_start", "task_start", "task_ok", "dag_done"])
        self.assertEqual({event["dag_name"] for event in exported}, {"sync"})

    def test_words(self):
        for words in (("activity", "--window", "0h"), ("activity", "--window", "8761h"), ("activity", "--window", "week"),
                      ("activity", "--until", "noon"), ("activity", "now"), ("events",), ("events", "delete")):
            self.assertNotEqual(self.run_program(*words, status=2).stderr, "")
        self.assertIn("--window", self.run_program("activity", "--help").stdout)
        self.assertIn("events import", self.run_program("events", "--help").stdout)

    def test_a_killed_sync_shows_as_interrupted(self):
        fifo = self.path("log.fifo")
        os.mkfifo(fifo)
        settings = {"name": "Northwind", "timezone": "UTC", "sources": [{"type": "events", "path": fifo, "state_path": self.path("none")}]}
        self.run_program("workspace", "import", self.write("northwind.json", [json.dumps(settings)]))
        with subprocess.Popen([PROGRAM, "sync", "--database", self.database], env=self.environment, stderr=subprocess.DEVNULL) as sync:
            deadline = time.monotonic() + 60
            while time.monotonic() < deadline:
                with sqlite3.connect(self.database, timeout=10) as database:
                    if database.execute("SELECT count(*) FROM run").fetchone()[0] > 0:
                        break
                time.sleep(0.05)
            sync.send_signal(signal.SIGKILL)
        runs = json.loads(self.run_program("activity", "--json").stdout)["runs"]
        self.assertEqual([run["status"] for run in runs], ["interrupted"])


if __name__ == "__main__":
    unittest.main()
