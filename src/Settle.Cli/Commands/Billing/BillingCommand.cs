using Settle.Cli.Input;

namespace Settle.Cli.Commands;

/// <summary>A command of billing: it knows customers, and amounts in their assets.</summary>
internal abstract class BillingCommand(CliContext context, string name, string description,
    params string[] examples)
    : LedgerCommand(context, name, description, examples)
{
    /// <summary>The asset that amounts of a customer are read in.</summary>
    protected static async Task<string> AssetAsync(ILedger ledger, string customer,
        string? said, Scales scales, CancellationToken cancellation)
    {
        if (said is not null) return said;
        var known = await ledger.Billing.GetCustomerAsync(customer, cancellation);
        return known?.Asset ?? scales.DefaultAsset;
    }

    protected static string Known(string what, bool replayed) =>
        replayed ? $"{what} (already known)" : what;

    protected static string Day(DateOnly? day) =>
        day?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) ?? "";
}
