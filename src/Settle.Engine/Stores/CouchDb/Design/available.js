function (head, req) {
  // What is available at a time, now if none is given: sums the rows of balance-available, and of
  // what holds give back by themselves only what their time has come for.
  var now = req.query.at || new Date().toISOString().replace('Z', '000Z');
  var row;
  var open = null;
  var separator = '';

  function close() {
    if (open) send(separator + '\n' + toJSON(open));
    if (open) separator = ',';
    open = null;
  }

  start({ headers: { 'Content-Type': 'application/json' } });
  send('{"at":' + toJSON(now) + ',"rows":[');
  while ((row = getRow())) {
    if (!row.key || typeof row.value !== 'number') {
      send('],"error":"ask with group=true"}');
      return;
    }
    if (!open || open.account !== row.key[0] || open.asset !== row.key[1]) {
      close();
      open = { account: row.key[0], asset: row.key[1], available: 0 };
    }
    if (row.key.length === 2 || row.key[2] <= now) open.available += row.value;
  }
  close();
  send('\n]}\n');
}
