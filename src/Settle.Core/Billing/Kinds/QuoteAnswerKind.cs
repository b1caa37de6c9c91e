namespace Settle.Billing;

/// <summary>
/// That a customer accepts a quote, once, so that its lines are open charges; or declines it (B24).
/// </summary>
internal sealed class QuoteAnswerKind : BillingKind
{
    public override void Check(RequestBatch batch, in Request request, in BillingTerms terms)
    {
        Texts.CheckLine("quote", batch.Bytes(request.Reference), Limits.IdBytesMax);
        CheckDay("date", terms.Date);
        if (terms.IsDeclined && terms.IsLate)
            throw new InvalidRequestException("late", "cannot be combined with a quote declined");
    }

    public override RefusalCode Decide(BillingDecider decider, RequestBatch batch,
        ref Request request, ref BillingTerms terms)
    {
        var billing = decider.Billing;
        var number = billing.FindQuote(batch.Bytes(request.Reference));
        if (number < 0) return RefusalCode.QuoteNotFound;
        ref readonly var quote = ref billing.Quotes[number];
        if (quote.IsAccepted) return RefusalCode.QuoteAccepted;
        if (quote.IsDeclined) return RefusalCode.QuoteDeclined;
        if (IsBefore(quote.Date, decider, ref terms)) return RefusalCode.AnswerBeforeQuote;
        if (quote.IsExpiredOn(terms.Date) && !terms.IsLate && !terms.IsDeclined)
            return RefusalCode.QuoteExpired;
        var account = billing.Accounts[quote.Account];
        terms.Customer = batch.Append(billing.CustomerNameBytes(account.Customer));
        request.Asset = account.Asset == 0
            ? default : batch.Append("asset", decider.Assets[account.Asset].Code);
        request.Amount = quote.Amount;
        if (!terms.IsDeclined) terms.Reopened = Open(decider, batch, number, terms.Date);
        return RefusalCode.None;
    }

    public override void Apply(BillingBook book, RequestBatch batch, in Request entry,
        in BillingTerms terms, EntryLocation location)
    {
        ref var quote = ref book.Quotes.Touch(book.FindQuote(batch.Bytes(entry.Reference)));
        (quote.IsAccepted, quote.IsDeclined) = (!terms.IsDeclined, terms.IsDeclined);
        quote.AnsweredOn = terms.Date;
        foreach (var charge in BillingJson.ReadReopened(batch.Bytes(terms.Reopened)))
        {
            book.Charges.Add(new OpenCharge
            {
                Location = location,
                Amount = charge.Amount,
                Account = quote.Account,
                Date = charge.Date,
                Tax = charge.Tax,
                IsGross = charge.IsGross,
                IsAmended = charge.IsAmended,
                IsOfQuote = true,
            }, charge.Id);
        }
    }

    // What was offered is for the day on which it is accepted.
    private static Slice Open(
        BillingDecider decider, RequestBatch batch, int number, int day)
    {
        var (billing, line) = (decider.Billing, 0);
        decider.Json.Clear();
        foreach (var item in billing.ItemsOf(billing.Quotes[number]))
        {
            var id = QuoteKind.LineId(billing.QuoteName(number), ++line);
            BillingJson.WriteReopened(decider.Json, line == 1, new ReopenedCharge(
                Encoding.UTF8.GetBytes(id), item.Amount, day, item.Tax, item.IsGross,
                IsAmended: true));
        }
        decider.Json.Raw("]"u8);
        return batch.Append(decider.Json.Written);
    }
}
