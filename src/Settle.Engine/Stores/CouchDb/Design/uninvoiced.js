function (head, req) {
  // The charges of the view 'charges' that no invoice bills; of one customer if one is named. One
  // that was credited and opened again waits for as many invoices more.
  var open = null;
  var separator = '';
  var row;

  function close() {
    if (open && open.value && open.waits > 0
        && (!req.query.customer || open.value.customer === req.query.customer)) {
      send(separator + '\n' + toJSON({ id: open.id, value: open.value }));
      separator = ',';
    }
    open = null;
  }

  start({ headers: { 'Content-Type': 'application/json' } });
  send('{"rows":[');
  while ((row = getRow())) {
    if (!open || open.id !== row.key[0]) {
      close();
      open = { id: row.key[0], value: null, waits: 0 };
    }
    if (row.key[1] === 0) open.value = row.value;
    open.waits += row.key[1] === 1 ? -1 : 1;
  }
  close();
  send('\n]}\n');
}
