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
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly List<ApiKey> _keys;
    private readonly List<byte[]> _hashes;

    private ApiKeys(List<ApiKey> keys)
    {
        _keys = keys;
        _hashes = [.. keys.Select(key => Convert.FromHexString(key.Sha256))];
    }

    /// <summary>Every key, in the order of the file.</summary>
    public IReadOnlyList<ApiKey> All => _keys;

    /// <summary>Reads a file of keys.</summary>
    /// <exception cref="InvalidRequestException">It is absent, or not a file of keys.</exception>
    public static ApiKeys Load(string file)
    {
        List<ApiKey> keys;
        try
        {
            keys = JsonSerializer.Deserialize(File.ReadAllBytes(file),
                ApiKeyJson.Default.ListApiKey) ?? [];
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidRequestException("keys",
                $"'{file}' cannot be read as a file of keys: {e.Message}");
        }
        foreach (var key in keys)
        {
            if (!IsHash(key.Sha256))
                throw new InvalidRequestException("keys",
                $"the sha256 of '{key.Name}' must be 64 hexadecimal digits");
        }
        return new ApiKeys(keys);
    }

    /// <summary>Makes a key and adds its hash to a file, which is made if absent.</summary>
    /// <returns>The key. It is nowhere else: show it once.</returns>
    /// <exception cref="InvalidRequestException">
    /// The name is taken, or a ledger's name is malformed.
    /// </exception>
    public static string Add(string file, string name, ApiRole role, IReadOnlyList<string> ledgers)
    {
        if (string.IsNullOrWhiteSpace(name))
            throw new InvalidRequestException("name", "must not be empty");
        foreach (var ledger in ledgers)
            if (ledger != "*") LedgerNames.Check(ledger);
        var keys = File.Exists(file) ? Load(file)._keys : [];
        if (keys.Exists(key => key.Name == name))
            throw new InvalidRequestException("name",
            $"there is a key '{name}' already; remove it first");
        var secret = Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        keys.Add(new ApiKey
        {
            Name = name,
            Sha256 = Convert.ToHexStringLower(Hash(secret)),
            Role = role,
            Ledgers = ledgers.Count == 0 ? ["*"] : [.. ledgers],
        });
        Save(file, keys);
        return secret;
    }

    /// <summary>Removes a key from a file. A running server takes note within seconds.</summary>
    /// <returns>Whether there was one of this name.</returns>
    public static bool Remove(string file, string name)
    {
        var keys = Load(file)._keys;
        if (keys.RemoveAll(key => key.Name == name) == 0) return false;
        Save(file, keys);
        return true;
    }

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

    private static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    private static bool IsHash(string text) =>
        text.Length == SHA256.HashSizeInBytes * 2 && text.All(char.IsAsciiHexDigit);

    /// <summary>Whoever reads the file meanwhile sees the old one or the new one.</summary>
    private static void Save(string file, List<ApiKey> keys)
    {
        var draft = file + ".new";
        using (var stream = new FileStream(draft, DraftOptions()))
            JsonSerializer.Serialize(stream, keys, ApiKeyJson.Default.ListApiKey);
        File.Move(draft, file, overwrite: true);
    }

    private static FileStreamOptions DraftOptions()
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        return options;
    }
}
