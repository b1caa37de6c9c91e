using System.Net;

namespace Settle.Stores.CouchDb;

/// <summary>What the server answered, read to its end.</summary>
internal sealed record CouchAnswer(HttpStatusCode Status, ReadOnlyMemory<byte> Body)
{
    private const int ReasonCharsMax = 200;

    /// <summary>Why not, in the server's words; empty when it gave none.</summary>
    public string Reason => Member("reason") is { } reason && reason.Length > ReasonCharsMax
        ? reason[..ReasonCharsMax] : Member("reason") ?? "";

    /// <summary>A text at the top of the answer; null when there is none.</summary>
    public string? Member(string name)
    {
        try
        {
            using var json = JsonDocument.Parse(Body);
            return json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty(name, out var member)
                && member.ValueKind == JsonValueKind.String ? member.GetString() : null;
        }
        catch (JsonException)
        {
            return null; // Not from CouchDB, but from something before it.
        }
    }

    /// <summary>The whole answer as JSON.</summary>
    /// <exception cref="StoreUnavailableException">It is none.</exception>
    public JsonDocument Read(CouchAddress address) =>
        As(body => JsonDocument.Parse(body), address);

    /// <summary>What a reader of JSON makes of it.</summary>
    /// <exception cref="StoreUnavailableException">It is not JSON of this kind.</exception>
    public T As<T>(Func<ReadOnlyMemory<byte>, T> read, CouchAddress address)
    {
        try
        {
            return read(Body);
        }
        catch (JsonException e)
        {
            throw new StoreUnavailableException(
                $"{address.Location} answers with no JSON: is this a CouchDB server?", e);
        }
    }
}
