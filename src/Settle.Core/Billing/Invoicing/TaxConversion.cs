namespace Settle.Billing;

/// <summary>
/// An invoice's tax in the currency that its seller declares tax in (BT-6, BT-111). Pure.
/// </summary>
/// <param name="Currency">That currency: one of the two.</param>
/// <param name="Base">One of it costs <paramref name="Rate"/> of the other.</param>
/// <param name="Quote">The other.</param>
/// <param name="Rate">More than zero.</param>
internal readonly record struct TaxConversion(
    string Currency, string Base, string Quote, decimal Rate)
{
    /// <summary>How many decimals a rate may have.</summary>
    public const int RateDecimals = 12;

    private const long RateMax = 1_000_000_000;

    /// <summary>A rate's one text on the chain.</summary>
    public static string Text(decimal rate) =>
        rate.ToString("0.############", CultureInfo.InvariantCulture);

    /// <exception cref="InvalidRequestException">Pair or rate is malformed.</exception>
    public static void Check(RequestBatch batch, in BillingTerms terms)
    {
        var pair = batch.Text(terms.RatePair).Split('/');
        if (pair.Length != 2 || pair[0] == pair[1]
            || !pair.All(code => Iso4217.TryGetScale(code, out _))
            || !pair.Contains(batch.Text(terms.TaxCurrency)))
        {
            throw Parse.Fault("rates", batch.Text(terms.RatePair), "is not a pair of two "
                + "currencies of which one is the seller's tax currency; write it as EUR/USD");
        }
        CheckRate("rates.rate", decimal.Parse(
            batch.Text(terms.Rate), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture));
    }

    /// <exception cref="InvalidRequestException">It is out of range.</exception>
    public static void CheckRate(string field, decimal rate)
    {
        var text = rate.ToString(CultureInfo.InvariantCulture);
        if (rate is <= 0 or > RateMax)
            throw Parse.Fault(field, text, $"must be more than zero, at most {RateMax}");
        if (decimal.Round(rate, RateDecimals) != rate)
            throw Parse.Fault(field, text, $"has more than {RateDecimals} decimals");
    }

    /// <summary>The conversion that an invoice's entry names.</summary>
    public static TaxConversion Of(RequestBatch batch, in BillingTerms terms)
    {
        var pair = batch.Text(terms.RatePair).Split('/');
        return new TaxConversion(batch.Text(terms.TaxCurrency), pair[0], pair[1],
            decimal.Parse(batch.Text(terms.Rate), CultureInfo.InvariantCulture));
    }

    /// <summary>
    /// Minor units of <see cref="Currency"/>, half a unit rounded away from zero; null when that
    /// is more than an amount can be.
    /// </summary>
    /// <param name="tax">Minor units of the invoice's asset.</param>
    /// <param name="scale">That asset's decimals.</param>
    public long? Convert(long tax, int scale)
    {
        Iso4217.TryGetScale(Currency, out var to);
        var major = tax / (decimal)Scaled.PowerOfTen(scale);
        var converted = Currency == Base ? major / Rate : major * Rate;
        if (converted > Limits.AmountMax) return null;
        var minor = decimal.Round(
            converted * (decimal)Scaled.PowerOfTen(to), MidpointRounding.AwayFromZero);
        return minor > Limits.AmountMax ? null : (long)minor;
    }
}
