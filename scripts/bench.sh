#!/usr/bin/env bash
# How long a ranking takes, beside plain JavaScript in the same run. Expects what
# scripts/build.sh builds.
#
#   scripts/bench.sh [edge]     in Node; or as requests to the edge worker

source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

catalog=target/bench/catalog
shards=target/bench/shards

if [ ! -d "$shards" ] || [ "$goodsrank" -nt "$shards" ]; then
    say "bench: a sample of 100,000 goods"
    "$goodsrank" sample "$catalog" --goods 100000 --shops 5000
    "$goodsrank" build "$catalog" --publish-shops all --out "$shards"
fi
case ${1:-} in
    '') node tests/bench/rank.mjs "$shards" ;;
    edge) node edge/bench/run.mjs "$shards" ;;
    *) die "unknown benchmark '$1'" "expected none, or edge" ;;
esac
