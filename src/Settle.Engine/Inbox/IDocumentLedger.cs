using Settle.Settling;

namespace Settle.Inbox;

/// <summary>The ledger, as the inbox needs it.</summary>
internal interface IDocumentLedger
{
    /// <summary>Decides a job's requests; the verdicts are durable when this returns.</summary>
    ValueTask SettleAsync(Job job);

    /// <summary>Whether a user is among an account's owners, as far as is known now.</summary>
    Task<bool> IsOwnerAsync(string account, string user, CancellationToken cancellation);
}
