using Settle.Billing;

namespace Settle.Cli.Sending;

/// <summary>An invoice that is ready to be sent.</summary>
/// <param name="Note">How to recognize what is sent, for the claim.</param>
/// <param name="SendAsync">Sends it, once.</param>
internal sealed record PreparedSending(string? Note, Func<Task<OutboxOutcome>> SendAsync);
