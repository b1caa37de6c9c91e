function (doc) {
  // What may wait for a verdict: pending documents, and those with several revisions, of which one
  // that nobody is shown may be pending.
  if (!/^(transfer|charge):/.test(doc._id)) return;
  if (doc.status === 'pending' || doc._conflicts) emit(doc._id, null);
}
