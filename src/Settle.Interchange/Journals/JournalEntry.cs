using Settle.Billing;
using Settle.Chain;
using Settle.State;
using Settle.Views;

namespace Settle.Journals;

/// <summary>An entry of the chain on its way into an export. Valid until the next one is
/// read.</summary>
internal sealed class JournalEntry
{
    private readonly RequestBatch _batch = new();
    private LedgerAssets _assets = LedgerAssets.None;

    public EntryPosition Position { get; private set; }

    /// <summary>The time of its block, microseconds since 1970.</summary>
    public long Time { get; private set; }

    /// <summary>
    /// The time that its block counts at: an earlier one than its own where a person set the clock
    /// back since, microseconds since 1970.
    /// </summary>
    public long Counted { get; private set; }

    /// <summary>The entry as the chain holds it.</summary>
    public ReadOnlyMemory<byte> Body { get; private set; }

    public EntryKind Kind => Entry.Kind;

    public string Id => _batch.Text(Entry.Id);

    public string? Memo => Entry.Memo.IsEmpty ? null : _batch.Text(Entry.Memo);

    /// <summary>The client's own pairs as a JSON object.</summary>
    public string? Meta => Entry.Meta.IsEmpty ? null : _batch.Text(Entry.Meta);

    /// <summary>What the client said when it happened.</summary>
    public string? Timestamp => Entry.Timestamp.IsEmpty ? null : _batch.Text(Entry.Timestamp);

    /// <summary>The number of the day that is its value date.</summary>
    public int Day => ValueDate.Of(_batch, Entry, Counted);

    /// <summary>Its value date.</summary>
    public string Date =>
        DateOnly.FromDayNumber(Day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>What people call an entry of billing: its kind, and its number if it has one.
    /// </summary>
    public string? Title => !Kind.IsBilling() ? null
        : Terms.IsWriteOff ? "write-off"
        : $"{Kind.Text().Replace('_', ' ')} {Number}".TrimEnd();

    /// <summary>The number of an invoice or a credit note.</summary>
    public string? Number => OfBilling(Kind.IsBilling() ? Terms.Number : default);

    /// <summary>The customer of an entry of billing.</summary>
    public string? Customer => OfBilling(Kind.IsBilling() ? Terms.Customer : default);

    /// <summary>Whether it is an invoice for deposits.</summary>
    public bool IsDeposit => Kind == EntryKind.Invoice && Terms.IsDeposit;

    /// <summary>The entry as those who make public records of it take it.</summary>
    public RecalledEntry Recalled => new(_batch, Position.Height);

    /// <summary>Whether it was done, and not refused.</summary>
    public bool IsSuccessful => Entry.Refusal == RefusalCode.None;

    /// <summary>When it happened, as far as it says; else the time that its block counts at.
    /// </summary>
    public string Happened => Timestamp
        ?? (ValueDate.Differs(_batch, Entry, Counted, out _) ? Date : Text(Counted));

    /// <summary>The time of its block, as the chain writes it.</summary>
    public string BlockTime => Text(Time);

    /// <summary>Whether money moved.</summary>
    public bool IsMovement => IsSuccessful && Kind is EntryKind.Transfer
        or EntryKind.Transaction or EntryKind.Capture or EntryKind.Revert or EntryKind.Invoice
        or EntryKind.CreditNote or EntryKind.Payment or EntryKind.Refund or EntryKind.Chargeback
        or EntryKind.Opening
        || (IsSuccessful && Kind == EntryKind.Reminder && Entry.Amount > 0);

    private static string Text(long time)
    {
        Span<byte> text = stackalloc byte[ChainTime.TextLength];
        ChainTime.Write(text, time);
        return Encoding.ASCII.GetString(text);
    }

    private ref Request Entry => ref _batch[0];

    private ref readonly BillingTerms Terms => ref _batch.Billing(Entry);

    private string? OfBilling(Slice text) => text.IsEmpty ? null : _batch.Text(text);

    /// <summary>What it moves, in order.</summary>
    public IReadOnlyList<Posting> Postings => EntryViews.Postings(_batch, Entry, _assets);

    /// <summary>The overdraft it sets for an account; null when it is about something else.
    /// </summary>
    public (string Account, string Asset, long Overdraft)? Overdraft =>
        Entry is { Kind: EntryKind.Account, Refusal: RefusalCode.None }
            ? (_batch.Text(Entry.From), EntryViews.Asset(_batch, Entry.Asset, _assets.Default.Code),
                _batch.Terms(Entry).Overdraft)
            : null;

    /// <summary>The account that it opens or changes; null when it is about something else.
    /// </summary>
    public string? Account => Kind == EntryKind.Account ? _batch.Text(Entry.From) : null;

    /// <summary>The rates that the seller charges from then on.</summary>
    public IEnumerable<string> TaxRates => Kind != EntryKind.Seller ? []
        : BillingJson.ReadTexts(_batch.Bytes(Terms.TaxRates)).Select(Encoding.UTF8.GetString);

    /// <summary>Reads the entry that begins at the first byte.</summary>
    /// <returns>How many bytes it takes.</returns>
    /// <exception cref="FormatException">This version does not know the entry.</exception>
    public int Read(ReadOnlyMemory<byte> json, EntryPosition position, long time,
        LedgerAssets assets, ClockCorrections clock)
    {
        _batch.Clear();
        var length = EntryReader.Read(json.Span, _batch);
        (Position, Time, Body, _assets) = (position, time, json[..length], assets);
        Counted = clock.Counted(position.Height, time);
        return length;
    }
}
