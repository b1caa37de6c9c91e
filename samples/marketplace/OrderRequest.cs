namespace Marketplace;

/// <summary>An order: who buys from whom, for how many euros.</summary>
internal sealed record OrderRequest(string Buyer, string Seller, decimal Price);
