namespace Settle.Billing;

/// <summary>An invoice taken back: wholly, some lines of it, or an amount (B2, B8, B16).</summary>
internal sealed class CreditNoteKind : BillingKind
{
    public override void Check(RequestBatch batch, in Request request, in BillingTerms terms)
    {
        CheckNumber(batch, request.Reference);
        CheckDay("date", terms.Date);
        var lines = BillingJson.ReadLines(batch.Bytes(terms.Lines));
        if (lines.Count > 0 && request.Amount != 0)
            throw new InvalidRequestException(
                "amount", "cannot be combined with lines, which give the amount");
        if (lines.Count == 0 && !request.IsWhole) Amounts.Check("amount", request.Amount);
        if (terms.IsRebill && lines.Exists(line => line.Quantity != 0))
            throw new InvalidRequestException("rebill",
                "cannot be combined with a quantity; only whole lines are billed again");
        if (terms.IsRebill && lines.Count == 0 && !request.IsWhole)
            throw new InvalidRequestException("rebill", "cannot be combined with amount; only a "
                + "whole invoice, or whole lines of it, are billed again");
    }

    public override RefusalCode Decide(BillingDecider decider, RequestBatch batch,
        ref Request request, ref BillingTerms terms)
    {
        var billing = decider.Billing;
        if (billing.Seller is not { } seller) return RefusalCode.SellerMissing;
        var number = billing.FindInvoice(batch.Bytes(request.Reference));
        if (number < 0 || billing.Invoices[number] is { IsCreditNote: true } or { IsFee: true })
            return RefusalCode.InvoiceNotFound;
        ref readonly var invoice = ref billing.Invoices[number];
        if (invoice.IsOpening) return RefusalCode.InvoiceElsewhere;
        if (IsBefore(invoice.Date, decider, ref terms)) return RefusalCode.CreditBeforeInvoice;
        if (invoice.SettledBy > 0) return RefusalCode.DepositSettled;
        var isByLine = !terms.Lines.IsEmpty;
        var refusal = WhyNot(decider, invoice, request, terms.IsRebill, isByLine);
        if (refusal != RefusalCode.None) return refusal;
        var lines = isByLine || terms.IsRebill || IsRest(invoice, request)
            ? LinesLeft.Of(decider.History, billing, invoice) : null;
        var credited = new List<CreditedLine>();
        if (isByLine)
        {
            var asked = BillingJson.ReadLines(batch.Bytes(terms.Lines));
            refusal = lines!.Take(asked, mustBeWhole: terms.IsRebill, credited);
            if (refusal != RefusalCode.None) return refusal;
        }
        var (parts, rounding) = isByLine
            ? CreditParts.Of(billing, invoice, lines!.NetsOf(credited))
            : CreditParts.Of(billing, invoice,
                request.IsWhole ? invoice.Creditable : request.Amount, decider.Follows);
        var amount = rounding + parts.Sum(part => part.Net + part.Tax);
        // What was written off cannot be credited too.
        if (isByLine && (amount < 0 || amount > invoice.Creditable))
            return RefusalCode.ExceedsInvoice;
        // Before version 8, a credit note of the rest did not say which lines it took back.
        if (IsRest(invoice, request) && decider.Follows(8)) credited = lines!.All();
        request.Amount = amount;
        if (terms.IsRebill)
        {
            terms.Reopened = Reopen(decider, batch, !isByLine ? lines!.Charges
                : credited.ConvertAll(line => lines!.Charges[line.Line - 1]));
        }
        FillCustomer(decider, batch, ref request, ref terms, billing.Accounts[invoice.Account]);
        terms.Credited = AppendCredited(decider, batch, credited);
        terms.Net = parts.Sum(part => part.Net);
        terms.TaxSum = parts.Sum(part => part.Tax);
        terms.Rounding = rounding;
        terms.Taxes = decider.AppendTaxes(batch, parts);
        Convert(decider, batch, request, ref terms, invoice);
        terms.Number = batch.Append("number",
            billing.NextNumber(seller.SeriesOf(terms.Date, isCreditNote: true)));
        if (invoice.IsDeposit)
        {
            CreditDeposit(decider, batch, ref request, ref terms, invoice, parts);
            return RefusalCode.None;
        }
        BillingDecider.AddPostings(batch, ref request, terms, parts, isCredit: true);
        if (invoice.ReopensDeposits(request.Amount))
            ReopenDeposits(decider, batch, ref request, ref terms, invoice);
        return RefusalCode.None;
    }

    // Its share of what is credited in all, so that all credit notes together have the tax of their
    // invoice in its seller's currency, too (B18).
    private static void Convert(BillingDecider decider, RequestBatch batch, in Request request,
        ref BillingTerms terms, in InvoiceRow invoice)
    {
        if (terms.TaxSum == 0
            || decider.History.FindInvoice(batch.Bytes(request.Reference)) is not { } found
            || found.Batch.Billing(found.Entry).RatePair.IsEmpty || !decider.Follows(14))
            return;
        var billing = decider.Billing;
        var conversion = TaxConversion.Of(found.Batch, found.Batch.Billing(found.Entry));
        var scale = decider.Assets[billing.Accounts[invoice.Account].Asset].Scale;
        var before = 0L;
        for (var at = invoice.LastCredit; at >= 0; at = billing.Invoices[at].LastCredit)
            before += billing.Invoices[at].Tax;
        if (conversion.Convert(before, scale) is not { } converted
            || conversion.Convert(before + terms.TaxSum, scale) is not { } all)
            return;
        terms.TaxCurrency = batch.Append("tax_currency", conversion.Currency);
        terms.TaxConverted = all - converted;
    }

    // What was paid of it beyond what is left is the customer's, and no deposit.
    private static void CreditDeposit(BillingDecider decider, RequestBatch batch,
        ref Request request, ref BillingTerms terms, in InvoiceRow invoice, TaxSum[] parts)
    {
        DepositParts.Post(
            batch, ref request, terms.Customer, parts, terms.Rounding, isOpposite: true);
        var (left, rounding) = CreditParts.Left(decider.Billing, invoice);
        for (var i = 0; i < left.Length; i++)
        {
            var part = Array.Find(parts, tax => tax.Term == left[i].Term);
            left[i] = left[i] with { Net = left[i].Net - part.Net, Tax = left[i].Tax - part.Tax };
        }
        var before = DepositParts.Received(decider.Billing, invoice);
        var change = DepositParts.Change(before, DepositParts.Of(before.Invoice, left,
            rounding - terms.Rounding,
            invoice.Paid - long.Max(0, request.Amount - invoice.Open)));
        DepositParts.PostDue(batch, ref request, change);
        terms.Deposits = DepositParts.Append(decider, batch, [change]);
    }

    // They are there to be settled by another invoice.
    private static void ReopenDeposits(BillingDecider decider, RequestBatch batch,
        ref Request request, ref BillingTerms terms, in InvoiceRow invoice)
    {
        var received = new List<TakenDiscount>();
        foreach (var number in Settlements.Of(decider.Billing, invoice))
        {
            ref readonly var deposit = ref decider.Billing.Invoices[number];
            var (left, rounding) = CreditParts.Left(decider.Billing, deposit);
            DepositParts.Post(
                batch, ref request, terms.Customer, left, rounding, isOpposite: false);
            received.Add(DepositParts.Received(decider.Billing, deposit));
        }
        foreach (var deposit in received) DepositParts.PostDue(batch, ref request, deposit);
        terms.Deposits = DepositParts.Append(decider, batch, received);
    }

    public override void Apply(BillingBook book, RequestBatch batch, in Request entry,
        in BillingTerms terms, EntryLocation location)
    {
        var corrected = book.FindInvoice(batch.Bytes(entry.Reference));
        var account = book.Invoices[corrected].Account;
        var number = book.Add(batch, entry, terms, new InvoiceRow
        {
            Location = location,
            Account = account,
            Due = terms.Date,
            Through = terms.Date,
            Corrects = corrected,
            LastCredit = book.Invoices[corrected].LastCredit,
        });
        ref var invoice = ref book.Invoices.Touch(corrected);
        invoice.LastCredit = number;
        if (invoice.ReopensDeposits(entry.Amount)) Settlements.Reopen(book, corrected);
        invoice.Credited += entry.Amount;
        invoice.IsRebilled |= terms.IsRebill && terms.Lines.IsEmpty;
        invoice.HasRebilledLines |= terms.IsRebill;
        // What was paid of it already is the customer's again.
        var surplus = -long.Min(0, invoice.Open);
        var ofDeposits = long.Clamp(surplus - invoice.Paid, 0, invoice.Deducted);
        invoice.Paid -= surplus - ofDeposits;
        invoice.Deducted -= ofDeposits;
        invoice.HasSpentDeposits |= ofDeposits > 0;
        if (surplus > 0) book.AddCredit(account, surplus, terms.Date);
        foreach (var charge in BillingJson.ReadReopened(batch.Bytes(terms.Reopened)))
        {
            book.Charges.Add(new OpenCharge
            {
                Location = location,
                Amount = charge.Amount,
                Account = account,
                Date = charge.Date,
                Tax = charge.Tax,
                IsGross = charge.IsGross,
                IsAmended = charge.IsAmended,
                IsOfQuote = book.FindQuoteOf(charge.Id) >= 0,
                IsDeposit = invoice.IsDeposit,
            }, charge.Id);
            book.NoteDays(charge);
        }
    }

    // Before version 12, what a cash discount was deducted of was not billed again.
    private static RefusalCode WhyNot(BillingDecider decider,
        in InvoiceRow invoice, in Request request, bool isRebill, bool isByLine)
    {
        if (invoice.LastCredit >= 0 && ((isRebill && !isByLine) || invoice.Creditable == 0))
            return RefusalCode.AlreadyCredited;
        if (isRebill && (invoice.HasWriteOffs
            || (invoice.Discounted > 0 && !decider.Follows(12))))
            return RefusalCode.ExceedsInvoice;
        if (isByLine) return RefusalCode.None;
        var amount = request.IsWhole ? invoice.Creditable : request.Amount;
        return amount > invoice.Creditable
            || (request.IsWhole && invoice.HasWriteOffs && amount == 0)
                ? RefusalCode.ExceedsInvoice : RefusalCode.None;
    }

    // The rest of an invoice is what is left of its lines, unless some of it was written off.
    private static bool IsRest(in InvoiceRow invoice, in Request request) => request.IsWhole
        && (invoice.LastCredit >= 0 || invoice.Discounted > 0)
        && invoice is { HasWriteOffs: false, Charges: <= Limits.CreditLinesMax };

    // The book forgets what is billed, so the charges' entries say what they were.
    private static Slice Reopen(
        BillingDecider decider, RequestBatch batch, List<BilledCharge> charges)
    {
        decider.Json.Clear();
        for (var i = 0; i < charges.Count; i++)
            BillingJson.WriteReopened(decider.Json, i == 0, Again(decider, charges[i]));
        decider.Json.Raw("]"u8);
        return batch.Append(decider.Json.Written);
    }

    // A period of a subscription comes to what its days come to now (B7).
    private static ReopenedCharge Again(BillingDecider decider, in BilledCharge charge)
    {
        var item = charge.Item;
        ref readonly var terms = ref charge.Found.Batch.Billing(charge.Found.Entry);
        var now = (charge.Item.Amount, charge.Date);
        if (!terms.Subscription.IsEmpty)
        {
            var name = charge.Found.Batch.Bytes(terms.Subscription);
            var number = decider.Billing.FindSubscription(name);
            var amended = decider.Billing.Amended(number, decider.Billing.DaysOf(number),
                charge.Id, terms.Date, decider.Follows);
            if (amended != now && decider.Follows(8)) now = amended;
        }
        return new ReopenedCharge(charge.Id.ToArray(), now.Amount, now.Date, item.Tax,
            item.IsGross, now != (charge.Found.Entry.Amount, terms.Date)
                && (!terms.Subscription.IsEmpty || terms.IsOffered));
    }

    private static Slice AppendCredited(
        BillingDecider decider, RequestBatch batch, List<CreditedLine> credited)
    {
        if (credited.Count == 0) return default;
        decider.Json.Clear();
        for (var i = 0; i < credited.Count; i++)
            BillingJson.WriteCredited(decider.Json, i == 0, credited[i]);
        decider.Json.Raw("]"u8);
        return batch.Append(decider.Json.Written);
    }

    private static void FillCustomer(BillingDecider decider, RequestBatch batch,
        ref Request request, ref BillingTerms terms, in AccountRow account)
    {
        terms.Customer = batch.Append(decider.Billing.CustomerNameBytes(account.Customer));
        request.Asset = account.Asset == 0
            ? default : batch.Append("asset", decider.Assets[account.Asset].Code);
    }
}
