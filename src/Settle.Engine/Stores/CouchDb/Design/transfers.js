function (doc, req) {
  // For replication to a device: transfers only, those of one author if one is named; no blocks.
  if (doc._id.lastIndexOf('transfer:', 0) !== 0) return false;
  return doc._deleted === true || !req.query.author || doc.author === req.query.author;
}
