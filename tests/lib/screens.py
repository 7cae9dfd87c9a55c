# SPDX-License-Identifier: GPL-3.0-or-later
"""screens.py PROGRAM FOLDER LOOK: pictures of the dialogs and of what can go wrong, as LOOK-NAME.png; see tests/screenshots.

The services of the example organization answer behind a proxy that can do them wrong."""

import json
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "e2e"))
from atspi_app import App, Atspi  # noqa: E402
from organization import Organization, Proxy  # noqa: E402

PROGRAM, FOLDER, LOOK = sys.argv[1:]
# Enough requests for the first repositories to be there.
FIRST_REQUESTS = 12
SAME = 4

# Name, page of the preferences (a setting on it), and what is to be seen there.
PREFERENCES = (("sources", "sources.tokens", "GitHub"), ("metrics", "metrics.environments", "Production"), ("schedules", "schedules", "Schedules"),
               ("general", "timezone", "Time [zZ]one"))


def answer(status, **headers):
    def interfere(number, path, body, handler):
        handler.answer(status, '{"message": "Something is wrong"}', **headers)
        return True
    return interfere


# Name, what the services answer, and what the window says of it.
TROUBLES = (("token", answer(401), "Tokens…"), ("limit", answer(429, Retry_After="3600"), "limit"), ("server", answer(500), "trouble"))


class Screens:
    def __init__(self, organization, folder):
        self.organization = organization
        self.env = {**organization.environment, "XDG_DATA_HOME": folder + "/data", "XDG_STATE_HOME": folder + "/state"}
        # The tokens are typed, as a user does.
        for name in organization.tokens:
            self.env.pop(name)
        self.database = folder + "/data/doradash/doradash.db"

    def start(self, **more):
        return App(PROGRAM, env={**self.env, **more})

    def synced(self):
        done = subprocess.run([PROGRAM, "report", "--format", "json"], env=self.env, capture_output=True, text=True, check=False)
        return done.returncode == 0 and all(source["last_sync"] for source in json.loads(done.stdout)["sources"])

    @staticmethod
    def take(name):
        """When the screen has come to rest."""
        # Away from what has a tooltip.
        subprocess.run(["xdotool", "mousemove", "9999", "9999"], check=True)
        before, same = None, 0
        for _ in range(100):
            now = subprocess.run(["import", "-silent", "-window", "root", "ppm:-"], capture_output=True, check=True).stdout
            same = same + 1 if now == before else 0
            if same == SAME:
                break
            before = now
            time.sleep(0.1)
        subprocess.run(["convert", "ppm:-", f"{FOLDER}/{LOOK}-{name}.png"], input=now, check=True)
        print(f"{LOOK}-{name}", flush=True)

    def connect(self, proxy):
        token = self.organization.tokens["GITHUB_TOKEN"]
        source = next(each for each in proxy.settings()["sources"] if each["type"] == "github")
        with self.start() as app:
            self.take("welcome")
            app.click("push button", "_Connect Your Sources|Connect Your Sources")
            group = app.get("list item", "^GitHub$")
            self.take("connect")
            app.type("^Address$", source["url"], group)
            app.type("^Organization or user$", source["organization"], group)
            proxy.interfere = answer(401)
            app.type("^Personal access token$", "wrong", group)
            app.click("push button", "Check$", group)
            app.see("token")
            self.take("connect-wrong-token")
            proxy.forget()
            app.type("^Personal access token$", token, group)
            app.click("push button", "Check Again$", group)
            app.get("list item", "lindholm|Lindholm|Mara|mara|The token is good", group)
            self.take("connect-checked")
            source = next(each for each in proxy.settings()["sources"] if each["type"] == "linear")
            group = app.get("list item", "^Linear$")
            app.click("list item", "^Linear$")
            app.type("^Address$", source["url"], group)
            app.type("^Personal API key$", self.organization.tokens["LINEAR_API_KEY"], group)
            app.click("push button", "Check$", group)
            app.get("list item", "Mara|mara|The token is good", group)
            app.click("push button", "Next$")
            app.see("to production: ")
            self.take("connect-repositories")
            more = threading.Event()
            proxy.forget()
            proxy.interfere = lambda number, path, body, handler: number > FIRST_REQUESTS and not more.wait(60)
            app.click("push button", "Start Sync$")
            app.wait(lambda: proxy.requests > FIRST_REQUESTS, "requests of the sync")
            self.take("first-sync")
            more.set()
            app.wait(self.synced, "end of the first sync")
            self.take("synced")

    def troubles(self, proxy):
        for name, interfere, said in TROUBLES:
            with self.start(DORADASH_PATIENCE="0.02") as app:
                app.see("lindholm")
                proxy.interfere = interfere
                app.action("sync")
                app.see(said)
                self.take(f"trouble-{name}")
            proxy.forget()
        proxy.close()
        with self.start(DORADASH_PATIENCE="0.02") as app:
            app.see("lindholm")
            app.action("sync")
            app.see("reached|offline")
            self.take("trouble-offline")
        lock = sqlite3.connect(self.database, isolation_level=None)
        lock.execute("PRAGMA locking_mode = EXCLUSIVE")
        lock.execute("BEGIN EXCLUSIVE")
        with self.start() as app:
            app.see("database")
            self.take("trouble-database")
        lock.close()

    def dialogs(self):
        for name, setting, seen in PREFERENCES:
            with self.start() as app:
                app.see("lindholm")
                app.action("change-setting", f"<'{setting}'>")
                app.see(seen)
                self.take(f"preferences-{name}")
        with self.start() as app:
            app.see("lindholm")
            app.action("show", "<'incidents'>")
            choices = app.get("list", "^Deployments before the incident$")
            Atspi.Action.do_action(app.get("list item", None, choices), 0)
            app.get("status bar", "Change failure rate")
            self.take("link-editor")
        for name, action, parameter, seen in (("slack", "send-report", (), "Slack"), ("help", "help", ("<''>",), "Help"),
                                              ("shortcuts", "shortcuts", (), "Shortcuts")):
            with self.start() as app:
                app.see("lindholm")
                app.action(action, *parameter)
                app.see(seen)
                self.take(name)


def main():
    organization = Organization(PROGRAM)
    proxy = Proxy(organization)
    with tempfile.TemporaryDirectory() as folder:
        screens = Screens(organization, folder)
        screens.connect(proxy)
        screens.dialogs()
        screens.troubles(proxy)
    organization.close()


if __name__ == "__main__":
    main()
