function (doc) {
  // The order in which transfers are decided: the timestamp, then the id.
  if (doc.type !== 'transfer' || doc.status !== 'pending') return;
  var time = new Date(doc.timestamp);
  emit([isNaN(time.getTime()) ? null : time.toISOString(), doc._id.substring('transfer:'.length)],
    null);
}
