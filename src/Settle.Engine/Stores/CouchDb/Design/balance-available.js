function (doc) {
  // One row per account and asset, not two per transfer: the block is netted first. What the rows of
  // its table come to is said in it. Blocks leave the ledger's default asset out; Settle writes it
  // here when it installs this.
  var defaultAsset = '@default-asset@';
  var exactMax = 9007199254740991;
  var nets = {};

  function add(account, asset, expires, amount) {
    // No account or asset has a line break in it.
    var name = account + '\n' + (asset || defaultAsset) + '\n' + (expires || '');
    var sum = nets.hasOwnProperty(name) ? nets[name] : 0;
    if (Math.abs(sum + amount) > exactMax) {
      // The sum may be larger than JavaScript can say, a row may not.
      row(name, sum);
      sum = 0;
    }
    nets[name] = sum + amount;
  }

  function row(name, sum) {
    var parts = name.split('\n');
    emit(parts[2] ? parts : parts.slice(0, 2), sum);
  }

  function move(posting) {
    add(posting.from, posting.asset, '', -posting.amount);
    add(posting.to, posting.asset, '', posting.amount);
  }

  // A hold takes at once; what it takes comes back at its time, in a row that is that much later.
  function reserve(entry, amount) {
    add(entry.from, entry.asset, '', -amount);
    if (entry.expires) add(entry.from, entry.asset, entry.expires, amount);
  }

  function apply(entry) {
    if (entry.status !== 'successful') return;
    if (entry.type === 'account') add(entry.account, entry.asset, '', 0);
    if (entry.type === 'hold') reserve(entry, entry.amount);
    if (entry.type === 'void') reserve(entry, -entry.amount);
    if (entry.type === 'capture') reserve(entry, -(entry.held || entry.amount));
    if (entry.postings) entry.postings.forEach(move);
    else if (/^(transfer|capture|revert)$/.test(entry.type)) move(entry);
  }

  if (!defaultAsset || doc.type !== 'block' || doc._id.lastIndexOf('block:', 0) !== 0) return;
  (doc.accounts || []).forEach(function (account, number) {
    add(account, '', '', doc.sums[number]);
  });
  doc.entries.forEach(apply);
  Object.keys(nets).forEach(function (name) {
    row(name, nets[name]);
  });
}
