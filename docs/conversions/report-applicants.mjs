#!/usr/bin/env node
// An applicant system's side: reports applications that came through a colleague's link. Node 20, no packages.
//
//   ADVOCACY_URL=https://share.example.com ADVOCACY_KEY=ck_… ADVOCACY_SECRET=cs_… node report-applicants.mjs < applications.json
//
// The input is what an applicant system exports or sends to a webhook: a list of
//   { "applicationId": "A-1001", "landingPage": "https://jobs.example.com/42?…&advocacy_ref=…", "submittedAt": "2026-11-23T10:00:00Z", "withdrawn": false }
// Whatever else stands in it (name, e-mail, CV) stays here: only the four fields below are sent.
import { createHmac } from 'node:crypto';
import { text } from 'node:stream/consumers';

const { ADVOCACY_URL, ADVOCACY_KEY, ADVOCACY_SECRET } = process.env;
if (!ADVOCACY_URL || !ADVOCACY_KEY || !ADVOCACY_SECRET) {
  console.error('Set ADVOCACY_URL, ADVOCACY_KEY and ADVOCACY_SECRET.');
  process.exit(2);
}

const applications = JSON.parse(await text(process.stdin));
let failed = false;
for (let at = 0; at < applications.length; at += 500) {
  const conversions = applications.slice(at, at + 500).map((application) =>
    application.withdrawn
      ? { id: application.applicationId, reversed: true }
      : { id: application.applicationId, type: 'applicant', ref: application.landingPage ?? '', occurredAt: application.submittedAt });

  const body = JSON.stringify({ conversions });
  const timestamp = Math.floor(Date.now() / 1000).toString();
  const signature = createHmac('sha256', ADVOCACY_SECRET).update(`${timestamp}.${body}`).digest('hex');
  const answer = await fetch(new URL('/api/conversions', ADVOCACY_URL), {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'X-Advocacy-Key': ADVOCACY_KEY,
      'X-Advocacy-Timestamp': timestamp,
      'X-Advocacy-Signature': `sha256=${signature}`,
    },
    body,
  });
  if (!answer.ok) {
    console.error(`${answer.status} ${await answer.text()}`);
    process.exit(1);
  }

  const { results, ...totals } = await answer.json();
  console.log(JSON.stringify(totals));
  for (const result of results.filter(({ status }) => status === 'rejected')) {
    failed = true;
    console.error(`${result.id ?? `entry ${at + result.index}`}: ${result.problem}`);
  }
}

process.exit(failed ? 1 : 0);
