using Settle.Billing.Rules;

namespace Settle.Billing;

/// <summary>
/// The rates of a run, by which the tax of invoices in other currencies is stated in the seller's.
/// </summary>
internal sealed class RunRates
{
    private readonly IReadOnlyList<ExchangeRate> _rates;
    private readonly Party? _seller;
    private readonly string _defaultAsset;
    private readonly string? _currency;
    private readonly DateOnly _date;

    /// <param name="rates">As they were asked for.</param>
    /// <param name="seller">Whose tax it is; null if that is not known.</param>
    /// <param name="defaultAsset">The ledger's.</param>
    /// <param name="date">The date of the invoices.</param>
    /// <exception cref="InvalidRequestException">Names the rate and what is wrong.</exception>
    public RunRates(
        IReadOnlyList<ExchangeRate>? rates, Party? seller, string defaultAsset, DateOnly date)
    {
        (_rates, _seller, _defaultAsset, _date) = (rates ?? [], seller, defaultAsset, date);
        _currency = seller is null ? null
            : seller.TaxCurrency ?? TaxCurrencies.Of(seller.Country);
        for (var i = 0; i < _rates.Count; i++) Check(i);
    }

    /// <summary>
    /// The currency that the tax of an invoice in this asset is stated in too; null for none.
    /// </summary>
    public string? CurrencyFor(string asset) =>
        asset != _currency && Iso4217.TryGetScale(asset, out _) ? _currency : null;

    /// <summary>
    /// Whether an invoice with tax in this asset needs a rate. One in the ledger's default asset
    /// does only if the seller named another tax currency: its books may be in that asset.
    /// </summary>
    public bool IsNeeded(string asset) => CurrencyFor(asset) is not null
        && (_seller!.TaxCurrency is not null || asset != _defaultAsset);

    /// <summary>What is missing where no rate is given.</summary>
    public string Missing(string asset) => $"its tax is in {asset} only, but its seller's country "
        + $"({_seller!.Country}) or tax currency wants it in {_currency} too: give the run a rate, "
        + $"{_currency}/{asset}";

    /// <summary>The rate for invoices in an asset; null where none is needed or given.</summary>
    public ExchangeRate? For(string asset) => CurrencyFor(asset) is null ? null
        : _rates.FirstOrDefault(rate => rate.Base == asset || rate.Quote == asset);

    /// <summary>Asks for an invoice's tax in the seller's currency, if there is a rate.</summary>
    public void Fill(RequestBatch batch, ref BillingTerms terms, string asset)
    {
        if (For(asset) is not { } rate) return;
        terms.TaxCurrency = batch.Append("rates", _currency);
        terms.RatePair = batch.Append("rates", $"{rate.Base}/{rate.Quote}");
        terms.Rate = batch.Append("rates", TaxConversion.Text(rate.Rate));
        terms.RateDate = rate.Date.DayNumber;
    }

    private void Check(int at)
    {
        var field = string.Create(CultureInfo.InvariantCulture, $"rates[{at}]");
        var rate = _rates[at] ?? throw new InvalidRequestException(field, "is missing");
        CheckCurrency($"{field}.base", rate.Base);
        CheckCurrency($"{field}.quote", rate.Quote);
        TaxConversion.CheckRate($"{field}.rate", rate.Rate);
        if (rate.Date.DayNumber < Days.Min || rate.Date.DayNumber > Days.Max)
            throw Parse.OutOfRange($"{field}.date", rate.Date);
        if (rate.Date > _date)
        {
            throw Parse.Fault($"{field}.date", Days.Text(rate.Date.DayNumber),
                $"is after {Days.Text(_date.DayNumber)}, the date of the invoices; give a rate "
                + "that was known on that day");
        }
        var pair = $"{rate.Base}/{rate.Quote}";
        if (rate.Base == rate.Quote)
            throw Parse.Fault(field, pair, "must be of two different currencies");
        if (_seller is not null && _currency is null)
        {
            throw Parse.Fault(field, pair,
                "is not needed: the seller has no tax currency; set one with tax_currency");
        }
        if (_currency is not null && rate.Base != _currency && rate.Quote != _currency)
            throw Parse.Fault(field, pair, $"must be a rate of {_currency}, the seller's");
        if (_rates.Take(at).Any(other => (other.Base, other.Quote) == (rate.Base, rate.Quote)
            || (other.Base, other.Quote) == (rate.Quote, rate.Base)))
            throw Parse.Fault(field, pair, "is given twice; give one rate for each currency");
    }

    private static void CheckCurrency(string field, string code)
    {
        if (code is null || !Iso4217.TryGetScale(code, out _))
            throw Parse.Fault(field, code ?? "", "is not a currency of ISO 4217, such as USD");
    }
}
