"""The tests. Before one of them imports NumPy, its threads are limited to one."""

import os

# More threads for products of small matrices wait for each other: with two of them the structure of 300 people took 17
# times the processor time.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
