namespace Settle;

/// <summary>Which ledger a host opens, and how. Can be bound to configuration.</summary>
public sealed class SettleOptions
{
    /// <summary>
    /// Where the ledger lives, as for <see cref="Ledger.OpenAsync"/>: <c>bank.db</c>,
    /// <c>couchdb://user:password@host:5984/bank</c> or <c>http://host:7171/bank</c>. Required.
    /// </summary>
    public string Location { get; set; } = "";

    /// <summary>
    /// The servers of other sites, such as <c>http://office:7171/bank</c>, with which this site
    /// exchanges blocks; only for a file.
    /// </summary>
    public IList<string> Peers { get; } = [];

    /// <summary>How long a request waits at one of several sites for money of others, zero to a
    /// minute.</summary>
    public TimeSpan SiteWait { get; set; }

    /// <summary>
    /// The key for a server, <c>sk_...</c>; only for an address of one, or for peers whose
    /// addresses have none.
    /// </summary>
    public string? ApiKey { get; set; }

    /// <inheritdoc cref="LedgerOptions.MustExist"/>
    public bool MustExist { get; set; }

    /// <inheritdoc cref="LedgerOptions.IsReadOnly"/>
    public bool IsReadOnly { get; set; }

    /// <inheritdoc cref="LedgerOptions.AcceptRollback"/>
    public bool AcceptRollback { get; set; }

    /// <inheritdoc cref="LedgerOptions.AcceptClock"/>
    public bool AcceptClock { get; set; }

    /// <inheritdoc cref="LedgerOptions.SettlesDocuments"/>
    public bool SettlesDocuments { get; set; } = true;
}
