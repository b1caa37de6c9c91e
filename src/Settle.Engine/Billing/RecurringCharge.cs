namespace Settle.Billing;

/// <summary>A month of a subscription, or days of it that are missing, to be charged.</summary>
internal sealed record RecurringCharge(
    string Id, string Subscription, string Customer, string Asset, MonthCharge Month)
{
    public required string Description { get; init; }
    public required TaxTerm Tax { get; init; }
    public required bool IsGross { get; init; }
    public string? Exemption { get; init; }
    public string? ExemptionCode { get; init; }

    /// <summary>Whether other days of the month are charged already.</summary>
    public bool IsRest { get; init; }

    public InvoiceItem Item => new(Month.Amount, Tax, IsGross);

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
        terms.Start = Month.FirstDay;
        terms.Date = Month.LastDay;
        request.Asset = to.Append("asset", Asset);
        request.Amount = Month.Amount;
    });
}
