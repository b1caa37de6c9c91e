using System.Security.Cryptography;
using Settle.Scheduling;
using Settle.Stores;
using Settle.Wire;

namespace Settle.Billing;

/// <summary>
/// Names and addresses. A block names one by the hash of its document, which has a random salt, so
/// that nobody finds out from the block whose it was once the document is erased (B10).
/// </summary>
internal sealed class Profiles(ISideDocuments sideDocuments, Scheduler scheduler)
{
    /// <summary>What the ids of profiles begin with.</summary>
    public const string Prefix = "profile:";

    /// <summary>
    /// What the ids of marks begin with: that a profile was erased, so that no copy brings it back.
    /// </summary>
    public const string ErasedPrefix = "erased:";

    private const int SaltBytes = 16;

    /// <summary>Keeps a profile, durably, before the entry that will name it.</summary>
    public async Task<BlockHash> CreateAsync(
        Party party, string? customer, CancellationToken cancellation)
    {
        var body = Write(party, customer);
        var hash = new BlockHash(SHA256.HashData(body));
        await sideDocuments.CreateAsync([new Document(IdOf(hash), body)], cancellation)
            .ConfigureAwait(false);
        return hash;
    }

    /// <summary>A profile; null once it is erased.</summary>
    public async Task<Party?> GetAsync(BlockHash hash, CancellationToken cancellation)
    {
        var body = await sideDocuments.GetAsync(IdOf(hash), cancellation).ConfigureAwait(false);
        if (body is not { } json) return null;
        using var document = JsonDocument.Parse(json);
        return document.RootElement.GetProperty("party").Deserialize(WireJson.Compact.Party);
    }

    /// <summary>A profile as JSON; null once it is erased.</summary>
    public async Task<byte[]?> GetJsonAsync(BlockHash hash, CancellationToken cancellation)
    {
        var body = await sideDocuments.GetAsync(IdOf(hash), cancellation).ConfigureAwait(false);
        if (body is not { } json) return null;
        using var document = JsonDocument.Parse(json);
        return System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(
            document.RootElement.GetProperty("party")).ToArray();
    }

    /// <summary>
    /// The hash that was kept for the very same content; it spares a retry a new salt.
    /// </summary>
    public async Task<BlockHash?> FindSameAsync(
        Party party, BlockHash known, CancellationToken cancellation)
    {
        // What was kept before numbers were normalized is the same when it is normalized now.
        var kept = await GetAsync(known, cancellation).ConfigureAwait(false);
        return kept is not null && Json(PartyCheck.Normalize(kept)).AsSpan()
            .SequenceEqual(Json(party)) ? known : null;
    }

    /// <summary>Erases all that was ever kept about a customer.</summary>
    public async Task EraseAsync(string customer, CancellationToken cancellation)
    {
        var ids = new List<string>();
        await foreach (var document in sideDocuments.ListAsync(Prefix, cancellation)
            .ConfigureAwait(false))
        {
            using var json = JsonDocument.Parse(document.Body);
            if (json.RootElement.TryGetProperty("customer", out var whose)
                && whose.GetString() == customer)
                ids.Add(document.Id);
        }
        foreach (var id in ids)
        {
            // Whoever ends in between is asked again while the profile is there.
            var mark = new Document(
                ErasedPrefix + id[Prefix.Length..], "{\"type\":\"erased\"}"u8.ToArray());
            await sideDocuments.CreateAsync([mark], cancellation).ConfigureAwait(false);
            await sideDocuments.EraseAsync(id, cancellation).ConfigureAwait(false);
        }
    }

    private static string IdOf(BlockHash hash) => $"{Prefix}{hash}";

    private byte[] Write(Party party, string? customer)
    {
        var salt = Convert.ToHexStringLower(scheduler.NewSalt(SaltBytes));
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            if (customer is not null) writer.WriteString("customer", customer);
            writer.WritePropertyName("party");
            writer.WriteRawValue(Json(party));
            writer.WriteString("salt", salt);
            writer.WriteString("type", "profile");
            writer.WriteEndObject();
        }
        return CanonicalJson.Canonicalize(buffer.ToArray());
    }

    private static byte[] Json(Party party) =>
        JsonSerializer.SerializeToUtf8Bytes(party, WireJson.Compact.Party);
}
