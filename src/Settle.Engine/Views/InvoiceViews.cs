using Settle.Billing;
using Settle.State;

namespace Settle.Views;

/// <summary>Makes the public records of invoices, credit notes and payments.</summary>
internal static class InvoiceViews
{
    public static Payment Payment(RecalledEntry found, LedgerAssets assets, bool replayed)
    {
        var batch = found.Batch;
        ref var entry = ref found.Entry;
        ref readonly var terms = ref batch.Billing(entry);
        var allocations = BillingJson.ReadAllocations(batch.Bytes(terms.Allocations));
        var amount = assets.Of(entry.Amount, batch, entry.Asset);
        return new Payment
        {
            Id = batch.Text(entry.Id),
            Customer = batch.Text(terms.Customer),
            Amount = amount,
            Date = DateOnly.FromDayNumber(terms.Date),
            Invoice = EntryViews.Text(batch, entry.Reference),
            Reference = EntryViews.Text(batch, entry.Memo),
            From = terms.IsWriteOff ? "write-offs"
                : EntryViews.Text(batch, entry.From) ?? Book.World,
            WriteOff = terms.IsWriteOff,
            Allocations = [.. allocations.Select(part =>
                new PaymentAllocation(Encoding.UTF8.GetString(part.Number),
                    assets.Of(part.Amount, amount.Asset!)))],
            CashDiscounts = DiscountViews.Parts(batch, entry, assets),
            Unallocated = assets.Of(
                entry.Amount - allocations.Sum(part => part.Amount), amount.Asset!),
            Block = found.Height,
            Replayed = replayed,
        };
    }

    /// <summary>The number that an entry gave, in UTF-8.</summary>
    public static ReadOnlySpan<byte> Number(RecalledEntry found) =>
        found.Batch.Bytes(found.Batch.Billing(found.Entry).Number);

    public static InvoiceRunSummary Run(string id, in RunRow row) => new()
    {
        Id = id,
        Through = DateOnly.FromDayNumber(row.Through),
        Date = DateOnly.FromDayNumber(row.Date),
        Invoices = row.Invoices,
        Charges = row.Charges,
        Block = row.Location.Height,
    };

    /// <summary>An invoice in a list; the caller holds the state's lock.</summary>
    public static InvoiceSummary Summary(Book book, in InvoiceRow row, bool replayed = false)
    {
        ref readonly var account = ref book.Billing.Accounts[row.Account];
        var asset = book.Assets[account.Asset];
        return new InvoiceSummary
        {
            Kind = row.IsOpening ? InvoiceType.Opening
                : row.IsFee ? InvoiceType.ReminderFee
                : row.IsCreditNote ? InvoiceType.CreditNote
                : row.IsDeposit ? InvoiceType.Deposit : InvoiceType.Invoice,
            Number = book.Billing.NumberOf(row),
            Customer = book.Billing.CustomerName(account.Customer),
            Date = DateOnly.FromDayNumber(row.Date),
            Due = DateOnly.FromDayNumber(row.Due),
            // Its tax is in the books where it was made.
            Net = asset.Of(row.IsOpening ? row.Gross : row.IsFee ? row.Amount : row.Net),
            Tax = asset.Of(row.Tax),
            Amount = asset.Of(row.IsOpening ? row.Gross : row.Amount),
            Open = asset.Of(row.Open),
            CashDiscounts = row.Discounts == 0 || row.Discounted > 0 || row.WrittenOff > 0 ? null
                : DiscountViews.Offers(book.Billing.Discounts(row.Discounts),
                    DateOnly.FromDayNumber(row.Date), row.Amount - row.Credited - row.Deducted,
                    row.Open, asset),
            Discounted = asset.OrNone(row.Discounted),
            Status = row.Status,
            DebitDate = row.IsCollected ? DateOnly.FromDayNumber(
                book.Billing.Orders[row.Order - 1].Date) : null,
            Corrects = row.IsCreditNote
                ? book.Billing.NumberOf(book.Billing.Invoices[row.Corrects]) : null,
            SettledBy = row.SettledBy == 0 ? null
                : book.Billing.NumberOf(book.Billing.Invoices[row.SettledBy - 1]),
            RemindersHeld = row.IsHeld,
            ReminderLevel = row.Level,
            Charges = row.Charges,
            Block = row.Location.Height,
            Replayed = replayed,
        };
    }

    /// <param name="found">The invoice's entry.</param>
    /// <param name="summary">What has become of it.</param>
    /// <param name="asset">Its asset.</param>
    /// <param name="parties">Seller and buyer as they are on it.</param>
    /// <param name="charges">The entries of its charges.</param>
    /// <param name="deposits">The deposit invoices that it settles, and their dates.</param>
    public static Invoice Invoice(RecalledEntry found, InvoiceSummary summary, AssetState asset,
        (Party Seller, Party Buyer) parties, List<RecalledEntry> charges,
        IReadOnlyList<(TakenDiscount Part, int Date)> deposits)
    {
        var deducted = deposits.Sum(deposit => deposit.Part.Amount);
        var batch = found.Batch;
        ref readonly var terms = ref batch.Billing(found.Entry);
        var taxes = BillingJson.ReadTaxes(batch.Bytes(terms.Taxes));
        var isConverted = !terms.TaxCurrency.IsEmpty && terms.TaxSum != 0;
        var language = Settle.Invoice.LanguageOf(parties.Seller, parties.Buyer);
        var lines = LinesOfInvoice.Of(
            BilledCharge.Of(found, charges, asset.Scale), taxes, asset, language);
        return new Invoice
        {
            Kind = summary.Kind,
            Number = summary.Number,
            Id = batch.Text(found.Entry.Id),
            Date = summary.Date,
            Due = summary.Due,
            Through = DateOnly.FromDayNumber(terms.Through),
            Scale = asset.Scale,
            Customer = summary.Customer,
            Seller = parties.Seller,
            Buyer = parties.Buyer,
            OrderNumber = EntryViews.Text(batch, terms.OrderNumber) ?? parties.Buyer.OrderNumber,
            BuyerReference = EntryViews.Text(batch, terms.BuyerReference)
                ?? parties.Buyer.BuyerReference,
            Note = EntryViews.Text(batch, found.Entry.Memo),
            Lines = lines,
            Taxes = [.. taxes.Select(
                tax => LinesOfInvoice.Tax(tax, asset, lines, parties.Seller, language))],
            Net = summary.Net,
            Tax = summary.Tax,
            TaxInCurrency = !isConverted ? null
                : Iso(terms.TaxConverted, batch.Text(terms.TaxCurrency)),
            ExchangeRate = isConverted ? Rate(batch, terms) : null,
            Rounding = asset.OrNone(terms.Rounding),
            Amount = summary.Amount,
            Prepaid = asset.OrNone(terms.Paid + deducted),
            Deposits = deposits.Count == 0 ? null
                : [.. deposits.Select(deposit => Deposit(deposit.Part, deposit.Date, asset))],
            SettledBy = summary.SettledBy,
            Paid = summary.Amount - summary.Open,
            Open = summary.Open,
            CashDiscounts = DiscountViews.Offers(
                DiscountTerms.Parse(batch.Text(terms.CashDiscount)), summary.Date,
                found.Entry.Amount - deducted, found.Entry.Amount - deducted - terms.Paid, asset),
            Discounted = summary.Discounted,
            Status = summary.Status,
            DebitDate = summary.DebitDate,
            RemindersHeld = summary.RemindersHeld,
            InvoicedCharges = [.. BillingJson.ReadTexts(batch.Bytes(terms.Charges))
                .Select(Encoding.UTF8.GetString)],
            Block = found.Height,
        };
    }

    private static SettledDeposit Deposit(TakenDiscount part, int date, AssetState asset) => new()
    {
        Number = Encoding.UTF8.GetString(part.Invoice),
        Date = DateOnly.FromDayNumber(date),
        Amount = asset.Of(part.Amount),
        Taxes = [.. part.Taxes.Select(tax => new InvoiceTax
        {
            Category = tax.Term.Code,
            Rate = LinesOfInvoice.Percent(tax.Term),
            Net = asset.Of(tax.Net),
            Tax = asset.Of(tax.Tax),
        })],
        Rounding = asset.OrNone(part.Rounding),
    };

    /// <summary>
    /// An invoice that was made elsewhere, as far as it is known here, or a reminder's fee.
    /// </summary>
    /// <param name="found">Its entry.</param>
    /// <param name="summary">What has become of it.</param>
    /// <param name="parties">Seller and customer as they are now.</param>
    public static Invoice Opening(RecalledEntry found, InvoiceSummary summary,
        (Party Seller, Party Buyer) parties) => new()
        {
            Kind = summary.Kind,
            Number = summary.Number,
            Id = found.Batch.Text(found.Entry.Id),
            Date = summary.Date,
            Due = summary.Due,
            Through = summary.Date,
            Scale = summary.Amount.Scale,
            Customer = summary.Customer,
            Seller = parties.Seller,
            Buyer = parties.Buyer,
            Lines = [],
            Taxes = [],
            Net = summary.Net,
            Tax = summary.Tax,
            Amount = summary.Amount,
            Paid = summary.Amount - summary.Open,
            Open = summary.Open,
            Status = summary.Status,
            DebitDate = summary.DebitDate,
            RemindersHeld = summary.RemindersHeld,
            InvoicedCharges = [],
            Block = found.Height,
        };

    /// <summary>The answer of bringing an invoice in.</summary>
    public static OpeningInvoice Brought(RecalledEntry found, LedgerAssets assets, bool replayed)
    {
        var batch = found.Batch;
        ref readonly var terms = ref batch.Billing(found.Entry);
        var open = assets.Of(found.Entry.Amount, batch, found.Entry.Asset);
        return new OpeningInvoice
        {
            Id = batch.Text(found.Entry.Id),
            Number = batch.Text(terms.Number),
            Customer = batch.Text(terms.Customer),
            Date = DateOnly.FromDayNumber(terms.Date),
            Due = DateOnly.FromDayNumber(terms.Due),
            Amount = terms.Gross == 0 ? open : assets.Of(terms.Gross, open.Asset!),
            Open = open,
            Block = found.Height,
            Replayed = replayed,
        };
    }

    private static Money Iso(long minor, string currency) => Money.OfMinor(
        minor, currency, Iso4217.TryGetScale(currency, out var scale) ? scale : 0);

    private static ExchangeRate Rate(RequestBatch batch, in BillingTerms terms)
    {
        var conversion = TaxConversion.Of(batch, terms);
        return new ExchangeRate
        {
            Base = conversion.Base,
            Quote = conversion.Quote,
            Rate = conversion.Rate,
            Date = DateOnly.FromDayNumber(terms.RateDate),
        };
    }

    // A correction is at the rate of what it corrects.
    private static Money? Converted(Invoice invoice, Money tax)
    {
        if (invoice is not { TaxInCurrency.Asset: { } currency, ExchangeRate: { } rate }
            || tax.IsZero)
            return null;
        var conversion = new TaxConversion(currency, rate.Base, rate.Quote, rate.Rate);
        return conversion.Convert((long)tax.Units, tax.Scale) is { } minor
            ? Iso(minor, currency) : null;
    }

    /// <summary>A credit note, by its entry and the invoice that it credits.</summary>
    public static Invoice CreditNote(RecalledEntry found, Invoice invoice, bool replayed = false)
    {
        var batch = found.Batch;
        ref readonly var terms = ref batch.Billing(found.Entry);
        // What deposits brought is theirs again, and not the customer's.
        var reopened = ReopensDeposits(found) ? invoice.Deposits : null;
        var note = CreditNote(invoice, DateOnly.FromDayNumber(terms.Date),
            BillingJson.ReadTaxes(batch.Bytes(terms.Taxes)), terms.Rounding,
            BillingJson.ReadCredited(batch.Bytes(terms.Credited)));
        // Before version 14 of blocks, each was converted by itself.
        var converted = terms.TaxCurrency.IsEmpty ? note.TaxInCurrency
            : Iso(terms.TaxConverted, batch.Text(terms.TaxCurrency));
        return note with
        {
            TaxInCurrency = converted,
            ExchangeRate = converted is null ? null : invoice.ExchangeRate,
            Number = batch.Text(terms.Number),
            Id = batch.Text(found.Entry.Id),
            Note = EntryViews.Text(batch, found.Entry.Memo),
            Deposits = reopened,
            Prepaid = reopened is null ? null
                : reopened.Select(deposit => deposit.Amount).Aggregate((sum, part) => sum + part),
            Block = found.Height,
            Replayed = replayed,
        };
    }

    private static bool ReopensDeposits(RecalledEntry found)
    {
        foreach (ref readonly var posting in found.Batch.Postings(found.Entry))
            if (BillingAccounts.IsOfDeposits(found.Batch.Bytes(posting.To))) return true;
        return false;
    }

    private static Invoice CreditNote(Invoice invoice, DateOnly day,
        List<TaxSum> taxes, long rounding, List<CreditedLine> credited)
    {
        var asset = new AssetState(invoice.Asset, invoice.Scale);
        var net = asset.Of(taxes.Sum(part => part.Net));
        var tax = asset.Of(taxes.Sum(part => part.Tax));
        var amount = net + tax + asset.Of(rounding);
        var converted = Converted(invoice, tax);
        // What takes back a whole invoice does so line by line.
        var lines = credited.Count > 0 ? LinesOfInvoice.Credited(invoice, credited, asset)
            : net == invoice.Net && tax == invoice.Tax ? invoice.Lines
            : LinesOfInvoice.OfPart(invoice, taxes, asset);
        return invoice with
        {
            Kind = InvoiceType.CreditNote,
            Date = day,
            Due = day,
            Through = day,
            Corrects = invoice.Number,
            CorrectsDate = invoice.Date,
            CreditsDeposit = invoice.Kind == InvoiceType.Deposit,
            Lines = lines,
            // An amount is of all lines, so it has the reasons of all of them.
            Taxes = [.. taxes.Select(part => LinesOfInvoice.Tax(part, asset,
                credited.Count > 0 ? lines : invoice.Lines, invoice.Seller, invoice.Language))],
            Net = net,
            Tax = tax,
            TaxInCurrency = converted,
            ExchangeRate = converted is null ? null : invoice.ExchangeRate,
            Rounding = asset.OrNone(rounding),
            Amount = amount,
            Prepaid = null,
            Quotes = null,
            Deposits = null,
            SettledBy = null,
            Paid = amount,
            Open = asset.Of(0),
            CashDiscounts = null,
            Discounted = null,
            Status = InvoiceStatus.Paid,
            DebitDate = null,
            RemindersHeld = false,
            InvoicedCharges = [],
        };
    }
}
