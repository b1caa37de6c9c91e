using System.Buffers.Text;
using System.Security.Cryptography;

namespace Settle.Server;

/// <summary>
/// The keys that a server accepts, kept in a JSON file that holds only their hashes.
/// </summary>
public sealed class ApiKeys
{
    private const string Prefix = "sk_";
    private const int SecretBytes = 32;
    private readonly List<ApiKey> _keys;
    private readonly List<byte[]> _hashes;

    private ApiKeys(List<ApiKey> keys)
    {
        _keys = keys;
        _hashes = [.. keys.Select(key => Convert.FromHexString(key.Sha256))];
    }

    /// <summary>No keys at all: nobody is let in.</summary>
    internal static ApiKeys None { get; } = new([]);

    /// <summary>Every key, in the order of the file.</summary>
    public IReadOnlyList<ApiKey> All => _keys;

    /// <summary>Reads a file of keys.</summary>
    /// <exception cref="InvalidRequestException">
    /// It is absent, not a file of keys, or belongs to somebody else.
    /// </exception>
    public static ApiKeys Load(string file)
    {
        var disk = new KeyFile(file);
        return new ApiKeys(Parse(disk, disk.Read()));
    }

    /// <summary>Makes a key and adds its hash to a file, which is made if absent.</summary>
    /// <returns>The key. It is nowhere else: show it once.</returns>
    /// <exception cref="InvalidRequestException">
    /// The name is taken, a ledger's name is malformed, or the file cannot be written.
    /// </exception>
    public static string Add(string file, string name, ApiRole role, IReadOnlyList<string> ledgers)
    {
        CheckName("name", name);
        foreach (var ledger in ledgers)
            if (ledger != "*") LedgerNames.Check(ledger);
        var secret = Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        var disk = new KeyFile(file);
        disk.Change(bytes =>
        {
            var keys = bytes is null ? [] : Parse(disk, bytes);
            if (keys.Exists(key => key.Name == name))
                throw new InvalidRequestException("name",
                $"there is a key '{name}' already; remove it first");
            keys.Add(new ApiKey
            {
                Name = name,
                Sha256 = Convert.ToHexStringLower(Hash(secret)),
                Role = role,
                Ledgers = ledgers.Count == 0 ? ["*"] : [.. ledgers],
            });
            return Bytes(keys);
        });
        return secret;
    }

    /// <summary>Removes a key from a file. A running server takes note within seconds.</summary>
    /// <returns>Whether there was one of this name.</returns>
    /// <exception cref="InvalidRequestException">The file cannot be read or written.</exception>
    public static bool Remove(string file, string name) => Remove(file, name, out _);

    /// <inheritdoc cref="Remove(string, string)"/>
    /// <param name="file">The file.</param>
    /// <param name="name">Whose key it is.</param>
    /// <param name="other">Under which other name the same key is still good; null mostly.</param>
    internal static bool Remove(string file, string name, out string? other)
    {
        var (disk, isRemoved) = (new KeyFile(file), false);
        string? same = null;
        disk.Change(bytes =>
        {
            // A file that lets nobody in, because a key is in it twice, is repaired by this.
            var keys = ParseEach(disk, bytes ?? disk.Read());
            var removed = keys.FindAll(key => key.Name == name);
            isRemoved = keys.RemoveAll(key => key.Name == name) > 0;
            same = keys.Find(key => removed.Exists(gone => IsSame(gone, key)))?.Name;
            return isRemoved ? Bytes(keys) : null;
        });
        other = same;
        return isRemoved;
    }

    /// <summary>Removes a key from a file, if it may be.</summary>
    /// <param name="file">The file.</param>
    /// <param name="name">Whose key it is.</param>
    /// <param name="may">
    /// Whether this key may be removed and the others left; nobody changes the file meanwhile.
    /// </param>
    /// <returns>The key; null if there was none, or it might not be.</returns>
    /// <exception cref="InvalidRequestException">The file cannot be read or written.</exception>
    internal static ApiKey? Remove(
        string file, string name, Func<ApiKey, IReadOnlyList<ApiKey>, bool> may)
    {
        var disk = new KeyFile(file);
        ApiKey? removed = null;
        disk.Change(bytes =>
        {
            var keys = Parse(disk, bytes ?? disk.Read());
            if (keys.Find(key => key.Name == name) is not { } found) return null;
            var others = keys.FindAll(key => key.Name != name);
            if (!may(found, others)) return null;
            removed = found;
            return Bytes(others);
        });
        return removed;
    }

    /// <summary>The keys in what was read of a file.</summary>
    /// <exception cref="InvalidRequestException">It is not a file of keys.</exception>
    internal static ApiKeys Of(KeyFile file, byte[] bytes) => new(Parse(file, bytes));

    /// <summary>
    /// The key that this secret is. It takes the same time whichever it is, and when it is none.
    /// </summary>
    internal ApiKey? Find(string secret)
    {
        var hash = Hash(secret);
        ApiKey? found = null;
        for (var i = 0; i < _hashes.Count; i++)
            if (CryptographicOperations.FixedTimeEquals(hash, _hashes[i])) found = _keys[i];
        return found;
    }

    private static List<ApiKey> Parse(KeyFile file, byte[] bytes)
    {
        var keys = ParseEach(file, bytes);
        var names = new HashSet<string>(StringComparer.Ordinal);
        var owners = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var key in keys)
        {
            if (!names.Add(key.Name))
                throw file.Unreadable($"two keys have the name '{key.Name}'");
            // Whoever removes the one would believe that the key is no longer good.
            if (!owners.TryAdd(key.Sha256, key.Name))
            {
                throw file.Unreadable($"'{owners[key.Sha256]}' and '{key.Name}' are the same key; "
                    + "remove one of them ('settle keys remove')");
            }
        }
        return keys;
    }

    // Names were checked when they were added, by the rules of that time.
    private static List<ApiKey> ParseEach(KeyFile file, byte[] bytes)
    {
        List<ApiKey?> keys;
        try
        {
            keys = JsonSerializer.Deserialize(bytes, ApiKeyJson.Default.ListApiKey)
                ?? throw file.Unreadable("it is null; write [] if there are no keys");
        }
        catch (JsonException e)
        {
            throw file.Unreadable(bytes.Length == 0 ? "it is empty" : Explain(bytes, e));
        }
        for (var i = 0; i < keys.Count; i++)
        {
            if (keys[i] is not { } key) throw file.Unreadable($"[{i}] is null");
            if (string.IsNullOrWhiteSpace(key.Name)) throw file.Unreadable($"[{i}] has no name");
            if (!IsHash(key.Sha256))
                throw file.Unreadable(
                    $"the sha256 of '{key.Name}' must be 64 hexadecimal digits");
            foreach (var ledger in key.Ledgers)
            {
                if (ledger != "*" && !LedgerNames.IsValid(ledger ?? ""))
                    throw file.Unreadable(
                        $"'{ledger}', of '{key.Name}', cannot be a ledger's name");
            }
        }
        return keys!;
    }

    // Two names that look alike would be two keys, of which one is removed.
    private static void CheckName(string field, string name) =>
        Texts.CheckName(field, Encoding.UTF8.GetBytes(name), Limits.IdBytesMax);

    /// <summary>What is wrong with the JSON, in words for whoever wrote it.</summary>
    private static string Explain(byte[] bytes, JsonException error)
    {
        if (error.InnerException is not JsonException
            && error.Path?.EndsWith(".role", StringComparison.Ordinal) is true)
            return $"{error.Path[1..]} must be reader, teller or admin";
        var fault = BodyFaults.Of(bytes, ApiKeyJson.Default.ListApiKey, error);
        return $"{(fault.Field == "body" ? "it" : fault.Field)} {fault.Reason}";
    }

    private static byte[] Bytes(List<ApiKey> keys) =>
        JsonSerializer.SerializeToUtf8Bytes(keys!, ApiKeyJson.Default.ListApiKey);

    private static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    private static bool IsSame(ApiKey one, ApiKey other) =>
        one.Sha256.Equals(other.Sha256, StringComparison.OrdinalIgnoreCase);

    private static bool IsHash(string text) =>
        text.Length == SHA256.HashSizeInBytes * 2 && text.All(char.IsAsciiHexDigit);
}
