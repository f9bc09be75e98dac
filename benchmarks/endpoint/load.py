"""Load by wrk: how many requests a server answers in a second, and how long half and almost all of them take."""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import quote, urlsplit

_SCRIPT: Final = """local paths, ready, turn = {paths}, {{}}, 0
wrk.headers["Accept"] = "application/sparql-results+json"
init = function() for i, path in ipairs(paths) do ready[i] = wrk.format("GET", path) end end
request = function() turn = turn % #ready + 1; return ready[turn] end
done = function(summary, latency)
  local e = summary.errors
  io.write(string.format("\\nFIGURES %d %d %d %d %d %d\\n", summary.requests, summary.duration, summary.bytes,
    e.connect + e.read + e.write + e.timeout + e.status, latency:percentile(50), latency:percentile(99)))
end
"""
_MICRO: Final = 1e6


@dataclass(frozen=True)
class Load:
    """What wrk saw: requests and megabytes a second, milliseconds, and how many requests failed in any way."""

    requests: int
    rate: float
    megabytes: float
    p50: float
    p99: float
    failed: int


def put(url: str, queries: Sequence[str], seconds: float, connections: int = 8) -> Load:
    """Ask the queries in turn, over and over."""
    with started(url, queries, seconds, connections) as process:
        output, _ = process.communicate()
    return read(output)


def started(url: str, queries: Sequence[str], seconds: float, connections: int = 8) -> subprocess.Popen[str]:
    """Start wrk and go on; its output is for `read`."""
    path = urlsplit(url).path
    paths = "{" + ",".join(json.dumps(f"{path}?query={quote(query, safe='')}") for query in queries) + "}"
    with tempfile.NamedTemporaryFile("w", suffix=".lua", delete=False) as script:
        script.write(_SCRIPT.format(paths=paths))
    Path(script.name).chmod(0o600)
    command = ["wrk", "-t1", f"-c{connections}", f"-d{max(round(seconds), 1)}s", "--timeout", "60s", "-s", script.name, url]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def read(output: str) -> Load:
    """Read what wrk wrote at its end."""
    found = re.search(r"FIGURES (\d+) (\d+) (\d+) (\d+) (\d+) (\d+)", output)
    if not found:
        raise RuntimeError(f"wrk gives no figures: {output[-500:]}")
    requests, micros, size, failed, p50, p99 = (int(group) for group in found.groups())
    seconds = micros / _MICRO
    return Load(requests, requests / seconds, size / seconds / _MICRO, p50 / 1000, p99 / 1000, failed)
