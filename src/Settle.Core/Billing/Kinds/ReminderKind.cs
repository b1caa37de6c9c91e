namespace Settle.Billing;

/// <summary>A customer reminded of what is overdue (B22).</summary>
internal sealed class ReminderKind : BillingKind
{
    public override void Check(RequestBatch batch, in Request request, in BillingTerms terms)
    {
        CheckReference(batch, "customer", terms.Customer);
        CheckDay("date", terms.Date);
        Amounts.Check("fee", terms.Fee, allowZero: true);
    }

    public override RefusalCode Decide(BillingDecider decider, RequestBatch batch,
        ref Request request, ref BillingTerms terms)
    {
        var billing = decider.Billing;
        if (billing.Seller is not { } seller) return RefusalCode.SellerMissing;
        var number = billing.FindCustomer(batch.Bytes(terms.Customer));
        if (number < 0) return RefusalCode.UnknownCustomer;
        ref readonly var customer = ref billing.Customers[number];
        var asset = decider.Assets.Find(batch.Bytes(request.Asset));
        var account = asset < 0 ? -1 : billing.FindAccount(number, asset);
        if (account < 0 || customer.IsNotReminded) return RefusalCode.NothingToInvoice;
        var dunning = seller.Dunning ?? DunningTerms.Usual(decider.Assets[0].Scale);
        if (ReminderDraft.Of(billing, account, dunning, terms.Date, terms.Fee) is not { } draft)
            return RefusalCode.NothingToInvoice;
        request.Amount = draft.Fee;
        terms.Gross = draft.Total;
        terms.IsLast = draft.Level >= dunning.Levels.Count;
        terms.Due = terms.Date + dunning.PayWithin;
        terms.Paid = long.Clamp(billing.Accounts[account].Credit, 0, draft.Fee);
        terms.Number = batch.Append("number", NumberOf(billing, draft));
        terms.Reminded = Append(decider, batch, draft);
        var texts = dunning.Levels[int.Min(draft.Level, dunning.Levels.Count) - 1].Texts;
        if (texts.Count > 0)
        {
            decider.Json.Clear();
            DunningTerms.WriteTexts(decider.Json, texts);
            terms.Texts = batch.Append(decider.Json.Written);
        }
        terms.Seller = AppendHash(batch, seller.Profile);
        terms.Buyer = AppendHash(batch, customer.Profile);
        BillingDecider.Post(batch, ref request, BillingDecider.Receivable(batch, terms.Customer),
            batch.Append(BillingAccounts.ReminderFees), draft.Fee, isOpposite: false);
        return RefusalCode.None;
    }

    public override void Apply(BillingBook book, RequestBatch batch, in Request entry,
        in BillingTerms terms, EntryLocation location)
    {
        var account = book.AccountOf(book.FindCustomer(batch.Bytes(terms.Customer)),
            book.Assets.Find(batch.Bytes(entry.Asset)));
        foreach (var (number, level, _) in BillingJson.ReadReminded(batch.Bytes(terms.Reminded)))
        {
            ref var invoice = ref book.Invoices.Touch(
                book.FindInvoice(Encoding.UTF8.GetBytes(number)));
            if (level > invoice.Level) (invoice.Level, invoice.RemindedOn) = (level, terms.Date);
        }
        book.NoteReminder(batch.Bytes(terms.Number),
            new ReminderRow { Location = location, Account = account });
        if (entry.Amount == 0) return;
        book.AddUnnumbered(batch.Bytes(terms.Number), new InvoiceRow
        {
            Location = location,
            Account = account,
            Amount = entry.Amount,
            Date = terms.Date,
            Due = terms.Due,
            Paid = terms.Paid,
            IsFee = true,
            FirstTax = book.Taxes.Count,
            Corrects = -1,
            LastCredit = -1,
            Next = -1,
        });
        if (terms.Paid > 0) book.Accounts.Touch(account).Credit -= terms.Paid;
    }

    // A level is reached once, so invoice and level are unique; but an old number may look so.
    private static string NumberOf(BillingBook billing, ReminderDraft draft)
    {
        var first = draft.First;
        var own = ReminderDraft.NumberOf(first.Number, first.Level);
        var number = own;
        for (var more = 2; billing.FindInvoice(Encoding.UTF8.GetBytes(number)) >= 0
            || billing.FindReminder(Encoding.UTF8.GetBytes(number)) >= 0; more++)
        {
            number = string.Create(CultureInfo.InvariantCulture, $"{own}-{more}");
        }
        return number;
    }

    private static Slice Append(BillingDecider decider, RequestBatch batch, ReminderDraft draft)
    {
        decider.Json.Clear();
        for (var i = 0; i < draft.Invoices.Count; i++)
            BillingJson.WriteReminded(decider.Json, i == 0, draft.Invoices[i]);
        decider.Json.Raw("]"u8);
        return batch.Append(decider.Json.Written);
    }
}
