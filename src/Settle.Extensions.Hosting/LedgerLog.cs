using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;

namespace Settle.Hosting;

/// <summary>Opens ledgers and logs what becomes of them. Nothing secret is logged.</summary>
internal static partial class LedgerLog
{
    /// <summary>Opens a ledger; its warnings, and why it stops, go to the log.</summary>
    public static async Task<ILedger> OpenAsync(this ILogger log, string location,
        LedgerOptions options, CancellationToken cancellationToken)
    {
        var shown = Mask(location);
        try
        {
            var ledger = await Ledger.OpenAsync(location, options with
            {
                Warn = warning => Warning(log, warning),
                Stopped = error => Stopped(log, shown, error),
            }, cancellationToken).ConfigureAwait(false);
            var info = await ledger.GetInfoAsync(cancellationToken).ConfigureAwait(false);
            // A name with a typing mistake makes a new ledger: it should be seen.
            if (info.Height == 0) Empty(log, ledger.Name, shown);
            else Opened(log, ledger.Name, shown, info.Height);
            return ledger;
        }
        catch (SettleException e)
        {
            Failed(log, shown, e.Message);
            throw;
        }
    }

    /// <summary>A location without its user, password or key.</summary>
    public static string Mask(string location) => SecretPattern.Replace(location, "://***@");

    [LoggerMessage(LogLevel.Information, "Opened ledger '{Ledger}' ({Location}) at block {Height}")]
    private static partial void Opened(ILogger logger, string ledger, string location, long height);

    [LoggerMessage(LogLevel.Warning, "Ledger '{Ledger}' ({Location}) is new and empty")]
    private static partial void Empty(ILogger logger, string ledger, string location);

    [LoggerMessage(LogLevel.Warning, "{Warning}")]
    private static partial void Warning(ILogger logger, string warning);

    [LoggerMessage(LogLevel.Error, "The ledger {Location} cannot be opened: {Reason}")]
    private static partial void Failed(ILogger logger, string location, string reason);

    [LoggerMessage(LogLevel.Critical, "The ledger {Location} has stopped; run settle verify on it")]
    private static partial void Stopped(ILogger logger, string location, Exception error);

    // To the last @: a password may hold one.
    [GeneratedRegex("://.*@")]
    private static partial Regex SecretPattern { get; }
}
