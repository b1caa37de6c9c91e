using Settle.Billing;

namespace Settle.Settling;

/// <summary>What a refusal says of its request: it quotes what was typed.</summary>
internal static class RefusalWords
{
    /// <summary>A sentence without its full stop; null where the code's meaning says all.</summary>
    /// <param name="refusal">Why.</param>
    /// <param name="batch">Has the request.</param>
    /// <param name="request">What was refused.</param>
    /// <param name="isNew">Whether it was refused just now.</param>
    public static string? Of(
        RefusalCode refusal, RequestBatch batch, in Request request, bool isNew)
    {
        var why = OfAny(refusal, batch, request);
        // Its id is made of its number where none is given, so that a repetition has the same one.
        return isNew && request.Kind == EntryKind.Opening
            ? $"{why ?? refusal.Meaning()}; once that is put right, bring the invoice in with "
                + "another id" : why;
    }

    private static string? OfAny(RefusalCode refusal, RequestBatch batch, in Request request)
    {
        var isBilling = request.Kind.IsBilling();
        var reference = Quoted(batch, request.Reference);
        return refusal switch
        {
            RefusalCode.UnknownCustomer when isBilling
                && Quoted(batch, batch.Billing(request).Customer) is { } customer =>
                $"there is no customer {customer}",
            RefusalCode.InvoiceNotFound when reference is not null =>
                $"no invoice has the number {reference}"
                + (request.Kind == EntryKind.Payment ? "; a credit note cannot be paid" : ""),
            RefusalCode.PaymentNotFound when reference is not null =>
                request.Kind == EntryKind.Refund
                    ? $"{Quoted(batch, batch.Billing(request).Customer)} made no payment "
                        + $"with the id {reference}"
                    : $"no payment has the id {reference}",
            RefusalCode.AssetDiffers when request.Kind is EntryKind.Payment or EntryKind.Refund =>
                $"the {(request.Kind == EntryKind.Refund ? "payment" : "invoice")} {reference} "
                + $"is in another asset{Than(batch, request)}",
            RefusalCode.SeriesBegun => FirstNumbers(batch, request)
                + " would begin a series that has given a number already; leave it out of "
                + "first_numbers, and the series goes on without a gap",
            RefusalCode.NumberTaken => "number: an invoice or a quote has the number "
                + $"{Quoted(batch, batch.Billing(request).Number)} already, or its series will "
                + "give it; set the seller with a first number above it, or, if quotes are "
                + "numbered so, bring the invoice in under another number",
            RefusalCode.InvoiceElsewhere => $"the invoice {reference} was made elsewhere; credit "
                + "it there, or write off what is open",
            RefusalCode.LineNotFound => $"the invoice {reference} has no line "
                + string.Join(" or ", BillingJson.ReadLines(
                    batch.Bytes(batch.Billing(request).Lines)).Select(line => line.Line)),
            RefusalCode.UnknownSite => $"no site has the name {Site(batch, request)}",
            RefusalCode.SiteExists =>
                $"a site with the name {Site(batch, request)} was added before",
            RefusalCode.SiteActive => $"the site {Site(batch, request)} is not suspended: suspend "
                + "it first, if it is lost for good",
            RefusalCode.SiteInactive => $"the site {Site(batch, request)} has retired, was ended, "
                + "or is suspended already",
            RefusalCode.SepaOrderNotFound => $"no SEPA order has the id {reference}",
            RefusalCode.QuoteNotFound => $"no quote has the number {reference}",
            RefusalCode.ChargeNotFound when reference is not null =>
                $"no charge has the id {reference}",
            RefusalCode.HoldNotFound when reference is not null =>
                $"no hold has the id {reference}",
            RefusalCode.TransferNotFound when reference is not null =>
                $"no transfer has the id {reference}",
            RefusalCode.SubscriptionNotFound when isBilling
                && Quoted(batch, batch.Billing(request).Subscription) is { } subscription =>
                $"no subscription has the id {subscription}",
            RefusalCode.UnknownAsset when Quoted(batch, request.Asset) is { } asset =>
                $"the asset {asset} is neither in ISO 4217 nor declared by this ledger",
            _ => null,
        };
    }

    private static string? Site(RequestBatch batch, in Request request) => Quoted(batch,
        request.Kind == EntryKind.Grant ? request.To : batch.Site(request).Name);

    private static string FirstNumbers(RequestBatch batch, in Request request) =>
        string.Join(" or ", BillingJson.ReadTexts(batch.Bytes(batch.Billing(request).FirstNumbers))
            .Select(number => $"'{Encoding.UTF8.GetString(number)}'"));

    // The default asset is left out of the request, but it was typed.
    private static string Than(RequestBatch batch, in Request request) =>
        Quoted(batch, request.Asset.IsEmpty ? request.AssetGiven : request.Asset) is { } asset
            ? $" than {asset}" : "";

    private static string? Quoted(RequestBatch batch, Slice text) =>
        text.IsEmpty ? null : $"'{Parse.Shorten(batch.Text(text))}'";
}
