function (doc) {
  // Charges, each followed by the invoices that bill it.
  if (doc.status === 'rejected') return;
  if (doc.type === 'charge') {
    emit([doc._id, 0], {
      customer: doc.customer, amount: doc.amount, asset: doc.asset,
      description: doc.description, date: doc.date
    });
  }
  if (doc.type === 'invoice' && Array.isArray(doc.invoiced_charges)) {
    doc.invoiced_charges.forEach(function (charge) {
      emit([charge, 1], null);
    });
  }
}
