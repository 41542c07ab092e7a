"""One person who posts without end, in a process of their own; told to stop they say how many posts were refused and
how many taken. `python -m tests.benchmarks.live.flooding PORT ORIGIN COOKIES CSRF PATH A_SECOND`.
"""

from __future__ import annotations

import http.client
import signal
import sys
import time
from types import FrameType
from urllib.parse import urlencode


def main() -> None:
    port, origin, cookies, csrf, path, a_second = sys.argv[1:]
    stopped: list[int] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        stopped.append(number)

    signal.signal(signal.SIGTERM, stop)
    headers = {
        **{"Host": origin.removeprefix("http://"), "Origin": origin, "Cookie": cookies, "X-CSRFToken": csrf},
        **{"Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded"},
    }
    answered = {201: 0, 429: 0}
    line = http.client.HTTPConnection("127.0.0.1", int(port), timeout=20)
    began, number = time.monotonic(), 0
    while not stopped:
        number += 1
        body = urlencode({"text": f"Flood {number}.", "client_id": f"flood-{time.time_ns()}"})
        line.request("POST", path, body, headers)
        answer = line.getresponse()
        answer.read()
        answered[answer.status] = answered.get(answer.status, 0) + 1
        wait = began + number / float(a_second) - time.monotonic()
        if wait > 0:
            time.sleep(wait)
    sys.stdout.write(f"{answered[429]} {answered[201]}\n")


if __name__ == "__main__":
    main()
