using Settle.Billing;

namespace Settle.Views;

/// <summary>Makes the public records of quotes.</summary>
internal static class QuoteViews
{
    /// <summary>A quote in a list; the caller holds the state's lock.</summary>
    /// <param name="book">The state.</param>
    /// <param name="number">Which quote.</param>
    /// <param name="row">The same, as it is to be shown.</param>
    /// <param name="today">The day that says whether it has expired.</param>
    public static Quote Summary(Book book, int number, in QuoteRow row, DateOnly today)
    {
        ref readonly var account = ref book.Billing.Accounts[row.Account];
        var asset = book.Assets[account.Asset];
        return new Quote
        {
            Number = book.Billing.NumberOf(row),
            Id = book.Billing.QuoteName(number),
            Customer = book.Billing.CustomerName(account.Customer),
            Date = DateOnly.FromDayNumber(row.Date),
            ValidUntil = row.ValidUntil == 0 ? null : DateOnly.FromDayNumber(row.ValidUntil),
            Status = row.StatusOn(today.DayNumber),
            AnsweredOn = row.AnsweredOn == 0 ? null : DateOnly.FromDayNumber(row.AnsweredOn),
            Net = asset.Of(row.Net),
            Tax = asset.Of(row.Tax),
            Rounding = asset.OrNone(row.Amount - row.Net - row.Tax),
            Amount = asset.Of(row.Amount),
            Block = row.Location.Height,
        };
    }

    /// <summary>All that stands on a quote.</summary>
    /// <param name="summary">What has become of it.</param>
    /// <param name="found">Its entry.</param>
    /// <param name="charges">The entries of its lines.</param>
    /// <param name="asset">Its asset.</param>
    /// <param name="parties">Seller and customer as they were.</param>
    public static Quote Whole(Quote summary, RecalledEntry found, List<RecalledEntry> charges,
        AssetState asset, (Party Seller, Party Buyer) parties)
    {
        ref readonly var terms = ref found.Batch.Billing(found.Entry);
        var taxes = BillingJson.ReadTaxes(found.Batch.Bytes(terms.Taxes));
        var language = Invoice.LanguageOf(parties.Seller, parties.Buyer);
        var lines = Lines(BilledCharge.Of(found, charges, asset.Scale), taxes, asset, language);
        return summary with
        {
            Lines = lines,
            Taxes = [.. taxes.Select(
                tax => LinesOfInvoice.Tax(tax, asset, lines, parties.Seller, language))],
            Note = EntryViews.Text(found.Batch, found.Entry.Memo),
            Seller = parties.Seller,
            Buyer = parties.Buyer,
        };
    }

    // What is out of scope of VAT has an invoice of its own, so that its sums are apart.
    private static List<InvoiceLine> Lines(
        List<BilledCharge> charges, List<TaxSum> taxes, AssetState asset, string language)
    {
        var lines = new Dictionary<string, InvoiceLine>(StringComparer.Ordinal);
        foreach (var part in taxes.GroupBy(tax => tax.Term.Category == TaxCategory.OutOfScope))
        {
            var isAll = part.Count() == taxes.Count;
            var own = charges.FindAll(charge => isAll
                || (charge.Item.Tax.Category == TaxCategory.OutOfScope) == part.Key);
            foreach (var line in LinesOfInvoice.Of(own, [.. part], asset, language))
                lines.Add(line.Charge!, line);
        }
        return charges.ConvertAll(charge => lines[Encoding.UTF8.GetString(charge.Id)]);
    }
}
