namespace Settle.Wire;

/// <summary>Ids that nobody has used, for requests that name none.</summary>
internal static class FreshIds
{
    /// <summary>For what only one site decides, or a ledger that has no others.</summary>
    public static string Next() => Guid.CreateVersion7().ToString("N");

    /// <summary>For what a ledger's own site is to decide.</summary>
    public static string Next(LedgerInfo ledger) =>
        ledger.Site is null or SiteNames.Founder ? Next() : $"{Next()}@{ledger.Site}";
}
