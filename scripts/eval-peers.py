#!/usr/bin/env python3
"""Ranks as simple methods do where the referee's baselines.py has none: for new shops and for cold goods. Needs numpy.

    eval-peers.py METHOD --catalog DIR --truth FILE --profiles FILE --out FILE
                         [--only GOODS] [--k 20] [--set name=value]

popularity   by how many shops have the good
ease         l2=300; learned from the catalog, the profiles folded in (Steck 2019)
supplier     a good is as popular as the supplier's mean good; unknown ones as the catalog's
category     the same of its category
affinity     how many goods of the same supplier, and of the same category, the shop has
chance       a random order for each shop, seeded

--only ranks these goods alone. What a shop had is not ranked. Of equal scores the smaller id comes first.
"""
import argparse
import csv
from collections import defaultdict
from pathlib import Path

import numpy as np


def read(path, *columns):
    with open(path, encoding="utf-8", newline="") as f:
        for row in csv.DictReader(f):
            yield tuple(row[c] for c in columns)


def matrix(pairs, rows, columns):
    r, c = ({name: n for n, name in enumerate(names)} for names in (rows, columns))
    x = np.zeros((len(rows), len(columns)), np.float32)
    for row, column in pairs:
        if row in r and column in c:
            x[r[row], c[column]] = 1
    return x


def ease(x, l2):
    p = np.linalg.inv((x.T @ x).astype(np.float64) + l2 * np.eye(x.shape[1]))
    b = p / -np.diag(p)[None]
    np.fill_diagonal(b, 0)
    return b


def group_popularity(popularity, groups):
    """The mean over the goods that some shop has, for it is what a good that nobody has yet is likened to."""
    known = defaultdict(list)
    for count, group in zip(popularity, groups):
        if count and group:
            known[group].append(count)
    overall = popularity[popularity > 0].mean()
    return np.array([np.mean(known[g]) if g in known else overall for g in groups])


def scores(a, shops, goods, x):
    had = sorted(set(read(a.catalog / "events.csv", "shop_id", "good_id")))
    history = matrix(had, sorted({shop for shop, _ in had}), goods)
    popularity = history.sum(0)
    if a.method == "ease":
        return x @ ease(history, a.set.get("l2", 300))
    if a.method == "chance":
        return np.random.default_rng(0).random((len(shops), len(goods)))
    info = {good: rest for good, *rest in read(a.catalog / "goods.csv", "good_id", "supplier_id", "category")}
    supplier, category = (np.array(groups) for groups in zip(*(info[g] for g in goods)))
    if a.method == "affinity":
        return x @ sum((groups[:, None] == groups[None]).astype(np.float32) for groups in (supplier, category))
    if a.method != "popularity":
        popularity = group_popularity(popularity, supplier if a.method == "supplier" else category)
    return np.tile(popularity, (len(shops), 1))


def arguments():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("method", choices=["popularity", "ease", "supplier", "category", "affinity", "chance"])
    for name in ("catalog", "truth", "profiles", "out"):
        a.add_argument("--" + name, type=Path, required=True)
    a.add_argument("--only", type=Path)
    a.add_argument("--k", type=int, default=20)
    a.add_argument("--set", nargs="*", default=[])
    a = a.parse_args()
    a.set = {k: float(v) for k, v in (s.split("=") for s in a.set)}
    return a


def main():
    a = arguments()
    shops = sorted({shop for shop, in read(a.truth, "shop_id")})
    goods = sorted(good for good, in read(a.catalog / "goods.csv", "good_id"))
    x = matrix(read(a.profiles, "shop_id", "good_id"), shops, goods)
    s = scores(a, shops, goods, x).astype(np.float64)
    s[x > 0] = -np.inf
    if a.only:
        only = {good for good, in read(a.only, "good_id")}
        s[:, [good not in only for good in goods]] = -np.inf
    top = np.argsort(-s, axis=1, kind="stable")[:, :a.k]
    with open(a.out, "w", encoding="utf-8", newline="") as f:
        w = csv.writer(f)
        w.writerow(["query_id", "rank", "item_id"])
        for shop, row, line in zip(shops, s, top):
            w.writerows([shop, rank, goods[i]] for rank, i in enumerate(line, 1) if row[i] > -np.inf)


if __name__ == "__main__":
    main()
