namespace Settle.Billing;

/// <summary>A period of a subscription, or days of one that are missing, to be charged.</summary>
internal sealed record RecurringCharge(
    string Id, string Subscription, string Customer, string Asset, PeriodCharge Part)
{
    public required string Description { get; init; }
    public required TaxTerm Tax { get; init; }
    public required bool IsGross { get; init; }
    public string? Exemption { get; init; }
    public string? ExemptionCode { get; init; }
    public string? CostCentre { get; init; }

    /// <summary>What the whole period costs.</summary>
    public required SubscriptionPrice Price { get; init; }
    public string? Unit { get; init; }

    /// <summary>The days of the whole period; 0 for a month of the calendar.</summary>
    public int PeriodDays { get; init; }

    /// <summary>Whether it does not begin its period: other days of it are charged too.</summary>
    public bool IsRest { get; init; }

    public InvoiceItem Item => new(Part.Amount, Tax, IsGross);

    public void Add(RequestBatch batch) => BillingRequests.Add(batch, EntryKind.Charge, Id,
        (RequestBatch to, ref Request request, ref BillingTerms terms) =>
    {
        terms.Customer = to.Append("customer", Customer);
        terms.Subscription = to.Append("subscription", Subscription);
        terms.Description = to.Append("description", Description);
        terms.Tax = to.Append("tax", Tax.Text);
        terms.IsGross = IsGross;
        terms.Exemption = to.Append("exemption", Exemption);
        terms.ExemptionCode = to.Append("exemption_code", ExemptionCode);
        terms.CostCentre = to.Append("cost_centre", CostCentre);
        terms.Start = Part.FirstDay;
        terms.Date = Part.LastDay;
        terms.PeriodDays = PeriodDays;
        request.Asset = to.Append("asset", Asset);
        terms.Unit = to.Append("unit", Unit);
        Price.Fill(ref request, ref terms, Part.Amount);
    });
}
