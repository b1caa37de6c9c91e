namespace Settle.Server;

/// <summary>All endpoints of the API that any app can serve.</summary>
internal static class ApiEndpoints
{
    /// <summary>Maps the API below an address.</summary>
    /// <returns>The group of all addresses, and in it that of one ledger's.</returns>
    public static (RouteGroupBuilder All, RouteGroupBuilder Ledger) Map(
        this SettleApi api, IEndpointRouteBuilder app, string prefix)
    {
        var all = app.MapGroup(prefix).WithMetadata(api);
        LedgerEndpoints.MapList(all);
        var ledger = all.MapGroup("/v1/ledgers/{ledger}");
        LedgerEndpoints.Map(ledger);
        TransferEndpoints.Map(ledger);
        HoldEndpoints.Map(ledger);
        AccountEndpoints.Map(ledger);
        OverviewEndpoints.Map(ledger);
        ChainEndpoints.Map(ledger);
        SiteEndpoints.Map(ledger);
        EventsEndpoint.Map(ledger);
        PartyEndpoints.Map(ledger);
        ChargeEndpoints.Map(ledger);
        SubscriptionEndpoints.Map(ledger);
        InvoiceEndpoints.Map(ledger);
        PaymentEndpoints.Map(ledger);
        SepaEndpoints.Map(ledger);
        ReminderEndpoints.Map(ledger);
        QuoteEndpoints.Map(ledger);
        return (all, ledger);
    }
}
