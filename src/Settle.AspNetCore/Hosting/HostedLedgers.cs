using Microsoft.Extensions.Options;

namespace Settle.Server;

/// <summary>The ledgers that a host has added to its services.</summary>
internal sealed class HostedLedgers(IServiceProvider services, IReadOnlyList<string> keys)
    : ILedgerDirectory
{
    /// <summary>A ledger's name is its address, so two cannot share one.</summary>
    /// <exception cref="InvalidOperationException">Two do.</exception>
    public static void CheckNames(IServiceProvider services, IReadOnlyList<string> keys)
    {
        if (keys.Count < 2) return;
        var options = services.GetRequiredService<IOptionsMonitor<SettleOptions>>();
        var same = keys.Distinct(StringComparer.Ordinal)
            .Where(key => options.Get(key).Location.Length > 0)
            .GroupBy(key => Ledger.NameOf(options.Get(key).Location), StringComparer.Ordinal)
            .FirstOrDefault(each => each.Count() > 1);
        if (same is not null)
        {
            throw new InvalidOperationException(
                $"the ledgers with the keys '{string.Join("' and '", same)}' are all named "
                + $"'{same.Key}', and the name is the address of a ledger; rename the file or "
                + "the database of one, or map one only");
        }
    }

    public IEnumerable<ILedger> All => keys.Count == 0
        ? [services.GetRequiredService<ILedger>()]
        : keys.Select(key => services.GetRequiredKeyedService<ILedger>(key));

    public ILedger Get(string name) => All.FirstOrDefault(ledger => ledger.Name == name)
        ?? throw new HttpProblemException("not_found", $"there is no ledger '{name}'")
        {
            Field = "ledger",
        };

    public Task<(ILedger Ledger, bool IsNew)> GetOrCreateAsync(string name,
        CancellationToken cancellation) => Task.FromResult((Get(name), false));
}
