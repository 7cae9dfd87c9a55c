# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: window-start.py EMPTY-WINDOW DORADASH STORE: starts both by turns and compares times and memory. See tests/perf/window."""

import os
import re
import statistics
import subprocess
import sys
import time

ROUNDS = 9
MOST_TIMES = 1.3
MOST_MORE_KB = 40 * 1024


def memory(pid):
    """Its share of what is in memory, in kB: what it has alone and its part of what it shares."""
    with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as rollup:
        return int(re.search(r"^Pss:\s+(\d+)", rollup.read(), re.M).group(1))


def start(*command):
    """Milliseconds from exec to the first frame with content, and memory then."""
    begin = time.clock_gettime(time.CLOCK_MONOTONIC)
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={**os.environ, "DORADASH_WATCH": "1"}) as process:
        for line in process.stderr:
            found = re.match(r"watch: content at ([\d.]+)", line)
            if found:
                kilobytes = memory(process.pid)
                process.kill()
                return (float(found.group(1)) - begin) * 1000, kilobytes
    raise SystemExit(f"{command[0]} ended without a frame")


def main(empty, doradash, store):
    floors, windows = [], []
    for i in range(ROUNDS + 1):
        # The first of each warms the disk's cache.
        floors[i:] = [start(empty)]
        windows[i:] = [start(doradash, "--database", store)]
    floor, floor_memory = (statistics.median(values) for values in zip(*floors[1:]))
    window, window_memory = (statistics.median(values) for values in zip(*windows[1:]))
    times, more = window / floor, window_memory - floor_memory
    print(f"start: {window:.0f} ms beside {floor:.0f} ms of an empty window: {times:.2f} x (at most {MOST_TIMES} x)")
    print(f"memory (PSS): {window_memory / 1024:.1f} MB beside {floor_memory / 1024:.1f} MB: {more / 1024:+.1f} MB (at most +40 MB)")
    return times > MOST_TIMES or more > MOST_MORE_KB


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
