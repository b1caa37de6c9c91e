'use strict';

// Transfers are written into a database in this browser, with or without a network. PouchDB
// carries them to the ledger's database; Settle decides them there, and the verdicts come back.

const byId = (id) => document.getElementById(id);

// Not replicated: which drafts the ledger's database did not take, and why.
const REFUSED = '_local/refused';

let user;
let local;
let refused = {};

byId('connect').addEventListener('submit', async (event) => {
  event.preventDefault();
  const form = new FormData(event.target);
  user = form.get('user');
  const address = new URL(form.get('database'));
  local = new PouchDB(`wallet ${address.host}${address.pathname} ${user}`);
  const ledger = new PouchDB(address.href, {
    skip_setup: true,
    auth: { username: user, password: form.get('password') },
  });
  byId('connect').hidden = true;
  byId('transfer').hidden = byId('list').hidden = false;
  refused = await readRefused();
  local.changes({ since: 'now', live: true }).on('change', show);
  sync(ledger);
  await show();
});

byId('transfer').addEventListener('submit', async (event) => {
  event.preventDefault();
  const form = new FormData(event.target);
  const transfer = {
    // An id is decided once, for whoever uses it first: nobody else may guess it.
    _id: `transfer:${user}:${newId()}`,
    type: 'transfer',
    from: form.get('from'),
    to: form.get('to'),
    amount: Number(form.get('amount')),
    timestamp: new Date().toISOString(),
    author: user,
    status: 'pending',
  };
  if (form.get('memo')) transfer.memo = form.get('memo');
  await local.put(transfer);
});

function sync(ledger) {
  const state = (text) => { byId('state').textContent = text; };
  PouchDB.sync(local, ledger, {
    live: true,
    retry: true,
    back_off_function: (delay) => Math.min(delay * 2 || 500, 10000),
    // Only this user's transfers come to this device, and none of the ledger's blocks.
    pull: { filter: 'settle/transfers', query_params: { author: user } },
  }).on('active', () => state('syncing'))
    .on('paused', (error) => state(error || !navigator.onLine ? 'offline' : 'up to date'))
    .on('denied', (event) => refuse(event))
    .on('error', (error) => state(`stopped: ${error.reason || error.message || error}`));
}

// 128 random bits; crypto.randomUUID is missing where a page comes without TLS.
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

// The database did not take it, so it will never be settled. It is said once: so it is kept.
async function refuse(event) {
  const reason = event.doc.reason || event.doc.message || event.doc.name;
  byId('refused').textContent = `Refused: ${reason}`;
  byId('refused').hidden = false;
  refused[event.doc.id] = reason;
  for (let kept = false; !kept;) {
    kept = await local.get(REFUSED).catch(() => ({ _id: REFUSED }))
      .then((known) => local.put({ ...known, reasons: { ...known.reasons, ...refused } }))
      .catch((error) => { if (error.status !== 409) throw error; return false; });
  }
  await show();
}

async function readRefused() {
  const known = await local.get(REFUSED).catch(() => ({}));
  return known.reasons || {};
}

// One that lost its id to somebody else's is deleted, and its last revision says so.
async function show() {
  const found = await local.changes({ include_docs: true });
  const transfers = found.results.map((row) => row.doc).filter((doc) =>
    doc._id.startsWith('transfer:') && (!doc._deleted || doc.status === 'rejected'));
  transfers.sort((a, b) => (a.timestamp < b.timestamp ? 1 : -1));
  byId('transfers').replaceChildren(...transfers.map(line));
}

function line(transfer) {
  const row = document.createElement('tr');
  const cell = (text, name) => {
    const td = row.insertCell();
    td.textContent = text;
    if (name) td.className = name;
  };
  cell(new Date(transfer.timestamp).toLocaleString());
  cell(transfer.from);
  cell(transfer.to);
  cell(transfer.amount, 'amount');
  const status = refused[transfer._id] ? 'refused' : transfer.status;
  const reason = refused[transfer._id] || transfer.reason;
  cell(reason ? `${status}: ${reason}` : status, status);
  return row;
}
