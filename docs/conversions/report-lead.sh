#!/usr/bin/env bash
# A CRM's side, for a workflow step or a webhook: reports one lead. Needs curl and openssl.
#
#   export ADVOCACY_URL=https://share.example.com ADVOCACY_KEY=ck_… ADVOCACY_SECRET=cs_…
#   ./report-lead.sh LEAD-77 "$LANDING_PAGE" 2026-11-23T10:00:00Z 12500 EUR
#   ./report-lead.sh LEAD-77 --reverse
#
# The second argument is the lead's first page with the parameter advocacy_ref in it, or the parameter's value alone. Keep it in a hidden field of your form.
set -euo pipefail

id=$1
if [ "${2:-}" = "--reverse" ]; then
  body=$(printf '{"id":"%s","reversed":true}' "$id")
else
  ref=$(printf '%s' "${2:-}" | sed 's/[\\"]/\\&/g')
  body=$(printf '{"id":"%s","type":"lead","ref":"%s","occurredAt":"%s","amount":"%s","currency":"%s"}' "$id" "$ref" "${3:-}" "${4:-}" "${5:-}")
fi

timestamp=$(date +%s)
signature=$(printf '%s.%s' "$timestamp" "$body" | openssl dgst -sha256 -hmac "$ADVOCACY_SECRET" -r | cut -d' ' -f1)
curl --silent --show-error --fail-with-body --max-time 30 \
  --header "Content-Type: application/json" \
  --header "X-Advocacy-Key: $ADVOCACY_KEY" \
  --header "X-Advocacy-Timestamp: $timestamp" \
  --header "X-Advocacy-Signature: sha256=$signature" \
  --data-binary "$body" \
  "${ADVOCACY_URL%/}/api/conversions"
