function (head, req) {
  // The charges of the view 'charges' that no invoice mentions; of one customer if one is named.
  var waiting = null;
  var separator = '';
  var row;

  function close() {
    if (waiting && (!req.query.customer || waiting.value.customer === req.query.customer)) {
      send(separator + '\n' + toJSON({ id: waiting.id, value: waiting.value }));
      separator = ',';
    }
    waiting = null;
  }

  start({ headers: { 'Content-Type': 'application/json' } });
  send('{"rows":[');
  while ((row = getRow())) {
    if (waiting && waiting.key[0] === row.key[0]) waiting = null;
    else close();
    if (row.key[1] === 0) waiting = row;
  }
  close();
  send('\n]}\n');
}
