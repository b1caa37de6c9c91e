namespace Settle.Reading;

/// <summary>
/// What was read of the durable chain for one decision that is tried and not made.
/// </summary>
internal sealed class RecalledHistory(LedgerReader reader) : IHistory
{
    private readonly Dictionary<string, RecalledEntry> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RecalledEntry> _invoices = new(StringComparer.Ordinal);

    public void Add(RecalledEntry entry)
    {
        _entries[entry.Batch.Text(entry.Entry.Id)] = entry;
        if (entry.Entry.Kind is EntryKind.Invoice or EntryKind.CreditNote)
            _invoices[entry.Batch.Text(entry.Batch.Billing(entry.Entry).Number)] = entry;
    }

    /// <summary>Reads an invoice or a credit note; false while it is not durable.</summary>
    public async Task<bool> AddInvoiceAsync(string number, CancellationToken cancellation)
    {
        if (_invoices.ContainsKey(number)) return true;
        var found = await reader.RecallAsync(KeyHash.Number, number, cancellation)
            .ConfigureAwait(false);
        if (found is not null) Add(found);
        return found is not null;
    }

    public RecalledEntry? FindEntry(ReadOnlySpan<byte> id) => Find(_entries, id);

    public RecalledEntry? FindInvoice(ReadOnlySpan<byte> number) => Find(_invoices, number);

    public RecalledEntry? FindResolution(ReadOnlySpan<byte> holdId) => null;

    public RecalledEntry? FindReversal(ReadOnlySpan<byte> transferId) => null;

    private static RecalledEntry? Find(
        Dictionary<string, RecalledEntry> entries, ReadOnlySpan<byte> key) =>
        entries.GetValueOrDefault(Encoding.UTF8.GetString(key));
}
