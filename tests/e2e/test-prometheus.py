#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The metrics for Prometheus as a monitoring system sees them: what they say, and how they are served."""

import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import unittest
import urllib.error
import urllib.request
from datetime import datetime
from pathlib import Path

from organization import Organization

PROGRAM = sys.argv.pop(1)
DATA = Path(__file__).resolve().parent.parent.parent / "data" / "prometheus"
UNITS = DATA.parent / "systemd"
PROMTOOL = shutil.which("promtool")

SAMPLE = re.compile(r"^([a-z_]+)(?:\{(.*)\})? (\S+)$")
LABEL = re.compile(r'([a-z]+)="((?:[^"\\]|\\.)*)"(?:,|$)')

FIGURES = {
    "dora_deployment_frequency_per_day": ("deployment_frequency", "per_day"),
    "dora_lead_time_median_seconds": ("lead_time", "median_seconds"),
    "dora_change_failure_ratio": ("change_failure_rate", "rate"),
    "dora_recovery_time_median_seconds": ("recovery_time", "median_seconds"),
    "dora_rework_ratio": ("rework_rate", "rate"),
}
COUNTERS = ("dora_deployments_total", "dora_errors_total", "dora_lead_time_seconds_bucket", "dora_lead_time_seconds_sum",
            "dora_lead_time_seconds_count")
NAMES = {*FIGURES, *COUNTERS, "dora_deployment_last_success_timestamp", "dora_deployment_last_failure_timestamp",
         "dora_open_incidents", "dora_sync_age_seconds"}


def parse(text):
    """(name, labels) → value; each sample stands once."""
    samples = {}
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        name, labels, value = SAMPLE.match(line).groups()
        key = (name, tuple(sorted(LABEL.findall(labels or ""))))
        assert key not in samples, line
        samples[key] = float(value)
    return samples


def pick(samples, name, **labels):
    """label set → value, of the samples that have these labels; None: the label is not there."""
    found = {}
    for (other, pairs), value in samples.items():
        have = dict(pairs)
        if other == name and all(have.get(label) == wanted for label, wanted in labels.items()):
            found[pairs] = value
    return found


class Server:
    """`doradash serve`, with its first lines read."""

    def __init__(self, organization, database, *words, lines=1):
        self.process = organization.start(database, "serve", *words)
        self.said = "".join(self.process.stderr.readline() for _ in range(lines))
        self.url = re.search(r"http://\S+/metrics", self.said).group()
        self.port = int(re.search(r":(\d+)/", self.url).group(1))

    def get(self, path="/metrics", **headers):
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers=headers)
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.read().decode()

    def status(self, field):
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as file:
            return next(int(line.split()[1]) for line in file if line.startswith(field))

    def files(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def is_sanitized(self):
        with open(f"/proc/{self.process.pid}/maps", encoding="utf-8") as file:
            return "libasan" in file.read()

    def end(self, how=signal.SIGTERM):
        """Its exit status and what it said last."""
        self.process.send_signal(how)
        out, said = self.process.communicate(timeout=30)
        assert out == "", out
        return self.process.returncode, said


class Prometheus(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.organization = Organization(PROGRAM)
        cls.addClassCleanup(cls.organization.close)
        cls.database = cls.path("main.db")
        settings = cls.organization.write("demo.json", {**cls.organization.settings, "timezone": "Europe/Berlin"})
        for words in (("workspace", "import", settings), ("sync",)):
            done = cls.run_program(*words)
            assert done.returncode == 0, done.stderr

    @classmethod
    def path(cls, name):
        return cls.organization.path(name)

    @classmethod
    def run_program(cls, *words, database=None, **more):
        return cls.organization.run(database or cls.database, *words, **more)

    def metrics(self, *words, database=None):
        done = self.run_program("metrics", *words, database=database)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def samples(self, database=None):
        return parse(self.metrics(database=database))

    def report(self, period, database=None):
        done = self.run_program("report", "--json", "--period", period, database=database)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)

    def copy(self, name):
        """A database of its own, for what changes it."""
        target = self.path(name)
        with sqlite3.connect(self.database) as source, sqlite3.connect(target) as copy:
            source.backup(copy)
        return target

    def assert_figures(self, samples, metrics, window, repo):
        for name, (metric, field) in FIGURES.items():
            found = pick(samples, name, repo=repo, window=window)
            value = metrics[metric][field]
            self.assertEqual(list(found.values()), [] if value is None else [value], (name, repo, window))

    def test_figures_are_the_report_s(self):
        samples = self.samples()
        for days in (7, 30):
            report = self.report(f"last-{days}-days")
            self.assert_figures(samples, report["metrics"], f"{days}d", None)
            self.assertGreater(len(report["repositories"]), 10)
            for row in report["repositories"]:
                self.assert_figures(samples, row["metrics"], f"{days}d", row["name"])
            parts = [value for labels, value in pick(samples, "dora_deployment_frequency_per_day", window=f"{days}d").items()
                     if "repo" in dict(labels)]
            self.assertAlmostEqual(sum(parts), report["metrics"]["deployment_frequency"]["per_day"])

    def test_totals_are_the_report_s(self):
        samples = self.samples()
        today = datetime.fromisoformat(self.report("weekly")["generated_at"].replace("Z", "+00:00")).date()
        report = self.report(f"2000-01-01..{today}")

        def total(status, **labels):
            return sum(pick(samples, "dora_deployments_total", status=status, **labels).values())

        metrics = report["metrics"]
        self.assertEqual(total("success"), metrics["deployment_frequency"]["deployments"])
        self.assertEqual(total("success") + total("failure"), metrics["change_failure_rate"]["deployments"])
        self.assertEqual(sum(pick(samples, "dora_lead_time_seconds_count").values()), metrics["lead_time"]["basis"]["deploy"])
        self.assertEqual(list(pick(samples, "dora_open_incidents").values()), [metrics["recovery_time"]["open"]])
        for row in report["repositories"]:
            self.assertEqual(total("success", repo=row["name"]), row["metrics"]["deployment_frequency"]["deployments"])
            self.assertEqual(sum(pick(samples, "dora_lead_time_seconds_count", repo=row["name"]).values()),
                             row["metrics"]["lead_time"]["basis"]["deploy"])
        shop = {dict(labels)["le"]: value for labels, value in pick(samples, "dora_lead_time_seconds_bucket", repo="shop").items()}
        rows = json.loads(self.run_program("records", "lead_time", "--repo", "shop", "--period", f"2000-01-01..{today}", "--json").stdout)
        leads = [row["value"] for row in rows if row["counted"]]
        self.assertEqual([float(bound) for bound in shop], [3600, 21600, 86400, 259200, 604800, 2592000, float("inf")])
        for bound, value in shop.items():
            self.assertEqual(value, sum(lead <= float(bound) for lead in leads))
        self.assertAlmostEqual(sum(pick(samples, "dora_lead_time_seconds_sum", repo="shop").values()), sum(leads))

    def test_labels(self):
        teams = {repo: team["tier"] for team in self.organization.settings["teams"] for repo in team["repositories"]}
        for (name, pairs), value in self.samples().items():
            labels = dict(pairs)
            self.assertIn(name, NAMES)
            self.assertEqual(labels["workspace"], "Demo")
            self.assertEqual(labels.get("tier"), teams[labels["repo"]] if "repo" in labels else None)
            self.assertGreaterEqual(value, 0)

    def test_last_of_each_result(self):
        samples = self.samples()
        rows = json.loads(self.run_program("records", "change_failure_rate", "--repo", "shop", "--period", "last-365-days", "--json").stdout)
        latest = max(datetime.fromisoformat(row["time"].replace("Z", "+00:00")).timestamp() for row in rows
                     if row["kind"] == "deployment" and row["counted"])
        last = [*pick(samples, "dora_deployment_last_success_timestamp", repo="shop").values(),
                *pick(samples, "dora_deployment_last_failure_timestamp", repo="shop").values()]
        self.assertEqual(len(last), 2)
        self.assertGreaterEqual(max(last), latest)
        self.assertLess(max(last), time.time())
        # Nothing was ever deployed there.
        self.assertEqual(pick(samples, "dora_deployment_last_success_timestamp", repo="infra"), {})

    def test_counters_across_syncs_and_changes(self):
        database = self.copy("counters.db")
        before = self.samples(database)

        def assert_risen():
            after = self.samples(database)
            for key, value in before.items():
                if key[0] in COUNTERS:
                    self.assertGreaterEqual(after[key], value, key)
            return after

        self.assertEqual(self.run_program("sync", "--full", database=database).returncode, 0)
        after = assert_risen()
        self.assertEqual({key: value for key, value in after.items() if key[0] in COUNTERS},
                         {key: value for key, value in before.items() if key[0] in COUNTERS})
        with sqlite3.connect(database) as db:
            db.execute("UPDATE deployment SET result = 3 - result WHERE result IN (1, 2) AND id % 9 = 0")
            db.execute("DELETE FROM deployment WHERE id % 9 = 1")
            db.execute("DELETE FROM error_event")
            db.execute("UPDATE repository SET dirty = 1")
        before = assert_risen()
        self.assertEqual(self.run_program("sync", "--full", database=database).returncode, 0)
        assert_risen()

    def test_openmetrics(self):
        text = self.metrics("--format", "openmetrics")
        self.assertTrue(text.endswith("\n# EOF\n"))
        self.assertEqual({key: value for key, value in parse(text).items() if key[0] not in ("dora_sync_age_seconds", "dora_lead_time_seconds_bucket")},
                         {key: value for key, value in self.samples().items() if key[0] not in ("dora_sync_age_seconds", "dora_lead_time_seconds_bucket")})
        family, kinds = None, {}
        for line in text.splitlines()[:-1]:
            if line.startswith("# TYPE "):
                family, kind = line.split()[2:]
                self.assertNotIn(family, kinds)
                kinds[family] = kind
            elif line.startswith("# UNIT "):
                self.assertTrue(line.split()[2].endswith("_" + line.split()[3]))
            elif not line.startswith("#"):
                wanted = {"counter": r"_total", "gauge": "", "histogram": "_(bucket|sum|count)"}[kinds[family]]
                self.assertRegex(line, rf"^{family}{wanted}\{{")
        self.assertEqual(kinds["dora_deployments"], "counter")

    def test_output_goes_to_a_file(self):
        path = self.path("doradash.prom")
        self.assertEqual(self.metrics("--output", path), "")
        with open(path, encoding="utf-8") as file:
            self.assertEqual(set(name for name, _ in parse(file.read())), NAMES)

    def test_nothing_yet(self):
        done = self.run_program("metrics", database=self.path("none.db"))
        self.assertEqual((done.returncode, done.stdout), (0, ""))
        self.assertIn("no workspace", done.stderr)
        self.assertEqual(self.metrics("--format", "openmetrics", database=self.path("none.db")), "# EOF\n")
        server = Server(self.organization, self.path("none.db"), "--listen", "127.0.0.1:0")
        self.assertEqual(server.get(), "")
        self.assertEqual(server.end(), (0, ""))

    def test_wrong_words(self):
        for words, wanted in ((("metrics", "--format", "openmetric"), "openmetrics"), (("serve", "--listen", "::1:9090"), "[::1]:"),
                              (("serve", "--listen", "localhost:99999"), "[::1]:"), (("serve", "now"), "--help")):
            done = self.run_program(*words)
            self.assertEqual(done.returncode, 2, words)
            self.assertIn(wanted, done.stderr)
        self.assertEqual(self.run_program("metrics", "--workspace", "Dmeo").returncode, 1)

    def test_serves_the_same(self):
        server = Server(self.organization, self.database, "--listen", "127.0.0.1:0")
        served, printed = parse(server.get()), self.samples()
        for samples in (served, printed):
            for key in pick(samples, "dora_sync_age_seconds"):
                del samples["dora_sync_age_seconds", key]
        self.assertEqual(served, printed)
        self.assertTrue(server.get(Accept="application/openmetrics-text;version=1.0.0").endswith("# EOF\n"))
        self.assertEqual(server.get("/healthz"), "ok\n")
        for path, method, wanted in (("/", "GET", 404), ("/metrics", "PUT", 405), ("/debug/pprof", "GET", 404)):
            with self.assertRaises(urllib.error.HTTPError) as raised:
                urllib.request.urlopen(urllib.request.Request(f"http://127.0.0.1:{server.port}{path}", method=method), timeout=20)
            self.assertEqual(raised.exception.code, wanted)
            raised.exception.close()
        # A second one cannot have the place.
        done = self.run_program("serve", "--listen", f"127.0.0.1:{server.port}")
        self.assertEqual(done.returncode, 1)
        self.assertIn(f"127.0.0.1:{server.port}", done.stderr)
        self.assertEqual(server.end(signal.SIGINT), (0, ""))

    def test_new_numbers_appear(self):
        database = self.copy("fresh.db")
        server = Server(self.organization, database, "--listen", "127.0.0.1:0")
        key = ("dora_errors_total", (("subsystem", "github"), ("workspace", "Demo")))
        self.assertEqual(parse(server.get())[key], 0)
        done = self.run_program("sync", database=database, env={"GITHUB_TOKEN": "wrong-secret"})
        self.assertEqual(done.returncode, 3)
        deadline = time.monotonic() + 60
        while parse(server.get())[key] == 0 and time.monotonic() < deadline:
            time.sleep(0.2)
        text = server.get()
        self.assertGreater(parse(text)[key], 0)
        self.assertNotIn("wrong-secret", text)
        self.assertEqual(server.end(), (0, ""))

    def test_addresses(self):
        server = Server(self.organization, self.database, "--listen", "[::1]:0") if socket.has_ipv6 and has_ipv6() else None
        if server:
            self.assertTrue(server.url.startswith("http://[::1]:"))
            with urllib.request.urlopen(server.url, timeout=20) as answer:
                self.assertEqual(answer.status, 200)
            self.assertEqual(server.end(), (0, ""))
        server = Server(self.organization, self.database, "--listen", "0.0.0.0:0", lines=2)
        self.assertIn("Whoever can reach port", server.said)
        self.assertEqual(server.end(), (0, ""))
        server = Server(self.organization, self.database, "--listen", "localhost:0")
        self.assertNotIn("Whoever", server.said)
        server.process.terminate()
        server.process.communicate(timeout=30)

    def test_under_load(self):
        """200 scrapes a second beside clients that say nothing, little, nonsense, or will not listen."""
        server = Server(self.organization, self.database, "--listen", "127.0.0.1:0")
        whole = len(server.get())
        before, sanitized = server.status("VmRSS"), server.is_sanitized()
        load = Load(server.port, whole)
        most_memory = most_files = 0
        for _ in range(50):
            time.sleep(0.1)
            most_memory, most_files = max(most_memory, server.status("VmRSS")), max(most_files, server.files())
        load.end()
        if not sanitized:
            self.assertGreaterEqual(len(load.times), 800)
            self.assertLess(sorted(load.times)[len(load.times) * 99 // 100], 0.5)
            self.assertLess(most_memory - before, 16 * 1024)
        self.assertEqual(load.failures, [])
        self.assertLess(most_files, 250)
        print(f"{len(load.times)} scrapes in 5 s, slowest {max(load.times) * 1000:.0f} ms, {most_memory - before} kB more, "
              f"{most_files} files", file=sys.stderr)
        self.assertEqual(server.end(), (0, ""))

    @unittest.skipUnless(PROMTOOL, "promtool is not here")
    def test_promtool_takes_it(self):
        for database in (self.database, self.path("empty.db")):
            text = self.metrics(database=database)
            done = subprocess.run([PROMTOOL, "check", "metrics"], input=text, capture_output=True, text=True, check=False)
            self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))

    @unittest.skipUnless(PROMTOOL, "promtool is not here")
    def test_rules(self):
        rules = DATA / "doradash.rules.yml"
        subprocess.run([PROMTOOL, "check", "rules", rules], check=True, capture_output=True)
        subprocess.run([PROMTOOL, "check", "config", DATA / "prometheus.yml"], check=True, capture_output=True)
        with open(Path(__file__).with_name("prometheus-rules.test.yml"), encoding="utf-8") as file:
            text = file.read().replace("RULES", str(rules))
        with open(self.path("rules.test.yml"), "w", encoding="utf-8") as file:
            file.write(text)
        done = subprocess.run([PROMTOOL, "test", "rules", self.path("rules.test.yml")], capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    @unittest.skipUnless(shutil.which("systemd-analyze"), "systemd is not here")
    def test_units(self):
        units = []
        for unit in UNITS.glob("doradash-*"):
            units.append(self.path(unit.name))
            text = unit.read_text(encoding="utf-8").replace("ExecStart=doradash ", f"ExecStart={os.path.abspath(PROGRAM)} ")
            with open(units[-1], "w", encoding="utf-8") as file:
                file.write(text)
        done = subprocess.run(["systemd-analyze", "--user", "verify", *units], capture_output=True, text=True, check=False,
                              env={**os.environ, "XDG_RUNTIME_DIR": self.organization.folder})
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        # The address that they say is the one that is scraped.
        self.assertIn("127.0.0.1:9672", (UNITS / "doradash-serve.service").read_text(encoding="utf-8"))
        self.assertIn("127.0.0.1:9672", (DATA / "prometheus.yml").read_text(encoding="utf-8"))

    def test_rules_and_dashboard_ask_what_there_is(self):
        exposed = {name: set() for name in NAMES}
        for name, labels in self.samples():
            exposed[name].update(label for label, _ in labels)
        rules = (DATA / "doradash.rules.yml").read_text(encoding="utf-8")
        expressions = re.findall(r"expr: (?:\|\n)?((?:.|\n {10})*)", rules)
        panels = json.loads((DATA / "doradash-dashboard.json").read_text(encoding="utf-8"))
        expressions += [target["expr"] for panel in panels["panels"] for target in panel.get("targets", [])]
        self.assertGreater(len(expressions), 40)
        for expression in expressions:
            used = re.findall(r"(dora_[a-z_]+)(?:\{([^}]*)\})?", expression)
            for name, matchers in used:
                self.assertIn(name, NAMES, expression)
                for label in re.findall(r"([a-z]+)(?:=~|!~|!=|=)", matchers):
                    self.assertIn(label, exposed[name] | {"instance", "job"}, expression)
            self.assertTrue(used or "up{" in expression, expression)
        # Everything that is exposed is shown.
        shown = set(re.findall(r"dora_[a-z_]+", " ".join(expressions)))
        self.assertEqual(NAMES - shown, {"dora_lead_time_seconds_sum", "dora_lead_time_seconds_count"})

    def test_dashboard(self):
        board = json.loads((DATA / "doradash-dashboard.json").read_text(encoding="utf-8"))
        ids = [panel["id"] for panel in board["panels"]]
        self.assertEqual(len(set(ids)), len(ids))
        taken = set()
        for panel in board["panels"]:
            place = panel["gridPos"]
            cells = {(x, y) for x in range(place["x"], place["x"] + place["w"]) for y in range(place["y"], place["y"] + place["h"])}
            self.assertLessEqual(place["x"] + place["w"], 24)
            self.assertFalse(cells & taken, panel["title"])
            taken |= cells
            self.assertTrue(panel["type"] == "row" or panel["targets"])
        known = {variable["name"] for variable in board["templating"]["list"]}
        asked = set(re.findall(r"\$\{?([a-z]+)", json.dumps([panel["targets"] for panel in board["panels"] if "targets" in panel])))
        self.assertLessEqual(asked, known)
        if PROMTOOL:
            self.check_queries(board)

    def check_queries(self, board):
        """Each query as a rule of its own, with the variables as Grafana fills them in."""
        rules = []
        for panel in board["panels"]:
            for target in panel.get("targets", []):
                expression = target["expr"].replace("$workspace", "Demo|Other").replace("$repo", ".+").replace("$window", "30d")
                rules.append({"record": f"panel:n{len(rules)}", "expr": expression})
        with open(self.path("queries.yml"), "w", encoding="utf-8") as file:
            json.dump({"groups": [{"name": "queries", "rules": rules}]}, file)
        done = subprocess.run([PROMTOOL, "check", "rules", self.path("queries.yml")], capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)


def has_ipv6():
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
        return True
    except OSError:
        return False


class Load:
    """Good clients at 200 scrapes a second, and bad ones at 100 a second that hold on to what they get."""

    BAD = (b"", b"GET /met", b"GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n", b"\0nonsense\r\n\r\n",
           b"POST /metrics HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\nabc", b"GET /metrics HTTP/1.1\r\nX: " + b"y" * 150000)

    def __init__(self, port, whole):
        self.port, self.whole, self.ending = port, whole, False
        self.times, self.failures, self.held = [], [], []
        self.threads = [threading.Thread(target=self.ask) for _ in range(4)] + [threading.Thread(target=self.annoy) for _ in range(2)]
        for thread in self.threads:
            thread.start()

    def ask(self):
        while not self.ending:
            start = time.monotonic()
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=10) as connection:
                    connection.sendall(b"GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n")
                    answer = b"".join(iter(lambda: connection.recv(65536), b""))
                if not answer.startswith(b"HTTP/1.1 200 ") or len(answer) < 0.9 * self.whole:
                    self.failures.append(answer[:80])
            except OSError as error:
                self.failures.append(repr(error))
            taken = time.monotonic() - start
            self.times.append(taken)
            time.sleep(max(0, 0.02 - taken))

    def annoy(self):
        number = 0
        while not self.ending:
            number += 1
            connection = socket.socket()
            connection.settimeout(10)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
            self.held.append(connection)
            try:
                connection.connect(("127.0.0.1", self.port))
                connection.sendall(self.BAD[number % len(self.BAD)])
            except OSError:
                pass
            if len(self.held) > 300:
                self.held.pop(0).close()
            time.sleep(0.02)

    def end(self):
        self.ending = True
        for thread in self.threads:
            thread.join()
        for connection in self.held:
            connection.close()


if __name__ == "__main__":
    unittest.main(verbosity=2)
