using Settle.State;
using Settle.Views;
using Settle.Wire;

namespace Settle.Billing;

/// <summary>Turns the requests of the .NET interface into the settling loop's, checked.</summary>
internal static class BillingRequests
{
    /// <exception cref="InvalidRequestException">Names the field and what it must be.</exception>
    public static void Add(RequestBatch batch, EntryKind kind, string id, BillingFiller fill)
    {
        ref var request = ref batch.Add(kind);
        request.Id = batch.Append("id", id);
        ref var terms = ref batch.AddBilling(ref request);
        fill(batch, ref request, ref terms);
        RequestRules.Check(batch, ref request);
    }

    /// <param name="batch">Where it goes.</param>
    /// <param name="charge">The charge.</param>
    /// <param name="id">Its id.</param>
    /// <param name="day">The day, where the request names none.</param>
    /// <param name="asset">The customer's asset, for amounts that name none.</param>
    /// <param name="assets">The ledger's assets.</param>
    /// <param name="isOffered">Whether it is a line of a quote.</param>
    public static void Add(RequestBatch batch, ChargeRequest charge, string id, DateOnly day,
        string? asset, LedgerAssets assets, bool isOffered = false) => Add(
            batch, EntryKind.Charge, id,
            (RequestBatch to, ref Request request, ref BillingTerms terms) =>
    {
        if (charge.Date is not null && charge.Time is not null)
            throw new InvalidRequestException("time", "cannot be combined with date");
        terms.Customer = to.Append("customer", charge.Customer);
        FillWhat(to, ref terms, charge.Description, charge.Tax, charge.Prices);
        FillExemption(to, ref terms, charge.Exemption, charge.ExemptionCode);
        terms.Start = charge.Start?.DayNumber ?? 0;
        terms.Date = day.DayNumber;
        terms.IsDefaultDate = charge.Date is null && charge.Time is null;
        terms.CostCentre = to.Append("cost_centre", charge.CostCentre);
        terms.IsDeposit = charge.Deposit;
        terms.IsOffered = isOffered;
        FillPrice(to, ref request, ref terms, assets, asset, new AskedPrice(
            charge.Amount, charge.Quantity, charge.UnitPrice, charge.Unit, charge.Discount,
            charge.Asset));
    });

    /// <summary>The charge that a line of a quote is.</summary>
    public static ChargeRequest Offered(QuoteRequest quote, QuoteLine line) => new()
    {
        Customer = quote.Customer,
        Amount = line.Amount,
        Quantity = line.Quantity,
        UnitPrice = line.UnitPrice,
        Unit = line.Unit,
        Discount = line.Discount,
        Asset = quote.Asset ?? line.Amount?.Asset ?? line.Discount?.Asset,
        Description = line.Description,
        Tax = line.Tax,
        Exemption = line.Exemption,
        ExemptionCode = line.ExemptionCode,
        Prices = line.Prices,
        CostCentre = line.CostCentre,
        Date = quote.Date,
    };

    /// <summary>All but the profile, which is kept only for what is well-formed.</summary>
    public static BillingFiller Filler(SellerRequest seller, LedgerAssets assets) =>
        (RequestBatch batch, ref Request _, ref BillingTerms terms) =>
    {
        FillPlace(batch, ref terms, seller.Party.Country, seller.Zone);
        terms.TaxRates = AppendTexts(batch, "tax_rates", seller.TaxRates);
        terms.DefaultTax = batch.Append("default_tax", Rate(seller.DefaultTax));
        PrintableText.Check("series", seller.Series);
        terms.Series = batch.Append("series", seller.Series);
        terms.FirstNumbers = FirstNumbers.Append(batch, seller.FirstNumbers);
        if (seller.Dunning is { } dunning)
        {
            terms.Dunning = batch.Append(ReminderViews.Terms(dunning, assets).Write().Written);
            foreach (var (language, text) in dunning.Levels.SelectMany(level => level.Texts))
                PrintableText.Check($"dunning.levels.texts.{language}", text);
        }
        if (seller.CashDiscounts is { Count: > 0 } discounts)
            terms.CashDiscount = batch.Append("cash_discounts", DiscountViews.Text(discounts));
    };

    /// <inheritdoc cref="Filler(SellerRequest, LedgerAssets)"/>
    public static BillingFiller Filler(CustomerRequest customer, string zone) =>
        (RequestBatch batch, ref Request asked, ref BillingTerms terms) =>
    {
        FillPlace(batch, ref terms, customer.Party.Country, zone);
        PrintableText.Check("customer", customer.Customer);
        terms.Customer = batch.Append("customer", customer.Customer);
        terms.Treatment = batch.Append("treatment",
            Words<TaxTreatment>.Of("treatment", customer.Treatment ?? TaxTreatment.Standard));
        terms.TermsDays = customer.TermsDays;
        terms.IsNotReminded = customer.NoReminders;
        terms.CashDiscount = batch.Append(
            "cash_discounts", DiscountViews.Text(customer.CashDiscounts));
        asked.Asset = batch.Append("asset", customer.Asset);
    };

    /// <param name="credit">The request.</param>
    /// <param name="minor">Its amount; null where it names none.</param>
    /// <param name="day">The date of the credit note.</param>
    public static BillingFiller Filler(CreditRequest credit, long? minor, DateOnly day) =>
        (RequestBatch batch, ref Request asked, ref BillingTerms terms) =>
    {
        asked.Reference = batch.Append("invoice", credit.Invoice);
        asked.IsWhole = minor is null && credit.Lines is null;
        asked.Amount = minor ?? 0;
        PrintableText.Check("reason", credit.Reason);
        asked.Memo = batch.Append("reason", credit.Reason);
        if (credit.Lines is { } lines) terms.Lines = AppendLines(batch, lines);
        terms.IsRebill = credit.Rebill;
        terms.Date = day.DayNumber;
        terms.IsDefaultDate = credit.Date is null;
    };

    public static BillingFiller Filler(SubscriptionRequest subscription, string id,
        string? asset, LedgerAssets assets) =>
        (RequestBatch batch, ref Request asked, ref BillingTerms terms) =>
    {
        terms.Subscription = batch.Append("subscription", subscription.Subscription ?? id);
        terms.Customer = batch.Append("customer", subscription.Customer);
        FillWhat(batch, ref terms, subscription.Description, subscription.Tax, subscription.Prices);
        FillExemption(batch, ref terms, subscription.Exemption, subscription.ExemptionCode);
        FillPrice(batch, ref asked, ref terms, assets, asset, new AskedPrice(
            subscription.Amount, subscription.Quantity, subscription.UnitPrice, subscription.Unit,
            subscription.Discount, subscription.Asset));
        if (subscription.Every is { } every and not BillingInterval.Month)
            terms.Every = batch.Append("every", Words<BillingInterval>.Of("every", every));
        terms.CostCentre = batch.Append("cost_centre", subscription.CostCentre);
        terms.Anchor = subscription.Anchor?.DayNumber ?? 0;
        terms.Date = subscription.Start.DayNumber;
        terms.End = subscription.End?.DayNumber ?? 0;
        if (terms.Customer.IsEmpty)
            throw new InvalidRequestException("customer", "must not be empty");
    };

    /// <param name="opening">The request.</param>
    /// <param name="asset">The customer's asset, for amounts that name none.</param>
    /// <param name="assets">The ledger's assets.</param>
    public static BillingFiller Filler(
        OpeningInvoiceRequest opening, string? asset, LedgerAssets assets) =>
        (RequestBatch batch, ref Request asked, ref BillingTerms terms) =>
    {
        terms.Customer = batch.Append("customer", opening.Customer);
        PrintableText.Check("number", opening.Number);
        terms.Number = batch.Append("number", opening.Number);
        // The request's id may be made of it.
        Texts.CheckName("number", batch.Bytes(terms.Number), Limits.OldNumberBytesMax);
        terms.Date = opening.Date.DayNumber;
        terms.Due = opening.Due.DayNumber;
        var named = opening.Asset;
        var gross = Read(assets, "amount", opening.Amount, asset, ref named);
        asked.Amount = opening.Open is null ? gross
            : Read(assets, "open", opening.Open, asset, ref named);
        terms.Gross = asked.Amount == gross ? 0 : gross;
        asked.Asset = batch.Append("asset", named);
    };

    /// <param name="reprice">The request.</param>
    /// <param name="subscription">The subscription.</param>
    /// <param name="asset">Its asset, for amounts that name none.</param>
    /// <param name="assets">The ledger's assets.</param>
    public static BillingFiller Filler(RepriceRequest reprice, string subscription, string? asset,
        LedgerAssets assets) =>
        (RequestBatch batch, ref Request asked, ref BillingTerms terms) =>
    {
        terms.Subscription = batch.Append("subscription", subscription);
        terms.Start = reprice.From.DayNumber;
        FillPrice(batch, ref asked, ref terms, assets, asset, new AskedPrice(
            reprice.Amount, reprice.Quantity, reprice.UnitPrice, null, reprice.Discount,
            reprice.Asset));
    };

    /// <summary>
    /// The minor units of an amount; 0 for none. Where it is in the customer's asset because it
    /// names none, that is named: the customer may get another one meanwhile.
    /// </summary>
    public static long Read(LedgerAssets assets, string field, Money? amount, string? customers,
        ref string? asset, bool allowZero = false)
    {
        if (amount is not { } money) return 0;
        // The asset that gave the scale is named: decided in another one, it would be other money.
        if (!money.IsInLedgersScale) asset ??= money.Asset ?? customers ?? assets.Default.Code;
        (var minor, asset) = assets.Read(field, money, asset, allowZero);
        return minor;
    }

    private static void FillPrice(RequestBatch batch, ref Request request, ref BillingTerms terms,
        LedgerAssets assets, string? customers, in AskedPrice price)
    {
        if (price.Amount is null && price.UnitPrice is null)
            throw new InvalidRequestException("amount", "is missing");
        var named = price.Asset;
        request.Amount = Read(assets, "amount", price.Amount, customers, ref named);
        terms.Discount = Read(
            assets, "discount", price.Discount, customers, ref named, allowZero: true);
        request.Asset = batch.Append("asset", named);
        terms.Unit = price.Unit is "C62" ? default : batch.Append("unit", price.Unit);
        if (price.Quantity is { } quantity)
            terms.Quantity = ToScaled("quantity", quantity, Limits.QuantityMax);
        if (price.UnitPrice is not { } unitPrice)
        {
            // A discount is on the price, and the decision says what is left of it.
            if (terms.Discount > 0) (terms.Price, request.Amount) = (request.Amount, 0);
            return;
        }
        if (price.Amount is not null)
            throw new InvalidRequestException(
                "amount", "cannot be combined with unit_price, which gives the amount");
        terms.HasUnitPrice = true;
        terms.UnitPrice = ToScaled("unit_price", unitPrice, Limits.UnitPriceMax);
        if (price.Quantity is null) terms.Quantity = Scaled.One;
    }

    public static void FillWhat(RequestBatch batch, ref BillingTerms terms, string description,
        string? tax, PriceKind? prices)
    {
        PrintableText.Check("description", description);
        terms.Description = batch.Append("description", description);
        terms.Tax = batch.Append("tax", Rate(tax));
        terms.IsGross = prices switch
        {
            null or PriceKind.Net => false,
            PriceKind.Gross => true,
            _ => throw new InvalidRequestException("prices", "must be net or gross"),
        };
    }

    private static void FillExemption(
        RequestBatch batch, ref BillingTerms terms, string? exemption, string? code)
    {
        terms.Exemption = batch.Append("exemption", exemption);
        terms.ExemptionCode = batch.Append("exemption_code", code);
    }

    public static void FillPlace(RequestBatch batch, ref BillingTerms terms, string country,
        string zone)
    {
        Zones.Check("zone", zone);
        terms.Country = batch.Append("country", country);
        terms.Zone = batch.Append("zone", zone);
        FillProfile(batch, ref terms, BlockHash.None);
    }

    public static void FillProfile(RequestBatch batch, ref BillingTerms terms, BlockHash profile)
    {
        profile.WriteHex(batch.Reserve(BlockHash.TextLength)[..BlockHash.TextLength]);
        terms.Profile = batch.Commit(BlockHash.TextLength);
    }

    public static Slice AppendTexts(RequestBatch batch, string field, IReadOnlyList<string> texts)
    {
        if (texts is null) throw new InvalidRequestException(field, "is missing");
        var json = new JsonBuffer(64);
        json.Raw("["u8);
        for (var i = 0; i < texts.Count; i++)
        {
            if (i > 0) json.Raw(","u8);
            var text = Rate(texts[i]) ?? throw new InvalidRequestException(field, "is missing");
            json.String(Encoding.UTF8.GetBytes(text));
        }
        json.Raw("]"u8);
        return batch.Append(json.Written);
    }

    // In the order of the invoice, so that the same lines are the same request.
    private static Slice AppendLines(RequestBatch batch, IReadOnlyList<CreditLine> lines)
    {
        if (lines.Count is 0 or > Limits.CreditLinesMax)
        {
            throw new InvalidRequestException(
                "lines", $"must be 1 to {Limits.CreditLinesMax}; leave it out to credit all");
        }
        var asked = new SortedDictionary<int, long>();
        for (var i = 0; i < lines.Count; i++)
        {
            var field = $"lines[{i}]";
            var line = lines[i] ?? throw new InvalidRequestException(field, "is missing");
            if (line.Line < 1)
            {
                throw Parse.Fault($"{field}.line",
                    line.Line.ToString(CultureInfo.InvariantCulture),
                    "is not the number of a line; the first one is 1");
            }
            var quantity = line.Quantity is not { } part ? 0
                : ToScaled($"{field}.quantity", part, Limits.QuantityMax);
            if (quantity <= 0 && line.Quantity is not null)
                throw new InvalidRequestException(
                    $"{field}.quantity", "must be more than 0; leave it out for all that is left");
            if (!asked.TryAdd(line.Line, quantity))
                throw new InvalidRequestException(field, $"names line {line.Line} once more");
        }
        var json = new JsonBuffer(64);
        foreach (var (line, quantity) in asked)
            BillingJson.WriteLine(json, json.Length == 0, new AskedLine(line, quantity));
        json.Raw("]"u8);
        return batch.Append(json.Written);
    }

    /// <summary>A rate has one text on the chain: 19.0 is 19.</summary>
    public static string? Rate(string? text) =>
        text is { Length: > 0 and <= 20 } && Parse.IsDecimal(text)
            ? DecimalJsonConverter.ToText(Parse.Decimal("tax", text)) : text;

    private static long ToScaled(string field, decimal value, long max)
    {
        if (value > max || value < -max)
        {
            throw new InvalidRequestException(field,
                string.Create(CultureInfo.InvariantCulture, $"must be at most {max}"));
        }
        var scaled = value * Scaled.One;
        return scaled == decimal.Truncate(scaled) ? (long)scaled
            : throw new InvalidRequestException(
                field, $"has more than {Scaled.Decimals} decimals");
    }
}
