function (doc, req) {
  // For replication to a device: transfers only, those of one author if one is named; no blocks.
  // A deletion that names no author is nobody's secret.
  if (doc._id.lastIndexOf('transfer:', 0) !== 0) return false;
  return !req.query.author || doc.author === req.query.author
    || (doc._deleted === true && !('author' in doc));
}
