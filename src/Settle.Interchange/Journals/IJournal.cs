namespace Settle.Journals;

/// <summary>Writes the entries of a chain in one format.</summary>
internal interface IJournal
{
    /// <summary>Called once, before the first entry.</summary>
    void Begin(LedgerInfo info);

    /// <summary>Called for every entry in the order of the chain.</summary>
    ValueTask WriteAsync(JournalEntry entry, CancellationToken cancellation);

    /// <summary>Called once, after the last entry.</summary>
    void End();
}
