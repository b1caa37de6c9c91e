namespace Settle.Inbox;

/// <summary>What is to be written on a document.</summary>
/// <param name="Document">The revision of it that was read.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="EndsIt">
/// Whether it lost its id to another one: its last revision says so, and deletes it.
/// </param>
internal readonly record struct DecidedDocument(
    InboxDocument Document, DocumentOutcome Outcome, bool EndsIt = false);
