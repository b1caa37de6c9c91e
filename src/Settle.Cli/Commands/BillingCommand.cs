using Settle.Cli.Input;

namespace Settle.Cli.Commands;

/// <summary>A command of billing: it knows customers, and amounts in their assets.</summary>
internal abstract class BillingCommand(CliContext context, string name, string description,
    params string[] examples)
    : LedgerCommand(context, name, description, examples)
{
    protected const int PageMax = 1000;

    /// <summary>The asset that amounts of a customer are read in.</summary>
    protected static async Task<string> AssetAsync(ILedger ledger, string customer,
        string? said, Scales scales, CancellationToken cancellation)
    {
        if (said is not null) return said;
        var known = await ledger.Billing.GetCustomerAsync(customer, cancellation);
        return known?.Asset ?? scales.DefaultAsset;
    }

    /// <summary>All pages of a list, one after another.</summary>
    protected static async Task<List<T>> AllAsync<T>(Func<string?, Task<Page<T>>> read,
        int limit = int.MaxValue)
    {
        var all = new List<T>();
        string? after = null;
        do
        {
            var page = await read(after);
            all.AddRange(page.Items.Take(limit - all.Count));
            after = page.Next;
        }
        while (after is not null && all.Count < limit);
        return all;
    }

    protected static string Known(string what, bool replayed) =>
        replayed ? $"{what} (already known)" : what;

    protected static string Day(DateOnly? day) =>
        day?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) ?? "";
}
