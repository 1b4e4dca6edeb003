#!/usr/bin/env python3
"""A feed for gyre in Python: invented prices of the symbols given as arguments,
once a second.

    gyre --feed "exec:python3 docs/examples/feed.py AAPL BRK.B"

It prints lines such as

    {"v":1,"t":"q","s":"AAPL","ts":1743191999900000000,"p":20.57,"src":"example"}
    {"v":1,"t":"k","ts":1743191999900000000}
"""

import json
import random
import sys
import time


def say(**record):
    """Prints one record and does not wait until there are many."""
    print(json.dumps({"v": 1, **record}), flush=True)


while True:
    now = time.time_ns()
    for symbol in sys.argv[1:]:
        price = round(random.uniform(20, 21), 2)  # replace this with a real price
        say(t="q", s=symbol, ts=now, p=price, src="example")
    say(t="k", ts=now)  # all symbols are told: the screen may show this moment
    time.sleep(1)
