#!/usr/bin/env bash
# Recall and NDCG at 20 on public data, by a referee that is not ours: prepare.py
# makes the catalogs and the truth, score.py scores, baselines.py ranks as the
# published methods do. eval-report.py checks and lays all figures side by side.
#
#   scripts/eval.sh FOLDER     FOLDER/eval holds the referee, FOLDER/data the data
#
#   SETS="online-retail"       these sets only
#   PEERS=1                    ranks by the published methods too, and compares in pairs
#   PYTHON, GOODSRANK          another interpreter; a binary that is built already

source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

python=${PYTHON:-python3}
goodsrank=${GOODSRANK:-$goodsrank}
every_set=(iowa-liquor online-retail gowalla)
runs=target/eval/runs
figures=()

usage() {
    cat >&2 <<'END'
make eval needs the data, which is not part of this repository:

    make eval EVAL=FOLDER

FOLDER/eval/prepare.py makes catalogs, in the format of docs/catalog.md, of
    iowa-liquor     State of Iowa, data.iowa.gov m3tr-qhgy (open data)
    online-retail   UCI Machine Learning Repository 352 (CC BY 4.0)
    gowalla         SNAP loc-gowalla, in the split of LightGCN
in FOLDER/data, and FOLDER/eval/score.py scores rankings.

    SETS="online-retail" make eval EVAL=FOLDER     these sets only
    PEERS=1 make eval EVAL=FOLDER                  the published methods beside ours
END
    exit 2
}

# What would else be missed after many minutes.
check_setup() { # FOLDER
    local program package set
    has "$python" || die "$python is missing" "PYTHON may name another interpreter"
    for program in prepare score baselines; do
        [ -f "$1/eval/$program.py" ] || die "$1/eval/$program.py is missing"
    done
    for set in "${sets[@]}"; do
        [[ " ${every_set[*]} " == *" $set "* ]] ||
            die "SETS: there is no set $set" "expected some of: ${every_set[*]}"
        [ -d "target/eval/$set" ] || [ -d "$1/data/$set" ] || die "$1/data/$set is missing"
    done
    [ "${PEERS:-0}" = 1 ] || return 0
    for package in numpy scipy; do
        "$python" -c "import $package" 2>/dev/null ||
            die "PEERS=1 needs $package, which $python has not" \
                "install it (Debian: python3-$package), or say PYTHON=another"
    done
}

# Prepared aside and moved, so that a half is not taken for the whole.
prepare() { # SET
    [ ! -d "target/eval/$1" ] || return 0
    say "$1: preparing the catalogs and the truth"
    rm -rf "target/eval/$1.partial"
    "$python" "$referee/prepare.py" "$1" --out "target/eval/$1.partial"
    mv "target/eval/$1.partial" "target/eval/$1"
}

# Shards in RUN/shards, and what the build says of itself in RUN/build.json.
build() { # RUN CATALOG [OPTION...]
    say "  building ${1#"$runs/"}"
    rm -rf "$1"
    mkdir -p "$1"
    "$goodsrank" build "$2" --out "$1/shards" --json "${@:3}" >"$1/build.json"
    "$python" scripts/eval-report.py built "$1/build.json"
}

# Ranks by the shards of the folder that FIGURE is in; scores and checks.
figure() { # FIGURE TRUTH PROFILES CATALOG [--only GOODS]
    say "  ranking ${1#"$runs/"}"
    mkdir -p "$1"
    "$goodsrank" rank "${1%/*}/shards" --policy fit --limit 20 \
        --queries "$2" --profiles "$3" "${@:5}" --out "$1/rankings.csv"
    score "$1/score.json" "$1/rankings.csv" "${@:2}"
    figures+=("$1")
    [ "${PEERS:-0}" != 1 ] || peers "$@"
}

# A figure counts only if every query got a full ranking of what it had not.
score() { # SCORE RANKINGS TRUTH PROFILES CATALOG [--only GOODS]
    referee_score "${@:2:4}" >"$1"
    "$python" scripts/eval-report.py check "$@"
}

referee_score() { # RANKINGS TRUTH PROFILES CATALOG [--versus RANKINGS]
    "$python" "$referee/score.py" --rankings "$1" --truth "$2" --profiles "$3" \
        --catalog "$4" "${@:5}"
}

# Prints the methods to compare with, each a name and its parameters, which are
# those that FOLDER/EVALUATION.md chose on `fit`.
peers_of() { # SET/BUILD/QUESTION
    case $1 in
        iowa-liquor/*/shop-goods)
            say popularity ease,l2=300 gfcf,factors=64,alpha=1 hybrid,lam=.5 ;;
        online-retail/*/shop-goods)
            say popularity ease,l2=300 gfcf,factors=256,alpha=.3 hybrid,lam=.35 ;;
        gowalla/default/shop-goods) say popularity hybrid,lam=1 gfcf,factors=256,alpha=.3 ;;
        */good-shops | */new-shops-*) say popularity ease,l2=300 ;;
        iowa-liquor/*/cold-goods) say chance category supplier affinity ;;
        */cold-goods) say chance ;; # neither category nor supplier
    esac
}

peers() { # FIGURE TRUTH PROFILES CATALOG [--only GOODS]
    local peer rankings
    for peer in $(peers_of "${1#"$runs/"}"); do
        rankings=target/eval/peers/${1#"$runs/"}/$peer.csv
        peer_ranking "$rankings" "$peer" "$@"
        score "$1/peer-$peer.json" "$rankings" "${@:2}"
        referee_score "$1/rankings.csv" "${@:2:3}" --versus "$rankings" >"$1/versus-$peer.json"
    done
}

# Ranked once, for a peer changes only with its program or with the data.
peer_ranking() { # RANKINGS PEER FIGURE TRUTH PROFILES CATALOG [--only GOODS]
    local rankings=$1 method program=("$referee/baselines.py")
    IFS=, read -r -a method <<<"$2"
    case $3 in
        */new-shops-* | */cold-goods) program=(scripts/eval-peers.py --profiles "$5" "${@:7}") ;;
    esac
    ! { [ "$rankings" -nt "${program[0]}" ] && [ "$rankings" -nt "$4" ]; } || return 0
    say "  ranking ${3#"$runs/"} by $2"
    mkdir -p "${rankings%/*}"
    "$python" "${program[@]}" "${method[0]}" --truth "$4" --catalog "$6" \
        --out "$rankings.partial" --set "${method[@]:1}"
    mv "$rankings.partial" "$rankings"
}

shop_goods() { # SET
    local run=$runs/$1/default full=target/eval/$1/full
    build "$run" "$full/catalog"
    figure "$run/shop-goods" "$full/truth.csv" "$full/catalog/events.csv" "$full/catalog"
}

# Shops can be ranked only where the shard holds what they sell.
good_shops() { # SET
    local run=$runs/$1/everybody full=target/eval/$1/full
    build "$run" "$full/catalog" --publish-shops all
    figure "$run/good-shops" "$full/truth-goods.csv" "$full/catalog/events.csv" "$full/catalog"
}

new_shops() { # SET
    local run=$runs/$1/new-shops new=target/eval/$1/full/new-shops n
    build "$run" "$new/catalog"
    for n in 1 3 10; do
        figure "$run/new-shops-$n" "$new/$n/truth.csv" "$new/$n/profiles.csv" "$new/catalog"
    done
}

cold_goods() { # SET
    local run=$runs/$1/cold cold=target/eval/$1/full/cold
    build "$run" "$cold/catalog"
    figure "$run/cold-goods" "$cold/truth.csv" "$cold/catalog/events.csv" "$cold/catalog" \
        --only "$cold/goods.csv"
}

# What a byte and what the threshold are worth.
curve() { # SET MIN-SHOPS BYTES
    local run=$runs/$1/k$2-$3 full=target/eval/$1/full
    build "$run" "$full/catalog" --min-shops "$2" --kernel-bytes "$3" --no-search
    figure "$run/shop-goods" "$full/truth.csv" "$full/catalog/events.csv" "$full/catalog"
}

# Prints the steps for a set, one a line.
steps() { # SET
    local min_shops bytes
    say "shop_goods $1"
    if [ "$1" = gowalla ]; then # published tables have this question only
        for min_shops in 1 5; do
            for bytes in 64 128 256 512 65536; do # the last is no limit
                say "curve $1 $min_shops $bytes"
            done
        done
        return
    fi
    say "good_shops $1"
    say "new_shops $1"
    [ "$(head -n 2 "target/eval/$1/full/cold/truth.csv" | wc -l)" -lt 2 ] || say "cold_goods $1"
}

[ $# -eq 1 ] || usage
referee=$1/eval
IFS=' ' read -r -a sets <<<"${SETS:-${every_set[*]}}"
check_setup "$1"

[ -n "${GOODSRANK:-}" ] || cargo build --release --locked -p goodsrank-builder
mkdir -p target/eval
plan=()
for set in "${sets[@]}"; do
    prepare "$set"
    mapfile -t -O "${#plan[@]}" plan < <(steps "$set")
done
for i in "${!plan[@]}"; do
    say "[$((i + 1))/${#plan[@]}] ${plan[i]//_/ }, after $SECONDS s"
    IFS=' ' read -r -a step <<<"${plan[i]}"
    "${step[@]}"
done
"$python" scripts/eval-report.py report --out target/eval/report.json "${figures[@]}"
