#!/usr/bin/env bash
# How long a ranking takes, beside plain JavaScript in the same run. Expects what
# scripts/build.sh builds.

source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

catalog=target/bench/catalog
shards=target/bench/shards

if [ ! -d "$shards" ] || [ "$goodsrank" -nt "$shards" ]; then
    say "bench: a sample of 100,000 goods"
    "$goodsrank" sample "$catalog" --goods 100000 --shops 5000
    "$goodsrank" build "$catalog" --publish-shops all --out "$shards"
fi
node tests/bench/rank.mjs "$shards"
