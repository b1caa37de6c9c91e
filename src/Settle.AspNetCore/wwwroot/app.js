// The first page: a ledger's accounts, latest transfers and blocks, live.
// Every text goes through textContent; nothing in a ledger can become markup.

import { showBilling } from "./billing.js";

const PageSize = 50;
const TransferCount = 25;
const BlockCount = 12;
const RefreshPause = 500;
const BlocksBehindMax = 100;

const $ = (id) => document.getElementById(id);
const state = { ledger: null, scales: new Map(), height: 0, following: null, seen: new Set(), accounts: PageSize };

class Problem extends Error {
  constructor(status, text) {
    super(text);
    this.status = status;
  }
}

// Totals can be larger than a double holds exactly.
const exact = (_, value, context) =>
  typeof value === "number" && !Number.isSafeInteger(value) && context?.source ? BigInt(context.source) : value;

async function request(path, options = {}) {
  const key = sessionStorage.getItem("key");
  const headers = { ...options.headers, ...(key ? { Authorization: `Bearer ${key}` } : {}) };
  const response = await fetch(path, { ...options, headers });
  if (response.ok) return response;
  const text = await response.text();
  let detail = `${response.status} ${response.statusText}`;
  try { detail = JSON.parse(text).detail ?? detail; } catch (e) { console.debug(e); }
  throw new Problem(response.status, detail);
}

const get = async (path) => JSON.parse(await (await request(path)).text(), exact);
const inLedger = (path) => `v1/ledgers/${encodeURIComponent(state.ledger)}${path}`;

function money(minor, asset) {
  const scale = state.scales.get(asset) ?? 2;
  const value = BigInt(minor);
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, "0");
  const whole = digits.slice(0, digits.length - scale).replace(/\B(?=(\d{3})+$)/g, ",");
  return `${value < 0n ? "−" : ""}${whole}${scale ? "." + digits.slice(-scale) : ""}`;
}

const count = (number) => number.toLocaleString("en");
const when = (time) => time.length === 10
  ? new Date(`${time}T00:00`).toLocaleDateString(undefined, { dateStyle: "medium" })
  : new Date(time).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "medium" });

function element(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

const cell = (className, ...children) => element("td", className, ...children);
const amountCell = (minor, asset) => cell(BigInt(minor) < 0n ? "number minus" : "number", money(minor, asset));

function accountLink(name) {
  const link = element("button", "link", name);
  link.type = "button";
  link.addEventListener("click", () => openAccount(name));
  return link;
}

function fill(id, rows, keys) {
  const isFirst = !state.seen.has(id);
  state.seen.add(id);
  rows.forEach((row, i) => {
    const key = `${id}:${keys[i]}`;
    if (!state.seen.has(key) && !isFirst) row.classList.add("new");
    state.seen.add(key);
  });
  $(id).replaceChildren(...rows);
  $(`${id}-none`).hidden = rows.length > 0;
}

function showAccounts(accounts) {
  const rows = [];
  const keys = [];
  for (const account of accounts) {
    const balances = account.balances.length ? account.balances : [null];
    balances.forEach((balance, i) => {
      const name = i > 0 ? cell("name") : cell("name", accountLink(account.name),
        account.closed ? element("span", "small", "closed") : null);
      rows.push(element("tr", "", name, ...(balance
        ? [cell("soft", balance.asset), amountCell(balance.balance, balance.asset),
          cell("number soft roomy", money(balance.available, balance.asset))]
        : [cell(""), cell(""), cell("roomy")])));
      keys.push(`${account.name}:${balance?.asset}:${balance?.balance}`);
    });
  }
  fill("accounts", rows, keys);
}

// What it belongs to, and what has become of it.
function historyOf(transfer) {
  const back = transfer.reverted_by?.length ? `by ${transfer.reverted_by.join(", ")}` : null;
  return [
    transfer.hold ? `of hold ${transfer.hold}` : null,
    transfer.reverts ? `reverts ${transfer.reverts}` : null,
    transfer.reverted ? `${money(transfer.reverted, transfer.asset)} moved back` : back ? "moved back" : null,
    back,
  ].filter(Boolean).join(" ");
}

function showTransfers(transfers) {
  fill("transfers", transfers.map((transfer) => {
    const isGood = transfer.status === "successful";
    const badge = element("span", isGood ? "badge good" : "badge bad",
      isGood ? "successful" : (transfer.reason ?? "rejected").replaceAll("_", " "));
    const pair = cell("name", accountLink(transfer.from), " → ", accountLink(transfer.to),
      ...[transfer.memo, historyOf(transfer)].filter(Boolean).map((text) => element("span", "small", text)));
    const amount = cell("number", money(transfer.amount, transfer.asset), " ", element("span", "soft", transfer.asset));
    const row = element("tr", "", pair, amount, cell("", badge), cell("number soft", count(transfer.block)));
    row.title = transfer.id;
    return row;
  }), transfers.map((transfer) => transfer.id));
}

function showBlocks(blocks) {
  fill("blocks", blocks.map((block) => {
    const hash = cell("hash", block.hash.slice(0, 16) + "…");
    hash.title = block.hash;
    return element("tr", "", cell("number", count(block.height)), cell("", when(block.time)),
      cell("number", count(block.entries)), cell("number", count(block.bytes)), hash,
      cell("hash", block.prev ? block.prev.slice(0, 16) + "…" : "–"));
  }), blocks.map((block) => block.height));
}

async function refresh() {
  const info = await get(inLedger(""));
  state.scales = new Map(info.assets.map((asset) => [asset.code, asset.scale]));
  state.height = info.height;
  $("height").textContent = count(info.height);
  $("account-count").textContent = count(info.accounts);
  $("entry-count").textContent = count(info.entries);
  $("asset").textContent = info.asset;
  const from = Math.max(1, info.height - BlockCount + 1);
  const [accounts, transfers, blocks] = await Promise.all([
    get(inLedger(`/accounts?limit=${Math.min(state.accounts, 1000)}`)),
    get(inLedger(`/transfers?limit=${TransferCount}`)),
    get(inLedger(`/blocks/heads?from=${from}&limit=${BlockCount}`)),
  ]);
  showAccounts(accounts.items);
  $("accounts-more").hidden = !accounts.next || state.accounts >= 1000;
  showTransfers(transfers.items);
  showBlocks(blocks.items.reverse());
  await showBilling({ $, get, inLedger, request, money, count, when, element, cell, fill });
  $("main").hidden = false;
}

// One refresh at a time, and another if something came in meanwhile.
let refreshing = null;
let again = false;
function refreshSoon() {
  if (refreshing) {
    again = true;
    return;
  }
  refreshing = guard(refresh)
    .then(() => new Promise((resolve) => setTimeout(resolve, RefreshPause)))
    .then(() => {
      refreshing = null;
      if (again) {
        again = false;
        refreshSoon();
      }
    });
}

function live(isOn, text) {
  $("live").className = `live ${isOn ? "on" : "off"}`;
  $("live-text").textContent = text;
}

// Reads the events with fetch, which can send a key, unlike EventSource. An event only says that
// there is something new; the refresh then reads it.
async function follow(ledger) {
  state.following?.abort();
  const mine = state.following = new AbortController();
  let pause = 250;
  while (!mine.signal.aborted && state.ledger === ledger) {
    try {
      const response = await request(inLedger(`/events?after=${state.height}`), { signal: mine.signal });
      live(true, "live");
      pause = 250;
      refreshSoon();
      await readEvents(response.body, mine);
    } catch (e) {
      if (mine.signal.aborted) return;
      // The ledger was put back from an older copy: begin again with what it has.
      if (e.status === 409) refreshSoon();
      live(false, e.status === 401 ? "needs a key" : "reconnecting");
      console.debug(e);
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
    pause = Math.min(pause * 2, 5000);
  }
}

async function readEvents(body, mine) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  while (true) {
    const { done, value } = await reader.read();
    if (done) return;
    const lines = (rest + value).split("\n");
    rest = lines.pop();
    const last = lines.findLast((line) => line.startsWith("id: "));
    if (!last) continue;
    refreshSoon();
    // A page cannot keep up with a busy ledger: it continues at the newest block.
    if (Number.parseInt(last.slice(4), 10) + BlocksBehindMax < state.height) {
      await reader.cancel();
      return;
    }
    if (mine.signal.aborted) return;
  }
}

let nextEntries = null;
async function openAccount(name) {
  await guard(async () => {
    const account = await get(inLedger(`/accounts/${encodeURIComponent(name)}`));
    $("account-title").textContent = account.name;
    $("account-terms").textContent = account.balances.map((balance) => [
      `${money(balance.balance, balance.asset)} ${balance.asset}`,
      balance.overdraft === "unlimited" ? "may overdraw without limit"
        : balance.overdraft ? `may overdraw by ${money(balance.overdraft, balance.asset)}` : null,
      typeof balance.here === "number" ? `${money(balance.here, balance.asset)} at this site` : null,
      balance.ceiling !== undefined ? `at most ${money(balance.ceiling, balance.asset)}` : null,
    ].filter(Boolean).join(", ")).concat(account.closed ? ["closed"] : []).join(" · ");
    $("entries").replaceChildren();
    nextEntries = "";
    await moreEntries(name);
    $("entries-more").onclick = () => guard(() => moreEntries(name));
    if (!$("account").open) $("account").showModal();
    remember(name);
  });
}

// The day that it counts for, if that is not the one that it was recorded on.
function valueDate(entry) {
  return entry.timestamp ?? (entry.time.startsWith(entry.date) ? entry.time : entry.date);
}

async function moreEntries(name) {
  const after = nextEntries ? `&after=${encodeURIComponent(nextEntries)}` : "";
  const page = await get(inLedger(`/accounts/${encodeURIComponent(name)}/entries?limit=${PageSize}${after}`));
  nextEntries = page.next;
  for (const entry of page.items) {
    $("entries").append(element("tr", "",
      cell("", when(valueDate(entry)), element("span", "small", `${entry.type.replaceAll("_", " ")}, block ${count(entry.block)}`)),
      cell("name", entry.counterparty ?? "several", ...[entry.memo, entry.id].filter(Boolean)
        .map((text) => element("span", "small", text))),
      amountCell(entry.amount, entry.asset), cell("number soft", `${money(entry.balance, entry.asset)} ${entry.asset}`)));
  }
  $("entries-none").hidden = $("entries").childElementCount > 0;
  $("entries-more").hidden = !nextEntries;
}

async function guard(action) {
  try {
    await action();
    $("alert").hidden = true;
  } catch (e) {
    if (e.status === 401) {
      askForKey();
      return;
    }
    $("alert-text").textContent = e instanceof Problem ? e.message : "The server cannot be reached.";
    $("alert").hidden = false;
    console.debug(e);
  }
}

function askForKey() {
  $("key-form").hidden = false;
  $("main").hidden = true;
  live(false, "needs a key");
  $("key").focus();
}

// The address leads back to what is shown: #bank or #bank/Alex.
function remember(account) {
  const parts = account === null ? [state.ledger] : [state.ledger, account];
  history.replaceState(null, "", `#${parts.map(encodeURIComponent).join("/")}`);
}

function choose(name, account = null) {
  state.ledger = name;
  state.seen.clear();
  state.accounts = PageSize;
  remember(null);
  guard(async () => {
    await refresh();
    follow(name);
    if (account) openAccount(account);
  });
}

async function start() {
  const ledgers = (await get("v1/ledgers")).items.map((ledger) => ledger.name);
  $("key-form").hidden = true;
  $("empty").hidden = ledgers.length > 0;
  if (ledgers.length === 0) {
    live(true, "waiting");
    setTimeout(() => guard(start), 2000);
    return;
  }
  const [wanted, account] = location.hash.slice(1).split("/").map(decodeURIComponent);
  $("ledger").replaceChildren(...ledgers.map((name) => element("option", "", name)));
  $("chooser").hidden = false;
  $("ledger").value = ledgers.includes(wanted) ? wanted : ledgers[0];
  choose($("ledger").value, wanted === $("ledger").value ? account : null);
}

$("account").addEventListener("close", () => remember(null));
$("ledger").addEventListener("change", () => choose($("ledger").value));
$("alert-retry").addEventListener("click", () => guard(start));
$("accounts-more").addEventListener("click", () => {
  state.accounts += 5 * PageSize;
  refreshSoon();
});
$("find").addEventListener("submit", (event) => {
  event.preventDefault();
  const name = $("find-name").value.trim();
  if (name) openAccount(name);
});
$("key-form").addEventListener("submit", (event) => {
  event.preventDefault();
  sessionStorage.setItem("key", $("key").value.trim());
  $("key").value = "";
  guard(start);
});
guard(start);
