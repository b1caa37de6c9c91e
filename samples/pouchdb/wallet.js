'use strict';

// Transfers are written into a database in this browser, with or without a network. PouchDB
// carries them to the ledger's database; Settle decides them there, and the verdicts come back.

const byId = (id) => document.getElementById(id);

let user;
let local;

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
  local.changes({ since: 'now', live: true }).on('change', show);
  sync(ledger);
  await show();
});

byId('transfer').addEventListener('submit', async (event) => {
  event.preventDefault();
  const form = new FormData(event.target);
  const transfer = {
    // Nobody else can guess the id, and it says the same when it is sent twice.
    _id: `transfer:${user}:${crypto.randomUUID()}`,
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

// The database did not take it, so it will never be settled.
function refuse(event) {
  const refused = byId('refused');
  refused.textContent = `Refused: ${event.doc.reason || event.doc.message || event.doc.name}`;
  refused.hidden = false;
}

async function show() {
  const found = await local.allDocs({
    startkey: 'transfer:', endkey: 'transfer:\ufff0', include_docs: true,
  });
  const transfers = found.rows.map((row) => row.doc);
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
  cell(transfer.reason ? `${transfer.status}: ${transfer.reason}` : transfer.status, transfer.status);
  return row;
}
