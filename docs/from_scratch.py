"""How long the running figures of gyre take from scratch with pandas.

3,000 names, six windows, four size and three leverage groups: the means that
one quote changes, worked out anew. Needs pandas; prints the median of 50 runs.
"""
import statistics
import time

import numpy as np
import pandas as pd

rng = np.random.default_rng(1)
names, windows = 3000, ["1D", "1W", "MTD", "1M", "3M", "YTD"]
price = pd.Series(rng.uniform(5, 105, names))
base = pd.DataFrame({w: price * rng.uniform(0.8, 1.2, names) for w in windows})
size = pd.DataFrame({w: rng.integers(0, 4, names) for w in windows})
debt = pd.DataFrame({w: rng.integers(0, 3, names) for w in windows})


def figures():
    returns = base.rdiv(price, axis=0) - 1
    return [returns[w].groupby(groups[w]).mean() for groups in (size, debt, debt) for w in windows]


runs = []
for _ in range(50):
    start = time.perf_counter()
    figures()
    runs.append(time.perf_counter() - start)
print(f"{1e3 * statistics.median(runs):.2f} ms from scratch")
