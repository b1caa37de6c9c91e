function (newDoc, oldDoc, userCtx, secObj) {
  // Who may write what. A replicator's writes come through here too; then oldDoc may be missing
  // although there is such a document, so that nothing may hang on oldDoc alone.
  var id = String(newDoc._id);
  var isNew = !oldDoc || oldDoc._deleted === true;
  var isGone = newDoc._deleted === true;
  var charactersMax = 65536;

  function refuse(why) {
    throw { forbidden: why };
  }

  function begins(text, beginning) {
    return String(text).lastIndexOf(beginning, 0) === 0;
  }

  function hasRole(role) {
    return userCtx.roles.indexOf(role) >= 0;
  }

  function isAdmin() {
    var admins = (secObj && secObj.admins) || {};
    if (hasRole('_admin')) return true;
    if (userCtx.name && (admins.names || []).indexOf(userCtx.name) >= 0) return true;
    return (admins.roles || []).some(hasRole);
  }

  // By its id or its type, before or after the change.
  function isA(type) {
    return begins(id, type + ':') || newDoc.type === type || (!!oldDoc && oldDoc.type === type);
  }

  var isSettler = isAdmin() || hasRole('settler');
  var isTeller = isSettler || hasRole('teller');

  function requireOwnName() {
    if (!userCtx.name) refuse('log in: the author must be a user of this database');
    if (newDoc.author !== userCtx.name) {
      refuse('author must be "' + userCtx.name + '", the user who writes it');
    }
  }

  function requireIdAndType(type) {
    if (isGone) return;
    if (newDoc.type !== type) refuse('the document ' + id + ' must have the type ' + type);
    if (!begins(id, type + ':') || id === type + ':') {
      refuse('the _id of a ' + type + ' must be "' + type + ':" and its own id');
    }
  }

  function checkBlock() {
    if (isGone) refuse('a block is never deleted');
    if (!isNew) refuse('a block is never changed');
    if (!isSettler) refuse('only users with the role settler write blocks');
    requireIdAndType('block');
  }

  function checkTransfer() {
    requireIdAndType('transfer');
    if (isSettler) return;
    if (!isNew) {
      if (oldDoc.author !== userCtx.name) refuse('this transfer is somebody else\'s');
      refuse('a transfer is not changed once it is here: make another one, with another id');
    }
    if (isGone) return;
    refuseVerdict('transfer');
    requireOwnName();
    if ('teller' in newDoc && !(newDoc.teller === true && isTeller)) {
      refuse('teller may only be true, and only users with the role teller write it');
    }
    refuseMuch('transfer');
  }

  // What waits for a verdict is read, and written again with it.
  function refuseMuch(type) {
    if (newDoc._attachments) refuse('a ' + type + ' has no attachments');
    if (JSON.stringify(newDoc).length > charactersMax) {
      refuse('a ' + type + ' has at most ' + charactersMax + ' characters');
    }
  }

  function refuseVerdict(type) {
    if (newDoc.status !== 'pending') {
      refuse('status must be "pending": only Settle says what became of a ' + type);
    }
    ['reason', 'field', 'block'].forEach(function (verdict) {
      if (verdict in newDoc) refuse(verdict + ' must be left out: only Settle writes it');
    });
  }

  function checkBilling(type) {
    requireIdAndType(type);
    if (isSettler) return;
    if (!isTeller) refuse('only users with the role teller write a document of type ' + type);
    checkOther();
    if (isGone) return;
    requireOwnName();
    if (type === 'invoice' && 'seller' in newDoc) {
      refuse('seller must be left out: only Settle writes who an invoice is from');
    }
    if (type !== 'charge') return;
    // One that asks for a verdict is Settle's from then on.
    if (!isNew && 'status' in oldDoc) refuse('a charge is not changed once it is here');
    if (!('status' in newDoc)) return;
    refuseVerdict(type);
    refuseMuch(type);
  }

  // What is not Settle's belongs to its author, when it names one.
  function checkOther() {
    if (isSettler) return;
    if (!isNew && 'author' in oldDoc && oldDoc.author !== userCtx.name) {
      refuse('this document is somebody else\'s');
    }
    if (!isGone && 'author' in newDoc) requireOwnName();
  }

  // Names and addresses, what runs were asked for, and what was done with invoices: written by
  // Settle alone.
  function checkPaper() {
    if (!isSettler) refuse('only users with the role settler write ' + id);
  }

  if (isA('block')) checkBlock();
  else if (isA('transfer')) checkTransfer();
  else if (isA('charge')) checkBilling('charge');
  else if (isA('invoice')) checkBilling('invoice');
  else if (begins(id, 'profile:') || begins(id, 'erased:')) checkPaper();
  else if (begins(id, 'outbox:') || begins(id, 'run:')) checkPaper();
  else checkOther();
}
