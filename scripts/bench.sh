#!/usr/bin/env bash
# How long a ranking takes. Expects what scripts/build.sh builds.

source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

node tests/bench/rank.mjs
