using Settle.Billing;
using Settle.State;

namespace Settle.Views;

/// <summary>Makes the public records of reminders, and of how they are sent.</summary>
internal static class ReminderViews
{
    /// <summary>That an invoice is not reminded of, or is again.</summary>
    public static ReminderHold Hold(RecalledEntry found, bool replayed)
    {
        var batch = found.Batch;
        ref readonly var terms = ref batch.Billing(found.Entry);
        return new ReminderHold
        {
            Id = batch.Text(found.Entry.Id),
            Invoice = batch.Text(found.Entry.Reference),
            Customer = batch.Text(terms.Customer),
            Date = DateOnly.FromDayNumber(terms.Date),
            Released = terms.IsReleased,
            Reason = EntryViews.Text(batch, found.Entry.Memo),
            Block = found.Height,
            Replayed = replayed,
        };
    }

    private const string Field = "dunning";

    /// <param name="found">The entry.</param>
    /// <param name="items">What was overdue, with its days; the caller looks them up.</param>
    /// <param name="assets">The ledger's assets.</param>
    /// <param name="replayed">Whether it had been decided before.</param>
    public static Reminder Reminder(RecalledEntry found, IReadOnlyList<RemindedItem> items,
        LedgerAssets assets, bool replayed = false)
    {
        var batch = found.Batch;
        ref readonly var terms = ref batch.Billing(found.Entry);
        var fee = found.Entry.Amount;
        var total = assets.Of(terms.Gross, batch, found.Entry.Asset);
        var open = items.Aggregate((Int128)fee, (sum, item) => sum + item.Open.Units);
        return new Reminder
        {
            Number = batch.Text(terms.Number),
            Id = batch.Text(found.Entry.Id),
            Customer = batch.Text(terms.Customer),
            Date = DateOnly.FromDayNumber(terms.Date),
            Due = DateOnly.FromDayNumber(terms.Due),
            Level = items.Select(item => item.Level).DefaultIfEmpty().Max(),
            IsLast = terms.IsLast,
            Invoices = items,
            Fee = fee == 0 ? null : assets.Of(fee, total.Asset!),
            Credit = open == terms.Gross ? null : assets.Of(open - terms.Gross, total.Asset!),
            Total = total,
            Texts = terms.Texts.IsEmpty ? null : TextsOf(batch.Bytes(terms.Texts)),
            Block = found.Height,
            Replayed = replayed,
        };
    }

    /// <summary>An item of a reminder; the caller holds the state's lock.</summary>
    public static RemindedItem Item(Book book, in RemindedInvoice invoice)
    {
        var row = book.Billing.Invoices[
            book.Billing.FindInvoice(Encoding.UTF8.GetBytes(invoice.Number))];
        var asset = book.Assets[book.Billing.Accounts[row.Account].Asset];
        return new RemindedItem(invoice.Number, DateOnly.FromDayNumber(row.Date),
            DateOnly.FromDayNumber(row.Due), invoice.Level, asset.Of(invoice.Open));
    }

    /// <summary>What a seller asks for, as the chain has it.</summary>
    /// <exception cref="InvalidRequestException">It does not fit together.</exception>
    public static DunningTerms Terms(DunningSettings settings, LedgerAssets assets)
    {
        var code = assets.Default.Code;
        if (settings.Asset is { } asset && asset != code)
            throw Parse.Fault($"{Field}.asset", asset, $"is not {code}, the ledger's own");
        if (settings.Levels is null)
            throw new InvalidRequestException($"{Field}.levels", "is missing");
        var terms = new DunningTerms([.. settings.Levels.Select(Level)],
            Minor("flat_fee", settings.FlatFee), Minor("minimum", settings.Minimum),
            settings.PayWithin);
        terms.Check();
        return terms;

        DunningTerms.Level Level(ReminderLevel level, int at)
        {
            var field = string.Create(CultureInfo.InvariantCulture, $"levels[{at}]");
            if (level is null) throw new InvalidRequestException($"{Field}.{field}", "is missing");
            return new DunningTerms.Level(level.Days, Minor($"{field}.fee", level.Fee),
                [.. level.Texts.OrderBy(text => text.Key, StringComparer.Ordinal)
                    .Select(text => (text.Key, text.Value))]);
        }

        long Minor(string field, Money? amount) => amount is not { } money ? 0
            : assets.Read($"{Field}.{field}", money, code, allowZero: true).Minor;
    }

    /// <summary>What an entry of a seller says of it; null for the usual way.</summary>
    public static DunningSettings? Settings(
        RequestBatch batch, Slice json, LedgerAssets assets)
    {
        if (json.IsEmpty) return null;
        var terms = DunningTerms.Read(batch.Bytes(json).ToArray());
        return new DunningSettings
        {
            Asset = assets.Default.Code,
            Levels = [.. terms.Levels.Select(level => new ReminderLevel
            {
                Days = level.Days,
                Fee = OrNone(level.Fee),
                Texts = level.Texts.ToDictionary(text => text.Language, text => text.Text,
                    StringComparer.Ordinal),
            })],
            FlatFee = OrNone(terms.FlatFee),
            Minimum = OrNone(terms.Minimum),
            PayWithin = terms.PayWithin,
        };

        Money? OrNone(long minor) =>
            minor == 0 ? null : assets.Of(minor, assets.Default.Code);
    }

    private static Dictionary<string, string> TextsOf(ReadOnlySpan<byte> utf8)
    {
        using var json = JsonDocument.Parse(utf8.ToArray());
        return json.RootElement.EnumerateObject()
            .ToDictionary(text => text.Name, text => text.Value.GetString()!,
                StringComparer.Ordinal);
    }
}
