#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The program as a user runs it, against the example organization's services on loopback."""

import csv
import io
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import unittest

PROGRAM = sys.argv.pop(1)
TOKENS = ("GITHUB_TOKEN", "LINEAR_API_KEY", "SLAB_API_TOKEN")


class CommandLine(unittest.TestCase):
    """One server and one synced database for all; each test that changes anything copies it."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.environment = {**os.environ, "LC_ALL": "C.UTF-8", "XDG_DATA_HOME": cls.folder.name, "HOME": cls.folder.name}
        for name in (*TOKENS, "SLACK_WEBHOOK_URL", "GITHUB_ORG", "GITHUB_REPOS"):
            cls.environment.pop(name, None)
        cls.server = subprocess.Popen([PROGRAM, "demo", "--serve"], stdout=subprocess.PIPE, text=True, env=cls.environment)
        text = ""
        while not text.endswith("\n}\n"):
            text += cls.server.stdout.readline()
        for pair in cls.server.stdout.readline().split():
            name, value = pair.split("=", 1)
            cls.environment[name] = value
        cls.settings = cls.path("demo.json")
        with open(cls.settings, "w", encoding="utf-8") as file:
            file.write(text)
        cls.database = cls.synced("main.db")

    @classmethod
    def tearDownClass(cls):
        cls.server.send_signal(signal.SIGTERM)
        cls.server.wait(10)
        cls.server.stdout.close()
        cls.folder.cleanup()

    @classmethod
    def path(cls, name):
        return os.path.join(cls.folder.name, name)

    @classmethod
    def run_program(cls, *words, database=None, **more):
        words = [PROGRAM, *words, "--database", database or cls.database]
        return subprocess.run(words, capture_output=True, text=True, timeout=120, check=False, **{"env": cls.environment, **more})

    @classmethod
    def synced(cls, name):
        database = cls.path(name)
        for words in (("workspace", "import", cls.settings), ("sync",)):
            done = cls.run_program(*words, database=database)
            assert done.returncode == 0, done.stderr
        return database

    def report(self, *words, database=None):
        done = self.run_program("report", "--json", *words, database=database)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)

    @staticmethod
    def figures(report):
        return {key: report[key] for key in ("overall", "metrics", "repositories", "teams", "trend")}

    def test_report_has_all_metrics_and_a_trend(self):
        report = self.report("--period", "last-30-days")
        self.assertEqual(report["overall"]["rated"], 4)
        self.assertEqual(len(report["trend"]), 12)
        self.assertEqual(report["trend"][-1]["metrics"], report["metrics"])
        self.assertEqual(len(report["teams"]), 5)
        self.assertGreater(len(report["highlights"]), 0)
        names = {row["name"]: row["deployments_from"] for row in report["repositories"]}
        self.assertEqual(names["shop"], "deployments")
        self.assertEqual(names["ios-app"], "releases")
        self.assertEqual(names["design-system"], "tags")
        self.assertEqual(names["infra"], "none")
        self.assertNotIn("old-shop", names)
        self.assertNotIn("handbook", names)

    def test_every_number_has_its_list(self):
        metrics = self.report("--period", "last-90-days")["metrics"]
        counts = {
            "deployment_frequency": metrics["deployment_frequency"]["deployments"],
            "lead_time": metrics["lead_time"]["changes"],
            "change_failure_rate": metrics["change_failure_rate"]["deployments"],
            "recovery_time": metrics["recovery_time"]["incidents"] + metrics["recovery_time"]["failed_deployments"],
            "rework_rate": metrics["rework_rate"]["deployments"],
        }
        for metric, count in counts.items():
            with self.subTest(metric):
                rows = json.loads(self.run_program("records", metric, "--period", "last-90-days", "--json").stdout)
                self.assertEqual(sum(row["counted"] for row in rows), count)
                for row in rows:
                    self.assertTrue(row["rule"])
                    self.assertEqual(row["counted"], row["rule"].startswith("counted"))

    def test_health_adds_up(self):
        steps = json.loads(self.run_program("health", "--period", "last-90-days", "--json").stdout)["steps"]
        for kind in ("deployment", "change", "incident"):
            own = [step for step in steps if step["step"].startswith(kind)]
            self.assertEqual(own[0]["records"] - sum(step["left_out"] for step in own), own[-1]["records"])

    def test_formats_agree(self):
        report = self.report("--period", "monthly")
        median = report["metrics"]["lead_time"]["median_seconds"]
        rows = list(csv.DictReader(io.StringIO(self.run_program("report", "--period", "monthly", "--format", "csv").stdout)))
        whole = next(row for row in rows if row["scope"] == "workspace" and row["metric"] == "lead_time")
        self.assertEqual(float(whole["value"]), median)
        slack = json.loads(self.run_program("report", "--period", "monthly", "--format", "slack").stdout)
        self.assertLessEqual(len(slack["blocks"]), 50)
        html = subprocess.run(["cmark-gfm", "-e", "table"], capture_output=True, text=True, check=True,
                              input=self.run_program("report", "--period", "monthly", "--format", "markdown").stdout).stdout
        self.assertEqual(html.count("<h1>"), 1)
        self.assertIn("<td>Lead time for changes</td>", html)

    def test_reports_on_paper(self):
        folder = self.path("paper")
        os.mkdir(folder)
        note = os.path.join(folder, "note.txt")
        with open(note, "w", encoding="utf-8") as file:
            file.write("The rota started.")
        for words, pages in ((("--short",), 1), ((), None), (("--full", "--paper", "letter"), None), (("--short", "--paper", "letter"), 1)):
            pdf = os.path.join(folder, "report.pdf")
            done = self.run_program("report", "--format", "pdf", "--note", note, "--output", pdf, *words)
            self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))
            text = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, text=True, check=True).stdout
            self.assertIn("The rota started.", text)
            self.assertIn("OPS-17", text)
            self.assertEqual(text.count("\f"), pages or text.count("\f"))
        html = self.run_program("report", "--format", "html", "--note", note, "--without", "teams,repositories").stdout
        self.assertIn("The rota started.", html)
        self.assertNotIn(">Teams<", html)
        self.assertTrue(html.startswith("<!DOCTYPE html>"))
        for words in ((), ("--format", "slack"), ("--format", "json")):
            self.assertIn("The rota started.", self.run_program("report", "--note", note, *words).stdout)
        self.assertIn("> The rota started.", self.run_program("report", "--format", "markdown", "--note", note).stdout)
        self.assertNotIn("## Teams", self.run_program("report", "--format", "markdown", "--without", "teams").stdout)

    def test_a_table_a_file(self):
        folder = self.path("tables") + "/"
        done = self.run_program("report", "--format", "csv", "--output", folder)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual(sorted(os.listdir(folder)), ["incidents.csv", "left-out.csv", "metrics.csv", "repositories.csv", "sources.csv",
                                                     "stages.csv", "teams.csv", "trend.csv"])
        with open(folder + "metrics.csv", encoding="utf-8", newline="") as file:
            rows = {row["metric"]: row["value"] for row in csv.DictReader(file)}
        wanted = self.report()["metrics"]
        self.assertEqual(float(rows["lead_time"]), wanted["lead_time"]["median_seconds"])
        self.assertEqual(float(rows["change_failure_rate"]), wanted["change_failure_rate"]["rate"])

    def test_the_form_is_checked_first(self):
        for words, said in ((("--without", "team"), "did you mean “teams”?"), (("--paper", "a3"), "a4 and letter"),
                            (("--short", "--full"), "contradict"), (("--format", "htm"), "did you mean “html”?")):
            done = self.run_program("report", *words)
            self.assertEqual(done.returncode, 2)
            self.assertIn(said, done.stderr)

    def test_what_cannot_be_written_leaves_the_old_file(self):
        missing = self.run_program("report", "--format", "pdf", "--output", self.path("nowhere/report.pdf"))
        self.assertEqual(missing.returncode, 1)
        self.assertEqual(missing.stderr, f"doradash: {self.path('nowhere/report.pdf')} cannot be written: there is no such folder.\n")
        folder = self.path("full")
        os.mkdir(folder)
        # A disk of its own that holds no more than the old file.
        script = ('mount -t tmpfs -o size=16k tmpfs "$1" || exit 77; echo old >"$1/report.pdf"; shift; '
                  '"$@"; status=$?; cat "$0/report.pdf"; ls "$0" | wc -l; exit $status')
        done = subprocess.run(["unshare", "-rm", "sh", "-c", script, folder, folder, PROGRAM, "report", "--format", "pdf", "--output",
                               f"{folder}/report.pdf", "--database", self.database], capture_output=True, text=True, check=False,
                              env=self.environment)
        if done.returncode == 77 or done.stderr.startswith("unshare"):
            self.skipTest("no disk can be mounted here")
        self.assertEqual((done.returncode, done.stdout), (1, "old\n1\n"))
        self.assertEqual(done.stderr, f"doradash: {folder}/report.pdf cannot be written: the disk is full.\n")

    def test_no_colour_into_a_pipe_and_ascii_where_asked(self):
        text = self.run_program("report").stdout
        self.assertNotIn("\033", text)
        plain = self.run_program("report", env={**self.environment, "LC_ALL": "C"})
        self.assertTrue(plain.stdout.isascii(), [c for c in plain.stdout if ord(c) > 127][:5])

    def test_second_sync_changes_nothing(self):
        before = self.figures(self.report("--period", "monthly"))
        self.assertEqual(self.run_program("sync").returncode, 0)
        self.assertEqual(self.figures(self.report("--period", "monthly")), before)

    def test_killed_at_any_moment_the_next_sync_reaches_the_same_numbers(self):
        wanted = self.figures(self.report("--period", "last-90-days"))
        database = self.path("killed.db")
        self.run_program("workspace", "import", self.settings, database=database)
        for pages in (1, 20, 60, 120):
            process = subprocess.Popen([PROGRAM, "sync", "--database", database], env=self.environment, stderr=subprocess.DEVNULL)
            # Killed when so many tasks and pages have reached the disk; the wait is for the file, not for the clock.
            while process.poll() is None and self.size(database) < pages * 16384:
                pass
            process.kill()
            process.wait()
        self.assertEqual(self.run_program("sync", database=database).returncode, 0)
        self.assertEqual(self.figures(self.report("--period", "last-90-days", database=database)), wanted)

    @staticmethod
    def size(database):
        return sum(os.path.getsize(database + end) for end in ("", "-wal") if os.path.exists(database + end))

    def test_decisions_about_an_incident_stand(self):
        database = self.synced("decide.db")
        rows = json.loads(self.run_program("records", "recovery_time", "--period", "last-90-days", "--json", database=database).stdout)
        linked = next(row for row in rows if row["kind"] == "incident" and row["counted"] and "(" in (row["note"] or ""))
        before = self.report("--period", "last-365-days", database=database)["metrics"]["change_failure_rate"]["by_signal"]["incidents"]
        self.assertEqual(self.run_program("incident", "exclude", linked["id"], database=database).returncode, 0)
        self.assertEqual(self.run_program("sync", database=database).returncode, 0)
        after = self.report("--period", "last-365-days", database=database)["metrics"]["change_failure_rate"]["by_signal"]["incidents"]
        self.assertEqual(after, before - 1)
        self.assertEqual(self.run_program("incident", "restore", linked["id"], database=database).returncode, 0)
        again = self.report("--period", "last-365-days", database=database)["metrics"]["change_failure_rate"]["by_signal"]["incidents"]
        self.assertEqual(again, before)

    def test_wrong_token_says_what_to_do_and_keeps_the_others(self):
        database = self.path("token.db")
        self.run_program("workspace", "import", self.settings, database=database)
        done = self.run_program("sync", database=database, env={**self.environment, "GITHUB_TOKEN": "wrong-secret"})
        self.assertEqual(done.returncode, 3)
        self.assertRegex(done.stderr, r"GitHub.*token")
        self.assertNotIn("wrong-secret", done.stderr + done.stdout)
        with open(database, "rb") as file:
            self.assertNotIn(b"wrong-secret", file.read())
        report = self.report(database=database)
        self.assertEqual([source["status"] for source in report["sources"]], ["failed", "ok", "ok"])
        self.assertEqual(report["metrics"]["deployment_frequency"]["status"], "no-data")
        self.assertIsNone(report["metrics"]["deployment_frequency"]["tier"])

    def test_mistyped_words_get_a_suggestion(self):
        for words, wanted in ((("reprot",), "report"), (("report", "--period", "weakly"), "weekly"), (("records", "lead_tme"), "lead_time"),
                              (("report", "--format", "markdwon"), "markdown")):
            with self.subTest(words):
                done = self.run_program(*words)
                self.assertEqual(done.returncode, 2)
                self.assertIn(wanted, done.stderr)
        done = self.run_program("report", "--repo", "shpo")
        self.assertEqual(done.returncode, 1)
        self.assertIn("“shop”", done.stderr)

    def test_help_has_examples(self):
        overview = subprocess.run([PROGRAM, "--help"], capture_output=True, text=True, check=True, env=self.environment).stdout
        for command in re.findall(r"^  ([a-z]+) ", overview.split("Options")[0], re.MULTILINE):
            with self.subTest(command):
                done = subprocess.run([PROGRAM, command, "--help"], capture_output=True, text=True, check=False, env=self.environment)
                self.assertEqual(done.returncode, 0)
                self.assertIn(f"doradash {command}", done.stdout)

    def test_import_is_all_or_nothing(self):
        database, file = self.path("import.db"), self.path("deployments.csv")
        good = "id,repository,finished,result\n1,shop,2026-01-05T10:00:00Z,success\n2,shop,2026-01-06T10:00:00Z,failure\n"
        with open(file, "w", encoding="utf-8") as out:
            out.write(good + "3,shop,yesterday,success\n")
        done = self.run_program("import", "deployments", file, "--workspace", "Files", database=database)
        self.assertEqual(done.returncode, 1)
        self.assertIn("deployments.csv:4: finished", done.stderr)
        with open(file, "w", encoding="utf-8") as out:
            out.write(good)
        for _ in range(2):
            self.assertEqual(self.run_program("import", "deployments", file, "--workspace", "Files", database=database).returncode, 0)
        metrics = self.report("--period", "2026-01-01..2026-01-31", database=database)["metrics"]
        self.assertEqual(metrics["deployment_frequency"]["deployments"], 1)
        self.assertEqual(metrics["change_failure_rate"]["rate"], 0.5)

    def test_a_newer_database_is_left_untouched(self):
        database = self.path("newer.db")
        subprocess.run([PROGRAM, "workspace", "list", "--database", database], check=True, capture_output=True, env=self.environment)
        with open(database, "r+b") as file:
            file.seek(60)
            file.write((99).to_bytes(4, "big"))
        with open(database, "rb") as file:
            before = file.read()
        done = self.run_program("workspace", "list", database=database)
        self.assertEqual(done.returncode, 1)
        self.assertIn("newer version", done.stderr)
        with open(database, "rb") as file:
            self.assertEqual(file.read(), before)


if __name__ == "__main__":
    unittest.main(verbosity=2)
