using System.Security.Cryptography;
using System.Text.Json.Serialization.Metadata;
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

    // In the order of canonical JSON, so that nothing has to be parsed and sorted again.
    private static readonly JsonPropertyInfo[] Members = [.. WireJson.Compact.Party.Properties
        .OrderBy(member => member.Name, StringComparer.Ordinal)];

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
        return body is not { } json ? null : PartyIn(hash, json);
    }

    /// <summary>
    /// The documents of some profiles, which take one question together; those that are erased are
    /// left out.
    /// </summary>
    public async Task<Dictionary<BlockHash, ReadOnlyMemory<byte>>> GetAllAsync(
        IEnumerable<BlockHash> hashes, CancellationToken cancellation)
    {
        var wanted = hashes.Distinct().ToList();
        var found = await sideDocuments.GetAllAsync(wanted.ConvertAll(IdOf), cancellation)
            .ConfigureAwait(false);
        return wanted.Where(hash => found.ContainsKey(IdOf(hash)))
            .ToDictionary(hash => hash, hash => found[IdOf(hash)]);
    }

    /// <summary>The profile in a document.</summary>
    /// <exception cref="StoreCorruptException">It cannot be read.</exception>
    public static Party? PartyIn(BlockHash hash, ReadOnlyMemory<byte> document) =>
        SideDocumentJson.Read(IdOf(hash), document,
            json => json.GetProperty("party").Deserialize(WireJson.Compact.Party));

    /// <summary>The same as JSON.</summary>
    /// <inheritdoc cref="PartyIn"/>
    public static byte[] JsonIn(BlockHash hash, ReadOnlyMemory<byte> document) =>
        SideDocumentJson.Read(IdOf(hash), document, json => System.Runtime.InteropServices
            .JsonMarshal.GetRawUtf8Value(json.GetProperty("party")).ToArray());

    /// <exception cref="StoreCorruptException">It is not a profile that can be read.</exception>
    public static void Check(Document document) => SideDocumentJson.Read(document.Id,
        document.Body, json => json.GetProperty("party").Deserialize(WireJson.Compact.Party));

    /// <summary>The mark that a profile was erased, which its id says.</summary>
    public static Document Mark(string id) => new(id, "{\"type\":\"erased\"}"u8.ToArray());

    /// <summary>
    /// The hash that was kept for the very same content; it spares a retry a new salt.
    /// </summary>
    public async Task<BlockHash?> FindSameAsync(
        Party party, BlockHash known, CancellationToken cancellation)
    {
        // What was kept before numbers were normalized is the same when it is normalized now.
        Party? kept;
        try
        {
            kept = await GetAsync(known, cancellation).ConfigureAwait(false);
        }
        catch (StoreCorruptException)
        {
            return null; // Whoever puts it again repairs it.
        }
        return kept is not null && Json(PartyCheck.Normalize(kept)).Written
            .SequenceEqual(Json(party).Written) ? known : null;
    }

    /// <summary>Erases all that was ever kept about a customer.</summary>
    /// <exception cref="StoreCorruptException">
    /// A profile cannot be read, and may be the customer's; those that can are erased.
    /// </exception>
    public async Task EraseAsync(string customer, CancellationToken cancellation)
    {
        var ids = new List<string>();
        StoreCorruptException? damage = null;
        await foreach (var document in sideDocuments.ListAsync(Prefix, cancellation)
            .ConfigureAwait(false))
        {
            try
            {
                if (SideDocumentJson.Read(document.Id, document.Body, json =>
                    json.TryGetProperty("customer", out var whose) ? whose.GetString() : null)
                    == customer)
                    ids.Add(document.Id);
            }
            catch (StoreCorruptException e)
            {
                damage ??= e; // The others are erased first.
            }
        }
        foreach (var id in ids)
        {
            // Whoever ends in between is asked again while the profile is there.
            var mark = Mark(ErasedPrefix + id[Prefix.Length..]);
            await sideDocuments.CreateAsync([mark], cancellation).ConfigureAwait(false);
            await sideDocuments.EraseAsync(id, cancellation).ConfigureAwait(false);
        }
        if (damage is null) return;
        throw new StoreCorruptException($"what could be read of '{customer}' was erased; but "
            + $"{damage.Message}, and erase '{customer}' again: it may be about the same customer",
            damage);
    }

    private static string IdOf(BlockHash hash) => Prefix + hash.ToString();

    private byte[] Write(Party party, string? customer)
    {
        var json = new JsonBuffer(512);
        json.Raw("{"u8);
        if (customer is not null)
        {
            json.Raw("\"customer\":"u8);
            json.String(Encoding.UTF8.GetBytes(customer));
            json.Raw(","u8);
        }
        json.Raw("\"party\":"u8);
        Write(json, party);
        json.Raw(",\"salt\":"u8);
        json.String(Encoding.ASCII.GetBytes(
            Convert.ToHexStringLower(scheduler.NewSalt(SaltBytes))));
        json.Raw(",\"type\":\"profile\"}"u8);
        return json.Written.ToArray();
    }

    private static JsonBuffer Json(Party party)
    {
        var json = new JsonBuffer(512);
        Write(json, party);
        return json;
    }

    private static void Write(JsonBuffer json, Party party)
    {
        var separator = "{"u8;
        foreach (var member in Members)
        {
            var value = member.Get!(party);
            if (value is null || member.ShouldSerialize?.Invoke(party, value) == false) continue;
            json.Raw(separator);
            separator = ","u8;
            json.String(Encoding.UTF8.GetBytes(member.Name));
            json.Raw(":"u8);
            if (value is bool flag) json.Raw(flag ? "true"u8 : "false"u8);
            else json.String(Encoding.UTF8.GetBytes(TextOf(value)));
        }
        json.Raw("}"u8);
    }

    private static string TextOf(object value) => value switch
    {
        string text => text,
        byte[] bytes => Convert.ToBase64String(bytes),
        DateOnly day => Days.Text(day.DayNumber),
        _ => throw new NotSupportedException($"a party has a {value.GetType()}"),
    };
}
