namespace Settle.Cli;

/// <summary>Opens the ledger of a command.</summary>
internal static class LedgerOpening
{
    /// <summary>The variable with the key for a server.</summary>
    public const string KeyVariable = "SETTLE_KEY";

    public static Task<ILedger> OpenAsync(CliContext context, string location, bool mayMake,
        CancellationToken cancellation, (bool Rollback, bool Clock) accepts = default,
        TimeSpan siteWait = default)
    {
        if (!mayMake) RequireLedger(location);
        return Ledger.OpenAsync(location, Options(context, mayMake) with
        {
            AcceptRollback = accepts.Rollback, AcceptClock = accepts.Clock, SiteWait = siteWait,
        }, cancellation);
    }

    public static LedgerOptions Options(CliContext context, bool mayMake) => new()
    {
        MustExist = !mayMake,
        ApiKey = context.Environment(KeyVariable),
        SettlesDocuments = false,
        Warn = warning => context.Say("warning", warning),
    };

    /// <summary>
    /// Only init, open and import make a ledger: a mistyped one must not be a new one.
    /// </summary>
    /// <exception cref="StoreUnavailableException">There is no such file.</exception>
    /// <exception cref="InvalidRequestException">It cannot be a ledger's file.</exception>
    public static void RequireLedger(string location)
    {
        Ledger.CheckPath(location);
        var isFile = !location.Contains("://", StringComparison.Ordinal);
        if (!isFile || File.Exists(location)) return;
        throw new StoreUnavailableException(Directory.Exists(location)
            ? $"{location} is a folder; name the ledger's file in it"
            : $"no ledger at {location}; "
                + "make one with 'settle init'");
    }
}
