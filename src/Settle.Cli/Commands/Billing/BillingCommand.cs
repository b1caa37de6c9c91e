namespace Settle.Cli.Commands;

/// <summary>A command of billing: it knows customers, and amounts in their assets.</summary>
internal abstract class BillingCommand(CliContext context, string name, string description,
    params string[] examples)
    : LedgerCommand(context, name, description, examples)
{
    protected static string Known(string what, bool replayed, bool isWithdrawn = false) =>
        !replayed ? what : $"{what} (already known{(isWithdrawn ? ", withdrawn" : "")})";

    protected static string Day(DateOnly? day) =>
        day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}
