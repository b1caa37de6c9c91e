using Settle.Journals;

namespace Settle.Import;

/// <summary>What a file is checked against: customers, taxes, assets.</summary>
internal sealed class BillingFacts
{
    private static readonly string[] TaxWords =
        ["0", "exempt", "reverse_charge", "intra_community", "export", "out_of_scope"];

    private readonly Dictionary<string, Customer> _customers = new(StringComparer.Ordinal);
    private readonly AssetScales _scales;
    private readonly Seller? _seller;
    private readonly string? _asset;

    private BillingFacts(AssetScales scales, Seller? seller, string? asset) =>
        (_scales, _seller, _asset) = (scales, seller, asset);

    /// <param name="ledger">The ledger to ask.</param>
    /// <param name="asset">The asset of rows that name none; null is the customer's.</param>
    /// <param name="cancellation">Stops asking.</param>
    public static async Task<BillingFacts> ReadAsync(ILedger ledger, string? asset,
        CancellationToken cancellation)
    {
        var scales = new AssetScales(await ledger.GetInfoAsync(cancellation).ConfigureAwait(false));
        if (asset is not null) scales.Of(asset);
        var billing = ledger.Billing;
        var facts = new BillingFacts(scales,
            await billing.GetSellerAsync(cancellation).ConfigureAwait(false), asset);
        await foreach (var customer in billing.AllCustomersAsync(cancellation)
            .ConfigureAwait(false))
            facts._customers[customer.Id] = customer;
        return facts;
    }

    /// <summary>A customer that is there; null when not.</summary>
    public Customer? Find(string customer) => _customers.GetValueOrDefault(customer);

    /// <exception cref="InvalidRequestException">There is no such customer.</exception>
    public Customer Customer(string customer) => Find(customer)
        ?? throw new InvalidRequestException("customer", $"there is no customer '{customer}'; "
            + $"create it with 'settle customer {customer}', or import the customers first");

    /// <summary>The asset to name in a request; null is the customer's.</summary>
    public string? AssetOf(string? said) => said ?? _asset;

    /// <exception cref="InvalidRequestException">The ledger does not know the asset.</exception>
    public int ScaleOf(string? asset) => _scales.Of(asset);

    /// <exception cref="InvalidRequestException">The seller has no such tax.</exception>
    public void CheckTax(string? tax)
    {
        if (_seller is null)
            throw new InvalidRequestException("tax",
                "no seller was set, so no tax is known; see 'settle seller --help'");
        if (tax is null || TaxWords.Contains(tax) || _seller.TaxRates.Contains(tax)) return;
        throw new InvalidRequestException("tax", $"'{tax}' is neither one of the seller's "
            + $"rates ({string.Join(", ", _seller.TaxRates)}) nor a word such as exempt");
    }
}
