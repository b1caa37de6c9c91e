namespace Settle.Server;

/// <summary>The ledgers that a host has added to its services.</summary>
internal sealed class HostedLedgers(IServiceProvider services, IReadOnlyList<string> keys)
    : ILedgerDirectory
{
    public IEnumerable<ILedger> All => keys.Count == 0
        ? [services.GetRequiredService<ILedger>()]
        : keys.Select(key => services.GetRequiredKeyedService<ILedger>(key));

    public ILedger Get(string name) => All.FirstOrDefault(ledger => ledger.Name == name)
        ?? throw new RequestRefusedException("not_found", $"there is no ledger '{name}'")
        {
            Field = "ledger",
        };

    public Task<(ILedger Ledger, bool IsNew)> GetOrCreateAsync(string name,
        CancellationToken cancellation) => Task.FromResult((Get(name), false));
}
