#!/usr/bin/env python3
"""What scripts/eval.sh says of its figures. Standard library only.

    eval-report.py built BUILD.json
    eval-report.py check SCORE.json RANKINGS TRUTH PROFILES CATALOG [--only GOODS]
    eval-report.py report --out REPORT.json FIGURE...

built    one line on a build
check    one line on a figure; fails if it does not count
report   a table of the figures beside the published ones, and all that is known of them in REPORT.json

A FIGURE is a folder …/SET/BUILD/QUESTION that holds score.json and, where other methods were run too, for each the
score of its rankings, peer-NAME.json, and ours against it, versus-NAME.json; the folder above holds build.json.
"""
import argparse
import csv
import json
import os
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

QUESTIONS = {
    "shop-goods": "shop → goods",
    "good-shops": "good → shops",
    "new-shops-1": "new shops, after 1 good",
    "new-shops-3": "new shops, after 3 goods",
    "new-shops-10": "new shops, after 10 goods",
    "cold-goods": "cold goods",
}
METHODS = {
    "ease": "EASE",
    "gfcf": "GF-CF",
    "hybrid": "heat-mass hybrid",
    "supplier": "popularity of the supplier",
    "category": "popularity of the category",
    "affinity": "the shop's own suppliers and categories",
}

# Name, recall@20, NDCG@20 on `full`, all from EVALUATION.md, which is kept with the referee.
MEASURED = "EVALUATION.md, measured"  # by the referee's baselines.py, parameters chosen on `fit`
PUBLISHED = "EVALUATION.md, published"  # tables of others on the same split
TRUNCATED = "EVALUATION.md, truncation"  # what is left of GF-CF's kernel when it is cut; recall was not noted
PEERS = {
    ("iowa-liquor", "shop-goods"): {
        MEASURED: [
            ("popularity", .1236, .1837),
            ("item kNN (cosine, 400)", .1504, .2130),
            ("user kNN (25; not for a shard)", .1826, .2408),
            ("RP3β (1, .6)", .1513, .2103),
            ("heat-mass hybrid (lam .5)", .1400, .1994),
            ("GF-CF (factors 64, alpha 1)", .1822, .2378),
            ("ALS (64, 10, 2; on a few more goods)", .1847, .2412),
            ("EASE (l2 300)", .1879, .2488),
        ]
    },
    ("online-retail", "shop-goods"): {
        MEASURED: [
            ("popularity", .0326, .0479),
            ("item kNN (cosine, 400)", .0811, .1031),
            ("user kNN (25; not for a shard)", .0704, .0925),
            ("RP3β (1, .6)", .0769, .0886),
            ("heat-mass hybrid (lam .35)", .0838, .1016),
            ("GF-CF (factors 256, alpha .3)", .0851, .1048),
            ("ALS (64, 10, 2)", .0871, .1112),
            ("EASE (l2 300)", .0918, .1137),
        ]
    },
    ("iowa-liquor", "good-shops"): {
        MEASURED: [("popularity", .0965, .1111), ("EASE (l2 300)", .1574, .1743)],
    },
    ("gowalla", "shop-goods"): {
        MEASURED: [
            ("GF-CF (factors 256, alpha .3)", .1850, .1518),
            ("heat-mass hybrid (lam 1)", .1862, .1563),
        ],
        PUBLISHED: [
            ("popularity", .0416, .0317),
            ("item kNN", .1570, .1214),
            ("LightGCN", .1830, .1554),
            ("GF-CF", .1849, .1518),
            ("EASE", .1765, .1467),
            ("UltraGCN", .1862, .1580),
            ("BSPM-EM", .1920, .1597),
            ("PGSP", .1917, .1606),
            ("ChebyCF (SIGIR 2025)", .1941, .1616),
        ],
        TRUNCATED: [
            ("GF-CF, whole kernel, 64 factors", None, .1472),
            ("GF-CF, 64 neighbours, 64 factors", None, .1412),
            ("GF-CF, 32 neighbours", None, .1374),
            ("GF-CF, 256 factors alone", None, .1465),
            ("GF-CF, 128 factors alone", None, .1334),
        ],
    },
}


def read_json(path):
    return json.loads(path.read_text(encoding="utf-8"))


def column(path, *names):
    with open(path, encoding="utf-8", newline="") as f:
        for row in csv.DictReader(f):
            yield tuple(row[name] for name in names)


def decimals(x, form=".4f"):
    return re.sub(r"\b0(?=\.)", "", format(x, form)) if x is not None else ""


# built ---------------------------------------------------------------------------------------------------------------


def kernel_bytes(build):
    return build["learned"]["kernel_bytes"] / max(1, build["goods"])


def built(a):
    build = read_json(a.build)
    print(f"    {build['learned']['recipe']}: {kernel_bytes(build):.0f} bytes of kernel a good, "
          f"{build['bytes_per_good']:.0f} of shard; {build['seconds']:.0f} s")


# check ---------------------------------------------------------------------------------------------------------------


def short_of_goods(a):
    """How many queries are short because there was no more to rank, and how many although there was."""
    goods = {good for good, in column(a.only or a.catalog / "goods.csv", "good_id")}
    had, ranked = defaultdict(set), Counter(query for query, in column(a.rankings, "query_id"))
    for shop, good in column(a.profiles, "shop_id", "good_id"):
        had[shop].add(good)
    excused = failed = 0
    for shop in {shop for shop, in column(a.truth, "shop_id")}:
        if ranked[shop] < a.limit:
            enough = ranked[shop] == len(goods - had[shop])
            excused, failed = excused + enough, failed + (not enough)
    return excused, failed


def check(a):
    score, question = read_json(a.score), a.score.parent.name
    faults = {fault: score[fault] for fault in ("unanswered", "short", "known")}
    excused = 0
    if faults["short"] and question.startswith(("new-shops", "cold-goods")):
        excused, faults["short"] = short_of_goods(a)
    if any(faults.values()):
        sys.exit(f"error: {a.score.parent}, {a.score.stem}: the figure does not count\n"
                 f"  expected unanswered 0, short 0 and known 0\n  found {faults}")
    who = "" if a.score.stem == "score" else " by " + a.score.stem.removeprefix("peer-")
    print(f"    NDCG@20 {decimals(score['ndcg'])}, recall@20 {decimals(score['recall'])}{who}"
          f" ({score['queries']} queries)")
    if excused:
        print(f"    {excused} queries have fewer than {a.limit} rows, for the catalog has no more goods for them")


# report --------------------------------------------------------------------------------------------------------------


def method(name):
    """ease,l2=300 as EASE (l2 300)."""
    base, *parameters = name.split(",")
    base = METHODS.get(base, base)
    return f"{base} ({', '.join(p.replace('=', ' ') for p in parameters)})" if parameters else base


def our_name(build):
    curve = re.fullmatch(r"k(\d+)-(\d+)", build)
    if not curve:
        return "goodsrank"
    most = "no limit" if curve[2] == "65536" else f"{curve[2]} bytes"
    return f"goodsrank (threshold {curve[1]}, {most})"


def load(folder):
    """All that is known of a figure."""
    data_set, name, question = folder.parts[-3:]
    build = read_json(folder.parent / "build.json")
    model = build.pop("manifest")["model"]
    build.pop("out", None)
    build.update(kernel_bytes_per_good=kernel_bytes(build), min_shops=model["min_shops"], kernel=model["kernel"])
    run = []
    for path in sorted(folder.glob("peer-*.json")):
        versus = read_json(path.with_name(path.name.replace("peer-", "versus-", 1)))
        gain = {k: versus[k] for k in ("ndcg_gain", "se_gain", "z")}
        run.append(dict(method=method(path.stem.removeprefix("peer-")), score=read_json(path), versus=gain))
    return dict(set=data_set, question=question, method=our_name(name), build=build,
                score=read_json(folder / "score.json"), peers=run)


def known_peers(figure):
    tables = PEERS.get((figure["set"], figure["question"]), {})
    return [dict(method=name, source=source, recall=recall, ndcg=ndcg)
            for source, rows in tables.items() for name, recall, ndcg in rows]


def our_row(figure):
    build, score = figure["build"], figure["score"]
    short = f"; {score['short']} queries short" if score["short"] else ""
    return dict(name=figure["method"], recall=score["recall"], ndcg=score["ndcg"], ours=True,
                kernel=build["kernel_bytes_per_good"], shard=build["bytes_per_good"], seconds=build["seconds"],
                note=build["learned"]["recipe"] + short)


def peer_rows(figure):
    """What was run here stands for what was noted of the same method, which is named beside it."""
    noted = {p["method"]: p for p in known_peers(figure)}
    for peer in figure["peers"]:
        before = noted.pop(peer["method"], None)
        note = f"run here; {before['source']}: {decimals(before['ndcg'])}" if before else "run here"
        yield dict(name=peer["method"], recall=peer["score"]["recall"], ndcg=peer["score"]["ndcg"], note=note,
                   gain=peer["versus"]["ndcg_gain"], z=peer["versus"]["z"])
    for peer in noted.values():
        yield dict(name=peer["method"], recall=peer["recall"], ndcg=peer["ndcg"], note=peer["source"],
                   gain=figure["score"]["ndcg"] - peer["ndcg"])


def line(row):
    def rounded(key, form=".0f"):
        return format(row[key], form) if key in row else ""

    return (f"{'→' if row.get('ours') else ' '} {row['name']:40}{decimals(row['recall']):>7}{decimals(row['ndcg']):>7}"
            f"{decimals(row.get('gain'), '+.4f'):>8}{rounded('z', '.1f'):>7}"
            f"{rounded('kernel'):>7}{rounded('shard'):>7}{rounded('seconds'):>6}  {row['note']}")


def table(figures):
    """One block for each question to each set, the best first; the figures of one block share its peers."""
    blocks = defaultdict(list)
    for figure in figures:
        blocks[figure["set"], figure["question"]].append(figure)
    print(f"\n{'':42}{'recall':>7}{'NDCG':>7}{'gain':>8}{'z':>7}{'kernel':>7}{'shard':>7}{'build':>6}")
    print(f"{'':42}{'@20':>7}{'@20':>7}{'':8}{'':7}{'B/good':>7}{'B/good':>7}{'s':>6}  recipe, or source")
    for (data_set, question), block in blocks.items():
        rows = [our_row(figure) for figure in block] + list(peer_rows(block[0]))
        print(f"\n{data_set}, {QUESTIONS[question]}")
        print("\n".join(line(row) for row in sorted(rows, key=lambda row: -row["ndcg"])))
    print("\ngain: NDCG of goodsrank (where there are several: of the one without a remark) less the peer's;\n"
          "z: of the paired gain over all queries, where the peer was run here (PEERS=1)")


def report(a):
    figures = [load(folder) for folder in a.figures]
    table(figures)
    for figure in figures:
        figure["known_peers"] = known_peers(figure)
    aside = a.out.with_suffix(".partial")
    aside.write_text(json.dumps(dict(figures=figures), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    os.replace(aside, a.out)
    print(f"every figure, with trials and recipes: {a.out}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    c = commands.add_parser("built")
    c.set_defaults(run=built)
    c.add_argument("build", type=Path)
    c = commands.add_parser("check")
    c.set_defaults(run=check, limit=20)
    for name in ("score", "rankings", "truth", "profiles", "catalog", "--only"):
        c.add_argument(name, type=Path)
    c = commands.add_parser("report")
    c.set_defaults(run=report)
    c.add_argument("--out", type=Path, required=True)
    c.add_argument("figures", type=Path, nargs="+")
    a = parser.parse_args()
    a.run(a)


if __name__ == "__main__":
    main()
