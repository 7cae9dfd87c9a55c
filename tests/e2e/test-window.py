#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window as a person uses it, start to end, beside what the command line says of the same data.

    tests/lib/with-keyring tests/lib/with-display tests/e2e/test-window.py PROGRAM

In front of it, `tests/lib/with-locale de_DE` does the same in another language; what is installed beside PROGRAM, or in the folder
$DD_TEST_SHARE, says its words. For a Flatpak see data/flatpak/check."""

import json
import os
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "lib"))
from atspi_app import App, Atspi  # noqa: E402
from organization import Organization  # noqa: E402
from words import Words  # noqa: E402

PROGRAM = sys.argv.pop(1)
WORDS = Words(os.environ.get("DD_TEST_SHARE") or Path(PROGRAM).resolve().parent.parent / "share")
METRICS = {
    "Deployment frequency": "deployment_frequency",
    "Lead time for changes": "lead_time",
    "Change failure rate": "change_failure_rate",
    "Time to recovery": "recovery_time",
    "Rework rate": "rework_rate",
}
TOKENS = ["Personal access token", "Personal API key", "API token"]


class WindowTest(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.env = {"XDG_DATA_HOME": self.folder.name + "/data", "XDG_STATE_HOME": self.folder.name + "/state", "NO_AT_BRIDGE": "0"}

    def start(self):
        app = App(PROGRAM, env=self.env)
        self.addCleanup(app.close)
        return app

    def report(self, *options):
        done = subprocess.run([PROGRAM, "report", "--format", "json", *options], env={**os.environ, **self.env}, capture_output=True,
                              text=True, check=True)
        return json.loads(done.stdout)

    def command(self, *words):
        done = subprocess.run([PROGRAM, *words], env={**os.environ, **self.env}, capture_output=True, text=True, check=True)
        return json.loads(done.stdout)

    def is_synced(self):
        """Asked of the command line: GTK 4.8 falls over a question about a window that is just closing."""
        done = subprocess.run([PROGRAM, "report", "--format", "json"], env={**os.environ, **self.env}, capture_output=True, text=True,
                              check=False)
        sources = json.loads(done.stdout)["sources"] if done.returncode == 0 else []
        return len(sources) == 3 and all(source["last_sync"] for source in sources)

    def cards(self, app):
        return {title: app.description("push button", WORDS.whole(title)) for title in METRICS}

    def check_cards(self, app, report):
        """Each card says the value's tier and the number of events that the report has."""
        def agree():
            cards = self.cards(app)
            for title, name in METRICS.items():
                metric = report["metrics"][name]
                if metric["status"] == "no-data":
                    if not cards[title].startswith(WORDS("No data")):
                        return False
                elif metric.get("tier") and WORDS(metric["tier"].capitalize(), context="tier") not in cards[title]:
                    return False
            frequency = report["metrics"]["deployment_frequency"]
            return WORDS.plural("%u deployment", "%u deployments", frequency["deployments"]) in cards["Deployment frequency"]
        app.wait(agree, f"cards that agree with {report['metrics']['deployment_frequency']}")

    def open_sample(self):
        app = self.start()
        app.see(WORDS.pattern("Welcome to DoraDash"))
        app.click("push button", WORDS.pattern("_Explore with Sample Data"))
        app.see(WORDS.pattern("This is sample data."))
        app.see(WORDS.pattern("Up to date"))
        return app

    def test_sample(self):
        app = self.open_sample()
        self.check_cards(app, self.report())
        app.click("push button", WORDS.whole("Remove"))
        app.see(WORDS.pattern("Welcome to DoraDash"))
        app.close()
        self.assertEqual(app.complaints(), [])

    def test_narrow_and_restart(self):
        app = self.open_sample()
        everything = self.report()
        name = max(everything["repositories"], key=lambda each: each["metrics"]["deployment_frequency"].get("deployments") or 0)["name"]
        app.action("narrow", f"<('{name}', '')>")
        self.check_cards(app, self.report("--repo", name))
        app.action("period-before")
        app.see(WORDS.whole("Week %d"))
        app.close()
        again = self.start()
        again.see(f"^{name}$")
        again.action("period-after")
        self.check_cards(again, self.report("--repo", name))

    def test_a_decision_and_its_undo(self):
        """An incident that no change caused leaves the failure rate, on the page as on the command line, and is back after undo."""
        app = self.open_sample()
        app.action("show", "<'incidents'>")
        before = self.report()["metrics"]
        app.click("push button", WORDS.whole("_Not Caused by a Change"))
        rate = app.wait(self.rate_after_decision(before), "another change failure rate")
        app.see(self.rate_line(rate["failed"], rate["deployments"]))
        app.action("undo")
        app.wait(lambda: self.report()["metrics"] == before, "the numbers from before")
        app.see(self.rate_line(before["change_failure_rate"]["failed"], rate["deployments"]))

    @staticmethod
    def rate_line(failed, deployments):
        count = WORDS.plural("%u of %u deployment", "%u of %u deployments", deployments, failed, deployments)
        return "^" + WORDS.pattern("change failure rate · %s: %s", count)

    def rate_after_decision(self, before):
        def changed():
            rate = self.report()["metrics"]["change_failure_rate"]
            return rate if rate["failed"] == before["change_failure_rate"]["failed"] - 1 else None
        return changed

    def test_every_page_opens(self):
        app = self.open_sample()
        for page in ("deployment_frequency", "lead_time", "change_failure_rate", "recovery_time", "rework_rate", "incidents", "health", "activity",
                     "overview"):
            app.action("show", f"<'{page}'>")
        self.check_cards(app, self.report())
        app.close()
        self.assertEqual(app.complaints(), [])

    def connect(self, app, source, token, name):
        """What a person types for one service, and what the service says to it."""
        group = app.get("list item", f"^{name}$")
        if name != "GitHub":
            app.click("list item", f"^{name}$")
        app.type(WORDS.whole("Address"), source["url"], group)
        if "organization" in source:
            app.type(WORDS.whole("Organization or user"), source["organization"], group)
        app.type("|".join(WORDS.whole(name) for name in TOKENS), token, group)
        app.click("push button", WORDS.whole("_Check"), group)
        app.get("list item", f"lindholm|Lindholm|Mara|mara|{WORDS.pattern('The token is good')}", group)

    def link_elsewhere(self, app):
        """Chooses a deployment of another repository; returns the first one, and what is said before it is done."""
        linked_to = f"^{WORDS.pattern('Linked to %s: %s')}$"
        linked = re.search(linked_to, app.read("label", linked_to)).group(1).split()[0]
        app.action("narrow", f"<('{linked}', '')>")
        app.see(f"^{linked}$")

        def choose():
            """The rows are made anew when the numbers come."""
            choices = app.find("list", WORDS.whole("Deployments before the incident"))
            rows = (node for node in app.walk(choices) if app.role(node) == "list item") if choices else ()
            for row in rows:
                name = app.text(row)
                if not name.startswith(linked + " ") and Atspi.Action.do_action(row, 0):
                    return name
            return None

        name = app.wait(choose, "a deployment of another repository")
        said = app.read("status bar", f"^{WORDS.pattern('Change failure rate %s → %s')}$")
        app.click("push button", WORDS.whole("_Link Deployment"))
        app.get("label", f"^{WORDS.pattern('Linked to %s: %s', name)}")
        return linked, said

    def test_from_nothing_to_a_decision(self):
        """Connect, sync, read, narrow, open a list, link an incident elsewhere, undo, start again: each as the command line says."""
        organization = Organization(PROGRAM)
        self.addCleanup(organization.close)
        tokens = {"github": "GITHUB_TOKEN", "linear": "LINEAR_API_KEY", "slab": "SLAB_API_TOKEN"}
        app = self.start()
        app.click("push button", WORDS.whole("_Connect Your Sources"))
        for source in organization.settings["sources"]:
            name = {"github": "GitHub"}.get(source["type"], source["type"].capitalize())
            self.connect(app, source, organization.tokens[tokens[source["type"]]], name)
        app.click("push button", WORDS.whole("_Next"))
        app.see(WORDS.plural_pattern("%u found in %s. Archived ones and forks are left out.", "%u found in %s. Archived ones and forks are left out.",
                                    None, "lindholm"))
        app.click("push button", WORDS.whole("_Start Sync"))
        app.wait(self.is_synced, "end of the first sync")
        app.see(WORDS.plural_pattern("%s · %u source", "%s · %u sources", None, 3) + "$")
        everything = self.report()
        self.assertEqual(everything["workspace"], "lindholm")
        self.assertGreater(everything["metrics"]["deployment_frequency"]["deployments"], 10)
        self.check_cards(app, everything)

        name = max(everything["repositories"], key=lambda each: each["metrics"]["lead_time"].get("changes") or 0)["name"]
        app.action("narrow", f"<('{name}', '')>")
        self.check_cards(app, self.report("--repo", name))
        app.click("push button", WORDS.whole("Lead time for changes"))
        records = self.command("records", "lead_time", "--repo", name, "--format", "json")
        app.see(WORDS.whole("The changes behind this number"))
        app.get("label", f"^{len(records)}$")
        app.action("narrow", "<('', '')>")

        app.action("show", "<'incidents'>")
        before = self.report()["metrics"]
        repository, said = self.link_elsewhere(app)
        rate = self.report("--repo", repository)["metrics"]["change_failure_rate"]
        self.assertRegex(said, f"^{WORDS.pattern('Change failure rate %s → %s', None, WORDS('%.1f %%', 100 * rate['rate']))}$")
        app.see(self.rate_line(rate["failed"], rate["deployments"]))
        app.action("undo")
        app.wait(lambda: self.report()["metrics"] == before, "the numbers from before")
        app.close()
        self.assertEqual(app.complaints(), [])

        again = self.start()
        again.see("^" + WORDS.pattern("change failure rate · %s: %s"))
        again.action("show", "<'overview'>")
        self.check_cards(again, self.report("--repo", repository))


if __name__ == "__main__":
    unittest.main(verbosity=2)
