"""`make bench`: every benchmark, as tables. `make bench ARGS=log` (or `signing`, `public`, `web`, `joins`, `loop`,
`documents`, `claims`, `desk`, `inputs`, `opinion`, `gathering`, `schedules`, `proxy`, `hostile`, `herd`, `cluster`)
runs one part; `quick` beside `opinion` leaves the peer out if it would take many minutes, and beside `cluster` the
largest folder. Without a name all run but those that take long or need more: `proxy`, `hostile`, `herd`, `cluster`."""

from __future__ import annotations

import sys

from benchmarks import (
    cluster,
    desk,
    documents,
    gathering,
    herd,
    hostile,
    inputs,
    joins,
    large_files,
    live_map,
    log,
    loop,
    opinion,
    proxy,
    public_log,
    schedules,
    signing,
    web,
)
from benchmarks.claims import measure as claims
from benchmarks.measure import machine, table

if __name__ == "__main__":
    wanted = sys.argv[1:] or [
        "log",
        "signing",
        "public",
        "web",
        "joins",
        "loop",
        "gathering",
        "schedules",
        "documents",
        "claims",
        "desk",
        "inputs",
        "opinion",
    ]
    print("\n".join(f"- {line}" for line in machine()), "\n", flush=True)
    if "log" in wanted:
        print(table("The log", [*log.appends(), *log.replay()]), flush=True)
    if "signing" in wanted:
        print(table("Signed checkpoints", signing.results()), flush=True)
    if "public" in wanted:
        print(table("The public log", public_log.results()), flush=True)
    if "web" in wanted:
        print(table("Over HTTP", [*web.votes_over_http(), *web.phones()]), flush=True)
    if "proxy" in wanted:
        print(table("Behind nginx", proxy.results()), flush=True)
    if "joins" in wanted:
        print(table("Joining on a slow disk", joins.results()), flush=True)
    if "loop" in wanted:
        print("# What holds the event loop\n", flush=True)
        for line in loop.report():
            print(line, flush=True)
    if "hostile" in wanted:
        print(table("Beside a hostile client", hostile.results()), flush=True)
    if "herd" in wanted:
        print(table("After a stall", herd.results()), flush=True)
    if "gathering" in wanted:
        print(table("Two hundred sessions", gathering.results()), flush=True)
    if "schedules" in wanted:
        print(table("A schedule of three hundred sessions", schedules.results()), flush=True)
    if "documents" in wanted:
        print(documents.report(), flush=True)
    if "claims" in wanted:
        print(table("The check of the report", claims.results()), flush=True)
    if "desk" in wanted:
        print(desk.report(), flush=True)
    if "inputs" in wanted:
        print(table("The outcome of every input", inputs.results()), flush=True)
    if "opinion" in wanted:
        print(opinion.whole_command(), flush=True)
        print(large_files.table("quick" not in wanted), flush=True)
        print(opinion.tables("quick" in wanted), flush=True)
        print(table("Votes while the map is read", live_map.results()), flush=True)
    if "cluster" in wanted:
        print(cluster.table("quick" not in wanted), flush=True)
