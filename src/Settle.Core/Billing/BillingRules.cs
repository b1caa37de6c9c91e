namespace Settle.Billing;

/// <summary>What a request of billing must look like before it may reach the ledger.</summary>
internal static class BillingRules
{
    private const string TaxWords =
        "must be a rate in percent such as 19 or 8.1, 0, exempt, reverse_charge, "
        + "intra_community, export or out_of_scope";

    /// <exception cref="InvalidRequestException">Names the field and what it must be.</exception>
    public static void Check(RequestBatch batch, in Request request)
    {
        ref readonly var terms = ref batch.Billing(request);
        if (!request.Asset.IsEmpty) Texts.CheckAsset("asset", batch.Bytes(request.Asset));
        if (!request.Memo.IsEmpty)
            Texts.CheckText("memo", batch.Bytes(request.Memo), Limits.MemoBytesMax);
        switch (request.Kind)
        {
            case EntryKind.Seller:
                CheckSeller(batch, terms);
                break;
            case EntryKind.Customer:
                CheckName(batch, "customer", terms.Customer);
                CheckPlace(batch, terms);
                CheckTreatment(batch, terms.Treatment);
                if (terms.TermsDays is < 0 or > Limits.TermsDaysMax)
                {
                    throw new InvalidRequestException(
                        "terms_days", $"must be 0 to {Limits.TermsDaysMax}");
                }
                break;
            case EntryKind.Charge:
                CheckCharge(batch, request, terms);
                break;
            case EntryKind.Subscription:
                CheckSubscription(batch, request, terms);
                break;
            case EntryKind.Invoice:
                CheckName(batch, "customer", terms.Customer);
                CheckDay("date", terms.Date);
                CheckDay("through", terms.Through);
                break;
            case EntryKind.CreditNote:
                CheckNumber(batch, request.Reference);
                CheckDay("date", terms.Date);
                if (!request.IsWhole) CheckAmount("amount", request.Amount, 1);
                if (terms.IsRebill && !request.IsWhole)
                    throw new InvalidRequestException("rebill", "goes with the whole invoice only");
                break;
            default:
                CheckPayment(batch, request, terms);
                break;
        }
    }

    private static void CheckSeller(RequestBatch batch, in BillingTerms terms)
    {
        CheckPlace(batch, terms);
        var rates = BillingJson.ReadTexts(batch.Bytes(terms.TaxRates));
        if (rates.Count > Limits.TaxRatesMax)
        {
            throw new InvalidRequestException(
                "tax_rates", $"must be at most {Limits.TaxRatesMax}");
        }
        foreach (var rate in rates)
        {
            if (!TaxTerm.TryParse(rate, out var tax)
                || tax.Category is not (TaxCategory.Standard or TaxCategory.Zero))
            {
                throw new InvalidRequestException("tax_rates",
                    "must be rates in percent such as 19 or 8.1, at most 100");
            }
        }
        if (!terms.DefaultTax.IsEmpty)
        {
            if (!TaxTerm.TryParse(batch.Bytes(terms.DefaultTax), out var tax))
                throw new InvalidRequestException("default_tax", TaxWords);
            var text = System.Text.Encoding.ASCII.GetBytes(tax.Text);
            if (tax.Category == TaxCategory.Standard && !rates.Exists(
                rate => rate.AsSpan().SequenceEqual(text)))
                throw new InvalidRequestException("default_tax", "must be one of tax_rates");
        }
        CheckSeries(batch.Text(terms.Series));
    }

    // Were a digit before the number, two series could give the same one.
    private static void CheckSeries(string series)
    {
        var utf8 = System.Text.Encoding.UTF8.GetBytes(series);
        if (series.Length > 0) Texts.CheckName("series", utf8, Limits.SeriesBytesMax);
        var rest = series.Replace("{year}", "0000", StringComparison.Ordinal);
        if (rest.Length > 0 && char.IsAsciiDigit(rest[^1]))
            throw new InvalidRequestException("series", "must not end with a digit or {year}");
        if (rest.AsSpan().ContainsAny("{}"))
            throw new InvalidRequestException("series", "may have {year}, and no other braces");
    }

    private static void CheckPlace(RequestBatch batch, in BillingTerms terms)
    {
        var country = batch.Bytes(terms.Country);
        if (country.Length != 2 || country.ContainsAnyExceptInRange((byte)'A', (byte)'Z'))
            throw new InvalidRequestException(
                "country", "must be two letters of ISO 3166-1, such as DE");
        Texts.CheckName("zone", batch.Bytes(terms.Zone), 64);
        if (!Chain.BlockHash.TryParse(batch.Bytes(terms.Profile), out _))
            throw new InvalidRequestException("profile", "must be a SHA-256 in hexadecimal");
    }

    private static void CheckTreatment(RequestBatch batch, Slice treatment)
    {
        var text = batch.Bytes(treatment);
        if (text.SequenceEqual("standard"u8)) return;
        if (!TaxTerm.TryParse(text, out var tax) || tax.Category <= TaxCategory.Zero)
        {
            throw new InvalidRequestException("treatment", "must be standard, exempt, "
                + "reverse_charge, intra_community, export or out_of_scope");
        }
    }

    private static void CheckCharge(
        RequestBatch batch, in Request request, in BillingTerms terms)
    {
        CheckWhat(batch, terms);
        CheckDay("date", terms.Date);
        CheckAmount("discount", terms.Discount, 0);
        if (!terms.Unit.IsEmpty
            && (terms.Unit.Length > 3 || !IsUnit(batch.Bytes(terms.Unit))))
        {
            throw new InvalidRequestException(
                "unit", "must be a UN/ECE code of at most 3 letters and digits, such as HUR");
        }
        if (!terms.Subscription.IsEmpty) CheckName(batch, "subscription", terms.Subscription);
        if (!terms.HasUnitPrice)
        {
            CheckAmount("amount", request.Amount, 1);
            if (terms.Quantity != 0)
                throw new InvalidRequestException("unit_price", "is missing beside quantity");
            return;
        }
        if (request.Amount != 0)
            throw new InvalidRequestException(
                "amount", "goes without quantity and unit_price, which make one");
        if (terms.Quantity is <= 0 or > Limits.QuantityMax * Scaled.One)
        {
            throw new InvalidRequestException("quantity",
                $"must be more than zero, at most {Limits.QuantityMax}");
        }
        if (terms.UnitPrice is < 0 or > Limits.UnitPriceMax * Scaled.One)
        {
            throw new InvalidRequestException("unit_price",
                $"must be 0 to {Limits.UnitPriceMax} in the major unit");
        }
    }

    private static void CheckSubscription(
        RequestBatch batch, in Request request, in BillingTerms terms)
    {
        CheckName(batch, "subscription", terms.Subscription);
        if (terms.End != 0) CheckDay("end", terms.End);
        if (terms.Customer.IsEmpty)
        {
            CheckDay("end", terms.End);
            return;
        }
        CheckWhat(batch, terms);
        CheckDay("start", terms.Date);
        CheckAmount("amount", request.Amount, 1);
        if (terms.End != 0 && terms.End < terms.Date)
            throw new InvalidRequestException("end", "must not be before start");
    }

    private static void CheckWhat(RequestBatch batch, in BillingTerms terms)
    {
        CheckName(batch, "customer", terms.Customer);
        if (terms.Description.IsEmpty)
            throw new InvalidRequestException("description", "must not be empty");
        Texts.CheckText(
            "description", batch.Bytes(terms.Description), Limits.DescriptionBytesMax);
        if (!terms.Tax.IsEmpty && !TaxTerm.TryParse(batch.Bytes(terms.Tax), out _))
            throw new InvalidRequestException("tax", TaxWords);
    }

    private static void CheckPayment(
        RequestBatch batch, in Request request, in BillingTerms terms)
    {
        if (request.Reference.IsEmpty) CheckName(batch, "customer", terms.Customer);
        else CheckNumber(batch, request.Reference);
        if (!request.Reference.IsEmpty && !terms.Customer.IsEmpty)
            throw new InvalidRequestException("customer", "goes without invoice, which names one");
        CheckAmount("amount", request.Amount, 1);
        CheckDay("date", terms.Date);
        if (!terms.Source.IsEmpty)
            Texts.CheckName("from", batch.Bytes(terms.Source), Limits.AccountBytesMax);
        if (terms.IsWriteOff && !terms.Source.IsEmpty)
            throw new InvalidRequestException("from", "goes without write_off, which moves none");
        if (!terms.Source.IsEmpty && batch.Bytes(terms.Source).StartsWith("receivable:"u8))
            throw new InvalidRequestException("from", "must be no account of what is owed");
    }

    private static void CheckName(RequestBatch batch, string field, Slice name) =>
        Texts.CheckName(field, batch.Bytes(name), Limits.CustomerBytesMax);

    private static void CheckNumber(RequestBatch batch, Slice number) =>
        Texts.CheckName("invoice", batch.Bytes(number), Limits.IdBytesMax);

    private static void CheckDay(string field, int day)
    {
        if (day < Days.Min || day > Days.Max)
            throw new InvalidRequestException(field, "must be a day from 1900 to 2999");
    }

    private static void CheckAmount(string field, long amount, long min)
    {
        if (amount < min)
        {
            throw min == 0 ? new InvalidRequestException(field, "must not be below zero")
                : Amounts.NotPositive(field);
        }
        if (amount > Limits.AmountMax) throw Amounts.TooLarge(field);
    }

    private static bool IsUnit(ReadOnlySpan<byte> code)
    {
        foreach (var c in code)
            if (c is not (>= (byte)'A' and <= (byte)'Z' or >= (byte)'0' and <= (byte)'9'))
                return false;
        return true;
    }
}
