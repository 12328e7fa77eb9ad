#!/usr/bin/env bash
# Signs a CSV file for "import-conversions": writes FILE.sig beside it. Needs openssl.
#
#   ADVOCACY_KEY=ck_… ADVOCACY_SECRET=cs_… ./sign-csv.sh applicants.csv
set -euo pipefail

signature=$(openssl dgst -sha256 -hmac "$ADVOCACY_SECRET" -r "$1" | cut -d' ' -f1)
printf '%s sha256=%s\n' "$ADVOCACY_KEY" "$signature" > "$1.sig"
