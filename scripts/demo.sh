#!/usr/bin/env bash
# From nothing to a ranking: a sample catalog, its shards, the goods for one
# shop, and the page that does the same in a browser. Expects what
# scripts/build.sh builds. ADDRESS is where the page is served.

source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

catalog=target/demo/catalog
shards=target/demo/shards

# Prints the id of the first shop that agreed to be public.
public_shop() {
    awk -F , 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "public") column = i; next }
        $column == 1 { print $1; exit }' "$catalog/shops.csv"
}

"$goodsrank" sample "$catalog"
"$goodsrank" build "$catalog" --out "$shards"
"$goodsrank" rank "$shards" --shop "$(public_shop)"
exec "$goodsrank" serve --root www/dist --shards "$shards" --address "${ADDRESS:-127.0.0.1:8080}"
