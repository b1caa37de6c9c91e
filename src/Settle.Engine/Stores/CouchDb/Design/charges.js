function (doc) {
  // Charges and the invoices that bill them, from the blocks: what is in one block is seen at
  // once, so that this always says what the ledger says. A credit note may open a charge again.
  // Documents of an app that asks for no verdict are shown as they are.
  var defaultAsset = '@default-asset@';

  function charge(id, from) {
    emit([id, 0], {
      customer: from.customer, amount: from.amount, asset: from.asset,
      description: from.description, date: from.date
    });
  }

  function bill(id) {
    emit([id, 1], null);
  }

  function apply(entry) {
    if (entry.status !== 'successful') return;
    if (entry.type === 'charge') {
      charge(entry.id, {
        customer: entry.customer, amount: entry.amount, asset: entry.asset || defaultAsset,
        description: entry.description, date: entry.date
      });
    }
    if (entry.type === 'invoice') entry.invoiced_charges.forEach(bill);
    if (entry.type === 'credit_note' && entry.reopened) {
      entry.reopened.forEach(function (reopened) {
        emit([reopened.id, 2], null);
      });
    }
  }

  if (doc.type === 'block' && doc._id.lastIndexOf('block:', 0) === 0) doc.entries.forEach(apply);
  if (doc.type === 'charge' && !('status' in doc)) charge(doc._id, doc);
  if (doc.type === 'invoice' && !('seller' in doc) && Array.isArray(doc.invoiced_charges)) {
    doc.invoiced_charges.forEach(bill);
  }
}
