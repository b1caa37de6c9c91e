namespace Settle.Server;

/// <summary>The ledgers that an API serves, by name.</summary>
internal interface ILedgerDirectory
{
    IEnumerable<ILedger> All { get; }

    /// <exception cref="HttpProblemException">There is none of this name.</exception>
    /// <exception cref="StoreUnavailableException">They are still being opened.</exception>
    ILedger Get(string name);

    /// <summary>A ledger by its name; a new one where new ones can be made.</summary>
    Task<(ILedger Ledger, bool IsNew)> GetOrCreateAsync(string name,
        CancellationToken cancellation);
}
