# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: smooth-window.py DORADASH STORE: a walk through the window while its main loop is watched. See tests/perf/smooth."""

import importlib.machinery
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time

from gi.repository import Gio, GLib

MOST_HELD = 16.0
PATH = "/com/example/DoraDash/window/1"
NAME = "com.example.DoraDash"
PAGES = ["deployment_frequency", "lead_time", "change_failure_rate", "recovery_time", "rework_rate", "incidents", "health", "activity",
         "reports", "overview"]
HELD = re.compile(r"watch: held ([\d.]+) ms at ([\d.]+): own ([\d.]+), layout ([\d.]+), drawing ([\d.]+)")


class Window:
    """The program in a window, and for how long it held its main loop."""

    def __init__(self, doradash, home, environment=None, **state):
        folder = os.path.join(os.environ["XDG_STATE_HOME"], "doradash")
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, "window.ini"), "w", encoding="utf-8") as file:
            file.write("[window]\n" + "".join(f"{key}={value}\n" for key, value in state.items()))
        self.holds, self.last, self.lines = [], time.monotonic(), 0
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        self.process = subprocess.Popen([doradash], stderr=subprocess.PIPE, text=True,
                                        env={**(environment or os.environ), "XDG_DATA_HOME": home, "DORADASH_WATCH": "1"})
        threading.Thread(target=self.read, daemon=True).start()
        self.actions = None

    def read(self):
        for line in self.process.stderr:
            self.last = time.monotonic()
            if found := HELD.match(line):
                self.holds.append(tuple(float(value) for value in found.groups()))

    def act(self, name, *parameters):
        parameter = [GLib.Variant(*parameters)] if parameters else []
        self.bus.call_sync(NAME, PATH, "org.gtk.Actions", "Activate", GLib.Variant("(sava{sv})", (name, parameter, {})), None,
                           Gio.DBusCallFlags.NONE, 20000, None)

    def settle(self):
        """Until it has used no processor for a while."""
        quiet, before = 0, None
        while quiet < 4:
            time.sleep(0.1)
            with open(f"/proc/{self.process.pid}/stat", encoding="ascii") as stat:
                used = sum(int(ticks) for ticks in stat.read().rsplit(")", 1)[1].split()[11:13])
            quiet = quiet + 1 if used == before else 0
            before = used

    def start(self):
        end = time.monotonic() + 30
        while time.monotonic() < end:
            try:
                self.act("show", "s", "overview")
                break
            except GLib.Error:
                time.sleep(0.05)
        self.settle()

    def close(self):
        self.process.terminate()
        self.process.wait()


class Walk:
    """Its steps, each with the longest hold in it."""

    def __init__(self):
        self.worst, self.over = (0.0,), 0

    def step(self, window, title, act, rounds=1):
        del window.holds[:]
        for _ in range(rounds):
            act()
            window.settle()
        holds = sorted(window.holds, reverse=True)
        self.over += len(holds)
        self.worst = max(self.worst, holds[0] if holds else (0.0,))
        if holds:
            held, _, own, layout, drawing = holds[0]
            print(f"{title}: held {held:.0f} ms (own {own:.0f}, layout {layout:.0f}, drawing {drawing:.0f}), {len(holds)} times over {MOST_HELD:.0f} ms", flush=True)
        else:
            print(f"{title}: never over {MOST_HELD:.0f} ms", flush=True)


def press(*keys):
    subprocess.run(["xdotool", "key", "--delay", "30", *keys], check=True)


def wheel(x, y, turns, down=True):
    subprocess.run(["xdotool", "mousemove", str(x), str(y), "click", "--repeat", str(turns), "--delay", "20", "5" if down else "4"], check=True)


def walk_store(walk, doradash, home):
    window = Window(doradash, home, workspace="Big", period="weekly", page="overview")
    window.start()
    for page in PAGES:
        walk.step(window, f"page {page}, first", lambda: window.act("show", "s", page))
    for page in PAGES:
        walk.step(window, f"page {page}, again", lambda: window.act("show", "s", page))
    for page in ("overview", "lead_time", "incidents"):
        window.act("show", "s", page)
        window.settle()
        walk.step(window, f"{page}: period before", lambda: window.act("period-before"), 2)
        walk.step(window, f"{page}: period after", lambda: window.act("period-after"), 2)
        walk.step(window, f"{page}: narrowed", lambda: window.act("narrow", "(ss)", ("repo-0001", "")))
        walk.step(window, f"{page}: all", lambda: window.act("narrow", "(ss)", ("", "")))
        walk.step(window, f"{page}: scrolled", lambda: (wheel(800, 600, 40), wheel(800, 600, 40, False)))
    window.close()
    window = Window(doradash, home, workspace="Big", period="2023-11-24..2026-11-23", page="deployment_frequency")
    window.start()
    walk.step(window, "three years: page", lambda: window.act("show", "s", "deployment_frequency"))
    walk.step(window, "three years: scrolled", lambda: wheel(800, 600, 80))
    walk.step(window, "list of a million: scrolled", lambda: (wheel(800, 600, 200), press(*["Page_Down"] * 20), press("End"), press("Home")))
    window.close()


def walk_sync(walk, doradash):
    """A first sync, of the example organization or of a bigger stand-in (see tests/perf/sync)."""
    loader = importlib.machinery.SourceFileLoader("sync", os.path.join(os.path.dirname(os.path.abspath(__file__)), "sync"))
    sync = importlib.util.module_from_spec(importlib.util.spec_from_loader("sync", loader))
    loader.exec_module(sync)
    environment = dict(os.environ)
    world = os.environ.get("DORADASH_WORLD")
    stop, settings, _ = sync.start_world(world, environment) if world else sync.start_demo(doradash, environment)
    with tempfile.TemporaryDirectory() as folder:
        environment["XDG_DATA_HOME"] = folder
        with open(os.path.join(folder, "first.json"), "w", encoding="utf-8") as file:
            json.dump(settings, file)
        subprocess.run([doradash, "workspace", "import", file.name, "--quiet"], env=environment, check=True, stdout=subprocess.DEVNULL)
        window = Window(doradash, folder, environment, workspace=settings["name"], period="monthly", page="overview")
        window.start()

        def is_syncing():
            done = subprocess.run([doradash, "activity", "--json"], capture_output=True, text=True, check=True, env=environment)
            return '"running"' in done.stdout

        def sync_all():
            window.act("sync")
            while not is_syncing():
                time.sleep(0.1)
            while is_syncing():
                time.sleep(1)

        walk.step(window, "first sync", sync_all)
        window.close()
    stop()


def main(doradash, store):
    walk = Walk()
    with tempfile.TemporaryDirectory() as folder:
        os.mkdir(os.path.join(folder, "doradash"))
        shutil.copyfile(store, os.path.join(folder, "doradash", "doradash.db"))
        walk_store(walk, doradash, folder)
    walk_sync(walk, doradash)
    print(f"smooth: the main loop was held for {walk.worst[0]:.0f} ms at most (at most {MOST_HELD:.0f} ms), {walk.over} times for more than that")
    return walk.over > 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
