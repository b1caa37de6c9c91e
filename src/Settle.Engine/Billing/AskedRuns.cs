using Settle.Stores;

namespace Settle.Billing;

/// <summary>
/// What runs with an id were asked for, kept beside the chain before anything is made: an invoice
/// does not say whether the run was for its customer only, and an order not through which day.
/// Whoever is first has the id.
/// </summary>
internal sealed class AskedRuns(ISideDocuments sideDocuments)
{
    /// <summary>What the ids of its documents begin with.</summary>
    public const string Prefix = "run:";

    /// <summary>Which field a run of this id was asked with differently; null for none.</summary>
    /// <exception cref="StoreUnavailableException">Nothing may be made.</exception>
    public async Task<string?> DifferingFieldAsync(
        string id, AskedRun asked, CancellationToken cancellation)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(asked, AskedRunJson.Default.AskedRun);
        ReadOnlyMemory<byte> kept;
        try
        {
            kept = await sideDocuments.ClaimAsync(new Document(Prefix + id, body), cancellation)
                .ConfigureAwait(false);
        }
        catch (OutcomeUnknownException e)
        {
            // Only what was asked for may be there now, and nothing is decided by it.
            throw new StoreUnavailableException(e.Message, e);
        }
        return JsonSerializer.Deserialize(kept.Span, AskedRunJson.Default.AskedRun)!
            .DifferingField(asked);
    }
}
