using Settle.Billing.Rules;
using Settle.Views;

namespace Settle.Billing;

/// <summary>
/// An invoice of Settle in the terms of EN 16931. Nothing that changes later is in it, such as what
/// has been paid.
/// </summary>
internal static class ElectronicInvoice
{
    private const string Process = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0";
    private const string DiscountCode = "95";

    // UNTDID 1001; XRechnung has no prepayment invoice (386) among its types.
    private const string Deposit = "386";
    private const string DepositOfXRechnung = "326";

    // UNTDID 2005: the tax is due when it is paid.
    private const string PaidToDate = "432";

    public static EnInvoice Of(Invoice invoice)
    {
        var isCredit = invoice.Kind == InvoiceType.CreditNote;
        var isDeposit = invoice.Kind == InvoiceType.Deposit;
        var isOutOfScope = invoice.Taxes.Any(tax => tax.Category == "O");
        var words = InvoiceWords.Of(invoice.Language);
        var isPaid = invoice.Payable.IsZero;
        var debit = DirectDebit.Of(invoice);
        return new EnInvoice
        {
            Specification = Has(invoice.Buyer.LeitwegId) ? EnRules.XRechnung : EnRules.Plain,
            Process = Process,
            Number = invoice.Number,
            IssueDate = Day(invoice.Date),
            TypeCode = isCredit ? "381" : !isDeposit ? "380"
                : Has(invoice.Buyer.LeitwegId) ? DepositOfXRechnung : Deposit,
            TaxPointCode = isDeposit && !isOutOfScope ? PaidToDate : null,
            IsCreditNote = isCredit,
            Currency = invoice.Asset,
            TaxCurrency = invoice.TaxInCurrency?.Asset,
            DueDate = isCredit || isPaid ? null : Day(invoice.Due),
            BuyerReference = Text(invoice.Buyer.LeitwegId) ?? Text(invoice.BuyerReference),
            OrderReference = Text(invoice.OrderNumber),
            PaymentTerms = isCredit || isPaid ? words.PaymentTerms(invoice)
                : TermsOf(invoice, words),
            Notes = [.. new[]
                {
                    invoice.Note, QuoteWords.Of(invoice.Language).OfQuotes(invoice),
                    words.Converted(invoice),
                }
                .Concat(DepositWords.Of(invoice.Language).NotesOf(invoice, words)).Where(Has)
                .Select(note => new EnNote(note!))],
            Preceding = isCredit && invoice.Corrects is { } corrected
                ? [new EnPreceding(corrected, Day(invoice.CorrectsDate))]
                : [.. (invoice.Deposits ?? []).Select(
                    deposit => new EnPreceding(deposit.Number, Day(deposit.Date)))],
            Seller = SellerOf(invoice.Seller, isOutOfScope),
            Buyer = BuyerOf(invoice.Buyer, isOutOfScope),
            DeliveryAddress = invoice.Taxes.Any(tax => tax.Category == "K")
                ? AddressOf(invoice.Buyer) : null,
            Period = PeriodOf(invoice),
            Payments = debit is not null ? [PaymentOf(invoice, debit)]
                : PaymentsOf(invoice, isCredit || isPaid),
            Taxes = [.. invoice.Taxes.Select(tax => TaxOf(tax, words))],
            Totals = TotalsOf(invoice),
            Lines = [.. invoice.Lines.Select((line, at) => LineOf(line, at, invoice, words))],
        };
    }

    /// <summary>Whether electronic invoices can be in it: own assets cannot.</summary>
    public static bool IsCurrency(string asset) => CodeLists.Currencies.Contains(asset);

    /// <summary>The amount as a decimal that keeps two decimals, or those it needs.</summary>
    public static decimal Major(Money amount)
    {
        var decimals = Math.Min(2, amount.Scale);
        var rounded = Math.Round(amount.Value, decimals);
        return rounded != amount.Value ? amount.Value
            : rounded + new decimal(0, 0, 0, false, (byte)decimals);
    }

    // XRechnung has a form of its own for cash discounts, a line for each that ends with its line.
    private static string TermsOf(Invoice invoice, InvoiceWords words)
    {
        // What is debited is debited in full.
        var offers = DirectDebit.Of(invoice) is null ? invoice.CashDiscounts ?? [] : [];
        var text = string.Join(" ", offers.Select(words.CashDiscount)
            .Append(words.Terms(invoice)));
        if (offers.Count == 0 || !Has(invoice.Buyer.LeitwegId)) return text;
        // Not of what is left to be paid, where some had been paid before.
        var of = (invoice.Deposits ?? []).Aggregate(
            invoice.Amount, (left, deposit) => left - deposit.Amount);
        var basis = of == invoice.Payable ? ""
            : string.Create(CultureInfo.InvariantCulture, $"BASISBETRAG={of.Value:0.00}#");
        return text + "\n" + string.Concat(offers.Select(offer => string.Create(
            CultureInfo.InvariantCulture,
            $"#SKONTO#TAGE={offer.Days}#PROZENT={offer.Percent:0.00}#{basis}\n")));
    }

    // Nothing of a deposit was delivered, but what goes to another country of the EU needs a day
    // (BR-IC-11).
    private static EnPeriod? PeriodOf(Invoice invoice) =>
        invoice.Lines.Count == 0
        || (invoice.IsOfDeposit && invoice.Taxes.All(tax => tax.Category != "K")) ? null
            : new EnPeriod(Day(invoice.Lines.Min(line => line.Start ?? line.Date)),
                Day(invoice.Lines.Max(line => line.Date)));

    private static EnParty SellerOf(Party party, bool isOutOfScope)
    {
        // What is not subject to VAT shows no VAT id (BR-O-02), and a seller with only a tax number
        // has none to show, but the seller must be known by something (BR-CO-26).
        var other = Has(party.RegistrationId) || (Has(party.VatId) && !isOutOfScope) ? null
            : Text(party.VatId) ?? Text(party.TaxNumber);
        var hasContact = Has(party.Contact) || Has(party.Phone) || Has(party.Email);
        return BuyerOf(party, isOutOfScope) with
        {
            Identifiers = other is null ? [] : [new EnIdentifier(other, null)],
            TaxNumber = Text(party.TaxNumber),
            Endpoint = Has(party.Email) ? new EnIdentifier(party.Email, "EM") : null,
            Contact = !hasContact ? null : new EnContact(Text(party.Contact) ?? party.Name,
                Text(party.Phone), Text(party.Email)),
        };
    }

    private static EnParty BuyerOf(Party party, bool isOutOfScope) => new()
    {
        Name = party.Name,
        VatId = isOutOfScope ? null : Text(party.VatId),
        Registration = Has(party.RegistrationId)
            ? new EnIdentifier(party.RegistrationId, null) : null,
        Endpoint = Has(party.Email) ? new EnIdentifier(party.Email, "EM")
            : Has(party.LeitwegId) ? new EnIdentifier(party.LeitwegId, "0204") : null,
        Address = AddressOf(party),
        Contact = !Has(party.Contact) ? null
            : new EnContact(party.Contact, Text(party.Phone), Text(party.Email)),
    };

    private static EnAddress AddressOf(Party party) => new()
    {
        Street = Text(party.Street),
        Street2 = Text(party.Street2),
        City = Text(party.City),
        PostalCode = Text(party.PostalCode),
        Country = party.Country,
    };

    private static EnPayment PaymentOf(Invoice invoice, DirectDebit debit) => new()
    {
        MeansCode = "59",
        Reference = invoice.Number,
        HasDirectDebit = true,
        Mandate = debit.Mandate,
        Creditor = debit.Creditor,
        DebitedAccount = debit.Iban,
    };

    private static EnPayment[] PaymentsOf(Invoice invoice, bool isSettled)
    {
        // 97: it is settled between the two of them.
        if (isSettled) return [new EnPayment { MeansCode = "97" }];
        if (!Has(invoice.Seller.Iban)) return [];
        return
        [
            new EnPayment
            {
                MeansCode = invoice.Asset == "EUR" ? "58" : "30",
                Reference = SwissReference.CanPay(invoice)
                    && SwissReference.Of(invoice) is { Text.Length: > 0 } swiss
                    ? swiss.Text : invoice.Number,
                Accounts =
                [
                    new EnAccount(invoice.Seller.Iban, invoice.Seller.Name,
                        Text(invoice.Seller.Bic)),
                ],
            },
        ];
    }

    private static EnTax TaxOf(InvoiceTax tax, InvoiceWords words) => new()
    {
        Category = tax.Category,
        Rate = Plain(tax.Rate),
        Net = Major(tax.Net),
        Tax = Major(tax.Tax),
        Reason = Text(tax.Reason) ?? words.Reason(tax.Category),
        ReasonCode = Text(tax.ReasonCode) ?? tax.Category switch
        {
            "AE" => "VATEX-EU-AE",
            "K" => "VATEX-EU-IC",
            "G" => "VATEX-EU-G",
            "O" => "VATEX-EU-O",
            _ => null,
        },
    };

    private static EnTotals TotalsOf(Invoice invoice) => new()
    {
        Lines = Major(invoice.Net),
        Net = Major(invoice.Net),
        Tax = Major(invoice.Tax),
        TaxInTaxCurrency = invoice.TaxInCurrency is { } converted ? Major(converted) : null,
        Gross = Major(invoice.Net + invoice.Tax),
        Rounding = invoice.Rounding is { } rounding ? Major(rounding) : null,
        Paid = invoice.Prepaid is { } prepaid ? Major(prepaid) : null,
        Payable = Major(invoice.Payable),
    };

    private static EnLine LineOf(InvoiceLine line, int at, Invoice invoice, InvoiceWords words)
    {
        var text = line.Description.Trim();
        var end = text.AsSpan().IndexOfAny('\r', '\n');
        var full = Major(LinePrice.FullOf(line));
        var price = LinePrice.Of(line, invoice.Scale);
        // What was charged when any unit was taken is mutually defined.
        var unit = CodeLists.Units.Contains(line.Unit) ? line.Unit : "ZZ";
        return new EnLine
        {
            Id = (at + 1).ToString(CultureInfo.InvariantCulture),
            Note = Text(string.Join("; ", new[] { words.DaysOf(line), line.Exemption }
                .Where(Has))),
            Quantity = Plain(line.Quantity),
            Unit = unit,
            Net = Major(line.Net),
            Period = invoice.IsOfDeposit ? null
                : new EnPeriod(Day(line.Start ?? line.Date), Day(line.Date)),
            Allowances = [.. AllowancesOf(line, words)],
            Price = price is { } one ? Plain(one) : full,
            PriceBase = price is null ? Plain(line.Quantity) : null,
            PriceUnit = price is null ? unit : null,
            Category = line.Category,
            Rate = line.Category == "O" ? null : Plain(line.Rate),
            Name = text.Length == 0 ? line.Charge ?? invoice.Number
                : end < 0 ? text : text[..end],
            Description = end < 0 ? null : text[end..].Trim(),
        };
    }

    private static IEnumerable<EnAllowance> AllowancesOf(InvoiceLine line, InvoiceWords words)
    {
        if (!line.Discount.IsZero)
        {
            yield return new EnAllowance
            {
                Amount = Major(line.Discount),
                Reason = words.Discount,
                ReasonCode = DiscountCode,
            };
        }
        // No code of UNTDID 5189 says this.
        if (line.CreditedBefore is { } before)
            yield return new EnAllowance { Amount = Major(before), Reason = words.CreditedBefore };
    }

    /// <summary>A number without zeros at its end.</summary>
    public static decimal Plain(decimal number) => number / 1.0000000000000000000000000000m;

    private static string Day(DateOnly day) =>
        day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string? Day(DateOnly? day) => day is { } value ? Day(value) : null;

    private static bool Has(string? text) => !string.IsNullOrWhiteSpace(text);

    private static string? Text(string? text) => Has(text) ? text!.Trim() : null;
}
