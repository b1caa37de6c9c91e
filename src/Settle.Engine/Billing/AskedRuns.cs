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

    // Orders to banks never share ids with invoices and reminders, so their runs may have the same.
    private const string SepaStart = "sepa:";

    // What would be taken for another one's prefix has one of its own.
    private const string PlainStart = "run:";

    /// <summary>What the first run of an id was asked for; null if nobody knows.</summary>
    /// <param name="id">The run's.</param>
    /// <param name="asked">What it is asked for now.</param>
    /// <param name="isMade">Whether the chain has something that it made. Then it is too late to
    /// claim the id, and where there is no note, only the chain tells.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="StoreUnavailableException">Nothing may be made.</exception>
    /// <exception cref="StoreCorruptException">The note cannot be read.</exception>
    public async Task<AskedRun?> FirstAsync(
        string id, AskedRun asked, bool isMade, CancellationToken cancellation)
    {
        var name = NameOf(id, asked);
        var kept = isMade
            ? await sideDocuments.GetAsync(name, cancellation).ConfigureAwait(false)
            : await ClaimAsync(name, asked, cancellation).ConfigureAwait(false);
        return kept is { } json ? Parse(id, name, json) : null;
    }

    /// <summary>The id of the note of a run.</summary>
    public static string NameOf(string id, AskedRun asked) =>
        asked.Makes is AskedRun.Debits or AskedRun.Payouts ? Prefix + SepaStart + id
        : id.StartsWith(SepaStart, StringComparison.Ordinal)
            || id.StartsWith(PlainStart, StringComparison.Ordinal) ? Prefix + PlainStart + id
        : Prefix + id;

    private async Task<ReadOnlyMemory<byte>> ClaimAsync(
        string name, AskedRun asked, CancellationToken cancellation)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(asked, AskedRunJson.Default.AskedRun);
        try
        {
            return await sideDocuments.ClaimAsync(new Document(name, body), cancellation)
                .ConfigureAwait(false);
        }
        catch (OutcomeUnknownException e)
        {
            // Only what was asked for may be there now, and nothing is decided by it.
            throw new StoreUnavailableException(e.Message, e);
        }
    }

    /// <exception cref="StoreCorruptException">It is not a note that can be read.</exception>
    public static void Check(Document document) =>
        Parse(document.Id[Prefix.Length..], document.Id, document.Body);

    private static AskedRun Parse(string id, string name, ReadOnlyMemory<byte> json)
    {
        Exception? fault = null;
        try
        {
            if (JsonSerializer.Deserialize(json.Span, AskedRunJson.Default.AskedRun)
                is { Makes: not null } asked)
                return asked;
        }
        catch (JsonException e)
        {
            fault = e;
        }
        throw new StoreCorruptException($"the document {Texts.Shown(name)} beside the chain, which "
            + $"says what the run '{Texts.Shown(id)}' was asked for, cannot be read: "
            + $"{Texts.Shown(fault?.Message ?? "it is empty")}; nothing was made. Put it back "
            + "from a backup, or make a run with another id", fault);
    }
}
