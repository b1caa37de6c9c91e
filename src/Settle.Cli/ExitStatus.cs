using Settle.Import;

namespace Settle.Cli;

/// <summary>The one table from what happened to the exit status of the process.</summary>
internal static class ExitStatus
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>The ledger said no: rejected, not found, not allowed, a fault found.</summary>
    public const int Refused = 1;

    /// <summary>The command's words, or a file it was given, are wrong; nothing happened.</summary>
    public const int Usage = 2;

    /// <summary>The store cannot be reached or cannot promise durability.</summary>
    public const int Store = 3;

    /// <summary>Ended by Ctrl-C: what was acknowledged stays.</summary>
    public const int Interrupted = 130;

    public static int Of(Exception exception) => exception switch
    {
        RejectedException => Refused,
        NotFoundException => Refused,
        UnauthorizedException => Refused,
        SiteStoppedException => Refused,
        InvoiceRuleException or UnprintableException => Refused,
        ChainsDifferException => Refused,
        InvalidRequestException or UsageException => Usage,
        CsvFaultsException or CsvFaultException => Usage,
        OperationCanceledException => Interrupted,
        _ => Store,
    };
}
