namespace Settle.Billing;

/// <summary>Fills a request of billing.</summary>
internal delegate void BillingFiller(
    RequestBatch batch, ref Request request, ref BillingTerms terms);
