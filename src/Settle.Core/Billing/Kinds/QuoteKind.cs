namespace Settle.Billing;

/// <summary>
/// An offer to a customer (B24): its lines are charges that were recorded as offered, and that are
/// open once it is accepted. It books nothing.
/// </summary>
internal sealed class QuoteKind : BillingKind
{
    public override void Check(RequestBatch batch, in Request request, in BillingTerms terms)
    {
        CheckReference(batch, "customer", terms.Customer);
        CheckDay("date", terms.Date);
        if (terms.Due != 0) CheckDay("valid_until", terms.Due);
        if (terms.Due != 0 && terms.Due < terms.Date)
        {
            throw Parse.Fault("valid_until", Days.Text(terms.Due),
                $"is before {Days.Text(terms.Date)}, the date of the quote");
        }
        if (terms.LineCount is < 1 or > Limits.QuoteLinesMax)
        {
            throw new InvalidRequestException("lines", string.Create(
                CultureInfo.InvariantCulture, $"must be 1 to {Limits.QuoteLinesMax}"));
        }
    }

    /// <summary>The id of the charge that a line of a quote is.</summary>
    /// <param name="quote">The quote's id.</param>
    /// <param name="line">Its place, from 1.</param>
    public static string LineId(string quote, int line) =>
        string.Create(CultureInfo.InvariantCulture, $"{quote}:{line}");

    public override RefusalCode Decide(BillingDecider decider, RequestBatch batch,
        ref Request request, ref BillingTerms terms)
    {
        var billing = decider.Billing;
        if (billing.Seller is not { } seller) return RefusalCode.SellerMissing;
        var number = billing.FindCustomer(batch.Bytes(terms.Customer));
        if (number < 0) return RefusalCode.UnknownCustomer;
        ref readonly var customer = ref billing.Customers[number];
        var refusal = Find(decider, batch, request, terms, out var lines);
        if (refusal != RefusalCode.None) return refusal;
        if (Sum(lines, customer.TreatmentOrNone) is not { } sums)
            return RefusalCode.AmountOutOfRange;
        request.Asset = batch.Append(lines[0].Batch.Bytes(lines[0].Entry.Asset));
        request.Amount = sums.Sum(part => part.Amount);
        terms.Net = sums.Sum(part => part.Net);
        terms.TaxSum = sums.Sum(part => part.Tax);
        terms.Rounding = sums.Sum(part => part.Rounding);
        terms.Taxes = decider.AppendTaxes(batch, [.. sums.SelectMany(part => part.Taxes)]);
        terms.Reopened = Append(decider, batch, lines);
        terms.Number = batch.Append(
            "number", billing.NextQuoteNumber(seller.QuoteSeriesOf(terms.Date)));
        terms.Seller = AppendHash(batch, seller.Profile);
        terms.Buyer = AppendHash(batch, customer.Profile);
        return RefusalCode.None;
    }

    // As its invoices will be: what is out of scope of VAT has one of its own.
    private static List<InvoiceSums>? Sum(List<RecalledEntry> lines, TaxCategory? treatment)
    {
        var sums = new List<InvoiceSums>();
        var all = lines.ConvertAll(line => ChargeKind.ItemOf(line.Batch, line.Entry));
        foreach (var (items, own) in InvoiceMaker.Separate(all, treatment, item => item))
        {
            if (InvoiceMaker.Make(items, own) is not { } part) return null;
            sums.Add(part);
        }
        return sums.Aggregate(Int128.Zero, (sum, part) => sum + part.Amount) > Limits.AmountMax
            ? null : sums;
    }

    // Why a line was refused is why the quote is.
    private static RefusalCode Find(BillingDecider decider, RequestBatch batch,
        in Request request, in BillingTerms terms, out List<RecalledEntry> lines)
    {
        lines = [];
        for (var i = 1; i <= terms.LineCount; i++)
        {
            var id = Encoding.UTF8.GetBytes(LineId(batch.Text(request.Id), i));
            if (decider.History.FindEntry(id) is not { Entry.Kind: EntryKind.Charge } line)
                return RefusalCode.ChargeNotFound;
            if (line.Entry.Refusal != RefusalCode.None) return line.Entry.Refusal;
            ref readonly var charge = ref line.Batch.Billing(line.Entry);
            if (!charge.IsOffered || !line.Batch.Bytes(charge.Customer)
                .SequenceEqual(batch.Bytes(terms.Customer)))
                return RefusalCode.ChargeNotFound;
            lines.Add(line);
            if (!line.Batch.Bytes(line.Entry.Asset).SequenceEqual(
                lines[0].Batch.Bytes(lines[0].Entry.Asset)))
                return RefusalCode.AssetDiffers;
        }
        return RefusalCode.None;
    }

    public override void Apply(BillingBook book, RequestBatch batch, in Request entry,
        in BillingTerms terms, EntryLocation location)
    {
        var first = book.QuoteLines.Count;
        foreach (var line in BillingJson.ReadReopened(batch.Bytes(terms.Reopened)))
            book.QuoteLines.Add(new InvoiceItem(line.Amount, line.Tax, line.IsGross));
        book.AddQuote(batch.Bytes(entry.Id), batch.Text(terms.Number), new QuoteRow
        {
            Location = location,
            Net = terms.Net,
            Tax = terms.TaxSum,
            Amount = entry.Amount,
            Account = book.AccountOf(book.FindCustomer(batch.Bytes(terms.Customer)),
                book.Assets.Find(batch.Bytes(entry.Asset))),
            Date = terms.Date,
            ValidUntil = terms.Due,
            FirstLine = first,
            Lines = terms.LineCount,
        });
    }

    private static Slice Append(
        BillingDecider decider, RequestBatch batch, List<RecalledEntry> lines)
    {
        decider.Json.Clear();
        for (var i = 0; i < lines.Count; i++)
        {
            var (found, item) = (lines[i], ChargeKind.ItemOf(lines[i].Batch, lines[i].Entry));
            BillingJson.WriteReopened(decider.Json, i == 0, new ReopenedCharge(
                found.Batch.Bytes(found.Entry.Id).ToArray(), item.Amount,
                found.Batch.Billing(found.Entry).Date, item.Tax, item.IsGross));
        }
        decider.Json.Raw("]"u8);
        return batch.Append(decider.Json.Written);
    }
}
