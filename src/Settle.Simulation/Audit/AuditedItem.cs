namespace Settle.Simulation;

/// <summary>What a SEPA order collects or pays, as the auditor reads it.</summary>
/// <param name="Number">An invoice's number, or a refund's id.</param>
/// <param name="Amount">Minor units.</param>
/// <param name="Party">The hash of the customer's profile.</param>
internal sealed record AuditedItem(string Number, long Amount, string Party);
