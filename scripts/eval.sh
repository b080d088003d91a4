#!/usr/bin/env bash
# Recall and NDCG at 20 on three public data sets, by a referee that is not
# ours: prepare.py makes the catalogs and the truth, score.py scores.
#
#   scripts/eval.sh FOLDER     FOLDER/eval holds both, FOLDER/data the data

source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

python=${PYTHON:-python3}
sets=(iowa-liquor online-retail gowalla)

usage() {
    cat >&2 <<'END'
make eval needs the data, which is not part of this repository:

    make eval EVAL=FOLDER

FOLDER/eval/prepare.py makes catalogs, in the format of docs/catalog.md, of
    iowa-liquor     State of Iowa, data.iowa.gov m3tr-qhgy (open data)
    online-retail   UCI Machine Learning Repository 352 (CC BY 4.0)
    gowalla         SNAP loc-gowalla, in the split of LightGCN
in FOLDER/data, and FOLDER/eval/score.py scores rankings.
END
    exit 2
}

# Prepared aside and moved, so that a half is not taken for the whole.
prepare() { # SET
    [ ! -d "target/eval/$1" ] || return 0
    say "$1: preparing the catalog and the truth"
    rm -rf "target/eval/$1.partial"
    "$python" "$referee/prepare.py" "$1" --out "target/eval/$1.partial"
    mv "target/eval/$1.partial" "target/eval/$1"
}

rank() { # SET
    local full=target/eval/$1/full
    say "$1: building and ranking"
    "$goodsrank" build "$full/catalog" --out "target/eval/$1/shards"
    "$goodsrank" rank "target/eval/$1/shards" --policy fit --limit 20 \
        --profiles "$full/catalog/events.csv" --queries "$full/truth.csv" \
        --out "target/eval/$1/rankings.csv"
}

score() { # SET
    local full=target/eval/$1/full
    "$python" "$referee/score.py" --truth "$full/truth.csv" --catalog "$full/catalog" \
        --rankings "target/eval/$1/rankings.csv"
}

# A figure counts only if every query got a full ranking of new goods.
check() { # SET FIGURES
    local fault
    for fault in unanswered short known; do
        [[ $2 =~ \"$fault\":\ 0[,}] ]] ||
            die "$1: the figure does not count" "expected \"$fault\": 0 in $2"
    done
}

[ $# -eq 1 ] || usage
referee=$1/eval
for program in prepare score; do
    [ -f "$referee/$program.py" ] || die "$referee/$program.py is missing"
done

cargo build --release --locked -p goodsrank-builder
mkdir -p target/eval
for set in "${sets[@]}"; do
    prepare "$set"
    rank "$set"
    figures=$(score "$set")
    say "$set: $figures"
    check "$set" "$figures"
done
